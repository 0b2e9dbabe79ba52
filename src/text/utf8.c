/* utf8.c: checking UTF-8 and walking over it. */
#include "text/utf8.h"

#include <unictype.h>
#include <uniwidth.h>

/* How many bytes the sequence at `s` has; negative for an ill-formed one: the bytes that are replaced together. */
static int decode(const uint8_t *s, size_t left, uint32_t *point)
{
    uint8_t lead = s[0];
    if (lead < 0x80) {
        *point = lead;
        return 1;
    }
    int length = lead >= 0xC2 && lead <= 0xDF   ? 2
                 : lead >= 0xE0 && lead <= 0xEF ? 3
                 : lead >= 0xF0 && lead <= 0xF4 ? 4
                                                : 0;
    if (!length || left < 2)
        return -1;
    /* The second byte's range keeps out overlong forms, surrogates and what is above U+10FFFF. */
    uint8_t low = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80;
    uint8_t high = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF;
    if (s[1] < low || s[1] > high)
        return -1;
    uint32_t sum = (uint32_t)(lead & (0xFF >> (length + 1))) << 6 | (s[1] & 0x3F);
    for (int i = 2; i < length; i++) {
        if ((size_t)i >= left || (s[i] & 0xC0) != 0x80)
            return -i;
        sum = sum << 6 | (s[i] & 0x3F);
    }
    *point = sum;
    return length;
}

/* How many ASCII bytes stand at the front. */
static size_t ascii_prefix(CvSlice text)
{
    size_t at = 0;
    for (uint64_t word; at + 8 <= text.length; at += 8) {
        memcpy(&word, text.data + at, 8);
        if (word & UINT64_C(0x8080808080808080))
            break;
    }
    while (at < text.length && !(text.data[at] & 0x80))
        at++;
    return at;
}

bool cv_utf8_is_ascii(CvSlice text)
{
    return ascii_prefix(text) == text.length;
}

size_t cv_utf8_valid_prefix(CvSlice text)
{
    size_t at = ascii_prefix(text);
    while (at < text.length) {
        uint32_t point;
        int length = decode((const uint8_t *)text.data + at, text.length - at, &point);
        if (length < 0)
            break;
        at += (size_t)length;
    }
    return at;
}

bool cv_utf8_valid(CvSlice text)
{
    return cv_utf8_valid_prefix(text) == text.length;
}

CvSlice cv_utf8_repair(CvArena *arena, CvSlice text)
{
    size_t good = cv_utf8_valid_prefix(text);
    if (good == text.length)
        return text;
    CvBuffer out = cv_buffer(arena);
    for (;;) {
        cv_buffer_append(&out, text.data, good);
        text = cv_slice_skip(text, good);
        if (!text.length)
            break;
        uint32_t point;
        int length = decode((const uint8_t *)text.data, text.length, &point);
        cv_utf8_append(&out, CV_UTF8_REPLACEMENT);
        text = cv_slice_skip(text, (size_t)-length);
        good = cv_utf8_valid_prefix(text);
    }
    cv_buffer_string(&out);
    return cv_buffer_slice(&out);
}

uint32_t cv_utf8_next(CvSlice *rest)
{
    uint32_t point = CV_UTF8_REPLACEMENT;
    int length = decode((const uint8_t *)rest->data, rest->length, &point);
    if (length < 0) {
        point = CV_UTF8_REPLACEMENT;
        length = -length;
    }
    rest->data += length;
    rest->length -= (size_t)length;
    return point;
}

uint32_t cv_utf8_last(CvSlice *rest)
{
    size_t start = rest->length - 1;
    while (start && rest->length - start < 4 && ((uint8_t)rest->data[start] & 0xC0) == 0x80)
        start--;
    uint32_t point = CV_UTF8_REPLACEMENT;
    int length = decode((const uint8_t *)rest->data + start, rest->length - start, &point);
    if (length < 0 || start + (size_t)length != rest->length) {
        point = CV_UTF8_REPLACEMENT;
        start = rest->length - 1;
    }
    rest->length = start;
    return point;
}

void cv_utf8_append(CvBuffer *out, uint32_t point)
{
    if ((point >= 0xD800 && point < 0xE000) || point > 0x10FFFF)
        point = CV_UTF8_REPLACEMENT;
    char *at = cv_buffer_reserve(out, 4);
    if (point < 0x80) {
        at[0] = (char)point;
        out->length += 1;
    } else if (point < 0x800) {
        at[0] = (char)(0xC0 | point >> 6);
        at[1] = (char)(0x80 | (point & 0x3F));
        out->length += 2;
    } else if (point < 0x10000) {
        at[0] = (char)(0xE0 | point >> 12);
        at[1] = (char)(0x80 | (point >> 6 & 0x3F));
        at[2] = (char)(0x80 | (point & 0x3F));
        out->length += 3;
    } else {
        at[0] = (char)(0xF0 | point >> 18);
        at[1] = (char)(0x80 | (point >> 12 & 0x3F));
        at[2] = (char)(0x80 | (point >> 6 & 0x3F));
        at[3] = (char)(0x80 | (point & 0x3F));
        out->length += 4;
    }
}

