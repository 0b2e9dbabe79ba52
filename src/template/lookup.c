/* lookup.c: members of values that are no objects: what a template may ask of texts, dicts, dates and numbers; and
 * Python's int() and float(). */
#include "template/lookup_private.h"

#include <math.h>

#include "base/self.h"

#include "text/date.h"
#include "text/decimal.h"
#include "text/number.h"
#include "text/utf8.h"

typedef CvMethodRow Row;

/* ---- dicts ---- */

/* What items(), keys() and values() give: walked without a copy, printed as Python prints it. */
typedef enum Part { ITEMS, KEYS, VALUES } Part;
typedef struct View {
    CvObject object;
    const CvDict *dict;
    Part part;
} View;

static CvValue view_item(CvArena *arena, const View *view, const CvDictEntry *entry)
{
    if (view->part != ITEMS)
        return view->part == KEYS ? entry->key : entry->value;
    return (CvValue){.kind = CV_TUPLE, .list = cv_list(arena, entry->key, entry->value)};
}

static bool view_next(CvIterator *iterator, CvValue *out)
{
    const View *view = iterator->object;
    const CvDictEntry *entry = cv_dict_next(view->dict, iterator->state);
    iterator->state = (void *)entry;
    if (entry)
        *out = view_item(iterator->arena, view, entry);
    return entry != NULL;
}

static void view_iterate(const void *object, CvIterator *iterator)
{
    (void)object;
    iterator->state = NULL;
    iterator->next = view_next;
}

static bool view_length(const void *object, size_t *out)
{
    *out = cv_dict_count(((const View *)object)->dict);
    return true;
}

static bool view_truth(const void *object)
{
    return cv_dict_count(((const View *)object)->dict) > 0;
}

static CvSlice view_str(const void *object, CvArena *arena)
{
    static const char *const names[] = {"dict_items(", "dict_keys(", "dict_values("};
    const View *view = object;
    CvList *list = cv_list_create(arena);
    for (const CvDictEntry *entry = NULL; (entry = cv_dict_next(view->dict, entry));)
        cv_list_add(arena, list, view_item(arena, view, entry));
    CvBuffer text = cv_buffer(arena);
    cv_buffer_append_string(&text, names[view->part]);
    cv_value_append_repr(&text, cv_value_list(list));
    cv_buffer_append_byte(&text, ')');
    return cv_buffer_slice(&text);
}

#define VIEW_TYPE(type_name)                                                                       \
    {                                                                                              \
        .magic = CV_TYPE_MAGIC, .name = type_name, .iterate = view_iterate, .length = view_length, \
        .truth = view_truth, .str = view_str, .repr = view_str                                     \
    }
static const CvType view_types[] = {VIEW_TYPE("dict_items"), VIEW_TYPE("dict_keys"), VIEW_TYPE("dict_values")};

bool cv_value_is_view(CvValue value)
{
    const CvType *type = value.kind == CV_OBJECT ? cv_type_of(value.object) : NULL;
    return type >= view_types && type < view_types + CV_COUNT_OF(view_types);
}

static bool make_view(CvArena *arena, CvValue value, Part part, CvValue *out)
{
    View *view = cv_arena_new(arena, View);
    *view = (View){.object.type = &view_types[part], .dict = value.dict, .part = part};
    *out = (CvValue){.kind = CV_OBJECT, .object = view};
    return true;
}

static bool dict_items(CvArena *arena, CvValue value, CvValue *out)
{
    return make_view(arena, value, ITEMS, out);
}

static bool dict_keys(CvArena *arena, CvValue value, CvValue *out)
{
    return make_view(arena, value, KEYS, out);
}

static bool dict_values(CvArena *arena, CvValue value, CvValue *out)
{
    return make_view(arena, value, VALUES, out);
}

static bool itself(CvArena *arena, CvValue value, CvValue *out)
{
    (void)arena;
    *out = value;
    return true;
}

