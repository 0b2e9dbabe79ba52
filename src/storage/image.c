/* image.c: what an image's first bytes tell: format and size, without decoding a pixel. */
#include <zlib.h>

#include "storage/image.h"

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

/* The parts of a PNG up to its end, each with a right sum; where the file goes on beyond the bytes, up to its pixels.
 */
static bool is_png_sound(const uint8_t *at, size_t length, bool whole)
{
    bool pixels = false;
    for (size_t i = 8; i + 12 <= length;) {
        uint32_t size = big(at + i, 4);
        pixels = pixels || memcmp(at + i + 4, "IDAT", 4) == 0;
        if (size > length - i - 12)
            return pixels && !whole;
        if (crc32(0, at + i + 4, size + 4) != big(at + i + 8 + size, 4))
            return false;
        if (memcmp(at + i + 4, "IEND", 4) == 0)
            return pixels;
        i += 12 + (size_t)size;
    }
    return pixels && !whole;
}

static bool read_png(const uint8_t *at, size_t length, bool whole, CvImageInfo *out)
{
    if (length < 33 || memcmp(at, "\x89PNG\r\n\x1a\n", 8) != 0 || big(at + 8, 4) != 13 ||
        memcmp(at + 12, "IHDR", 4) != 0)
        return false;
    *out = (CvImageInfo){"PNG", "image/png", big(at + 16, 4), big(at + 20, 4)};
    return is_png_sound(at, length, whole);
}

/* The size of a GIF is what its screen and its first frame cover; it has none without a frame behind its colours and
 * extensions. What stands between the blocks is skipped. */
static bool read_gif(const uint8_t *at, size_t length, bool whole, CvImageInfo *out)
{
    if (length < 13 || (memcmp(at, "GIF87a", 6) != 0 && memcmp(at, "GIF89a", 6) != 0))
        return false;
    *out = (CvImageInfo){"GIF", "image/gif", little(at + 6, 2), little(at + 8, 2)};
    size_t i = 13;
    if (at[10] & 0x80)
        i += (size_t)3 << ((at[10] & 7) + 1);
    while (i < length && at[i] != 0x2c) {
        if (at[i] == 0x3b)
            return false;
        if (at[i++] != 0x21)
            continue;
        for (i++; i < length && at[i]; i += (size_t)at[i] + 1)
            continue;
        i++;
    }
    if (i + 10 > length)
        return !whole;
    uint32_t right = little(at + i + 1, 2) + little(at + i + 5, 2);
    uint32_t bottom = little(at + i + 3, 2) + little(at + i + 7, 2);
    out->width = right > out->width ? right : out->width;
    out->height = bottom > out->height ? bottom : out->height;
    return true;
}

/* Markers that stand alone: no length follows. */
static bool is_lone_marker(uint8_t marker)
{
    return marker <= 0x01 || (marker >= 0xd0 && marker <= 0xd9);
}

/* Walks the segments to the frame's header, and on to where the pixels begin. */
static bool read_jpeg(const uint8_t *at, size_t length, bool whole, CvImageInfo *out)
{
    if (length < 4 || memcmp(at, "\xff\xd8\xff", 3) != 0)
        return false;
    bool found = false;
    for (size_t i = 2; i + 4 <= length;) {
        uint8_t marker = at[i + 1];
        if (at[i] != 0xff || marker == 0xff) { /* what fills the space between segments */
            i++;
            continue;
        }
        if (is_lone_marker(marker)) {
            i += 2;
            continue;
        }
        if (marker == 0xda)
            return found;
        uint32_t size = big(at + i + 2, 2);
        bool frame = marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc;
        if (size < 2)
            return false;
        if (frame && i + 9 <= length) {
            *out = (CvImageInfo){"JPEG", "image/jpeg", big(at + i + 7, 2), big(at + i + 5, 2)};
            found = true;
        }
        i += 2 + (size_t)size;
    }
    return found && !whole;
}

