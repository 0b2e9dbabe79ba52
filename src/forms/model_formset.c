/* model_formset.c: formsets over rows: which rows, the hidden fields for their keys and for the parent's. */
#include "base/self.h"
#include "base/vector.h"
#include "forms/formset_private.h"
#include "orm/validate.h"
#include "text/utf8.h"

static const CvModel *model_of(const CvFormSet *set)
{
    return set->type->form->meta->model;
}

/* ---- the link to the parent ---- */

static bool leads_to(const CvColumn *column, const CvModel *parent)
{
    if (!column->to || !column->concrete)
        return false;
    for (; parent; parent = parent->parent)
        if (column->to == parent)
            return true;
    return false;
}

const CvColumn *cv_inline_foreign_key(const CvModel *parent, const CvModel *model, const char *fk_name)
{
    size_t count;
    const CvColumn *columns = cv_model_columns(model, &count), *found = NULL;
    const char *label = cv_model_label(model), *to = cv_model_label(parent);
    if (fk_name) {
        found = cv_model_column(model, cv_slice(fk_name));
        if (!found || strcmp(found->name, fk_name) != 0)
            cv_raise(CV_ERROR_VALUE, "'%s' has no field named '%s'.", label, fk_name);
        if (!leads_to(found, parent))
            cv_raise(CV_ERROR_VALUE, "fk_name '%s' is not a ForeignKey to '%s'.", fk_name, to);
        return found;
    }
    for (size_t i = 0; i < count; i++) {
        if (!leads_to(&columns[i], parent))
            continue;
        if (found)
            cv_raise(CV_ERROR_VALUE,
                     "'%s' has more than one ForeignKey to '%s'. You must specify a 'fk_name' attribute.", label, to);
        found = &columns[i];
    }
    if (!found)
        cv_raise(CV_ERROR_VALUE, "'%s' has no ForeignKey to '%s'.", label, to);
    return found;
}

bool cv_inline_is_single(const CvFormSetType *type)
{
    return type->form->meta && cv_inline_foreign_key(type->parent, type->form->meta->model, type->fk_name)->unique;
}

const char *cv_model_formset_prefix(const CvFormSet *set)
{
    const CvField *field = set->link->field;
    const char *lower = cv_model_lower(model_of(set));
    if (field->related_name && field->related_name[0] != '+')
        return field->related_name;
    return set->link->unique ? lower : cv_arena_printf(set->arena, "%s_set", lower);
}

/* What the foreign key holds for the parent: its key, or the field that to_field names. */
static CvValue parent_key(const CvFormSet *set)
{
    return cv_row_get(set->instance,
                      cv_model_column(cv_row_model(set->instance), cv_slice(set->link->to_column->name)));
}

/* ---- which rows ---- */

/* The rows by the text of their key. */
struct CvRowIndex {
    CvMap *by_key;
};

static CvQuerySet *given_set(const CvFormSet *set)
{
    const void *given = set->options.queryset;
    if (!given)
        return cv_objects_of(model_of(set));
    if (cv_type_of(given) != &cv_query_set_type || cv_set_model((CvQuerySet *)(uintptr_t)given) != model_of(set))
        cv_raise(CV_ERROR_VALUE, "A formset of %s edits a query set of %s.", set->type->form->name,
                 model_of(set)->name);
    return (CvQuerySet *)(uintptr_t)given;
}

static CvQuerySet *of_parent(const CvFormSet *set, CvQuerySet *all)
{
    CvValue key = parent_key(set);
    const char *name = set->link->attribute;
    if (key.kind == CV_NULL || !cv_row_is_saved(set->instance))
        return cv_none_at(all);
    return cv_filter_at(all, NULL, 1, &name, &key);
}

