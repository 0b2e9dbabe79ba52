/* decimal_text.c: decimals from text and to text, as Python's decimal module writes them. */
#include <unictype.h>

#include "base/self.h"
#include "text/decimal_private.h"
#include "text/utf8.h"

#define EXPONENT_LIMIT INT64_C(999999999999)

/* Digits of other scripts as ASCII, without underscores and without white space around. */
static CvSlice plain_text(CvArena *arena, CvSlice text)
{
    text = cv_utf8_strip(text);
    if (cv_utf8_is_ascii(text) && cv_slice_find_byte(text, '_') < 0)
        return text;
    CvBuffer out = cv_buffer(arena);
    while (text.length) {
        uint32_t point = cv_utf8_next(&text);
        int digit = point >= 0x80 ? uc_decimal_value(point) : -1;
        if (point != '_')
            cv_utf8_append(&out, digit >= 0 ? (uint32_t)('0' + digit) : point);
    }
    return cv_buffer_slice(&out);
}

static size_t digits_at(CvSlice text, size_t at)
{
    size_t end = at;
    while (end < text.length && text.data[end] >= '0' && text.data[end] <= '9')
        end++;
    return end - at;
}

static bool parse_special(CvSlice text, CvDigits *out)
{
    *out = (CvDigits){.negative = out->negative, .digits = "0", .count = 1};
    if (cv_slice_equal_fold(text, CV_SLICE("inf")) || cv_slice_equal_fold(text, CV_SLICE("infinity"))) {
        out->kind = CV_DIGITS_INFINITE;
        return true;
    }
    out->kind = CV_DIGITS_NAN;
    if (text.length && (*text.data | 0x20) == 's') {
        out->kind = CV_DIGITS_SNAN;
        text = cv_slice_skip(text, 1);
    }
    /* What may follow NaN, a number for diagnosis, is accepted and dropped. */
    return cv_slice_equal_fold(cv_slice_range(text, 0, 3), CV_SLICE("nan")) && digits_at(text, 3) == text.length - 3;
}

static bool parse_exponent(CvSlice text, int64_t *out)
{
    if (!text.length)
        return true;
    if ((*text.data | 0x20) != 'e')
        return false;
    text = cv_slice_skip(text, 1);
    int64_t power;
    if (!cv_slice_to_int64(text, &power) || power > EXPONENT_LIMIT || power < -EXPONENT_LIMIT)
        return false;
    *out += power;
    return true;
}

CvDigits cv_digits_trim(CvDigits number)
{
    while (number.count > 1 && number.digits[0] == '0') {
        number.digits++;
        number.count--;
    }
    return number;
}

bool cv_digits_parse(CvArena *arena, CvSlice text, CvDigits *out)
{
    *out = (CvDigits){0};
    if (text.length && (*text.data == '-' || *text.data == '+')) {
        out->negative = *text.data == '-';
        text = cv_slice_skip(text, 1);
    }
    size_t whole = digits_at(text, 0), fraction = 0, at = whole;
    if (at < text.length && text.data[at] == '.') {
        fraction = digits_at(text, at + 1);
        at += 1 + fraction;
    }
    if (!whole && !fraction)
        return parse_special(text, out);
    if (whole + fraction > CV_DECIMAL_DIGITS_MAX)
        return false;
    out->exponent = -(int64_t)fraction;
    if (!parse_exponent(cv_slice_skip(text, at), &out->exponent))
        return false;
    out->count = whole + fraction;
    if (!fraction) {
        out->digits = text.data;
    } else if (!whole) {
        out->digits = text.data + 1;
    } else {
        char *digits = cv_arena_alloc_raw(arena, out->count, 1);
        memcpy(digits, text.data, whole);
        memcpy(digits + whole, text.data + whole + 1, fraction);
        out->digits = digits;
    }
    *out = cv_digits_trim(*out);
    /* The exponent that is written counts from the first digit: it must be readable too. */
    return cv_digits_adjusted(*out) <= EXPONENT_LIMIT && cv_digits_adjusted(*out) >= -EXPONENT_LIMIT;
}

CvDigits cv_digits_of(CvArena *arena, CvDecimal number)
{
    CvDigits digits;
    if (!number.text || !cv_digits_parse(arena, cv_slice(number.text), &digits))
        return (CvDigits){.kind = CV_DIGITS_NAN, .digits = "0", .count = 1};
    return digits;
}

