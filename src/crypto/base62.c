/* base62.c: integers in base 62 and base 36. */
#include "crypto/base62.h"

static CvSlice encode(CvArena *arena, int64_t number, unsigned base, const char *alphabet)
{
    char digits[72], *end = digits + sizeof digits, *next = end;
    uint64_t left = number < 0 ? -(uint64_t)number : (uint64_t)number;
    do {
        *--next = alphabet[left % base];
        left /= base;
    } while (left);
    if (number < 0)
        *--next = '-';
    return cv_slice_copy(arena, cv_slice_of(next, (size_t)(end - next)));
}

CvSlice cv_base62_encode(CvArena *arena, int64_t number)
{
    return encode(arena, number, 62, "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");
}

CvSlice cv_base36_encode(CvArena *arena, int64_t number)
{
    return number < 0 ? (CvSlice){0} : encode(arena, number, 36, "0123456789abcdefghijklmnopqrstuvwxyz");
}

static int digit_of(char c, int base)
{
    int digit = -1;
    if (c >= '0' && c <= '9')
        digit = c - '0';
    else if (c >= 'A' && c <= 'Z')
        digit = c - 'A' + 10;
    else if (c >= 'a' && c <= 'z')
        digit = c - 'a' + (base == 62 ? 36 : 10);
    return digit;
}

static bool add_digit(int64_t *number, int digit, int base)
{
    return digit >= 0 && !__builtin_mul_overflow(*number, base, number) &&
           !__builtin_add_overflow(*number, digit, number);
}

bool cv_base62_decode(CvSlice text, int64_t *out)
{
    bool negative = text.length > 0 && text.data[0] == '-';
    int64_t number = 0;
    for (size_t i = negative; i < text.length; i++)
        if (!add_digit(&number, digit_of(text.data[i], 62), 62))
            return false;
    *out = negative ? -number : number;
    return text.length > 0;
}

bool cv_base36_decode(CvSlice text, int64_t *out)
{
    if (text.length > 13)
        return false;
    text = cv_slice_trim(text);
    bool negative = text.length > 0 && text.data[0] == '-';
    if (text.length > 0 && (text.data[0] == '-' || text.data[0] == '+'))
        text = cv_slice_skip(text, 1);
    int64_t number = 0;
    bool after_digit = false;
    for (size_t i = 0; i < text.length; i++) {
        if (text.data[i] == '_' && after_digit) {
            after_digit = false;
            continue;
        }
        if (!add_digit(&number, digit_of(text.data[i], 36), 36))
            return false;
        after_digit = true;
    }
    *out = negative ? -number : number;
    return after_digit;
}
