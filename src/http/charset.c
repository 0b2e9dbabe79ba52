/* charset.c: text in other encodings than UTF-8. */
#include "http/charset.h"

#include <errno.h>
#include <iconv.h>

#include "base/buffer.h"
#include "text/utf8.h"

#define NAME_MAX_LENGTH 40
#define REPLACEMENT "\xef\xbf\xbd"

typedef enum Kind { UTF8, ASCII, LATIN1, CP1252, OTHER } Kind;

/* 0x80 to 0x9f of windows-1252; 0 where it has nothing. */
static const uint16_t cp1252[32] = {0x20ac, 0,      0x201a, 0x0192, 0x201e, 0x2026, 0x2020, 0x2021,
                                    0x02c6, 0x2030, 0x0160, 0x2039, 0x0152, 0,      0x017d, 0,
                                    0,      0x2018, 0x2019, 0x201c, 0x201d, 0x2022, 0x2013, 0x2014,
                                    0x02dc, 0x2122, 0x0161, 0x203a, 0x0153, 0,      0x017e, 0x0178};

/* As Python looks for a codec: small letters and digits, anything between them as one '_'. */
static CvSlice normal_name(CvSlice name, char out[NAME_MAX_LENGTH])
{
    size_t length = 0;
    bool gap = false;

    for (size_t i = 0; i < name.length && length + 2 < NAME_MAX_LENGTH; i++) {
        unsigned char byte = (unsigned char)name.data[i];
        bool letter = (byte | 0x20) >= 'a' && (byte | 0x20) <= 'z';
        if (byte >= 0x80)
            return (CvSlice){out, 0};
        if (!letter && !(byte >= '0' && byte <= '9')) {
            gap = true;
            continue;
        }
        if (gap && length)
            out[length++] = '_';
        gap = false;
        out[length++] = (char)(letter ? byte | 0x20 : byte);
    }
    return cv_slice_of(out, length);
}

static Kind kind_of(CvSlice name)
{
    static const struct {
        const char *name;
        Kind kind;
    } rows[] = {{"utf_8", UTF8},       {"utf8", UTF8},      {"u8", UTF8},     {"utf", UTF8},
                {"us_ascii", ASCII},   {"ascii", ASCII},    {"646", ASCII},   {"iso_8859_1", LATIN1},
                {"iso8859_1", LATIN1}, {"iso8859", LATIN1}, {"8859", LATIN1}, {"latin_1", LATIN1},
                {"latin1", LATIN1},    {"latin", LATIN1},   {"l1", LATIN1},   {"windows_1252", CP1252},
                {"cp1252", CP1252},    {"1252", CP1252}};
    char text[NAME_MAX_LENGTH];
    CvSlice normal = normal_name(name, text);

    for (size_t i = 0; i < CV_COUNT_OF(rows); i++)
        if (cv_slice_is(normal, rows[i].name))
            return rows[i].kind;
    return OTHER;
}

bool cv_charset_is_utf8(CvSlice name)
{
    return kind_of(name) == UTF8;
}

/* A converter of the C library's. Names with odd characters (iconv reads options from them) are not passed on. */
static iconv_t open_iconv(CvSlice name, bool from)
{
    char text[NAME_MAX_LENGTH + 1];

    if (name.length == 0 || name.length > NAME_MAX_LENGTH)
        return (iconv_t)-1;
    for (size_t i = 0; i < name.length; i++) {
        char byte = name.data[i];
        if (!((byte | 0x20) >= 'a' && (byte | 0x20) <= 'z') && !(byte >= '0' && byte <= '9') && byte != '-' &&
            byte != '_' && byte != '.' && byte != ':')
            return (iconv_t)-1;
    }
    memcpy(text, name.data, name.length);
    text[name.length] = 0;
    return from ? iconv_open("UTF-8", text) : iconv_open(text, "UTF-8");
}

bool cv_charset_is_known(CvSlice name)
{
    if (kind_of(name) != OTHER)
        return true;
    iconv_t converter = open_iconv(name, true);
    if (converter == (iconv_t)-1)
        return false;
    iconv_close(converter);
    return true;
}

static void close_iconv(void *argument)
{
    const iconv_t *converter = argument;

    if (*converter != (iconv_t)-1)
        iconv_close(*converter);
}

/* What the converter still holds at the end of a text: a letter that an accent might have followed, or what leads back
 * to the first state of the encoding. */
