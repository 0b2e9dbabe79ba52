/* python_number.c: text as Python's int() and float() read it: white space around, single underscores between digits,
 * digits of any script. */
#include "text/decimal.h"
#include "text/number.h"
#include "text/utf8.h"

enum { MOST_DIGITS = 4300 };

/* Digits with single underscores between them, copied without; false if there is none or an underscore is misplaced. */
static bool take_digits(CvSlice *rest, CvBuffer *out, size_t *count)
{
    bool after_digit = false;
    *count = 0;
    while (rest->length) {
        CvSlice next = *rest;
        uint32_t c = cv_utf8_next(&next);
        if (c == '_') {
            CvSlice behind = next;
            if (!after_digit || !behind.length || !cv_utf8_is_digit(cv_utf8_next(&behind)))
                return false;
            after_digit = false;
        } else if (cv_utf8_is_digit(c)) {
            cv_buffer_append(out, rest->data, rest->length - next.length);
            after_digit = true;
            ++*count;
        } else {
            break;
        }
        *rest = next;
    }
    return true;
}

/* Without white space around; Python keeps U+001C to U+001F here, which it drops everywhere else. */
static CvSlice strip(CvSlice text)
{
    CvSlice inner = cv_utf8_strip(text);
    const char *end = inner.data + inner.length;
    for (const char *c = text.data; inner.length && c < text.data + text.length; c++)
        if ((c < inner.data || c >= end) && *c >= 0x1c && *c <= 0x1f)
            return (CvSlice){NULL, 0};
    return inner;
}

static void take_sign(CvSlice *rest, CvBuffer *out)
{
    if (rest->length && (rest->data[0] == '-' || rest->data[0] == '+')) {
        cv_buffer_append_byte(out, rest->data[0]);
        *rest = cv_slice_skip(*rest, 1);
    }
}

bool cv_python_int(CvArena *arena, CvSlice text, CvValue *out)
{
    CvBuffer plain = cv_buffer(arena);
    CvSlice rest = strip(text);
    size_t count;
    take_sign(&rest, &plain);
    if (!take_digits(&rest, &plain, &count) || count == 0 || count > MOST_DIGITS || rest.length)
        return false;
    CvSlice digits = cv_buffer_slice(&plain);
    CvDecimal number;
    for (size_t i = 0; i < digits.length; i++) {
        if ((unsigned char)digits.data[i] < 128)
            continue;
        if (!cv_decimal_parse(arena, digits, &number)) /* other scripts' digits */
            return false;
        digits = cv_slice(number.text);
        break;
    }
    if (digits.length && digits.data[0] == '+')
        digits = cv_slice_skip(digits, 1);
    *out = cv_value_integer_text(arena, digits);
    return true;
}

bool cv_python_float(CvArena *arena, CvSlice text, double *out)
{
    CvBuffer plain = cv_buffer(arena);
    CvSlice rest = strip(text);
    static const char *const words[] = {"inf", "infinity", "nan"};
    size_t whole, fraction = 0, exponent;
    take_sign(&rest, &plain);
    for (size_t i = 0; i < CV_COUNT_OF(words); i++) {
        if (cv_slice_equal_fold(rest, cv_slice(words[i]))) {
            bool negative = plain.length && plain.data[0] == '-';
            *out = i == 2 ? __builtin_nan("") : negative ? -__builtin_inf() : __builtin_inf();
            return true;
        }
    }
    if (!take_digits(&rest, &plain, &whole))
        return false;
    if (rest.length && rest.data[0] == '.') {
        cv_buffer_append_byte(&plain, '.');
        rest = cv_slice_skip(rest, 1);
        if (!take_digits(&rest, &plain, &fraction))
            return false;
    }
    if (whole + fraction == 0)
        return false;
    if (rest.length && (rest.data[0] == 'e' || rest.data[0] == 'E')) {
        cv_buffer_append_byte(&plain, 'e');
        rest = cv_slice_skip(rest, 1);
        take_sign(&rest, &plain);
        if (!take_digits(&rest, &plain, &exponent) || exponent == 0)
            return false;
    }
    if (rest.length)
        return false;
    CvSlice number = cv_buffer_slice(&plain);
    CvDecimal decimal;
    if (cv_slice_to_double(number, out))
        return true;
    if (!cv_decimal_parse(arena, number, &decimal))
        return false;
    *out = cv_decimal_to_double(decimal);
    return true;
}
