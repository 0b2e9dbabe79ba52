/* form.c: making forms, cleaning them, their errors. */
#include "base/self.h"
#include "base/vector.h"
#include "forms/model_form_private.h"

/* ---- making ---- */

static CvFormOptions joined_options(const CvFormType *type, const CvFormOptions *own)
{
    CvFormOptions all = type->options ? *type->options : (CvFormOptions){0};
    if (!own)
        return all;
    all.clean = own->clean ? own->clean : all.clean;
    all.init = own->init ? own->init : all.init;
    all.prefix = own->prefix ? own->prefix : all.prefix;
    all.auto_id = own->auto_id ? own->auto_id : all.auto_id;
    all.label_suffix = own->label_suffix ? own->label_suffix : all.label_suffix;
    all.template_name = own->template_name ? own->template_name : all.template_name;
    all.media = own->media ? own->media : all.media;
    all.template_name_label = own->template_name_label ? own->template_name_label : all.template_name_label;
    all.error_css_class = own->error_css_class ? own->error_css_class : all.error_css_class;
    all.required_css_class = own->required_css_class ? own->required_css_class : all.required_css_class;
    all.field_order = own->field_order ? own->field_order : all.field_order;
    all.initial = own->initial ? own->initial : all.initial;
    all.no_required_attribute |= own->no_required_attribute;
    all.empty_permitted |= own->empty_permitted;
    all.instance = own->instance;
    return all;
}

/* a + b + c. */
static const char *joined(CvArena *arena, CvSlice a, CvSlice b, CvSlice c)
{
    char *text = cv_arena_alloc_raw(arena, cv_size_add(cv_size_add(a.length, b.length), cv_size_add(c.length, 1)), 1);
    memcpy(text, a.data, a.length);
    memcpy(text + a.length, b.data, b.length);
    memcpy(text + a.length + b.length, c.data, c.length);
    text[a.length + b.length + c.length] = '\0';
    return text;
}

static const char *id_of(CvArena *arena, const char *format, const char *html_name)
{
    format = format ? format : "id_%s";
    const char *mark = strstr(format, "%s");
    if (!mark)
        return *format ? html_name : "";
    return joined(arena, cv_slice_of(format, (size_t)(mark - format)), cv_slice(html_name), cv_slice(mark + 2));
}

const char *cv_bound_initial_name(const CvBoundField *bound)
{
    return joined(bound->form->arena, CV_SLICE("initial-"), cv_slice(bound->html_name), CV_SLICE(""));
}

static const char *html_name_of(CvArena *arena, const char *prefix, const char *name)
{
    return prefix && *prefix ? joined(arena, cv_slice(prefix), CV_SLICE("-"), cv_slice(name)) : name;
}

static void bind_field(CvForm *form, const CvFormField *field, size_t index)
{
    CvArena *arena = form->arena;
    CvBoundField *bound = &form->fields[index];
    bound->object.type = &cv_bound_field_type;
    bound->form = form;
    bound->field = field;
    bound->index = index;
    bound->value.kind = CV_MISSING;
    bound->html_name = html_name_of(arena, form->options.prefix, field->name);
    bound->auto_id = id_of(arena, form->options.auto_id, bound->html_name);
    bound->label = cv_field_label(field, arena);
    bound->errors = (CvErrorList){.object = {&cv_error_list_type}, .field_id = bound->auto_id, .arena = arena};
    if (field->options_function) { /* asked for each form */
        CvFormField *copy = cv_arena_memdup(arena, field, sizeof *field);
        CvWidget *widget = cv_arena_memdup(arena, field->widget, sizeof *field->widget);
        widget->options = field->options_function(arena);
        copy->widget = widget;
        bound->field = copy;
    }
    if (field->model)
        bound->field = cv_field_with_rows(field, form);
}

/* Field indexes in the order of display. */
static size_t *ordered(CvArena *arena, const CvFormPlan *plan, const char *const *first)
{
    size_t *order = cv_arena_new_array(arena, size_t, plan->count + 1), count = 0;
    bool *taken = cv_arena_new_array(arena, bool, plan->count + 1);
    for (; first && *first; first++) {
        for (size_t i = 0; i < plan->count; i++) {
            if (!taken[i] && strcmp(plan->fields[i].name, *first) == 0) {
                taken[i] = true;
                order[count++] = i;
            }
        }
    }
    for (size_t i = 0; i < plan->count; i++)
        if (!taken[i])
            order[count++] = i;
    return order;
}

CvForm *cv_form_create(const CvFormType *type, const CvFormInput *input, const CvFormOptions *options)
{
    const CvFormPlan *plan = cv_form_plan(type);
    CvForm *form = cv_arena_alloc(input->arena, type->size);
    form->object.type = &cv_form_object_type;
    form->type = type;
    form->arena = input->arena;
    form->request = input->request;
    form->options = joined_options(type, options);
    form->data = input->data;
    form->files = input->files;
    form->is_bound = input->data || input->files;
    form->count = plan->count;
    form->fields = cv_arena_new_array(form->arena, CvBoundField, plan->count + 1);
    form->error_order = cv_arena_new_array(form->arena, size_t, plan->count + 2);
    form->non_field = (CvErrorList){.object = {&cv_error_list_type}, .extra_class = "nonfield", .arena = form->arena};
    if (type->meta)
        cv_model_form_begin(form);
    const size_t *order = ordered(form->arena, plan, form->options.field_order);
    for (size_t i = 0; i < plan->count; i++)
        bind_field(form, &plan->fields[order[i]], i);
    if (form->options.init)
        form->options.init(form);
    return form;
}