static const Row dict_rows[] = {
    {"items", dict_items}, {"keys", dict_keys}, {"values", dict_values}, {"copy", itself}, {NULL, NULL}};
static const Row list_rows[] = {{"copy", itself}, {NULL, NULL}};

/* ---- texts ---- */

static bool text_upper(CvArena *arena, CvValue value, CvValue *out)
{
    *out = cv_value_slice(cv_utf8_upper(arena, cv_value_as_slice(value)));
    return true;
}

static bool text_lower(CvArena *arena, CvValue value, CvValue *out)
{
    *out = cv_value_slice(cv_utf8_lower(arena, cv_value_as_slice(value)));
    return true;
}

static bool text_title(CvArena *arena, CvValue value, CvValue *out)
{
    *out = cv_value_slice(cv_utf8_title(arena, cv_value_as_slice(value)));
    return true;
}

static bool text_capitalize(CvArena *arena, CvValue value, CvValue *out)
{
    *out = cv_value_slice(cv_utf8_capitalize(arena, cv_value_as_slice(value)));
    return true;
}

static bool text_casefold(CvArena *arena, CvValue value, CvValue *out)
{
    *out = cv_value_slice(cv_utf8_casefold(arena, cv_value_as_slice(value)));
    return true;
}

static bool text_strip(CvArena *arena, CvValue value, CvValue *out)
{
    (void)arena;
    *out = cv_value_slice(cv_utf8_strip(cv_value_as_slice(value)));
    return true;
}

static bool text_split(CvArena *arena, CvValue value, CvValue *out)
{
    CvList *list = cv_list_create(arena);
    CvSlice rest = cv_value_as_slice(value), word;
    while (cv_utf8_split_word(&rest, &word))
        cv_list_add(arena, list, cv_value_slice(word));
    *out = cv_value_list(list);
    return true;
}

static bool text_splitlines(CvArena *arena, CvValue value, CvValue *out)
{
    CvList *list = cv_list_create(arena);
    CvSlice rest = cv_value_as_slice(value), line;
    while (cv_utf8_split_line(&rest, &line))
        cv_list_add(arena, list, cv_value_slice(line));
    *out = cv_value_list(list);
    return true;
}

static bool all_points(CvValue value, bool (*test)(uint32_t point), CvValue *out)
{
    CvSlice rest = cv_value_as_slice(value);
    bool all = rest.length > 0;
    while (all && rest.length)
        all = test(cv_utf8_next(&rest));
    *out = cv_value_bool(all);
    return true;
}

static bool text_isdigit(CvArena *arena, CvValue value, CvValue *out)
{
    (void)arena;
    return all_points(value, cv_utf8_has_digit_value, out);
}

static bool text_isdecimal(CvArena *arena, CvValue value, CvValue *out)
{
    (void)arena;
    return all_points(value, cv_utf8_is_digit, out);
}

static bool text_isnumeric(CvArena *arena, CvValue value, CvValue *out)
{
    (void)arena;
    return all_points(value, cv_utf8_is_numeric, out);
}

static bool text_isalpha(CvArena *arena, CvValue value, CvValue *out)
{
    (void)arena;
    return all_points(value, cv_utf8_is_letter, out);
}

static bool text_isspace(CvArena *arena, CvValue value, CvValue *out)
{
    (void)arena;
    return all_points(value, cv_utf8_is_space, out);
}

static const Row text_rows[] = {
    {"upper", text_upper},           {"lower", text_lower},         {"title", text_title},
    {"capitalize", text_capitalize}, {"casefold", text_casefold},   {"strip", text_strip},
    {"split", text_split},           {"rsplit", text_split},        {"splitlines", text_splitlines},
    {"isdigit", text_isdigit},       {"isalpha", text_isalpha},     {"isspace", text_isspace},
    {"isdecimal", text_isdecimal},   {"isnumeric", text_isnumeric}, {NULL, NULL}};

/* ---- dates and times ---- */

