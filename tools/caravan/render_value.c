/* render_value.c: values in JSON: plain ones as they are, others as {"$date": "2008-01-01"}, {"$tuple": [...]}, ... */
#include "http/querydict.h"
#include "render.h"
#include "text/date.h"
#include "text/decimal.h"

#define VALUE_DEPTH_MAX 200

static CV_NORETURN void malformed(CvValue json)
{
    CvSlice shown = cv_value_repr(cv_arena(), json);
    cv_raise(CV_ERROR_VALUE, "No such value: %.*s", CV_SLICE_ARG(shown));
}

static CvValue decode(CvArena *arena, CvValue json, int depth);

static CvValue decode_list(CvArena *arena, CvValue json, CvKind kind, int depth)
{
    CvList *list = cv_list_create(arena);
    if (json.kind != CV_LIST)
        malformed(json);
    for (size_t i = 0; i < json.list->count; i++)
        cv_list_add(arena, list, decode(arena, json.list->items[i], depth));
    return (CvValue){.kind = (uint8_t)kind, .list = list};
}

static CvValue decode_pairs(CvArena *arena, CvValue json, int depth)
{
    CvDict *dict = cv_dict_create(arena);
    if (json.kind != CV_LIST)
        malformed(json);
    for (size_t i = 0; i < json.list->count; i++) {
        CvValue pair = json.list->items[i];
        if (pair.kind != CV_LIST || pair.list->count != 2)
            malformed(json);
        cv_dict_set(dict, decode(arena, pair.list->items[0], depth), decode(arena, pair.list->items[1], depth));
    }
    return cv_value_dict(dict);
}

static const CvZone *named_zone(CvArena *arena, const CvDict *tags)
{
    CvValue name;
    if (!cv_dict_get_slice(tags, CV_SLICE("tz"), &name) || name.kind != CV_STRING)
        return NULL;
    const CvZone *zone = cv_zone(cv_slice_string(arena, cv_value_as_slice(name)));
    if (!zone)
        cv_raise(CV_ERROR_KEY, "'No time zone found with key %.*s'", CV_SLICE_ARG(cv_value_as_slice(name)));
    return zone;
}

static CvValue decode_datetime(CvArena *arena, CvSlice text, const CvDict *tags)
{
    CvDateTime datetime;
    if (cv_datetime_parse(text, &datetime) != CV_PARSED)
        malformed(cv_value_slice(text));
    const CvZone *zone = named_zone(arena, tags);
    CvClock clock = cv_datetime_clock(datetime, NULL);
    if (zone)
        datetime = cv_datetime_in(clock.date, clock.time, zone, false);
    else if (!cv_datetime_is_naive(datetime) && datetime.zone != cv_zone_utc) { /* named as "+0100" */
        int minutes = (clock.utc_offset < 0 ? -clock.utc_offset : clock.utc_offset) / 60;
        if (clock.utc_offset == 0)
            datetime = cv_datetime_to(datetime, cv_zone_utc);
        else
            datetime = cv_datetime_to(
                datetime,
                cv_zone_fixed(clock.utc_offset, cv_arena_printf(arena, "%c%02d%02d", clock.utc_offset < 0 ? '-' : '+',
                                                                minutes / 60, minutes % 60)));
    }
    return cv_value_datetime(datetime);
}

static CvValue decode_float(CvSlice text)
{
    double number;
    if (!cv_slice_to_double(text, &number))
        malformed(cv_value_slice(text));
    return cv_value_float(number);
}

static CvValue decode_duration(CvValue json)
{
    if (json.kind == CV_INT && json.integer > -INT64_C(1000000000000) && json.integer < INT64_C(1000000000000))
        return cv_value_duration(cv_duration(json.integer * CV_SECOND));
    if (json.kind != CV_FLOAT)
        malformed(json);
    double scaled = json.real * 1e6;
    return cv_value_duration(cv_duration((int64_t)(scaled < 0 ? scaled - 0.5 : scaled + 0.5)));
}

/* One of the tagged notations; false: an ordinary object. */
static bool decode_tag(CvArena *arena, CvSlice tag, CvValue json, const CvDict *tags, int depth, CvValue *out)
{
    CvSlice text = json.kind == CV_STRING ? cv_value_as_slice(json) : CV_SLICE("");
    CvDate date;
    CvTime time;
    CvError error;
    if (cv_slice_is(tag, "$safe")) {
        *out = cv_value_safe(text);
    } else if (cv_slice_is(tag, "$datetime")) {
        *out = decode_datetime(arena, text, tags);
    } else if (cv_slice_is(tag, "$date")) {
        if (cv_date_parse(text, &date) != CV_PARSED)
            malformed(json);
        *out = cv_value_date(date);
    } else if (cv_slice_is(tag, "$time")) {
        if (cv_time_parse(text, &time) != CV_PARSED)
            malformed(json);
        *out = cv_value_time(time);
    } else if (cv_slice_is(tag, "$timedelta")) {
        *out = decode_duration(json);
    } else if (cv_slice_is(tag, "$decimal")) {
        CvDecimal number;
        if (!cv_decimal_parse(arena, text, &number))
            malformed(json);
        *out = cv_value_decimal(number);
    } else if (cv_slice_is(tag, "$float")) {
        *out = decode_float(text);
    } else if (cv_slice_is(tag, "$tuple")) {
        *out = decode_list(arena, json, CV_TUPLE, depth);
    } else if (cv_slice_is(tag, "$dict")) {
        *out = decode_pairs(arena, json, depth);
    } else if (cv_slice_is(tag, "$querydict")) {
        CvQueryDict *query = cv_querydict_parse(arena, text, NULL, 0, &error);
        if (!query)
            cv_raise_error(&error);
        *out = CV_VALUE(query);
    } else {
        return false;
    }
    return true;
}

static CvValue decode(CvArena *arena, CvValue json, int depth)
{
    if (depth > VALUE_DEPTH_MAX)
        cv_raise(CV_ERROR_RECURSION, "The context is nested more than %d deep.", VALUE_DEPTH_MAX);
    if (json.kind == CV_LIST)
        return decode_list(arena, json, CV_LIST, depth + 1);
    if (json.kind != CV_DICT)
        return json;
    const CvDictEntry *first = cv_dict_next(json.dict, NULL);
    CvValue out;
    if (first && first->key.kind == CV_STRING && first->key.length && first->key.text[0] == '$' &&
        decode_tag(arena, cv_value_as_slice(first->key), first->value, json.dict, depth + 1, &out))
        return out;
    CvDict *dict = cv_dict_create(arena);
    for (const CvDictEntry *entry = NULL; (entry = cv_dict_next(json.dict, entry));)
        cv_dict_set(dict, entry->key, decode(arena, entry->value, depth + 1));
    return cv_value_dict(dict);
}

CvValue render_value(CvArena *arena, CvValue json)
{
    return decode(arena, json, 0);
}
