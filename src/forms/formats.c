/* formats.c: how dates, times and numbers stand in inputs (English; other locales set theirs when i18n is active). */
#include "forms/widget_private.h"
#include "text/date.h"

static const char *const date_formats[] = {"%Y-%m-%d",  "%m/%d/%Y", "%m/%d/%y",  "%b %d %Y", "%b %d, %Y", "%d %b %Y",
                                           "%d %b, %Y", "%B %d %Y", "%B %d, %Y", "%d %B %Y", "%d %B, %Y", NULL};
static const char *const time_formats[] = {"%H:%M:%S", "%H:%M:%S.%f", "%H:%M", NULL};
/* A date-time field takes a date alone too. */
static const char *const datetime_formats[] = {"%Y-%m-%d %H:%M:%S",
                                               "%Y-%m-%d %H:%M:%S.%f",
                                               "%Y-%m-%d %H:%M",
                                               "%m/%d/%Y %H:%M:%S",
                                               "%m/%d/%Y %H:%M:%S.%f",
                                               "%m/%d/%Y %H:%M",
                                               "%m/%d/%y %H:%M:%S",
                                               "%m/%d/%y %H:%M:%S.%f",
                                               "%m/%d/%y %H:%M",
                                               "%Y-%m-%d",
                                               "%m/%d/%Y",
                                               "%m/%d/%y",
                                               "%b %d %Y",
                                               "%b %d, %Y",
                                               "%d %b %Y",
                                               "%d %b, %Y",
                                               "%B %d %Y",
                                               "%B %d, %Y",
                                               "%d %B %Y",
                                               "%d %B, %Y",
                                               NULL};

const char *const *cv_date_input_formats(void)
{
    return date_formats;
}

const char *const *cv_time_input_formats(void)
{
    return time_formats;
}

const char *const *cv_datetime_input_formats(void)
{
    return datetime_formats;
}

CvSlice cv_format_temporal(CvArena *arena, CvValue value, const char *format)
{
    CvBuffer out = cv_buffer(arena);
    CvDate date = cv_date(1900, 1, 1);
    CvTime time = cv_time(0, 0, 0, 0);
    if (value.kind == CV_DATETIME) {
        CvClock clock = cv_datetime_clock(value.datetime, NULL);
        date = clock.date;
        time = clock.time;
    } else if (value.kind == CV_DATE) {
        date = value.date;
    } else {
        time = value.time;
    }
    cv_strftime(&out, format, date, time);
    (void)cv_buffer_string(&out);
    return cv_buffer_slice(&out);
}

CvValue cv_localize_input(CvArena *arena, CvValue value, const char *format)
{
    const char *usual = value.kind == CV_DATE       ? date_formats[0]
                        : value.kind == CV_TIME     ? time_formats[0]
                        : value.kind == CV_DATETIME ? datetime_formats[0]
                                                    : NULL;
    if (!usual)
        return value.kind == CV_STRING ? value : cv_value_slice(cv_value_str(arena, value));
    return cv_value_slice(cv_format_temporal(arena, value, format ? format : usual));
}

CvSlice cv_sanitize_separators(CvArena *arena, CvSlice text)
{
    (void)arena;
    return text;
}
