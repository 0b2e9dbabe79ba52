/* model_type.c: the fields of a model form's type: which of the model's it takes, in which order, and mistakes in that.
 */
#include "base/self.h"
#include "base/vector.h"
#include "forms/model_form_private.h"

static bool is_listed(const char *const *list, const char *name)
{
    for (; list && *list; list++)
        if (strcmp(*list, name) == 0)
            return true;
    return false;
}

static bool is_all(const char *const *list)
{
    return list && *list && strcmp(*list, "__all__") == 0;
}

bool cv_model_form_takes(const CvModelFormMeta *meta, const char *name)
{
    if (meta->fields && !is_all(meta->fields) && !is_listed(meta->fields, name))
        return false;
    return !is_listed(meta->exclude, name);
}

bool cv_model_form_is_editable(const CvColumn *column)
{
    const CvField *field = column->field;
    return field->editable && !field->auto_now && !field->auto_now_add && !field->generated;
}

/* ---- options by the name of a field ---- */

static const char *text_for(const char *const *pairs, const char *name)
{
    for (; pairs && pairs[0] && pairs[1]; pairs += 2)
        if (strcmp(pairs[0], name) == 0)
            return pairs[1];
    return NULL;
}

/* "title.required" is of the field "title". */
static bool is_of_field(const char *path, const char *name)
{
    size_t length = strlen(name);
    return strncmp(path, name, length) == 0 && path[length] == '.';
}

const char *cv_model_form_message(const CvModelFormMeta *meta, const char *field, const char *code)
{
    for (const char *const *pair = meta->error_messages; pair && pair[0] && pair[1]; pair += 2)
        if (is_of_field(pair[0], field) && strcmp(pair[0] + strlen(field) + 1, code) == 0)
            return pair[1];
    return NULL;
}

static const char *const *messages_of(CvArena *arena, const CvModelFormMeta *meta, const char *name)
{
    size_t count = 0, at = 0;
    for (const char *const *pair = meta->error_messages; pair && pair[0] && pair[1]; pair += 2)
        count += is_of_field(pair[0], name);
    if (count == 0)
        return NULL;
    const char **messages = cv_arena_new_array(arena, const char *, 2 * count + 1);
    for (const char *const *pair = meta->error_messages; pair[0] && pair[1]; pair += 2) {
        if (!is_of_field(pair[0], name))
            continue;
        messages[at++] = pair[0] + strlen(name) + 1;
        messages[at++] = pair[1];
    }
    return messages;
}

static void apply_options(CvArena *arena, const CvModelFormMeta *meta, CvFormField *field)
{
    const char *label = text_for(meta->labels, field->name), *help = text_for(meta->help_texts, field->name);
    field->label = label ? label : field->label;
    field->help_text = help ? help : field->help_text;
    field->error_messages = messages_of(arena, meta, field->name);
    field->localize = is_all(meta->localized_fields) || is_listed(meta->localized_fields, field->name);
    for (const CvFieldWidget *at = meta->widgets; at && at->name; at++)
        if (strcmp(at->name, field->name) == 0)
            field->widget = at->widget;
    for (const CvFieldClass *at = meta->field_classes; at && at->name; at++)
        if (strcmp(at->name, field->name) == 0)
            field->kind = at->kind;
}

/* ---- which fields ---- */

static const CvFormField *find(const CvFormField *fields, size_t count, const char *name)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(fields[i].name, name) == 0)
            return &fields[i];
    return NULL;
}

/* The model's columns as its list declares them: many-to-many ones in their places. */
static const CvColumn **declared(CvArena *arena, const CvModel *model, size_t *count)
{
    size_t total;
    const CvColumn *columns = cv_model_columns(model, &total);
    const CvColumn **all = cv_arena_new_array(arena, const CvColumn *, total + 1);
    *count = 0;
    for (size_t i = 0; i < total; i++) {
        const CvColumn *column = &columns[i];
        size_t at = (*count)++;
        /* Those of one model stand in one array of fields. */
        while (!column->concrete && at > 0 && all[at - 1]->model == column->model &&
               all[at - 1]->field > column->field) {
            all[at] = all[at - 1];
            at--;
        }
        all[at] = column;
    }
    return all;
}

