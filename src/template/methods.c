/* methods.c: more of what Python's texts, numbers, decimals and dates can be asked for without arguments. */
#include "base/self.h"
#include "template/lookup_private.h"
#include "template/parser_private.h"
#include "text/decimal.h"
#include "text/utf8.h"

static bool put(CvValue *out, CvValue value)
{
    *out = value;
    return true;
}

/* ---- texts ---- */

/* Letters with case are there, and all of them have this one. */
static bool all_cased(CvValue value, bool (*right)(uint32_t), bool (*wrong)(uint32_t), CvValue *out)
{
    bool any = false, good = true;
    for (CvSlice rest = cv_value_as_slice(value); good && rest.length;) {
        uint32_t point = cv_utf8_next(&rest);
        any = any || right(point);
        good = !wrong(point) && !cv_utf8_is_title(point);
    }
    return put(out, cv_value_bool(any && good));
}

static bool text_is_lower(CvArena *arena, CvValue value, CvValue *out)
{
    (void)arena;
    return all_cased(value, cv_utf8_is_lower, cv_utf8_is_upper, out);
}

static bool text_is_upper(CvArena *arena, CvValue value, CvValue *out)
{
    (void)arena;
    return all_cased(value, cv_utf8_is_upper, cv_utf8_is_lower, out);
}

static bool text_is_title(CvArena *arena, CvValue value, CvValue *out)
{
    CvSlice text = cv_value_as_slice(value);
    bool cased = !cv_slice_equal(cv_utf8_lower(arena, text), cv_utf8_upper(arena, text));
    return put(out, cv_value_bool(cased && cv_slice_equal(cv_utf8_title(arena, text), text)));
}

static bool text_is_alnum(CvArena *arena, CvValue value, CvValue *out)
{
    (void)arena;
    bool all = value.length > 0;
    for (CvSlice rest = cv_value_as_slice(value); all && rest.length;) {
        uint32_t point = cv_utf8_next(&rest);
        all = point != '_' && cv_utf8_is_word(point);
    }
    return put(out, cv_value_bool(all));
}

static bool text_is_ascii(CvArena *arena, CvValue value, CvValue *out)
{
    (void)arena;
    return put(out, cv_value_bool(cv_utf8_is_ascii(cv_value_as_slice(value))));
}

static bool text_lstrip(CvArena *arena, CvValue value, CvValue *out)
{
    (void)arena;
    CvSlice text = cv_value_as_slice(value), inner = cv_utf8_strip(text);
    size_t before = inner.length ? (size_t)(inner.data - text.data) : text.length;
    return put(out, cv_value_slice(cv_slice_skip(text, before)));
}

static bool text_rstrip(CvArena *arena, CvValue value, CvValue *out)
{
    (void)arena;
    CvSlice text = cv_value_as_slice(value), inner = cv_utf8_strip(text);
    size_t kept = inner.length ? (size_t)(inner.data - text.data) + inner.length : 0;
    return put(out, cv_value_slice(cv_slice_of(text.data, kept)));
}

const CvMethodRow cv_text_methods[] = {
    {"islower", text_is_lower}, {"isupper", text_is_upper}, {"istitle", text_is_title}, {"isalnum", text_is_alnum},
    {"isascii", text_is_ascii}, {"lstrip", text_lstrip},    {"rstrip", text_rstrip},    {NULL, NULL}};

/* ---- numbers ---- */

/* Without its sign; of a float or an integer beyond 64 bits there is none. */
static bool size_of(CvValue value, uint64_t *out)
{
    int64_t number = value.kind == CV_BOOL ? value.boolean : value.integer;
    *out = number < 0 ? 0 - (uint64_t)number : (uint64_t)number;
    return value.kind == CV_INT || value.kind == CV_BOOL;
}

static bool int_bit_length(CvArena *arena, CvValue value, CvValue *out)
{
    (void)arena;
    uint64_t size;
    return size_of(value, &size) && put(out, cv_value_int(size ? 64 - __builtin_clzll(size) : 0));
}

static bool int_bit_count(CvArena *arena, CvValue value, CvValue *out)
{
    (void)arena;
    uint64_t size;
    return size_of(value, &size) && put(out, cv_value_int(__builtin_popcountll(size)));
}

const CvMethodRow cv_number_methods[] = {{"bit_length", int_bit_length}, {"bit_count", int_bit_count}, {NULL, NULL}};

/* ---- decimals ---- */

static bool decimal_itself(CvArena *arena, CvValue value, CvValue *out)
{
    (void)arena;
    return put(out, value);
}

static bool decimal_imag(CvArena *arena, CvValue value, CvValue *out)
{
    (void)value;
    return put(out, cv_value_decimal(cv_decimal(arena, "0")));
}

static bool decimal_is_nan(CvArena *arena, CvValue value, CvValue *out)
{
    (void)arena;
    return put(out, cv_value_bool(cv_decimal_is_nan(value.decimal)));
}

