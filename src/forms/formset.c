/* formset.c: making and checking several forms of one type. */
#include "forms/formset.h"

#include "base/vector.h"
#include "forms/form_private.h"

enum { DEFAULT_MAX = 1000 };

static const char *const management_names[] = {"TOTAL_FORMS", "INITIAL_FORMS", "MIN_NUM_FORMS", "MAX_NUM_FORMS"};

static int64_t max_num(const CvFormSetType *type)
{
    return type->max_num == 0 ? DEFAULT_MAX : type->max_num == CV_FORMSET_NONE ? 0 : type->max_num;
}

static int64_t absolute_max(const CvFormSetType *type)
{
    return type->absolute_max ? type->absolute_max : max_num(type) + DEFAULT_MAX;
}

static const char *prefix_of(const CvFormSet *set)
{
    return set->options.prefix ? set->options.prefix : set->type->prefix ? set->type->prefix : "form";
}

/* ---- the management form ---- */

static CvForm *management_form(CvFormSet *set)
{
    CvFormField fields[4];
    for (int i = 0; i < 4; i++) {
        fields[i] = cv_form_field(management_names[i], &cv_integer_form_field);
        fields[i].widget = CV_HIDDEN_INPUT;
        fields[i].required = i < 2;
    }
    CvFormType *type = cv_form_type_build(set->arena, "ManagementForm", fields, 4, NULL);
    CvFormOptions options = {.prefix = prefix_of(set), .auto_id = set->options.auto_id};
    if (!set->is_bound) {
        CvDict *initial = cv_dict_create(set->arena);
        const int64_t numbers[] = {set->total, set->initial_count, set->type->min_num, max_num(set->type)};
        for (int i = 0; i < 4; i++)
            cv_dict_set_name(initial, management_names[i], cv_value_int(numbers[i]));
        options.initial = initial;
    }
    return cv_form_create(type, &set->input, &options);
}

static int64_t number_in(CvForm *form, const char *name)
{
    CvValue value = cv_cleaned(form, name);
    return value.kind == CV_INT ? value.integer : value.kind == CV_BIGINT && value.text[0] != '-' ? INT64_MAX : 0;
}

/* How many forms there are to be. */
static void count_forms(CvFormSet *set)
{
    const CvFormSetType *type = set->type;
    if (set->is_bound) {
        set->management = management_form(set);
        set->initial_count = number_in(set->management, "INITIAL_FORMS");
        set->total = number_in(set->management, "TOTAL_FORMS");
        if (set->total > absolute_max(type))
            set->total = absolute_max(type);
        return;
    }
    set->initial_count = set->options.initial ? (int64_t)set->options.initial->count : 0;
    int64_t most = max_num(type);
    set->total = (set->initial_count > type->min_num ? set->initial_count : type->min_num) + type->extra;
    if (set->initial_count > most)
        set->total = set->initial_count;
    else if (set->total > most)
        set->total = most;
    set->management = management_form(set);
}

/* ---- the forms ---- */

static bool is_initial(const CvFormSet *set, int64_t index)
{
    return index >= 0 && index < set->initial_count;
}

/* The form's type with the fields for order and deletion. */
static const CvFormType *type_with_controls(const CvFormSet *set, int64_t index)
{
    const CvFormSetType *type = set->type;
    const CvFormPlan *plan = cv_form_plan(type->form);
    bool can_delete = type->can_delete && (!type->no_delete_extra || is_initial(set, index));
    if (!type->can_order && !can_delete)
        return type->form;
    CvFormField *fields = cv_arena_new_array(set->arena, CvFormField, plan->count + 2);
    size_t count = plan->count;
    memcpy(fields, plan->fields, plan->count * sizeof *fields);
    if (type->can_order) {
        CvFormField *order = &fields[count++];
        *order = cv_form_field("ORDER", &cv_integer_form_field);
        order->label = "Order";
        order->required = false;
        if (is_initial(set, index))
            order->initial = cv_value_int(index + 1);
    }
    if (can_delete) {
        CvFormField *deletion = &fields[count++];
        *deletion = cv_form_field("DELETE", &cv_boolean_form_field);
        deletion->label = "Delete";
        deletion->required = false;
    }
    CvFormType *made = cv_form_type_build(set->arena, type->form->name, fields, count, type->form->options);
    made->size = type->form->size;
    return made;
}

static CvForm *make_form(CvFormSet *set, int64_t index, const char *place)
{
    CvFormOptions options = {.prefix = cv_arena_printf(set->arena, "%s-%s", prefix_of(set), place),
                             .auto_id = set->options.auto_id,
                             .no_required_attribute = true};
    CvFormInput input = set->input;
    const CvList *initial = set->options.initial;
    if (index >= 0 && initial && (size_t)index < initial->count && initial->items[index].kind == CV_DICT)
        options.initial = initial->items[index].dict;
    options.empty_permitted = index < 0 || (!is_initial(set, index) && index >= set->type->min_num);
    if (index < 0)
        input.data = NULL, input.files = NULL;
    return cv_form_create(type_with_controls(set, index), &input, &options);
}