void cv_model_formset_begin(CvFormSet *set)
{
    const CvFormSetType *type = set->type;
    static const char *const by_key[] = {"pk", NULL};
    set->queryset = given_set(set);
    if (type->parent) {
        void *given = set->options.instance;
        set->link = cv_inline_foreign_key(type->parent, model_of(set), type->fk_name);
        if (given && strcmp(cv_model_table(cv_row_model(given)), cv_model_table(type->parent)) != 0)
            cv_raise(CV_ERROR_VALUE, "The rows of %s belong to rows of %s, not of %s.", type->form->name,
                     type->parent->name, cv_row_model(given)->name);
        set->instance = given ? given : cv_row_new(type->parent);
        set->queryset = of_parent(set, set->queryset);
    }
    if (!cv_set_is_ordered(set->queryset))
        set->queryset = cv_order_by_at(set->queryset, NULL, by_key);
}

int64_t cv_model_formset_count(CvFormSet *set)
{
    return (int64_t)cv_length_of(set->queryset);
}

static CvSlice key_text(CvFormSet *set, CvValue key)
{
    return cv_value_str(set->arena, key);
}

static void *row_with_key(CvFormSet *set, CvSlice text)
{
    if (!set->rows) {
        set->rows = cv_arena_new(set->arena, struct CvRowIndex);
        set->rows->by_key = cv_map_create(set->arena);
        for (size_t i = 0; i < cv_length_of(set->queryset); i++) {
            void *row = cv_row_at(set->queryset, i);
            cv_map_set(set->rows->by_key, key_text(set, cv_row_key(row)), row);
        }
    }
    return cv_map_get(set->rows->by_key, text);
}

/* The key as the database would write it: " 07 " is 7; false for what is none. */
static bool read_key(CvFormSet *set, CvSlice text, CvSlice *out)
{
    const CvColumn *column = cv_model_key(model_of(set));
    CvInvalids invalids = {.arena = set->arena};
    CvValue key;
    while (column->to_column)
        column = column->to_column;
    if (!cv_clean_value(column, NULL, cv_value_slice(text), &key, &invalids) || key.kind == CV_NULL)
        return false;
    *out = key_text(set, key);
    return true;
}

void *cv_model_formset_row(CvFormSet *set, int64_t index, const char *form_prefix)
{
    CvSlice text, key;
    if (!set->is_bound)
        return (size_t)index < cv_length_of(set->queryset) ? cv_row_at(set->queryset, (size_t)index) : NULL;
    const char *name = cv_arena_printf(set->arena, "%s-%s", form_prefix, cv_model_key(model_of(set))->name);
    if (!set->input.data || !cv_querydict_get_slice(set->input.data, cv_slice(name), &text))
        return NULL;
    return read_key(set, text, &key) ? row_with_key(set, key) : NULL;
}

/* ---- the key's field ---- */

static bool is_hidden_key(const CvColumn *key)
{
    return !key->field->editable || key->field->kind->automatic || (key->to && key->model->parent == key->to);
}

static CvFormField *field_named(CvFormFields *fields, const char *name)
{
    for (size_t i = 0; i < fields->count; i++)
        if (strcmp(fields->items[i].name, name) == 0)
            return &fields->items[i];
    return NULL;
}

static const CvWidget *widget_for(const CvModelFormMeta *meta, const char *name)
{
    for (const CvFieldWidget *at = meta->widgets; at && at->name; at++)
        if (strcmp(at->name, name) == 0)
            return at->widget;
    return CV_HIDDEN_INPUT;
}

/* Rows that the set has need no query of their own. */
static bool key_convert(const CvFormField *field, CvArena *arena, CvValue in, CvValue *out, CvInvalids *invalids)
{
    CvFormSet *set = (CvFormSet *)(uintptr_t)field->data;
    CvSlice key;
    if (in.kind == CV_STRING && in.length && !cv_model_key(model_of(set))->to &&
        read_key(set, cv_value_as_slice(in), &key)) {
        void *row = row_with_key(set, key);
        *out = cv_value_object(row);
        if (row)
            return true;
    }
    return cv_model_choice_form_field.convert(field, arena, in, out, invalids);
}

static const CvFormFieldKind key_form_field = {
    .name = "ModelChoiceField", .base = &cv_model_choice_form_field, .storage = CV_FORM_ROW, .convert = key_convert};

