/* filters_number.c: filters on numbers: floatformat, filesizeformat, add, get_digit, divisibleby. */
#include <math.h>

#include "template/integer_private.h"
#include "template/locale_private.h"
#include "template/tags_private.h"
#include "text/number.h"

/* ---- floatformat ---- */

typedef struct FloatArgument {
    int64_t places;
    bool group, localized, good;
    bool refused; /* Python's int() takes no such value: an error, if there is a number to format */
} FloatArgument;

#define PLACES_MAX 2000054 /* more are an error of Python's decimals */

/* "2", "-3", "2g", "gu", 2: places and suffixes. */
static FloatArgument read_argument(CvRender *render, CvValue argument)
{
    FloatArgument read = {.places = -1, .localized = true, .good = true};
    if (argument.kind == CV_MISSING)
        return read;
    if (argument.kind == CV_STRING) {
        CvSlice text = cv_value_as_slice(argument);
        if (text.length == 0)
            cv_raise(CV_ERROR_INDEX, "string index out of range");
        for (int suffixes = 0; suffixes < 2 && text.length; suffixes++) {
            char c = text.data[text.length - 1];
            if ((c != 'g' || read.group) && (c != 'u' || !read.localized))
                break;
            read.group |= c == 'g';
            read.localized &= c != 'u';
            text.length--;
        }
        if (text.length == 0)
            return read;
        argument = cv_value_slice(text);
    }
    CvValue whole;
    if (!cv_value_to_integer(render->arena, argument, &whole)) {
        read.good = false;
        read.refused = argument.kind != CV_STRING && argument.kind != CV_FLOAT && argument.kind != CV_DECIMAL;
    } else {
        read.places = whole.kind == CV_INT ? whole.integer : INT64_MAX;
    }
    return read;
}

/* The usual case: a double that needs no grouping, two digits or so, written without decimals' arithmetic. True only
 * if the digits are certain: what is near a tie goes the exact way. */
static bool quick_fixed(CvRender *render, double number, int64_t places, CvValue *out)
{
    static const double powers[] = {1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6};
    if (places < 1 || places > 6 || !(fabs(number) < 1e9))
        return false;
    double scaled = fabs(number) * powers[places], whole = floor(scaled), part = scaled - whole;
    if (fabs(part - 0.5) < 1e-5)
        return false;
    uint64_t digits = (uint64_t)whole + (part > 0.5);
    char text[32];
    size_t at = sizeof text;
    for (int64_t i = 0; i < places || digits || i == places; i++) {
        if (i == places)
            text[--at] = '.';
        text[--at] = (char)('0' + digits % 10);
        digits /= 10;
    }
    bool zero = true;
    for (size_t i = at; i < sizeof text; i++)
        zero &= text[i] == '0' || text[i] == '.';
    if (number < 0 && !zero)
        text[--at] = '-';
    *out = cv_value_safe(cv_slice_of(cv_arena_strndup(render->arena, text + at, sizeof text - at), sizeof text - at));
    return true;
}

/* The text of a number with an exponent too large to calculate with: it stays as it is. */
static bool is_huge(CvValue value)
{
    CvSlice text = cv_slice_trim(value.kind == CV_STRING    ? cv_value_as_slice(value)
                                 : value.kind == CV_DECIMAL ? cv_slice(value.decimal.text)
                                                            : (CvSlice){"", 0});
    size_t at = text.length && strchr("+-", text.data[0]) ? 1 : 0, digits = 0;
    for (bool point = false; at < text.length; at++) {
        if (text.data[at] == '.' && !point)
            point = true;
        else if (text.data[at] >= '0' && text.data[at] <= '9')
            digits++;
        else
            break;
    }
    if (!digits || at + 1 >= text.length || (text.data[at] | 32) != 'e')
        return false;
    at += strchr("+-", text.data[at + 1]) ? 2 : 1;
    size_t exponent = text.length - at;
    for (; at < text.length; at++)
        if (text.data[at] < '0' || text.data[at] > '9')
            return false;
    return exponent > 0 && exponent <= 18;
}

