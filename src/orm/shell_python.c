/* shell_python.c: what Python gives to write values with: date, datetime, time, timedelta, Decimal, UUID, list, ... */
#include "orm/shell_private.h"
#include "text/date.h"
#include "text/decimal.h"

static int part(const CvShellCall *call, size_t index, int missing)
{
    CvValue value = call->given[index];
    if (value.kind == CV_MISSING)
        return missing;
    int64_t number = cv_shell_integer(value);
    return number < INT32_MIN || number > INT32_MAX ? INT32_MIN : (int)number;
}

static CvValue make_date(CvValue self, const CvShellCall *call)
{
    (void)self;
    CvDate date = cv_date(part(call, 0, 0), part(call, 1, 0), part(call, 2, 0));
    if (!cv_date_is_set(date))
        cv_raise(CV_ERROR_VALUE, "there is no such date: %d-%d-%d", part(call, 0, 0), part(call, 1, 0),
                 part(call, 2, 0));
    return cv_value_date(date);
}

static CvTime time_of(const CvShellCall *call, size_t first)
{
    int hour = part(call, first, 0), minute = part(call, first + 1, 0), second = part(call, first + 2, 0);
    int microsecond = part(call, first + 3, 0);
    if (hour < 0 || hour > 23)
        cv_raise(CV_ERROR_VALUE, "hour must be in 0..23, not %d", hour);
    if (minute < 0 || minute > 59)
        cv_raise(CV_ERROR_VALUE, "minute must be in 0..59, not %d", minute);
    if (second < 0 || second > 59)
        cv_raise(CV_ERROR_VALUE, "second must be in 0..59, not %d", second);
    if (microsecond < 0 || microsecond > 999999)
        cv_raise(CV_ERROR_VALUE, "microsecond must be in 0..999999, not %d", microsecond);
    return cv_time(hour, minute, second, microsecond);
}

static CvValue make_time(CvValue self, const CvShellCall *call)
{
    (void)self;
    return cv_value_time(time_of(call, 0));
}

static const CvZone *zone_of(CvValue value)
{
    if (value.kind == CV_MISSING || value.kind == CV_NULL)
        return NULL;
    if (!cv_shell_is(value, &cv_shell_zone_type))
        cv_raise(CV_ERROR_TYPE, "tzinfo argument must be None or of a tzinfo subclass, not type '%s'",
                 cv_shell_type_name(value));
    return ((const CvShellZone *)value.object)->zone;
}

static CvValue make_datetime(CvValue self, const CvShellCall *call)
{
    CvDate date = make_date(self, call).date;
    CvTime time = time_of(call, 3);
    const CvZone *zone = zone_of(call->given[7]);
    bool fold = call->given[8].kind != CV_MISSING && cv_shell_integer(call->given[8]) != 0;
    return cv_value_datetime(zone ? cv_datetime_in(date, time, zone, fold) : cv_datetime_naive(date, time));
}

static CvValue make_timedelta(CvValue self, const CvShellCall *call)
{
    static const int64_t units[] = {CV_DAY, CV_SECOND, 1, 1000, CV_MINUTE, CV_HOUR, 7 * CV_DAY};
    __int128 total = 0;
    double real = 0;
    (void)self;
    for (size_t i = 0; i < CV_COUNT_OF(units); i++) {
        CvValue value = call->given[i];
        if (value.kind == CV_MISSING)
            continue;
        if (value.kind == CV_FLOAT)
            real += value.real * (double)units[i];
        else
            total += (__int128)cv_shell_integer(value) * units[i];
    }
    if (!(real > -9e18 && real < 9e18) || total > INT64_MAX / 2 || total < INT64_MIN / 2)
        cv_raise(CV_ERROR_OVERFLOW, "the duration is too long");
    return cv_value_duration(cv_duration((int64_t)total + (int64_t)__builtin_rint(real)));
}

static CvValue make_decimal(CvValue self, const CvShellCall *call)
{
    CvValue value = call->given[0];
    CvDecimal decimal;
    (void)self;
    if (value.kind == CV_MISSING)
        return cv_value_decimal((CvDecimal){"0"});
    bool made = value.kind == CV_STRING ? cv_decimal_parse(cv_arena(), cv_value_as_slice(value), &decimal)
                                        : cv_decimal_from_value(cv_arena(), value, &decimal);
    if (!made)
        cv_raise(CV_ERROR_VALUE, "a decimal cannot be made of %.*s", CV_SLICE_ARG(cv_value_repr(cv_arena(), value)));
    return cv_value_decimal(decimal);
}

