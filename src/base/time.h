/* time.h: dates, times of day, instants with zones, durations, and the clock.
 *
 * All types are values whose zero is "not set" (a column's NULL, an empty form field); the cv_..._is_set functions ask.
 * The calendar is the proleptic Gregorian one, years 1 to 9999, as in Python's datetime; leap seconds do not exist.
 *
 *     CvDate day = cv_date(2024, 2, 29);
 *     CvDateTime now = cv_now();                                     // aware, UTC
 *     CvClock wall = cv_datetime_clock(now, cv_zone("Europe/Berlin"));
 *
 * Text forms (ISO 8601, Django's date formats) are in text/date.h. */
#ifndef CV_BASE_TIME_H
#define CV_BASE_TIME_H

#include "base/slice.h"

CV_API_BEGIN

typedef struct CvDate {
    int16_t year;       /* 1 to 9999 */
    uint8_t month, day; /* 1 to 12, 1 to 31; month 0: not set */
} CvDate;

typedef struct CvTime {
    uint32_t microsecond; /* 0 to 999999 */
    uint8_t hour, minute, second;
    bool set;
} CvTime;

typedef struct CvZone CvZone;

/* An instant (aware: a zone that is not cv_zone_naive; microseconds since 1970-01-01T00:00:00 UTC) or a wall clock
 * reading without a zone (naive: zone is cv_zone_naive; microseconds since 1970-01-01T00:00:00 of that clock).
 * zone NULL: not set. */
typedef struct CvDateTime {
    int64_t microseconds;
    const CvZone *zone;
} CvDateTime;

typedef struct CvDuration {
    int64_t microseconds;
    bool set;
} CvDuration;

/* A wall clock's reading: what a date-time looks like in a zone. */
typedef struct CvClock {
    CvDate date;
    CvTime time;
    int32_t utc_offset;       /* seconds east of UTC; 0 for naive */
    bool dst;                 /* daylight saving time is in force */
    bool fold;                /* the second of two readings that look the same */
    const char *abbreviation; /* "CET"; "" for naive */
} CvClock;

#define CV_SECOND INT64_C(1000000) /* in microseconds */
#define CV_MINUTE (60 * CV_SECOND)
#define CV_HOUR (60 * CV_MINUTE)
#define CV_DAY (24 * CV_HOUR)

/* ---- making and asking ---- */

/* The date, or the unset date if there is no such day. */
CvDate cv_date(int year, int month, int day);
CvTime cv_time(int hour, int minute, int second, int microsecond);
CvDuration cv_duration(int64_t microseconds);
static inline bool cv_date_is_set(CvDate date)
{
    return date.month != 0;
}
static inline bool cv_time_is_set(CvTime time)
{
    return time.set;
}
static inline bool cv_datetime_is_set(CvDateTime datetime)
{
    return datetime.zone != NULL;
}
static inline bool cv_duration_is_set(CvDuration duration)
{
    return duration.set;
}

bool cv_is_leap_year(int year);
/* 28 to 31; 0 for a month that is not 1 to 12. */
int cv_days_in_month(int year, int month);

/* ---- dates ---- */

/* Days since 1970-01-01, and back (unset if outside the years 1 to 9999). */
int32_t cv_date_to_days(CvDate date);
CvDate cv_date_from_days(int64_t days);
/* 0 Monday to 6 Sunday. */
int cv_date_weekday(CvDate date);
/* 1 to 366. */
int cv_date_yearday(CvDate date);
/* ISO 8601 week, 1 to 53, and the year that the week belongs to. */
int cv_date_iso_week(CvDate date, int *iso_year);
/* < 0, 0, > 0; the unset one comes first. */
int cv_date_compare(CvDate a, CvDate b);
int cv_time_compare(CvTime a, CvTime b);
/* Microseconds since midnight, and back (modulo a day). */
int64_t cv_time_to_microseconds(CvTime time);
CvTime cv_time_from_microseconds(int64_t microseconds);

/* ---- zones ---- */

/* The zone of an IANA name ("Europe/Berlin", "UTC"), read from the system's tzdata at first use and kept for the life
 * of the process; NULL if there is none. Names with "..", a leading "/" or odd characters are refused. */
const CvZone *cv_zone(const char *name);
/* A zone with a fixed offset, |offset| < 24 h; its name is "+01:00"-like, or `name` if that is not NULL. */
const CvZone *cv_zone_fixed(int32_t utc_offset_seconds, const char *name);
extern const CvZone *const cv_zone_utc;
extern const CvZone *const cv_zone_naive;
const char *cv_zone_name(const CvZone *zone);

/* ---- date-times ---- */

/* A naive date-time of a date and a time. */
CvDateTime cv_datetime_naive(CvDate date, CvTime time);
/* The instant at which a clock in `zone` shows this; of two, the one `fold` chooses; in a gap, as Python's zoneinfo. */
CvDateTime cv_datetime_in(CvDate date, CvTime time, const CvZone *zone, bool fold);
static inline bool cv_datetime_is_naive(CvDateTime datetime)
{
    return datetime.zone == cv_zone_naive;
}
/* What a clock in `zone` shows at that instant; zone NULL: the date-time's own. A naive one reads as it is. */
CvClock cv_datetime_clock(CvDateTime datetime, const CvZone *zone);
/* The same instant with another zone. */
CvDateTime cv_datetime_to(CvDateTime datetime, const CvZone *zone);
/* < 0, 0, > 0 by instant (naive ones by reading); the unset one comes first. */
int cv_datetime_compare(CvDateTime a, CvDateTime b);

/* ---- the clock ---- */

/* Now, as the site keeps moments (Django's timezone.now()): aware in UTC; with USE_TZ off naive, what a clock in the
 * default zone shows. */
CvDateTime cv_now(void);
/* Now, aware in UTC whatever the settings: for protocols, tokens and files. */
CvDateTime cv_now_utc(void);
/* An instant as the site keeps moments, as cv_now() does; a naive one stays as it is. */
CvDateTime cv_datetime_kept(CvDateTime moment);
/* Seconds since 1970 (the same clock). */
int64_t cv_now_seconds(void);
/* Milliseconds and nanoseconds of a clock that is never set. */
uint64_t cv_monotonic_ms(void);
uint64_t cv_monotonic_ns(void);
/* Tests: the clock answers this until it is called with an unset one. */
void cv_clock_freeze(CvDateTime now);

/* The current zone (of the running context; the default zone if none was set), Django's get_current_timezone(). */
const CvZone *cv_current_zone(void);
/* Sets it for the running context; NULL: back to the default. */
void cv_activate_zone(const CvZone *zone);
/* The process's default, from the TIME_ZONE setting; UTC until set. */
void cv_set_default_zone(const CvZone *zone);
const CvZone *cv_default_zone(void);

/* The USE_TZ setting, on unless set: whether moments are kept aware. Off, all that the site keeps and enters is naive,
 * a reading of the default zone's clock: databases store it as it is and refuse aware ones, no zone is ever converted
 * to. Said once, before rows are read. */
void cv_set_use_tz(bool use_tz);
bool cv_use_tz(void);

CV_API_END

#endif
