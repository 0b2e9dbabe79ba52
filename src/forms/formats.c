/* formats.c: how dates, times and numbers stand in inputs: by the active locale. */
#include "forms/field.h"
#include "forms/widget_private.h"
#include "template/locale.h"
#include "text/date.h"
#include "text/utf8.h"

const char *const *cv_date_input_formats(void)
{
    return cv_locale_input_formats(cv_locale(), CV_DATE_INPUT_FORMATS);
}

const char *const *cv_time_input_formats(void)
{
    return cv_locale_input_formats(cv_locale(), CV_TIME_INPUT_FORMATS);
}

const char *const *cv_datetime_input_formats(void)
{
    return cv_locale_input_formats(cv_locale(), CV_DATETIME_INPUT_FORMATS);
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

static bool is_number(CvValue value)
{
    return value.kind == CV_INT || value.kind == CV_BIGINT || value.kind == CV_FLOAT || value.kind == CV_DECIMAL;
}

CvValue cv_localize_input(CvArena *arena, CvValue value, const char *format)
{
    const char *usual = value.kind == CV_DATE       ? cv_date_input_formats()[0]
                        : value.kind == CV_TIME     ? cv_time_input_formats()[0]
                        : value.kind == CV_DATETIME ? cv_datetime_input_formats()[0]
                                                    : NULL;
    if (usual)
        return cv_value_slice(cv_format_temporal(arena, value, format ? format : usual));
    if (!is_number(value))
        return value.kind == CV_STRING ? value : cv_value_slice(cv_value_str(arena, value));
    CvBuffer out = cv_buffer(arena);
    cv_locale_append_number(&out, cv_locale(), value, -1, true, false);
    (void)cv_buffer_string(&out);
    return cv_value_slice(cv_buffer_slice(&out));
}

static CvSlice without(CvArena *arena, CvSlice text, CvSlice separator)
{
    CvBuffer out = cv_buffer(arena);
    while (separator.length) {
        ptrdiff_t at = cv_slice_find(text, separator);
        if (at < 0)
            break;
        cv_buffer_append(&out, text.data, (size_t)at);
        text = cv_slice_skip(text, (size_t)at + separator.length);
    }
    cv_buffer_append_slice(&out, text);
    (void)cv_buffer_string(&out);
    return cv_buffer_slice(&out);
}

/* "1.5" where the point separates thousands: who writes one point without three digits behind it means decimals. */
static bool is_plain_decimal(CvSlice text, CvSlice separator)
{
    ptrdiff_t at = cv_slice_find_byte(text, '.');
    return cv_slice_is(separator, ".") && at >= 0 && cv_slice_find_last(text, CV_SLICE(".")) == at &&
           cv_utf8_count(cv_slice_skip(text, (size_t)at + 1)) != 3;
}

CvSlice cv_sanitize_separators(CvArena *arena, CvSlice text)
{
    const CvLocale *locale = cv_locale();
    CvSlice point = cv_locale_format(locale, CV_SLICE("DECIMAL_SEPARATOR"), true);
    CvSlice thousands = cv_locale_format(locale, CV_SLICE("THOUSAND_SEPARATOR"), true);
    ptrdiff_t at = point.length ? cv_slice_find(text, point) : -1;
    CvSlice whole = at < 0 ? text : cv_slice_range(text, 0, (size_t)at);
    CvSlice fraction = at < 0 ? CV_SLICE("") : cv_slice_skip(text, (size_t)at + point.length);
    if (cv_locale_settings(locale)->use_thousand_separator && !is_plain_decimal(whole, thousands)) {
        whole = without(arena, whole, thousands);
        whole =
            without(arena, whole, cv_utf8_normalize(arena, thousands, CV_NFKD)); /* a plain space for a narrow one */
    }
    if (at < 0)
        return whole;
    CvBuffer out = cv_buffer(arena);
    cv_buffer_append_slice(&out, whole);
    cv_buffer_append_byte(&out, '.');
    cv_buffer_append_slice(&out, fraction);
    (void)cv_buffer_string(&out);
    return cv_buffer_slice(&out);
}
