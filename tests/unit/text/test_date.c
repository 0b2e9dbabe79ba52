/* Tests text/date.h; what is expected is what Django answers. */
#include "cases.h"

static const Case dates[] = {
    {"2012-04-23", "2012-04-23"}, {"20120423", "2012-04-23"},
    {"2012-4-9", "2012-04-09"},   {"2012-W17-1", "2012-04-23"},
    {"2012W171", "2012-04-23"},   {"2012-04-56", "ValueError"},
    {"20120423x", "None"},        {"2012-4-9\012", "2012-04-09"},
    {" 2012-04-23", "None"},      {"2012-04-23T00:00", "None"},
    {"0000-01-01", "ValueError"}, {"\357\274\222\357\274\220\357\274\221\357\274\222-04-23", "2012-04-23"},
};

static const Case times[] = {
    {"09:15:00", "09:15:00"},
    {"10:10", "10:10:00"},
    {"10:20:30.400", "10:20:30.400000"},
    {"10:20:30,400", "10:20:30.400000"},
    {"4:8:16", "04:08:16"},
    {"00:05:23.28300000", "00:05:23.283000"},
    {"T10:20", "10:20:00"},
    {"10:20:30.400+00:30", "10:20:30.400000"},
    {"091500", "09:15:00"},
    {"09:15:90", "ValueError"},
    {"1:2:3.1234567890123", "None"},
    {"10", "10:00:00"},
    {"23:59:60", "ValueError"},
    {"", "None"},
};

static const Case datetimes[] = {
    {"2012-04-23T09:15:00", "2012-04-23 09:15:00"},
    {"2012-4-9 4:8:16", "2012-04-09 04:08:16"},
    {"2012-04-23T09:15:00Z", "2012-04-23 09:15:00+00:00"},
    {"2012-4-9 4:8:16-0320", "2012-04-09 04:08:16-03:20"},
    {"2012-04-23T10:20:30.400+02:30", "2012-04-23 10:20:30.400000+02:30"},
    {"2012-04-23T10:20:30.400+02", "2012-04-23 10:20:30.400000+02:00"},
    {"2012-04-23T10:20:30.400 -02", "2012-04-23 10:20:30.400000-02:00"},
    {"2012-04-23", "2012-04-23 00:00:00"},
    {"2012-04-56T09:15:90", "ValueError"},
    {"20120423091500", "None"},
    {"2012-04-23T25:00", "ValueError"},
    {"2012-W17-1T10:00", "2012-04-23 10:00:00"},
    {"٢٠١٢-٠٤-٢٣", "None"}, /* ISO's digits are ASCII, those of Django's own pattern are not */
    {"٢٠١٢-٠٤-٢٣ ٠٩:١٥", "2012-04-23 09:15:00"},
    {"2012-04-23٢09:15", "2012-04-23 09:15:00"}, /* any character may part them */
};

static const Case durations[] = {
    {"4 15:30", "4 days, 0:15:30"},
    {"-4 15:30", "-4 days, 0:15:30"},
    {"15:30.1", "0:15:30.100000"},
    {"30", "0:00:30"},
    {"P4Y", "None"},
    {"P4DT1H", "4 days, 1:00:00"},
    {"-PT0.000005S", "-1 day, 23:59:59.999995"},
    {"P1W", "7 days, 0:00:00"},
    {"3 days 04:05:06", "3 days, 4:05:06"},
    {"1 day, 0:00:01", "1 day, 0:00:01"},
    {"-1 day +0:00:01", "-1 day, 0:00:01"},
    {"10:15:30.10203", "10:15:30.102030"},
    {"1:2:3:4", "None"},
    {"P1.5D", "1 day, 12:00:00"},
    {"", "0:00:00"},
};

static CvSlice answer(CvArena *arena, CvParsed parsed, CvValue value)
{
    if (parsed != CV_PARSED)
        return parsed == CV_NO_SUCH ? CV_SLICE("ValueError") : CV_SLICE("None");
    return cv_value_str(arena, value);
}

