/* test_regex.c: matching, and expressions that would take too long. */
#include "unit.h"

#include "base/log.h"
#include "base/self.h"
#include "text/regex.h"

static int said;
static char last[512];

static void listen(void *argument, CvLogLevel level, const char *logger, CvSlice message)
{
    (void)argument;
    (void)level;
    (void)logger;
    said++;
    snprintf(last, sizeof last, "%.*s", CV_SLICE_ARG(message));
}

static const CvRegex *compiled(const char *pattern)
{
    CvRegex *regex = NULL;
    CvError error;
    ck_assert(cv_regex_compile(cv_arena(), cv_slice(pattern), 0, &regex, &error));
    return regex;
}

START_TEST(groups_of_a_match)
{
    CvSlice groups[3];
    ck_assert(cv_regex_match(compiled("(a+)(b)?"), cv_slice("xaac"), CV_REGEX_SEARCH, groups, 3));
    ck_assert(cv_slice_is(groups[1], "aa") && !groups[2].data);
    ck_assert(!cv_regex_match(compiled("a+"), cv_slice("xaa"), CV_REGEX_START, groups, 3));
    ck_assert(!cv_regex_match(compiled("a+"), cv_slice("aab"), CV_REGEX_FULLMATCH, groups, 3));
}
END_TEST

START_TEST(what_takes_too_long_is_said_once)
{
    const CvRegex *slow = compiled("^(a+)+$");
    CvSlice text = cv_slice("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab");
    cv_log_set_sink(listen, NULL);
    for (int i = 0; i < 3; i++)
        ck_assert(!cv_regex_match(slow, text, CV_REGEX_SEARCH, NULL, 0));
    ck_assert_int_eq(said, 1);
    ck_assert_ptr_nonnull(strstr(last, "^(a+)+$"));
    ck_assert(!cv_regex_match(slow, cv_slice("b"), CV_REGEX_SEARCH, NULL, 0));
    ck_assert_int_eq(said, 1);
}
END_TEST

UNIT_TESTS("text/regex", groups_of_a_match, what_takes_too_long_is_said_once)
