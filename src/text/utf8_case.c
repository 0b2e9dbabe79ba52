/* utf8_case.c: case and normal forms; ASCII without the tables. */
#include <unicase.h>
#include <unictype.h>
#include <uninorm.h>

#include "base/self.h"
#include "text/utf8.h"

typedef uint8_t *CaseMap(const uint8_t *s, size_t n, const char *language, uninorm_t form, uint8_t *buffer,
                         size_t *length);

/* libunistring writes into our buffer if the result fits, else into its own malloc. */
static CvSlice taken_over(CvArena *arena, uint8_t *mapped, size_t length, const uint8_t *buffer)
{
    if (!mapped)
        cv_raise(CV_ERROR_MEMORY, "out of memory");
    CvSlice result = cv_slice_copy(arena, cv_slice_of((const char *)mapped, length));
    if (mapped != buffer)
        free(mapped);
    return result;
}

static CvSlice map_case(CvArena *arena, CvSlice text, CaseMap *map)
{
    CvScratch scratch = cv_scratch_begin(arena);
    size_t length = cv_size_add(cv_size_multiply(text.length, 3), 16);
    uint8_t *buffer = cv_arena_alloc_raw(scratch.arena, length, 1);
    uint8_t *mapped = map((const uint8_t *)text.data, text.length, "", NULL, buffer, &length);
    CvSlice result = taken_over(arena, mapped, length, buffer);
    cv_scratch_end(scratch);
    return result;
}

static CvSlice map_ascii(CvArena *arena, CvSlice text, char first, char last)
{
    char *copy = cv_slice_string(arena, text);
    for (size_t i = 0; i < text.length; i++)
        if (copy[i] >= first && copy[i] <= last)
            copy[i] ^= 0x20;
    return cv_slice_of(copy, text.length);
}

CvSlice cv_utf8_upper(CvArena *arena, CvSlice text)
{
    if (cv_utf8_is_ascii(text))
        return map_ascii(arena, text, 'a', 'z');
    text = cv_utf8_repair(arena, text);
    return map_case(arena, text, u8_toupper);
}

static bool is_cased(uint32_t point)
{
    return point < 0x80 ? cv_utf8_is_letter(point) : uc_is_property(point, UC_PROPERTY_CASED);
}

#define CAPITAL_SIGMA 0x3A3

/* At the end of a word, signs that have no say in case aside, sigma has a small letter of its own. */
static bool is_final_sigma(CvSlice before, CvSlice after)
{
    uint32_t point = 0;
    while (before.length && uc_is_property(point = cv_utf8_last(&before), UC_PROPERTY_CASE_IGNORABLE))
        point = 0;
    if (!is_cased(point))
        return false;
    point = 0;
    while (after.length && uc_is_property(point = cv_utf8_next(&after), UC_PROPERTY_CASE_IGNORABLE))
        point = 0;
    return !is_cased(point);
}

CvSlice cv_utf8_lower(CvArena *arena, CvSlice text)
{
    static const CvSlice sigma = CV_SLICE_INIT("\xCE\xA3");
    if (cv_utf8_is_ascii(text))
        return map_ascii(arena, text, 'A', 'Z');
    text = cv_utf8_repair(arena, text);
    if (cv_slice_find(text, sigma) < 0)
        return map_case(arena, text, u8_tolower);
    CvBuffer out = cv_buffer(arena);
    CvScratch scratch = cv_scratch_begin(arena);
    for (CvSlice rest = text; rest.length;) {
        ptrdiff_t found = cv_slice_find(rest, sigma);
        CvSlice part = cv_slice_range(rest, 0, found < 0 ? rest.length : (size_t)found);
        if (part.length)
            cv_buffer_append_slice(&out, map_case(scratch.arena, part, u8_tolower));
        rest = cv_slice_skip(rest, part.length);
        if (rest.length) {
            CvSlice before = cv_slice_range(text, 0, text.length - rest.length);
            rest = cv_slice_skip(rest, sigma.length);
            cv_utf8_append(&out, is_final_sigma(before, rest) ? 0x3C2 : 0x3C3);
        }
    }
    cv_scratch_end(scratch);
    cv_buffer_string(&out);
    return cv_buffer_slice(&out);
}

CvSlice cv_utf8_casefold(CvArena *arena, CvSlice text)
{
    if (cv_utf8_is_ascii(text))
        return map_ascii(arena, text, 'A', 'Z');
    text = cv_utf8_repair(arena, text);
    return map_case(arena, text, u8_casefold);
}

