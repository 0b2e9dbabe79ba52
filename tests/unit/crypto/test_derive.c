/* test_derive.c: PBKDF2 against OpenSSL's for many lengths, scrypt against RFC 7914. */
#include "unit.h"

#include <openssl/evp.h>

#include "base/self.h"
#include "crypto/derive.h"

START_TEST(pbkdf2_is_openssls)
{
    char text[200];
    memset(text, 'x', sizeof text);
    for (size_t i = 0; i < 150; i += 7) {
        uint8_t ours[80], theirs[80];
        size_t size = 1 + i % 80;
        ck_assert(
            cv_pbkdf2(CV_SHA256, cv_slice_of(text, i), cv_slice_of(text, 150 - i), 1 + (uint32_t)i % 5, ours, size));
        ck_assert_int_eq(PKCS5_PBKDF2_HMAC(text, (int)i, (const unsigned char *)text, 150 - (int)i, 1 + (int)i % 5,
                                           EVP_sha256(), (int)size, theirs),
                         1);
        ck_assert_mem_eq(ours, theirs, size);
    }
}
END_TEST

START_TEST(pbkdf2_bounds)
{
    uint8_t out[20];
    ck_assert(!cv_pbkdf2(CV_SHA256, cv_slice("p"), cv_slice("s"), 0, out, sizeof out));
    ck_assert(!cv_pbkdf2(CV_SHA256, cv_slice("p"), cv_slice("s"), 1, out, 0));
    ck_assert(cv_pbkdf2(CV_SHA1, cv_slice("password"), cv_slice("salt"), 1, out, sizeof out));
    ck_assert_str_eq(cv_hex(cv_arena(), out, sizeof out).data, "0c60c80f961f0e71f3a9b524af6012062fe037a6");
}
END_TEST

START_TEST(scrypt_known)
{
    uint8_t out[64];
    ck_assert(cv_scrypt(cv_slice(""), cv_slice(""), 16, 1, 1, 0, out, sizeof out));
    ck_assert_str_eq(cv_hex(cv_arena(), out, 8).data, "77d6576238657b20");
    ck_assert(!cv_scrypt(cv_slice(""), cv_slice(""), 15, 1, 1, 0, out, sizeof out));
    ck_assert(!cv_scrypt(cv_slice(""), cv_slice(""), 1 << 20, 8, 1, 1 << 20, out, sizeof out));
}
END_TEST

UNIT_TESTS("crypto/derive", pbkdf2_is_openssls, pbkdf2_bounds, scrypt_known)
