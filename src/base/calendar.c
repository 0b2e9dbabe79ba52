/* calendar.c: dates and times of day in the proleptic Gregorian calendar. */
#include "base/time.h"

bool cv_is_leap_year(int year)
{
    return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

int cv_days_in_month(int year, int month)
{
    static const int8_t days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    if (month < 1 || month > 12)
        return 0;
    return days[month - 1] + (month == 2 && cv_is_leap_year(year));
}

CvDate cv_date(int year, int month, int day)
{
    if (year < 1 || year > 9999 || day < 1 || day > cv_days_in_month(year, month))
        return (CvDate){0};
    return (CvDate){(int16_t)year, (uint8_t)month, (uint8_t)day};
}

CvTime cv_time(int hour, int minute, int second, int microsecond)
{
    if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 59 || microsecond < 0 ||
        microsecond > 999999)
        return (CvTime){0};
    return (CvTime){(uint32_t)microsecond, (uint8_t)hour, (uint8_t)minute, (uint8_t)second, true};
}

CvDuration cv_duration(int64_t microseconds)
{
    return (CvDuration){microseconds, true};
}

/* Years are counted from March, so that the leap day is the last of its year; 400 years have 146097 days. */
int32_t cv_date_to_days(CvDate date)
{
    int year = date.year - (date.month <= 2);
    int era = (year >= 0 ? year : year - 399) / 400;
    int year_of_era = year - era * 400;
    int day_of_year = (153 * (date.month + (date.month > 2 ? -3 : 9)) + 2) / 5 + date.day - 1;
    int day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    return era * 146097 + day_of_era - 719468;
}

CvDate cv_date_from_days(int64_t days)
{
    if (days < -719162 || days > 2932896)
        return (CvDate){0};
    int shifted = (int)days + 719468;
    int era = shifted / 146097;
    int day_of_era = shifted % 146097;
    int year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
    int day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    int month = (5 * day_of_year + 2) / 153;
    int day = day_of_year - (153 * month + 2) / 5 + 1;
    month += month < 10 ? 3 : -9;
    return (CvDate){(int16_t)(year_of_era + era * 400 + (month <= 2)), (uint8_t)month, (uint8_t)day};
}

int cv_date_weekday(CvDate date)
{
    int day = (cv_date_to_days(date) + 3) % 7;
    return day < 0 ? day + 7 : day;
}

int cv_date_yearday(CvDate date)
{
    return cv_date_to_days(date) - cv_date_to_days((CvDate){date.year, 1, 1}) + 1;
}

/* The Monday on which the first ISO week of a year begins: the week that holds 4 January. */
static int32_t first_monday(int year)
{
    CvDate fourth = {(int16_t)year, 1, 4};
    return cv_date_to_days(fourth) - cv_date_weekday(fourth);
}

int cv_date_iso_week(CvDate date, int *iso_year)
{
    int year = date.year;
    int32_t day = cv_date_to_days(date);
    if (day < first_monday(year))
        year--;
    else if (day >= first_monday(year + 1))
        year++;
    if (iso_year)
        *iso_year = year;
    return (day - first_monday(year)) / 7 + 1;
}

int cv_date_compare(CvDate a, CvDate b)
{
    int64_t left = cv_date_is_set(a) ? cv_date_to_days(a) : INT32_MIN;
    int64_t right = cv_date_is_set(b) ? cv_date_to_days(b) : INT32_MIN;
    return (left > right) - (left < right);
}

int64_t cv_time_to_microseconds(CvTime time)
{
    return time.hour * CV_HOUR + time.minute * CV_MINUTE + time.second * CV_SECOND + time.microsecond;
}

CvTime cv_time_from_microseconds(int64_t microseconds)
{
    int64_t left = microseconds % CV_DAY;
    if (left < 0)
        left += CV_DAY;
    return (CvTime){(uint32_t)(left % CV_SECOND), (uint8_t)(left / CV_HOUR), (uint8_t)(left / CV_MINUTE % 60),
                    (uint8_t)(left / CV_SECOND % 60), true};
}

int cv_time_compare(CvTime a, CvTime b)
{
    int64_t left = a.set ? cv_time_to_microseconds(a) : -1;
    int64_t right = b.set ? cv_time_to_microseconds(b) : -1;
    return (left > right) - (left < right);
}
