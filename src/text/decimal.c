/* decimal.c: arithmetic with decimals, digit by digit, rounded as Python's default context rounds. */
#include "text/decimal.h"

#include "base/self.h"
#include "text/decimal_private.h"

/* ---- rounding ---- */

/* Whether dropping all digits from `kept` on takes the number one up in size. */
static bool rounds_up(CvDigits number, size_t kept, CvRounding rounding)
{
    bool any = false, more = false;
    for (size_t i = kept; i < number.count; i++) {
        any = any || number.digits[i] != '0';
        more = more || (i > kept && number.digits[i] != '0');
    }
    if (!any)
        return false;
    char first = number.digits[kept], last = kept ? number.digits[kept - 1] : '0';
    bool half = first == '5' && !more, above = first > '5' || (first == '5' && more);
    switch (rounding) {
    case CV_ROUND_HALF_EVEN:
        return above || (half && (last - '0') % 2 == 1);
    case CV_ROUND_HALF_UP:
        return above || half;
    case CV_ROUND_HALF_DOWN:
        return above;
    case CV_ROUND_UP:
        return true;
    case CV_ROUND_CEILING:
        return !number.negative;
    case CV_ROUND_FLOOR:
        return number.negative;
    case CV_ROUND_05UP:
        return last == '0' || last == '5';
    default:
        return false;
    }
}

/* The first `kept` digits, one up if asked; a carry out of the first digit makes them one more. */
static CvDigits cut(CvArena *arena, CvDigits number, size_t kept, bool up)
{
    char *digits = cv_arena_alloc_raw(arena, kept + 2, 1);
    digits[0] = '0';
    memcpy(digits + 1, number.digits, kept);
    for (size_t i = kept + 1; up && i-- > 0;) {
        up = digits[i] == '9';
        digits[i] = (char)(up ? '0' : digits[i] + 1);
    }
    number.exponent += (int64_t)(number.count - kept);
    number.digits = digits;
    number.count = kept + 1;
    return cv_digits_trim(number);
}

CvDigits cv_digits_rescale(CvArena *arena, CvDigits number, int64_t exponent, CvRounding rounding)
{
    if (cv_digits_is_zero(number)) {
        number.exponent = exponent;
        return number;
    }
    if (exponent <= number.exponent) {
        size_t more = (size_t)(number.exponent - exponent);
        char *digits = cv_arena_alloc_raw(arena, cv_size_add(number.count, more), 1);
        memcpy(digits, number.digits, number.count);
        memset(digits + number.count, '0', more);
        number.digits = digits;
        number.count += more;
        number.exponent = exponent;
        return number;
    }
    int64_t kept = (int64_t)number.count - (exponent - number.exponent);
    if (kept < 0) { /* far below the last place: nothing but a sign and that it is not zero */
        number.digits = "01";
        number.count = 2;
        kept = 0;
    }
    number = cut(arena, number, (size_t)kept, rounds_up(number, (size_t)kept, rounding));
    number.exponent = exponent;
    return number;
}

CvDigits cv_digits_finish(CvArena *arena, CvDigits number, size_t precision)
{
    if (number.kind != CV_DIGITS_FINITE)
        return number;
    if (cv_digits_is_zero(number)) {
        int64_t least = -CV_DECIMAL_EXPONENT_MAX - (int64_t)precision + 1;
        if (number.exponent > CV_DECIMAL_EXPONENT_MAX)
            number.exponent = CV_DECIMAL_EXPONENT_MAX;
        if (number.exponent < least)
            number.exponent = least;
        return number;
    }
    if (number.count > precision) {
        number = cut(arena, number, precision, rounds_up(number, precision, CV_ROUND_HALF_EVEN));
        if (number.count > precision) { /* 999 became 1000 */
            number.count--;
            number.exponent++;
        }
    }
    if (cv_digits_adjusted(number) > CV_DECIMAL_EXPONENT_MAX)
        return (CvDigits){.kind = CV_DIGITS_INFINITE, .negative = number.negative, .digits = "0", .count = 1};
    int64_t least = -CV_DECIMAL_EXPONENT_MAX - (int64_t)precision + 1;
    if (number.exponent < least)
        number = cv_digits_rescale(arena, number, least, CV_ROUND_HALF_EVEN);
    return number;
}

