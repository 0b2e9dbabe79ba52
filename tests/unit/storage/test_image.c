/* test_image.c: formats and sizes of images by their heads: cut off, out of the ordinary, and at the bounds. */
#include <zlib.h>

#include "unit.h"

#include "base/arena.h"
#include "storage/image.h"
#include "storage/storage.h"

/* Bytes that a test puts together. */
typedef struct Bytes {
    uint8_t at[4096];
    size_t length;
} Bytes;

static void put(Bytes *bytes, const void *data, size_t length)
{
    ck_assert_uint_le(bytes->length + length, sizeof bytes->at);
    memcpy(bytes->at + bytes->length, data, length);
    bytes->length += length;
}
#define put_literal(bytes, literal) put((bytes), literal, sizeof(literal) - 1)

static void put_little(Bytes *bytes, uint32_t number, int count)
{
    for (int i = 0; i < count; i++, number >>= 8)
        put(bytes, &(uint8_t){(uint8_t)number}, 1);
}

static void put_big(Bytes *bytes, uint32_t number, int count)
{
    while (count-- > 0)
        put(bytes, &(uint8_t){(uint8_t)(number >> (8 * count))}, 1);
}

static bool read_part(const Bytes *bytes, size_t length, bool whole, CvImageInfo *info)
{
    /* A copy of that size alone: what is read behind it, a sanitizer sees. */
    char *copy = malloc(length ? length : 1);
    ck_assert_ptr_nonnull(copy);
    memcpy(copy, bytes->at, length);
    bool good = cv_image_info(cv_slice_of(copy, length), whole, info);
    free(copy);
    return good;
}

static bool is_image(const Bytes *bytes)
{
    CvImageInfo info;
    return read_part(bytes, bytes->length, true, &info);
}

static void expect_size(const Bytes *bytes, const char *format, uint32_t width, uint32_t height)
{
    CvImageInfo info = {0};
    ck_assert(read_part(bytes, bytes->length, true, &info));
    ck_assert_str_eq(info.format, format);
    ck_assert_uint_eq(info.width, width);
    ck_assert_uint_eq(info.height, height);
}

/* The bytes are an image from `least` on and not before. */
static void expect_least(const Bytes *bytes, bool whole, size_t least)
{
    CvImageInfo info;
    for (size_t length = 0; length <= bytes->length; length++)
        ck_assert_msg(read_part(bytes, length, whole, &info) == (length >= least), "%zu bytes", length);
}

/* ---- PNG ---- */

static void put_part(Bytes *bytes, const char *name, const void *data, uint32_t length)
{
    size_t start = bytes->length + 4;
    put_big(bytes, length, 4);
    put(bytes, name, 4);
    put(bytes, data, length);
    put_big(bytes, (uint32_t)crc32(0, bytes->at + start, length + 4), 4);
}

static void put_png_head(Bytes *bytes, uint32_t width, uint32_t height)
{
    Bytes head = {0};
    put_big(&head, width, 4);
    put_big(&head, height, 4);
    put_literal(&head, "\10\2\0\0\0");
    put_literal(bytes, "\x89PNG\r\n\x1a\n");
    put_part(bytes, "IHDR", head.at, 13);
}

START_TEST(png)
{
    Bytes bytes = {0};
    put_png_head(&bytes, 5, 3);
    put_part(&bytes, "tEXt", "Title\0x", 7);
    ck_assert(!is_image(&bytes));
    size_t pixels = bytes.length;
    put_part(&bytes, "IDAT", "pixels", 6);
    put_part(&bytes, "IEND", "", 0);
    expect_size(&bytes, "PNG", 5, 3);
    expect_least(&bytes, true, bytes.length);
    expect_least(&bytes, false, pixels + 12);
    for (size_t i = 8; i < bytes.length; i++) { /* a bit that fell over anywhere in the parts */
        bytes.at[i] ^= 1;
        ck_assert_msg(!is_image(&bytes), "byte %zu", i);
        bytes.at[i] ^= 1;
    }
}
END_TEST