CvForm *cv_form_of_request(const CvFormType *type, CvRequest *request, const CvFormOptions *options)
{
    CvFormInput input = {.arena = request->arena, .request = request};
    bool sends = request->method_id == CV_METHOD_POST || request->method_id == CV_METHOD_PUT ||
                 request->method_id == CV_METHOD_PATCH;
    if (sends) {
        input.data = cv_request_post(request);
        input.files = cv_request_files(request);
    }
    return cv_form_create(type, &input, options);
}

/* Whether one of the form's controls was sent; what is never left out must be there by its name. */
static bool is_sent(const CvFormType *type, CvArena *arena, const char *prefix, const CvQueryDict *query)
{
    const CvFormPlan *plan = cv_form_plan(type);
    const CvFormData data = {.values = query}, nothing = {0};
    bool sent = false;
    for (size_t i = 0; i < plan->count && !sent; i++) {
        const CvWidget *widget = plan->fields[i].widget;
        CvSlice name = cv_slice(html_name_of(arena, prefix, plan->fields[i].name));
        bool tells = cv_widget_omitted(widget, arena, &nothing, name);
        sent = tells ? !cv_widget_omitted(widget, arena, &data, name) : cv_querydict_find(query, name) != NULL;
    }
    return sent;
}

CvForm *cv_form_of_query(const CvFormType *type, CvRequest *request, const CvFormOptions *options)
{
    CvFormInput input = {.arena = request->arena, .request = request};
    const CvQueryDict *query = cv_request_query(request);
    if (is_sent(type, request->arena, joined_options(type, options).prefix, query))
        input.data = query;
    return cv_form_create(type, &input, options);
}

const CvDict *cv_initial_pairs(size_t count, const char *const *names, const CvValue *values)
{
    CvDict *dict = cv_dict_create(cv_arena());
    for (size_t i = 0; i < count; i++)
        cv_dict_set_name(dict, names[i], values[i]);
    return dict;
}

/* ---- data ---- */

CvFormData cv_form_data(const CvForm *form)
{
    return (CvFormData){form->data, form->files};
}

/* Without the microseconds that the control could not show. */
static CvValue whole_seconds(CvValue value)
{
    if (value.kind == CV_DATETIME)
        value.datetime.microseconds -= (value.datetime.microseconds % CV_SECOND + CV_SECOND) % CV_SECOND;
    else if (value.kind == CV_TIME)
        value.time.microsecond = 0;
    return value;
}

CvValue cv_bound_initial(CvBoundField *bound)
{
    if (bound->has_initial)
        return bound->initial;
    const CvFormField *field = bound->field;
    CvValue value;
    const CvDict *given = bound->form->options.initial;
    bool found = (given && cv_dict_get_slice(given, cv_slice(field->name), &value)) ||
                 cv_model_form_initial(bound->form, field, &value);
    if (!found)
        value = field->initial_function ? field->initial_function(bound->form->arena) : field->initial;
    bound->initial = field->widget->kind->whole_seconds ? whole_seconds(value) : value;
    bound->has_initial = true;
    return bound->initial;
}

CvValue cv_bound_data(CvBoundField *bound)
{
    if (bound->has_data)
        return bound->data;
    CvFormData data = cv_form_data(bound->form);
    bound->data = cv_widget_read(bound->field->widget, bound->form->arena, &data, cv_slice(bound->html_name));
    bound->has_data = true;
    return bound->data;
}

CvValue cv_bound_value(CvBoundField *bound)
{
    CvValue value = cv_bound_initial(bound);
    if (bound->form->is_bound)
        value = cv_field_bound_data(bound->field, bound->form->arena, cv_bound_data(bound), value);
    return cv_field_prepare_value(bound->field, bound->form->arena, value);
}

bool cv_bound_has_changed(CvBoundField *bound)
{
    const CvFormField *field = bound->field;
    CvArena *arena = bound->form->arena;
    CvValue initial = cv_bound_initial(bound);
    if (field->show_hidden_initial) {
        CvInvalids invalids = {.arena = arena};
        CvFormData data = cv_form_data(bound->form);
        CvValue shown = cv_widget_read(field->hidden_widget, arena, &data, cv_slice(cv_bound_initial_name(bound)));
        if (!cv_field_convert(field, arena, shown, &initial, &invalids))
            return true;
    }
    return cv_field_has_changed(field, arena, initial, cv_bound_data(bound));
}

const CvList *cv_form_changed_data(CvForm *form)
{
    CvList *names = cv_list_create(form->arena);
    for (size_t i = 0; i < form->count; i++)
        if (cv_bound_has_changed(&form->fields[i]))
            cv_list_add(form->arena, names, cv_value_string(form->fields[i].field->name));
    return names;
}

