/* decimal.h: exact decimal arithmetic, as Python's decimal module does it.
 *
 * A CvDecimal is its text ("1.50"); CvNumber is the same taken apart for calculation. Precision is that of the
 * context, 28 digits unless said otherwise; addition and multiplication round to it, half to even.
 *
 *     CvDecimal price = cv_decimal(arena, "9.99"), sum;
 *     sum = cv_decimal_add(arena, price, price);                    // 19.98
 *     cv_decimal_quantize(arena, sum, 1, CV_ROUND_HALF_UP, &sum, &error);   // 20.0
 */
#ifndef CV_TEXT_DECIMAL_H
#define CV_TEXT_DECIMAL_H

#include "base/error.h"
#include "base/value.h"

CV_API_BEGIN

#define CV_DECIMAL_PRECISION 28
#define CV_DECIMAL_DIGITS_MAX 10000 /* digits of one number; more are refused */
#define CV_DECIMAL_EXPONENT_MAX 999999

typedef enum CvRounding {
    CV_ROUND_HALF_EVEN,
    CV_ROUND_HALF_UP,
    CV_ROUND_HALF_DOWN,
    CV_ROUND_UP,
    CV_ROUND_DOWN,
    CV_ROUND_CEILING,
    CV_ROUND_FLOOR,
    CV_ROUND_05UP,
} CvRounding;

/* Reads what Python's Decimal() reads (white space around, underscores, "1E+3", "NaN", "-Infinity", other scripts'
 * digits) and gives its str(). False for anything else. */
bool cv_decimal_parse(CvArena *arena, CvSlice text, CvDecimal *out) CV_NODISCARD;
/* The same for a literal; raises CV_ERROR_VALUE if it is none. */
CvDecimal cv_decimal(CvArena *arena, const char *text);
CvDecimal cv_decimal_from_int(CvArena *arena, int64_t number);
/* The shortest text of the double, as Decimal(repr(x)). */
CvDecimal cv_decimal_from_double(CvArena *arena, double number);
/* Of any number value; false for what is none. */
bool cv_decimal_from_value(CvArena *arena, CvValue value, CvDecimal *out) CV_NODISCARD;
double cv_decimal_to_double(CvDecimal number);
/* Truncated towards zero; false if it does not fit. */
bool cv_decimal_to_int64(CvDecimal number, int64_t *out) CV_NODISCARD;

bool cv_decimal_is_finite(CvDecimal number);
bool cv_decimal_is_nan(CvDecimal number);
bool cv_decimal_is_zero(CvDecimal number);
bool cv_decimal_is_negative(CvDecimal number); /* -0 too */
/* How many digits the coefficient has (at least 1) and the power of ten: as_tuple(). */
void cv_decimal_shape(CvDecimal number, size_t *digits, int64_t *exponent);

/* False if one is NaN. */
bool cv_decimal_compare(CvDecimal a, CvDecimal b, int *order) CV_NODISCARD;
CvDecimal cv_decimal_negate(CvArena *arena, CvDecimal number);
CvDecimal cv_decimal_abs(CvArena *arena, CvDecimal number);
/* Rounded to 28 digits, half to even. NaN in, NaN out. */
CvDecimal cv_decimal_add(CvArena *arena, CvDecimal a, CvDecimal b);
CvDecimal cv_decimal_subtract(CvArena *arena, CvDecimal a, CvDecimal b);
CvDecimal cv_decimal_multiply(CvArena *arena, CvDecimal a, CvDecimal b);
/* Division by zero is CV_ERROR_ZERO_DIVISION. */
bool cv_decimal_divide(CvArena *arena, CvDecimal a, CvDecimal b, CvDecimal *out, CvError *error) CV_NODISCARD;
/* To `places` digits behind the point (negative: tens, hundreds); false (CV_ERROR_OVERFLOW) if the result has more than
 * `CV_DECIMAL_DIGITS_MAX` digits or is not finite. The precision of the context does not limit it. */
bool cv_decimal_quantize(CvArena *arena, CvDecimal number, int64_t places, CvRounding rounding, CvDecimal *out,
                         CvError *error) CV_NODISCARD;
/* Without zeroes at the end: "1.50" as "1.5", "100" as "1E+2" (Python's normalize()). */
CvDecimal cv_decimal_normalize(CvArena *arena, CvDecimal number);
/* Without an exponent: "1E+3" as "1000" (format(x, "f")); NULL if that would be over `most` digits. */
char *cv_decimal_fixed(CvArena *arena, CvDecimal number, size_t most);

CV_API_END

#endif
