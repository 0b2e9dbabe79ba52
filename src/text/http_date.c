/* http_date.c: the dates of HTTP headers (RFC 9110, section 5.6.7). */
#include "text/date_private.h"
#include "text/utf8.h"

#define SECONDS_LAST INT64_C(253402300799) /* the end of the year 9999 */

void cv_http_date_format(CvBuffer *out, int64_t seconds)
{
    if (seconds > SECONDS_LAST)
        seconds = SECONDS_LAST;
    if (seconds < -62135596800) /* before the year 1 */
        seconds = -62135596800;
    CvClock clock = cv_datetime_clock((CvDateTime){seconds * CV_SECOND, cv_zone_utc}, NULL);
    cv_buffer_append(out, cv_weekday_abbreviation(cv_date_weekday(clock.date)), 3);
    cv_buffer_append(out, ", ", 2);
    cv_buffer_append_padded(out, clock.date.day, 2);
    cv_buffer_append_byte(out, ' ');
    cv_buffer_append(out, cv_month_name(clock.date.month), 3);
    cv_buffer_append_byte(out, ' ');
    cv_buffer_append_padded(out, (uint64_t)clock.date.year, 4);
    cv_buffer_append_byte(out, ' ');
    cv_buffer_append_padded(out, clock.time.hour, 2);
    cv_buffer_append_byte(out, ':');
    cv_buffer_append_padded(out, clock.time.minute, 2);
    cv_buffer_append_byte(out, ':');
    cv_buffer_append_padded(out, clock.time.second, 2);
    cv_buffer_append(out, " GMT", 4);
}

typedef struct Reading {
    int year, month, day, hour, minute, second;
} Reading;

static bool take_text(CvCursor *cursor, const char *text)
{
    for (; *text; text++)
        if (!cv_cursor_take(cursor, *text))
            return false;
    return true;
}

/* From `least` to `most` letters, digits or underscores. */
static bool take_word(CvCursor *cursor, size_t least, size_t most, CvSlice *out)
{
    CvSlice rest = cv_slice_of(cursor->at, (size_t)(cursor->end - cursor->at)), start = rest;
    size_t count = 0;
    for (CvSlice next = rest; count < most && next.length && cv_utf8_is_word(cv_utf8_next(&next)); count++)
        rest = next;
    *out = cv_slice_range(start, 0, start.length - rest.length);
    cursor->at = rest.data;
    return count >= least;
}

static bool take_month(CvCursor *cursor, int *month)
{
    CvSlice word;
    if (!take_word(cursor, 3, 3, &word))
        return false;
    *month = 0;
    for (int i = 1; i <= 12; i++)
        if (cv_slice_equal_fold(word, cv_slice(cv_month_abbreviation(i))))
            *month = i;
    return true;
}

static bool take_clock(CvCursor *cursor, Reading *out)
{
    return cv_cursor_digits(cursor, 2, 2, &out->hour) && cv_cursor_take(cursor, ':') &&
           cv_cursor_digits(cursor, 2, 2, &out->minute) && cv_cursor_take(cursor, ':') &&
           cv_cursor_digits(cursor, 2, 2, &out->second);
}

/* "Sun, 06 Nov 1994 08:49:37 GMT" */
static bool read_imf(CvCursor cursor, Reading *out)
{
    CvSlice day;
    return take_word(&cursor, 3, 3, &day) && take_text(&cursor, ", ") && cv_cursor_digits(&cursor, 2, 2, &out->day) &&
           cv_cursor_take(&cursor, ' ') && take_month(&cursor, &out->month) && cv_cursor_take(&cursor, ' ') &&
           cv_cursor_digits(&cursor, 4, 4, &out->year) && cv_cursor_take(&cursor, ' ') && take_clock(&cursor, out) &&
           take_text(&cursor, " GMT") && cv_cursor_is_done(&cursor);
}

/* "Sunday, 06-Nov-94 08:49:37 GMT" */
static bool read_rfc850(CvCursor cursor, Reading *out)
{
    CvSlice day;
    return take_word(&cursor, 6, 9, &day) && take_text(&cursor, ", ") && cv_cursor_digits(&cursor, 2, 2, &out->day) &&
           cv_cursor_take(&cursor, '-') && take_month(&cursor, &out->month) && cv_cursor_take(&cursor, '-') &&
           cv_cursor_digits(&cursor, 2, 2, &out->year) && cv_cursor_take(&cursor, ' ') && take_clock(&cursor, out) &&
           take_text(&cursor, " GMT") && cv_cursor_is_done(&cursor);
}

/* "Sun Nov  6 08:49:37 1994" */
static bool read_asctime(CvCursor cursor, Reading *out)
{
    CvSlice day;
    return take_word(&cursor, 3, 3, &day) && cv_cursor_take(&cursor, ' ') && take_month(&cursor, &out->month) &&
           cv_cursor_take(&cursor, ' ') &&
           (cv_cursor_take(&cursor, ' ') ? cv_cursor_digits(&cursor, 1, 1, &out->day)
                                         : cv_cursor_digits(&cursor, 2, 2, &out->day)) &&
           cv_cursor_take(&cursor, ' ') && take_clock(&cursor, out) && cv_cursor_take(&cursor, ' ') &&
           cv_cursor_digits(&cursor, 4, 4, &out->year) && cv_cursor_is_done(&cursor);
}

CvParsed cv_http_date_parse(CvSlice text, int64_t *seconds)
{
    CvCursor cursor = {text.data, text.data + text.length};
    Reading reading = {0};
    if (!text.length)
        return CV_NOT_PARSED;
    if (!read_imf(cursor, &reading)) {
        reading = (Reading){0};
        if (!read_rfc850(cursor, &reading)) {
            reading = (Reading){0};
            if (!read_asctime(cursor, &reading))
                return CV_NOT_PARSED;
        }
    }
    if (reading.year < 100) {
        /* More than 50 years ahead means the past. */
        int now = cv_datetime_clock(cv_now_utc(), cv_zone_utc).date.year;
        bool past = reading.year - now % 100 > 50;
        reading.year += now - now % 100 - (past ? 100 : 0);
    }
    CvDate date = cv_date(reading.year, reading.month, reading.day);
    CvTime time = cv_time(reading.hour, reading.minute, reading.second, 0);
    if (!cv_date_is_set(date) || !cv_time_is_set(time))
        return CV_NO_SUCH;
    *seconds = cv_datetime_in(date, time, cv_zone_utc, false).microseconds / CV_SECOND;
    return CV_PARSED;
}
