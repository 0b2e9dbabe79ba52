/* test_digest.c: digests and HMAC against published values (RFC 1321, FIPS 180, RFC 4231). */
#include "unit.h"

#include "base/self.h"
#include "crypto/digest.h"

static const char *hex_of(CvDigest digest, const char *text)
{
    uint8_t sum[CV_DIGEST_MAX];
    cv_digest(digest, cv_slice(text), sum);
    return cv_hex(cv_arena(), sum, cv_digest_size(digest)).data;
}

START_TEST(known_digests)
{
    ck_assert_str_eq(hex_of(CV_MD5, "abc"), "900150983cd24fb0d6963f7d28e17f72");
    ck_assert_str_eq(hex_of(CV_SHA1, "abc"), "a9993e364706816aba3e25717850c26c9cd0d89d");
    ck_assert_str_eq(hex_of(CV_SHA256, "abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    ck_assert_str_eq(hex_of(CV_SHA256, ""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
}
END_TEST

START_TEST(known_hmacs)
{
    uint8_t sum[CV_SHA256_SIZE];
    cv_hmac(CV_SHA256, cv_slice("Jefe"), cv_slice("what do ya want for nothing?"), sum);
    ck_assert_str_eq(cv_hex(cv_arena(), sum, sizeof sum).data,
                     "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
    char key[131];
    memset(key, 0xaa, sizeof key);
    cv_hmac(CV_SHA256, cv_slice_of(key, sizeof key), cv_slice("Test Using Larger Than Block-Size Key - Hash Key First"),
            sum);
    ck_assert_str_eq(cv_hex(cv_arena(), sum, sizeof sum).data,
                     "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54");
}
END_TEST

START_TEST(pieces_give_the_same)
{
    CvHasher *hasher = cv_hasher_create(cv_arena(), CV_SHA256);
    uint8_t a[CV_SHA256_SIZE], b[CV_SHA256_SIZE];
    for (int round = 0; round < 2; round++) {
        cv_hasher_add(hasher, cv_slice("a"));
        cv_hasher_add(hasher, cv_slice("bc"));
        cv_hasher_finish(hasher, a);
        cv_sha256(cv_slice("abc"), b);
        ck_assert_mem_eq(a, b, sizeof a);
    }
}
END_TEST

START_TEST(names)
{
    CvDigest digest;
    ck_assert(cv_digest_find(cv_slice("sha512"), &digest));
    ck_assert_int_eq(digest, CV_SHA512);
    ck_assert(!cv_digest_find(cv_slice("sha3"), &digest));
}
END_TEST

START_TEST(equality)
{
    ck_assert(cv_constant_time_equal(cv_slice("abc"), cv_slice("abc")));
    ck_assert(!cv_constant_time_equal(cv_slice("abc"), cv_slice("abd")));
    ck_assert(!cv_constant_time_equal(cv_slice("abc"), cv_slice("ab")));
    ck_assert(cv_constant_time_equal(cv_slice(""), cv_slice("")));
}
END_TEST

UNIT_TESTS("crypto/digest", known_digests, known_hmacs, pieces_give_the_same, names, equality)