START_TEST(png_sizes_at_the_bounds)
{
    static const uint32_t sizes[][2] = {{1, 1}, {0x7fffffff, 1}, {0xffffffff, 0xffffffff}, {0, 1}, {1, 0}};
    for (size_t i = 0; i < CV_COUNT_OF(sizes); i++) {
        Bytes bytes = {0};
        put_png_head(&bytes, sizes[i][0], sizes[i][1]);
        put_part(&bytes, "IDAT", "", 0);
        put_part(&bytes, "IEND", "", 0);
        if (sizes[i][0] && sizes[i][1])
            expect_size(&bytes, "PNG", sizes[i][0], sizes[i][1]);
        else
            ck_assert(!is_image(&bytes));
    }
}
END_TEST

START_TEST(png_without_pixels_or_with_a_part_that_never_ends)
{
    Bytes bytes = {0};
    put_png_head(&bytes, 5, 3);
    put_part(&bytes, "IEND", "", 0);
    ck_assert(!is_image(&bytes));
    bytes.length = 33;
    put_big(&bytes, 0xffffffff, 4);
    put_literal(&bytes, "tEXt....");
    CvImageInfo info;
    ck_assert(!read_part(&bytes, bytes.length, true, &info));
    ck_assert(!read_part(&bytes, bytes.length, false, &info));
    memcpy(bytes.at + 37, "IDAT", 4);
    ck_assert(!read_part(&bytes, bytes.length, true, &info));
    ck_assert(read_part(&bytes, bytes.length, false, &info));
}
END_TEST

/* ---- GIF ---- */

static void put_gif_head(Bytes *bytes, const char *version, uint32_t width, uint32_t height, const char *flags)
{
    put(bytes, version, 6);
    put_little(bytes, width, 2);
    put_little(bytes, height, 2);
    put(bytes, flags, 1);
    put_literal(bytes, "\0\0");
}

static void put_frame(Bytes *bytes, uint32_t left, uint32_t top, uint32_t width, uint32_t height)
{
    put_literal(bytes, ",");
    put_little(bytes, left, 2);
    put_little(bytes, top, 2);
    put_little(bytes, width, 2);
    put_little(bytes, height, 2);
    put_literal(bytes, "\0");
}

START_TEST(gif)
{
    Bytes bytes = {0};
    put_gif_head(&bytes, "GIF87a", 3, 2, "\x81"); /* four colours */
    put_literal(&bytes, ",,,;;;!!!\0\0\0");
    put_literal(&bytes, "!\xf9\4\1\2\3\4\0");
    put_literal(&bytes, "!\xfe\2,;\3abc\0");
    put_frame(&bytes, 0, 0, 3, 2);
    expect_size(&bytes, "GIF", 3, 2);
    expect_least(&bytes, true, bytes.length);
    expect_least(&bytes, false, 13);
    memcpy(bytes.at, "GIF88a", 6);
    ck_assert(!is_image(&bytes));
}
END_TEST

START_TEST(gif_without_a_frame)
{
    Bytes bytes = {0};
    put_gif_head(&bytes, "GIF89a", 3, 2, "\0");
    ck_assert(!is_image(&bytes));
    put_literal(&bytes, ";");
    CvImageInfo info;
    ck_assert(!is_image(&bytes));
    ck_assert(!read_part(&bytes, bytes.length, false, &info));
    bytes.length--;
    put_literal(&bytes, "!\xfe\377");
    ck_assert(!is_image(&bytes));
}
END_TEST

START_TEST(gif_with_bytes_between_its_blocks)
{
    Bytes bytes = {0};
    put_gif_head(&bytes, "GIF89a", 3, 2, "\0");
    put_literal(&bytes, "\0\0!\xfe\1;\0\0");
    put_frame(&bytes, 0, 0, 3, 2);
    expect_size(&bytes, "GIF", 3, 2);
}
END_TEST

START_TEST(a_frame_may_be_larger_than_its_screen)
{
    static const struct {
        uint32_t screen[2], frame[4], width, height;
    } cases[] = {{{1, 1}, {0, 0, 65535, 60000}, 65535, 60000},
                 {{10, 10}, {8, 0, 4, 4}, 12, 10},
                 {{10, 10}, {0, 65535, 1, 65535}, 10, 131070},
                 {{0, 0}, {0, 0, 2, 1}, 2, 1},
                 {{20, 20}, {1, 1, 1, 1}, 20, 20}};
    for (size_t i = 0; i < CV_COUNT_OF(cases); i++) {
        Bytes bytes = {0};
        put_gif_head(&bytes, "GIF89a", cases[i].screen[0], cases[i].screen[1], "\0");
        put_frame(&bytes, cases[i].frame[0], cases[i].frame[1], cases[i].frame[2], cases[i].frame[3]);
        expect_size(&bytes, "GIF", cases[i].width, cases[i].height);
    }
}
END_TEST

