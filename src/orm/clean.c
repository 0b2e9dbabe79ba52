/* clean.c: one value against its field: what the kind takes, null, blank, choices, validators, the target of a key. */
#include "orm/own_field.h"
#include "orm/set_private.h"
#include "orm/validate.h"

#include "orm/shell.h"

/* None, "", [], {}: Django's empty_values; of bytes b"" as well. */
static bool is_empty(const CvColumn *column, CvValue value)
{
    switch ((CvKind)value.kind) {
    case CV_NULL:
    case CV_MISSING:
        return true;
    case CV_STRING:
        return value.length == 0;
    case CV_BYTES:
        return value.length == 0 && column->field->kind == &cv_binary_field;
    case CV_LIST:
    case CV_TUPLE:
        return value.list->count == 0;
    case CV_DICT:
        return cv_dict_count(value.dict) == 0;
    default:
        return false;
    }
}

bool cv_column_is_blank(const CvColumn *column, CvValue value)
{
    return column->field->blank && is_empty(column, value);
}

/* The field's own text for a code, or NULL. */
static const char *own_message(const CvField *field, const char *code)
{
    for (const char *const *pair = field->error_messages; pair && pair[0] && pair[1]; pair += 2)
        if (code && strcmp(pair[0], code) == 0)
            return pair[1];
    return NULL;
}

void cv_column_reword(const CvColumn *column, CvInvalid *invalid)
{
    const char *message = own_message(column->field, invalid->code);
    if (!message)
        return;
    invalid->message = message;
    invalid->plural = invalid->count = NULL;
}

static bool refuse(const CvColumn *column, CvInvalids *invalids, const char *code, const char *message)
{
    CvInvalid invalid;
    (void)cv_invalid(invalids->arena, &invalid, code, message);
    cv_column_reword(column, &invalid);
    cv_invalids_add(invalids, &invalid);
    return false;
}

/* ---- null, blank, choices ---- */

static bool is_choice(const CvChoices *choices, CvValue value)
{
    for (size_t i = 0; i < choices->count; i++) {
        const CvChoice *choice = &choices->items[i];
        if (choice->text ? value.kind == CV_STRING && cv_slice_is(cv_value_as_slice(value), choice->text)
                         : cv_value_equal(value, cv_value_int(choice->number)))
            return true;
    }
    return false;
}

static bool validate_value(const CvColumn *column, CvValue value, CvInvalids *invalids)
{
    const CvField *field = column->field;
    if (!field->editable || field->kind->automatic)
        return true;
    if (field->choices && !is_empty(column, value)) {
        if (is_choice(field->choices, value))
            return true;
        CvInvalid invalid;
        (void)cv_invalid(invalids->arena, &invalid, "invalid_choice", "Value %(value)r is not a valid choice.", "value",
                         value);
        cv_column_reword(column, &invalid);
        cv_invalids_add(invalids, &invalid);
        return false;
    }
    if (value.kind == CV_NULL && !column->null)
        return refuse(column, invalids, "null", "This field cannot be null.");
    if (!field->blank && is_empty(column, value))
        return refuse(column, invalids, "blank", "This field cannot be blank.");
    return true;
}

/* ---- validators ---- */

typedef struct Checks {
    const CvColumn *column;
    CvValue value;
    CvInvalids *invalids;
} Checks;

static void check(const Checks *checks, const CvValidator *validator)
{
    CvInvalid invalid;
    if (cv_validate(validator, checks->invalids->arena, checks->value, &invalid))
        return;
    cv_column_reword(checks->column, &invalid);
    cv_invalids_add(checks->invalids, &invalid);
}

static const CvValidator *address_validator(const CvField *field)
{
    if (field->protocol && cv_slice_equal_fold(cv_slice(field->protocol), CV_SLICE("ipv4")))
        return &cv_validate_ipv4_address;
    if (field->protocol && cv_slice_equal_fold(cv_slice(field->protocol), CV_SLICE("ipv6")))
        return &cv_validate_ipv6_address;
    return &cv_validate_ipv46_address;
}

/* What the kind of a field brings, before the field's own. */
static const CvValidator *kind_validator(const CvField *field)
{
    const CvFieldKind *kind = field->kind;
    if (field->own && field->own->validator)
        return field->own->validator;
    if (kind == &cv_slug_field)
        return field->allow_unicode ? &cv_validate_unicode_slug : &cv_validate_slug;
    if (kind == &cv_email_field)
        return &cv_validate_email;
    if (kind == &cv_url_field)
        return &cv_validate_url;
    return kind == &cv_ip_address_field ? address_validator(field) : kind->validator;
}

