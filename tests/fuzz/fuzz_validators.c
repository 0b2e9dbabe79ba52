/* fuzz_validators.c: every validator on any text, and any pattern on it. */
#include "base/self.h"
#include "text/regex.h"
#include "text/utf8.h"
#include "validators/validators.h"

static const CvValidator validators[] = {
    {.check = cv_check_email},
    {.check = cv_check_url},
    {.check = cv_check_domain_name},
    {.check = cv_check_domain_name, .ascii_only = true},
    {.check = cv_check_slug},
    {.check = cv_check_unicode_slug},
    {.check = cv_check_ipv4},
    {.check = cv_check_ipv6},
    {.check = cv_check_ipv46},
    {.check = cv_check_integer},
    {.check = cv_check_integer_list, .separator = ", ", .allow_negative = true},
    {.check = cv_check_min_length, .limit = CV_LIMIT_INT(3)},
    {.check = cv_check_max_length, .limit = CV_LIMIT_INT(3)},
    {.check = cv_check_file_extension, .names = (const char *const[]){"png", NULL}},
    {.check = cv_check_null_characters},
    {.check = cv_check_regex, .regex = "^((a+)+|[^\\s@]{2,3})+$"},
    {0}};

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    CvArena *arena = cv_arena_create(0);
    CvSlice text = cv_utf8_repair(arena, cv_slice_of((const char *)data, size));
    CvInvalids invalids = {.arena = arena};
    (void)cv_validate_all(validators, arena, cv_value_slice(text), &invalids);
    for (size_t i = 0; i < invalids.count; i++)
        (void)cv_invalid_text(arena, &invalids.items[i]);

    uint8_t address[16], again[16];
    if (cv_ipv6_parse(text, address) &&
        (!cv_ipv6_parse(cv_ipv6_text(arena, address, false), again) || memcmp(address, again, sizeof again) != 0))
        abort();
    CvRegex *regex;
    CvError error;
    if (cv_regex_compile(arena, text, size ? data[0] & 31 : 0, &regex, &error))
        (void)cv_regex_match(regex, CV_SLICE("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!"), CV_REGEX_SEARCH, NULL, 0);
    CvParam param = {"value", cv_value_slice(text)};
    (void)cv_interpolate(arena, text, &param, 1);
    cv_arena_destroy(arena);
    return 0;
}