void cv_model_formset_key_field(CvFormSet *set, bool initial, CvFormFields *fields)
{
    const CvColumn *key = cv_model_key(model_of(set));
    CvFormField *there = field_named(fields, key->name);
    if (there && !is_hidden_key(key)) {
        there->required |= initial;
        return;
    }
    CvFormField field = cv_form_field(key->name, &key_form_field);
    field.model = key->to ? key->to : model_of(set);
    field.required = initial;
    field.widget = widget_for(set->type->form->meta, key->name);
    field.column = key;
    field.data = set;
    if (there)
        *there = field;
    else
        cv_vector_push(set->arena, fields, field);
}

/* ---- the parent's field ---- */

static const char *const inline_messages[] = {"invalid_choice", "The inline value did not match the parent instance.",
                                              NULL};

static bool inline_clean(const CvFormField *field, CvArena *arena, CvValue in, CvValue initial, CvValue *out,
                         CvInvalids *invalids)
{
    const CvFormSet *set = field->data;
    CvValue key = parent_key(set);
    (void)initial;
    *out = cv_value_object(set->instance);
    if (cv_is_empty_value(in)) {
        if (cv_model_key(model_of(set)) == set->link)
            *out = cv_value_null();
        return true;
    }
    CvSlice wanted = key.kind == CV_NULL ? CV_SLICE("None") : cv_value_str(arena, key);
    return cv_slice_equal(cv_value_str(arena, in), wanted) || cv_field_refuse(field, invalids, "invalid_choice");
}

static bool never_changed(const CvFormField *field, CvArena *arena, CvValue initial, CvValue data)
{
    (void)field;
    (void)arena;
    (void)initial;
    (void)data;
    return false;
}

static const CvWidget hidden_input = {.kind = &cv_hidden_input_kind};
const CvFormFieldKind cv_inline_key_form_field = {.name = "InlineForeignKeyField",
                                                  .base = &cv_base_form_field,
                                                  .storage = CV_FORM_VALUE,
                                                  .widget = &hidden_input,
                                                  .messages = inline_messages,
                                                  .clean = inline_clean,
                                                  .has_changed = never_changed};

void cv_model_formset_link_field(CvFormSet *set, CvFormFields *fields)
{
    const CvColumn *link = set->link;
    CvFormField *there = field_named(fields, link->name);
    CvFormField field = cv_form_field(link->name, &cv_inline_key_form_field);
    field.label = there ? there->label : NULL;
    field.required = false;
    field.initial = cv_row_is_saved(set->instance) ? parent_key(set) : cv_value_null();
    field.column = link;
    field.data = set;
    if (there)
        *there = field;
    else
        cv_vector_push(set->arena, fields, field);
}

const CvModelFormMeta *cv_model_formset_meta(CvFormSet *set)
{
    const CvModelFormMeta *meta = set->type->form->meta;
    if (!set->link || !meta->fields || cv_model_form_takes(meta, set->link->name))
        return meta;
    CvModelFormMeta *copy = cv_arena_memdup(set->arena, meta, sizeof *meta);
    size_t count = 0;
    while (meta->fields[count])
        count++;
    const char **names = cv_arena_new_array(set->arena, const char *, count + 2);
    memcpy(names, meta->fields, count * sizeof *names);
    names[count] = set->link->name;
    copy->fields = names;
    return copy;
}

void cv_model_formset_fill(CvFormSet *set, CvForm *form)
{
    void *row = cv_form_instance(form);
    CvBoundField *key = cv_form_field_of(form, cv_model_key(model_of(set))->name);
    if (set->link && row) {
        CvValue value = parent_key(set);
        if (value.kind != CV_NULL && cv_row_get(row, set->link).kind == CV_NULL)
            cv_row_set(row, set->link, value);
    }
    if (key && key->field->kind == &key_form_field) {
        key->initial = cv_row_is_saved(row) ? cv_row_key(row) : cv_value_null();
        key->has_initial = true;
    }
}