/* ---- whole numbers as digits ---- */

static int compare_digits(CvDigits a, CvDigits b)
{
    if (a.count != b.count)
        return a.count < b.count ? -1 : 1;
    int order = memcmp(a.digits, b.digits, a.count);
    return (order > 0) - (order < 0);
}

/* larger + smaller or larger - smaller, both aligned at the last digit. */
static CvDigits combine(CvArena *arena, CvDigits larger, CvDigits smaller, bool subtract)
{
    char *sum = cv_arena_alloc_raw(arena, larger.count + 1, 1);
    int carry = 0;
    for (size_t i = 0; i < larger.count; i++) {
        int a = larger.digits[larger.count - 1 - i] - '0';
        int b = i < smaller.count ? smaller.digits[smaller.count - 1 - i] - '0' : 0;
        int digit = subtract ? a - b - carry : a + b + carry;
        carry = subtract ? digit < 0 : digit > 9;
        digit += subtract ? (carry ? 10 : 0) : (carry ? -10 : 0);
        sum[larger.count - i] = (char)('0' + digit);
    }
    sum[0] = (char)('0' + carry);
    larger.digits = sum;
    larger.count++;
    return cv_digits_trim(larger);
}

static CvDigits nan_of(void)
{
    return (CvDigits){.kind = CV_DIGITS_NAN, .digits = "0", .count = 1};
}

/* A number far smaller than the last place that counts only has to be not zero. */
static void align(CvArena *arena, CvDigits *a, CvDigits *b)
{
    CvDigits *high = a->exponent < b->exponent ? b : a, *low = high == a ? b : a;
    int64_t reach = (int64_t)high->count - CV_DECIMAL_PRECISION - 2;
    int64_t floor = high->exponent + (reach < -1 ? reach : -1);
    if (cv_digits_adjusted(*low) < floor) {
        low->digits = "1";
        low->count = 1;
        low->exponent = floor;
    }
    *high = cv_digits_rescale(arena, *high, low->exponent, CV_ROUND_DOWN);
}

static CvDigits add(CvArena *arena, CvDigits a, CvDigits b)
{
    if (a.kind >= CV_DIGITS_NAN || b.kind >= CV_DIGITS_NAN)
        return nan_of();
    if (a.kind == CV_DIGITS_INFINITE || b.kind == CV_DIGITS_INFINITE) {
        if (a.kind == b.kind && a.negative != b.negative)
            return nan_of();
        return a.kind == CV_DIGITS_INFINITE ? a : b;
    }
    int64_t exponent = a.exponent < b.exponent ? a.exponent : b.exponent;
    if (cv_digits_is_zero(a) && cv_digits_is_zero(b)) {
        a.negative = a.negative && b.negative;
        a.exponent = exponent;
        return cv_digits_finish(arena, a, CV_DECIMAL_PRECISION);
    }
    if (cv_digits_is_zero(a) || cv_digits_is_zero(b)) {
        CvDigits other = cv_digits_is_zero(a) ? b : a;
        int64_t least = other.exponent - CV_DECIMAL_PRECISION - 1;
        other = cv_digits_rescale(arena, other, exponent > least ? exponent : least, CV_ROUND_HALF_EVEN);
        return cv_digits_finish(arena, other, CV_DECIMAL_PRECISION);
    }
    align(arena, &a, &b);
    int order = compare_digits(a, b);
    if (a.negative != b.negative && order == 0) {
        CvDigits zero = {.digits = "0", .count = 1, .exponent = exponent};
        return cv_digits_finish(arena, zero, CV_DECIMAL_PRECISION);
    }
    CvDigits sum = combine(arena, order < 0 ? b : a, order < 0 ? a : b, a.negative != b.negative);
    return cv_digits_finish(arena, sum, CV_DECIMAL_PRECISION);
}

#define LIMB 1000000000u

/* Nine digits a limb, the lowest limb first. */
static uint32_t *limbs_of(CvArena *arena, CvDigits number, size_t *count)
{
    *count = (number.count + 8) / 9;
    uint32_t *limbs = cv_arena_new_array(arena, uint32_t, *count);
    for (size_t i = 0; i < number.count; i++) {
        uint32_t *limb = &limbs[(number.count - 1 - i) / 9];
        *limb = *limb * 10 + (uint32_t)(number.digits[i] - '0');
    }
    return limbs;
}