CvFormSet *cv_formset_create(const CvFormSetType *type, const CvFormInput *input, const CvFormSetOptions *options)
{
    CvFormSet *set = cv_arena_new(input->arena, CvFormSet);
    set->object.type = &cv_formset_type;
    set->type = type;
    set->arena = input->arena;
    set->input = *input;
    set->options = options ? *options : (CvFormSetOptions){0};
    set->is_bound = input->data || input->files;
    set->non_form = (CvErrorList){.object = {&cv_error_list_type}, .extra_class = "nonform", .arena = input->arena};
    count_forms(set);
    set->count = set->total > 0 ? (size_t)set->total : 0;
    set->forms = cv_arena_new_array(set->arena, CvForm *, set->count + 1);
    for (size_t i = 0; i < set->count; i++) {
        char place[24];
        snprintf(place, sizeof place, "%zu", i);
        set->forms[i] = make_form(set, (int64_t)i, place);
    }
    return set;
}

CvFormSet *cv_formset_of_request(const CvFormSetType *type, CvRequest *request, const CvFormSetOptions *options)
{
    CvFormInput input = {.arena = request->arena, .request = request};
    if (request->method_id == CV_METHOD_POST) {
        input.data = cv_request_post(request);
        input.files = cv_request_files(request);
    }
    return cv_formset_create(type, &input, options);
}

CvForm *cv_formset_empty_form(CvFormSet *set)
{
    return make_form(set, -1, "__prefix__");
}

/* ---- checking ---- */

bool cv_formset_is_deleted(CvFormSet *set, const CvForm *form)
{
    CvValue value = set->type->can_delete ? cv_cleaned((CvForm *)(uintptr_t)form, "DELETE") : cv_value_null();
    return value.kind == CV_BOOL && value.boolean;
}

static bool is_unused(CvFormSet *set, size_t index)
{
    return (int64_t)index >= set->initial_count && !cv_form_has_changed(set->forms[index]);
}

static size_t marked_for_deletion(CvFormSet *set, size_t *out)
{
    size_t count = 0;
    for (size_t i = 0; set->type->can_delete && i < set->count; i++)
        if (!is_unused(set, i) && cv_formset_is_deleted(set, set->forms[i]))
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
    CvInvalid invalid = {.message = cv_arena_vprintf(set->arena, format, arguments), .fixed = true};
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

static void clean(CvFormSet *set)
{
    if (set->cleaned)
        return;
    set->cleaned = true;
    if (!set->is_bound)
        return;
    check_management(set);
    size_t *deleted = cv_arena_new_array(set->arena, size_t, set->count + 1);
    /* Deleted forms count only in a set whose forms are valid. */
    bool valid = all_forms_valid(set) && set->non_form.count == 0;
    int64_t gone = valid ? (int64_t)marked_for_deletion(set, deleted) : 0, empty = 0;
    for (size_t i = 0; i < set->count; i++)
        empty += is_unused(set, i);
    const CvFormSetType *type = set->type;
    int64_t asked = number_in(set->management, "TOTAL_FORMS");
    if ((type->validate_max && set->total - gone > max_num(type)) || asked > absolute_max(type))
        refuse_count(set, "too_many_forms", "Please submit at most %(num)d form.",
                     "Please submit at most %(num)d forms.", max_num(type));
    else if (type->validate_min && set->total - gone - empty < type->min_num)
        refuse_count(set, "too_few_forms", "Please submit at least %(num)d form.",
                     "Please submit at least %(num)d forms.", type->min_num);
    else if (type->clean)
        type->clean(set);
}

const CvErrorList *cv_formset_non_form_errors(CvFormSet *set)
{
    clean(set);
    return &set->non_form;
}

bool cv_formset_is_valid(CvFormSet *set)
{
    clean(set);
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
    clean(set);
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
    return cv_formset_is_valid(set) ? marked_for_deletion(set, out) : 0;
}

/* Forms without a number come last; equal ones keep their order. */
size_t cv_formset_ordered(CvFormSet *set, size_t *out)
{
    size_t count = 0;
    if (!cv_formset_is_valid(set) || !set->type->can_order)
        return 0;
    int64_t *places = cv_arena_new_array(set->arena, int64_t, set->count + 1);
    for (size_t i = 0; i < set->count; i++) {
        if (is_unused(set, i) || cv_formset_is_deleted(set, set->forms[i]))
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

/* ---- HTML and templates ---- */

CvSlice cv_formset_html(CvFormSet *set, CvFormLayout layout)
{
    CvBuffer out = cv_buffer(set->arena);
    clean(set);
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
        *out = cv_value_string(prefix_of(set));
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