CvDecimal cv_digits_text(CvArena *arena, CvDigits number)
{
    CvBuffer out = cv_buffer(arena);
    if (number.negative)
        cv_buffer_append_byte(&out, '-');
    if (number.kind != CV_DIGITS_FINITE) {
        static const char *const names[] = {"", "Infinity", "NaN", "sNaN"};
        cv_buffer_append_string(&out, names[number.kind]);
        return (CvDecimal){cv_buffer_string(&out)};
    }
    /* Where the point stands, counted from the first digit; with an exponent it stands behind that one. */
    int64_t left = number.exponent + (int64_t)number.count;
    bool plain = number.exponent <= 0 && left > -6;
    int64_t point = plain ? left : 1;
    int64_t count = (int64_t)number.count;
    if (point <= 0) {
        cv_buffer_append_string(&out, "0.");
        cv_buffer_append_repeated(&out, '0', (size_t)-point);
        cv_buffer_append(&out, number.digits, number.count);
    } else if (point >= count) {
        cv_buffer_append(&out, number.digits, number.count);
        cv_buffer_append_repeated(&out, '0', (size_t)(point - count));
    } else {
        cv_buffer_append(&out, number.digits, (size_t)point);
        cv_buffer_append_byte(&out, '.');
        cv_buffer_append(&out, number.digits + point, number.count - (size_t)point);
    }
    if (left != point)
        cv_buffer_printf(&out, "E%+lld", (long long)(left - point));
    return (CvDecimal){cv_buffer_string(&out)};
}

bool cv_decimal_parse(CvArena *arena, CvSlice text, CvDecimal *out)
{
    CvDigits number;
    if (text.length > CV_DECIMAL_DIGITS_MAX * 4 + 100)
        return false;
    CvScratch scratch = cv_scratch_begin(arena);
    bool good = cv_digits_parse(scratch.arena, plain_text(scratch.arena, text), &number);
    if (good)
        *out = cv_digits_text(arena, number);
    cv_scratch_end(scratch);
    return good;
}

CvDecimal cv_decimal(CvArena *arena, const char *text)
{
    CvDecimal number;
    if (!cv_decimal_parse(arena, cv_slice(text), &number))
        cv_raise(CV_ERROR_VALUE, "\"%s\" is no decimal number.", text);
    return number;
}

CvDecimal cv_decimal_from_int(CvArena *arena, int64_t number)
{
    CvBuffer out = cv_buffer(arena);
    cv_buffer_append_int(&out, number);
    return (CvDecimal){cv_buffer_string(&out)};
}

CvDecimal cv_decimal_from_double(CvArena *arena, double number)
{
    CvBuffer out = cv_buffer(arena);
    cv_buffer_append_double(&out, number);
    return cv_decimal(arena, cv_buffer_string(&out));
}

bool cv_decimal_from_value(CvArena *arena, CvValue value, CvDecimal *out)
{
    switch ((CvKind)value.kind) {
    case CV_BOOL:
        *out = cv_decimal_from_int(arena, value.boolean);
        return true;
    case CV_INT:
        *out = cv_decimal_from_int(arena, value.integer);
        return true;
    case CV_FLOAT:
        *out = cv_decimal_from_double(arena, value.real);
        return true;
    case CV_DECIMAL:
        *out = value.decimal;
        return true;
    case CV_BIGINT:
    case CV_STRING:
        return cv_decimal_parse(arena, cv_value_as_slice(value), out);
    default:
        return false;
    }
}

double cv_decimal_to_double(CvDecimal number)
{
    double result = 0;
    CvSlice text = cv_slice(number.text);
    bool nan = cv_decimal_is_nan(number);
    if (!cv_slice_to_double(nan ? CV_SLICE("nan") : text, &result))
        return 0;
    return result;
}

char *cv_decimal_fixed(CvArena *arena, CvDecimal decimal, size_t most)
{
    CvScratch scratch = cv_scratch_begin(arena);
    CvDigits number = cv_digits_of(scratch.arena, decimal);
    CvBuffer out = cv_buffer(arena);
    bool fits = true;
    if (number.kind != CV_DIGITS_FINITE) {
        cv_buffer_append_string(&out, decimal.text ? decimal.text : "NaN");
    } else {
        int64_t count = (int64_t)number.count, left = number.exponent + count;
        int64_t before = left > 1 ? left : 1, behind = number.exponent < 0 ? -number.exponent : 0;
        fits = before <= (int64_t)most && behind <= (int64_t)most - before;
        if (fits) {
            if (number.negative)
                cv_buffer_append_byte(&out, '-');
            if (left <= 0)
                cv_buffer_append_byte(&out, '0');
            else
                cv_buffer_append(&out, number.digits, (size_t)(left < count ? left : count));
            if (number.exponent > 0 && !cv_digits_is_zero(number))
                cv_buffer_append_repeated(&out, '0', (size_t)number.exponent);
            if (behind) {
                cv_buffer_append_byte(&out, '.');
                cv_buffer_append_repeated(&out, '0', (size_t)(left < 0 ? -left : 0));
                cv_buffer_append(&out, number.digits + (left > 0 ? left : 0),
                                 (size_t)(left > 0 ? count - left : count));
            }
        }
    }
    cv_scratch_end(scratch);
    return fits ? cv_buffer_string(&out) : NULL;
}
