/* field.c: what all form fields share: defaults, preparing, cleaning, messages. */
#include "forms/field_private.h"
#include "forms/widget_private.h"
#include "text/i18n.h"
#include "text/utf8.h"

bool cv_is_empty_value(CvValue value)
{
    switch (value.kind) {
    case CV_NULL:
    case CV_MISSING:
        return true;
    case CV_STRING:
        return value.length == 0;
    case CV_LIST:
    case CV_TUPLE:
        return value.list->count == 0;
    case CV_DICT:
        return cv_dict_count(value.dict) == 0;
    default:
        return false;
    }
}

static const CvFormFieldKind *base_of(const CvFormFieldKind *kind)
{
    return kind->base ? kind->base : kind != &cv_base_form_field ? &cv_base_form_field : NULL;
}

bool cv_field_is_kind(const CvFormField *field, const CvFormFieldKind *kind)
{
    for (const CvFormFieldKind *at = field->kind; at; at = at->base)
        if (at == kind)
            return true;
    return false;
}

const char *cv_pretty_name(CvArena *arena, CvSlice name)
{
    char *text = cv_slice_string(arena, cv_utf8_lower(arena, name));
    for (size_t i = 0; text[i]; i++)
        if (text[i] == '_')
            text[i] = ' ';
    return cv_slice_string(arena, cv_utf8_capfirst(arena, cv_slice(text)));
}

CvFormField cv_form_field(const char *name, const CvFormFieldKind *kind)
{
    CvFormField field = {.name = name,
                         .kind = kind,
                         .offset = -1,
                         .required = true,
                         .max_length = -1,
                         .min_length = -1,
                         .strip = true,
                         .empty_value = {.kind = CV_MISSING},
                         .max_digits = -1,
                         .decimal_places = -1,
                         .require_all_fields = true};
    if (cv_field_is_kind(&field, &cv_regex_form_field))
        field.strip = false;
    if (cv_field_is_kind(&field, &cv_email_form_field))
        field.max_length = 320;
    if (cv_field_is_kind(&field, &cv_ip_address_form_field))
        field.max_length = 39;
    return field;
}

/* ---- messages ---- */

static const char *message_in(const char *const *pairs, const char *code)
{
    for (; pairs && pairs[0]; pairs += 2)
        if (strcmp(pairs[0], code) == 0)
            return pairs[1];
    return NULL;
}

const char *cv_field_message(const CvFormField *field, const char *code)
{
    const char *found = message_in(field->error_messages, code);
    for (const CvFormFieldKind *kind = field->kind; !found && kind; kind = base_of(kind))
        found = message_in(kind->messages, code);
    return found;
}

bool cv_field_refuse_with(const CvFormField *field, CvInvalids *invalids, const char *code, const char *plural,
                          const char *count, size_t param_count, const char *const *names, const CvValue *values)
{
    CvInvalid invalid;
    const char *message = cv_field_message(field, code);
    if (message_in(field->error_messages, code))
        plural = NULL;
    cv_invalid_plural(invalids->arena, &invalid, code, message ? message : code, plural, count, param_count, names,
                      values);
    cv_invalids_add(invalids, &invalid);
    return false;
}

bool cv_field_refuse(const CvFormField *field, CvInvalids *invalids, const char *code)
{
    return cv_field_refuse_with(field, invalids, code, NULL, NULL, 0, NULL, NULL);
}

/* ---- labels ---- */

static const char *capitalised(CvArena *arena, const char *text)
{
    return cv_slice_string(arena, cv_utf8_capfirst(arena, cv_slice(text)));
}

const char *cv_field_label(const CvFormField *field, CvArena *arena)
{
    if (field->label)
        return cv_translated(arena, field->label);
    const char *name = field->column ? cv_column_verbose_name(field->column) : NULL;
    return !name || name == field->column->verbose_name ? field->shown_label : capitalised(arena, name);
}

const char *cv_field_help_text(const CvFormField *field, CvArena *arena)
{
    return field->help_text ? cv_translated(arena, field->help_text) : "";
}

/* ---- preparing ---- */

static void add_validators_of(const CvFormFieldKind *kind, const CvFormField *field, CvArena *arena,
                              CvValidatorList *all)
{
    if (kind->base)
        add_validators_of(kind->base, field, arena, all);
    if (kind->add_validators)
        kind->add_validators(field, arena, all);
}

