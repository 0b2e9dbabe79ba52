/* field_choice.c: fields whose values are chosen from a list. */
#include "base/vector.h"
#include "forms/field_private.h"
#include "forms/widget_private.h"

static const CvWidget select_widget = {.kind = &cv_select_kind}, select_multiple = {.kind = &cv_select_multiple_kind};
static const CvWidget multiple_hidden = {.kind = &cv_multiple_hidden_input_kind};

CvOptions cv_field_options(const CvFormField *field, CvArena *arena)
{
    if (field->options_function)
        return field->options_function(arena);
    return field->choices ? cv_options_of_pairs(arena, field->choices) : field->options;
}

static bool is_option(CvArena *arena, CvValue value, CvSlice text, CvValue option)
{
    return cv_value_equal(value, option) || cv_slice_equal(text, cv_value_str(arena, option));
}

static bool is_valid(const CvFormField *field, CvArena *arena, CvValue value)
{
    CvOptions options = field->options_function ? field->options_function(arena) : field->widget->options;
    CvSlice text = cv_value_str(arena, value);
    for (size_t i = 0; i < options.count; i++) {
        const CvOption *option = &options.items[i];
        if (!option->group && is_option(arena, value, text, option->value))
            return true;
        for (size_t k = 0; option->group && k < option->option_count; k++)
            if (is_option(arena, value, text, option->options[k].value))
                return true;
    }
    return false;
}

static bool refuse_choice(const CvFormField *field, CvInvalids *invalids, CvValue value)
{
    static const char *const names[] = {"value"};
    return cv_field_refuse_with(field, invalids, "invalid_choice", NULL, NULL, 1, names, &value);
}

/* ---- one of a list ---- */

static bool choice_convert(const CvFormField *field, CvArena *arena, CvValue in, CvValue *out, CvInvalids *invalids)
{
    (void)field;
    (void)invalids;
    *out = cv_is_empty_value(in) ? CV_VALUE("") : cv_value_slice(cv_value_str(arena, in));
    return true;
}

static bool choice_validate(const CvFormField *field, CvArena *arena, CvValue value, CvInvalids *invalids)
{
    if (!cv_field_validate_required(field, arena, value, invalids))
        return false;
    return cv_is_empty_value(value) || is_valid(field, arena, value) || refuse_choice(field, invalids, value);
}

static const char *const choice_messages[] = {
    "invalid_choice", "Select a valid choice. %(value)s is not one of the available choices.", NULL};
const CvFormFieldKind cv_choice_form_field = {.name = "ChoiceField",
                                              .base = &cv_base_form_field,
                                              .storage = CV_FORM_TEXT,
                                              .widget = &select_widget,
                                              .messages = choice_messages,
                                              .convert = choice_convert,
                                              .validate = choice_validate};

/* A model's choices have the values themselves. */
static bool coerce_to_option(const CvFormField *field, CvArena *arena, CvValue in, CvValue *out)
{
    const CvOptions *options = &field->widget->options;
    CvSlice text = cv_value_str(arena, in);
    for (size_t i = 0; i < options->count; i++) {
        const CvOption *option = &options->items[i];
        for (size_t k = 0; k < (option->group ? option->option_count : 1); k++) {
            CvValue value = option->group ? option->options[k].value : option->value;
            if (!is_option(arena, in, text, value))
                continue;
            *out = value;
            return true;
        }
    }
    return false;
}

static bool typed_coerce(const CvFormField *field, CvArena *arena, CvValue in, CvValue *out, CvInvalids *invalids)
{
    CvValue empty = field->empty_value.kind == CV_MISSING ? CV_VALUE("") : field->empty_value;
    if (cv_is_empty_value(in) || cv_value_equal(in, empty)) {
        *out = empty;
        return true;
    }
    *out = in;
    if (field->column)
        return coerce_to_option(field, arena, in, out) || refuse_choice(field, invalids, in);
    return !field->coerce || field->coerce(arena, in, out) || refuse_choice(field, invalids, in);
}

static bool typed_clean(const CvFormField *field, CvArena *arena, CvValue in, CvValue initial, CvValue *out,
                        CvInvalids *invalids)
{
    return cv_field_clean_common(field, arena, in, initial, out, invalids) &&
           typed_coerce(field, arena, *out, out, invalids);
}

static bool typed_changed(const CvFormField *field, CvArena *arena, CvValue initial, CvValue data)
{
    CvInvalids invalids = {.arena = arena};
    CvValue before, after;
    if (initial.kind == CV_MISSING)
        initial = cv_value_null();
    return !cv_field_convert(field, arena, data, &after, &invalids) ||
           !typed_coerce(field, arena, after, &after, &invalids) ||
           !typed_coerce(field, arena, initial, &before, &invalids) || !cv_value_equal(before, after);
}