static CvDigits multiply(CvArena *arena, CvDigits a, CvDigits b)
{
    size_t a_count, b_count;
    const uint32_t *x = limbs_of(arena, a, &a_count), *y = limbs_of(arena, b, &b_count);
    size_t count = a_count + b_count;
    uint32_t *product = cv_arena_new_array(arena, uint32_t, count);
    for (size_t i = 0; i < a_count; i++) {
        uint64_t carry = 0;
        for (size_t j = 0; j < b_count || carry; j++) {
            uint64_t sum = product[i + j] + carry + (j < b_count ? (uint64_t)x[i] * y[j] : 0);
            product[i + j] = (uint32_t)(sum % LIMB);
            carry = sum / LIMB;
        }
    }
    char *digits = cv_arena_alloc_raw(arena, count * 9, 1);
    for (size_t i = 0; i < count; i++) {
        uint32_t limb = product[count - 1 - i];
        for (size_t j = 9; j-- > 0; limb /= 10)
            digits[i * 9 + j] = (char)('0' + limb % 10);
    }
    a.digits = digits;
    a.count = count * 9;
    a.exponent += b.exponent;
    a.negative = a.negative != b.negative;
    return cv_digits_trim(a);
}

/* What is left of a long division: the digits at `start`, `count` of them. */
typedef struct Remainder {
    char *digits;
    size_t start, count;
} Remainder;

static bool fits_once(const Remainder *rest, CvDigits divisor)
{
    if (rest->count != divisor.count)
        return rest->count > divisor.count;
    return memcmp(rest->digits + rest->start, divisor.digits, divisor.count) >= 0;
}

static void subtract_once(Remainder *rest, CvDigits divisor)
{
    int borrow = 0;
    for (size_t i = 0; i < rest->count; i++) {
        char *at = &rest->digits[rest->start + rest->count - 1 - i];
        int digit = *at - '0' - borrow - (i < divisor.count ? divisor.digits[divisor.count - 1 - i] - '0' : 0);
        borrow = digit < 0;
        *at = (char)('0' + digit + (borrow ? 10 : 0));
    }
    while (rest->count && rest->digits[rest->start] == '0') {
        rest->start++;
        rest->count--;
    }
}

/* a / b as whole numbers, `a` with `zeroes` more digits; *exact: nothing is left. */
static CvDigits divide_whole(CvArena *arena, CvDigits a, size_t zeroes, CvDigits b, bool *exact)
{
    size_t steps = a.count + zeroes;
    char *quotient = cv_arena_alloc_raw(arena, steps, 1);
    Remainder rest = {cv_arena_alloc_raw(arena, steps + 1, 1), 0, 0};
    for (size_t i = 0; i < steps; i++) {
        char next = i < a.count ? a.digits[i] : '0';
        if (rest.count || next != '0')
            rest.digits[rest.start + rest.count++] = next;
        quotient[i] = '0';
        while (fits_once(&rest, b)) {
            subtract_once(&rest, b);
            quotient[i]++;
        }
    }
    *exact = rest.count == 0;
    a.digits = quotient;
    a.count = steps;
    return cv_digits_trim(a);
}

static CvDigits divide(CvArena *arena, CvDigits a, CvDigits b)
{
    int64_t ideal = a.exponent - b.exponent;
    bool negative = a.negative != b.negative;
    if (cv_digits_is_zero(a)) {
        a.negative = negative;
        a.exponent = ideal;
        return cv_digits_finish(arena, a, CV_DECIMAL_PRECISION);
    }
    int64_t shift = (int64_t)b.count - (int64_t)a.count + CV_DECIMAL_PRECISION + 1;
    bool exact;
    CvDigits quotient;
    if (shift >= 0) {
        quotient = divide_whole(arena, a, (size_t)shift, b, &exact);
    } else {
        CvDigits scaled = cv_digits_rescale(arena, b, b.exponent + shift, CV_ROUND_DOWN);
        quotient = divide_whole(arena, a, 0, scaled, &exact);
    }
    quotient.exponent = ideal - shift;
    quotient.negative = negative;
    char last = quotient.digits[quotient.count - 1];
    if (!exact && (last == '0' || last == '5')) { /* so that rounding sees that it is not exactly half */
        char *digits = cv_arena_strndup(arena, quotient.digits, quotient.count);
        digits[quotient.count - 1]++;
        quotient.digits = digits;
    }
    while (exact && quotient.exponent < ideal && quotient.count > 1 && quotient.digits[quotient.count - 1] == '0') {
        quotient.count--;
        quotient.exponent++;
    }
    return cv_digits_finish(arena, quotient, CV_DECIMAL_PRECISION);
}

