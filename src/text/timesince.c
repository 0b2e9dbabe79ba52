/* timesince.c: "1 year, 3 months": the time between two dates in calendar units. */
#include "text/date.h"
#include "text/i18n.h"

#define NBSP "\xC2\xA0"

typedef struct Reading {
    CvDate date;
    int64_t microseconds; /* since midnight */
} Reading;

static int64_t sum_of(Reading reading)
{
    return cv_date_to_days(reading.date) * CV_DAY + reading.microseconds;
}

static Reading reading_of(CvValue value, const CvZone *zone)
{
    if (value.kind == CV_DATE)
        return (Reading){value.date, 0};
    CvClock clock = cv_datetime_clock(value.datetime, zone);
    return (Reading){clock.date, cv_time_to_microseconds(clock.time)};
}

/* "%(num)d years" with the number in it, and no-break spaces. */
static void append_phrase(CvBuffer *out, int64_t count, CvSlice phrase)
{
    while (phrase.length) {
        if (cv_slice_starts_with(phrase, CV_SLICE("%(num)d"))) {
            cv_buffer_append_int(out, count);
            phrase = cv_slice_skip(phrase, 7);
            continue;
        }
        if (*phrase.data == ' ')
            cv_buffer_append_string(out, NBSP);
        else
            cv_buffer_append_byte(out, *phrase.data);
        phrase = cv_slice_skip(phrase, 1);
    }
}

static void append_unit(CvBuffer *out, int64_t count, int unit, const CvTimeUnits *units)
{
    static const char *const one[] = {"%(num)d year", "%(num)d month", "%(num)d week",
                                      "%(num)d day",  "%(num)d hour",  "%(num)d minute"};
    static const char *const many[] = {"%(num)d years", "%(num)d months", "%(num)d weeks",
                                       "%(num)d days",  "%(num)d hours",  "%(num)d minutes"};
    const char *phrase = !units ? NULL : count == 1 ? units->one[unit] : units->many[unit];
    append_phrase(out, count,
                  phrase
                      ? cv_slice(phrase)
                      : cv_ngettext(units ? units->context : NULL, cv_slice(one[unit]), cv_slice(many[unit]), count));
}

/* Whole years and months from `d` to `now`, and the weeks, days, hours and minutes that are left. */
static void split(Reading d, Reading now, int64_t counts[6])
{
    static const int8_t month_days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    static const int64_t chunks[] = {7 * CV_DAY, CV_DAY, CV_HOUR, CV_MINUTE};
    int months = (now.date.year - d.date.year) * 12 + (now.date.month - d.date.month);
    if (d.date.day > now.date.day || (d.date.day == now.date.day && d.microseconds > now.microseconds))
        months--;
    counts[0] = months / 12;
    counts[1] = months % 12;
    Reading pivot = d;
    if (months) {
        int month = d.date.month - 1 + months;
        int day = month_days[month % 12] < d.date.day ? month_days[month % 12] : d.date.day;
        pivot.date = cv_date(d.date.year + month / 12, month % 12 + 1, day);
        pivot.microseconds -= pivot.microseconds % CV_SECOND;
    }
    int64_t rest = sum_of(now) - sum_of(pivot);
    for (int i = 0; i < 4; i++) {
        counts[2 + i] = rest / chunks[i];
        rest %= chunks[i];
    }
}

static bool is_day(CvValue value)
{
    return value.kind == CV_DATE || value.kind == CV_DATETIME;
}

static bool is_naive(CvValue value)
{
    return value.kind == CV_DATE || cv_datetime_is_naive(value.datetime);
}

bool cv_time_between(CvArena *arena, CvBuffer *out, CvValue then, CvValue now, bool until, int depth,
                     const CvTimeUnits *units, CvError *error)
{
    if (depth <= 0)
        return cv_fail(arena, error, CV_ERROR_VALUE, "depth must be greater than 0.");
    if (!is_day(then) || (now.kind != CV_NULL && now.kind != CV_MISSING && !is_day(now)))
        return cv_fail(arena, error, CV_ERROR_ATTRIBUTE, "There is no time since a %s.", cv_value_kind_name(then));
    const CvZone *zone = is_naive(then) ? NULL : then.datetime.zone;
    if (!is_day(now)) {
        CvDateTime present = cv_now_utc();
        if (!zone) {
            CvClock clock = cv_datetime_clock(present, cv_default_zone());
            present = cv_datetime_naive(clock.date, clock.time);
        }
        now = cv_value_datetime(present);
    }
    if (is_naive(then) != is_naive(now))
        return cv_fail(arena, error, CV_ERROR_TYPE, "can't subtract offset-naive and offset-aware datetimes");
    Reading a = reading_of(then, zone), b = reading_of(now, zone);
    if (until) {
        Reading swapped = a;
        a = b;
        b = swapped;
    }
    int64_t counts[6] = {0};
    if (sum_of(b) - sum_of(a) >= CV_SECOND)
        split(a, b, counts);
    int first = 0;
    while (first < 6 && !counts[first])
        first++;
    if (first == 6) {
        append_unit(out, 0, 5, units);
        return true;
    }
    for (int i = first; i < 6 && i - first < depth && counts[i]; i++) {
        if (i > first)
            cv_buffer_append_slice(out, cv_gettext(NULL, CV_SLICE(", ")));
        append_unit(out, counts[i], i, units);
    }
    return true;
}

bool cv_timesince(CvArena *arena, CvBuffer *out, CvValue then, CvValue now, int depth, CvError *error)
{
    return cv_time_between(arena, out, then, now, false, depth, NULL, error);
}

bool cv_timeuntil(CvArena *arena, CvBuffer *out, CvValue then, CvValue now, int depth, CvError *error)
{
    return cv_time_between(arena, out, then, now, true, depth, NULL, error);
}
