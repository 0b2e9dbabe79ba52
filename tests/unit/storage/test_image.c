/* test_image.c: images by their heads. */
#include "unit.h"

#include "storage/image.h"

START_TEST(images)
{
    static const uint8_t gif[] = "GIF89a\3\0\2\0\0\0\0,\0\0\0\0\3\0\2\0\0";
    CvImageInfo info;
    ck_assert(cv_image_info(cv_slice_of((const char *)gif, sizeof gif - 1), true, &info));
    ck_assert_uint_eq(info.width, 3);
    ck_assert_uint_eq(info.height, 2);
    ck_assert(!cv_image_info(cv_slice_of((const char *)gif, 13), true, &info));
    ck_assert(!cv_image_info(cv_slice("not an image"), true, &info));
    ck_assert(!cv_image_info((CvSlice){0}, true, &info));
}
END_TEST

UNIT_TESTS("storage/image", images)