/* ---- the public functions ---- */

static CvDecimal sum_of(CvArena *arena, CvDecimal a, CvDecimal b, bool negate)
{
    CvScratch scratch = cv_scratch_begin(arena);
    CvDigits x = cv_digits_of(scratch.arena, a), y = cv_digits_of(scratch.arena, b);
    y.negative = y.negative != negate;
    CvDecimal sum = cv_digits_text(arena, add(scratch.arena, x, y));
    cv_scratch_end(scratch);
    return sum;
}

CvDecimal cv_decimal_add(CvArena *arena, CvDecimal a, CvDecimal b)
{
    return sum_of(arena, a, b, false);
}

CvDecimal cv_decimal_subtract(CvArena *arena, CvDecimal a, CvDecimal b)
{
    return sum_of(arena, a, b, true);
}

CvDecimal cv_decimal_multiply(CvArena *arena, CvDecimal a, CvDecimal b)
{
    CvScratch scratch = cv_scratch_begin(arena);
    CvDigits x = cv_digits_of(scratch.arena, a), y = cv_digits_of(scratch.arena, b), product;
    if (x.kind >= CV_DIGITS_NAN || y.kind >= CV_DIGITS_NAN) {
        product = nan_of();
    } else if (x.kind == CV_DIGITS_INFINITE || y.kind == CV_DIGITS_INFINITE) {
        product = cv_digits_is_zero(x) || cv_digits_is_zero(y)
                      ? nan_of()
                      : (CvDigits){CV_DIGITS_INFINITE, x.negative != y.negative, "0", 1, 0};
    } else {
        product = cv_digits_finish(scratch.arena, multiply(scratch.arena, x, y), CV_DECIMAL_PRECISION);
    }
    CvDecimal result = cv_digits_text(arena, product);
    cv_scratch_end(scratch);
    return result;
}

bool cv_decimal_divide(CvArena *arena, CvDecimal a, CvDecimal b, CvDecimal *out, CvError *error)
{
    CvScratch scratch = cv_scratch_begin(arena);
    CvDigits x = cv_digits_of(scratch.arena, a), y = cv_digits_of(scratch.arena, b), quotient = nan_of();
    bool good = true;
    if (x.kind >= CV_DIGITS_NAN || y.kind >= CV_DIGITS_NAN) {
        quotient = nan_of();
    } else if (x.kind == CV_DIGITS_INFINITE) {
        quotient = y.kind == CV_DIGITS_INFINITE ? nan_of() : x;
        quotient.negative = x.negative != y.negative;
    } else if (y.kind == CV_DIGITS_INFINITE) {
        quotient = (CvDigits){.negative = x.negative != y.negative, .digits = "0", .count = 1};
        quotient.exponent = -CV_DECIMAL_EXPONENT_MAX - CV_DECIMAL_PRECISION + 1;
    } else if (cv_digits_is_zero(y)) {
        good = cv_fail(arena, error, CV_ERROR_ZERO_DIVISION, "division by zero");
    } else {
        quotient = divide(scratch.arena, x, y);
    }
    if (good)
        *out = cv_digits_text(arena, quotient);
    cv_scratch_end(scratch);
    return good;
}

bool cv_decimal_quantize(CvArena *arena, CvDecimal decimal, int64_t places, CvRounding rounding, CvDecimal *out,
                         CvError *error)
{
    CvScratch scratch = cv_scratch_begin(arena);
    CvDigits number = cv_digits_of(scratch.arena, decimal);
    int64_t digits = cv_digits_is_zero(number) ? 1 : cv_digits_adjusted(number) + 1 + places;
    bool good = number.kind == CV_DIGITS_FINITE && digits <= CV_DECIMAL_DIGITS_MAX && places <= CV_DECIMAL_DIGITS_MAX &&
                places >= -CV_DECIMAL_DIGITS_MAX;
    if (good)
        *out = cv_digits_text(arena, cv_digits_rescale(scratch.arena, number, -places, rounding));
    else
        cv_fail(arena, error, CV_ERROR_OVERFLOW, "quantize result has too many digits");
    cv_scratch_end(scratch);
    return good;
}

