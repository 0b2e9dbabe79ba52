/* field_model.c: fields whose values are rows: ModelChoiceField and ModelMultipleChoiceField. */
#include "base/self.h"
#include "base/vector.h"
#include "forms/form_private.h"
#include "forms/model_form_private.h"
#include "orm/shell.h"
#include "orm/validate.h"
#include "text/i18n.h"

static const CvWidget select_widget = {.kind = &cv_select_kind}, select_multiple = {.kind = &cv_select_multiple_kind};
static const CvWidget multiple_hidden = {.kind = &cv_multiple_hidden_input_kind};

/* What may be chosen in one form. */
struct CvRowChoices {
    CvQuerySet *set;
    const CvFormField *field;
    CvOptions options;
    bool loaded;
};

static const char *key_name(const CvFormField *field)
{
    return field->to_field_name ? field->to_field_name : "pk";
}

static CvQuerySet *rows_of(const CvFormField *field)
{
    return field->rows && field->rows->set ? field->rows->set : cv_objects_of(field->model);
}

/* ---- values ---- */

static bool is_row(CvValue value)
{
    return value.kind == CV_OBJECT && value.object && cv_type_of(value.object)->resolve == cv_row_type_resolve;
}

static bool is_set(CvValue value)
{
    return value.kind == CV_OBJECT && value.object && cv_type_of(value.object) == &cv_query_set_type;
}

/* What stands in the page for a row. */
static CvValue key_of(const CvFormField *field, CvValue value)
{
    if (!is_row(value))
        return value;
    const CvModel *model = cv_row_model(value.object);
    const CvColumn *column = cv_model_column(model, cv_slice(key_name(field)));
    if (!column)
        cv_raise(CV_ERROR_FIELD, "%s has no field named '%s'", model->name, key_name(field));
    return cv_row_get(value.object, column);
}

static CvValue keys_of(const CvFormField *field, CvArena *arena, CvValue value)
{
    CvList *keys = cv_list_create(arena);
    if (is_set(value)) {
        CvQuerySet *set = (CvQuerySet *)(uintptr_t)value.object;
        for (size_t i = 0; i < cv_length_of(set); i++)
            cv_list_add(arena, keys, key_of(field, cv_value_object(cv_row_at(set, i))));
        return cv_value_list(keys);
    }
    if (value.kind != CV_LIST && value.kind != CV_TUPLE)
        return key_of(field, value);
    for (size_t i = 0; i < value.list->count; i++)
        cv_list_add(arena, keys, key_of(field, value.list->items[i]));
    return cv_value_list(keys);
}

static CvValue model_prepare(const CvFormField *field, CvArena *arena, CvValue value)
{
    (void)arena;
    return key_of(field, value);
}

static CvSlice text_of(CvArena *arena, CvValue value)
{
    return value.kind == CV_NULL || value.kind == CV_MISSING ? CV_SLICE("") : cv_value_str(arena, value);
}

static bool has_null_byte(CvArena *arena, CvValue value, CvInvalids *invalids)
{
    CvInvalid invalid;
    if (cv_validate(&cv_prohibit_null_characters, arena, value, &invalid))
        return false;
    cv_invalids_add(invalids, &invalid);
    return true;
}

/* ---- asking the database ---- */

typedef struct Ask {
    CvQuerySet *set;
    const char *key;
    CvValue value;
    void *row;
} Ask;

static void ask_row(void *argument)
{
    Ask *ask = argument;
    ask->row = cv_get_at(ask->set, NULL, 1, &ask->key, &ask->value);
}

/* The row, or NULL; a value that cannot be one of the column's is no error but no match. */
static void *row_with(CvQuerySet *set, const char *key, CvValue value)
{
    Ask ask = {.set = set, .key = key, .value = value};
    CvError *error;
    if (cv_try(ask_row, &ask, &error))
        return ask.row;
    if (error->kind != CV_ERROR_VALUE && error->kind != CV_ERROR_TYPE && error->kind != CV_ERROR_VALIDATION &&
        error->kind != CV_ERROR_OVERFLOW)
        cv_raise_error(error);
    return NULL;
}

/* Whether text could be a key at all: "zz" is no number. */
static bool can_be_key(const CvFormField *field, CvArena *arena, CvValue value)
{
    const CvColumn *column = cv_model_column(field->model, cv_slice(key_name(field)));
    CvInvalids invalids = {.arena = arena};
    if (!column || cv_clean_value(column, NULL, value, NULL, &invalids))
        return true;
    for (size_t i = 0; i < invalids.count; i++) {
        const char *code = invalids.items[i].code;
        if (code && strncmp(code, "invalid", 7) == 0 && strcmp(code, "invalid_choice") != 0)
            return false;
    }
    return true;
}

/* ---- one row ---- */

