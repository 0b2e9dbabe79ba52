/* html_escape.c: escaping for HTML and JavaScript: find the next special byte, copy what stands before it. */
#include "text/html.h"

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

static const char *const replacements[256] = {
    ['&'] = "&amp;", ['<'] = "&lt;", ['>'] = "&gt;", ['"'] = "&quot;", ['\''] = "&#x27;",
};

/* Where the next of & < > " ' is at or behind `at`, or the length. */
static size_t next_special(CvSlice text, size_t at)
{
#if defined(__SSE2__)
    const __m128i amp = _mm_set1_epi8('&'), less = _mm_set1_epi8('<'), more = _mm_set1_epi8('>'),
                  quote = _mm_set1_epi8('"'), tick = _mm_set1_epi8('\'');
    for (; at + 16 <= text.length; at += 16) {
        __m128i bytes = _mm_loadu_si128((const __m128i *)(const void *)(text.data + at));
        __m128i found = _mm_or_si128(_mm_or_si128(_mm_cmpeq_epi8(bytes, amp), _mm_cmpeq_epi8(bytes, less)),
                                     _mm_or_si128(_mm_cmpeq_epi8(bytes, more), _mm_cmpeq_epi8(bytes, quote)));
        int mask = _mm_movemask_epi8(_mm_or_si128(found, _mm_cmpeq_epi8(bytes, tick)));
        if (mask)
            return at + (size_t)__builtin_ctz((unsigned)mask);
    }
#endif
    while (at < text.length && !replacements[(uint8_t)text.data[at]])
        at++;
    return at;
}

static void escape_from(CvBuffer *out, CvSlice text, size_t special)
{
    size_t start = 0;
    if (!text.length)
        return;
    while (special < text.length) {
        cv_buffer_append(out, text.data + start, special - start);
        cv_buffer_append_string(out, replacements[(uint8_t)text.data[special]]);
        start = special + 1;
        special = next_special(text, start);
    }
    cv_buffer_append(out, text.data + start, text.length - start);
}

#if defined(__SSE2__)
/* Which of 16 bytes are special. */
static inline int specials(__m128i bytes)
{
    __m128i found = _mm_or_si128(_mm_cmpeq_epi8(bytes, _mm_set1_epi8('&')), _mm_cmpeq_epi8(bytes, _mm_set1_epi8('<')));
    found = _mm_or_si128(found, _mm_cmpeq_epi8(bytes, _mm_set1_epi8('>')));
    found = _mm_or_si128(found, _mm_cmpeq_epi8(bytes, _mm_set1_epi8('"')));
    return _mm_movemask_epi8(_mm_or_si128(found, _mm_cmpeq_epi8(bytes, _mm_set1_epi8('\''))));
}
#endif

void cv_html_escape(CvBuffer *out, CvSlice text)
{
#if defined(__SSE2__)
    if (text.length >= 16) { /* copied while it is looked at; the last chunk overlaps the one before */
        char *to = cv_buffer_reserve(out, text.length);
        for (size_t at = 0;; at = at + 32 <= text.length ? at + 16 : text.length - 16) {
            __m128i bytes = _mm_loadu_si128((const __m128i *)(const void *)(text.data + at));
            int mask = specials(bytes);
            _mm_storeu_si128((__m128i *)(void *)(to + at), bytes);
            if (mask) {
                size_t special = at + (size_t)__builtin_ctz((unsigned)mask);
                out->length += special;
                escape_from(out, (CvSlice){text.data + special, text.length - special}, 0);
                return;
            }
            if (at + 16 == text.length)
                break;
        }
        out->length += text.length;
        return;
    }
#endif
    escape_from(out, text, next_special(text, 0));
}

CvSlice cv_html_escaped(CvArena *arena, CvSlice text)
{
    size_t special = next_special(text, 0);
    if (special == text.length)
        return text;
    CvBuffer out = cv_buffer(arena);
    cv_buffer_reserve(&out, text.length + 32);
    escape_from(&out, text, special);
    cv_buffer_string(&out);
    return cv_buffer_slice(&out);
}

/* The length of what JavaScript must not see at the front of `text`: 0, 1, or that of a C1 control, U+2028, U+2029. */
static size_t js_special(CvSlice text, unsigned *point)
{
    uint8_t c = (uint8_t)text.data[0];
    *point = c;
    if (c < 0x20 || c == 0x7F || strchr("\\'\"><&=-;`", c))
        return 1;
    if (c == 0xC2 && text.length >= 2 && (uint8_t)text.data[1] >= 0x80 && (uint8_t)text.data[1] < 0xA0) {
        *point = (uint8_t)text.data[1];
        return 2;
    }
    if (c == 0xE2 && text.length >= 3 && (uint8_t)text.data[1] == 0x80 && ((uint8_t)text.data[2] & 0xFE) == 0xA8) {
        *point = 0x2028 + (text.data[2] & 1);
        return 3;
    }
    return 0;
}

void cv_html_escape_js(CvBuffer *out, CvSlice text)
{
    size_t start = 0;
    if (!text.length)
        return;
    for (size_t at = 0; at < text.length;) {
        unsigned point;
        size_t length = js_special(cv_slice_skip(text, at), &point);
        if (!length) {
            at++;
            continue;
        }
        cv_buffer_append(out, text.data + start, at - start);
        cv_buffer_printf(out, "\\u%04X", point);
        at += length;
        start = at;
    }
    cv_buffer_append(out, text.data + start, text.length - start);
}