/* ---- JPEG ---- */

static void put_jpeg_frame(Bytes *bytes, uint8_t kind, uint32_t width, uint32_t height)
{
    put(bytes, (uint8_t[]){0xff, kind, 0, 11, 8}, 5);
    put_big(bytes, height, 2);
    put_big(bytes, width, 2);
    put_literal(bytes, "\1\1\x11\0");
}

START_TEST(jpeg)
{
    Bytes bytes = {0};
    put_literal(&bytes, "\xff\xd8\xff\xe0\0\4..");
    put_literal(&bytes, "\xff\xc4\0\11\0\1\0\1\0\1\0"); /* Huffman's tables are no frame */
    put_jpeg_frame(&bytes, 0xc0, 640, 480);
    size_t frame = bytes.length - 4;
    put_literal(&bytes, "\xff\xda\0\10");
    expect_size(&bytes, "JPEG", 640, 480);
    expect_least(&bytes, true, bytes.length);
    expect_least(&bytes, false, frame);
}
END_TEST

START_TEST(jpeg_frames_of_all_kinds)
{
    for (int kind = 0xc0; kind <= 0xcf; kind++) {
        Bytes bytes = {0};
        put_literal(&bytes, "\xff\xd8");
        put_jpeg_frame(&bytes, (uint8_t)kind, 7, 9);
        put_literal(&bytes, "\xff\xda\0\10");
        ck_assert_msg(is_image(&bytes) == (kind != 0xc4 && kind != 0xc8 && kind != 0xcc), "%x", (unsigned)kind);
    }
}
END_TEST

START_TEST(jpeg_with_odd_markers)
{
    Bytes bytes = {0};
    put_literal(&bytes, "\xff\xd8\xff\xff\xff\xff\xe1\0\5abc"); /* filled with ff */
    put_literal(&bytes, "junk");
    put_literal(&bytes, "\xff\xd0\xff\xd7\xff\x01\xff\0"); /* stand alone: what follows is no length */
    put_literal(&bytes, "\xff\xfe\0\6\xff\xc0\0\13");      /* a comment that looks like a frame */
    put_jpeg_frame(&bytes, 0xc2, 65535, 1);
    put_literal(&bytes, "\xff\xff\xda\0\10");
    expect_size(&bytes, "JPEG", 65535, 1);
}
END_TEST

START_TEST(jpeg_that_is_none)
{
    Bytes bytes = {0};
    put_literal(&bytes, "\xff\xd8\xff\xda\0\10......"); /* pixels without a frame */
    ck_assert(!is_image(&bytes));
    bytes.length = 2;
    put_literal(&bytes, "\xff\xe0\0\1\xff\xc0\0\13\10\0\1\0\1\1\1\x11\0\xff\xda\0\10"); /* a length below its own */
    ck_assert(!is_image(&bytes));
    bytes.length = 2;
    put_jpeg_frame(&bytes, 0xc0, 0, 9);
    put_literal(&bytes, "\xff\xda\0\10");
    ck_assert(!is_image(&bytes));
    memcpy(bytes.at, "\xff\xd8\0", 3);
    ck_assert(!is_image(&bytes));
}
END_TEST

/* ---- BMP ---- */

static void put_bmp(Bytes *bytes, uint32_t header, uint32_t width, uint32_t height)
{
    *bytes = (Bytes){0};
    put_literal(bytes, "BM............");
    put_little(bytes, header, 4);
    put_little(bytes, width, header == 12 ? 2 : 4);
    put_little(bytes, height, header == 12 ? 2 : 4);
    while (bytes->length < 14 + header && bytes->length < 200)
        put_literal(bytes, "\0");
}