/* One code point by a mapping that may give several. */
static void append_mapped(CvBuffer *out, CvSlice point, CaseMap *map)
{
    uint8_t buffer[32];
    size_t length = sizeof buffer;
    uint8_t *mapped = map((const uint8_t *)point.data, point.length, "", NULL, buffer, &length);
    if (!mapped)
        cv_raise(CV_ERROR_MEMORY, "out of memory");
    cv_buffer_append(out, (const char *)mapped, length);
    if (mapped != buffer)
        free(mapped);
}

CvSlice cv_utf8_title(CvArena *arena, CvSlice text)
{
    text = cv_utf8_repair(arena, text);
    CvBuffer out = cv_buffer(arena);
    bool after_cased = false;
    for (CvSlice rest = text; rest.length;) {
        CvSlice start = rest;
        uint32_t point = cv_utf8_next(&rest);
        CvSlice one = cv_slice_range(start, 0, start.length - rest.length);
        if (after_cased && point == CAPITAL_SIGMA)
            cv_utf8_append(&out,
                           is_final_sigma(cv_slice_range(text, 0, text.length - start.length), rest) ? 0x3C2 : 0x3C3);
        else
            append_mapped(&out, one, after_cased ? u8_tolower : u8_totitle);
        after_cased = is_cased(point);
    }
    cv_buffer_string(&out);
    return cv_buffer_slice(&out);
}

CvSlice cv_utf8_capfirst(CvArena *arena, CvSlice text)
{
    if (!text.length)
        return text;
    CvSlice rest = cv_utf8_repair(arena, text), start = rest;
    cv_utf8_next(&rest);
    CvBuffer out = cv_buffer(arena);
    append_mapped(&out, cv_slice_range(start, 0, start.length - rest.length), u8_toupper);
    cv_buffer_append_slice(&out, rest);
    cv_buffer_string(&out);
    return cv_buffer_slice(&out);
}

CvSlice cv_utf8_capitalize(CvArena *arena, CvSlice text)
{
    text = cv_utf8_repair(arena, text);
    CvSlice first = cv_utf8_take(text, 1);
    CvBuffer out = cv_buffer(arena);
    cv_buffer_append_slice(&out, cv_utf8_title(arena, first));
    /* All of it is made small, since a letter's place in its word may count. */
    cv_buffer_append_slice(&out, cv_slice_skip(cv_utf8_lower(arena, text), cv_utf8_lower(arena, first).length));
    cv_buffer_string(&out);
    return cv_buffer_slice(&out);
}

CvSlice cv_utf8_normalize(CvArena *arena, CvSlice text, CvNormalForm form)
{
    if (cv_utf8_is_ascii(text))
        return text;
    text = cv_utf8_repair(arena, text);
    uninorm_t forms[] = {UNINORM_NFC, UNINORM_NFD, UNINORM_NFKC, UNINORM_NFKD};
    CvScratch scratch = cv_scratch_begin(arena);
    size_t length = cv_size_add(cv_size_multiply(text.length, 3), 64);
    uint8_t *buffer = cv_arena_alloc_raw(scratch.arena, length, 1);
    uint8_t *mapped = u8_normalize(forms[form], (const uint8_t *)text.data, text.length, buffer, &length);
    CvSlice result = taken_over(arena, mapped, length, buffer);
    cv_scratch_end(scratch);
    return result;
}

CvSlice cv_utf8_titlecase(CvArena *arena, CvSlice text)
{
    CvSlice title = cv_utf8_title(arena, text);
    char *out = cv_slice_string(arena, title);
    for (size_t i = 0; i + 2 < title.length; i++)
        if (out[i] >= 'a' && out[i] <= 'z' && out[i + 1] == '\'' && out[i + 2] >= 'A' && out[i + 2] <= 'Z') {
            out[i + 2] = (char)(out[i + 2] | 0x20);
            i += 2;
        }
    for (CvSlice rest = cv_slice_of(out, title.length); rest.length;) {
        bool digit = cv_utf8_is_digit(cv_utf8_next(&rest));
        char *next = out + (title.length - rest.length);
        if (digit && rest.length && *next >= 'A' && *next <= 'Z')
            *next = (char)(*next | 0x20);
    }
    return cv_slice_of(out, title.length);
}
