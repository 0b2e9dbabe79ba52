/* formset_objects.c: a formset as HTML, and how templates look into it. */
#include "forms/formset_private.h"

CvSlice cv_formset_html(CvFormSet *set, CvFormLayout layout)
{
    CvBuffer out = cv_buffer(set->arena);
    cv_formset_clean(set);
    cv_buffer_append_slice(&out, cv_form_html(set->management, CV_FORM_DIV));
    for (size_t i = 0; i < set->count; i++)
        cv_buffer_append_slice(&out, cv_form_html(set->forms[i], layout));
    return cv_slice_trim(cv_buffer_slice(&out));
}

static CvFormSet *as_set(const void *object)
{
    return (CvFormSet *)(uintptr_t)object;
}

static bool set_get(const void *object, CvSlice name, CvArena *arena, CvValue *out)
{
    static const char *const layouts[] = {"as_div", "as_p", "as_table", "as_ul"};
    CvFormSet *set = as_set(object);
    (void)arena;
    for (size_t i = 0; i < CV_COUNT_OF(layouts); i++) {
        if (cv_slice_is(name, layouts[i])) {
            *out = cv_value_safe(cv_formset_html(set, (CvFormLayout)i));
            return true;
        }
    }
    if (cv_slice_is(name, "management_form"))
        *out = cv_value_object(set->management);
    else if (cv_slice_is(name, "non_form_errors"))
        *out = cv_value_object(cv_formset_non_form_errors(set));
    else if (cv_slice_is(name, "empty_form"))
        *out = cv_value_object(cv_formset_empty_form(set));
    else if (cv_slice_is(name, "total_form_count"))
        *out = cv_value_int(set->total);
    else if (cv_slice_is(name, "initial_form_count"))
        *out = cv_value_int(set->initial_count);
    else if (cv_slice_is(name, "total_error_count"))
        *out = cv_value_int((int64_t)cv_formset_error_count(set));
    else if (cv_slice_is(name, "is_bound"))
        *out = cv_value_bool(set->is_bound);
    else if (cv_slice_is(name, "can_delete"))
        *out = cv_value_bool(set->type->can_delete);
    else if (cv_slice_is(name, "can_order"))
        *out = cv_value_bool(set->type->can_order);
    else if (cv_slice_is(name, "prefix"))
        *out = cv_value_string(cv_formset_prefix(set));
    else if (cv_slice_is(name, "instance") && set->link)
        *out = cv_value_object(set->instance);
    else if (cv_slice_is(name, "forms"))
        *out = cv_value_object(set);
    else if (cv_slice_is(name, "is_multipart"))
        *out = cv_value_bool(cv_form_is_multipart(set->count ? set->forms[0] : cv_formset_empty_form(set)));
    else
        return false;
    return true;
}

static bool set_item(const void *object, int64_t index, CvArena *arena, CvValue *out)
{
    CvFormSet *set = as_set(object);
    (void)arena;
    if (index < 0 || (size_t)index >= set->count)
        return false;
    *out = cv_value_object(set->forms[index]);
    return true;
}

static bool next_form(CvIterator *iterator, CvValue *out)
{
    return set_item(iterator->object, (int64_t)iterator->index++, iterator->arena, out);
}

static void set_iterate(const void *object, CvIterator *iterator)
{
    iterator->object = object;
    iterator->next = next_form;
}

static bool set_length(const void *object, size_t *out)
{
    *out = as_set(object)->count;
    return true;
}

static CvSlice set_str(const void *object, CvArena *arena)
{
    (void)arena;
    return cv_formset_html(as_set(object), CV_FORM_DIV);
}

static bool set_truth(const void *object)
{
    (void)object;
    return true;
}

const CvType cv_formset_type = {.magic = CV_TYPE_MAGIC,
                                .name = "FormSet",
                                .get = set_get,
                                .item = set_item,
                                .length = set_length,
                                .iterate = set_iterate,
                                .str = set_str,
                                .truth = set_truth,
                                .str_is_safe = true};
