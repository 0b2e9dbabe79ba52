/* integer.c: addition and remainder of decimal text. */
#include "template/integer_private.h"

static CvSlice digits_of(CvSlice text, bool *negative)
{
    *negative = text.length && text.data[0] == '-';
    return cv_slice_skip(text, *negative || (text.length && text.data[0] == '+'));
}

static int digit_at(CvSlice digits, size_t from_right)
{
    return from_right < digits.length ? digits.data[digits.length - 1 - from_right] - '0' : 0;
}

static int compare_sizes(CvSlice a, CvSlice b)
{
    if (a.length != b.length)
        return a.length < b.length ? -1 : 1;
    return cv_slice_compare(a, b);
}

/* a + b, or a - b with a >= b. */
static CvSlice combine(CvArena *arena, CvSlice a, CvSlice b, bool subtract, bool negative)
{
    size_t length = (a.length > b.length ? a.length : b.length) + 1;
    char *text = cv_arena_alloc(arena, length + 2);
    int carry = 0;
    for (size_t i = 0; i < length; i++) {
        int sum = digit_at(a, i) + (subtract ? -digit_at(b, i) : digit_at(b, i)) + carry;
        carry = sum < 0 ? -1 : sum / 10;
        text[length - i] = (char)('0' + (sum + 10) % 10);
    }
    size_t start = 1;
    while (start < length && text[start] == '0')
        start++;
    if (negative)
        text[--start] = '-';
    return cv_slice_of(text + start, length + 1 - start);
}

CvValue cv_integer_add(CvArena *arena, CvValue a, CvValue b)
{
    int64_t sum;
    if (a.kind == CV_INT && b.kind == CV_INT && !__builtin_add_overflow(a.integer, b.integer, &sum))
        return cv_value_int(sum);
    bool a_negative, b_negative;
    CvSlice x = digits_of(cv_value_str(arena, a), &a_negative), y = digits_of(cv_value_str(arena, b), &b_negative);
    if (a_negative == b_negative)
        return cv_value_integer_text(arena, combine(arena, x, y, false, a_negative));
    int order = compare_sizes(x, y);
    if (order == 0)
        return cv_value_int(0);
    if (order < 0)
        return cv_value_integer_text(arena, combine(arena, y, x, true, b_negative));
    return cv_value_integer_text(arena, combine(arena, x, y, true, a_negative));
}

int64_t cv_integer_modulo(CvArena *arena, CvValue a, int64_t b)
{
    bool negative;
    CvSlice digits = digits_of(cv_value_str(arena, a), &negative);
    uint64_t size = b < 0 ? 0 - (uint64_t)b : (uint64_t)b, rest = 0;
    for (size_t i = 0; i < digits.length; i++)
        rest = (uint64_t)(((unsigned __int128)rest * 10 + (unsigned)(digits.data[i] - '0')) % size);
    if (rest && negative != (b < 0))
        rest = size - rest;
    return b < 0 ? -(int64_t)rest : (int64_t)rest;
}
