/* field_number.c: fields of numbers and truth. */
#include <math.h>

#include "forms/field_private.h"
#include "forms/widget_private.h"
#include "text/decimal.h"
#include "text/utf8.h"

static const CvWidget number_input = {.kind = &cv_number_input_kind}, checkbox = {.kind = &cv_checkbox_input_kind};
static const CvWidget null_boolean_select = {.kind = &cv_null_boolean_select_kind};

static bool give_null(CvValue *out)
{
    *out = cv_value_null();
    return true;
}

/* ---- whole numbers ---- */

/* Without ".000" at the end. */
static CvSlice without_fraction(CvSlice text)
{
    CvSlice rest = text;
    for (CvSlice shorter = rest; shorter.length; rest = shorter)
        if (!cv_utf8_is_space(cv_utf8_last(&shorter)))
            break;
    while (rest.length && rest.data[rest.length - 1] == '0')
        rest.length--;
    return rest.length && rest.data[rest.length - 1] == '.' ? cv_slice_range(rest, 0, rest.length - 1) : text;
}

static bool integer_convert(const CvFormField *field, CvArena *arena, CvValue in, CvValue *out, CvInvalids *invalids)
{
    if (cv_is_empty_value(in))
        return give_null(out);
    CvSlice text = cv_value_str(arena, in);
    if (field->localize)
        text = cv_sanitize_separators(arena, text);
    return cv_python_int(arena, without_fraction(text), out) || cv_field_refuse(field, invalids, "invalid");
}

/* Also one of a site's own kind. */
static bool is_number_input(const CvWidget *widget)
{
    return widget->kind->input && strcmp(widget->kind->input, "number") == 0;
}

static void integer_attrs(const CvFormField *field, const CvWidget *widget, CvAttrs *attrs)
{
    if (!is_number_input(widget))
        return;
    if (field->min_value.kind != CV_NULL)
        cv_attrs_set(attrs, CV_SLICE("min"), field->min_value);
    if (field->max_value.kind != CV_NULL)
        cv_attrs_set(attrs, CV_SLICE("max"), field->max_value);
    if (field->step_size.kind != CV_NULL)
        cv_attrs_set(attrs, CV_SLICE("step"), field->step_size);
}

static void integer_validators(const CvFormField *field, CvArena *arena, CvValidatorList *all)
{
    if (field->max_value.kind != CV_NULL)
        cv_vector_push(arena, all, ((CvValidator){.check = cv_check_max_value, .limit = field->max_value}));
    if (field->min_value.kind != CV_NULL)
        cv_vector_push(arena, all, ((CvValidator){.check = cv_check_min_value, .limit = field->min_value}));
    if (field->step_size.kind != CV_NULL)
        cv_vector_push(arena, all,
                       ((CvValidator){.check = cv_check_step, .limit = field->step_size, .offset = field->min_value}));
}

static const char *const integer_messages[] = {"invalid", "Enter a whole number.", NULL};
const CvFormFieldKind cv_integer_form_field = {.name = "IntegerField",
                                               .base = &cv_base_form_field,
                                               .storage = CV_FORM_INTEGER,
                                               .widget = &number_input,
                                               .messages = integer_messages,
                                               .convert = integer_convert,
                                               .widget_attrs = integer_attrs,
                                               .add_validators = integer_validators};

/* ---- floats ---- */

static bool float_convert(const CvFormField *field, CvArena *arena, CvValue in, CvValue *out, CvInvalids *invalids)
{
    double number;
    if (cv_is_empty_value(in))
        return give_null(out);
    CvSlice text = cv_value_str(arena, in);
    if (in.kind == CV_BOOL)
        number = in.boolean;
    else if (!cv_python_float(arena, field->localize ? cv_sanitize_separators(arena, text) : text, &number))
        return cv_field_refuse(field, invalids, "invalid");
    *out = cv_value_float(number);
    return true;
}

static bool float_validate(const CvFormField *field, CvArena *arena, CvValue value, CvInvalids *invalids)
{
    if (!cv_field_validate_required(field, arena, value, invalids))
        return false;
    return value.kind != CV_FLOAT || isfinite(value.real) || cv_field_refuse(field, invalids, "invalid");
}

/* The widget's own attributes, where the author gave some. */
static bool has_own(const CvWidget *widget, CvAttrs *attrs, const char *name)
{
    CvValue ignored;
    CvAttrs own = cv_widget_attrs(widget, attrs->arena);
    return cv_attrs_get(&own, name, &ignored);
}

static void set_step(const CvFormField *field, const CvWidget *widget, CvAttrs *attrs, CvValue step)
{
    CvValue ignored;
    integer_attrs(field, widget, attrs);
    if (is_number_input(widget) && !has_own(widget, attrs, "step") && !cv_attrs_get(attrs, "step", &ignored))
        cv_attrs_set(attrs, CV_SLICE("step"), step);
}

static void float_attrs(const CvFormField *field, const CvWidget *widget, CvAttrs *attrs)
{
    set_step(field, widget, attrs, CV_VALUE("any"));
}

static const char *const number_messages[] = {"invalid", "Enter a number.", NULL};
const CvFormFieldKind cv_float_form_field = {.name = "FloatField",
                                             .base = &cv_integer_form_field,
                                             .storage = CV_FORM_FLOAT,
                                             .messages = number_messages,
                                             .convert = float_convert,
                                             .validate = float_validate,
                                             .widget_attrs = float_attrs};

/* ---- decimals ---- */

