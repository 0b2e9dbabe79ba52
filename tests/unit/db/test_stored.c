/* Tests db/stored.h: dates, times, decimals and UUIDs as Django keeps them in SQLite. */
#include "db/stored.h"

#include "unit.h"

START_TEST(dates_and_times_come_and_go)
{
    char text[40];
    CvDate date;
    CvTime time;
    ck_assert(cv_stored_read_datetime("2024-02-29 23:59:58.000120", 26, &date, &time));
    ck_assert(date.year == 2024 && date.month == 2 && date.day == 29 && time.hour == 23 && time.microsecond == 120);
    ck_assert_uint_eq(cv_stored_write_datetime(text, date, time), 26);
    ck_assert_int_eq(memcmp(text, "2024-02-29 23:59:58.000120", 26), 0);
    ck_assert(cv_stored_read_time("01:02:03.5", 10, &time));
    ck_assert_uint_eq(time.microsecond, 500000);
    ck_assert_uint_eq(cv_stored_write_time(text, cv_time(1, 2, 3, 0)), 8);
    ck_assert(cv_stored_read_datetime("2024-02-29", 10, &date, &time) && time.hour == 0);
    ck_assert(cv_stored_read_datetime("2024-02-29T10:00:00Z", 20, &date, &time) && time.hour == 10);
}
END_TEST

START_TEST(nonsense_is_refused)
{
    static const char *const bad[] = {"",           "2024-02-30", "2024-2-29",           "2024-02-29x",
                                      "0000-01-01", "2024-13-01", "2024-02-29 25:00:00", "2024-02-29 10:00:00."};
    CvDate date;
    CvTime time;
    for (size_t i = 0; i < CV_COUNT_OF(bad); i++)
        ck_assert_msg(!cv_stored_read_datetime(bad[i], strlen(bad[i]), &date, &time), "%s", bad[i]);
    uint8_t uuid[16];
    ck_assert(!cv_stored_read_uuid("0123456789abcdef0123456789abcde", 31, uuid));
    ck_assert(!cv_stored_read_uuid("0123456789abcdef0123456789abcdef0", 33, uuid));
    ck_assert(!cv_stored_read_uuid("0123456789abcdeg0123456789abcdef", 32, uuid));
}
END_TEST

START_TEST(decimals_are_cut_to_their_places)
{
    CvArena *arena = cv_arena_create(0);
    static const struct {
        double number;
        int scale;
        const char *text;
    } cases[] = {{7.5, 2, "7.50"},
                 {9.99, 2, "9.99"},
                 {0.1, 3, "0.100"},
                 {-0.07, 2, "-0.07"},
                 {1234567.89, 2, "1234567.89"},
                 {2.675, 2, "2.68"},
                 {0, 2, "0.00"},
                 {1e12, 2, "1000000000000.00"},
                 {0.30000000000000004, 1, "0.3"},
                 {3.14, -1, "3.14"},
                 {12, 0, "12"}};
    for (size_t i = 0; i < CV_COUNT_OF(cases); i++)
        ck_assert_str_eq(cv_stored_decimal(arena, cases[i].number, cases[i].scale).text, cases[i].text);
    ck_assert_str_eq(cv_stored_decimal_integer(arena, 3, 2).text, "3.00");
    ck_assert_str_eq(cv_stored_decimal_integer(arena, -3, 0).text, "-3");
    ck_assert_str_eq(cv_stored_decimal_integer(arena, INT64_MIN, -1).text, "-9223372036854775808");
    cv_arena_destroy(arena);
}
END_TEST

START_TEST(uuids_come_and_go)
{
    char text[40];
    uint8_t uuid[16] = {0};
    ck_assert(cv_stored_read_uuid("ae7be26c-daa7-42ca-1480-68d5ac90eaca", 36, uuid));
    ck_assert_uint_eq(cv_stored_write_uuid(text, uuid), 32);
    ck_assert_int_eq(memcmp(text, "ae7be26cdaa742ca148068d5ac90eaca", 32), 0);
}
END_TEST

UNIT_TESTS("db/stored", dates_and_times_come_and_go, nonsense_is_refused, decimals_are_cut_to_their_places,
           uuids_come_and_go)