static void flush(iconv_t converter, CvBuffer *buffer)
{
    char *to = cv_buffer_reserve(buffer, 32);
    size_t room = buffer->capacity - buffer->length, had = room;
    (void)iconv(converter, NULL, NULL, &to, &room);
    buffer->length += had - room;
}

/* Converts all. Decoding makes U+FFFD of each byte that does not fit, encoding fails there. */
static bool convert(CvSlice charset, bool decode, CvArena *arena, CvSlice in, CvSlice *out)
{
    CvBuffer buffer = cv_buffer(arena);
    iconv_t *place = cv_arena_new(arena, iconv_t), converter;
    bool repair = decode;
    char *from = (char *)(uintptr_t)in.data;
    size_t left = in.length;
    *place = (iconv_t)-1;
    CvDefer *defer = cv_arena_defer(arena, close_iconv, place); /* before it is opened: memory may end on the way */
    *place = converter = open_iconv(charset, decode);
    bool good = converter != (iconv_t)-1;

    while (good && left) {
        char *to = cv_buffer_reserve(&buffer, left * 4 + 16);
        size_t room = buffer.capacity - buffer.length, had = room;
        size_t result = iconv(converter, &from, &left, &to, &room);
        buffer.length += had - room;
        if (result != (size_t)-1 || errno == E2BIG)
            continue;
        good = repair;
        if (repair) {
            cv_buffer_append_string(&buffer, REPLACEMENT);
            from++;
            left--;
        }
    }
    if (good)
        flush(converter, &buffer);
    cv_buffer_string(&buffer);
    cv_arena_undefer(arena, defer);
    close_iconv(place);
    *out = cv_buffer_slice(&buffer);
    return good;
}

bool cv_charset_decode(CvArena *arena, CvSlice charset, CvSlice bytes, CvSlice *text)
{
    Kind kind = kind_of(charset);

    if (kind == UTF8) {
        *text = cv_utf8_repair(arena, bytes);
        return true;
    }
    if (kind == OTHER)
        return convert(charset, true, arena, bytes, text);
    CvBuffer out = cv_buffer(arena);
    cv_buffer_reserve(&out, bytes.length + 1);
    for (size_t i = 0; i < bytes.length; i++) {
        uint32_t point = (unsigned char)bytes.data[i];
        if (point >= 0x80 && kind == ASCII)
            point = CV_UTF8_REPLACEMENT;
        else if (point >= 0x80 && point < 0xa0 && kind == CP1252)
            point = cp1252[point - 0x80] ? cp1252[point - 0x80] : CV_UTF8_REPLACEMENT;
        cv_utf8_append(&out, point);
    }
    cv_buffer_string(&out);
    *text = cv_buffer_slice(&out);
    return true;
}

/* The byte that stands for a character, or -1. */
static int byte_of(Kind kind, uint32_t point)
{
    if (point < 0x80 || (point < 0x100 && kind == LATIN1) || (point >= 0xa0 && point < 0x100 && kind == CP1252))
        return (int)point;
    if (kind == CP1252)
        for (int i = 0; i < 32; i++)
            if (cp1252[i] && cp1252[i] == point)
                return 0x80 + i;
    return -1;
}

/* What stands in front of every text, a byte order mark: what is left of two texts when their characters are gone. */
static bool encode_nothing(CvArena *arena, CvSlice charset, CvSlice *bytes)
{
    CvSlice one, two;

    if (!convert(charset, false, arena, CV_SLICE(" "), &one) || !convert(charset, false, arena, CV_SLICE("  "), &two))
        return false;
    *bytes = cv_slice_range(one, 0, one.length * 2 - two.length);
    return true;
}

bool cv_charset_encode(CvArena *arena, CvSlice charset, CvSlice text, CvSlice *bytes)
{
    Kind kind = kind_of(charset);

    if (kind == UTF8) {
        *bytes = text;
        return true;
    }
    if (kind == OTHER)
        return text.length ? convert(charset, false, arena, text, bytes) : encode_nothing(arena, charset, bytes);
    CvBuffer out = cv_buffer(arena);
    for (CvSlice rest = text; rest.length;) {
        int byte = byte_of(kind, cv_utf8_next(&rest));
        if (byte < 0)
            return false;
        cv_buffer_append_byte(&out, (char)byte);
    }
    cv_buffer_string(&out);
    *bytes = cv_buffer_slice(&out);
    return true;
}