static bool decimal_convert(const CvFormField *field, CvArena *arena, CvValue in, CvValue *out, CvInvalids *invalids)
{
    CvDecimal number;
    if (cv_is_empty_value(in))
        return give_null(out);
    CvSlice text = cv_value_str(arena, in);
    if (!cv_decimal_parse(arena, field->localize ? cv_sanitize_separators(arena, text) : text, &number))
        return cv_field_refuse(field, invalids, "invalid");
    *out = cv_value_decimal(number);
    return true;
}

static bool decimal_validate(const CvFormField *field, CvArena *arena, CvValue value, CvInvalids *invalids)
{
    static const char *const names[] = {"value"};
    if (!cv_field_validate_required(field, arena, value, invalids))
        return false;
    return value.kind != CV_DECIMAL || cv_decimal_is_finite(value.decimal) ||
           cv_field_refuse_with(field, invalids, "invalid", NULL, NULL, 1, names, &value);
}

static void decimal_attrs(const CvFormField *field, const CvWidget *widget, CvAttrs *attrs)
{
    CvValue step = CV_VALUE("any");
    if (field->decimal_places >= 0) {
        CvBuffer out = cv_buffer(attrs->arena);
        if (field->decimal_places > 6) {
            cv_buffer_printf(&out, "1e-%d", field->decimal_places);
        } else if (field->decimal_places > 0) {
            cv_buffer_append_string(&out, "0.");
            cv_buffer_append_repeated(&out, '0', (size_t)field->decimal_places - 1);
            cv_buffer_append_byte(&out, '1');
        } else {
            cv_buffer_append_byte(&out, '1');
        }
        step = cv_value_string(cv_buffer_string(&out));
    }
    set_step(field, widget, attrs, step);
}

static void decimal_validators(const CvFormField *field, CvArena *arena, CvValidatorList *all)
{
    cv_vector_push(arena, all,
                   ((CvValidator){.check = cv_check_decimal,
                                  .max_digits = field->max_digits,
                                  .decimal_places = field->decimal_places}));
}

const CvFormFieldKind cv_decimal_form_field = {.name = "DecimalField",
                                               .base = &cv_integer_form_field,
                                               .storage = CV_FORM_DECIMAL,
                                               .messages = number_messages,
                                               .convert = decimal_convert,
                                               .validate = decimal_validate,
                                               .widget_attrs = decimal_attrs,
                                               .add_validators = decimal_validators};

/* ---- truth ---- */

static bool is_text(CvArena *arena, CvValue value, const char *word)
{
    return value.kind == CV_STRING && cv_slice_is(cv_utf8_lower(arena, cv_value_as_slice(value)), word);
}

static bool boolean_convert(const CvFormField *field, CvArena *arena, CvValue in, CvValue *out, CvInvalids *invalids)
{
    (void)field;
    (void)invalids;
    *out = cv_value_bool(!is_text(arena, in, "false") && !is_text(arena, in, "0") && in.kind != CV_MISSING &&
                         cv_value_truth(in));
    return true;
}

static bool boolean_validate(const CvFormField *field, CvArena *arena, CvValue value, CvInvalids *invalids)
{
    (void)arena;
    return cv_value_truth(value) || !field->required || cv_field_refuse(field, invalids, "required");
}

static bool boolean_changed(const CvFormField *field, CvArena *arena, CvValue initial, CvValue data)
{
    CvInvalids invalids = {.arena = arena};
    CvValue before, after;
    (void)cv_field_convert(field, arena, initial, &before, &invalids);
    (void)cv_field_convert(field, arena, data, &after, &invalids);
    return before.kind != after.kind || (before.kind == CV_BOOL && before.boolean != after.boolean);
}

const CvFormFieldKind cv_boolean_form_field = {.name = "BooleanField",
                                               .base = &cv_base_form_field,
                                               .storage = CV_FORM_BOOL,
                                               .widget = &checkbox,
                                               .convert = boolean_convert,
                                               .validate = boolean_validate,
                                               .has_changed = boolean_changed};

static bool is_any(CvValue value, const char *const *words, int number)
{
    if (value.kind == CV_STRING)
        for (; *words; words++)
            if (cv_slice_is(cv_value_as_slice(value), *words))
                return true;
    return value.kind != CV_STRING && value.kind != CV_NULL && cv_value_equal(value, cv_value_int(number));
}

static bool null_boolean_convert(const CvFormField *field, CvArena *arena, CvValue in, CvValue *out,
                                 CvInvalids *invalids)
{
    static const char *const yes[] = {"True", "true", "1", NULL}, *const no[] = {"False", "false", "0", NULL};
    (void)field;
    (void)arena;
    (void)invalids;
    bool truth = in.kind == CV_BOOL ? in.boolean : is_any(in, yes, 1);
    bool falsity = in.kind == CV_BOOL ? !in.boolean : is_any(in, no, 0);
    *out = truth ? cv_value_bool(true) : falsity ? cv_value_bool(false) : cv_value_null();
    return true;
}

static bool null_boolean_validate(const CvFormField *field, CvArena *arena, CvValue value, CvInvalids *invalids)
{
    (void)field;
    (void)arena;
    (void)value;
    (void)invalids;
    return true;
}

const CvFormFieldKind cv_null_boolean_form_field = {.name = "NullBooleanField",
                                                    .base = &cv_boolean_form_field,
                                                    .storage = CV_FORM_NULL_BOOL,
                                                    .widget = &null_boolean_select,
                                                    .convert = null_boolean_convert,
                                                    .validate = null_boolean_validate};
