/* headers.c: the ordered headers of a response. */
#include "http/headers.h"
#include "base/value.h"
#include "crypto/base64.h"
#include "http/classes_private.h"

static bool is_ascii(CvSlice text)
{
    for (size_t i = 0; i < text.length; i++)
        if ((unsigned char)text.data[i] >= 0x80)
            return false;
    return true;
}

/* UTF-8 whose characters are all below U+0100. */
static bool is_latin1(CvSlice text)
{
    for (size_t i = 0; i < text.length; i++) {
        unsigned char byte = (unsigned char)text.data[i];
        if (byte < 0x80)
            continue;
        if ((byte != 0xc2 && byte != 0xc3) || i + 1 == text.length || ((unsigned char)text.data[i + 1] & 0xc0) != 0x80)
            return false;
        i++;
    }
    return true;
}

/* Bytes that RFC 2047's Q encoding leaves alone, as Python's email package has them. */
static bool is_q_safe(char byte)
{
    return cv_byte_is(byte, CV_CLASS_DIGIT) || ((byte | 0x20) >= 'a' && (byte | 0x20) <= 'z') ||
           (byte && strchr("-!*+/", byte));
}

/* An encoded word, base64 or quoted, whichever is shorter. */
static CvSlice encoded_word(CvArena *arena, CvSlice text)
{
    static const char hex[] = "0123456789ABCDEF";
    size_t quoted = 0;
    CvBuffer out = cv_buffer(arena);

    for (size_t i = 0; i < text.length; i++)
        quoted += is_q_safe(text.data[i]) || text.data[i] == ' ' ? 1 : 3;
    if ((text.length + 2) / 3 * 4 < quoted) {
        cv_buffer_append_string(&out, "=?utf-8?b?");
        cv_buffer_append_slice(&out, cv_base64_encode(arena, text, CV_BASE64_PLAIN));
    } else {
        cv_buffer_append_string(&out, "=?utf-8?q?");
        for (size_t i = 0; i < text.length; i++) {
            char byte = text.data[i];
            if (byte == ' ') {
                cv_buffer_append_byte(&out, '_');
            } else if (is_q_safe(byte)) {
                cv_buffer_append_byte(&out, byte);
            } else {
                cv_buffer_append_byte(&out, '=');
                cv_buffer_append_byte(&out, hex[(unsigned char)byte >> 4]);
                cv_buffer_append_byte(&out, hex[byte & 15]);
            }
        }
    }
    cv_buffer_append_string(&out, "?=");
    cv_buffer_string(&out);
    return cv_buffer_slice(&out);
}

static bool check(CvArena *arena, CvSlice name, CvSlice value, CvError *error)
{
    if (!cv_is_token(name)) {
        CvSlice shown = cv_value_repr(arena, cv_value_slice(name));
        return cv_fail(arena, error, CV_ERROR_BAD_HEADER, "Header names must be tokens (got %.*s)",
                       CV_SLICE_ARG(shown));
    }
    if (value.length && (memchr(value.data, '\n', value.length) || memchr(value.data, '\r', value.length) ||
                         memchr(value.data, 0, value.length))) {
        CvSlice shown = cv_value_repr(arena, cv_value_slice(value));
        return cv_fail(arena, error, CV_ERROR_BAD_HEADER, "Header values can't contain newlines (got %.*s)",
                       CV_SLICE_ARG(shown));
    }
    return true;
}

static CvHeader *find(const CvHeaders *headers, CvSlice name, CvHeaderId id)
{
    for (size_t i = 0; i < headers->count; i++) {
        CvHeader *header = &headers->items[i];
        if (header->id == id && (id != CV_HEADER_OTHER || cv_slice_equal_fold(header->name, name)))
            return header;
    }
    return NULL;
}

bool cv_headers_set_slice(CvHeaders *headers, CvArena *arena, CvSlice name, CvSlice value, bool borrow, CvError *error)
{
    CvHeaderId id = cv_header_id(name);

    if (!value.data)
        value = CV_SLICE("");
    if (!check(arena, name, value, error))
        return false;
    bool ascii = is_ascii(value);
    if (!ascii && !is_latin1(value)) {
        value = encoded_word(arena, value);
        ascii = true;
    } else if (!borrow) {
        value = cv_slice_copy(arena, value);
    }
    CvHeader *header = find(headers, name, id);
    if (!header)
        header = cv_vector_add(arena, headers);
    *header = (CvHeader){borrow ? name : cv_slice_copy(arena, name), value, (uint8_t)id, ascii};
    return true;
}

bool cv_headers_set(CvHeaders *headers, CvArena *arena, const char *name, const char *value, CvError *error)
{
    return cv_headers_set_slice(headers, arena, cv_slice(name), cv_slice(value), false, error);
}

bool cv_headers_set_default(CvHeaders *headers, CvArena *arena, const char *name, const char *value, CvError *error)
{
    return cv_headers_has(headers, name) || cv_headers_set(headers, arena, name, value, error);
}

const CvHeader *cv_headers_find(const CvHeaders *headers, CvSlice name)
{
    return find(headers, name, cv_header_id(name));
}

const CvHeader *cv_headers_find_id(const CvHeaders *headers, CvHeaderId id)
{
    return find(headers, (CvSlice){NULL, 0}, id);
}

const char *cv_headers_get(const CvHeaders *headers, const char *name)
{
    const CvHeader *header = cv_headers_find(headers, cv_slice(name));

    return header ? header->value.data : NULL;
}

bool cv_headers_has(const CvHeaders *headers, const char *name)
{
    return cv_headers_find(headers, cv_slice(name)) != NULL;
}

bool cv_headers_remove(CvHeaders *headers, const char *name)
{
    CvHeader *header = find(headers, cv_slice(name), cv_header_id(cv_slice(name)));

    if (!header)
        return false;
    size_t index = (size_t)(header - headers->items);
    memmove(header, header + 1, (headers->count - index - 1) * sizeof *header);
    headers->count--;
    return true;
}