static int hex_of(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    c = (char)(c | 0x20);
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

static CvValue make_uuid(CvValue self, const CvShellCall *call)
{
    CvSlice text = cv_slice(cv_shell_text(call->given[0]));
    CvUuid uuid = {.set = true};
    size_t digits = 0;
    (void)self;
    if (cv_slice_starts_with(text, CV_SLICE("urn:uuid:")))
        text = cv_slice_skip(text, 9);
    for (size_t i = 0; i < text.length; i++) {
        int digit = hex_of(text.data[i]);
        if (text.data[i] == '-' || text.data[i] == '{' || text.data[i] == '}')
            continue;
        if (digit < 0 || digits == 32)
            cv_raise(CV_ERROR_VALUE, "badly formed hexadecimal UUID string");
        uuid.bytes[digits / 2] = (uint8_t)(uuid.bytes[digits / 2] << 4 | digit);
        digits++;
    }
    if (digits != 32)
        cv_raise(CV_ERROR_VALUE, "badly formed hexadecimal UUID string");
    return cv_value_uuid(uuid);
}

static CvValue make_zone(CvValue self, const CvShellCall *call)
{
    const char *name = cv_shell_text(call->given[0]);
    const CvZone *zone = cv_zone(name);
    (void)self;
    if (!zone)
        cv_raise(CV_ERROR_KEY, "'No time zone found with key %s'", name);
    CvShellZone *object = cv_new(CvShellZone);
    *object = (CvShellZone){.type = &cv_shell_zone_type, .zone = zone};
    return cv_value_object(object);
}

static CvValue make_list(CvValue self, const CvShellCall *call)
{
    CvList *list = cv_list_create(cv_arena());
    (void)self;
    if (call->given[0].kind != CV_MISSING) {
        const CvList *items = cv_shell_items(call->given[0]);
        for (size_t i = 0; i < items->count; i++)
            cv_list_add(cv_arena(), list, items->items[i]);
    }
    return cv_value_list(list);
}

static CvValue make_tuple(CvValue self, const CvShellCall *call)
{
    CvValue tuple = make_list(self, call);
    tuple.kind = CV_TUPLE;
    return tuple;
}

static CvValue length(CvValue self, const CvShellCall *call)
{
    (void)self;
    return cv_value_int(cv_shell_length(call->given[0]));
}

static CvValue truth(CvValue self, const CvShellCall *call)
{
    (void)self;
    return cv_value_bool(call->given[0].kind != CV_MISSING && cv_shell_truth(call->given[0]));
}

static CvValue text_of(CvValue self, const CvShellCall *call)
{
    (void)self;
    return call->given[0].kind == CV_MISSING ? cv_value_string("")
                                             : cv_value_slice(cv_value_str(cv_arena(), call->given[0]));
}

const CvShellMethod cv_shell_python_functions[] = {
    {"date", "year month day", make_date},
    {"datetime", "year month day hour? minute? second? microsecond? tzinfo? * fold?", make_datetime},
    {"time", "hour? minute? second? microsecond? tzinfo?", make_time},
    {"timedelta", "days? seconds? microseconds? milliseconds? minutes? hours? weeks?", make_timedelta},
    {"Decimal", "value?", make_decimal},
    {"UUID", "hex", make_uuid},
    {"ZoneInfo", "key", make_zone},
    {"list", "iterable?", make_list},
    {"tuple", "iterable?", make_tuple},
    {"len", "object /", length},
    {"bool", "object? /", truth},
    {"str", "object? /", text_of},
    {0},
};

/* ---- zones and sets ---- */

static CvSlice zone_repr(const void *object, CvArena *arena)
{
    const CvShellZone *zone = object;
    return cv_slice(cv_arena_printf(arena, "zoneinfo.ZoneInfo(key='%s')", cv_zone_name(zone->zone)));
}
static CvSlice zone_str(const void *object, CvArena *arena)
{
    (void)arena;
    return cv_slice(cv_zone_name(((const CvShellZone *)object)->zone));
}
const CvType cv_shell_zone_type = {
    .magic = CV_TYPE_MAGIC, .name = "zoneinfo.ZoneInfo", .repr = zone_repr, .str = zone_str};

static CvSlice set_repr(const void *object, CvArena *arena)
{
    const CvList *items = ((const CvShellSet *)object)->items;
    CvBuffer out = cv_buffer(arena);
    cv_buffer_append_string(&out, items->count ? "{" : "set(");
    for (size_t i = 0; i < items->count; i++) {
        cv_buffer_append_string(&out, i ? ", " : "");
        cv_value_append_repr(&out, items->items[i]);
    }
    cv_buffer_append_byte(&out, items->count ? '}' : ')');
    return cv_buffer_slice(&out);
}
static bool set_length(const void *object, size_t *out)
{
    *out = ((const CvShellSet *)object)->items->count;
    return true;
}
const CvType cv_shell_set_type = {
    .magic = CV_TYPE_MAGIC, .name = "set", .repr = set_repr, .str = set_repr, .length = set_length};
