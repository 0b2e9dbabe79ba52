/* field_date.c: fields of dates, times and durations. */
#include "forms/field_private.h"
#include "forms/widget_private.h"
#include "text/date.h"
#include "text/i18n.h"
#include "text/utf8.h"

static const CvWidget date_input = {.kind = &cv_date_input_kind}, time_input = {.kind = &cv_time_input_kind};
static const CvWidget datetime_input = {.kind = &cv_datetime_input_kind};

/* The first format that the text has. */
static bool read_formats(CvSlice text, const char *const *formats, CvDate *date, CvTime *time)
{
    for (; *formats; formats++)
        if (cv_strptime(text, *formats, date, time))
            return true;
    return false;
}

static bool give_null(CvValue *out)
{
    *out = cv_value_null();
    return true;
}

static bool date_convert(const CvFormField *field, CvArena *arena, CvValue in, CvValue *out, CvInvalids *invalids)
{
    CvDate date;
    CvTime time;
    if (cv_is_empty_value(in))
        return give_null(out);
    if (in.kind == CV_DATE)
        return true;
    if (in.kind == CV_DATETIME) {
        *out = cv_value_date(cv_datetime_clock(in.datetime, NULL).date);
        return true;
    }
    if (!read_formats(cv_utf8_strip(cv_value_str(arena, in)),
                      field->input_formats ? field->input_formats : cv_date_input_formats(), &date, &time))
        return cv_field_refuse(field, invalids, "invalid");
    *out = cv_value_date(date);
    return true;
}

static const char *const date_messages[] = {"invalid", "Enter a valid date.", NULL};
const CvFormFieldKind cv_date_form_field = {.name = "DateField",
                                            .base = &cv_base_form_field,
                                            .storage = CV_FORM_DATE,
                                            .widget = &date_input,
                                            .messages = date_messages,
                                            .convert = date_convert};

static bool time_convert(const CvFormField *field, CvArena *arena, CvValue in, CvValue *out, CvInvalids *invalids)
{
    CvDate date;
    CvTime time;
    if (cv_is_empty_value(in))
        return give_null(out);
    if (in.kind == CV_TIME)
        return true;
    if (!read_formats(cv_utf8_strip(cv_value_str(arena, in)),
                      field->input_formats ? field->input_formats : cv_time_input_formats(), &date, &time))
        return cv_field_refuse(field, invalids, "invalid");
    *out = cv_value_time(time);
    return true;
}

static const char *const time_messages[] = {"invalid", "Enter a valid time.", NULL};
const CvFormFieldKind cv_time_form_field = {.name = "TimeField",
                                            .base = &cv_base_form_field,
                                            .storage = CV_FORM_TIME,
                                            .widget = &time_input,
                                            .messages = time_messages,
                                            .convert = time_convert};

bool cv_from_current_zone(const CvFormField *field, CvDateTime in, CvValue *out, CvInvalids *invalids)
{
    *out = cv_value_datetime(in);
    if (!cv_use_tz() || !cv_datetime_is_naive(in))
        return true;
    const CvZone *zone = cv_current_zone();
    CvClock clock = cv_datetime_clock(in, NULL);
    CvDateTime early = cv_datetime_in(clock.date, clock.time, zone, false);
    CvDateTime late = cv_datetime_in(clock.date, clock.time, zone, true);
    if (early.microseconds != late.microseconds) {
        CvInvalid invalid;
        (void)field;
        cv_invalid(invalids->arena, &invalid, "ambiguous_timezone",
                   "%(datetime)s couldn’t be interpreted in time zone %(current_timezone)s; it may be ambiguous or it "
                   "may not exist.",
                   "datetime", in, "current_timezone", cv_zone_name(zone));
        cv_invalids_add(invalids, &invalid);
        return false;
    }
    *out = cv_value_datetime(early);
    return true;
}

/* Those of the language take a date alone too. */
static bool read_datetime_formats(const CvFormField *field, CvSlice text, CvDate *date, CvTime *time)
{
    if (field->input_formats)
        return read_formats(text, field->input_formats, date, time);
    return read_formats(text, cv_datetime_input_formats(), date, time) ||
           read_formats(text, cv_date_input_formats(), date, time);
}