static void add_model_fields(CvArena *arena, const CvModelFormMeta *meta, const CvFormField *own, size_t own_count,
                             CvFormFields *out)
{
    size_t count;
    const CvColumn **columns = declared(arena, meta->model, &count);
    for (size_t i = 0; i < count; i++) {
        const CvColumn *column = columns[i];
        CvFormField field;
        if (!cv_model_form_is_editable(column) && meta->fields && !is_all(meta->fields) &&
            cv_model_form_takes(meta, column->name))
            cv_raise(CV_ERROR_FIELD, "'%s' cannot be specified for %s model form as it is a non-editable field",
                     column->name, meta->model->name);
        if (!cv_model_form_is_editable(column) || !cv_model_form_takes(meta, column->name))
            continue;
        const CvFormField *replaced = find(own, own_count, column->name);
        if (replaced) {
            field = *replaced;
            field.column = column;
        } else if (cv_model_form_field(arena, column, &field)) {
            apply_options(arena, meta, &field);
        } else {
            continue;
        }
        cv_vector_push(arena, out, field);
    }
}

/* In the order of the list; names that are no field raise. */
static CvFormFields in_order(CvArena *arena, const CvModelFormMeta *meta, const CvFormField *own, size_t own_count,
                             const CvFormFields *fields)
{
    CvFormFields sorted = {0};
    CvBuffer unknown = cv_buffer(arena);
    for (const char *const *name = meta->fields; *name; name++) {
        const CvFormField *field = find(fields->items, fields->count, *name);
        const CvColumn *column = cv_model_column(meta->model, cv_slice(*name));
        bool known = is_listed(meta->exclude, *name) || find(own, own_count, *name) ||
                     (column && strcmp(column->name, *name) == 0);
        if (field && !find(sorted.items, sorted.count, *name))
            cv_vector_push(arena, &sorted, *field);
        else if (!field && !known)
            cv_buffer_printf(&unknown, "%s%s", unknown.length ? ", " : "", *name);
    }
    if (unknown.length)
        cv_raise(CV_ERROR_FIELD, "Unknown field(s) (%s) specified for %s", cv_buffer_string(&unknown),
                 meta->model->name);
    return sorted;
}

CvFormFields cv_model_form_fields(CvArena *arena, const char *form_name, const CvModelFormMeta *meta,
                                  const CvFormField *own, size_t count)
{
    CvFormFields fields = {0};
    if (!meta->fields && !meta->exclude)
        cv_raise(CV_ERROR_CONFIGURATION,
                 "Creating a ModelForm without either the 'fields' attribute or the 'exclude' attribute is prohibited; "
                 "form %s needs updating.",
                 form_name);
    add_model_fields(arena, meta, own, count, &fields);
    if (meta->fields && !is_all(meta->fields))
        fields = in_order(arena, meta, own, count, &fields);
    for (size_t i = 0; i < count; i++)
        if (!find(fields.items, fields.count, own[i].name))
            cv_vector_push(arena, &fields, own[i]);
    return fields;
}

/* ---- made at run time ---- */

static const char *const *copy_list(CvArena *arena, const char *const *list)
{
    size_t count = 0;
    while (list && list[count])
        count++;
    return list ? cv_arena_memdup(arena, list, (count + 1) * sizeof *list) : NULL;
}

/* The lists are literals of some block, which the type outlives. */
static CvModelFormMeta *copy_meta(CvArena *arena, const CvModelFormMeta *meta, const CvModel *model)
{
    CvModelFormMeta *own = cv_arena_memdup(arena, meta, sizeof *meta);
    const char *const **lists[] = {&own->fields,         &own->exclude,          &own->labels,     &own->help_texts,
                                   &own->error_messages, &own->localized_fields, &own->field_order};
    size_t widgets = 0, classes = 0;
    for (size_t i = 0; i < CV_COUNT_OF(lists); i++)
        *lists[i] = copy_list(arena, *lists[i]);
    while (own->widgets && own->widgets[widgets].name)
        widgets++;
    while (own->field_classes && own->field_classes[classes].name)
        classes++;
    if (own->widgets)
        own->widgets = cv_arena_memdup(arena, own->widgets, (widgets + 1) * sizeof *own->widgets);
    if (own->field_classes)
        own->field_classes = cv_arena_memdup(arena, own->field_classes, (classes + 1) * sizeof *own->field_classes);
    own->model = model;
    return own;
}

const CvFormType *cv_model_form_type(CvArena *arena, const CvModel *model, const CvModelFormMeta *meta,
                                     const CvFormField *fields, size_t count)
{
    CvModelFormMeta *own = copy_meta(arena, meta, model);
    const char *name = cv_arena_printf(arena, "%sForm", model->name);
    CvFormFields all = cv_model_form_fields(arena, name, own, fields, count);
    CvFormType *type = cv_form_type_build(arena, name, all.items, all.count, (const CvFormOptions *)(const void *)own);
    type->size = sizeof(CvModelForm);
    type->meta = own;
    return type;
}