static CvSlice date_of(CvArena *arena, CvSlice text)
{
    CvDate date = {0};
    CvParsed parsed = cv_date_parse(text, &date);
    return answer(arena, parsed, cv_value_date(date));
}

static CvSlice time_of(CvArena *arena, CvSlice text)
{
    CvTime time = {0};
    CvParsed parsed = cv_time_parse(text, &time);
    return answer(arena, parsed, cv_value_time(time));
}

static CvSlice datetime_of(CvArena *arena, CvSlice text)
{
    CvDateTime datetime = {0};
    CvParsed parsed = cv_datetime_parse(text, &datetime);
    return answer(arena, parsed, cv_value_datetime(datetime));
}

static CvSlice duration_of(CvArena *arena, CvSlice text)
{
    CvDuration duration = {0};
    CvParsed parsed = cv_duration_parse(text, &duration);
    return answer(arena, parsed, cv_value_duration(duration));
}

START_TEST(texts_are_parsed_as_django_parses_them)
{
    CHECK_CASES(dates, date_of);
    CHECK_CASES(times, time_of);
    CHECK_CASES(datetimes, datetime_of);
    CHECK_CASES(durations, duration_of);
    CvDuration duration;
    ck_assert_int_eq(cv_duration_parse(CV_SLICE("999999999999999999999 0"), &duration), CV_NO_SUCH);
    /* the ends of 64 bits, and of Python's timedelta */
    ck_assert_int_eq(cv_duration_parse(CV_SLICE("106751991 04:00:54.775807"), &duration), CV_PARSED);
    ck_assert_int_eq(duration.microseconds, INT64_MAX);
    ck_assert_int_eq(cv_duration_parse(CV_SLICE("106751991 04:00:54.775808"), &duration), CV_TOO_LARGE);
    ck_assert_int_eq(cv_duration_parse(CV_SLICE("-106751992 19:59:05.224192"), &duration), CV_PARSED);
    ck_assert_int_eq(duration.microseconds, INT64_MIN);
    ck_assert_int_eq(cv_duration_parse(CV_SLICE("-106751992 19:59:05.224191"), &duration), CV_TOO_LARGE);
    ck_assert_int_eq(cv_duration_parse(CV_SLICE("999999999 23:59:59.999999"), &duration), CV_TOO_LARGE);
    ck_assert_int_eq(cv_duration_parse(CV_SLICE("1000000000 00:00:00"), &duration), CV_NO_SUCH);
    ck_assert_int_eq(cv_duration_parse(CV_SLICE("-999999999 00:00:00"), &duration), CV_TOO_LARGE);
    ck_assert_int_eq(cv_duration_parse(CV_SLICE("-999999999 -00:00:01"), &duration), CV_NO_SUCH);
    ck_assert_int_eq(cv_duration_parse(CV_SLICE("1000000000 -00:00:01"), &duration), CV_TOO_LARGE);
}
END_TEST

START_TEST(problems_have_names)
{
    ck_assert_str_eq(cv_date_problem(CV_SLICE("2012-04-56")), "day is out of range for month");
    ck_assert_str_eq(cv_date_problem(CV_SLICE("2012-14-06")), "month must be in 1..12");
    ck_assert_str_eq(cv_date_problem(CV_SLICE("2012-04-06T25:00")), "hour must be in 0..23");
    ck_assert_str_eq(cv_date_problem(CV_SLICE("09:15:90")), "second must be in 0..59");
}
END_TEST

static const char *format(CvValue value, const char *letters)
{
    CvBuffer out = cv_buffer(cv_arena());
    CvError error;
    if (!cv_date_format(cv_arena(), &out, value, cv_slice(letters), &error))
        return error.kind == CV_ERROR_TYPE ? "TypeError" : "AttributeError";
    return cv_buffer_string(&out);
}

