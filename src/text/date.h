/* date.h: dates and times as text: ISO 8601, Django's formats, strptime formats, HTTP dates, "3 days ago".
 *
 *     CvDate day;
 *     if (cv_date_parse(cv_slice("2024-2-29"), &day) != CV_PARSED) ...
 *     cv_date_format(&out, CV_VALUE(day), cv_slice("N j, Y"));     // Feb. 29, 2024
 */
#ifndef CV_TEXT_DATE_H
#define CV_TEXT_DATE_H

#include "base/error.h"
#include "base/value.h"

CV_API_BEGIN

/* ---- parsing as django.utils.dateparse does ---- */

typedef enum CvParsed {
    CV_PARSED,     /* *out is set */
    CV_NOT_PARSED, /* not in the format: Django's None */
    CV_NO_SUCH,    /* in the format, but there is no such day or hour: Django's ValueError */
    CV_TOO_LARGE,  /* a duration that Django takes and a CvDuration does not hold */
} CvParsed;

/* All take the whole text. ISO 8601 forms of Python's fromisoformat(), and Django's laxer "2024-2-9". */
CvParsed cv_date_parse(CvSlice text, CvDate *out);
CvParsed cv_time_parse(CvSlice text, CvTime *out);
/* Naive without an offset, else aware in a fixed zone ("Z": UTC). */
CvParsed cv_datetime_parse(CvSlice text, CvDateTime *out);
/* What is wrong with a text for which one of the three above answered CV_NO_SUCH: "month must be in 1..12". */
const char *cv_date_problem(CvSlice text);
/* "4 15:30", "P4DT1H", "3 days 04:05:06", and "" for none at all; CV_NO_SUCH: beyond a thousand million
 * days, where Python ends; CV_TOO_LARGE: beyond CV_MOST_DAYS. */
#define CV_MOST_DAYS 106751991 /* whole days, either way, in 64 bits of microseconds: 292,271 years */
CvParsed cv_duration_parse(CvSlice text, CvDuration *out);

/* ---- strptime and strftime formats, for form input ---- */

/* A reading of a clock by Python's strptime rules with English names: %Y %y %m %d %b %B %a %A %H %I %M %S %f %p %j %U
 * %W %w %u %G %V %z %Z %x %X %c %%; white space in the format matches any. What the format does not name is
 * 1900-01-01T00:00; an offset is read but changes nothing. False: no match. Formats have at most 200 bytes. */
bool cv_strptime(CvSlice text, const char *format, CvDate *date, CvTime *time) CV_NODISCARD;
/* The same letters the other way; years have four digits. */
void cv_strftime(CvBuffer *out, const char *format, CvDate date, CvTime time);

/* ---- Django's date format language ---- */

/* Formats a date, time or date-time; a date-time is shown in its own zone (convert first with cv_datetime_to). Time
 * letters in a date's format are CV_ERROR_TYPE. Names are in the language of the running
 * context (text/i18n.h). */
bool cv_date_format(CvArena *arena, CvBuffer *out, CvValue value, CvSlice format, CvError *error) CV_NODISCARD;
/* The same with the letters of time alone: others stand for themselves... as Django's time_format. */
bool cv_time_format(CvArena *arena, CvBuffer *out, CvValue value, CvSlice format, CvError *error) CV_NODISCARD;

/* ---- other forms ---- */

/* ISO 8601 as Python's isoformat(): "2024-01-02", "10:20:30.000400", "2024-01-02T10:20:30+01:00". */
void cv_iso_format(CvBuffer *out, CvValue value);
/* "1 01:03:05.000007" (duration_string) and "P1DT01H03M05S" (duration_iso_string). */
void cv_duration_format(CvBuffer *out, int64_t microseconds);
void cv_duration_format_iso(CvBuffer *out, int64_t microseconds);

/* "Sun, 06 Nov 1994 08:49:37 GMT". */
void cv_http_date_format(CvBuffer *out, int64_t seconds);
/* The three forms of RFC 9110. CV_NO_SUCH: the form is right, the date is not. */
CvParsed cv_http_date_parse(CvSlice text, int64_t *seconds);

/* "1 year, 3 months" between two dates or date-times, with no-break spaces; at most `depth` adjacent units (Django's
 * default is 2); "0 minutes" if `then` is not before `now`. `now` null: the present. */
bool cv_timesince(CvArena *arena, CvBuffer *out, CvValue then, CvValue now, int depth, CvError *error) CV_NODISCARD;
bool cv_timeuntil(CvArena *arena, CvBuffer *out, CvValue then, CvValue now, int depth, CvError *error) CV_NODISCARD;

/* Other words for the units, year to minute: "%(num)d year", "%(num)d years"; NULL: the usual ones. */
typedef struct CvTimeUnits {
    const char *one[6], *many[6];
    const char *context; /* of the usual words' translations; or NULL */
} CvTimeUnits;
/* Both of the above; `units` may be NULL. */
bool cv_time_between(CvArena *arena, CvBuffer *out, CvValue then, CvValue now, bool until, int depth,
                     const CvTimeUnits *units, CvError *error) CV_NODISCARD;

/* English names (also the message ids of translations): month 1 to 12, weekday 0 Monday to 6 Sunday. */
const char *cv_month_name(int month);
const char *cv_month_abbreviation(int month); /* "jan" */
const char *cv_month_ap(int month);           /* Associated Press: "Jan.", "March" */
const char *cv_weekday_name(int weekday);
const char *cv_weekday_abbreviation(int weekday); /* "Mon" */

CV_API_END

#endif