bool cv_form_has_changed(CvForm *form)
{
    for (size_t i = 0; i < form->count; i++)
        if (cv_bound_has_changed(&form->fields[i]))
            return true;
    return false;
}

bool cv_form_is_multipart(const CvForm *form)
{
    for (size_t i = 0; i < form->count; i++)
        if (cv_widget_needs_multipart(form->fields[i].field->widget))
            return true;
    return false;
}

CvBoundField *cv_form_field_of(CvForm *form, const char *name)
{
    for (size_t i = 0; i < form->count; i++)
        if (strcmp(form->fields[i].field->name, name) == 0)
            return &form->fields[i];
    return NULL;
}

/* ---- cleaning ---- */

static void note_errors(CvForm *form, size_t index)
{
    for (size_t i = 0; i < form->error_count; i++)
        if (form->error_order[i] == index)
            return;
    form->error_order[form->error_count++] = index;
}

static void add_invalid(CvForm *form, CvBoundField *bound, const CvInvalid *invalid)
{
    CvErrorList *errors = bound ? &bound->errors : &form->non_field;
    cv_vector_push(form->arena, errors, *invalid);
    note_errors(form, bound ? bound->index : form->count);
    if (bound)
        bound->value = (CvValue){.kind = CV_MISSING};
}

void cv_form_add_invalid(CvForm *form, const char *name, const CvInvalid *invalid)
{
    CvBoundField *bound = name ? cv_form_field_of(form, name) : NULL;
    if (name && !bound)
        cv_raise(CV_ERROR_VALUE, "'%s' has no field named '%s'.", form->type->name, name);
    cv_form_clean(form);
    add_invalid(form, bound, invalid);
}

void cv_form_add_error(CvForm *form, const char *name, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    CvInvalid invalid = cv_invalid_of_format(form->arena, format, arguments);
    va_end(arguments);
    cv_form_add_invalid(form, name, &invalid);
}

/* A member of 64 bits holds no larger integer: that is an error of the input, not a zero. */
static bool fits_member(CvForm *form, CvBoundField *bound, CvValue value)
{
    const CvFormField *field = bound->field;
    CvFormStorage storage = field->storage ? field->storage : field->kind->storage;
    if (field->offset < 0 || value.kind != CV_BIGINT || (storage != CV_FORM_INTEGER && storage != CV_FORM_NULL_INTEGER))
        return true;
    bool below = value.length && value.text[0] == '-';
    CvValidator limit = {.check = below ? cv_check_min_value : cv_check_max_value,
                         .limit = cv_value_int(below ? INT64_MIN : INT64_MAX)};
    CvInvalid invalid;
    if (!cv_validate(&limit, form->arena, value, &invalid))
        add_invalid(form, bound, &invalid);
    return false;
}

static void clean_field(CvForm *form, CvBoundField *bound)
{
    const CvFormField *field = bound->field;
    CvInvalids invalids = {.arena = form->arena};
    CvValue initial = cv_bound_initial(bound), out = {.kind = CV_MISSING};
    CvValue in = field->disabled ? initial : cv_bound_data(bound);
    if (!cv_field_clean(field, form->arena, in, initial, &out, &invalids)) {
        for (size_t i = 0; i < invalids.count; i++)
            add_invalid(form, bound, &invalids.items[i]);
        return;
    }
    if (!fits_member(form, bound, out))
        return;
    bound->value = out;
    cv_form_store(form, bound, out);
    if (!field->clean)
        return;
    field->clean(form);
    if (bound->value.kind != CV_MISSING && field->offset >= 0)
        bound->value = cv_form_load(form, bound);
}

void cv_form_clean(CvForm *form)
{
    if (form->cleaned)
        return;
    form->cleaned = true;
    if (!form->is_bound)
        return;
    if (form->options.empty_permitted && !cv_form_has_changed(form)) {
        form->short_cut = true;
        return;
    }
    for (size_t i = 0; i < form->count; i++)
        clean_field(form, &form->fields[i]);
    if (form->options.clean)
        form->options.clean(form);
    if (form->type->meta)
        cv_model_form_check(form);
}

bool cv_form_is_valid(CvForm *form)
{
    cv_form_clean(form);
    return form->is_bound && form->error_count == 0;
}

CvValue cv_cleaned(CvForm *form, const char *name)
{
    CvBoundField *bound = cv_form_field_of(form, name);
    cv_form_clean(form);
    return bound ? bound->value : (CvValue){.kind = CV_MISSING};
}

bool cv_form_has_error(CvForm *form, const char *name, const char *code)
{
    cv_form_clean(form);
    CvBoundField *bound = name ? cv_form_field_of(form, name) : NULL;
    const CvErrorList *errors = bound ? &bound->errors : &form->non_field;
    if (name && !bound)
        return false;
    for (size_t i = 0; i < errors->count; i++)
        if (!code || (errors->items[i].code && strcmp(errors->items[i].code, code) == 0))
            return true;
    return false;
}

const CvErrorList *cv_bound_errors(CvBoundField *bound)
{
    cv_form_clean(bound->form);
    return &bound->errors;
}
