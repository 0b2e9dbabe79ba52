/* humanize.c: the library humanize: ordinal, intcomma, intword, apnumber, naturalday, naturaltime. */
#include <math.h>

#include "template/integer_private.h"
#include "template/locale_private.h"
#include "template/tags_private.h"
#include "text/date.h"
#include "text/decimal.h"
#include "text/number.h"
#include "text/utf8.h"

static CvSlice message(const CvRender *render, const char *context, const char *text)
{
    return cv_locale_message(render->locale, context, cv_slice(text));
}

/* A pattern with `mark` replaced. */
static CvSlice fill(CvArena *arena, CvSlice pattern, const char *mark, CvSlice with)
{
    ptrdiff_t at = cv_slice_find(pattern, cv_slice(mark));
    if (at < 0)
        return pattern;
    CvBuffer out = cv_buffer(arena);
    cv_buffer_append(&out, pattern.data, (size_t)at);
    cv_buffer_append_slice(&out, with);
    cv_buffer_append_slice(&out, cv_slice_skip(pattern, (size_t)at + strlen(mark)));
    return cv_buffer_slice(&out);
}

/* int(value), or false where Python raises TypeError or ValueError. */
static bool whole(CvRender *render, CvValue value, CvValue *out)
{
    return cv_value_to_integer(render->arena, value, out);
}

static bool is_negative(CvValue whole_number)
{
    return whole_number.kind == CV_INT ? whole_number.integer < 0 : whole_number.text[0] == '-';
}

static CvValue ordinal(CvRender *render, CvValue value, CvValue argument)
{
    (void)argument;
    static const struct {
        const char *context, *pattern;
    } endings[] = {{"ordinal 0", "{}th"}, {"ordinal 1", "{}st"}, {"ordinal 2", "{}nd"}, {"ordinal 3", "{}rd"},
                   {"ordinal 4", "{}th"}, {"ordinal 5", "{}th"}, {"ordinal 6", "{}th"}, {"ordinal 7", "{}th"},
                   {"ordinal 8", "{}th"}, {"ordinal 9", "{}th"}};
    CvValue number;
    if (!whole(render, value, &number))
        return value;
    CvSlice digits = cv_value_str(render->arena, number);
    if (is_negative(number))
        return cv_value_slice(digits);
    int64_t rest = cv_integer_modulo(render->arena, number, 100);
    CvSlice pattern;
    if (number.kind == CV_INT && number.integer == 1)
        pattern = message(render, "ordinal is 1", "{}st");
    else if (rest >= 11 && rest <= 13)
        pattern = message(render, "ordinal 11, 12, 13", "{}th");
    else
        pattern = message(render, endings[rest % 10].context, endings[rest % 10].pattern);
    return cv_value_safe(fill(render->arena, pattern, "{}", digits));
}

/* Commas every three digits (of any script) of the number that a text begins with. */
static CvSlice plain_commas(CvArena *arena, CvSlice text)
{
    size_t sign = text.length && text.data[0] == '-', digits = 0;
    CvSlice rest = cv_slice_skip(text, sign), tail = rest;
    while (rest.length && cv_utf8_is_digit(cv_utf8_next(&rest))) {
        digits++;
        tail = rest;
    }
    CvBuffer out = cv_buffer(arena);
    cv_buffer_append(&out, text.data, sign);
    for (CvSlice at = cv_slice_skip(text, sign); digits > 0; digits--) {
        CvSlice before = at;
        cv_utf8_next(&at);
        cv_buffer_append(&out, before.data, before.length - at.length);
        if (digits > 1 && digits % 3 == 1)
            cv_buffer_append_byte(&out, ',');
    }
    cv_buffer_append_slice(&out, tail);
    return cv_slice_of(out.data ? out.data : "", out.length);
}

static CvValue intcomma(CvRender *render, CvValue value, CvValue argument)
{
    bool localize = argument.kind == CV_MISSING || cv_value_truth(argument);
    CvDecimal decimal;
    bool number = value.kind == CV_FLOAT || value.kind == CV_DECIMAL;
    if (localize && !number) {
        if (value.kind == CV_STRING)
            number = cv_decimal_parse(render->arena, cv_value_as_slice(value), &decimal);
        else if (value.kind == CV_INT || value.kind == CV_BIGINT || value.kind == CV_BOOL)
            number = cv_decimal_from_value(render->arena, value.kind == CV_BOOL ? cv_value_int(value.boolean) : value,
                                           &decimal);
        if (number)
            value = cv_value_decimal(decimal);
    }
    if (!localize || !number) {
        CvValue text = cv_render_text(render, value);
        return cv_value_slice(plain_commas(render->arena, cv_value_as_slice(text)));
    }
    CvBuffer out = cv_buffer(render->arena);
    cv_locale_append_number(&out, render->locale, value, -1, true, true);
    return cv_value_slice(cv_slice_of(out.data ? out.data : "", out.length));
}

