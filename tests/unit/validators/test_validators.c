/* test_validators.c: bounds at, below and above; messages and plurals; lists; patterns. */
#include "unit.h"

#include "base/self.h"
#include "validators/validators.h"

static const char *said(const CvValidator *validator, CvValue value)
{
    CvInvalid invalid;
    return cv_validate(validator, cv_arena(), value, &invalid)
               ? "valid"
               : cv_slice_string(cv_arena(), cv_invalid_text(cv_arena(), &invalid));
}

static bool ok(const CvValidator *validator, const char *text)
{
    return strcmp(said(validator, cv_value_string(text)), "valid") == 0;
}

static const char *repeated(char c, size_t count, const char *tail)
{
    CvBuffer out = cv_buffer(cv_arena());
    cv_buffer_append_repeated(&out, c, count);
    cv_buffer_append_string(&out, tail);
    return cv_buffer_string(&out);
}

START_TEST(lengths_and_plurals)
{
    const CvValidator most = CV_MAX_LENGTH(2), one = CV_MAX_LENGTH(1);
    ck_assert_str_eq(said(&most, CV_VALUE("\xc3\xa4\xc3\xb6")), "valid");
    ck_assert_str_eq(said(&most, CV_VALUE("abc")), "Ensure this value has at most 2 characters (it has 3).");
    ck_assert_str_eq(said(&one, CV_VALUE("ab")), "Ensure this value has at most 1 character (it has 2).");
}
END_TEST

START_TEST(values)
{
    const CvValidator most = CV_MAX_VALUE(5, .message = "%(show_value)s > %(limit_value)s");
    ck_assert_str_eq(said(&most, CV_VALUE(5)), "valid");
    ck_assert_str_eq(said(&most, CV_VALUE(6)), "6 > 5");
    const CvValidator cents = {.check = cv_check_decimal, .max_digits = 4, .decimal_places = 2};
    ck_assert_str_eq(said(&cents, cv_value_decimal((CvDecimal){"99.99"})), "valid");
    ck_assert_str_eq(said(&cents, cv_value_decimal((CvDecimal){"100.00"})),
                     "Ensure that there are no more than 4 digits in total.");
}
END_TEST

START_TEST(mail_addresses)
{
    ck_assert(ok(&cv_validate_email, "a.b+c@example.org") && ok(&cv_validate_email, "\"a@b\"@x.org") &&
              ok(&cv_validate_email, "a@localhost") && ok(&cv_validate_email, "a@[::1]"));
    ck_assert(!ok(&cv_validate_email, "a..b@x.org") && !ok(&cv_validate_email, "a@b") &&
              !ok(&cv_validate_email, "@x.org") && !ok(&cv_validate_email, "a@-x.org") &&
              !ok(&cv_validate_email, "a\n@x.org"));
    ck_assert(ok(&cv_validate_email, repeated('a', 314, "@x.org")));
    ck_assert(!ok(&cv_validate_email, repeated('a', 315, "@x.org")));
}
END_TEST

START_TEST(domains_and_urls)
{
    ck_assert(ok(&cv_validate_domain_name, repeated('a', 63, ".org")));
    ck_assert(!ok(&cv_validate_domain_name, repeated('a', 64, ".org")));
    ck_assert(ok(&cv_validate_url, "https://user:pw@m\xc3\xbcnchen.de:8080/a?b#c") &&
              ok(&cv_validate_url, "http://[::1]/"));
    ck_assert(!ok(&cv_validate_url, "javascript:alert(1)") && !ok(&cv_validate_url, "http://a b.org/") &&
              !ok(&cv_validate_url, "http://1.2.3.256") && !ok(&cv_validate_url, "http://[::1"));
    const char *base = "http://x.org/";
    ck_assert(ok(&cv_validate_url, cv_printf("%s%s", base, repeated('a', 2048 - strlen(base), ""))));
    ck_assert(!ok(&cv_validate_url, cv_printf("%s%s", base, repeated('a', 2049 - strlen(base), ""))));
}
END_TEST

START_TEST(ip_addresses_are_canonical)
{
    uint8_t address[16];
    ck_assert(cv_ipv6_parse(cv_slice("2001:DB8:0:0:1:0:0:1"), address));
    ck_assert_str_eq(cv_slice_string(cv_arena(), cv_ipv6_text(cv_arena(), address, false)), "2001:db8::1:0:0:1");
    ck_assert(cv_ipv6_parse(cv_slice("::ffff:1.2.3.4"), address));
    ck_assert_str_eq(cv_slice_string(cv_arena(), cv_ipv6_text(cv_arena(), address, true)), "1.2.3.4");
    ck_assert(!cv_ipv6_parse(cv_slice("1::2::3"), address) && !cv_ipv6_parse(cv_slice(":1"), address));
    ck_assert(!cv_ipv4_parse(cv_slice("1.2.3.04"), address));
}
END_TEST

static void validate_bad_pattern(void *unused)
{
    const CvValidator bad = {.check = cv_check_regex, .regex = "a("};
    CvInvalid invalid;
    (void)unused;
    (void)cv_validate(&bad, cv_arena(), CV_VALUE("a"), &invalid);
}

START_TEST(patterns)
{
    const CvValidator codes = CV_REGEX_VALIDATOR("^[A-Z]{3}\\Z", .message = "Three capitals.");
    CvError *error, found;
    ck_assert(ok(&codes, "ABC") && !ok(&codes, "ABC\n"));
    ck_assert(cv_validator_prepare(&codes, cv_arena(), &found));
    ck_assert(!cv_try(validate_bad_pattern, NULL, &error));
    const CvValidator evil = CV_REGEX_VALIDATOR("^(a+)+$");
    ck_assert(!ok(&evil, repeated('a', 100000, "!")));
}
END_TEST

START_TEST(values_stand_in_messages_as_in_python)
{
    static const struct {
        const char *message, *shown;
    } cases[] = {{"%(a)s %(b)d", "x'y 7"},
                 {"%(a)r", "\"x'y\""},
                 {"%s is first", "x'y is first"},
                 {"%d", "x'y"},
                 {"100%% of %(b)s", "100% of 7"},
                 {"%(c)s", "%(c)s"},
                 {"%(a", "%(a"},
                 {"%", "%"},
                 {"%(a)", "%(a)"},
                 {"%(a)x", "%(a)x"}};
    const CvParam params[] = {{"a", CV_VALUE("x'y")}, {"b", CV_VALUE(7)}};
    for (size_t i = 0; i < CV_COUNT_OF(cases); i++)
        ck_assert_str_eq(cv_slice_string(cv_arena(), cv_interpolate(cv_arena(), cv_slice(cases[i].message), params, 2)),
                         cases[i].shown);
    ck_assert(cv_slice_is(cv_interpolate(cv_arena(), CV_SLICE("%s"), NULL, 0), "%s"));
}
END_TEST

START_TEST(lists_collect_all)
{
    static const CvValidator list[] = {CV_MIN_LENGTH(5), CV_REGEX_VALIDATOR("[0-9]"), {0}};
    CvInvalids invalids = {.arena = cv_arena()};
    ck_assert(!cv_validate_all(list, cv_arena(), CV_VALUE("abc"), &invalids));
    ck_assert_uint_eq(invalids.count, 2);
    ck_assert(cv_validate_all(NULL, cv_arena(), CV_VALUE("abc"), &invalids));
}
END_TEST

UNIT_TESTS("validators/validators", lengths_and_plurals, values, mail_addresses, domains_and_urls,
           ip_addresses_are_canonical, patterns, values_stand_in_messages_as_in_python, lists_collect_all)
