/* duration_parse.c: Django's three ways to write a duration: its own, ISO 8601's and PostgreSQL's. */
#include <math.h>

#include "text/date_private.h"
#include "text/utf8.h"

/* Parts in their units, as doubles like Python's; the sum is rounded to microseconds part by part. */
typedef struct Parts {
    double weeks, days, hours, minutes, seconds, microseconds;
} Parts;

static bool read_number(CvCursor *cursor, bool fraction, double *out)
{
    const char *start = cursor->at;
    char text[CV_CURSOR_ROOM];
    while (cursor->at < cursor->end && *cursor->at >= '0' && *cursor->at <= '9')
        cursor->at++;
    if (cursor->at == start)
        return false;
    const char *whole = cursor->at;
    if (fraction && cursor->at < cursor->end && (*cursor->at == '.' || *cursor->at == ',')) {
        cursor->at++;
        const char *digits = cursor->at;
        while (cursor->at < cursor->end && *cursor->at >= '0' && *cursor->at <= '9')
            cursor->at++;
        if (cursor->at == digits)
            cursor->at = whole;
    }
    size_t length = (size_t)(cursor->at - start);
    if (length >= sizeof text)
        return false;
    for (size_t i = 0; i < length; i++)
        text[i] = start[i] == ',' ? '.' : start[i];
    return cv_slice_to_double(cv_slice_of(text, length), out);
}

/* "4 15:30:10.5", "-4 15:30", "3 days, 1:00": [days ][-][[hours:]minutes:]seconds[.fraction] */
static bool read_standard(CvCursor cursor, Parts *parts, double *sign)
{
    CvCursor before = cursor;
    bool minus = cv_cursor_take(&cursor, '-');
    if (read_number(&cursor, false, &parts->days) && cv_cursor_take(&cursor, ' ')) {
        if (minus)
            parts->days = -parts->days;
        CvSlice rest = cv_slice_of(cursor.at, (size_t)(cursor.end - cursor.at));
        if (cv_slice_starts_with(rest, CV_SLICE("days, ")))
            cursor.at += 6;
        else if (cv_slice_starts_with(rest, CV_SLICE("day, ")))
            cursor.at += 5;
    } else {
        parts->days = 0;
        cursor = before;
    }
    *sign = cv_cursor_take(&cursor, '-') ? -1 : 1;
    double numbers[3];
    int count = 0;
    do {
        if (!read_number(&cursor, false, &numbers[count++]))
            return false;
    } while (count < 3 && cv_cursor_take(&cursor, ':'));
    parts->seconds = numbers[count - 1];
    parts->minutes = count > 1 ? numbers[count - 2] : 0;
    parts->hours = count > 2 ? numbers[0] : 0;
    int microseconds = 0;
    if ((cv_cursor_take(&cursor, '.') || cv_cursor_take(&cursor, ',')) &&
        !cv_cursor_fraction(&cursor, 12, &microseconds))
        return false;
    parts->microseconds = microseconds;
    return cv_cursor_is_done(&cursor);
}

/* "P4DT1H3M5.5S" */
static bool read_iso(CvCursor cursor, Parts *parts, double *sign)
{
    *sign = cv_cursor_take(&cursor, '-') ? -1 : 1;
    if (*sign > 0)
        cv_cursor_take(&cursor, '+');
    if (!cv_cursor_take(&cursor, 'P'))
        return false;
    const struct {
        char letter;
        double *part;
    } units[] = {{'W', &parts->weeks}, {'D', &parts->days},    {'T', NULL},
                 {'H', &parts->hours}, {'M', &parts->minutes}, {'S', &parts->seconds}};
    bool time = false;
    for (size_t i = 0; i < CV_COUNT_OF(units); i++) {
        if (!units[i].part) {
            time = cv_cursor_take(&cursor, 'T');
            continue;
        }
        CvCursor before = cursor;
        double number;
        if ((i > 2 && !time) || !read_number(&cursor, true, &number) || !cv_cursor_take(&cursor, units[i].letter))
            cursor = before;
        else
            *units[i].part = number;
    }
    parts->days *= *sign;
    return cv_cursor_is_done(&cursor);
}

