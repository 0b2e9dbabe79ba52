/* formset.c: making several forms of one type. */
#include "forms/formset_private.h"

#include "base/vector.h"

enum { DEFAULT_MAX = 1000 };

static const char *const management_names[] = {"TOTAL_FORMS", "INITIAL_FORMS", "MIN_NUM_FORMS", "MAX_NUM_FORMS"};

int64_t cv_formset_max(const CvFormSetType *type)
{
    if (type->parent && cv_inline_is_single(type))
        return 1;
    return type->max_num == 0 ? DEFAULT_MAX : type->max_num == CV_FORMSET_NONE ? 0 : type->max_num;
}

int64_t cv_formset_absolute_max(const CvFormSetType *type)
{
    return type->absolute_max ? type->absolute_max : cv_formset_max(type) + DEFAULT_MAX;
}

const char *cv_formset_prefix(const CvFormSet *set)
{
    if (set->options.prefix || set->type->prefix)
        return set->options.prefix ? set->options.prefix : set->type->prefix;
    return set->link ? cv_model_formset_prefix(set) : "form";
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
    CvFormOptions options = {.prefix = cv_formset_prefix(set), .auto_id = set->options.auto_id};
    if (!set->is_bound) {
        CvDict *initial = cv_dict_create(set->arena);
        const int64_t numbers[] = {set->total, set->initial_count, set->type->min_num, cv_formset_max(set->type)};
        for (int i = 0; i < 4; i++)
            cv_dict_set_name(initial, management_names[i], cv_value_int(numbers[i]));
        options.initial = initial;
    }
    return cv_form_create(type, &set->input, &options);
}

int64_t cv_formset_number(CvForm *management, const char *name)
{
    CvValue value = cv_cleaned(management, name);
    return value.kind == CV_INT ? value.integer : value.kind == CV_BIGINT && value.text[0] != '-' ? INT64_MAX : 0;
}

static int64_t initial_forms(CvFormSet *set)
{
    if (set->type->form->meta)
        return cv_model_formset_count(set);
    return set->options.initial ? (int64_t)set->options.initial->count : 0;
}

/* How many forms there are to be. */
static void count_forms(CvFormSet *set)
{
    const CvFormSetType *type = set->type;
    if (set->is_bound) {
        set->management = management_form(set);
        set->initial_count = cv_formset_number(set->management, "INITIAL_FORMS");
        set->total = cv_formset_number(set->management, "TOTAL_FORMS");
        if (set->total > cv_formset_absolute_max(type))
            set->total = cv_formset_absolute_max(type);
        return;
    }
    set->initial_count = initial_forms(set);
    int64_t most = cv_formset_max(type);
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

static CvFormField optional(const char *name, const CvFormFieldKind *kind, const char *label)
{
    CvFormField field = cv_form_field(name, kind);
    field.label = label;
    field.required = false;
    return field;
}

/* The form's type with the fields that the set adds: made once for extra forms and once for initial ones. */
static const CvFormType *form_type(CvFormSet *set, bool initial)
{
    const CvFormSetType *type = set->type;
    const CvFormPlan *plan = cv_form_plan(type->form);
    CvFormFields fields = {0};
    bool can_delete = type->can_delete && (!type->no_delete_extra || initial);
    if (set->form_types[initial])
        return set->form_types[initial];
    for (size_t i = 0; i < plan->count; i++)
        cv_vector_push(set->arena, &fields, plan->fields[i]);
    if (type->form->meta)
        cv_model_formset_key_field(set, initial, &fields);
    if (type->can_order)
        cv_vector_push(set->arena, &fields, optional("ORDER", &cv_integer_form_field, "Order"));
    if (can_delete)
        cv_vector_push(set->arena, &fields, optional("DELETE", &cv_boolean_form_field, "Delete"));
    if (set->link)
        cv_model_formset_link_field(set, &fields);
    CvFormType *made =
        cv_form_type_build(set->arena, type->form->name, fields.items, fields.count, type->form->options);
    made->size = type->form->size;
    made->meta = type->form->meta ? cv_model_formset_meta(set) : NULL;
    return set->form_types[initial] = made;
}

static const CvDict *initial_of(const CvFormSet *set, int64_t index)
{
    const CvList *initial = set->options.initial;
    if (set->type->form->meta) /* rows have theirs: it is for the extra forms */
        index -= set->initial_count;
    if (index < 0 || !initial || (size_t)index >= initial->count || initial->items[index].kind != CV_DICT)
        return NULL;
    return initial->items[index].dict;
}

/* The number that ORDER shows. */
static void set_place(CvForm *form, int64_t place)
{
    CvBoundField *order = cv_form_field_of(form, "ORDER");
    if (!order)
        return;
    order->initial = cv_value_int(place);
    order->has_initial = true;
}

static CvForm *make_form(CvFormSet *set, int64_t index, const char *place)
{
    CvFormOptions options = {.prefix = cv_arena_printf(set->arena, "%s-%s", cv_formset_prefix(set), place),
                             .auto_id = set->options.auto_id,
                             .initial = initial_of(set, index),
                             .no_required_attribute = true};
    CvFormInput input = set->input;
    bool initial = is_initial(set, index);
    options.empty_permitted = index < 0 || (!initial && index >= set->type->min_num);
    if (initial && set->type->form->meta)
        options.instance = cv_model_formset_row(set, index, options.prefix);
    if (index < 0)
        input.data = NULL, input.files = NULL;
    CvForm *form = cv_form_create(form_type(set, initial), &input, &options);
    form->place = index < 0 ? SIZE_MAX : (size_t)index;
    if (initial && set->type->can_order)
        set_place(form, index + 1);
    if (set->type->form->meta)
        cv_model_formset_fill(set, form);
    return form;
}

CvFormSet *cv_formset_create(const CvFormSetType *type, const CvFormInput *input, const CvFormSetOptions *options)
{
    struct {
        CvFormSet set;
        CvForm *form[1]; /* the struct of a list file ends in an empty member */
    } *made = cv_arena_alloc(input->arena, sizeof *made);
    CvFormSet *set = &made->set;
    set->object.type = &cv_formset_type;
    set->type = type;
    set->arena = input->arena;
    set->input = *input;
    set->options = options ? *options : (CvFormSetOptions){0};
    set->is_bound = input->data || input->files;
    set->non_form = (CvErrorList){.object = {&cv_error_list_type}, .extra_class = "nonform", .arena = input->arena};
    if (type->form->meta)
        cv_model_formset_begin(set);
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