START_TEST(every_letter_of_the_format_language)
{
    CvValue when =
        CV_VALUE(cv_datetime_in(cv_date(1979, 7, 8), cv_time(22, 5, 9, 120), cv_zone("Europe/Berlin"), false));
    ck_assert_str_eq(
        format(when, "a A b d D E F g G h H i j l L m M n N o O P s S t T u U w W y Y z Z e f I"),
        "p.m. PM jul 08 Sun July July 10 22 10 22 05 8 Sunday False 07 Jul 7 July 1979 +0100 10:05 p.m. 09 "
        "th 31 CET 000120 300315909 0 27 79 1979 189 3600 CET 10:05 0");
    ck_assert_str_eq(format(when, "c"), "1979-07-08T22:05:09.000120+01:00");
    ck_assert_str_eq(format(when, "r"), "Sun, 08 Jul 1979 22:05:09 +0100");
    ck_assert_str_eq(format(when, "\\N\\o\\t \\\\d \\"), "Not \\d \\");
    ck_assert_str_eq(format(CV_VALUE(cv_date(2024, 3, 1)), "jS F Y"), "1st March 2024");
    ck_assert_str_eq(format(CV_VALUE(cv_date(2024, 3, 12)), "jS N"), "12th March");
    ck_assert_str_eq(format(CV_VALUE(cv_date(2024, 3, 1)), "H"), "TypeError");
    ck_assert_str_eq(format(CV_VALUE(cv_time(0, 0, 0, 0)), "P"), "midnight");
    ck_assert_str_eq(format(CV_VALUE(cv_time(12, 0, 0, 0)), "P f"), "noon 12");
    ck_assert_str_eq(format(CV_VALUE(cv_time(12, 30, 0, 0)), "P"), "12:30 p.m.");
    ck_assert_str_eq(format(CV_VALUE(cv_time(12, 30, 0, 0)), "Y"), "AttributeError");
    ck_assert_str_eq(format(CV_VALUE(3), "Y"), "AttributeError");
    /* Nothing is said of zones where the reading is two instants. */
    when = CV_VALUE(cv_datetime_in(cv_date(2024, 10, 27), cv_time(2, 30, 0, 0), cv_zone("Europe/Berlin"), true));
    ck_assert_str_eq(format(when, "[T|O|Z|e|I]"), "[||||]");
}
END_TEST

START_TEST(input_formats)
{
    static const struct {
        const char *text, *format, *expected;
    } cases[] = {{"10/25/2006", "%m/%d/%Y", "2006-10-25 00:00:00"},
                 {"10/5/06", "%m/%d/%y", "2006-10-05 00:00:00"},
                 {"1/1/69", "%m/%d/%y", "1969-01-01 00:00:00"},
                 {"Oct 25, 2006", "%b %d, %Y", "2006-10-25 00:00:00"},
                 {"25  OCTOBER 2006", "%d %B %Y", "2006-10-25 00:00:00"},
                 {"2006-10-25 14:30:59.0002", "%Y-%m-%d %H:%M:%S.%f", "2006-10-25 14:30:59.000200"},
                 {"12:30 am", "%I:%M %p", "1900-01-01 00:30:00"},
                 {"Sunday 300 2023", "%A %j %Y", "2023-10-27 00:00:00"},
                 {"100%", "%f%%", "1900-01-01 00:00:00.100000"},
                 {"Thursday +01:00 utc 5", "%A %z %Z %d", "1900-01-05 00:00:00"},
                 {"thu Z 7 PM 3", "%a %z %I %p %M", "1900-01-01 19:03:00"},
                 {"١٢/٣", "%d/%m", NULL}, /* days and months begin with an ASCII digit */
                 {"٢٠٢٤-1٢-0٣", "%Y-%d-%M", "2024-01-12 00:03:00"},
                 {"14", "%H%M", "1900-01-01 01:04:00"},
                 {"2/ 3/2006", "%m/%d/%Y", "2006-02-03 00:00:00"},
                 {"366 2007", "%j %Y", "2008-01-01 00:00:00"},
                 {"43 3 2006", "%U %w %Y", "2006-10-25 00:00:00"},
                 {"2020-53-5", "%G-%V-%u", "2021-01-01 00:00:00"},
                 {"01/02/03 4:5:6", "%x %X", "2003-01-02 04:05:06"},
                 {"5 6", "%H %I", "1900-01-01 06:00:00"}, /* the last one counts */
                 {"2020-5", "%Y-%V", NULL},
                 {"12T5", "%dt%m", "1900-05-12 00:00:00"},
                 {"366 2023", "%j %Y", "2024-01-01 00:00:00"},
                 {"0 2023", "%j %Y", NULL},
                 {"13 am", "%I %p", NULL},
                 {"1 xm", "%I %p", NULL},
                 {"x", "%b", NULL},
                 {"+1", "%z", NULL},
                 {"cet", "%Z", NULL},
                 {"5", "%%", NULL},
                 {"60", "%M", NULL},
                 {"62", "%S", NULL},
                 {"1", "%y", NULL},
                 {"32", "%d", NULL},
                 {"2006-10-25 ", "%Y-%m-%d", NULL},
                 {"2006-13-25", "%Y-%m-%d", NULL},
                 {"2006-02-30", "%Y-%m-%d", NULL},
                 {"24:00", "%H:%M", NULL},
                 {"", "%Y", NULL},
                 {"x", "%Q", NULL}};
    for (size_t i = 0; i < CV_COUNT_OF(cases); i++) {
        CvDate date;
        CvTime time;
        bool good = cv_strptime(cv_slice(cases[i].text), cases[i].format, &date, &time);
        ck_assert_msg(good == (cases[i].expected != NULL), "%s", cases[i].text);
        if (good)
            ck_assert(
                cv_slice_is(cv_value_str(cv_arena(), CV_VALUE(cv_datetime_naive(date, time))), cases[i].expected));
    }
    CvBuffer out = cv_buffer(cv_arena());
    cv_strftime(&out, "%Y-%m-%d %H:%M:%S.%f %b %B %a %A %I%p %j %y %% %q", cv_date(2024, 2, 9), cv_time(13, 4, 5, 6));
    ck_assert_str_eq(cv_buffer_string(&out), "2024-02-09 13:04:05.000006 Feb February Fri Friday 01PM 040 24 % %q");
}
END_TEST