static CvValue floatformat(CvRender *render, CvValue value, CvValue argument)
{
    FloatArgument read = argument.kind == CV_INT ? (FloatArgument){argument.integer, false, true, true, false}
                                                 : read_argument(render, argument);
    CvValue quick;
    if (value.kind == CV_FLOAT && read.good && !read.group && cv_locale_is_plain(render->locale) &&
        quick_fixed(render, value.real, read.places, &quick))
        return quick;
    CvNumberFormat format = cv_locale_number_format(render->arena, render->locale, read.localized);
    bool group = read.group || (read.localized && cv_locale_settings(render->locale)->use_thousand_separator);
    CvSlice text =
        cv_floatformat(render->arena, value, read.good ? read.places : -1, group && format.grouping[0], &format);
    if (read.refused && text.length)
        cv_raise(CV_ERROR_TYPE, "int() argument must be a string, a bytes-like object or a real number, not '%s'",
                 cv_value_kind_name(argument));
    double number;
    if (read.places > PLACES_MAX && text.length && cv_value_to_float(value, &number) && isfinite(number))
        cv_raise(CV_ERROR_VALUE, "floatformat with more than %d places", PLACES_MAX);
    if (text.length ? !read.good : is_huge(value))
        return cv_render_text(render, value);
    return text.length ? cv_value_safe(text) : cv_value_slice(CV_SLICE(""));
}

/* ---- filesizeformat ---- */

/* "%s KB" with the text for %s, spaces made unbreakable. */
static CvValue fill_unit(CvRender *render, CvSlice pattern, CvSlice mark, CvSlice number, bool negative)
{
    CvBuffer out = cv_buffer(render->arena), plain = cv_buffer(render->arena);
    ptrdiff_t at = cv_slice_find(pattern, mark);
    if (negative)
        cv_buffer_append_byte(&plain, '-');
    if (at < 0) {
        cv_buffer_append_slice(&plain, pattern);
    } else {
        cv_buffer_append(&plain, pattern.data, (size_t)at);
        cv_buffer_append_slice(&plain, number);
        cv_buffer_append_slice(&plain, cv_slice_skip(pattern, (size_t)at + mark.length));
    }
    for (size_t i = 0; i < plain.length; i++) {
        if (plain.data[i] == ' ')
            cv_buffer_append(&out, "\xc2\xa0", 2);
        else
            cv_buffer_append_byte(&out, plain.data[i]);
    }
    return cv_value_slice(cv_buffer_slice(&out));
}

static CvValue size_in_bytes(CvRender *render, int64_t bytes, bool negative)
{
    CvSlice pattern =
        cv_locale_plural(render->locale, NULL, CV_SLICE("%(size)d byte"), CV_SLICE("%(size)d bytes"), bytes);
    CvBuffer number = cv_buffer(render->arena);
    cv_buffer_append_int(&number, bytes);
    return fill_unit(render, pattern, CV_SLICE("%(size)d"), cv_buffer_slice(&number), negative);
}

static CvValue filesizeformat(CvRender *render, CvValue value, CvValue argument)
{
    (void)argument;
    static const char *const units[] = {"%s KB", "%s MB", "%s GB", "%s TB", "%s PB"};
    CvValue whole;
    double bytes;
    if (!cv_value_to_integer(render->arena, value, &whole))
        return size_in_bytes(render, 0, false);
    if (!cv_value_to_float(whole, &bytes) || isinf(bytes))
        cv_raise(CV_ERROR_OVERFLOW, "integer division result too large for a float");
    bool negative = bytes < 0;
    bytes = fabs(bytes);
    if (bytes < 1024)
        return size_in_bytes(render, (int64_t)bytes, negative);
    size_t unit = 0;
    for (bytes /= 1024; bytes >= 1024 && unit + 1 < CV_COUNT_OF(units); unit++)
        bytes /= 1024;
    double rounded;
    if (!cv_slice_to_double(cv_slice(cv_arena_printf(render->arena, "%.1f", bytes)), &rounded))
        rounded = bytes;
    CvBuffer number = cv_buffer(render->arena);
    cv_locale_append_number(&number, render->locale, cv_value_float(rounded), 1, true, false);
    CvSlice pattern = cv_locale_message(render->locale, NULL, cv_slice(units[unit]));
    return fill_unit(render, pattern, CV_SLICE("%s"), cv_buffer_slice(&number), negative);
}

