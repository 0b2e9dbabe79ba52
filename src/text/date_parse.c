/* date_parse.c: dates and times by ISO 8601 as Python reads it, else by Django's laxer patterns. */
#include <unictype.h>

#include "text/date.h"
#include "text/date_private.h"
#include "text/utf8.h"

bool cv_cursor_open(CvCursor *cursor, CvSlice text, char room[CV_CURSOR_ROOM])
{
    *cursor = (CvCursor){text.data, text.data + text.length};
    if (cv_utf8_is_ascii(text))
        return true;
    /* Digits of other scripts count as digits. */
    if (text.length > CV_CURSOR_ROOM)
        return false;
    CvBuffer out = {.data = room, .capacity = CV_CURSOR_ROOM};
    while (text.length) {
        uint32_t point = cv_utf8_next(&text);
        int digit = point >= 0x80 ? uc_decimal_value(point) : -1;
        if (CV_CURSOR_ROOM - out.length < 4)
            return false;
        cv_utf8_append(&out, digit >= 0 ? (uint32_t)('0' + digit) : point);
    }
    *cursor = (CvCursor){room, room + out.length};
    return true;
}

bool cv_cursor_take(CvCursor *cursor, char byte)
{
    if (cursor->at == cursor->end || *cursor->at != byte)
        return false;
    cursor->at++;
    return true;
}

bool cv_cursor_digits(CvCursor *cursor, int least, int most, int *out)
{
    int number = 0, count = 0;
    const char *at = cursor->at;
    while (at < cursor->end && count < most && *at >= '0' && *at <= '9') {
        number = number * 10 + (*at++ - '0');
        count++;
    }
    if (count < least)
        return false;
    cursor->at = at;
    *out = number;
    return true;
}

bool cv_cursor_is_done(const CvCursor *cursor)
{
    /* Like "$": one line feed may follow. */
    return cursor->at == cursor->end || (cursor->at + 1 == cursor->end && *cursor->at == '\n');
}

/* ".123456789": at most `most` digits, of which six count. */
bool cv_cursor_fraction(CvCursor *cursor, int most, int *microseconds)
{
    int sum = 0, count = 0;
    const char *at = cursor->at;
    while (at < cursor->end && count < most && *at >= '0' && *at <= '9') {
        if (count < 6)
            sum = sum * 10 + (*at - '0');
        count++;
        at++;
    }
    if (!count)
        return false;
    for (int i = count; i < 6; i++)
        sum *= 10;
    cursor->at = at;
    *microseconds = sum;
    return true;
}

/* ---- ISO 8601 ---- */

static CvDate date_of_week(int year, int week, int day)
{
    CvDate fourth = cv_date(year, 1, 4);
    if (!cv_date_is_set(fourth) || week < 1 || week > 53 || day < 1 || day > 7)
        return (CvDate){0};
    int64_t monday = cv_date_to_days(fourth) - cv_date_weekday(fourth);
    CvDate date = cv_date_from_days(monday + (week - 1) * 7 + day - 1);
    int iso_year;
    if (!cv_date_is_set(date) || cv_date_iso_week(date, &iso_year) != week || iso_year != year)
        return (CvDate){0};
    return date;
}

/* YYYY-MM-DD, YYYYMMDD, YYYY-Www[-D], YYYYWww[D]. */
static bool iso_date(CvCursor cursor, CvDate *out)
{
    int year, month, day = 1;
    if (!cv_cursor_digits(&cursor, 4, 4, &year))
        return false;
    bool dashes = cv_cursor_take(&cursor, '-');
    if (cv_cursor_take(&cursor, 'W')) {
        int week;
        if (!cv_cursor_digits(&cursor, 2, 2, &week))
            return false;
        if (cursor.at < cursor.end &&
            ((dashes && !cv_cursor_take(&cursor, '-')) || !cv_cursor_digits(&cursor, 1, 1, &day)))
            return false;
        *out = date_of_week(year, week, day);
    } else {
        if (!cv_cursor_digits(&cursor, 2, 2, &month) || (dashes && !cv_cursor_take(&cursor, '-')) ||
            !cv_cursor_digits(&cursor, 2, 2, &day))
            return false;
        *out = cv_date(year, month, day);
    }
    return cursor.at == cursor.end && cv_date_is_set(*out);
}

typedef struct Clock {
    int hour, minute, second, microsecond;
} Clock;