START_TEST(http_dates)
{
    int64_t seconds;
    CvBuffer out = cv_buffer(cv_arena());
    cv_http_date_format(&out, 784111777);
    ck_assert_str_eq(cv_buffer_string(&out), "Sun, 06 Nov 1994 08:49:37 GMT");
    out.length = 0;
    cv_http_date_format(&out, INT64_MAX);
    ck_assert_str_eq(cv_buffer_string(&out), "Fri, 31 Dec 9999 23:59:59 GMT");
    cv_clock_freeze(cv_datetime_in(cv_date(2026, 1, 1), cv_time(0, 0, 0, 0), cv_zone_utc, false));
    static const char *const good[] = {"Sun, 06 Nov 1994 08:49:37 GMT", "Sunday, 06-Nov-94 08:49:37 GMT",
                                       "Sun Nov  6 08:49:37 1994", "Sun, 06 nov 1994 08:49:37 GMT"};
    for (size_t i = 0; i < CV_COUNT_OF(good); i++)
        ck_assert_msg(cv_http_date_parse(cv_slice(good[i]), &seconds) == CV_PARSED && seconds == 784111777, "%s",
                      good[i]);
    ck_assert_int_eq(cv_http_date_parse(CV_SLICE("Sunday, 06-Nov-76 08:49:37 GMT"), &seconds), CV_PARSED);
    ck_assert_int_eq(cv_datetime_clock((CvDateTime){seconds * CV_SECOND, cv_zone_utc}, NULL).date.year, 2076);
    ck_assert_int_eq(cv_http_date_parse(CV_SLICE("Sunday, 06-Nov-77 08:49:37 GMT"), &seconds), CV_PARSED);
    ck_assert_int_eq(cv_datetime_clock((CvDateTime){seconds * CV_SECOND, cv_zone_utc}, NULL).date.year, 1977);
    ck_assert_int_eq(cv_http_date_parse(CV_SLICE("Sun, 32 Nov 1994 08:49:37 GMT"), &seconds), CV_NO_SUCH);
    ck_assert_int_eq(cv_http_date_parse(CV_SLICE("Sun, 6 Nov 1994 08:49:37 GMT"), &seconds), CV_NOT_PARSED);
    ck_assert_int_eq(cv_http_date_parse(CV_SLICE("Sun, 06 Xxx 1994 08:49:37 GMT"), &seconds), CV_NO_SUCH);
    ck_assert_int_eq(cv_http_date_parse(CV_SLICE(""), &seconds), CV_NOT_PARSED);
}
END_TEST

