/* formset_check.c: checking a formset: its management form, its forms, how many there are, deletion and order. */
#include "forms/formset_private.h"

#include "base/vector.h"

bool cv_formset_is_deleted(CvFormSet *set, const CvForm *form)
{
    CvValue value = set->type->can_delete ? cv_cleaned((CvForm *)(uintptr_t)form, "DELETE") : cv_value_null();
    return value.kind == CV_BOOL && value.boolean;
}

bool cv_formset_is_unused(CvFormSet *set, size_t index)
{
    return (int64_t)index >= set->initial_count && !cv_form_has_changed(set->forms[index]);
}

size_t cv_formset_marked(CvFormSet *set, size_t *out)
{
    size_t count = 0;
    for (size_t i = 0; set->type->can_delete && i < set->count; i++)
        if (!cv_formset_is_unused(set, i) && cv_formset_is_deleted(set, set->forms[i]))
            out[count++] = i;
    return count;
}

static void add_error(CvFormSet *set, const CvInvalid *invalid)
{
    cv_vector_push(set->arena, &set->non_form, *invalid);
}

void cv_formset_add_error(CvFormSet *set, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    CvInvalid invalid = cv_invalid_of_format(set->arena, format, arguments);
    va_end(arguments);
    add_error(set, &invalid);
}

static void check_management(CvFormSet *set)
{
    if (cv_form_is_valid(set->management))
        return;
    CvBuffer names = cv_buffer(set->arena);
    for (size_t i = 0; i < set->management->error_count; i++)
        cv_buffer_printf(&names, "%s%s", i ? ", " : "",
                         set->management->fields[set->management->error_order[i]].html_name);
    CvInvalid invalid;
    cv_invalid(
        set->arena, &invalid, "missing_management_form",
        "ManagementForm data is missing or has been tampered with. Missing fields: %(field_names)s. You may need "
        "to file a bug report if the issue persists.",
        "field_names", cv_buffer_string(&names));
    add_error(set, &invalid);
}

/* Replaces what stands there, as Django does. */
static void refuse_count(CvFormSet *set, const char *code, const char *singular, const char *plural, int64_t number)
{
    static const char *const names[] = {"num"};
    CvInvalid invalid;
    const CvValue value = cv_value_int(number);
    cv_invalid_plural(set->arena, &invalid, code, singular, plural, "num", 1, names, &value);
    set->non_form.count = 0;
    add_error(set, &invalid);
}

static bool all_forms_valid(CvFormSet *set)
{
    bool valid = true;
    for (size_t i = 0; i < set->count; i++)
        if (!cv_formset_is_deleted(set, set->forms[i]) && !cv_form_is_valid(set->forms[i]))
            valid = false;
    return valid;
}

void cv_formset_clean(CvFormSet *set)
{
    if (set->cleaned)
        return;
    set->cleaned = true;
    if (!set->is_bound)
        return;
    check_management(set);
    size_t *deleted = cv_arena_new_array(set->arena, size_t, set->count + 1);
    /* Which forms go is known only in a set whose other forms are valid. */
    bool valid = all_forms_valid(set) && set->non_form.count == 0;
    int64_t gone = valid ? (int64_t)cv_formset_marked(set, deleted) : 0, empty = 0;
    for (size_t i = 0; i < set->count; i++)
        empty += cv_formset_is_unused(set, i);
    const CvFormSetType *type = set->type;
    int64_t asked = cv_formset_number(set->management, "TOTAL_FORMS");
    if ((type->validate_max && set->total - gone > cv_formset_max(type)) || asked > cv_formset_absolute_max(type))
        refuse_count(set, "too_many_forms", "Please submit at most %(num)d form.",
                     "Please submit at most %(num)d forms.", cv_formset_max(type));
    else if (type->validate_min && set->total - gone - empty < type->min_num)
        refuse_count(set, "too_few_forms", "Please submit at least %(num)d form.",
                     "Please submit at least %(num)d forms.", type->min_num);
    else if ((!type->form->meta || cv_model_formset_check(set, valid)) && type->clean)
        type->clean(set);
}

const CvErrorList *cv_formset_non_form_errors(CvFormSet *set)
{
    cv_formset_clean(set);
    return &set->non_form;
}

bool cv_formset_is_valid(CvFormSet *set)
{
    cv_formset_clean(set);
    return set->is_bound && all_forms_valid(set) && set->non_form.count == 0;
}

bool cv_formset_has_changed(CvFormSet *set)
{
    for (size_t i = 0; i < set->count; i++)
        if (cv_form_has_changed(set->forms[i]))
            return true;
    return false;
}

size_t cv_formset_error_count(CvFormSet *set)
{
    cv_formset_clean(set);
    size_t count = set->non_form.count;
    for (size_t i = 0; set->is_bound && i < set->count; i++) {
        cv_form_clean(set->forms[i]);
        if (!cv_formset_is_deleted(set, set->forms[i]))
            count += set->forms[i]->error_count;
    }
    return count;
}

size_t cv_formset_deleted(CvFormSet *set, size_t *out)
{
    return cv_formset_is_valid(set) ? cv_formset_marked(set, out) : 0;
}

CvForm *cv_formset_next(CvFormSet *set, const CvForm *form)
{
    for (size_t i = form ? form->place + 1 : 0; i < set->count; i++)
        if (!cv_formset_is_unused(set, i) && !cv_formset_is_deleted(set, set->forms[i]))
            return set->forms[i];
    return NULL;
}

/* Forms without a number come last; equal ones keep their order. */
size_t cv_formset_ordered(CvFormSet *set, size_t *out)
{
    size_t count = 0;
    if (!cv_formset_is_valid(set) || !set->type->can_order)
        return 0;
    int64_t *places = cv_arena_new_array(set->arena, int64_t, set->count + 1);
    for (size_t i = 0; i < set->count; i++) {
        if (cv_formset_is_unused(set, i) || cv_formset_is_deleted(set, set->forms[i]))
            continue;
        CvValue order = cv_cleaned(set->forms[i], "ORDER");
        int64_t place = order.kind == CV_INT ? order.integer : INT64_MAX;
        size_t at = count++;
        for (; at > 0 && places[at - 1] > place; at--) {
            places[at] = places[at - 1];
            out[at] = out[at - 1];
        }
        places[at] = place;
        out[at] = i;
    }
    return count;
}
