/* number.c: numbers for people, by the rules of django.utils.numberformat and two filters. */
#include "text/number.h"

#include <math.h>

#include "base/self.h"
#include "text/decimal.h"
#include "text/utf8.h"

#define DIGITS_SHOWN 200 /* longer numbers are shown in scientific notation, or not at all */
#define NBSP "\xC2\xA0"

static void append_grouped(CvBuffer *out, CvSlice digits, const CvNumberFormat *format)
{
    const char *separator = format->thousands ? format->thousands : ",";
    /* Where separators go, counted from the right. */
    CvScratch scratch = cv_scratch_begin(out->arena);
    char *before = cv_arena_alloc(scratch.arena, digits.length + 1);
    size_t at = 0, interval = 0;
    for (size_t size = format->grouping[0]; size && at + size < digits.length;) {
        at += size;
        before[digits.length - at] = 1;
        if (interval + 1 < CV_COUNT_OF(format->grouping) && format->grouping[interval + 1])
            size = format->grouping[++interval];
    }
    for (size_t i = 0; i < digits.length; i++) {
        if (before[i])
            cv_buffer_append_string(out, separator);
        cv_buffer_append_byte(out, digits.data[i]);
    }
    cv_scratch_end(scratch);
}

/* The first digits of a fraction (negative: all but so many), and how many zeroes are to follow. */
static CvSlice first_places(CvSlice fraction, int64_t places, size_t *zeroes)
{
    size_t have = cv_utf8_count(fraction), gone = (size_t) - (uint64_t)places;
    size_t wanted = places >= 0 ? (size_t)places : gone < have ? have - gone : 0;
    *zeroes = wanted > have ? wanted - have : 0;
    return cv_utf8_take(fraction, wanted);
}

static void append_digits(CvBuffer *out, CvSlice text, const CvNumberFormat *format)
{
    if (text.length && *text.data == '-') {
        cv_buffer_append_byte(out, '-');
        text = cv_slice_skip(text, 1);
    }
    ptrdiff_t point = cv_slice_find_byte(text, '.');
    CvSlice whole = point < 0 ? text : cv_slice_range(text, 0, (size_t)point);
    CvSlice fraction = point < 0 ? (CvSlice){"", 0} : cv_slice_skip(text, (size_t)point + 1);
    size_t zeroes = 0;
    if (format->has_places) {
        fraction = first_places(fraction, format->places, &zeroes);
    }
    if (format->group && format->grouping[0])
        append_grouped(out, whole, format);
    else
        cv_buffer_append_slice(out, whole);
    if (fraction.length + zeroes) {
        cv_buffer_append_string(out, format->decimal ? format->decimal : ".");
        cv_buffer_append_slice(out, fraction);
        cv_buffer_append_repeated(out, '0', zeroes);
    }
}

/* "1.234e+300", the coefficient formatted on its own. */
static void append_scientific(CvArena *arena, CvBuffer *out, CvDecimal number, const CvNumberFormat *format)
{
    CvSlice text = cv_slice(number.text);
    size_t count;
    int64_t exponent;
    cv_decimal_shape(number, &count, &exponent);
    int64_t power = exponent + (int64_t)count - 1;
    CvBuffer coefficient = cv_buffer(arena);
    size_t written = 0;
    for (size_t i = 0; i < text.length && (text.data[i] | 0x20) != 'e'; i++) {
        char c = text.data[i];
        if (c == '-')
            cv_buffer_append_byte(&coefficient, c);
        if (c < '0' || c > '9' || (c == '0' && !written && count > 1))
            continue;
        if (written++ == 1)
            cv_buffer_append_byte(&coefficient, '.');
        cv_buffer_append_byte(&coefficient, c);
    }
    append_digits(out, cv_buffer_slice(&coefficient), format);
    cv_buffer_printf(out, "e%+lld", (long long)power);
}

static void append_decimal(CvArena *arena, CvBuffer *out, CvDecimal number, const CvNumberFormat *format)
{
    size_t count;
    int64_t exponent;
    if (!cv_decimal_is_finite(number)) {
        cv_buffer_append_string(out, number.text ? number.text : "");
        return;
    }
    cv_decimal_shape(number, &count, &exponent);
    /* What is too small to be seen in the places is zero without a sign. */
    if (format->has_places && !cv_decimal_is_zero(number)) {
        int64_t places = format->places > 0 ? format->places : 1;
        if (exponent + (int64_t)count - 1 < -places) {
            number = cv_decimal_from_int(arena, 0);
            cv_decimal_shape(number, &count, &exponent);
        }
    } else if (format->has_places) {
        number = cv_decimal_from_int(arena, 0);
        cv_decimal_shape(number, &count, &exponent);
    }
    char *fixed = NULL;
    if ((exponent < 0 ? -exponent : exponent) + (int64_t)count <= DIGITS_SHOWN)
        fixed = cv_decimal_fixed(arena, number, 2 * DIGITS_SHOWN);
    if (fixed)
        append_digits(out, cv_slice(fixed), format);
    else
        append_scientific(arena, out, number, format);
}

