/* Tests base/log.h. */
#include "base/base.h"

#include <fcntl.h>
#include <unistd.h>

#include "unit.h"

static char logged[100000];
static CvLogLevel logged_level;

static void keep(void *argument, CvLogLevel level, const char *logger, CvSlice message)
{
    logged_level = level;
    snprintf(logged, sizeof logged, "%s|%s|%.*s", (const char *)argument, logger, CV_SLICE_ARG(message));
}

START_TEST(records_go_to_the_sink)
{
    cv_log_set_sink(keep, UNIT_TEXT("arg"));
    cv_log(CV_LOG_WARNING, "caravan.request", "Not Found: %s", "/x");
    ck_assert_str_eq(logged, "arg|caravan.request|Not Found: /x");
    ck_assert_int_eq(logged_level, CV_LOG_WARNING);
}
END_TEST

START_TEST(levels_below_the_threshold_are_dropped)
{
    cv_log_set_sink(keep, UNIT_TEXT(""));
    cv_log(CV_LOG_DEBUG, "a", "hidden");
    ck_assert_str_eq(logged, "");
    ck_assert(!cv_log_enabled(CV_LOG_DEBUG));
    cv_log_set_level(CV_LOG_DEBUG);
    cv_log(CV_LOG_DEBUG, "a", "shown");
    ck_assert_str_eq(logged, "|a|shown");
    cv_log_set_level(CV_LOG_CRITICAL);
    ck_assert(!cv_log_enabled(CV_LOG_ERROR));
}
END_TEST

START_TEST(a_visitor_cannot_forge_a_line)
{
    cv_log_set_sink(keep, UNIT_TEXT(""));
    cv_log(CV_LOG_ERROR, "a", "path %s", "/x\n2024-01-01 ERROR forged\x1b[31m\r\t\x7f");
    ck_assert_str_eq(logged, "|a|path /x\\n2024-01-01 ERROR forged\\x1b[31m\\r\\t\\x7f");
    CvError error = {.kind = CV_ERROR_VALUE, .message = "one\n2024 two", .file = "a.c", .line = 3};
    cv_log_error("a", &error);
    ck_assert_str_eq(logged, "|a|a.c:3: ValueError: one\n        2024 two");
}
END_TEST

START_TEST(long_records_are_written_whole_to_standard_error)
{
    int ends[2], kept = dup(STDERR_FILENO);
    ck_assert_int_eq(pipe(ends), 0);
    fcntl(ends[1], F_SETPIPE_SZ, 65536);
    dup2(ends[1], STDERR_FILENO);
    cv_clock_freeze(cv_datetime_in(cv_date(2024, 2, 29), cv_time(12, 30, 5, 6000), cv_zone_utc, false));
    cv_log(CV_LOG_INFO, "caravan", "%0*d", 20000, 7);
    dup2(kept, STDERR_FILENO);
    close(ends[1]);
    static char text[30000];
    size_t length = 0;
    for (ssize_t count; (count = read(ends[0], text + length, sizeof text - length)) > 0;)
        length += (size_t)count;
    ck_assert_int_eq(memcmp(text, "2024-02-29 12:30:05,006 INFO caravan: 000", 41), 0);
    ck_assert_uint_eq(length, 38 + 20000 + 1);
    ck_assert_int_eq(text[length - 1], '\n');
}
END_TEST

static void fail_here(void *unused)
{
    (void)unused;
    cv_raise(CV_ERROR_VALUE, "broken");
}

START_TEST(errors_are_logged_with_the_stack)
{
    CvError *error;
    cv_log_set_sink(keep, UNIT_TEXT(""));
    ck_assert(!cv_try(fail_here, NULL, &error));
    cv_log_error("caravan", error);
    ck_assert(strstr(logged, "ValueError: broken"));
    ck_assert_msg(strstr(logged, "at fail_here"), "%s", logged);
    ck_assert(strstr(logged, "test_log.c:"));
}
END_TEST

UNIT_TESTS("base/log", records_go_to_the_sink, levels_below_the_threshold_are_dropped, a_visitor_cannot_forge_a_line,
           long_records_are_written_whole_to_standard_error, errors_are_logged_with_the_stack)
