/* html_unescape.c: character references to characters, as HTML5 reads them outside attributes. */
#include "text/html.h"
#include "text/html_entities.h"
#include "text/utf8.h"

#define NAME_POINTS 32 /* the longest run that is looked at as a name */
#define BARE_LONGEST 6 /* of the names that need no semicolon */

static const CvHtmlEntity *find_entity(CvSlice name)
{
    size_t low = 0, high = cv_html_entity_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = cv_slice_compare(name, cv_slice(cv_html_entities[middle].name));
        if (order == 0)
            return &cv_html_entities[middle];
        if (order < 0)
            high = middle;
        else
            low = middle + 1;
    }
    return NULL;
}

/* What numbers of Windows' code page mean, which authors took for Unicode's. */
static const uint16_t windows_1252[32] = {
    0x20AC, 0x81,   0x201A, 0x192,  0x201E, 0x2026, 0x2020, 0x2021, 0x2C6,  0x2030, 0x160,
    0x2039, 0x152,  0x8D,   0x17D,  0x8F,   0x90,   0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0x2DC,  0x2122, 0x161,  0x203A, 0x153,  0x9D,   0x17E,  0x178,
};

static bool is_nothing(uint32_t number)
{
    return (number < 0x20 && number != '\t' && number != '\n' && number != '\f' && number != '\r') || number == 0x7F ||
           (number >= 0xFDD0 && number <= 0xFDEF) || (number & 0xFFFE) == 0xFFFE;
}

static void append_number(CvBuffer *out, uint32_t number)
{
    if (number == 0 || (number >= 0xD800 && number < 0xE000) || number > 0x10FFFF)
        cv_utf8_append(out, CV_UTF8_REPLACEMENT);
    else if (number >= 0x80 && number < 0xA0)
        cv_utf8_append(out, windows_1252[number - 0x80]);
    else if (!is_nothing(number))
        cv_utf8_append(out, number);
}

static int digit_of(char c, uint32_t base)
{
    int digit = c >= '0' && c <= '9' ? c - '0' : (c | 0x20) >= 'a' && (c | 0x20) <= 'f' ? (c | 0x20) - 'a' + 10 : 16;
    return digit < (int)base ? digit : -1;
}

/* "#60;", "#x3C" at the front: its length, 0 if it is none. */
static size_t take_number(CvBuffer *out, CvSlice text)
{
    uint32_t base = 10, number = 0;
    size_t at = 1;
    if (at < text.length && (text.data[at] | 0x20) == 'x') {
        base = 16;
        at++;
    }
    size_t start = at;
    for (int digit; at < text.length && (digit = digit_of(text.data[at], base)) >= 0; at++)
        number = number > 0x110000 ? number : number * base + (uint32_t)digit;
    if (at == start)
        return 0;
    append_number(out, number);
    return at < text.length && text.data[at] == ';' ? at + 1 : at;
}

/* "lt;", "ampx" at the front: the length of what was replaced, 0 if it begins with no name. */
static size_t take_name(CvBuffer *out, CvSlice text)
{
    CvSlice rest = text;
    for (int points = 0; points < NAME_POINTS && rest.length; points++) {
        if (memchr("\t\n\f <&#;", *rest.data, 8))
            break;
        cv_utf8_next(&rest);
    }
    CvSlice name = cv_slice_range(text, 0, text.length - rest.length);
    const CvHtmlEntity *entity = name.length ? find_entity(name) : NULL;
    bool semicolon = rest.length && *rest.data == ';';
    if (entity && (semicolon || entity->bare)) {
        cv_buffer_append_string(out, entity->text);
        return name.length + semicolon;
    }
    size_t longest = semicolon ? name.length : name.length - (name.length > 0);
    for (size_t length = longest < BARE_LONGEST ? longest : BARE_LONGEST; length >= 2; length--) {
        entity = find_entity(cv_slice_range(name, 0, length));
        if (entity && entity->bare) {
            cv_buffer_append_string(out, entity->text);
            return length;
        }
    }
    return 0;
}

CvSlice cv_html_unescape(CvArena *arena, CvSlice text)
{
    ptrdiff_t amp = cv_slice_find_byte(text, '&');
    if (amp < 0)
        return text;
    CvBuffer out = cv_buffer(arena);
    while (amp >= 0) {
        cv_buffer_append(&out, text.data, (size_t)amp);
        text = cv_slice_skip(text, (size_t)amp + 1);
        size_t taken = text.length && *text.data == '#' ? take_number(&out, text) : take_name(&out, text);
        if (!taken)
            cv_buffer_append_byte(&out, '&');
        text = cv_slice_skip(text, taken);
        amp = cv_slice_find_byte(text, '&');
    }
    cv_buffer_append_slice(&out, text);
    cv_buffer_string(&out);
    return cv_buffer_slice(&out);
}
