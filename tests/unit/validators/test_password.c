/* test_password.c: which passwords may be chosen. */
#include <unistd.h>

#include "unit.h"

#include "base/self.h"
#include "validators/password.h"

static const CvUserFact facts[] = {{"username", NULL, "testclient"},
                                   {"first_name", "first name", "Test"},
                                   {"last_name", "last name", "Client-Smith"},
                                   {"email", "email address", ""},
                                   {NULL, NULL, NULL}};

/* The codes of what is wrong, with blanks between. */
static const char *wrong(const CvPasswordRule *rules, const char *password)
{
    CvInvalids invalids = {.arena = cv_arena()};
    CvBuffer codes = cv_buffer(cv_arena());
    bool good = cv_password_obeys(rules, cv_arena(), cv_slice(password), facts, &invalids);
    ck_assert(good == (invalids.count == 0));
    for (size_t i = 0; i < invalids.count; i++)
        cv_buffer_printf(&codes, "%s%s", i ? " " : "", invalids.items[i].code);
    return cv_buffer_string(&codes);
}

START_TEST(all_rules_are_asked)
{
    const CvPasswordRule rules[] = {
        {.kind = CV_PASSWORD_UNLIKE_USER},
        {.kind = CV_PASSWORD_MIN_LENGTH, .min_length = 8},
        {.kind = CV_PASSWORD_NOT_COMMON, .common = cv_common_passwords(cv_arena(), CV_SLICE("12345\r\n\nqwerty \n"))},
        {.kind = CV_PASSWORD_NOT_NUMERIC},
        {.kind = CV_PASSWORD_RULES_END}};
    ck_assert_str_eq(wrong(rules, "12345"), "password_too_short password_too_common password_entirely_numeric");
    ck_assert_str_eq(wrong(rules, " Qwerty  "), "password_too_common");
    ck_assert_str_eq(wrong(rules, "a better one"), "");
    ck_assert_str_eq(wrong(rules, "\u00b2\u00b2\u0663\u0663\u00b2\u00b2\u00b2\u00b2"), "password_entirely_numeric");
}
END_TEST

START_TEST(length_counts_characters)
{
    const CvPasswordRule rules[] = {{.kind = CV_PASSWORD_MIN_LENGTH, .min_length = 3}, {.kind = CV_PASSWORD_RULES_END}};
    ck_assert_str_eq(wrong(rules, "\u00e9\u00e9"), "password_too_short");
    ck_assert_str_eq(wrong(rules, "\u00e9\u00e9\u00e9"), "");
}
END_TEST

START_TEST(words_of_facts_are_compared)
{
    const CvPasswordRule rules[] = {{.kind = CV_PASSWORD_UNLIKE_USER}, {.kind = CV_PASSWORD_RULES_END}};
    ck_assert_str_eq(wrong(rules, "TestClient"), "password_too_similar");
    ck_assert_str_eq(wrong(rules, "smith1"), "password_too_similar");
    ck_assert_str_eq(wrong(rules, "xyz"), "");
    const CvPasswordRule others[] = {{.kind = CV_PASSWORD_UNLIKE_USER, .attributes = CV_LIST("first_name", "shoes")},
                                     {.kind = CV_PASSWORD_RULES_END}};
    ck_assert_str_eq(wrong(others, "smith1"), "");
    ck_assert_str_eq(wrong(others, "tset"), "password_too_similar");
}
END_TEST

START_TEST(help_is_a_list)
{
    const CvPasswordRule rules[] = {{.kind = CV_PASSWORD_MIN_LENGTH, .min_length = 1}, {.kind = CV_PASSWORD_RULES_END}};
    ck_assert(cv_slice_is(cv_password_rules_html(cv_arena(), rules),
                          "<ul><li>Your password must contain at least 1 character.</li></ul>"));
    ck_assert(cv_slice_is(cv_password_rules_html(cv_arena(), rules + 1), ""));
}
END_TEST

static CvErrorKind refused(const char *name, const char *option, CvValue value)
{
    CvDict *options = cv_dict_create(cv_arena());
    CvPasswordRule rule;
    CvError error = {0};
    if (option)
        cv_dict_set_name(options, option, value);
    return cv_password_rule_named(cv_arena(), cv_slice(name), options, &rule, &error) ? CV_ERROR_NONE : error.kind;
}

START_TEST(rules_by_djangos_names)
{
    CvPasswordRule rule;
    CvError error;
    CvDict *options = cv_dict_create(cv_arena());
    cv_dict_set_name(options, "min_length", cv_value_int(0));
    ck_assert(cv_password_rule_named(cv_arena(),
                                     cv_slice("django.contrib.auth.password_validation.MinimumLengthValidator"),
                                     options, &rule, &error));
    ck_assert_str_eq(wrong((CvPasswordRule[]){rule, {.kind = CV_PASSWORD_RULES_END}}, ""), "");
    ck_assert(cv_password_rule_named(cv_arena(), cv_slice("MinimumLengthValidator"), NULL, &rule, &error));
    ck_assert_str_eq(wrong((CvPasswordRule[]){rule, {.kind = CV_PASSWORD_RULES_END}}, "1234567"), "password_too_short");
    ck_assert_str_eq(wrong((CvPasswordRule[]){rule, {.kind = CV_PASSWORD_RULES_END}}, "12345678"), "");

    ck_assert_int_eq(refused("LengthValidator", NULL, CV_NONE), CV_ERROR_CONFIGURATION);
    ck_assert_int_eq(refused("NumericPasswordValidator", "min_length", cv_value_int(1)), CV_ERROR_TYPE);
    ck_assert_int_eq(refused("MinimumLengthValidator", "min_length", cv_value_string("8")), CV_ERROR_TYPE);
    ck_assert_int_eq(refused("UserAttributeSimilarityValidator", "max_similarity", cv_value_float(0.09)),
                     CV_ERROR_VALUE);
    ck_assert_int_eq(refused("UserAttributeSimilarityValidator", "max_similarity", cv_value_int(0)), CV_ERROR_VALUE);
    ck_assert_int_eq(refused("UserAttributeSimilarityValidator", "max_similarity", cv_value_float(0.1)), CV_ERROR_NONE);
}
END_TEST

START_TEST(lists_are_read_from_files)
{
    char path[] = "/tmp/caravan-common-XXXXXX";
    int fd = mkstemp(path);
    ck_assert_int_eq(write(fd, "qwerty\nletmein\n", 15), 15);
    close(fd);
    CvErrors errors = {.arena = cv_arena()};
    const CvPasswordRule *rules = CV_PASSWORD_RULES({CV_PASSWORD_NOT_COMMON, .password_list_path = path});
    ck_assert_str_eq(wrong(cv_password_rules_load(cv_arena(), rules, &errors), "LetMeIn"), "password_too_common");
    ck_assert_uint_eq(errors.count, 0);
    unlink(path);
    (void)cv_password_rules_load(cv_arena(), rules, &errors);
    ck_assert_uint_eq(errors.count, 1);
    rules = CV_PASSWORD_RULES({CV_PASSWORD_UNLIKE_USER, .max_similarity = 0.05});
    (void)cv_password_rules_load(cv_arena(), rules, &errors);
    ck_assert_uint_eq(errors.count, 2);
}
END_TEST

UNIT_TESTS("validators/password", all_rules_are_asked, length_counts_characters, words_of_facts_are_compared,
           help_is_a_list, rules_by_djangos_names, lists_are_read_from_files)
