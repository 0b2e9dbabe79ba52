/* Tests str() and repr() of values; what is expected is what Python prints. */
#include "base/base.h"

#include "unit.h"

static void check(CvValue value, const char *str, const char *repr)
{
    CvSlice shown = cv_value_str(cv_arena(), value);
    ck_assert_msg(cv_slice_is(shown, str), "str %.*s, expected %s", CV_SLICE_ARG(shown), str);
    shown = cv_value_repr(cv_arena(), value);
    ck_assert_msg(cv_slice_is(shown, repr), "repr %.*s, expected %s", CV_SLICE_ARG(shown), repr);
    ck_assert_int_eq(shown.data[shown.length], '\0');
}

START_TEST(plain_values)
{
    check(CV_NONE, "None", "None");
    check(CV_VALUE(true), "True", "True");
    check(CV_VALUE(-42), "-42", "-42");
    check(CV_VALUE(1e16), "1e+16", "1e+16");
    check(CV_VALUE((CvDecimal){"1.50"}), "1.50", "Decimal('1.50')");
    check(CV_VALUE(UINT64_MAX), "18446744073709551615", "18446744073709551615");
    check((CvValue){.kind = CV_MISSING}, "", "");
    CvUuid uuid = {{0x12, 0x34, 0x56, 0x78, 0x9a, 0xbc, 0xde, 0xf0, 1, 2, 3, 4, 5, 6, 7, 0xff}, true};
    check(CV_VALUE(uuid), "12345678-9abc-def0-0102-0304050607ff", "UUID('12345678-9abc-def0-0102-0304050607ff')");
}
END_TEST

START_TEST(strings_are_quoted_as_python_quotes_them)
{
    check(CV_VALUE("it"), "it", "'it'");
    check(CV_VALUE("it's"), "it's", "\"it's\"");
    check(CV_VALUE("it's \"so\""), "it's \"so\"", "'it\\'s \"so\"'");
    check(CV_VALUE("a\n\t\r\\\x01\x7f"), "a\n\t\r\\\x01\x7f", "'a\\n\\t\\r\\\\\\x01\\x7f'");
    check(CV_VALUE("é中😀"), "é中😀", "'é中😀'");
    check(CV_VALUE("\u00a0\u00ad\u200b\u2028\U000E0001"), "\u00a0\u00ad\u200b\u2028\U000E0001",
          "'\\xa0\\xad\\u200b\\u2028\\U000e0001'");
    CvValue bytes = CV_VALUE(((CvBytes){"a'\x00\xff\n", 5}));
    ck_assert(cv_slice_is(cv_value_str(cv_arena(), bytes), "b\"a'\\x00\\xff\\n\""));
}
END_TEST

START_TEST(dates_and_times)
{
    const CvZone *berlin = cv_zone("Europe/Berlin");
    check(CV_VALUE(cv_date(24, 2, 9)), "0024-02-09", "datetime.date(24, 2, 9)");
    check(CV_VALUE(cv_time(3, 4, 0, 0)), "03:04:00", "datetime.time(3, 4)");
    check(CV_VALUE(cv_time(3, 4, 5, 60)), "03:04:05.000060", "datetime.time(3, 4, 5, 60)");
    check(CV_VALUE(cv_datetime_in(cv_date(2024, 1, 2), cv_time(3, 4, 5, 0), berlin, false)),
          "2024-01-02 03:04:05+01:00",
          "datetime.datetime(2024, 1, 2, 3, 4, 5, tzinfo=zoneinfo.ZoneInfo(key='Europe/Berlin'))");
    check(CV_VALUE(cv_datetime_in(cv_date(2024, 10, 27), cv_time(2, 30, 0, 0), berlin, true)),
          "2024-10-27 02:30:00+01:00",
          "datetime.datetime(2024, 10, 27, 2, 30, fold=1, tzinfo=zoneinfo.ZoneInfo(key='Europe/Berlin'))");
    check(CV_VALUE(cv_datetime_in(cv_date(2024, 1, 2), cv_time(3, 4, 0, 7), cv_zone_utc, false)),
          "2024-01-02 03:04:00.000007+00:00",
          "datetime.datetime(2024, 1, 2, 3, 4, 0, 7, tzinfo=datetime.timezone.utc)");
    check(CV_VALUE(cv_datetime_naive(cv_date(2024, 1, 2), cv_time(0, 0, 0, 0))), "2024-01-02 00:00:00",
          "datetime.datetime(2024, 1, 2, 0, 0)");
    check(CV_VALUE(cv_datetime_in(cv_date(1800, 1, 1), cv_time(0, 0, 0, 0), berlin, false)),
          "1800-01-01 00:00:00+00:53:28",
          "datetime.datetime(1800, 1, 1, 0, 0, tzinfo=zoneinfo.ZoneInfo(key='Europe/Berlin'))");
}
END_TEST

START_TEST(durations)
{
    check(CV_VALUE(cv_duration(0)), "0:00:00", "datetime.timedelta(0)");
    check(CV_VALUE(cv_duration(CV_DAY + 2 * CV_HOUR + 3 * CV_MINUTE + 4 * CV_SECOND)), "1 day, 2:03:04",
          "datetime.timedelta(days=1, seconds=7384)");
    check(CV_VALUE(cv_duration(-1)), "-1 day, 23:59:59.999999",
          "datetime.timedelta(days=-1, seconds=86399, microseconds=999999)");
    check(CV_VALUE(cv_duration(-2 * CV_DAY + 5)), "-2 days, 0:00:00.000005",
          "datetime.timedelta(days=-2, microseconds=5)");
}
END_TEST

START_TEST(containers_nest)
{
    CvArena *arena = cv_arena();
    CvDict *dict = cv_dict_create(arena);
    check(CV_VALUE(cv_list_create(arena)), "[]", "[]");
    check(CV_VALUE(dict), "{}", "{}");
    CvValue tuple = CV_VALUE(cv_list(arena, 1));
    tuple.kind = CV_TUPLE;
    check(tuple, "(1,)", "(1,)");
    cv_dict_set_name(dict, "it's", tuple);
    cv_dict_set(dict, CV_VALUE(2), CV_VALUE(cv_list(arena, "x", CV_NONE, 0.5)));
    check(CV_VALUE(dict), "{\"it's\": (1,), 2: ['x', None, 0.5]}", "{\"it's\": (1,), 2: ['x', None, 0.5]}");
}
END_TEST

START_TEST(objects_say_it_themselves)
{
    static const CvType type = {CV_TYPE_MAGIC, "Book"};
    CvObject object = {&type};
    check(CV_VALUE(&object), "<Book object>", "<Book object>");
}
END_TEST

UNIT_TESTS("base/value_text", plain_values, strings_are_quoted_as_python_quotes_them, dates_and_times, durations,
           containers_nest, objects_say_it_themselves)