static bool datetime_convert(const CvFormField *field, CvArena *arena, CvValue in, CvValue *out, CvInvalids *invalids)
{
    CvDate date;
    CvTime time;
    CvDateTime read;
    if (cv_is_empty_value(in))
        return give_null(out);
    if (in.kind == CV_DATETIME)
        return cv_from_current_zone(field, in.datetime, out, invalids);
    if (in.kind == CV_DATE)
        return cv_from_current_zone(field, cv_datetime_naive(in.date, cv_time(0, 0, 0, 0)), out, invalids);
    CvSlice text = cv_utf8_strip(cv_value_str(arena, in));
    CvParsed parsed = cv_datetime_parse(text, &read);
    if (parsed == CV_NOT_PARSED && read_datetime_formats(field, text, &date, &time)) {
        read = cv_datetime_naive(date, time);
        parsed = CV_PARSED;
    }
    if (parsed != CV_PARSED)
        return cv_field_refuse(field, invalids, "invalid");
    return cv_from_current_zone(field, read, out, invalids);
}

/* Shown in the current zone. */
static CvValue datetime_prepare(const CvFormField *field, CvArena *arena, CvValue value)
{
    (void)field;
    (void)arena;
    if (value.kind != CV_DATETIME || !cv_use_tz() || cv_datetime_is_naive(value.datetime))
        return value;
    CvClock clock = cv_datetime_clock(value.datetime, cv_current_zone());
    return cv_value_datetime(cv_datetime_naive(clock.date, clock.time));
}

static const char *const datetime_messages[] = {"invalid", "Enter a valid date/time.", NULL};
const CvFormFieldKind cv_datetime_form_field = {.name = "DateTimeField",
                                                .base = &cv_base_form_field,
                                                .storage = CV_FORM_DATETIME,
                                                .widget = &datetime_input,
                                                .messages = datetime_messages,
                                                .convert = datetime_convert,
                                                .prepare = datetime_prepare};

/* ---- durations ---- */

/* The message names its limits as {min_days} and {max_days}: Python's, or those of a CvDuration for what lies between.
 */
static bool refuse_overflow(const CvFormField *field, CvArena *arena, int days, CvInvalids *invalids)
{
    const struct {
        const char *name, *value;
    } limits[] = {{"{min_days}", cv_arena_printf(arena, "-%d", days)},
                  {"{max_days}", cv_arena_printf(arena, "%d", days)}};
    CvSlice message = cv_gettext(NULL, cv_slice(cv_field_message(field, "overflow")));
    for (size_t i = 0; i < CV_COUNT_OF(limits); i++) {
        ptrdiff_t at = cv_slice_find(message, cv_slice(limits[i].name));
        if (at >= 0)
            message = cv_slice(
                cv_arena_printf(arena, "%.*s%s%s", (int)at, message.data, limits[i].value,
                                cv_slice_string(arena, cv_slice_skip(message, (size_t)at + strlen(limits[i].name)))));
    }
    CvInvalid invalid = {.message = cv_slice_string(arena, message), .code = "overflow", .fixed = true};
    cv_invalids_add(invalids, &invalid);
    return false;
}

static bool duration_convert(const CvFormField *field, CvArena *arena, CvValue in, CvValue *out, CvInvalids *invalids)
{
    CvDuration duration;
    if (cv_is_empty_value(in))
        return give_null(out);
    if (in.kind == CV_DURATION)
        return true;
    CvParsed parsed = cv_duration_parse(cv_value_str(arena, in), &duration);
    if (parsed == CV_NO_SUCH || parsed == CV_TOO_LARGE)
        return refuse_overflow(field, arena, parsed == CV_NO_SUCH ? 999999999 : CV_MOST_DAYS, invalids);
    if (parsed == CV_NOT_PARSED)
        return cv_field_refuse(field, invalids, "invalid");
    *out = cv_value_duration(duration);
    return true;
}

static CvValue duration_prepare(const CvFormField *field, CvArena *arena, CvValue value)
{
    (void)field;
    if (value.kind != CV_DURATION)
        return value;
    CvBuffer out = cv_buffer(arena);
    cv_duration_format(&out, value.duration);
    (void)cv_buffer_string(&out);
    return cv_value_slice(cv_buffer_slice(&out));
}

static const char *const duration_messages[] = {"invalid", "Enter a valid duration.", "overflow",
                                                "The number of days must be between {min_days} and {max_days}.", NULL};
const CvFormFieldKind cv_duration_form_field = {.name = "DurationField",
                                                .base = &cv_base_form_field,
                                                .storage = CV_FORM_DURATION,
                                                .messages = duration_messages,
                                                .convert = duration_convert,
                                                .prepare = duration_prepare};