/* ---- whole numbers ---- */

static CvValue concatenate(CvRender *render, CvValue a, CvValue b)
{
    if (a.kind == CV_STRING && b.kind == CV_STRING) {
        CvBuffer out = cv_buffer(render->arena);
        cv_buffer_append(&out, a.text, a.length);
        cv_buffer_append(&out, b.text, b.length);
        CvValue text = cv_value_slice(cv_slice_of(out.data ? out.data : "", out.length));
        text.flags = a.flags & b.flags & CV_SAFE;
        return text;
    }
    if ((a.kind == CV_LIST || a.kind == CV_TUPLE) && a.kind == b.kind) {
        CvList *list = cv_list_of(render->arena, a.list->count, a.list->items);
        for (size_t i = 0; i < b.list->count; i++)
            cv_list_add(render->arena, list, b.list->items[i]);
        return (CvValue){.kind = a.kind, .list = list};
    }
    return cv_value_slice(CV_SLICE(""));
}

/* Dates and durations. */
static bool add_times(CvValue a, CvValue b, CvValue *out)
{
    if (b.kind != CV_DURATION && a.kind == CV_DURATION) {
        CvValue swap = a;
        a = b;
        b = swap;
    }
    if (b.kind != CV_DURATION)
        return false;
    *out = a;
    if (a.kind == CV_DURATION)
        return !__builtin_add_overflow(a.duration, b.duration, &out->duration);
    if (a.kind == CV_DATETIME) { /* a clock's reading moves, as in Python */
        CvClock clock = cv_datetime_clock(a.datetime, NULL);
        CvDateTime naive = cv_datetime_naive(clock.date, clock.time);
        if (__builtin_add_overflow(naive.microseconds, b.duration, &naive.microseconds))
            return false;
        CvClock moved = cv_datetime_clock(naive, NULL);
        if (!cv_date_is_set(moved.date))
            return false;
        out->datetime =
            cv_datetime_is_naive(a.datetime) ? naive : cv_datetime_in(moved.date, moved.time, a.datetime.zone, false);
        return true;
    }
    if (a.kind != CV_DATE)
        return false;
    int64_t days = b.duration / CV_DAY - (b.duration % CV_DAY < 0);
    out->date = cv_date_from_days(cv_date_to_days(a.date) + days);
    return cv_date_is_set(out->date);
}

static bool is_number(CvValue value)
{
    return value.kind == CV_INT || value.kind == CV_BIGINT || value.kind == CV_BOOL || value.kind == CV_FLOAT ||
           value.kind == CV_DECIMAL;
}

/* NaN is the one number that int() refuses with a ValueError: it stays NaN. */
static bool add_not_a_number(CvValue a, CvValue b, CvValue *out)
{
    bool mixed = (a.kind == CV_FLOAT && b.kind == CV_DECIMAL) || (a.kind == CV_DECIMAL && b.kind == CV_FLOAT);
    double x, y;
    if (!is_number(a) || !is_number(b) || mixed || !cv_value_to_float(a, &x) || !cv_value_to_float(b, &y))
        return false;
    if (a.kind == CV_DECIMAL || b.kind == CV_DECIMAL)
        *out = cv_value_decimal((CvDecimal){"NaN"});
    else
        *out = cv_value_float(x + y);
    return true;
}

static CvValue add(CvRender *render, CvValue value, CvValue argument)
{
    CvValue a, b, sum;
    if (cv_value_to_integer(render->arena, value, &a) && cv_value_to_integer(render->arena, argument, &b))
        return cv_integer_add(render->arena, a, b);
    if (add_times(value, argument, &sum) || add_not_a_number(value, argument, &sum))
        return sum;
    return concatenate(render, value, argument);
}