/* HH[:MM[:SS]] or without the colons, and a fraction behind any of them, as Python reads it. */
static bool iso_clock(CvCursor cursor, Clock *out)
{
    *out = (Clock){0};
    int *parts[] = {&out->hour, &out->minute, &out->second};
    bool colons = false;
    for (size_t i = 0; i < CV_COUNT_OF(parts); i++) {
        if (!cv_cursor_digits(&cursor, 2, 2, parts[i]))
            return false;
        if (cursor.at == cursor.end)
            return true;
        if (cv_cursor_take(&cursor, '.') || cv_cursor_take(&cursor, ','))
            break;
        bool colon = cv_cursor_take(&cursor, ':');
        if (i == 0)
            colons = colon;
        if (colon != colons || (colon && i == 2))
            return false;
    }
    /* Without a point at least two digits: one alone is not taken for a fraction. */
    if (cursor.end - cursor.at == 1 && cursor.at[-1] != '.' && cursor.at[-1] != ',')
        return false;
    return cv_cursor_fraction(&cursor, INT32_MAX, &out->microsecond) && cursor.at == cursor.end;
}

/* A clock with an optional offset; *zone stays naive without one. */
static bool iso_time(CvCursor cursor, CvTime *out, const CvZone **zone)
{
    const char *sign = cursor.at;
    while (sign < cursor.end && !memchr("+-Z", *sign, 3))
        sign++;
    Clock clock, offset;
    if (!iso_clock((CvCursor){cursor.at, sign}, &clock))
        return false;
    *out = cv_time(clock.hour, clock.minute, clock.second, clock.microsecond);
    *zone = cv_zone_naive;
    if (!cv_time_is_set(*out))
        return false;
    if (sign == cursor.end)
        return true;
    if (*sign == 'Z') {
        *zone = cv_zone_utc;
        return sign + 1 == cursor.end;
    }
    if (!iso_clock((CvCursor){sign + 1, cursor.end}, &offset) || offset.microsecond)
        return false;
    int32_t seconds = offset.hour * 3600 + offset.minute * 60 + offset.second;
    *zone = seconds ? cv_zone_fixed(*sign == '-' ? -seconds : seconds, NULL) : cv_zone_utc;
    return *zone != NULL;
}

static bool is_digit_at(CvCursor cursor, size_t at)
{
    return cursor.at + at < cursor.end && cursor.at[at] >= '0' && cursor.at[at] <= '9';
}

/* Where the date ends and one character, whichever, separates the time. */
static size_t iso_separator(CvCursor cursor)
{
    size_t length = (size_t)(cursor.end - cursor.at);
    if (length <= 7)
        return 7;
    if (cursor.at[4] == '-') {
        if (cursor.at[5] != 'W')
            return 10;
        return length > 8 && cursor.at[8] == '-' && !is_digit_at(cursor, 10) ? 10 : 8;
    }
    if (cursor.at[4] != 'W')
        return 8;
    size_t digits = 7;
    while (is_digit_at(cursor, digits))
        digits++;
    return digits < 9 ? digits : digits % 2 == 0 ? 7 : 8;
}

static bool iso_datetime(CvCursor cursor, CvDateTime *out)
{
    size_t length = (size_t)(cursor.end - cursor.at);
    size_t separator = iso_separator(cursor);
    if (length < 7)
        return false;
    if (separator > length)
        separator = length;
    CvDate date;
    CvTime time = cv_time(0, 0, 0, 0);
    const CvZone *zone = cv_zone_naive;
    if (!iso_date((CvCursor){cursor.at, cursor.at + separator}, &date))
        return false;
    if (separator < length) {
        CvSlice rest = cv_slice_of(cursor.at + separator, length - separator);
        cv_utf8_next(&rest);
        if (!iso_time((CvCursor){rest.data, rest.data + rest.length}, &time, &zone))
            return false;
    }
    *out = cv_datetime_in(date, time, zone, false);
    return true;
}

/* As it was written: ISO's own digits are ASCII, those of Django's patterns of any script. */
static CvCursor as_written(CvSlice text)
{
    return (CvCursor){text.data, text.data + text.length};
}

/* ---- Django's patterns ---- */

static bool lax_date(CvCursor *cursor, int *year, int *month, int *day)
{
    return cv_cursor_digits(cursor, 4, 4, year) && cv_cursor_take(cursor, '-') &&
           cv_cursor_digits(cursor, 1, 2, month) && cv_cursor_take(cursor, '-') && cv_cursor_digits(cursor, 1, 2, day);
}

static bool lax_clock(CvCursor *cursor, Clock *out)
{
    *out = (Clock){0};
    if (!cv_cursor_digits(cursor, 1, 2, &out->hour) || !cv_cursor_take(cursor, ':') ||
        !cv_cursor_digits(cursor, 1, 2, &out->minute))
        return false;
    CvCursor before = *cursor;
    if (!cv_cursor_take(cursor, ':') || !cv_cursor_digits(cursor, 1, 2, &out->second)) {
        *cursor = before;
        return true;
    }
    before = *cursor;
    if ((cv_cursor_take(cursor, '.') || cv_cursor_take(cursor, ',')) &&
        cv_cursor_fraction(cursor, 12, &out->microsecond))
        return true;
    *cursor = before;
    return true;
}

