/* formats.c: how dates, times and numbers stand in inputs: by the site's locale. */
#include "base/vector.h"
#include "forms/field.h"
#include "forms/widget_private.h"
#include "template/locale.h"
#include "text/date.h"
#include "text/utf8.h"

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

static const char *const iso_date_formats[] = {"%Y-%m-%d", NULL};
static const char *const iso_datetime_formats[] = {"%Y-%m-%d %H:%M:%S", "%Y-%m-%d %H:%M:%S.%f", "%Y-%m-%d %H:%M",
                                                   "%Y-%m-%d", NULL};

static struct {
    CvArena *arena;
    const CvLocale *locale; /* NULL: English */
    const char *const *date, *const *time, *const *datetime;
} active = {.date = date_formats, .time = time_formats, .datetime = datetime_formats};

const char *const *cv_date_input_formats(void)
{
    return active.date;
}

const char *const *cv_time_input_formats(void)
{
    return active.time;
}

const char *const *cv_datetime_input_formats(void)
{
    return active.datetime;
}

/* ---- of a language ---- */

typedef struct Formats {
    const char **items;
    size_t count, capacity;
} Formats;

static void add(Formats *formats, const char *format)
{
    for (size_t i = 0; i < formats->count; i++)
        if (strcmp(formats->items[i], format) == 0)
            return;
    cv_vector_push(active.arena, formats, format);
}

/* Formats with '|' between, then those of ISO 8601 that every language takes. */
static Formats read_formats(const char *text, const char *const *iso)
{
    Formats formats = {0};
    for (CvSlice rest = cv_slice(text); rest.length;) {
        ptrdiff_t bar = cv_slice_find_byte(rest, '|');
        size_t length = bar < 0 ? rest.length : (size_t)bar;
        add(&formats, cv_arena_strndup(active.arena, rest.data, length));
        rest = cv_slice_skip(rest, bar < 0 ? length : length + 1);
    }
    for (; *iso; iso++)
        add(&formats, *iso);
    return formats;
}

static const char *const *ended(Formats *formats)
{
    cv_vector_push(active.arena, formats, NULL);
    return formats->items;
}

/* The row of "de-at", else of "de". */
static const CvInputFormats *formats_of(CvSlice language)
{
    for (;;) {
        for (const CvInputFormats *at = cv_input_formats; at->language; at++)
            if (cv_slice_equal_fold(language, cv_slice(at->language)))
                return at;
        ptrdiff_t dash = cv_slice_find_byte(language, '-');
        if (dash < 0)
            return NULL;
        language.length = (size_t)dash;
    }
}

void cv_forms_set_locale(const CvLocale *locale)
{
    const char *language = locale ? cv_locale_language(locale) : NULL;
    const CvInputFormats *own = language ? formats_of(cv_slice(language)) : NULL;
    if (!active.arena)
        active.arena = cv_arena_create(0);
    active.locale = locale;
    active.date = date_formats;
    active.time = time_formats;
    active.datetime = datetime_formats;
    if (!own)
        return;
    Formats date = read_formats(own->date ? own->date : "", own->date ? iso_date_formats : date_formats);
    Formats time = read_formats(own->time ? own->time : "", time_formats);
    Formats datetime =
        read_formats(own->datetime ? own->datetime : "", own->datetime ? iso_datetime_formats : datetime_formats);
    for (size_t i = 0; i < date.count; i++)
        add(&datetime, date.items[i]);
    active.date = ended(&date);
    active.time = ended(&time);
    active.datetime = ended(&datetime);
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
    const char *usual = value.kind == CV_DATE       ? active.date[0]
                        : value.kind == CV_TIME     ? active.time[0]
                        : value.kind == CV_DATETIME ? active.datetime[0]
                                                    : NULL;
    if (usual)
        return cv_value_slice(cv_format_temporal(arena, value, format ? format : usual));
    if (!active.locale || !is_number(value))
        return value.kind == CV_STRING ? value : cv_value_slice(cv_value_str(arena, value));
    CvBuffer out = cv_buffer(arena);
    cv_locale_append_number(&out, active.locale, value, -1, true, false);
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
           text.length - (size_t)at - 1 != 3;
}

CvSlice cv_sanitize_separators(CvArena *arena, CvSlice text)
{
    const CvLocale *locale = active.locale ? active.locale : cv_locale_default();
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