static const struct {
    int exponent;
    const char *pattern;
} powers[] = {{6, "%(value)s million"},      {9, "%(value)s billion"},      {12, "%(value)s trillion"},
              {15, "%(value)s quadrillion"}, {18, "%(value)s quintillion"}, {21, "%(value)s sextillion"},
              {24, "%(value)s septillion"},  {27, "%(value)s octillion"},   {30, "%(value)s nonillion"},
              {33, "%(value)s decillion"},   {100, "%(value)s googol"}};

static CvValue intword(CvRender *render, CvValue value, CvValue argument)
{
    (void)argument;
    CvValue number;
    double size;
    if (!whole(render, value, &number))
        return value;
    if (!cv_value_to_float(number, &size) || isinf(size))
        return number;
    size_t digits = cv_value_str(render->arena, number).length - is_negative(number);
    if (digits < 7)
        return number;
    for (size_t i = 0; i < CV_COUNT_OF(powers); i++) {
        if (digits > (size_t)powers[i].exponent + 3)
            continue;
        double scaled = size / pow(10, powers[i].exponent);
        /* the number of tenths, away from one, decides about the plural */
        double rounded = fabs(scaled) < 1 ? 0 : ceil(fabs(scaled));
        if (fabs(scaled) == 1)
            rounded = 1;
        CvSlice pattern = cv_slice(powers[i].pattern);
        pattern = cv_locale_plural(render->locale, NULL, pattern, pattern, rounded < 1e15 ? (int64_t)rounded : 2);
        CvNumberFormat format = cv_locale_number_format(render->arena, render->locale, true);
        bool group = cv_locale_settings(render->locale)->use_thousand_separator;
        CvSlice text = cv_floatformat(render->arena, cv_value_float(scaled), 1, group, &format);
        return cv_value_slice(fill(render->arena, pattern, "%(value)s", text));
    }
    return number;
}

static CvValue apnumber(CvRender *render, CvValue value, CvValue argument)
{
    (void)argument;
    static const char *const names[] = {"one", "two", "three", "four", "five", "six", "seven", "eight", "nine"};
    CvValue number;
    if (!whole(render, value, &number))
        return value;
    if (number.kind != CV_INT || number.integer < 1 || number.integer > 9)
        return number;
    return cv_value_slice(message(render, NULL, names[number.integer - 1]));
}

/* ---- days and times ---- */

static CvDate day_of(CvValue value)
{
    return value.kind == CV_DATE ? value.date : cv_datetime_clock(value.datetime, NULL).date;
}

static CvValue naturalday(CvRender *render, CvValue value, CvValue argument)
{
    if (value.kind != CV_DATE && value.kind != CV_DATETIME)
        return value;
    const CvZone *zone =
        value.kind == CV_DATETIME && !cv_datetime_is_naive(value.datetime) ? value.datetime.zone : cv_default_zone();
    CvDate day = day_of(value), today = cv_datetime_clock(cv_now_utc(), zone).date;
    int32_t distance = cv_date_to_days(day) - cv_date_to_days(today);
    if (distance >= -1 && distance <= 1)
        return cv_value_slice(message(render, NULL,
                                      distance == 0   ? "today"
                                      : distance == 1 ? "tomorrow"
                                                      : "yesterday"));
    CvBuffer out = cv_buffer(render->arena);
    CvSlice format = CV_SLICE("DATE_FORMAT");
    if (argument.kind != CV_MISSING && cv_value_truth(argument))
        format = cv_value_as_slice(cv_render_text(render, argument));
    if (!cv_locale_append_date(&out, render->locale, cv_value_date(day), format, true))
        cv_raise(CV_ERROR_TYPE, "The format for date objects may not contain time-related format specifiers.");
    return cv_value_slice(cv_buffer_slice(&out));
}

