/* test_base64.c: every length and byte back and forth, and Python's leniency. */
#include "unit.h"

#include "base/self.h"
#include "crypto/base64.h"

START_TEST(there_and_back)
{
    uint8_t bytes[256];
    for (size_t i = 0; i < sizeof bytes; i++)
        bytes[i] = (uint8_t)(255 - i);
    for (size_t length = 0; length <= sizeof bytes; length++) {
        for (int form = 0; form < 4; form++) {
            CvSlice in = cv_slice_of((const char *)bytes, length), out;
            CvSlice text = cv_base64_encode(cv_arena(), in, (CvBase64)form);
            ck_assert(cv_base64_decode(cv_arena(), text, (CvBase64)form, &out));
            ck_assert(cv_slice_equal(in, out));
            ck_assert(cv_base64_decode_strict(cv_arena(), text, (CvBase64)form, &out));
        }
    }
}
END_TEST

START_TEST(lenient_and_strict)
{
    CvSlice out;
    ck_assert(cv_base64_decode(cv_arena(), cv_slice("M!Q="), CV_BASE64_PLAIN, &out) == false);
    ck_assert(cv_base64_decode(cv_arena(), cv_slice("M!Q=="), CV_BASE64_PLAIN, &out));
    ck_assert(cv_slice_is(out, "1"));
    ck_assert(!cv_base64_decode_strict(cv_arena(), cv_slice("M!Q=="), CV_BASE64_PLAIN, &out));
    ck_assert(!cv_base64_decode_strict(cv_arena(), cv_slice("MR=="), CV_BASE64_PLAIN, &out));
    ck_assert(!cv_base64_decode(cv_arena(), cv_slice("A"), CV_BASE64_URL, &out));
    ck_assert(cv_base64_decode_uid(cv_arena(), cv_slice("M Q"), &out));
    ck_assert(cv_slice_is(out, "1"));
}
END_TEST

UNIT_TESTS("crypto/base64", there_and_back, lenient_and_strict)