static bool read_bmp(const uint8_t *at, size_t length, bool whole, CvImageInfo *out)
{
    static const uint32_t headers[] = {12, 40, 52, 56, 64, 108, 124}; /* sizes of all versions of the second header */
    (void)whole;
    if (length < 26 || memcmp(at, "BM", 2) != 0)
        return false;
    uint32_t size = little(at + 14, 4), height = size == 12 ? little(at + 20, 2) : little(at + 22, 4);
    bool known = false;
    for (size_t i = 0; i < CV_COUNT_OF(headers); i++)
        known = known || size == headers[i];
    if (size != 12 && (int32_t)height < 0) /* top row first */
        height = -height;
    *out = (CvImageInfo){"BMP", "image/bmp", size == 12 ? little(at + 18, 2) : little(at + 18, 4), height};
    return known && length >= 14 + (size_t)size;
}

/* Lossy, lossless or extended, by the first part; it must not end before it says. */
static bool read_webp(const uint8_t *at, size_t length, bool whole, CvImageInfo *out)
{
    if (length < 25 || memcmp(at, "RIFF", 4) != 0 || memcmp(at + 8, "WEBP", 4) != 0)
        return false;
    *out = (CvImageInfo){.format = "WEBP", .content_type = "image/webp"};
    if (whole && little(at + 4, 4) > length - 8)
        return false;
    if (length >= 30 && memcmp(at + 12, "VP8 ", 4) == 0) {
        out->width = little(at + 26, 2) & 0x3fff;
        out->height = little(at + 28, 2) & 0x3fff;
        return !(at[20] & 1) && memcmp(at + 23, "\x9d\x01\x2a", 3) == 0; /* a frame of its own */
    }
    if (memcmp(at + 12, "VP8L", 4) == 0) {
        uint32_t bits = little(at + 21, 4);
        out->width = (bits & 0x3fff) + 1;
        out->height = (bits >> 14 & 0x3fff) + 1;
        return at[20] == 0x2f;
    }
    if (length >= 30 && memcmp(at + 12, "VP8X", 4) == 0) {
        out->width = little(at + 24, 3) + 1;
        out->height = little(at + 27, 3) + 1;
        return true;
    }
    return false;
}

static bool read_tiff(const uint8_t *at, size_t length, bool whole, CvImageInfo *out)
{
    (void)whole;
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

/* The largest of the pictures in it. */
static bool read_ico(const uint8_t *at, size_t length, bool whole, CvImageInfo *out)
{
    if (length < 22 || memcmp(at, "\0\0\1\0", 4) != 0)
        return false;
    size_t count = little(at + 4, 2);
    *out = (CvImageInfo){.format = "ICO", .content_type = "image/x-icon"};
    if (6 + 16 * count > length)
        return false;
    for (const uint8_t *entry = at + 6; count--; entry += 16) {
        uint32_t width = entry[0] ? entry[0] : 256, height = entry[1] ? entry[1] : 256;
        if (whole && (uint64_t)little(entry + 8, 4) + little(entry + 12, 4) > length)
            return false;
        if (width * height > out->width * out->height) {
            out->width = width;
            out->height = height;
        }
    }
    return true;
}

bool cv_image_info(CvSlice bytes, bool whole, CvImageInfo *out)
{
    static bool (*const readers[])(const uint8_t *, size_t, bool, CvImageInfo *) = {
        read_png, read_gif, read_jpeg, read_bmp, read_webp, read_tiff, read_ico};
    for (size_t i = 0; i < CV_COUNT_OF(readers); i++)
        if (bytes.length && readers[i]((const uint8_t *)bytes.data, bytes.length, whole, out))
            return out->width > 0 && out->height > 0;
    return false;
}

bool cv_image_of_file(CvFile *file, CvImageInfo *out, CvError *error)
{
    char *head = cv_arena_alloc_raw(file->arena, CV_IMAGE_HEAD, 16);
    size_t length = 0, got = 1;
    cv_file_seek(file, 0);
    while (got && length < CV_IMAGE_HEAD) {
        if (!cv_file_read(file, head + length, CV_IMAGE_HEAD - length, &got, error))
            return false;
        length += got;
    }
    cv_file_seek(file, 0);
    if (cv_image_info(cv_slice_of(head, length), length >= file->size, out))
        return true;
    return cv_fail(file->arena, error, CV_ERROR_VALUE, "\"%s\" is not an image, or a corrupted one.", file->name);
}
