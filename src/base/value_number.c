/* value_number.c: exact comparison of booleans, integers, floats and decimals with each other. */
#include <math.h>

#include "base/hash.h"
#include "base/self.h"
#include "base/value_private.h"

/* A number as 0.DIGITS * 10^exponent; digits begin and end without a zero, none for zero. */
typedef struct Number {
    int sign; /* -1, 0, 1 */
    bool infinite, nan;
    int64_t exponent;
    CvSlice digits;
} Number;

/* Reads "-12.50E+3" into digits without the point, kept in `arena`. */
static Number number_of_text(CvArena *arena, CvSlice text)
{
    Number number = {.sign = 1};
    size_t at = 0;
    if (text.length && (text.data[0] == '-' || text.data[0] == '+')) {
        number.sign = text.data[0] == '-' ? -1 : 1;
        at = 1;
    }
    if (at < text.length && (text.data[at] == 'I' || text.data[at] == 'i')) {
        number.infinite = true;
        return number;
    }
    if (at < text.length && !(text.data[at] >= '0' && text.data[at] <= '9') && text.data[at] != '.') {
        number.nan = true;
        return number;
    }
    char *digits = cv_arena_alloc_raw(arena, text.length + 1, 1);
    size_t count = 0, leading = 0;
    int64_t whole = 0;
    bool point = false;
    for (; at < text.length && text.data[at] != 'E' && text.data[at] != 'e'; at++) {
        char c = text.data[at];
        if (c == '.') {
            point = true;
            continue;
        }
        if (c == '0' && count == 0)
            leading++;
        else
            digits[count++] = c;
        whole += !point;
    }
    int64_t power = 0;
    if (at < text.length && !cv_slice_to_int64(cv_slice_skip(text, at + 1), &power))
        power = text.data[at + 1] == '-' ? INT32_MIN : INT32_MAX;
    while (count && digits[count - 1] == '0')
        count--;
    number.digits = cv_slice_of(digits, count);
    number.exponent = whole - (int64_t)leading + power;
    if (!count)
        number.sign = 0;
    return number;
}

static Number number_of(CvArena *arena, CvValue v)
{
    switch (v.kind) {
    case CV_BIGINT:
        return number_of_text(arena, cv_value_as_slice(v));
    case CV_DECIMAL:
        return number_of_text(arena, cv_slice(v.decimal.text));
    case CV_FLOAT:
        if (isnan(v.real) || isinf(v.real))
            return (Number){.sign = v.real < 0 ? -1 : 1, .infinite = isinf(v.real), .nan = isnan(v.real)};
        /* All digits of a double: it has at most 767. */
        return number_of_text(arena, cv_slice(cv_arena_printf(arena, "%.770e", v.real)));
    default:
        return number_of_text(
            arena, cv_slice(cv_arena_printf(arena, "%lld", (long long)(v.kind == CV_BOOL ? v.boolean : v.integer))));
    }
}

static int number_order(const Number *a, const Number *b)
{
    if (a->sign != b->sign)
        return a->sign < b->sign ? -1 : 1;
    if (a->sign == 0)
        return 0;
    int larger;
    if (a->infinite || b->infinite)
        larger = (a->infinite ? 1 : 0) - (b->infinite ? 1 : 0);
    else if (a->exponent != b->exponent)
        larger = a->exponent < b->exponent ? -1 : 1;
    else
        larger = cv_slice_compare(a->digits, b->digits);
    larger = (larger > 0) - (larger < 0);
    return a->sign * larger;
}

static bool is_small(CvValue v)
{
    return v.kind == CV_BOOL || v.kind == CV_INT;
}

bool cv_number_compare(CvValue a, CvValue b, int *order)
{
    if (is_small(a) && is_small(b)) {
        int64_t x = a.kind == CV_BOOL ? a.boolean : a.integer, y = b.kind == CV_BOOL ? b.boolean : b.integer;
        *order = (x > y) - (x < y);
        return true;
    }
    if (a.kind == CV_FLOAT && b.kind == CV_FLOAT) {
        *order = (a.real > b.real) - (a.real < b.real);
        return !isnan(a.real) && !isnan(b.real);
    }
    CvScratch scratch = cv_scratch_begin(NULL);
    Number x = number_of(scratch.arena, a), y = number_of(scratch.arena, b);
    bool ordered = !x.nan && !y.nan;
    if (ordered)
        *order = number_order(&x, &y);
    cv_scratch_end(scratch);
    return ordered;
}

static uint64_t hash_words(uint64_t kind, uint64_t word)
{
    uint64_t words[2] = {kind, word};
    return cv_hash(cv_slice_of((const char *)words, sizeof words));
}

static uint64_t hash_double(double real)
{
    if (real >= -9.2e18 && real <= 9.2e18 && real == (double)(int64_t)real)
        return hash_words(CV_INT, (uint64_t)(int64_t)real);
    uint64_t bits;
    memcpy(&bits, &real, sizeof bits);
    return hash_words(CV_FLOAT, bits);
}

uint64_t cv_number_hash(CvValue v)
{
    if (is_small(v)) {
        int64_t integer = v.kind == CV_BOOL ? v.boolean : v.integer;
        /* What a double cannot tell from its neighbours hashes like them. */
        if (integer > (INT64_C(1) << 53) || integer < -(INT64_C(1) << 53))
            return hash_double((double)integer);
        return hash_words(CV_INT, (uint64_t)integer);
    }
    if (v.kind == CV_FLOAT)
        return hash_double(v.real);
    double real = 0;
    if (!cv_slice_to_double(v.kind == CV_DECIMAL ? cv_slice(v.decimal.text) : cv_value_as_slice(v), &real))
        return hash_words(CV_DECIMAL, 0);
    return hash_double(real);
}