static CvValue counted(CvRender *render, const char *one, const char *many, int64_t count)
{
    CvSlice pattern = cv_locale_plural(render->locale, NULL, cv_slice(one), cv_slice(many), count);
    CvBuffer number = cv_buffer(render->arena);
    cv_buffer_append_int(&number, count);
    return cv_value_slice(fill(render->arena, pattern, "%(count)s", cv_buffer_slice(&number)));
}

static CvValue naturaltime(CvRender *render, CvValue value, CvValue argument)
{
    (void)argument;
    if (value.kind == CV_DATE)
        cv_raise(CV_ERROR_ATTRIBUTE, "'datetime.date' object has no attribute 'tzinfo'");
    if (value.kind != CV_DATETIME)
        return value;
    CvDateTime now = cv_now_utc();
    if (cv_datetime_is_naive(value.datetime)) {
        CvClock clock = cv_datetime_clock(now, cv_default_zone());
        now = cv_datetime_naive(clock.date, clock.time);
    }
    int64_t distance = now.microseconds - value.datetime.microseconds;
    bool past = distance > 0;
    if (!past)
        distance = -distance;
    int64_t seconds = distance / CV_SECOND;
    if (seconds >= 86400) {
        CvBuffer delta = cv_buffer(render->arena);
        CvError error;
        const CvTimeUnits units = {.context = past ? "naturaltime-past" : "naturaltime-future"};
        if (!cv_time_between(render->arena, &delta, value, cv_value_datetime(now), !past, 2, &units, &error))
            cv_raise_error(&error);
        CvSlice pattern = message(render, NULL, past ? "%(delta)s ago" : "%(delta)s from now");
        return cv_value_slice(fill(render->arena, pattern, "%(delta)s", cv_buffer_slice(&delta)));
    }
    if (seconds == 0)
        return cv_value_slice(message(render, NULL, "now"));
    if (seconds < 60)
        return past ? counted(render, "a second ago", "%(count)s\xc2\xa0seconds ago", seconds)
                    : counted(render, "a second from now", "%(count)s\xc2\xa0seconds from now", seconds);
    if (seconds < 3600)
        return past ? counted(render, "a minute ago", "%(count)s\xc2\xa0minutes ago", seconds / 60)
                    : counted(render, "a minute from now", "%(count)s\xc2\xa0minutes from now", seconds / 60);
    return past ? counted(render, "an hour ago", "%(count)s\xc2\xa0hours ago", seconds / 3600)
                : counted(render, "an hour from now", "%(count)s\xc2\xa0hours from now", seconds / 3600);
}

static const CvFilter filters[] = {
    CV_FILTER("ordinal", ordinal, .flags = CV_FILTER_SAFE, .doc = "1st, 2nd, 3rd.",
              .examples = CV_EXAMPLES({"{{ 3|ordinal }}", "3rd"})),
    CV_FILTER("intcomma", intcomma, .flags = CV_FILTER_SAFE | CV_FILTER_TAKES_ARGUMENT, .doc = "Digits in groups.",
              .examples = CV_EXAMPLES({"{{ 4500|intcomma }}", "4,500"})),
    CV_FILTER("intword", intword, .doc = "Millions and more in words.",
              .examples = CV_EXAMPLES({"{{ 1200000|intword }}", "1.2 million"})),
    CV_FILTER("apnumber", apnumber, .flags = CV_FILTER_SAFE, .doc = "One to nine in words.",
              .examples = CV_EXAMPLES({"{{ 5|apnumber }}", "five"})),
    CV_FILTER("naturalday", naturalday, .flags = CV_FILTER_LOCALTIME | CV_FILTER_TAKES_ARGUMENT,
              .doc = "today, tomorrow, yesterday, or the date.",
              .examples = CV_EXAMPLES({"{{ when|naturalday }}", "today", .context = "{\"when\": {\"$now\": 0}}"})),
    CV_FILTER("naturaltime", naturaltime, .doc = "How long ago or ahead, roughly: 3 minutes ago.",
              .examples = CV_EXAMPLES(
                  {"{{ when|naturaltime }}", "3\u00a0minutes ago", .context = "{\"when\": {\"$now\": -185}}"})),
    CV_LIBRARY_END,
};
const CvLibrary cv_library_humanize = {.name = "humanize", .filters = filters, .doc = "Numbers and dates for people."};
