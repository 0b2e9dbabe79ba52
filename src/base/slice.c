/* slice.c: comparing, searching, cutting and converting pieces of text. */
#include "base/slice.h"

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
}

bool cv_slice_equal_fold(CvSlice a, CvSlice b)
{
    if (a.length != b.length)
        return false;
    for (size_t i = 0; i < a.length; i++)
        if (a.data[i] != b.data[i] && lower(a.data[i]) != lower(b.data[i]))
            return false;
    return true;
}

int cv_slice_compare(CvSlice a, CvSlice b)
{
    size_t shorter = a.length < b.length ? a.length : b.length;
    int order = shorter ? memcmp(a.data, b.data, shorter) : 0;
    return order ? order : (a.length > b.length) - (a.length < b.length);
}

bool cv_slice_starts_with(CvSlice slice, CvSlice prefix)
{
    return slice.length >= prefix.length && cv_slice_equal(cv_slice_range(slice, 0, prefix.length), prefix);
}

bool cv_slice_ends_with(CvSlice slice, CvSlice suffix)
{
    return slice.length >= suffix.length && cv_slice_equal(cv_slice_skip(slice, slice.length - suffix.length), suffix);
}

ptrdiff_t cv_slice_find(CvSlice slice, CvSlice needle)
{
    if (!needle.length)
        return 0;
    if (needle.length > slice.length)
        return -1;
    const char *found = memmem(slice.data, slice.length, needle.data, needle.length);
    return found ? found - slice.data : -1;
}

ptrdiff_t cv_slice_find_last(CvSlice slice, CvSlice needle)
{
    if (!needle.length)
        return (ptrdiff_t)slice.length;
    for (size_t end = slice.length; end >= needle.length;) {
        const char *found = memrchr(slice.data, needle.data[0], end - needle.length + 1);
        if (!found)
            return -1;
        if (memcmp(found, needle.data, needle.length) == 0)
            return found - slice.data;
        end = (size_t)(found - slice.data) + needle.length - 1;
    }
    return -1;
}

ptrdiff_t cv_slice_find_byte(CvSlice slice, char byte)
{
    const char *found = slice.length ? memchr(slice.data, byte, slice.length) : NULL;
    return found ? found - slice.data : -1;
}

CvSlice cv_slice_range(CvSlice slice, size_t start, size_t end)
{
    if (end > slice.length)
        end = slice.length;
    if (start > end)
        start = end;
    return slice.data ? (CvSlice){slice.data + start, end - start} : slice;
}

CvSlice cv_slice_skip(CvSlice slice, size_t count)
{
    return cv_slice_range(slice, count, slice.length);
}

static bool is_space(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

CvSlice cv_slice_trim(CvSlice slice)
{
    while (slice.length && is_space(slice.data[slice.length - 1]))
        slice.length--;
    size_t start = 0;
    while (start < slice.length && is_space(slice.data[start]))
        start++;
    return cv_slice_skip(slice, start);
}

bool cv_slice_split(CvSlice *rest, char separator, CvSlice *part)
{
    if (!rest->data)
        return false;
    ptrdiff_t at = cv_slice_find_byte(*rest, separator);
    if (at < 0) {
        *part = *rest;
        *rest = (CvSlice){NULL, 0};
    } else {
        *part = cv_slice_range(*rest, 0, (size_t)at);
        *rest = cv_slice_skip(*rest, (size_t)at + 1);
    }
    return true;
}

char *cv_slice_string(CvArena *arena, CvSlice slice)
{
    return cv_arena_strndup(arena, slice.data, slice.length);
}

char *cv_ascii_lower(CvArena *arena, const char *text)
{
    char *copy = cv_arena_strdup(arena, text);
    for (char *at = copy; *at; at++)
        *at = lower(*at);
    return copy;
}

CvSlice cv_slice_copy(CvArena *arena, CvSlice slice)
{
    return (CvSlice){cv_slice_string(arena, slice), slice.length};
}

static bool parse_digits(CvSlice digits, uint64_t *out)
{
    uint64_t number = 0;
    if (!digits.length)
        return false;
    for (size_t i = 0; i < digits.length; i++) {
        char c = digits.data[i];
        if (c < '0' || c > '9' || __builtin_mul_overflow(number, (uint64_t)10, &number) ||
            __builtin_add_overflow(number, (uint64_t)(c - '0'), &number))
            return false;
    }
    *out = number;
    return true;
}

bool cv_slice_to_uint64(CvSlice slice, uint64_t *out)
{
    return parse_digits(slice.length && *slice.data == '+' ? cv_slice_skip(slice, 1) : slice, out);
}

bool cv_slice_to_int64(CvSlice slice, int64_t *out)
{
    bool negative = slice.length && *slice.data == '-';
    bool sign = negative || (slice.length && *slice.data == '+');
    uint64_t number;
    if (!parse_digits(sign ? cv_slice_skip(slice, 1) : slice, &number))
        return false;
    if (number > (uint64_t)INT64_MAX + (negative ? 1 : 0))
        return false;
    *out = negative ? (number ? -(int64_t)(number - 1) - 1 : 0) : (int64_t)number;
    return true;
}