START_TEST(iso_and_duration_texts)
{
    CvBuffer out = cv_buffer(cv_arena());
    cv_duration_format(&out, CV_DAY + 3785 * CV_SECOND + 7);
    cv_buffer_append_byte(&out, ' ');
    cv_duration_format(&out, -1);
    cv_buffer_append_byte(&out, ' ');
    cv_duration_format_iso(&out, -CV_DAY - CV_HOUR - 5);
    ck_assert_str_eq(cv_buffer_string(&out), "1 01:03:05.000007 -1 23:59:59.999999 -P1DT01H00M00.000005S");
    out.length = 0;
    cv_iso_format(&out, CV_VALUE(cv_datetime_in(cv_date(2024, 1, 2), cv_time(3, 4, 5, 6), cv_zone_utc, false)));
    ck_assert_str_eq(cv_buffer_string(&out), "2024-01-02T03:04:05.000006+00:00");
}
END_TEST

START_TEST(time_since)
{
    CvArena *arena = cv_arena();
    CvError error;
    CvBuffer out = cv_buffer(arena);
    CvDateTime now = cv_datetime_naive(cv_date(2016, 2, 29), cv_time(10, 0, 0, 0));
    static const struct {
        int year, month, day, hour, depth;
        const char *expected;
    } cases[] = {{2015, 1, 31, 10, 2, "1 year"},    {2016, 1, 31, 10, 2, "4 weeks, 1 day"},
                 {2016, 2, 29, 9, 2, "1 hour"},     {2016, 2, 29, 10, 2, "0 minutes"},
                 {2016, 2, 29, 11, 2, "0 minutes"}, {2014, 11, 20, 4, 6, "1 year, 3 months, 1 week, 2 days, 6 hours"},
                 {2014, 11, 20, 4, 1, "1 year"}};
    for (size_t i = 0; i < CV_COUNT_OF(cases); i++) {
        CvValue then = CV_VALUE(
            cv_datetime_naive(cv_date(cases[i].year, cases[i].month, cases[i].day), cv_time(cases[i].hour, 0, 0, 0)));
        out.length = 0;
        ck_assert(cv_timesince(arena, &out, then, CV_VALUE(now), cases[i].depth, &error));
        CvBuffer spaces = cv_buffer(arena);
        for (CvSlice rest = buffer_text(&out); rest.length;) {
            uint32_t point = cv_utf8_next(&rest);
            cv_utf8_append(&spaces, point == 0xA0 ? ' ' : point);
        }
        ck_assert_str_eq(cv_buffer_string(&spaces), cases[i].expected);
    }
    ck_assert(!cv_timesince(arena, &out, CV_VALUE(now), CV_VALUE(now), 0, &error) && error.kind == CV_ERROR_VALUE);
    ck_assert(!cv_timesince(arena, &out, CV_VALUE(now), CV_VALUE(cv_now()), 2, &error) && error.kind == CV_ERROR_TYPE);
    ck_assert(!cv_timesince(arena, &out, CV_VALUE("x"), CV_NONE, 2, &error) && error.kind == CV_ERROR_ATTRIBUTE);
    out.length = 0;
    ck_assert(cv_timeuntil(arena, &out, CV_VALUE(cv_date(2016, 3, 7)), CV_VALUE(cv_date(2016, 2, 29)), 2, &error));
    ck_assert_str_eq(cv_buffer_string(&out), "1\u00a0week");
}
END_TEST

UNIT_TESTS("text/date", texts_are_parsed_as_django_parses_them, problems_have_names,
           every_letter_of_the_format_language, input_formats, http_dates, iso_and_duration_texts, time_since)