static CV_NORETURN void not_a_number(CvRender *render, CvValue value)
{
    if (value.kind == CV_STRING || value.kind == CV_FLOAT || value.kind == CV_DECIMAL)
        cv_raise(CV_ERROR_VALUE, "invalid literal for int() with base 10: %.*s",
                 CV_SLICE_ARG(cv_value_repr(render->arena, value)));
    cv_raise(CV_ERROR_TYPE, "int() argument must be a string, a bytes-like object or a real number, not '%s'",
             cv_value_kind_name(value));
}

static CvValue get_digit(CvRender *render, CvValue value, CvValue argument)
{
    CvValue place, number;
    const CvValue both[] = {argument, value};
    CvValue *whole[] = {&place, &number};
    for (size_t i = 0; i < 2; i++)
        if (!cv_value_to_integer(render->arena, both[i], whole[i])) {
            if (both[i].kind == CV_STRING || both[i].kind == CV_FLOAT)
                return value;
            not_a_number(render, both[i]);
        }
    if (place.kind != CV_INT || place.integer < 1)
        return number;
    CvSlice digits = cv_value_str(render->arena, number);
    if ((uint64_t)place.integer > digits.length)
        return cv_value_int(0);
    char digit = digits.data[digits.length - (size_t)place.integer];
    if (digit == '-')
        cv_raise(CV_ERROR_VALUE, "invalid literal for int() with base 10: '-'");
    return cv_value_int(digit - '0');
}

static CvValue divisibleby(CvRender *render, CvValue value, CvValue argument)
{
    CvValue a, b;
    if (!cv_value_to_integer(render->arena, value, &a))
        not_a_number(render, value);
    if (!cv_value_to_integer(render->arena, argument, &b))
        not_a_number(render, argument);
    if (b.kind == CV_INT && b.integer == 0)
        cv_raise(CV_ERROR_ZERO_DIVISION, "integer modulo by zero");
    if (b.kind != CV_INT) /* greater than any number but its multiples */
        return cv_value_bool((a.kind == CV_INT && a.integer == 0) || cv_value_equal(a, b));
    return cv_value_bool(cv_integer_modulo(render->arena, a, b.integer) == 0);
}

static const CvFilter filters[] = {
    CV_FILTER("floatformat", floatformat, .flags = CV_FILTER_SAFE | CV_FILTER_TAKES_ARGUMENT,
              .doc = "Rounded to some places (negative: only if there are any); \"g\" groups, \"u\" does not localise.",
              .examples = CV_EXAMPLES({"{{ 3.14159|floatformat:2 }}", "3.14"})),
    CV_FILTER("filesizeformat", filesizeformat, .flags = CV_FILTER_SAFE, .doc = "Bytes as people read them.",
              .examples = CV_EXAMPLES({"{{ 123456789|filesizeformat }}", "117.7\u00a0MB"})),
    CV_FILTER("add", add, .flags = CV_FILTER_NEEDS_ARGUMENT, .doc = "The sum, or both one after the other.",
              .examples = CV_EXAMPLES({"{{ 4|add:\"2\" }}", "6"})),
    CV_FILTER("get_digit", get_digit, .flags = CV_FILTER_NEEDS_ARGUMENT | CV_FILTER_PLAIN_ARGUMENT,
              .doc = "A digit, counted from the right.", .examples = CV_EXAMPLES({"{{ 123|get_digit:2 }}", "2"})),
    CV_FILTER("divisibleby", divisibleby, .flags = CV_FILTER_NEEDS_ARGUMENT, .doc = "True if nothing is left over.",
              .examples = CV_EXAMPLES({"{{ 21|divisibleby:7 }}", "True"})),
    CV_LIBRARY_END,
};
const CvLibrary cv_library_number_filters = {.name = "", .filters = filters};
