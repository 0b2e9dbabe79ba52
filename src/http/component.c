/* component.c: percent-coded pieces in any charset. */
#include "http/component_private.h"

#include "base/buffer.h"
#include "http/charset.h"
#include "text/url.h"
#include "text/utf8.h"

static CvSlice run(CvSlice text, bool ascii)
{
    size_t length = 0;

    while (length < text.length && ((unsigned char)text.data[length] < 0x80) == ascii)
        length++;
    return cv_slice_range(text, 0, length);
}

static CvSlice plus_as_space(CvArena *arena, CvSlice text)
{
    char *copy = cv_slice_string(arena, text);

    for (size_t i = 0; i < text.length; i++)
        if (copy[i] == '+')
            copy[i] = ' ';
    return cv_slice_of(copy, text.length);
}

bool cv_component_decode(CvArena *arena, CvSlice text, bool plus, CvSlice charset, CvSlice *out)
{
    bool has_escape = text.length && memchr(text.data, '%', text.length);

    if (plus && text.length && memchr(text.data, '+', text.length))
        text = plus_as_space(arena, text);
    if (!has_escape) {
        *out = cv_utf8_repair(arena, text);
        return true;
    }
    if (charset.length == 0 || cv_charset_is_utf8(charset)) {
        *out = cv_url_unquote(arena, text, false);
        return true;
    }
    CvBuffer buffer = cv_buffer(arena);
    while (text.length) {
        CvSlice ascii = run(text, true), other = run(cv_slice_skip(text, ascii.length), false), decoded;
        if (ascii.length && memchr(ascii.data, '%', ascii.length)) {
            if (!cv_charset_decode(arena, charset, cv_url_unquote_bytes(arena, ascii, false), &decoded))
                return false;
            ascii = decoded;
        }
        cv_buffer_append_slice(&buffer, ascii);
        cv_buffer_append_slice(&buffer, other);
        text = cv_slice_skip(text, run(text, true).length + other.length);
    }
    cv_buffer_string(&buffer);
    *out = cv_buffer_slice(&buffer);
    return true;
}