static void prepare_validators(CvFormField *field, CvArena *arena)
{
    const CvValidator *(*own)(const CvFormField *) = CV_KIND_FUNCTION(field->kind, own_validators);
    CvValidatorList all = {0};
    for (const CvValidator *at = own ? own(field) : NULL; at && at->check; at++)
        cv_vector_push(arena, &all, *at);
    for (const CvValidator *at = field->validators; at && at->check; at++)
        cv_vector_push(arena, &all, *at);
    add_validators_of(field->kind, field, arena, &all);
    cv_vector_push(arena, &all, (CvValidator){0});
    field->all_validators = all.items;
}

static const CvWidget *usual_widget(const CvFormField *field)
{
    const CvWidget *widget = field->widget;
    for (const CvFormFieldKind *kind = field->kind; !widget && kind; kind = base_of(kind))
        widget = kind->widget;
    /* A browser's number control knows no locale. */
    if (!field->widget && field->localize && widget && widget->kind == &cv_number_input_kind)
        widget = CV_TEXT_INPUT;
    return widget;
}

static void prepare_widget(CvFormField *field, CvArena *arena)
{
    const CvWidget *usual = usual_widget(field);
    CvWidget *widget = cv_arena_new(arena, CvWidget);
    *widget = *usual;
    widget->required = field->required;
    widget->localized = field->localize;
    CvAttrs *attrs = cv_arena_new(arena, CvAttrs);
    *attrs = cv_attrs_copy(arena, usual->more_attrs);
    void (*add)(const CvFormField *, const CvWidget *, CvAttrs *) = CV_KIND_FUNCTION(field->kind, widget_attrs);
    if (add)
        add(field, usual, attrs);
    widget->more_attrs = attrs;
    if (cv_field_is_kind(field, &cv_choice_form_field)) {
        widget->options = cv_field_options(field, arena);
        widget->choices = NULL;
    }
    field->widget = widget;
    for (const CvFormFieldKind *kind = field->kind; !field->hidden_widget && kind; kind = base_of(kind))
        field->hidden_widget = kind->hidden_widget;
}

void cv_form_field_prepare(CvFormField *field, CvArena *arena)
{
    if (field->prepared)
        return;
    void (*prepare)(CvFormField *, CvArena *) = CV_KIND_FUNCTION(field->kind, prepare_field);
    if (prepare)
        prepare(field, arena);
    prepare_widget(field, arena);
    prepare_validators(field, arena);
    if (field->label)
        field->shown_label = field->label;
    else if (field->column)
        field->shown_label = capitalised(arena, field->column->verbose_name);
    else
        field->shown_label = cv_pretty_name(arena, cv_slice(field->name));
    field->prepared = true;
}

/* ---- cleaning ---- */

bool cv_field_convert(const CvFormField *field, CvArena *arena, CvValue in, CvValue *out, CvInvalids *invalids)
{
    bool (*convert)(const CvFormField *, CvArena *, CvValue, CvValue *, CvInvalids *) =
        CV_KIND_FUNCTION(field->kind, convert);
    *out = in.kind == CV_MISSING ? cv_value_null() : in;
    return !convert || convert(field, arena, *out, out, invalids);
}

bool cv_field_validate_required(const CvFormField *field, CvArena *arena, CvValue value, CvInvalids *invalids)
{
    (void)arena;
    return !(field->required && cv_is_empty_value(value)) || cv_field_refuse(field, invalids, "required");
}

bool cv_field_validate(const CvFormField *field, CvArena *arena, CvValue value, CvInvalids *invalids)
{
    bool (*validate)(const CvFormField *, CvArena *, CvValue, CvInvalids *) = CV_KIND_FUNCTION(field->kind, validate);
    return (validate ? validate : cv_field_validate_required)(field, arena, value, invalids);
}

bool cv_field_run_validators(const CvFormField *field, CvArena *arena, CvValue value, CvInvalids *invalids)
{
    bool good = true;
    if (cv_is_empty_value(value))
        return true;
    for (const CvValidator *validator = field->all_validators; validator && validator->check; validator++) {
        CvInvalid invalid = {0};
        if (cv_validate(validator, arena, value, &invalid))
            continue;
        const char *message = invalid.code ? cv_field_message(field, invalid.code) : NULL;
        if (message) {
            invalid.message = message;
            invalid.plural = NULL;
        }
        cv_invalids_add(invalids, &invalid);
        good = false;
    }
    return good;
}