CvDecimal cv_decimal_normalize(CvArena *arena, CvDecimal decimal)
{
    CvScratch scratch = cv_scratch_begin(arena);
    CvDigits number = cv_digits_finish(scratch.arena, cv_digits_of(scratch.arena, decimal), CV_DECIMAL_PRECISION);
    while (number.kind == CV_DIGITS_FINITE && number.count > 1 && number.digits[number.count - 1] == '0') {
        number.count--;
        number.exponent++;
    }
    if (cv_digits_is_zero(number))
        number.exponent = 0;
    CvDecimal result = cv_digits_text(arena, number);
    cv_scratch_end(scratch);
    return result;
}

static CvDecimal with_sign(CvArena *arena, CvDecimal decimal, bool keep, bool negative)
{
    CvScratch scratch = cv_scratch_begin(arena);
    CvDigits number = cv_digits_finish(scratch.arena, cv_digits_of(scratch.arena, decimal), CV_DECIMAL_PRECISION);
    if (number.kind < CV_DIGITS_NAN)
        number.negative = keep ? number.negative != negative : negative;
    if (cv_digits_is_zero(number)) /* 0 - 0 is 0 */
        number.negative = false;
    CvDecimal result = cv_digits_text(arena, number);
    cv_scratch_end(scratch);
    return result;
}

CvDecimal cv_decimal_negate(CvArena *arena, CvDecimal number)
{
    return with_sign(arena, number, true, true);
}

CvDecimal cv_decimal_abs(CvArena *arena, CvDecimal number)
{
    return with_sign(arena, number, false, false);
}

bool cv_decimal_compare(CvDecimal a, CvDecimal b, int *order)
{
    return cv_value_compare(cv_value_decimal(a), cv_value_decimal(b), order);
}

bool cv_decimal_to_int64(CvDecimal decimal, int64_t *out)
{
    CvScratch scratch = cv_scratch_begin(NULL);
    CvDigits number = cv_digits_of(scratch.arena, decimal);
    bool good = number.kind == CV_DIGITS_FINITE;
    if (good && !cv_digits_is_zero(number) && cv_digits_adjusted(number) >= 0) {
        good = cv_digits_adjusted(number) < 20;
        if (good) {
            number = cv_digits_rescale(scratch.arena, number, 0, CV_ROUND_DOWN);
            CvBuffer text = cv_buffer(scratch.arena);
            if (number.negative)
                cv_buffer_append_byte(&text, '-');
            cv_buffer_append(&text, number.digits, number.count);
            good = cv_slice_to_int64(cv_buffer_slice(&text), out);
        }
    } else if (good) {
        *out = 0;
    }
    cv_scratch_end(scratch);
    return good;
}

static CvDigits peek(CvScratch *scratch, CvDecimal number)
{
    *scratch = cv_scratch_begin(NULL);
    return cv_digits_of(scratch->arena, number);
}

bool cv_decimal_is_finite(CvDecimal number)
{
    CvScratch scratch;
    bool finite = peek(&scratch, number).kind == CV_DIGITS_FINITE;
    cv_scratch_end(scratch);
    return finite;
}

bool cv_decimal_is_nan(CvDecimal number)
{
    CvScratch scratch;
    bool nan = peek(&scratch, number).kind >= CV_DIGITS_NAN;
    cv_scratch_end(scratch);
    return nan;
}

bool cv_decimal_is_zero(CvDecimal number)
{
    CvScratch scratch;
    bool zero = cv_digits_is_zero(peek(&scratch, number));
    cv_scratch_end(scratch);
    return zero;
}

bool cv_decimal_is_negative(CvDecimal number)
{
    return number.text && number.text[0] == '-';
}

void cv_decimal_shape(CvDecimal number, size_t *digits, int64_t *exponent)
{
    CvScratch scratch;
    CvDigits parts = peek(&scratch, number);
    *digits = parts.count;
    *exponent = parts.exponent;
    cv_scratch_end(scratch);
}
