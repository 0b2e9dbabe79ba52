/* image.c: what an image's first bytes tell: format and size, without decoding a pixel. */
#include "forms/field_private.h"

static uint32_t big(const uint8_t *at, int bytes)
{
    uint32_t number = 0;
    for (int i = 0; i < bytes; i++)
        number = number << 8 | at[i];
    return number;
}

static uint32_t little(const uint8_t *at, int bytes)
{
    uint32_t number = 0;
    for (int i = bytes; i-- > 0;)
        number = number << 8 | at[i];
    return number;
}

static bool read_png(const uint8_t *at, size_t length, CvImageInfo *out)
{
    if (length < 33 || memcmp(at, "\x89PNG\r\n\x1a\n", 8) != 0 || big(at + 8, 4) != 13 ||
        memcmp(at + 12, "IHDR", 4) != 0)
        return false;
    *out = (CvImageInfo){"PNG", "image/png", big(at + 16, 4), big(at + 20, 4)};
    return true;
}

static bool read_gif(const uint8_t *at, size_t length, CvImageInfo *out)
{
    if (length < 13 || (memcmp(at, "GIF87a", 6) != 0 && memcmp(at, "GIF89a", 6) != 0))
        return false;
    *out = (CvImageInfo){"GIF", "image/gif", little(at + 6, 2), little(at + 8, 2)};
    return true;
}

/* Walks the segments to the frame header. */
static bool read_jpeg(const uint8_t *at, size_t length, CvImageInfo *out)
{
    if (length < 4 || at[0] != 0xff || at[1] != 0xd8)
        return false;
    for (size_t i = 2; i + 9 < length;) {
        if (at[i] != 0xff)
            return false;
        uint8_t marker = at[i + 1];
        if (marker == 0xff) {
            i++;
            continue;
        }
        uint32_t size = big(at + i + 2, 2);
        bool frame = marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc;
        if (frame) {
            *out = (CvImageInfo){"JPEG", "image/jpeg", big(at + i + 7, 2), big(at + i + 5, 2)};
            return true;
        }
        if (size < 2)
            return false;
        i += 2 + size;
    }
    return false;
}

static bool read_bmp(const uint8_t *at, size_t length, CvImageInfo *out)
{
    if (length < 26 || memcmp(at, "BM", 2) != 0 || little(at + 14, 4) < 12)
        return false;
    bool old = little(at + 14, 4) == 12;
    uint32_t height = old ? little(at + 20, 2) : little(at + 22, 4);
    if (!old && (int32_t)height < 0) /* top row first */
        height = -height;
    *out = (CvImageInfo){"BMP", "image/bmp", old ? little(at + 18, 2) : little(at + 18, 4), height};
    return true;
}

static bool read_webp(const uint8_t *at, size_t length, CvImageInfo *out)
{
    if (length < 30 || memcmp(at, "RIFF", 4) != 0 || memcmp(at + 8, "WEBP", 4) != 0)
        return false;
    *out = (CvImageInfo){.format = "WEBP", .content_type = "image/webp"};
    if (memcmp(at + 12, "VP8 ", 4) == 0) {
        out->width = little(at + 26, 2) & 0x3fff;
        out->height = little(at + 28, 2) & 0x3fff;
    } else if (memcmp(at + 12, "VP8L", 4) == 0) {
        uint32_t bits = little(at + 21, 4);
        out->width = (bits & 0x3fff) + 1;
        out->height = (bits >> 14 & 0x3fff) + 1;
    } else if (memcmp(at + 12, "VP8X", 4) == 0) {
        out->width = little(at + 24, 3) + 1;
        out->height = little(at + 27, 3) + 1;
    } else {
        return false;
    }
    return true;
}

static bool read_tiff(const uint8_t *at, size_t length, CvImageInfo *out)
{
    if (length < 8 || (memcmp(at, "II*\0", 4) != 0 && memcmp(at, "MM\0*", 4) != 0))
        return false;
    bool swapped = at[0] == 'M';
    uint32_t (*number)(const uint8_t *, int) = swapped ? big : little;
    size_t place = number(at + 4, 4);
    *out = (CvImageInfo){.format = "TIFF", .content_type = "image/tiff"};
    if (place + 2 > length)
        return false;
    uint32_t entries = number(at + place, 2);
    for (uint32_t i = 0; i < entries && place + 2 + 12 * (i + 1) <= length; i++) {
        const uint8_t *entry = at + place + 2 + 12 * i;
        uint32_t value = number(entry + 8, number(entry + 2, 2) == 3 ? 2 : 4);
        if (number(entry, 2) == 256)
            out->width = value;
        else if (number(entry, 2) == 257)
            out->height = value;
    }
    return true;
}

static bool read_ico(const uint8_t *at, size_t length, CvImageInfo *out)
{
    if (length < 22 || memcmp(at, "\0\0\1\0", 4) != 0 || little(at + 4, 2) == 0)
        return false;
    *out = (CvImageInfo){"ICO", "image/x-icon", at[6] ? at[6] : 256, at[7] ? at[7] : 256};
    return true;
}

bool cv_image_info(CvSlice bytes, CvImageInfo *out)
{
    static bool (*const readers[])(const uint8_t *, size_t, CvImageInfo *) = {read_png,  read_gif,  read_jpeg, read_bmp,
                                                                              read_webp, read_tiff, read_ico};
    for (size_t i = 0; i < CV_COUNT_OF(readers); i++)
        if (bytes.length && readers[i]((const uint8_t *)bytes.data, bytes.length, out))
            return out->width > 0 && out->height > 0;
    return false;
}