const CvFormFieldKind cv_typed_choice_form_field = {.name = "TypedChoiceField",
                                                    .base = &cv_choice_form_field,
                                                    .storage = CV_FORM_VALUE,
                                                    .clean = typed_clean,
                                                    .has_changed = typed_changed};

/* ---- several of a list ---- */

static bool multiple_convert(const CvFormField *field, CvArena *arena, CvValue in, CvValue *out, CvInvalids *invalids)
{
    CvList *texts = cv_list_create(arena);
    *out = cv_value_list(texts);
    if (in.kind == CV_MISSING || !cv_value_truth(in))
        return true;
    if (in.kind != CV_LIST && in.kind != CV_TUPLE)
        return cv_field_refuse(field, invalids, "invalid_list");
    for (size_t i = 0; i < in.list->count; i++)
        cv_list_add(arena, texts, cv_value_slice(cv_value_str(arena, in.list->items[i])));
    return true;
}

static bool multiple_validate(const CvFormField *field, CvArena *arena, CvValue value, CvInvalids *invalids)
{
    if (field->required && cv_is_empty_value(value))
        return cv_field_refuse(field, invalids, "required");
    for (size_t i = 0; value.kind == CV_LIST && i < value.list->count; i++)
        if (!is_valid(field, arena, value.list->items[i]))
            return refuse_choice(field, invalids, value.list->items[i]);
    return true;
}

/* The items as a set of texts; null is the empty one, a text a set of its characters (as in Python). */
static CvDict *text_set(CvArena *arena, CvValue value, size_t *length)
{
    CvDict *set = cv_dict_create(arena);
    *length = 0;
    const CvList *items = value.kind == CV_LIST || value.kind == CV_TUPLE ? value.list
                          : value.kind == CV_STRING ? cv_characters(arena, cv_value_as_slice(value))
                                                    : NULL;
    if (!items)
        return set;
    *length = items->count;
    for (size_t i = 0; i < items->count; i++)
        cv_dict_set(set, cv_value_slice(cv_value_str(arena, items->items[i])), cv_value_bool(true));
    return set;
}

static bool multiple_changed(const CvFormField *field, CvArena *arena, CvValue initial, CvValue data)
{
    size_t before_length, after_length;
    CvDict *before = text_set(arena, initial, &before_length), *after = text_set(arena, data, &after_length);
    CvValue ignored;
    (void)field;
    if (before_length != after_length || cv_dict_count(before) != cv_dict_count(after))
        return true;
    for (const CvDictEntry *entry = NULL; (entry = cv_dict_next(before, entry));)
        if (!cv_dict_get(after, entry->key, &ignored))
            return true;
    return false;
}

static const char *const multiple_messages[] = {"invalid_choice",
                                                "Select a valid choice. %(value)s is not one of the available choices.",
                                                "invalid_list", "Enter a list of values.", NULL};
const CvFormFieldKind cv_multiple_choice_form_field = {.name = "MultipleChoiceField",
                                                       .base = &cv_choice_form_field,
                                                       .storage = CV_FORM_LIST,
                                                       .widget = &select_multiple,
                                                       .hidden_widget = &multiple_hidden,
                                                       .messages = multiple_messages,
                                                       .convert = multiple_convert,
                                                       .validate = multiple_validate,
                                                       .has_changed = multiple_changed};

static CvValue multiple_empty(const CvFormField *field, CvArena *arena)
{
    return field->empty_value.kind == CV_MISSING ? cv_value_list(cv_list_create(arena)) : field->empty_value;
}

static bool typed_multiple_clean(const CvFormField *field, CvArena *arena, CvValue in, CvValue initial, CvValue *out,
                                 CvInvalids *invalids)
{
    if (!cv_field_clean_common(field, arena, in, initial, out, invalids))
        return false;
    CvValue empty = multiple_empty(field, arena), chosen = *out;
    if (cv_is_empty_value(chosen) || cv_value_equal(chosen, empty)) {
        *out = empty;
        return true;
    }
    CvList *values = cv_list_create(arena);
    for (size_t i = 0; i < chosen.list->count; i++) {
        CvValue value = chosen.list->items[i];
        if (field->coerce && !field->coerce(arena, value, &value))
            return refuse_choice(field, invalids, chosen.list->items[i]);
        cv_list_add(arena, values, value);
    }
    *out = cv_value_list(values);
    return true;
}

static bool typed_multiple_validate(const CvFormField *field, CvArena *arena, CvValue value, CvInvalids *invalids)
{
    if (!cv_value_equal(value, multiple_empty(field, arena)))
        return multiple_validate(field, arena, value, invalids);
    return !field->required || cv_field_refuse(field, invalids, "required");
}

const CvFormFieldKind cv_typed_multiple_choice_form_field = {.name = "TypedMultipleChoiceField",
                                                             .base = &cv_multiple_choice_form_field,
                                                             .storage = CV_FORM_LIST,
                                                             .clean = typed_multiple_clean,
                                                             .validate = typed_multiple_validate};