static CvClock clock_of(CvValue value)
{
    if (value.kind == CV_DATETIME)
        return cv_datetime_clock(value.datetime, NULL);
    if (value.kind == CV_TIME)
        return (CvClock){.time = value.time};
    return (CvClock){.date = value.date};
}

#define NUMBER_MEMBER(name, expression)                           \
    static bool name(CvArena *arena, CvValue value, CvValue *out) \
    {                                                             \
        (void)arena;                                              \
        CvClock clock = clock_of(value);                          \
        *out = cv_value_int(expression);                          \
        return true;                                              \
    }
NUMBER_MEMBER(date_year, clock.date.year)
NUMBER_MEMBER(date_month, clock.date.month)
NUMBER_MEMBER(date_day, clock.date.day)
NUMBER_MEMBER(date_weekday, cv_date_weekday(clock.date))
NUMBER_MEMBER(date_isoweekday, cv_date_weekday(clock.date) + 1)
NUMBER_MEMBER(date_toordinal, cv_date_to_days(clock.date) + INT64_C(719163))
NUMBER_MEMBER(time_hour, clock.time.hour)
NUMBER_MEMBER(time_minute, clock.time.minute)
NUMBER_MEMBER(time_second, clock.time.second)
NUMBER_MEMBER(time_microsecond, clock.time.microsecond)

static bool iso_format(CvArena *arena, CvValue value, CvValue *out)
{
    CvBuffer text = cv_buffer(arena);
    cv_iso_format(&text, value);
    *out = cv_value_slice(cv_buffer_slice(&text));
    return true;
}

static bool datetime_date(CvArena *arena, CvValue value, CvValue *out)
{
    (void)arena;
    *out = cv_value_date(clock_of(value).date);
    return true;
}

static bool datetime_time(CvArena *arena, CvValue value, CvValue *out)
{
    (void)arena;
    CvTime time = clock_of(value).time;
    time.set = true;
    *out = cv_value_time(time);
    return true;
}

static bool datetime_zone(CvArena *arena, CvValue value, CvValue *out)
{
    (void)arena;
    *out = cv_datetime_is_naive(value.datetime) ? cv_value_null() : cv_value_string(cv_zone_name(value.datetime.zone));
    return true;
}

static bool datetime_zone_name(CvArena *arena, CvValue value, CvValue *out)
{
    (void)arena;
    *out = cv_datetime_is_naive(value.datetime) ? cv_value_null() : cv_value_string(clock_of(value).abbreviation);
    return true;
}

static bool datetime_timestamp(CvArena *arena, CvValue value, CvValue *out)
{
    (void)arena;
    *out = cv_value_float((double)value.datetime.microseconds / 1e6);
    return true;
}

static const Row date_rows[] = {{"year", date_year},
                                {"month", date_month},
                                {"day", date_day},
                                {"weekday", date_weekday},
                                {"isoweekday", date_isoweekday},
                                {"toordinal", date_toordinal},
                                {"isoformat", iso_format},
                                {NULL, NULL}};
static const Row time_rows[] = {{"hour", time_hour},       {"minute", time_minute},
                                {"second", time_second},   {"microsecond", time_microsecond},
                                {"isoformat", iso_format}, {NULL, NULL}};
static const Row datetime_rows[] = {{"date", datetime_date},           {"time", datetime_time},
                                    {"tzinfo", datetime_zone},         {"tzname", datetime_zone_name},
                                    {"timestamp", datetime_timestamp}, {NULL, NULL}};

/* ---- durations and numbers ---- */

static int64_t floor_divide(int64_t a, int64_t b)
{
    return a / b - (a % b < 0);
}

static int64_t floor_rest(int64_t a, int64_t b)
{
    return a % b + (a % b < 0 ? b : 0);
}

static bool duration_days(CvArena *arena, CvValue value, CvValue *out)
{
    (void)arena;
    *out = cv_value_int(floor_divide(value.duration, CV_DAY));
    return true;
}