static bool model_convert(const CvFormField *field, CvArena *arena, CvValue in, CvValue *out, CvInvalids *invalids)
{
    static const char *const names[] = {"value"};
    *out = cv_value_null();
    if (cv_is_empty_value(in))
        return true;
    if (has_null_byte(arena, in, invalids))
        return false;
    void *row = row_with(rows_of(field), key_name(field), key_of(field, in));
    if (!row)
        return cv_field_refuse_with(field, invalids, "invalid_choice", NULL, NULL, 1, names, &in);
    *out = cv_value_object(row);
    return true;
}

static bool model_changed(const CvFormField *field, CvArena *arena, CvValue initial, CvValue data)
{
    return !cv_slice_equal(text_of(arena, key_of(field, initial)), text_of(arena, data));
}

/* Whether there is an empty choice, and its text. */
static const char *empty_label(const CvFormField *field)
{
    bool radio = field->widget && field->widget->kind->options_have_attrs && !field->blank;
    bool many = cv_field_is_kind(field, &cv_model_multiple_choice_form_field);
    bool has_initial = field->initial.kind != CV_NULL || field->initial_function;
    if (many || radio || (field->required && has_initial))
        return NULL;
    return !field->empty_label ? CV_BLANK_CHOICE_LABEL : *field->empty_label ? field->empty_label : NULL;
}

static void model_prepare_field(CvFormField *field, CvArena *arena)
{
    static const CvOption empty = {.value = {.kind = CV_STRING, .text = ""}};
    CvOption *first = cv_arena_memdup(arena, &empty, sizeof empty);
    field->empty_label = empty_label(field);
    first->label = cv_lazy_text(field->empty_label);
    /* A widget that asks whether it may be required looks at the first choice only. */
    field->options = (CvOptions){field->empty_label ? first : NULL, field->empty_label != NULL};
}

static const char *const model_messages[] = {
    "invalid_choice", "Select a valid choice. That choice is not one of the available choices.", NULL};
const CvFormFieldKind cv_model_choice_form_field = {.name = "ModelChoiceField",
                                                    .base = &cv_choice_form_field,
                                                    .storage = CV_FORM_ROW,
                                                    .widget = &select_widget,
                                                    .messages = model_messages,
                                                    .convert = model_convert,
                                                    .validate = cv_field_validate_required,
                                                    .has_changed = model_changed,
                                                    .prepare = model_prepare,
                                                    .prepare_field = model_prepare_field};

/* ---- several rows ---- */

static CvValue many_prepare(const CvFormField *field, CvArena *arena, CvValue value)
{
    return keys_of(field, arena, value);
}

/* Each once, in the order in which they came. */
static CvList *without_repeats(CvArena *arena, const CvList *values)
{
    CvList *once = cv_list_create(arena);
    CvDict *seen = cv_dict_create(arena);
    CvValue found;
    for (size_t i = 0; i < values->count; i++) {
        if (cv_dict_get(seen, values->items[i], &found))
            continue;
        cv_dict_set(seen, values->items[i], cv_value_bool(true));
        cv_list_add(arena, once, values->items[i]);
    }
    return once;
}

static bool keys_fit(const CvFormField *field, CvArena *arena, const CvList *keys, CvInvalids *invalids)
{
    static const char *const names[] = {"pk"};
    for (size_t i = 0; i < keys->count; i++) {
        if (has_null_byte(arena, keys->items[i], invalids))
            return false;
        if (!can_be_key(field, arena, keys->items[i]))
            return cv_field_refuse_with(field, invalids, "invalid_pk_value", NULL, NULL, 1, names, &keys->items[i]);
    }
    return true;
}

static bool all_found(const CvFormField *field, CvArena *arena, const CvList *keys, CvQuerySet *set,
                      CvInvalids *invalids)
{
    static const char *const names[] = {"value"};
    CvDict *found = cv_dict_create(arena);
    CvValue ignored;
    for (size_t i = 0; i < cv_length_of(set); i++)
        cv_dict_set(found, cv_value_slice(text_of(arena, key_of(field, cv_value_object(cv_row_at(set, i))))),
                    cv_value_bool(true));
    for (size_t i = 0; i < keys->count; i++)
        if (!cv_dict_get(found, cv_value_slice(text_of(arena, keys->items[i])), &ignored))
            return cv_field_refuse_with(field, invalids, "invalid_choice", NULL, NULL, 1, names, &keys->items[i]);
    return true;
}

static bool many_clean(const CvFormField *field, CvArena *arena, CvValue in, CvValue initial, CvValue *out,
                       CvInvalids *invalids)
{
    (void)initial;
    CvValue value = keys_of(field, arena, in);
    const bool none = value.kind == CV_MISSING || !cv_value_truth(value);
    if (none && field->required)
        return cv_field_refuse(field, invalids, "required");
    if (none) {
        *out = cv_value_object(cv_none_at(rows_of(field)));
        return true;
    }
    if (value.kind != CV_LIST && value.kind != CV_TUPLE)
        return cv_field_refuse(field, invalids, "invalid_list");
    CvList *keys = without_repeats(arena, value.list);
    if (!keys_fit(field, arena, keys, invalids))
        return false;
    const char *lookup = cv_arena_printf(arena, "%s__in", key_name(field));
    CvValue list = cv_value_list(keys);
    CvQuerySet *set = cv_filter_at(rows_of(field), NULL, 1, &lookup, &list);
    if (!all_found(field, arena, keys, set, invalids))
        return false;
    *out = cv_value_object(set);
    return cv_field_run_validators(field, arena, value, invalids);
}

