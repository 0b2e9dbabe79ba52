/* cookie_read.c: the pairs of a Cookie header, as Django reads them. */
#include "http/cookie.h"

#include "base/buffer.h"
#include "text/utf8.h"

static bool is_octal(CvSlice text)
{
    return text.length >= 4 && text.data[1] >= '0' && text.data[1] <= '3' && text.data[2] >= '0' &&
           text.data[2] <= '7' && text.data[3] >= '0' && text.data[3] <= '7';
}

/* Takes quotes off and resolves \ooo (a character below U+0100) and \x; what is not in quotes stays as it is. */
static CvSlice unquote(CvArena *arena, CvSlice value)
{
    if (value.length < 2 || value.data[0] != '"' || value.data[value.length - 1] != '"')
        return value;
    value = cv_slice_of(value.data + 1, value.length - 2);
    if (cv_slice_find_byte(value, '\\') < 0)
        return value;
    CvBuffer out = cv_buffer(arena);
    while (value.length) {
        size_t used = 1;
        if (value.data[0] != '\\' || value.length == 1) {
            cv_buffer_append_byte(&out, value.data[0]);
        } else if (is_octal(value)) {
            unsigned point = (unsigned)(value.data[1] - '0') << 6 | (unsigned)(value.data[2] - '0') << 3 |
                             (unsigned)(value.data[3] - '0');
            if (point >= 0x80)
                cv_buffer_append_byte(&out, (char)(0xc0 | point >> 6));
            cv_buffer_append_byte(&out, (char)(point >= 0x80 ? 0x80 | (point & 0x3f) : point));
            used = 4;
        } else {
            cv_buffer_append_byte(&out, value.data[1]);
            used = 2;
        }
        value = cv_slice_skip(value, used);
    }
    return cv_buffer_slice(&out);
}

bool cv_cookie_next(CvArena *arena, CvSlice *rest, CvSlice *name, CvSlice *value)
{
    CvSlice part;

    while (rest->data && cv_slice_split(rest, ';', &part)) {
        ptrdiff_t equals = cv_slice_find_byte(part, '=');
        *name = equals < 0 ? (CvSlice){"", 0} : cv_utf8_strip(cv_slice_range(part, 0, (size_t)equals));
        *value = cv_utf8_strip(equals < 0 ? part : cv_slice_skip(part, (size_t)equals + 1));
        if (name->length == 0 && value->length == 0)
            continue;
        *value = unquote(arena, *value);
        return true;
    }
    return false;
}