/* "3 days 04:05:06", "1 day -00:00:01" */
static bool read_postgres(CvCursor cursor, Parts *parts, double *sign)
{
    CvCursor before = cursor;
    bool minus = cv_cursor_take(&cursor, '-');
    CvSlice rest = {NULL, 0};
    if (read_number(&cursor, false, &parts->days))
        rest = cv_slice_of(cursor.at, (size_t)(cursor.end - cursor.at));
    if (cv_slice_starts_with(rest, CV_SLICE(" day"))) {
        cursor.at += 4;
        cv_cursor_take(&cursor, 's');
        cv_cursor_take(&cursor, ' ');
        if (minus)
            parts->days = -parts->days;
    } else {
        parts->days = 0;
        cursor = before;
    }
    *sign = 1;
    if (cv_cursor_is_done(&cursor))
        return true;
    *sign = cv_cursor_take(&cursor, '-') ? -1 : 1;
    if (*sign > 0)
        cv_cursor_take(&cursor, '+');
    int minutes, seconds, microseconds = 0;
    if (!read_number(&cursor, false, &parts->hours) || !cv_cursor_take(&cursor, ':') ||
        !cv_cursor_digits(&cursor, 2, 2, &minutes) || !cv_cursor_take(&cursor, ':') ||
        !cv_cursor_digits(&cursor, 2, 2, &seconds) ||
        (cv_cursor_take(&cursor, '.') && !cv_cursor_fraction(&cursor, 6, &microseconds)))
        return false;
    parts->minutes = minutes;
    parts->seconds = seconds;
    parts->microseconds = microseconds;
    return cv_cursor_is_done(&cursor);
}

/* Python's durations need 67 bits, and their parts may be larger before they are added up. */
typedef __int128 Microseconds;

/* Whole numbers exactly, others rounded to microseconds. */
static bool add_part(Microseconds *sum, double number, int64_t unit)
{
    if (fabs(number) < 9007199254740992.0 && number == trunc(number)) {
        *sum += (Microseconds)number * unit;
        return true;
    }
    number = nearbyint(number * (double)unit);
    if (!(fabs(number) < 1e30))
        return false;
    *sum += (Microseconds)number;
    return true;
}

static CvParsed in_range(Microseconds sum, CvDuration *out)
{
    const Microseconds most = (Microseconds)1000000000 * CV_DAY;
    if (sum >= most || sum < CV_DAY - most)
        return CV_NO_SUCH;
    if (sum > INT64_MAX || sum < INT64_MIN)
        return CV_TOO_LARGE;
    *out = cv_duration((int64_t)sum);
    return CV_PARSED;
}

CvParsed cv_duration_parse(CvSlice text, CvDuration *out)
{
    char room[CV_CURSOR_ROOM];
    CvCursor cursor;
    Parts parts = {0};
    double sign;
    if (!cv_cursor_open(&cursor, text, room))
        return CV_NOT_PARSED;
    if (!read_standard(cursor, &parts, &sign)) {
        parts = (Parts){0};
        if (!read_iso(cursor, &parts, &sign)) {
            parts = (Parts){0};
            if (!read_postgres(cursor, &parts, &sign))
                return CV_NOT_PARSED;
        }
    }
    /* Weeks follow the sign with the rest; the days have one of their own. */
    Microseconds sum = 0;
    if (!add_part(&sum, parts.days, CV_DAY) || !add_part(&sum, sign * parts.weeks, 7 * CV_DAY) ||
        !add_part(&sum, sign * parts.hours, CV_HOUR) || !add_part(&sum, sign * parts.minutes, CV_MINUTE) ||
        !add_part(&sum, sign * parts.seconds, CV_SECOND) || !add_part(&sum, sign * parts.microseconds, 1))
        return CV_NO_SUCH;
    return in_range(sum, out);
}
