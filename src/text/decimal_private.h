/* decimal_private.h: a decimal number taken apart. */
#ifndef CV_TEXT_DECIMAL_PRIVATE_H
#define CV_TEXT_DECIMAL_PRIVATE_H

#include "text/decimal.h"

typedef enum CvDigitsKind { CV_DIGITS_FINITE, CV_DIGITS_INFINITE, CV_DIGITS_NAN, CV_DIGITS_SNAN } CvDigitsKind;

/* (-1)^negative * digits * 10^exponent; digits are '0' to '9', the highest first, without zeroes in front (zero is
 * "0"). */
typedef struct CvDigits {
    CvDigitsKind kind;
    bool negative;
    const char *digits;
    size_t count;
    int64_t exponent;
} CvDigits;

/* Borrows the digits from the text where they stand in one piece. */
bool cv_digits_parse(CvArena *arena, CvSlice text, CvDigits *out);
/* Of a CvDecimal; NaN for one that is unset or damaged. */
CvDigits cv_digits_of(CvArena *arena, CvDecimal number);
CvDecimal cv_digits_text(CvArena *arena, CvDigits number);

static inline bool cv_digits_is_zero(CvDigits number)
{
    return number.kind == CV_DIGITS_FINITE && number.count == 1 && number.digits[0] == '0';
}
/* The power of ten of the first digit. */
static inline int64_t cv_digits_adjusted(CvDigits number)
{
    return number.exponent + (int64_t)number.count - 1;
}
/* Without zeroes in front. */
CvDigits cv_digits_trim(CvDigits number);
/* With the last digit at 10^exponent. The caller bounds the size of the result. */
CvDigits cv_digits_rescale(CvArena *arena, CvDigits number, int64_t exponent, CvRounding rounding);
/* At most `precision` digits, and exponents in range: what is larger becomes infinite, what is smaller zero. */
CvDigits cv_digits_finish(CvArena *arena, CvDigits number, size_t precision);

#endif
