/* Tests dates and times of day (base/time.h). */
#include "base/base.h"

#include "unit.h"

START_TEST(every_day_of_the_calendar_goes_there_and_back)
{
    int32_t expected = cv_date_to_days(cv_date(1, 1, 1));
    ck_assert_int_eq(expected, -719162);
    for (int year = 1; year <= 9999; year++)
        for (int month = 1; month <= 12; month++) {
            int last = cv_days_in_month(year, month);
            for (int day = 1; day <= last; day += day == 1 ? last - 1 : 1) {
                CvDate date = cv_date(year, month, day);
                if (day != 1)
                    expected += last - 1;
                ck_assert_int_eq(cv_date_to_days(date), expected);
                ck_assert_int_eq(cv_date_compare(cv_date_from_days(expected), date), 0);
            }
            expected++;
        }
    ck_assert_int_eq(expected, 2932897);
    ck_assert(!cv_date_is_set(cv_date_from_days(expected)));
    ck_assert(!cv_date_is_set(cv_date_from_days(-719163)));
    ck_assert(!cv_date_is_set(cv_date_from_days(INT64_MAX)));
    ck_assert(!cv_date_is_set(cv_date_from_days(INT64_MIN)));
}
END_TEST

START_TEST(days_that_do_not_exist_are_unset)
{
    ck_assert(cv_date_is_set(cv_date(2024, 2, 29)));
    ck_assert(cv_date_is_set(cv_date(2000, 2, 29)));
    ck_assert(!cv_date_is_set(cv_date(1900, 2, 29)));
    ck_assert(!cv_date_is_set(cv_date(2023, 2, 29)));
    ck_assert(!cv_date_is_set(cv_date(2023, 13, 1)));
    ck_assert(!cv_date_is_set(cv_date(2023, 0, 1)));
    ck_assert(!cv_date_is_set(cv_date(2023, 4, 31)));
    ck_assert(!cv_date_is_set(cv_date(0, 1, 1)));
    ck_assert(!cv_date_is_set(cv_date(10000, 1, 1)));
    ck_assert_int_eq(cv_days_in_month(2023, 13), 0);
}
END_TEST

START_TEST(weekdays_and_iso_weeks)
{
    int year;
    ck_assert_int_eq(cv_date_weekday(cv_date(1970, 1, 1)), 3);
    ck_assert_int_eq(cv_date_weekday(cv_date(2024, 2, 29)), 3);
    ck_assert_int_eq(cv_date_weekday(cv_date(1, 1, 1)), 0);
    ck_assert_int_eq(cv_date_iso_week(cv_date(2021, 1, 3), &year), 53);
    ck_assert_int_eq(year, 2020);
    ck_assert_int_eq(cv_date_iso_week(cv_date(2024, 12, 30), &year), 1);
    ck_assert_int_eq(year, 2025);
    ck_assert_int_eq(cv_date_iso_week(cv_date(2015, 12, 31), NULL), 53);
    ck_assert_int_eq(cv_date_yearday(cv_date(2024, 12, 31)), 366);
    ck_assert_int_eq(cv_date_yearday(cv_date(2023, 1, 1)), 1);
}
END_TEST

START_TEST(times_of_day)
{
    CvTime time = cv_time(23, 59, 59, 999999);
    ck_assert(cv_time_is_set(time));
    ck_assert_int_eq(cv_time_to_microseconds(time), CV_DAY - 1);
    ck_assert_int_eq(cv_time_compare(cv_time_from_microseconds(CV_DAY - 1), time), 0);
    ck_assert_int_eq(cv_time_compare(cv_time_from_microseconds(-1), time), 0);
    ck_assert_int_lt(cv_time_compare((CvTime){0}, cv_time(0, 0, 0, 0)), 0);
    ck_assert(!cv_time_is_set(cv_time(24, 0, 0, 0)));
    ck_assert(!cv_time_is_set(cv_time(0, 60, 0, 0)));
    ck_assert(!cv_time_is_set(cv_time(0, 0, 60, 0)));
    ck_assert(!cv_time_is_set(cv_time(0, 0, 0, 1000000)));
    ck_assert(!cv_time_is_set(cv_time(-1, 0, 0, 0)));
}
END_TEST

START_TEST(unset_dates_come_first)
{
    ck_assert_int_lt(cv_date_compare((CvDate){0}, cv_date(1, 1, 1)), 0);
    ck_assert_int_eq(cv_date_compare((CvDate){0}, (CvDate){0}), 0);
    ck_assert_int_gt(cv_date_compare(cv_date(2024, 1, 2), cv_date(2024, 1, 1)), 0);
    ck_assert(!cv_duration_is_set((CvDuration){0}));
    ck_assert(cv_duration_is_set(cv_duration(0)));
}
END_TEST

UNIT_TESTS("base/calendar", every_day_of_the_calendar_goes_there_and_back, days_that_do_not_exist_are_unset,
           weekdays_and_iso_weeks, times_of_day, unset_dates_come_first)