bool cv_field_clean_common(const CvFormField *field, CvArena *arena, CvValue in, CvValue initial, CvValue *out,
                           CvInvalids *invalids)
{
    (void)initial;
    return cv_field_convert(field, arena, in, out, invalids) && cv_field_validate(field, arena, *out, invalids) &&
           cv_field_run_validators(field, arena, *out, invalids);
}

bool cv_field_clean(const CvFormField *field, CvArena *arena, CvValue in, CvValue initial, CvValue *out,
                    CvInvalids *invalids)
{
    bool (*clean)(const CvFormField *, CvArena *, CvValue, CvValue, CvValue *, CvInvalids *) =
        CV_KIND_FUNCTION(field->kind, clean);
    return (clean ? clean : cv_field_clean_common)(field, arena, in, initial, out, invalids);
}

CvValue cv_field_prepare_value(const CvFormField *field, CvArena *arena, CvValue value)
{
    CvValue (*prepare)(const CvFormField *, CvArena *, CvValue) = CV_KIND_FUNCTION(field->kind, prepare);
    return prepare ? prepare(field, arena, value) : value;
}

CvValue cv_field_bound_data(const CvFormField *field, CvArena *arena, CvValue data, CvValue initial)
{
    CvValue (*bound)(const CvFormField *, CvArena *, CvValue, CvValue) = CV_KIND_FUNCTION(field->kind, bound_data);
    if (bound)
        return bound(field, arena, data, initial);
    return field->disabled ? initial : data;
}

static CvValue none_as_text(CvValue value)
{
    return value.kind == CV_NULL || value.kind == CV_MISSING ? CV_VALUE("") : value;
}

bool cv_field_has_changed(const CvFormField *field, CvArena *arena, CvValue initial, CvValue data)
{
    bool (*changed)(const CvFormField *, CvArena *, CvValue, CvValue) = CV_KIND_FUNCTION(field->kind, has_changed);
    CvInvalids invalids = {.arena = arena};
    CvValue value;
    if (field->disabled && !cv_field_is_kind(field, &cv_json_form_field)) /* Django's JSON fields look all the same */
        return false;
    if (changed)
        return changed(field, arena, initial, data);
    if (!cv_field_convert(field, arena, data, &value, &invalids))
        return true;
    return !cv_value_equal(none_as_text(initial), none_as_text(value));
}

static const char *const base_messages[] = {"required", "This field is required.", NULL};
static const CvWidget text_input = {.kind = &cv_text_input_kind}, hidden_input = {.kind = &cv_hidden_input_kind};
const CvFormFieldKind cv_base_form_field = {.name = "Field",
                                            .storage = CV_FORM_VALUE,
                                            .widget = &text_input,
                                            .hidden_widget = &hidden_input,
                                            .messages = base_messages};

const CvFormFieldKind *cv_form_field_kind(CvSlice class_name)
{
    static const CvFormFieldKind *const kinds[] = {&cv_base_form_field,
                                                   &cv_char_form_field,
                                                   &cv_integer_form_field,
                                                   &cv_float_form_field,
                                                   &cv_decimal_form_field,
                                                   &cv_date_form_field,
                                                   &cv_time_form_field,
                                                   &cv_datetime_form_field,
                                                   &cv_duration_form_field,
                                                   &cv_regex_form_field,
                                                   &cv_email_form_field,
                                                   &cv_file_form_field,
                                                   &cv_image_form_field,
                                                   &cv_url_form_field,
                                                   &cv_boolean_form_field,
                                                   &cv_null_boolean_form_field,
                                                   &cv_choice_form_field,
                                                   &cv_typed_choice_form_field,
                                                   &cv_multiple_choice_form_field,
                                                   &cv_typed_multiple_choice_form_field,
                                                   &cv_combo_form_field,
                                                   &cv_multi_value_form_field,
                                                   &cv_file_path_form_field,
                                                   &cv_split_datetime_form_field,
                                                   &cv_ip_address_form_field,
                                                   &cv_slug_form_field,
                                                   &cv_uuid_form_field,
                                                   &cv_json_form_field,
                                                   &cv_model_choice_form_field,
                                                   &cv_model_multiple_choice_form_field};
    for (size_t i = 0; i < CV_COUNT_OF(kinds); i++)
        if (cv_slice_is(class_name, kinds[i]->name))
            return kinds[i];
    return NULL;
}
