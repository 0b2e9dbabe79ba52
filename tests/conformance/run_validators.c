/* run_validators.c: validators.jsonl: each validator built from its arguments, run on a value. */
#include "records.h"

#include "text/regex.h"
#include "validators/validators.h"

static const struct {
    const char *name;
    CvCheckFunction *check;
    const CvValidator *ready;
} known[] = {
    {"validate_integer", NULL, &cv_validate_integer},
    {"validate_email", NULL, &cv_validate_email},
    {"validate_slug", NULL, &cv_validate_slug},
    {"validate_unicode_slug", NULL, &cv_validate_unicode_slug},
    {"validate_domain_name", NULL, &cv_validate_domain_name},
    {"validate_ipv4_address", NULL, &cv_validate_ipv4_address},
    {"validate_ipv6_address", NULL, &cv_validate_ipv6_address},
    {"validate_ipv46_address", NULL, &cv_validate_ipv46_address},
    {"validate_comma_separated_integer_list", NULL, &cv_validate_comma_separated_integer_list},
    {"validate_image_file_extension", NULL, &cv_validate_image_file_extension},
    {"EmailValidator", cv_check_email, NULL},
    {"URLValidator", cv_check_url, NULL},
    {"DomainNameValidator", cv_check_domain_name, NULL},
    {"RegexValidator", cv_check_regex, NULL},
    {"BaseValidator", cv_check_limit, NULL},
    {"MaxValueValidator", cv_check_max_value, NULL},
    {"MinValueValidator", cv_check_min_value, NULL},
    {"StepValueValidator", cv_check_step, NULL},
    {"MinLengthValidator", cv_check_min_length, NULL},
    {"MaxLengthValidator", cv_check_max_length, NULL},
    {"DecimalValidator", cv_check_decimal, NULL},
    {"FileExtensionValidator", cv_check_file_extension, NULL},
    {"ProhibitNullCharactersValidator", cv_check_null_characters, NULL},
    {"int_list_validator", cv_check_integer_list, NULL},
};

static const char *text_or_null(CvArena *arena, const CvDict *args, const char *name)
{
    return record_get(args, name).kind == CV_STRING ? record_string(arena, args, name) : NULL;
}

static bool is_true(const CvDict *args, const char *name)
{
    CvValue value = record_get(args, name);
    return value.kind == CV_BOOL && value.boolean;
}

static const char *const *names_of(CvArena *arena, CvValue list)
{
    if (list.kind != CV_LIST)
        return NULL;
    const char **names = cv_arena_new_array(arena, const char *, list.list->count + 1);
    for (size_t i = 0; i < list.list->count; i++)
        names[i] = cv_slice_string(arena, cv_value_as_slice(list.list->items[i]));
    return names;
}

static CvValidator validator_of(CvArena *arena, CvCheckFunction *check, const CvDict *args)
{
    CvValidator made = {.check = check,
                        .message = text_or_null(arena, args, "message"),
                        .code = text_or_null(arena, args, "code"),
                        .limit = records_decode(arena, record_get(args, "limit_value")),
                        .offset = records_decode(arena, record_get(args, "offset")),
                        .regex = text_or_null(arena, args, "regex"),
                        .inverse_match = is_true(args, "inverse_match"),
                        .allow_negative = is_true(args, "allow_negative"),
                        .separator = text_or_null(arena, args, "sep")};
    CvValue idna = record_get(args, "accept_idna");
    made.ascii_only = idna.kind == CV_BOOL && !idna.boolean;
    if (made.offset.kind == CV_MISSING)
        made.offset = cv_value_null();
    static const char *const lists[] = {"allowlist", "schemes", "allowed_extensions"};
    for (size_t i = 0; i < CV_COUNT_OF(lists); i++)
        if (record_has(args, lists[i]))
            made.names = names_of(arena, record_get(args, lists[i]));
    made.max_digits = (int)record_number(args, "max_digits", -1);
    made.decimal_places = (int)record_number(args, "decimal_places", -1);
    if (!cv_regex_flags(record_text(args, "flags"), &made.flags))
        cv_raise(CV_ERROR_VALUE, "flags");
    return made;
}

static bool check(CvArena *arena, const CvDict *record, CvBuffer *why)
{
    CvSlice name = record_text(record, "validator");
    size_t at = 0;
    while (at < CV_COUNT_OF(known) && !cv_slice_is(name, known[at].name))
        at++;
    if (at == CV_COUNT_OF(known)) {
        cv_buffer_printf(why, "unknown %.*s", CV_SLICE_ARG(name));
        return false;
    }
    CvValidator made = validator_of(arena, known[at].check, record_get(record, "args").dict);
    CvInvalid invalid = {0};
    CvValue valid = record_get(record, "valid");
    bool good = cv_validate(known[at].ready ? known[at].ready : &made, arena,
                            records_decode(arena, record_get(record, "value")), &invalid);
    if (valid.kind != CV_BOOL || good != valid.boolean) {
        cv_buffer_printf(why, "%s, got %s", valid.kind == CV_BOOL ? "wrong" : "should raise",
                         good ? "valid" : "invalid");
        return false;
    }
    return good || (same_text(why, "message", record_text(record, "message"), cv_invalid_text(arena, &invalid)) &&
                    same_text(why, "code", record_text(record, "code"), cv_slice(invalid.code)));
}

static bool check_or_raise(CvArena *arena, const CvDict *record, CvBuffer *why)
{
    return passes_or_raises(check, arena, record, why);
}

int main(int argc, char **argv)
{
    return run_records(argc, argv, check_or_raise);
}