START_TEST(bmp)
{
    static const uint32_t headers[] = {12, 40, 52, 56, 64, 108, 124}, others[] = {0, 11, 13, 39, 41, 125, 0xffffffff};
    Bytes bytes;
    for (size_t i = 0; i < CV_COUNT_OF(headers); i++) {
        put_bmp(&bytes, headers[i], 65535, 3);
        expect_size(&bytes, "BMP", 65535, 3);
        expect_least(&bytes, true, 14 + headers[i]);
    }
    for (size_t i = 0; i < CV_COUNT_OF(others); i++) {
        put_bmp(&bytes, others[i], 5, 3);
        ck_assert_msg(!is_image(&bytes), "%u", (unsigned)others[i]);
    }
    put_bmp(&bytes, 40, 5, (uint32_t)-3); /* the top row comes first */
    expect_size(&bytes, "BMP", 5, 3);
    put_bmp(&bytes, 40, 5, 0x80000000);
    expect_size(&bytes, "BMP", 5, 0x80000000);
    put_bmp(&bytes, 40, 0, 3);
    ck_assert(!is_image(&bytes));
}
END_TEST

/* ---- WebP ---- */

START_TEST(webp_lossy)
{
    Bytes bytes = {0};
    put_literal(&bytes, "RIFF\x16\0\0\0WEBPVP8 \12\0\0\0\x30\1\0\x9d\1\x2a\5\0\3\0");
    expect_size(&bytes, "WEBP", 5, 3);
    expect_least(&bytes, true, 30);
    expect_least(&bytes, false, 30);
    memcpy(bytes.at + 26, "\xff\xff\xff\x7f", 4); /* the upper two bits scale */
    expect_size(&bytes, "WEBP", 16383, 16383);
    bytes.at[20] |= 1; /* a frame that needs another */
    ck_assert(!is_image(&bytes));
    bytes.at[20] &= 0xfe;
    bytes.at[23] = 0;
    ck_assert(!is_image(&bytes));
}
END_TEST

START_TEST(webp_lossless)
{
    Bytes bytes = {0};
    put_literal(&bytes, "RIFF\x11\0\0\0WEBPVP8L\5\0\0\0\x2f\4\x80\0\0");
    expect_size(&bytes, "WEBP", 5, 3);
    expect_least(&bytes, true, 25);
    memcpy(bytes.at + 21, "\xff\xff\xff\xff", 4);
    expect_size(&bytes, "WEBP", 16384, 16384);
    bytes.at[20] = 0x2e;
    ck_assert(!is_image(&bytes));
}
END_TEST

START_TEST(webp_extended)
{
    Bytes bytes = {0};
    put_literal(&bytes, "RIFF\x16\0\0\0WEBPVP8X\12\0\0\0\x10\0\0\0\6\0\0\3\0\0");
    expect_size(&bytes, "WEBP", 7, 4);
    expect_least(&bytes, true, 30);
    memset(bytes.at + 24, 0xff, 6);
    expect_size(&bytes, "WEBP", 1u << 24, 1u << 24);
    memcpy(bytes.at + 12, "VP9 ", 4);
    ck_assert(!is_image(&bytes));
}
END_TEST

START_TEST(webp_that_ends_before_it_says)
{
    Bytes bytes = {0};
    CvImageInfo info;
    put_literal(&bytes, "RIFF\x17\0\0\0WEBPVP8X\12\0\0\0\x10\0\0\0\6\0\0\3\0\0");
    ck_assert(!is_image(&bytes));
    ck_assert(read_part(&bytes, bytes.length, false, &info));
    put_literal(&bytes, "x");
    ck_assert(is_image(&bytes));
}
END_TEST

/* ---- TIFF and ICO ---- */

START_TEST(tiff)
{
    Bytes bytes = {0};
    put_literal(&bytes, "II*\0\10\0\0\0\2\0");
    put_literal(&bytes, "\0\1\3\0\1\0\0\0\5\0\xff\xff"); /* a short: the rest is not its own */
    put_literal(&bytes, "\1\1\4\0\1\0\0\0\0\0\1\0");
    expect_size(&bytes, "TIFF", 5, 65536);
    expect_least(&bytes, true, bytes.length);
    bytes.length = 0;
    put_literal(&bytes, "MM\0*\0\0\0\10\0\3");
    put_literal(&bytes, "\1\1\0\3\0\0\0\1\0\3..");
    put_literal(&bytes, "\1\0\0\4\0\0\0\1\0\0\0\5");
    expect_size(&bytes, "TIFF", 5, 3); /* the third of its entries is behind the bytes */
    memset(bytes.at + 4, 0xff, 4);
    ck_assert(!is_image(&bytes));
    memcpy(bytes.at, "MM*\0", 4);
    ck_assert(!is_image(&bytes));
}
END_TEST