size_t cv_utf8_width(CvSlice text)
{
    size_t columns = 0;
    while (text.length) {
        int width = uc_width(cv_utf8_next(&text), "UTF-8");
        columns += width > 0 ? (size_t)width : 0;
    }
    return columns;
}

size_t cv_utf8_count(CvSlice text)
{
    size_t points = 0;
    while (text.length) {
        size_t ascii = ascii_prefix(text);
        points += ascii;
        text = cv_slice_skip(text, ascii);
        while (text.length && (text.data[0] & 0x80)) {
            cv_utf8_next(&text);
            points++;
        }
    }
    return points;
}

CvSlice cv_utf8_drop(CvSlice text, size_t points)
{
    if (ascii_prefix(cv_slice_range(text, 0, points)) == points)
        return cv_slice_skip(text, points);
    for (; points && text.length; points--)
        cv_utf8_next(&text);
    return text;
}

CvSlice cv_utf8_take(CvSlice text, size_t points)
{
    return cv_slice_range(text, 0, text.length - cv_utf8_drop(text, points).length);
}

bool cv_utf8_is_space(uint32_t c)
{
    return (c >= 9 && c <= 13) || (c >= 28 && c <= 32) || c == 0x85 || c == 0xA0 || c == 0x1680 ||
           (c >= 0x2000 && c <= 0x200A) || c == 0x2028 || c == 0x2029 || c == 0x202F || c == 0x205F || c == 0x3000;
}

bool cv_utf8_is_letter(uint32_t c)
{
    if (c < 0x80)
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    return uc_is_general_category_withtable(c, UC_CATEGORY_MASK_L);
}

bool cv_utf8_is_digit(uint32_t c)
{
    return c < 0x80 ? c >= '0' && c <= '9' : uc_is_general_category_withtable(c, UC_CATEGORY_MASK_Nd);
}

bool cv_utf8_has_digit_value(uint32_t c)
{
    return c < 0x80 ? c >= '0' && c <= '9' : uc_digit_value(c) >= 0;
}

bool cv_utf8_is_numeric(uint32_t c)
{
    return c < 0x80 ? c >= '0' && c <= '9' : uc_numeric_value(c).denominator != 0;
}

bool cv_utf8_is_lower(uint32_t c)
{
    return c < 0x80 ? c >= 'a' && c <= 'z' : uc_is_property(c, UC_PROPERTY_LOWERCASE);
}

bool cv_utf8_is_upper(uint32_t c)
{
    return c < 0x80 ? c >= 'A' && c <= 'Z' : uc_is_property(c, UC_PROPERTY_UPPERCASE);
}

bool cv_utf8_is_title(uint32_t c)
{
    return c >= 0x80 && uc_is_general_category_withtable(c, UC_CATEGORY_MASK_Lt);
}

bool cv_utf8_is_word(uint32_t c)
{
    if (c < 0x80)
        return cv_utf8_is_letter(c) || cv_utf8_is_digit(c) || c == '_';
    return uc_is_general_category_withtable(c, UC_CATEGORY_MASK_L | UC_CATEGORY_MASK_N);
}

bool cv_utf8_is_combining(uint32_t c)
{
    return c >= 0x300 && uc_combining_class(c) != 0;
}

bool cv_utf8_is_control(uint32_t c)
{
    return c < 0x7F ? c < 0x20 : uc_is_general_category_withtable(c, UC_CATEGORY_MASK_C);
}

CvSlice cv_utf8_strip(CvSlice text)
{
    for (CvSlice rest = text; rest.length && cv_utf8_is_space(cv_utf8_next(&rest));)
        text = rest;
    for (CvSlice rest = text; rest.length && cv_utf8_is_space(cv_utf8_last(&rest));)
        text = rest;
    return text;
}

bool cv_utf8_split_word(CvSlice *rest, CvSlice *word)
{
    CvSlice at = *rest, before;
    while (before = at, at.length && cv_utf8_is_space(cv_utf8_next(&at)))
        continue;
    *rest = before;
    if (!before.length)
        return false;
    CvSlice start = before;
    while (before = at, at.length && !cv_utf8_is_space(cv_utf8_next(&at)))
        continue;
    *word = cv_slice_range(start, 0, start.length - before.length);
    *rest = before;
    return true;
}

static bool is_line_end(uint32_t c)
{
    return (c >= 10 && c <= 13) || (c >= 28 && c <= 30) || c == 0x85 || c == 0x2028 || c == 0x2029;
}

bool cv_utf8_split_line(CvSlice *rest, CvSlice *line)
{
    CvSlice start = *rest, at = start;
    if (!start.length)
        return false;
    while (at.length) {
        CvSlice before = at;
        uint32_t c = cv_utf8_next(&at);
        if (!is_line_end(c))
            continue;
        if (c == '\r' && at.length && *at.data == '\n')
            at = cv_slice_skip(at, 1);
        *line = cv_slice_range(start, 0, start.length - before.length);
        *rest = at;
        return true;
    }
    *line = start;
    *rest = at;
    return true;
}