void cv_number_format(CvArena *arena, CvBuffer *out, CvValue number, CvNumberFormat format)
{
    if (number.kind == CV_DECIMAL) {
        append_decimal(arena, out, number.decimal, &format);
        return;
    }
    CvSlice text = cv_value_str(arena, number);
    if (number.kind == CV_FLOAT && cv_slice_find_byte(text, 'e') >= 0) {
        append_decimal(arena, out, cv_decimal_from_double(arena, number.real), &format);
        return;
    }
    bool spells = text.length && number.kind != CV_NULL;
    if (spells)
        append_digits(out, text, &format);
    else
        cv_buffer_append_slice(out, text);
}

static CvSlice formatted(CvArena *arena, CvSlice digits, int64_t places, bool group, const CvNumberFormat *locale)
{
    CvNumberFormat format = locale ? *locale : (CvNumberFormat){.grouping = {3}};
    format.has_places = true;
    format.places = places;
    format.group = format.group || group;
    if (format.group && !format.grouping[0])
        format.grouping[0] = 3;
    CvBuffer out = cv_buffer(arena);
    append_digits(&out, digits, &format);
    cv_buffer_string(&out);
    return cv_buffer_slice(&out);
}

static bool read_decimal(CvArena *arena, CvValue value, CvSlice text, CvDecimal *out)
{
    if (cv_decimal_parse(arena, text, out))
        return true;
    if (value.kind == CV_BOOL)
        *out = cv_decimal_from_double(arena, value.boolean);
    return value.kind == CV_BOOL;
}

CvSlice cv_floatformat(CvArena *arena, CvValue value, int64_t places, bool group, const CvNumberFormat *locale)
{
    CvDecimal number, whole, rounded;
    CvError error;
    CvSlice text = cv_value_str(arena, value);
    if (!read_decimal(arena, value, text, &number))
        return CV_SLICE("");
    size_t count;
    int64_t exponent, size = places < 0 ? -places : places;
    cv_decimal_shape(number, &count, &exponent);
    if (!cv_decimal_is_finite(number) || size > CV_DECIMAL_DIGITS_MAX ||
        (int64_t)count + (exponent < 0 ? -exponent : exponent) > DIGITS_SHOWN)
        return text;
    if (!cv_decimal_quantize(arena, number, 0, CV_ROUND_DOWN, &whole, &error))
        return text;
    int order;
    bool integral = cv_decimal_compare(whole, number, &order) && order == 0;
    if (integral && places <= 0) {
        char *fixed = cv_decimal_fixed(arena, whole, 2 * DIGITS_SHOWN);
        CvSlice digits = cv_slice(fixed && cv_decimal_is_zero(whole) && *fixed == '-' ? fixed + 1 : fixed);
        return formatted(arena, digits, 0, group, locale);
    }
    if (!cv_decimal_quantize(arena, number, size, CV_ROUND_HALF_UP, &rounded, &error))
        return text;
    char *fixed = cv_decimal_fixed(arena, rounded, CV_DECIMAL_DIGITS_MAX + 2 * DIGITS_SHOWN);
    if (fixed && cv_decimal_is_zero(rounded) && *fixed == '-')
        fixed++;
    return formatted(arena, cv_slice(fixed), size, group, locale);
}

CvSlice cv_filesize_format(CvArena *arena, double bytes)
{
    static const char *const units[] = {"KB", "MB", "GB", "TB", "PB"};
    CvBuffer out = cv_buffer(arena);
    bool negative = bytes < 0;
    double size = trunc(negative ? -bytes : bytes);
    if (negative)
        cv_buffer_append_byte(&out, '-');
    if (!isfinite(size))
        size = 0;
    if (size < 1024) {
        cv_buffer_printf(&out, "%.0f" NBSP "byte%s", size, size == 1 ? "" : "s");
    } else {
        size_t unit = 0;
        for (size /= 1024; size >= 1024 && unit + 1 < CV_COUNT_OF(units); unit++)
            size /= 1024;
        cv_buffer_printf(&out, "%.1f" NBSP "%s", size, units[unit]);
    }
    cv_buffer_string(&out);
    return cv_buffer_slice(&out);
}