START_TEST(ico_says_its_largest_picture)
{
    Bytes bytes = {0};
    put_literal(&bytes, "\0\0\1\0\3\0");
    put_literal(&bytes, "\20\20\0\0\1\0 \0\0\0\0\0\66\0\0\0");
    put_literal(&bytes, "\0\0\0\0\1\0 \0\1\0\0\0\66\0\0\0"); /* 0 stands for 256 */
    put_literal(&bytes, "\60\60\0\0\1\0 \0\0\0\0\0\66\0\0\0");
    CvImageInfo info;
    ck_assert(!is_image(&bytes)); /* a picture that ends behind the file */
    ck_assert(read_part(&bytes, bytes.length, false, &info));
    put_literal(&bytes, "x");
    expect_size(&bytes, "ICO", 256, 256);
    expect_least(&bytes, false, 54);
    bytes.at[4] = 0;
    ck_assert(!is_image(&bytes));
    bytes.at[4] = 4;
    ck_assert(!is_image(&bytes));
}
END_TEST

START_TEST(what_is_no_image)
{
    CvImageInfo info;
    ck_assert(!cv_image_info((CvSlice){0}, true, &info));
    ck_assert(!cv_image_info(cv_slice("not an image, and long enough for any head of one"), true, &info));
    ck_assert(!cv_image_info(cv_slice("BM is how this text begins, which is not a bitmap"), true, &info));
}
END_TEST

/* ---- files ---- */

static CvFile *file_of(CvArena *arena, const void *head, size_t length, size_t size)
{
    char *all = cv_arena_alloc(arena, size);
    memcpy(all, head, length);
    return cv_file_of_bytes(arena, "a.png", cv_slice_of(all, size));
}

START_TEST(a_file_is_read_from_its_start_and_left_there)
{
    CvArena *arena = cv_arena_create(0);
    Bytes bytes = {0};
    CvImageInfo info = {0};
    CvError error = {0};
    put_png_head(&bytes, 5, 3);
    put_big(&bytes, 2 * CV_IMAGE_HEAD, 4);
    put_literal(&bytes, "IDAT");
    CvFile *file = file_of(arena, bytes.at, bytes.length, CV_IMAGE_HEAD + 100);
    cv_file_seek(file, 17);
    ck_assert(cv_image_of_file(file, &info, &error));
    ck_assert_uint_eq(info.width, 5);
    char first;
    size_t got;
    ck_assert(cv_file_read(file, &first, 1, &got, &error));
    ck_assert_int_eq((uint8_t)first, 0x89);

    file = file_of(arena, bytes.at, bytes.length, CV_IMAGE_HEAD); /* now there is no more of it */
    ck_assert(!cv_image_of_file(file, &info, &error));
    ck_assert_int_eq(error.kind, CV_ERROR_VALUE);
    ck_assert_str_eq(error.message, "\"a.png\" is not an image, or a corrupted one.");
    ck_assert(!cv_image_of_file(file_of(arena, "", 0, 0), &info, &error));
    cv_arena_destroy(arena);
}
END_TEST

UNIT_TESTS("storage/image", png, png_sizes_at_the_bounds, png_without_pixels_or_with_a_part_that_never_ends, gif,
           gif_without_a_frame, gif_with_bytes_between_its_blocks, a_frame_may_be_larger_than_its_screen, jpeg,
           jpeg_frames_of_all_kinds, jpeg_with_odd_markers, jpeg_that_is_none, bmp, webp_lossy, webp_lossless,
           webp_extended, webp_that_ends_before_it_says, tiff, ico_says_its_largest_picture, what_is_no_image,
           a_file_is_read_from_its_start_and_left_there)