static bool many_changed(const CvFormField *field, CvArena *arena, CvValue initial, CvValue data)
{
    CvValue before = keys_of(field, arena, initial);
    return cv_multiple_choice_form_field.has_changed(field, arena, before, data);
}

static const char *const many_messages[] = {"invalid_list",
                                            "Enter a list of values.",
                                            "invalid_choice",
                                            "Select a valid choice. %(value)s is not one of the available choices.",
                                            "invalid_pk_value",
                                            "“%(pk)s” is not a valid value.",
                                            NULL};
const CvFormFieldKind cv_model_multiple_choice_form_field = {.name = "ModelMultipleChoiceField",
                                                             .base = &cv_model_choice_form_field,
                                                             .storage = CV_FORM_ROWS,
                                                             .widget = &select_multiple,
                                                             .hidden_widget = &multiple_hidden,
                                                             .messages = many_messages,
                                                             .clean = many_clean,
                                                             .has_changed = many_changed,
                                                             .prepare = many_prepare};

/* ---- the choices of one form ---- */

static CvOption option_of(const CvFormField *field, void *row)
{
    const char *label = field->label_from ? field->label_from(row) : cv_str(row);
    return (CvOption){.value = key_of(field, cv_value_object(row)), .label = cv_value_string(label ? label : "")};
}

typedef struct Options {
    CvOption *items;
    size_t count, capacity;
} Options;

/* Rows side by side with the same group become one. */
static void close_group(CvArena *arena, Options *all, Options *group, const char *name)
{
    if (group->count == 0)
        return;
    cv_vector_push(
        arena, all,
        ((CvOption){
            .value = cv_value_string(name), .options = group->items, .option_count = group->count, .group = true}));
    *group = (Options){0};
}

static CvOptions load(const CvFormField *field, CvArena *arena)
{
    Options all = {0}, group = {0};
    const char *open = NULL;
    if (field->empty_label)
        cv_vector_push(arena, &all, ((CvOption){.value = CV_VALUE(""), .label = cv_lazy_text(field->empty_label)}));
    CvEach each = cv_each_begin(rows_of(field));
    for (void *row; (row = cv_each_next(&each));) {
        const char *name = field->group_from ? field->group_from(row) : NULL;
        if (open && (!name || strcmp(name, open) != 0))
            close_group(arena, &all, &group, open);
        open = name;
        cv_vector_push(arena, name ? &group : &all, option_of(field, row));
    }
    close_group(arena, &all, &group, open);
    return (CvOptions){all.items, all.count};
}

/* Read at first use, kept for the form. */
static CvOptions shown_options(const CvWidget *widget, CvArena *arena)
{
    struct CvRowChoices *rows = (struct CvRowChoices *)(uintptr_t)widget->options_source;
    if (!rows->loaded)
        rows->options = load(rows->field, arena);
    rows->loaded = true;
    return rows->options;
}

/* By a query of its own, so that a condition over many rows does not repeat the choices. */
static CvQuerySet *limited(CvQuerySet *set, const char *condition)
{
    static const char *const in = "pk__in";
    if (!condition || !*condition)
        return set;
    CvQuerySet *fitting = cv_where_at(cv_everything_of(cv_set_model(set)), cv_expression_of_text(condition), false);
    CvValue value = cv_value_object(fitting);
    return cv_filter_at(set, NULL, 1, &in, &value);
}

const CvFormField *cv_field_with_rows(const CvFormField *field, CvForm *form)
{
    CvArena *arena = form->arena;
    CvFormField *copy = cv_arena_memdup(arena, field, sizeof *field);
    CvWidget *widget = cv_arena_memdup(arena, field->widget, sizeof *field->widget);
    copy->rows = cv_arena_new(arena, struct CvRowChoices);
    *copy->rows = (struct CvRowChoices){.field = copy};
    CvQuerySet *set = field->queryset ? field->queryset(form) : cv_objects_of(field->model);
    copy->rows->set = limited(set, field->limit_choices_to);
    widget->options_function = shown_options;
    widget->options_source = copy->rows;
    copy->widget = widget;
    return copy;
}

void cv_form_set_queryset(CvForm *form, const char *name, CvQuerySet *set)
{
    CvBoundField *bound = cv_form_field_of(form, name);
    if (!bound || !bound->field->rows)
        cv_raise(CV_ERROR_VALUE, "'%s' has no field named '%s' that chooses rows.", form->type->name, name);
    bound->field->rows->set = limited(set, bound->field->limit_choices_to);
    bound->field->rows->loaded = false;
}