static bool lax_offset(CvCursor *cursor, const CvZone **zone)
{
    *zone = cv_zone_naive;
    if (cv_cursor_take(cursor, 'Z')) {
        *zone = cv_zone_utc;
        return true;
    }
    bool negative = cursor->at < cursor->end && *cursor->at == '-';
    if (!negative && !(cursor->at < cursor->end && *cursor->at == '+'))
        return true;
    int hours, minutes = 0;
    cursor->at++;
    if (!cv_cursor_digits(cursor, 2, 2, &hours))
        return false;
    cv_cursor_take(cursor, ':');
    if (!cv_cursor_digits(cursor, 2, 2, &minutes) && cursor->at[-1] == ':')
        return false;
    int32_t seconds = hours * 3600 + minutes * 60;
    *zone = seconds ? cv_zone_fixed(negative ? -seconds : seconds, NULL) : cv_zone_utc;
    return true;
}

CvParsed cv_date_parse(CvSlice text, CvDate *out)
{
    char room[CV_CURSOR_ROOM];
    CvCursor cursor;
    CvDate date;
    int year, month, day;
    if (!cv_cursor_open(&cursor, text, room))
        return CV_NOT_PARSED;
    size_t length = (size_t)(cursor.end - cursor.at);
    if ((length == 7 || length == 8 || length == 10) && iso_date(as_written(text), &date)) {
        *out = date;
        return CV_PARSED;
    }
    if (!lax_date(&cursor, &year, &month, &day) || !cv_cursor_is_done(&cursor))
        return CV_NOT_PARSED;
    date = cv_date(year, month, day);
    if (!cv_date_is_set(date))
        return CV_NO_SUCH;
    *out = date;
    return CV_PARSED;
}

CvParsed cv_time_parse(CvSlice text, CvTime *out)
{
    char room[CV_CURSOR_ROOM];
    CvCursor cursor;
    CvTime time;
    const CvZone *zone;
    Clock clock;
    if (!cv_cursor_open(&cursor, text, room))
        return CV_NOT_PARSED;
    CvCursor bare = as_written(text);
    cv_cursor_take(&bare, 'T');
    if (iso_time(bare, &time, &zone)) {
        *out = time;
        return CV_PARSED;
    }
    if (!lax_clock(&cursor, &clock) || !cv_cursor_is_done(&cursor))
        return CV_NOT_PARSED;
    time = cv_time(clock.hour, clock.minute, clock.second, clock.microsecond);
    if (!cv_time_is_set(time))
        return CV_NO_SUCH;
    *out = time;
    return CV_PARSED;
}

CvParsed cv_datetime_parse(CvSlice text, CvDateTime *out)
{
    char room[CV_CURSOR_ROOM];
    CvCursor cursor;
    Clock clock;
    const CvZone *zone;
    int year, month, day;
    if (!cv_cursor_open(&cursor, text, room))
        return CV_NOT_PARSED;
    if (iso_datetime(as_written(text), out))
        return CV_PARSED;
    if (!lax_date(&cursor, &year, &month, &day) || !(cv_cursor_take(&cursor, 'T') || cv_cursor_take(&cursor, ' ')) ||
        !lax_clock(&cursor, &clock))
        return CV_NOT_PARSED;
    CvSlice rest = cv_slice_of(cursor.at, (size_t)(cursor.end - cursor.at));
    for (CvSlice next = rest; next.length && cv_utf8_is_space(cv_utf8_next(&next));)
        rest = next;
    cursor.at = rest.data;
    if (!lax_offset(&cursor, &zone) || !cv_cursor_is_done(&cursor))
        return CV_NOT_PARSED;
    CvDate date = cv_date(year, month, day);
    CvTime time = cv_time(clock.hour, clock.minute, clock.second, clock.microsecond);
    if (!cv_date_is_set(date) || !cv_time_is_set(time) || !zone)
        return CV_NO_SUCH;
    *out = cv_datetime_in(date, time, zone, false);
    return CV_PARSED;
}

const char *cv_date_problem(CvSlice text)
{
    char room[CV_CURSOR_ROOM];
    CvCursor cursor, start;
    Clock clock = {0};
    int year, month, day;
    if (!cv_cursor_open(&cursor, text, room))
        return "the text is too long";
    start = cursor;
    if (lax_date(&cursor, &year, &month, &day)) {
        if (year == 0)
            return "year 0 is out of range";
        if (month < 1 || month > 12)
            return "month must be in 1..12";
        if (day < 1 || day > cv_days_in_month(year, month))
            return "day is out of range for month";
        cursor.at += cursor.at < cursor.end;
    } else {
        cursor = start;
    }
    if (lax_clock(&cursor, &clock)) {
        if (clock.hour > 23)
            return "hour must be in 0..23";
        if (clock.minute > 59)
            return "minute must be in 0..59";
        if (clock.second > 59)
            return "second must be in 0..59";
    }
    return "the value is out of range";
}
