/* zone_rule.c: the POSIX TZ rule: two clocks and the two days a year on which they change. */
#include "base/zone_private.h"

static bool take(CvSlice *text, char byte)
{
    if (!text->length || *text->data != byte)
        return false;
    *text = cv_slice_skip(*text, 1);
    return true;
}

static bool take_number(CvSlice *text, int least, int most, int *out)
{
    int number = 0;
    size_t digits = 0;
    while (digits < text->length && text->data[digits] >= '0' && text->data[digits] <= '9' && digits < 4)
        number = number * 10 + (text->data[digits++] - '0');
    *text = cv_slice_skip(*text, digits);
    *out = number;
    return digits && number >= least && number <= most;
}

/* "<+0330>" or three letters or more. */
static bool take_name(CvArena *arena, CvSlice *text, const char **out)
{
    bool quoted = take(text, '<');
    size_t length = 0;
    for (; length < text->length; length++) {
        char c = text->data[length];
        bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        if (!letter && !(quoted && ((c >= '0' && c <= '9') || c == '+' || c == '-')))
            break;
    }
    if (length < 3 || length > 32)
        return false;
    *out = cv_arena_strndup(arena, text->data, length);
    *text = cv_slice_skip(*text, length);
    return !quoted || take(text, '>');
}

/* [+-]hh[:mm[:ss]], in seconds. */
static bool take_time(CvSlice *text, int most_hours, int32_t *out)
{
    bool negative = take(text, '-');
    if (!negative)
        take(text, '+');
    int hours, minutes = 0, seconds = 0;
    if (!take_number(text, 0, most_hours, &hours) ||
        (take(text, ':') &&
         (!take_number(text, 0, 59, &minutes) || (take(text, ':') && !take_number(text, 0, 59, &seconds)))))
        return false;
    int32_t sum = hours * 3600 + minutes * 60 + seconds;
    *out = negative ? -sum : sum;
    return true;
}

static bool take_day(CvSlice *text, CvZoneDay *out)
{
    bool good;
    if (take(text, 'M')) {
        out->form = CV_DAY_NTH_WEEKDAY;
        good = take_number(text, 1, 12, &out->month) && take(text, '.') && take_number(text, 1, 5, &out->week) &&
               take(text, '.') && take_number(text, 0, 6, &out->weekday);
    } else if (take(text, 'J')) {
        out->form = CV_DAY_JULIAN;
        good = take_number(text, 1, 365, &out->day);
    } else {
        out->form = CV_DAY_ZERO_BASED;
        good = take_number(text, 0, 365, &out->day);
    }
    out->time = 2 * 3600;
    return good && (!take(text, '/') || take_time(text, 167, &out->time));
}

bool cv_zone_rule_parse(CvArena *arena, CvSlice text, CvZoneRule *out)
{
    *out = (CvZoneRule){0};
    int32_t west;
    if (!take_name(arena, &text, &out->standard.abbreviation) || !take_time(&text, 24, &west))
        return false;
    out->standard.offset = -west;
    if (!text.length)
        return true;
    if (!take_name(arena, &text, &out->daylight.abbreviation))
        return false;
    out->has_daylight = true;
    out->daylight.dst = true;
    out->daylight.offset = out->standard.offset + 3600;
    if (text.length && *text.data != ',') {
        if (!take_time(&text, 24, &west))
            return false;
        out->daylight.offset = -west;
    }
    return take(&text, ',') && take_day(&text, &out->start) && take(&text, ',') && take_day(&text, &out->end) &&
           !text.length;
}

/* The change of a year, in seconds since 1970 of the clock that runs until then. */
static int64_t change_in(const CvZoneDay *day, int year)
{
    int64_t date;
    if (day->form == CV_DAY_NTH_WEEKDAY) {
        CvDate first = {(int16_t)year, (uint8_t)day->month, 1};
        int weekday = (cv_date_weekday(first) + 1) % 7; /* 0 Sunday */
        int in_month = 1 + (day->weekday - weekday + 7) % 7 + (day->week - 1) * 7;
        if (in_month > cv_days_in_month(year, day->month))
            in_month -= 7;
        date = cv_date_to_days(first) + in_month - 1;
    } else {
        date = cv_date_to_days((CvDate){(int16_t)year, 1, 1}) + day->day;
        if (day->form == CV_DAY_JULIAN)
            date += (cv_is_leap_year(year) && day->day >= 60) - 1;
    }
    return date * 86400 + day->time;
}

static int year_of(int64_t seconds)
{
    int64_t days = seconds / 86400 - (seconds % 86400 < 0);
    CvDate date = cv_date_from_days(days);
    return cv_date_is_set(date) ? date.year : days < 0 ? 1 : 9999;
}

static bool is_between(int64_t start, int64_t end, int64_t at)
{
    return start < end ? at >= start && at < end : !(at >= end && at < start);
}

const CvZoneType *cv_zone_rule_at(const CvZoneRule *rule, int64_t seconds, bool *fold)
{
    *fold = false;
    if (!rule->has_daylight)
        return &rule->standard;
    int year = year_of(seconds);
    int64_t start = change_in(&rule->start, year) - rule->standard.offset;
    int64_t end = change_in(&rule->end, year) - rule->daylight.offset;
    int32_t gain = rule->daylight.offset - rule->standard.offset;
    int64_t twice = gain > 0 ? end : start; /* from here on readings repeat */
    *fold = seconds >= twice && seconds < twice + (gain > 0 ? gain : -gain);
    return is_between(start, end, seconds) ? &rule->daylight : &rule->standard;
}

const CvZoneType *cv_zone_rule_local(const CvZoneRule *rule, int64_t reading, bool fold)
{
    if (!rule->has_daylight)
        return &rule->standard;
    int year = year_of(reading);
    int64_t start = change_in(&rule->start, year), end = change_in(&rule->end, year);
    int32_t gain = rule->daylight.offset - rule->standard.offset;
    if (fold == (gain >= 0))
        end -= gain;
    else
        start += gain;
    return is_between(start, end, reading) ? &rule->daylight : &rule->standard;
}
