/* base64.c: base64, plain and URL-safe. */
#include "crypto/base64.h"

static const char letters[2][65] = {
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/",
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_",
};

static bool is_url(CvBase64 form)
{
    return form == CV_BASE64_URL || form == CV_BASE64_URL_PADDED;
}

static bool is_padded(CvBase64 form)
{
    return form == CV_BASE64_PLAIN || form == CV_BASE64_URL_PADDED;
}

CvSlice cv_base64_encode(CvArena *arena, CvSlice bytes, CvBase64 form)
{
    const char *alphabet = letters[is_url(form)];
    const uint8_t *in = (const uint8_t *)bytes.data;
    char *text = cv_arena_alloc_raw(arena, cv_size_add(cv_size_multiply(cv_size_add(bytes.length, 2) / 3, 4), 1), 1);
    char *out = text;
    size_t left = bytes.length;

    for (; left >= 3; left -= 3, in += 3) {
        uint32_t three = (uint32_t)in[0] << 16 | (uint32_t)in[1] << 8 | in[2];
        *out++ = alphabet[three >> 18];
        *out++ = alphabet[three >> 12 & 63];
        *out++ = alphabet[three >> 6 & 63];
        *out++ = alphabet[three & 63];
    }
    if (left > 0) {
        uint32_t rest = (uint32_t)in[0] << 16 | (left > 1 ? (uint32_t)in[1] << 8 : 0);
        *out++ = alphabet[rest >> 18];
        *out++ = alphabet[rest >> 12 & 63];
        if (left > 1)
            *out++ = alphabet[rest >> 6 & 63];
        if (is_padded(form)) {
            if (left == 1)
                *out++ = '=';
            *out++ = '=';
        }
    }
    *out = '\0';
    return cv_slice_of(text, (size_t)(out - text));
}

static int digit_of(char c, bool url)
{
    if (c >= 'A' && c <= 'Z')
        return c - 'A';
    if (c >= 'a' && c <= 'z')
        return c - 'a' + 26;
    if (c >= '0' && c <= '9')
        return c - '0' + 52;
    if (c == '+' || (url && c == '-'))
        return 62;
    if (c == '/' || (url && c == '_'))
        return 63;
    return -1;
}

/* Decodes as if `added` padding characters followed. */
static bool decode(CvArena *arena, CvSlice text, bool url, size_t added, CvSlice *out)
{
    uint8_t *bytes = cv_arena_alloc_raw(arena, cv_size_add(cv_size_multiply(text.length / 4, 3), 4), 1), *next = bytes;
    uint32_t held = 0;
    const size_t length = text.length;
    int place = 0, pads = 0;

    for (size_t i = 0; i < length + added; i++) {
        char c = i < length ? text.data[i] : '=';
        if (c == '=') {
            if (place >= 2 && place + ++pads >= 4) {
                place = 0;
                break;
            }
            continue;
        }
        int digit = digit_of(c, url);
        if (digit < 0)
            continue;
        pads = 0;
        held = (held << 6 | (uint32_t)digit) & 0xffffff;
        switch (place) {
        case 0:
            break;
        case 1:
            *next++ = (uint8_t)(held >> 4);
            break;
        case 2:
            *next++ = (uint8_t)(held >> 2);
            break;
        default:
            *next++ = (uint8_t)held;
            break;
        }
        place = (place + 1) % 4;
    }
    if (place != 0)
        return false;
    *next = 0;
    *out = cv_slice_of((const char *)bytes, (size_t)(next - bytes));
    return true;
}

bool cv_base64_decode(CvArena *arena, CvSlice text, CvBase64 form, CvSlice *out)
{
    return decode(arena, text, is_url(form), is_padded(form) ? 0 : (4 - text.length % 4) % 4, out);
}

bool cv_base64_decode_uid(CvArena *arena, CvSlice text, CvSlice *out)
{
    return decode(arena, text, true, text.length % 4, out);
}

bool cv_base64_decode_strict(CvArena *arena, CvSlice text, CvBase64 form, CvSlice *out)
{
    CvSlice bytes;
    if (!cv_base64_decode(arena, text, form, &bytes) || !cv_slice_equal(cv_base64_encode(arena, bytes, form), text))
        return false;
    *out = bytes;
    return true;
}
