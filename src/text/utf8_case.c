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

CvSlice cv_utf8_lower(CvArena *arena, CvSlice text)
{
    if (cv_utf8_is_ascii(text))
        return map_ascii(arena, text, 'A', 'Z');
    text = cv_utf8_repair(arena, text);
    return map_case(arena, text, u8_tolower);
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

/* Letters that have a case, and a few signs that Unicode counts with them. */
static bool is_cased(uint32_t point)
{
    if (point < 0x80)
        return cv_utf8_is_letter(point);
    return uc_is_property(point, UC_PROPERTY_LOWERCASE) || uc_is_property(point, UC_PROPERTY_UPPERCASE) ||
           uc_is_general_category_withtable(point, UC_CATEGORY_MASK_Lt);
}

CvSlice cv_utf8_title(CvArena *arena, CvSlice text)
{
    text = cv_utf8_repair(arena, text);
    /* Capital sigma at the end of a word has a small letter of its own: the whole text in lower case knows where. */
    CvSlice lower = cv_utf8_lower(arena, text);
    bool same_shape = cv_utf8_count(lower) == cv_utf8_count(text);
    CvBuffer out = cv_buffer(arena);
    bool after_cased = false;
    for (CvSlice rest = text, low = lower; rest.length;) {
        CvSlice start = rest, low_start = low;
        uint32_t point = cv_utf8_next(&rest);
        if (same_shape)
            cv_utf8_next(&low);
        CvSlice one = cv_slice_range(start, 0, start.length - rest.length);
        if (!after_cased)
            append_mapped(&out, one, u8_totitle);
        else if (same_shape)
            cv_buffer_append(&out, low_start.data, low_start.length - low.length);
        else
            append_mapped(&out, one, u8_tolower);
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