/* min_value, max_value, and what the kind's column cannot hold: SQLite holds 64 bits in all of them. */
static void check_range(const Checks *checks)
{
    const CvField *field = checks->column->field;
    bool is_positive = field->kind->least == 0 && field->kind->most;
    CvValidator least = {.check = cv_check_min_value, .limit = cv_value_int(field->min_value)};
    CvValidator most = {.check = cv_check_max_value, .limit = cv_value_int(field->max_value)};
    if (field->min_value != CV_NO_NUMBER)
        check(checks, &least);
    if (field->max_value != CV_NO_NUMBER)
        check(checks, &most);
    if (is_positive && (field->min_value == CV_NO_NUMBER || field->min_value < 0)) {
        least.limit = cv_value_int(0);
        check(checks, &least);
    }
    if (checks->value.kind == CV_BIGINT) {
        most.limit = cv_value_int(INT64_MAX);
        check(checks, &most);
    }
}

static bool has_length_limit(const CvFieldKind *kind)
{
    return kind == &cv_char_field || kind == &cv_slug_field || kind == &cv_email_field || kind == &cv_url_field ||
           kind == &cv_binary_field;
}

static bool run_validators(const CvColumn *column, CvValue value, CvInvalids *invalids)
{
    const CvField *field = column->field;
    const Checks checks = {column, value, invalids};
    const CvValidator *first = kind_validator(field);
    size_t before = invalids->count;
    if (is_empty(column, value))
        return true;
    if (first)
        check(&checks, first);
    for (const CvValidator *validator = field->validators; validator && validator->check; validator++)
        check(&checks, validator);
    if (has_length_limit(field->kind) && field->max_length > 0) {
        CvValidator length = {.check = cv_check_max_length, .limit = cv_value_int(field->max_length)};
        check(&checks, &length);
    }
    if (column->storage <= CV_STORE_NULL_FLOAT || field->kind == &cv_decimal_field)
        check_range(&checks);
    if (field->kind == &cv_decimal_field) {
        CvValidator decimal = {.check = cv_check_decimal,
                               .max_digits = field->max_digits ? field->max_digits : -1,
                               .decimal_places = field->max_digits ? field->decimal_places : -1};
        check(&checks, &decimal);
    }
    return invalids->count == before;
}

/* ---- foreign keys ---- */

static bool target_exists(const CvColumn *column, const void *row, CvValue key)
{
    const char *keys[] = {column->to_column->name, NULL};
    CvQuerySet *set = cv_everything_of(column->to);
    set->database = row ? (CvDatabase *)(uintptr_t)((const CvRow *)row)->database : NULL;
    set = cv_filter_at(set, NULL, 1, keys, &key);
    if (column->field->limit_choices_to)
        set = cv_where_at(set, cv_expression_of_text(column->field->limit_choices_to), false);
    return cv_exists_of_set(set);
}

static bool validate_target(const CvColumn *column, const void *row, CvValue key, CvInvalids *invalids)
{
    if (key.kind == CV_NULL || target_exists(column, row, key))
        return true;
    CvInvalid invalid;
    (void)cv_invalid(invalids->arena, &invalid, "invalid",
                     "%(model)s instance with %(field)s %(value)r is not a valid choice.", "model",
                     cv_model_verbose_name(column->to), "pk", key, "field", column->to_column->name, "value", key);
    cv_column_reword(column, &invalid);
    cv_invalids_add(invalids, &invalid);
    return false;
}

bool cv_clean_value(const CvColumn *column, const void *row, CvValue value, CvValue *out, CvInvalids *invalids)
{
    CvInvalid invalid;
    CvValue cleaned;
    if (!cv_column_accepts(invalids->arena, column, value, &cleaned, &invalid)) {
        cv_column_reword(column, &invalid);
        cv_invalids_add(invalids, &invalid);
        return false;
    }
    if (out)
        *out = cleaned;
    if (cv_model_info(column->model)->parent_link == column)
        return true;
    return validate_value(column, cleaned, invalids) &&
           (!column->to_column || validate_target(column, row, cleaned, invalids)) &&
           run_validators(column, cleaned, invalids);
}