static bool duration_seconds(CvArena *arena, CvValue value, CvValue *out)
{
    (void)arena;
    *out = cv_value_int(floor_rest(value.duration, CV_DAY) / CV_SECOND);
    return true;
}

static bool duration_microseconds(CvArena *arena, CvValue value, CvValue *out)
{
    (void)arena;
    *out = cv_value_int(floor_rest(value.duration, CV_SECOND));
    return true;
}

static bool duration_total(CvArena *arena, CvValue value, CvValue *out)
{
    (void)arena;
    *out = cv_value_float((double)value.duration / 1e6);
    return true;
}

static const Row duration_rows[] = {{"days", duration_days},
                                    {"seconds", duration_seconds},
                                    {"microseconds", duration_microseconds},
                                    {"total_seconds", duration_total},
                                    {NULL, NULL}};

static bool number_imag(CvArena *arena, CvValue value, CvValue *out)
{
    (void)arena;
    *out = value.kind == CV_FLOAT ? cv_value_float(0) : cv_value_int(0);
    return true;
}

/* Of True it is 1. */
static bool number_real(CvArena *arena, CvValue value, CvValue *out)
{
    (void)arena;
    *out = value.kind == CV_BOOL ? cv_value_int(value.boolean) : value;
    return true;
}

/* Floats are no fractions. */
static bool number_numerator(CvArena *arena, CvValue value, CvValue *out)
{
    return value.kind != CV_FLOAT && number_real(arena, value, out);
}

static bool number_denominator(CvArena *arena, CvValue value, CvValue *out)
{
    (void)arena;
    *out = cv_value_int(1);
    return value.kind != CV_FLOAT;
}

static bool number_is_integer(CvArena *arena, CvValue value, CvValue *out)
{
    (void)arena;
    *out = cv_value_bool(value.kind != CV_FLOAT || (isfinite(value.real) && trunc(value.real) == value.real));
    return true;
}

static const Row number_rows[] = {{"real", number_real},
                                  {"imag", number_imag},
                                  {"numerator", number_numerator},
                                  {"denominator", number_denominator},
                                  {"conjugate", number_real},
                                  {"is_integer", number_is_integer},
                                  {NULL, NULL}};

/* ---- by kind ---- */

static bool find(const Row *rows, CvRender *render, CvValue value, CvSlice name, CvValue *out)
{
    for (; rows->name; rows++)
        if (cv_slice_is(name, rows->name))
            return rows->method(render->arena, value, out);
    return false;
}

static bool find_method(CvRender *render, CvValue value, CvSlice name, CvValue *out)
{
    switch ((CvKind)value.kind) {
    case CV_DICT:
        return find(dict_rows, render, value, name, out);
    case CV_LIST:
        return find(list_rows, render, value, name, out);
    case CV_STRING:
        value = cv_render_text(render, value);
        return find(text_rows, render, value, name, out) || find(cv_text_methods, render, value, name, out);
    case CV_DATE:
        return find(date_rows, render, value, name, out) || find(cv_date_methods, render, value, name, out);
    case CV_TIME:
        return find(time_rows, render, value, name, out);
    case CV_DATETIME:
        return find(datetime_rows, render, value, name, out) || find(date_rows, render, value, name, out) ||
               find(time_rows, render, value, name, out) || find(cv_date_methods, render, value, name, out) ||
               find(cv_datetime_methods, render, value, name, out);
    case CV_DURATION:
        return find(duration_rows, render, value, name, out);
    case CV_DECIMAL:
        return find(cv_decimal_methods, render, value, name, out);
    case CV_BOOL:
    case CV_INT:
    case CV_BIGINT:
    case CV_FLOAT:
        return find(number_rows, render, value, name, out) || find(cv_number_methods, render, value, name, out);
    default:
        return false;
    }
}