static bool decimal_is_finite(CvArena *arena, CvValue value, CvValue *out)
{
    (void)arena;
    return put(out, cv_value_bool(cv_decimal_is_finite(value.decimal)));
}

static bool decimal_is_infinite(CvArena *arena, CvValue value, CvValue *out)
{
    (void)arena;
    return put(out, cv_value_bool(!cv_decimal_is_finite(value.decimal) && !cv_decimal_is_nan(value.decimal)));
}

static bool decimal_is_zero(CvArena *arena, CvValue value, CvValue *out)
{
    (void)arena;
    return put(out, cv_value_bool(cv_decimal_is_zero(value.decimal)));
}

static bool decimal_is_signed(CvArena *arena, CvValue value, CvValue *out)
{
    (void)arena;
    return put(out, cv_value_bool(cv_decimal_is_negative(value.decimal)));
}

static bool decimal_normalize(CvArena *arena, CvValue value, CvValue *out)
{
    return put(out, cv_value_decimal(cv_decimal_normalize(arena, value.decimal)));
}

/* Of zero and of what is no number too, unlike minus. */
static bool decimal_copy_abs(CvArena *arena, CvValue value, CvValue *out)
{
    const char *text = value.decimal.text;
    return put(out, cv_value_decimal(cv_decimal(arena, text + (*text == '-'))));
}

static bool decimal_copy_negate(CvArena *arena, CvValue value, CvValue *out)
{
    const char *text = value.decimal.text;
    return put(out, cv_value_decimal(cv_decimal(arena, *text == '-' ? text + 1 : cv_arena_printf(arena, "-%s", text))));
}

const CvMethodRow cv_decimal_methods[] = {
    {"real", decimal_itself},       {"conjugate", decimal_itself},        {"imag", decimal_imag},
    {"is_nan", decimal_is_nan},     {"is_finite", decimal_is_finite},     {"is_infinite", decimal_is_infinite},
    {"is_zero", decimal_is_zero},   {"is_signed", decimal_is_signed},     {"normalize", decimal_normalize},
    {"copy_abs", decimal_copy_abs}, {"copy_negate", decimal_copy_negate}, {NULL, NULL}};

/* ---- dates and times ---- */

static bool date_ctime(CvArena *arena, CvValue value, CvValue *out)
{
    static const char days[] = "MonTueWedThuFriSatSun", months[] = "JanFebMarAprMayJunJulAugSepOctNovDec";
    CvClock clock = value.kind == CV_DATETIME ? cv_datetime_clock(value.datetime, NULL) : (CvClock){.date = value.date};
    CvDate date = clock.date;
    return put(
        out, cv_value_string(cv_arena_printf(arena, "%.3s %.3s %2d %02d:%02d:%02d %04d",
                                             days + 3 * cv_date_weekday(date), months + 3 * (date.month - 1), date.day,
                                             clock.time.hour, clock.time.minute, clock.time.second, date.year)));
}

const CvMethodRow cv_date_methods[] = {{"ctime", date_ctime}, {NULL, NULL}};

static bool datetime_utcoffset(CvArena *arena, CvValue value, CvValue *out)
{
    (void)arena;
    if (cv_datetime_is_naive(value.datetime))
        return put(out, cv_value_null());
    int64_t offset = cv_datetime_clock(value.datetime, NULL).utc_offset;
    return put(out, cv_value_duration(cv_duration(offset * CV_SECOND)));
}

static bool datetime_fold(CvArena *arena, CvValue value, CvValue *out)
{
    (void)arena;
    return put(out, cv_value_int(cv_datetime_clock(value.datetime, NULL).fold));
}

const CvMethodRow cv_datetime_methods[] = {{"utcoffset", datetime_utcoffset}, {"fold", datetime_fold}, {NULL, NULL}};

/* ---- methods that need arguments ---- */

bool cv_method_needs_arguments(CvValue value, CvSlice name)
{
    static const char *const text[] = {"center", "count",     "endswith",     "find",         "index",     "join",
                                       "ljust",  "partition", "removeprefix", "removesuffix", "replace",   "rfind",
                                       "rindex", "rjust",     "rpartition",   "startswith",   "translate", "zfill",
                                       NULL};
    static const char *const list[] = {"append", "count", "extend", "index", "insert", "remove", NULL};
    static const char *const tuple[] = {"count", "index", NULL};
    static const char *const dict[] = {"fromkeys", "get", "pop", "setdefault", NULL};
    static const char *const date[] = {"strftime", NULL};
    switch ((CvKind)value.kind) {
    case CV_STRING:
        return cv_word_in(name, text);
    case CV_LIST:
        return cv_word_in(name, list);
    case CV_TUPLE:
        return cv_word_in(name, tuple);
    case CV_DICT:
        return cv_word_in(name, dict);
    case CV_DATE:
    case CV_TIME:
    case CV_DATETIME:
        return cv_word_in(name, date);
    default:
        return false;
    }
}
