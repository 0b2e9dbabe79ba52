/* double.c: doubles from and to text, whatever the process's locale says. */
#include <errno.h>
#include <locale.h>
#include <math.h>
#include <pthread.h>

#include "base/buffer.h"
#include "base/self.h"

static locale_t c_locale;
static pthread_once_t c_locale_once = PTHREAD_ONCE_INIT;

static void make_c_locale(void)
{
    c_locale = newlocale(LC_ALL_MASK, "C", (locale_t)0);
}

static double parse_double(const char *text, char **end)
{
    pthread_once(&c_locale_once, make_c_locale);
    return c_locale ? strtod_l(text, end, c_locale) : strtod(text, end);
}

bool cv_slice_to_double(CvSlice slice, double *out)
{
    CvSlice bare = slice;
    if (bare.length && (*bare.data == '+' || *bare.data == '-'))
        bare = cv_slice_skip(bare, 1);
    bool word = cv_slice_equal_fold(bare, CV_SLICE("inf")) || cv_slice_equal_fold(bare, CV_SLICE("infinity")) ||
                cv_slice_equal_fold(bare, CV_SLICE("nan"));
    if (!bare.length)
        return false;
    for (size_t i = 0; !word && i < bare.length; i++)
        if (!memchr("0123456789.eE+-", bare.data[i], 15))
            return false;

    char small[128];
    char *text = small;
    CvScratch scratch = {0};
    if (slice.length >= sizeof small) {
        scratch = cv_scratch_begin(NULL);
        text = cv_slice_string(scratch.arena, slice);
    } else {
        memcpy(small, slice.data, slice.length);
        small[slice.length] = '\0';
    }
    char *end;
    double number = parse_double(text, &end);
    bool whole = end == text + slice.length;
    if (scratch.arena)
        cv_scratch_end(scratch);
    if (whole)
        *out = number;
    return whole;
}

/* The significant digits of a finite number with `count` of them, correctly rounded, and the decimal exponent of the
 * first one. */
static int digits_of(double number, int count, char *digits)
{
    char text[64];
    snprintf(text, sizeof text, "%.*e", count - 1, number);
    int found = 0;
    const char *at = text;
    for (; *at && *at != 'e'; at++)
        if (*at >= '0' && *at <= '9' && found < count)
            digits[found++] = *at;
    digits[found] = '\0';
    return *at ? (int)strtol(at + 1, NULL, 10) : 0;
}

static bool reads_back(const char *digits, int exponent, double number)
{
    char text[64];
    snprintf(text, sizeof text, "%c%s%se%d", digits[0], ".", digits[1] ? digits + 1 : "0", exponent);
    return parse_double(text, NULL) == number;
}

/* One up in the last place; false if that would carry out of the first digit. */
static bool step_up(char *digits)
{
    for (size_t i = strlen(digits); i-- > 0;) {
        if (digits[i] != '9') {
            digits[i]++;
            return true;
        }
        digits[i] = '0';
    }
    return false;
}

/* The fewest digits that read back as the same number. Fifteen always suffice where fewer do, unless the number is
 * subnormal; below a power of two the neighbours are nearer than above, so the next higher text is tried there too. */
static int shortest_digits(double number, char *digits)
{
    int exponent = 0, unused;
    bool normal = number >= 2.2250738585072014e-308;
    for (int count = normal ? 15 : 1; count <= 17; count++) {
        exponent = digits_of(number, count, digits);
        if (reads_back(digits, exponent, number))
            break;
        if (count < 17 && frexp(number, &unused) == 0.5 && step_up(digits) && reads_back(digits, exponent, number))
            break;
    }
    size_t length = strlen(digits);
    while (length > 1 && digits[length - 1] == '0')
        digits[--length] = '\0';
    return exponent;
}

/* Prices and the like: a whole number over a power of ten, both exact as doubles, so that their quotient is the double
 * nearest to those digits; the first power that gives the number back gives its shortest digits. */
static bool append_short(CvBuffer *buffer, double number)
{
    static const double powers[] = {1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8};
    static const int64_t wholes[] = {10, 100, 1000, 10000, 100000, 1000000, 10000000, 100000000};
    for (size_t i = 0; i < CV_COUNT_OF(powers) && number >= 1e-4 && number * powers[i] < 1e15; i++) {
        int64_t digits = (int64_t)(number * powers[i] + 0.5);
        if ((double)digits / powers[i] != number)
            continue;
        cv_buffer_append_int(buffer, digits / wholes[i]);
        cv_buffer_append_byte(buffer, '.');
        cv_buffer_append_padded(buffer, (uint64_t)(digits % wholes[i]), i + 1);
        return true;
    }
    return false;
}

void cv_buffer_append_double(CvBuffer *buffer, double number)
{
    if (isnan(number)) {
        cv_buffer_append(buffer, "nan", 3);
        return;
    }
    if (signbit(number)) {
        cv_buffer_append_byte(buffer, '-');
        number = -number;
    }
    if (isinf(number)) {
        cv_buffer_append(buffer, "inf", 3);
        return;
    }
    if (number < 1e15 && number == (double)(int64_t)number) {
        cv_buffer_append_int(buffer, (int64_t)number);
        cv_buffer_append(buffer, ".0", 2);
        return;
    }
    if (append_short(buffer, number))
        return;
    char digits[32] = "0";
    int exponent = shortest_digits(number, digits);
    int count = (int)strlen(digits);
    if (exponent < -4 || exponent >= 16) {
        cv_buffer_append_byte(buffer, digits[0]);
        if (count > 1) {
            cv_buffer_append_byte(buffer, '.');
            cv_buffer_append(buffer, digits + 1, (size_t)count - 1);
        }
        cv_buffer_printf(buffer, "e%c%02d", exponent < 0 ? '-' : '+', exponent < 0 ? -exponent : exponent);
    } else if (exponent < 0) {
        cv_buffer_append(buffer, "0.", 2);
        cv_buffer_append_repeated(buffer, '0', (size_t)(-exponent - 1));
        cv_buffer_append(buffer, digits, (size_t)count);
    } else {
        int whole = exponent + 1;
        cv_buffer_append(buffer, digits, (size_t)(count < whole ? count : whole));
        cv_buffer_append_repeated(buffer, '0', (size_t)(count < whole ? whole - count : 0));
        cv_buffer_append_byte(buffer, '.');
        if (count > whole)
            cv_buffer_append(buffer, digits + whole, (size_t)(count - whole));
        else
            cv_buffer_append_byte(buffer, '0');
    }
}