bool cv_lookup_method(CvRender *render, CvValue value, CvSlice name, CvValue *out)
{
    if (find_method(render, value, name, out))
        return true;
    if (!cv_method_needs_arguments(value, name))
        return false;
    const char *invalid = render->engine->options.string_if_invalid; /* what a call gives that lacks arguments */
    *out = cv_value_string(invalid ? invalid : "");
    return true;
}

/* ---- zones ---- */

#define FIRST_SECOND INT64_C(-62135596800) /* of the year 1, in UTC */
#define LAST_SECOND INT64_C(253402300799)  /* of 9999 */

CvValue cv_value_in_zone(CvValue value, const CvZone *zone)
{
    value.datetime = cv_datetime_to(value.datetime, zone);
    int64_t at = value.datetime.microseconds;
    if (CV_LIKELY(at > FIRST_SECOND * CV_SECOND + CV_DAY && at < LAST_SECOND * CV_SECOND - CV_DAY))
        return value;
    int year = cv_datetime_clock(value.datetime, NULL).date.year;
    if (year < 1 || year > 9999)
        cv_raise(CV_ERROR_OVERFLOW, "date value out of range");
    return value;
}

/* ---- int() and float() ---- */

bool cv_value_to_integer(CvArena *arena, CvValue value, CvValue *out)
{
    switch ((CvKind)value.kind) {
    case CV_BOOL:
        *out = cv_value_int(value.boolean);
        return true;
    case CV_INT:
    case CV_BIGINT:
        *out = value;
        return true;
    case CV_FLOAT: {
        if (isnan(value.real))
            return false;
        if (isinf(value.real))
            cv_raise(CV_ERROR_OVERFLOW, "cannot convert float infinity to integer");
        double whole = trunc(value.real);
        char *text = cv_arena_printf(arena, "%.0f", whole == 0 ? 0.0 : whole);
        *out = cv_value_integer_text(arena, cv_slice(text));
        return true;
    }
    case CV_DECIMAL: {
        if (cv_decimal_is_nan(value.decimal))
            return false;
        if (!cv_decimal_is_finite(value.decimal))
            cv_raise(CV_ERROR_OVERFLOW, "cannot convert Infinity to integer");
        char *fixed = cv_decimal_fixed(arena, value.decimal, 5000);
        if (!fixed)
            return false;
        CvSlice text = cv_slice(fixed);
        ptrdiff_t point = cv_slice_find_byte(text, '.');
        text = point < 0 ? text : cv_slice_range(text, 0, (size_t)point);
        if (cv_slice_is(text, "-0"))
            text = CV_SLICE("0");
        *out = cv_value_integer_text(arena, text);
        return true;
    }
    case CV_STRING:
        return cv_python_int(arena, cv_value_as_slice(value), out);
    default:
        return false;
    }
}

bool cv_value_to_int(CvValue value, int64_t *out)
{
    if (CV_LIKELY(value.kind == CV_INT)) {
        *out = value.integer;
        return true;
    }
    CvScratch scratch = cv_scratch_begin(NULL);
    CvValue integer;
    bool good = cv_value_to_integer(scratch.arena, value, &integer) && integer.kind == CV_INT;
    if (good)
        *out = integer.integer;
    cv_scratch_end(scratch);
    return good;
}

bool cv_value_to_float(CvValue value, double *out)
{
    switch ((CvKind)value.kind) {
    case CV_BOOL:
        *out = value.boolean;
        return true;
    case CV_INT:
        *out = (double)value.integer;
        return true;
    case CV_FLOAT:
        *out = value.real;
        return true;
    case CV_BIGINT:
        return cv_slice_to_double(cv_value_as_slice(value), out);
    case CV_DECIMAL:
        *out = cv_decimal_to_double(value.decimal);
        return true;
    case CV_STRING: {
        CvScratch scratch = cv_scratch_begin(NULL);
        bool good = cv_python_float(scratch.arena, cv_value_as_slice(value), out);
        cv_scratch_end(scratch);
        return good;
    }
    default:
        return false;
    }
}
