/* test_password.c: hashes in Django's notation: known ones, new ones, damaged ones, when to renew. */
#include "unit.h"

#include "base/self.h"
#include "crypto/password.h"

static const char *const known[] = {
    "pbkdf2_sha256$1$seasalt$mJQ8D8xVBAKQGCo0t0n+NSPS2a0gQhVtjuC9LdL9WiM=",
    "pbkdf2_sha1$1$seasalt$Js6PaO2+yMCmW0z2IpYzlluffPg=",
    "scrypt$16$seasalt$8$1$Ag3xi9s5DI1IykxHwK69aAITcA5UG/ASVel5w/eh3arzvQVo4Qq5U22XZsZzfrmfVbXPWRUV6NNE9WSzQzZKig=="};

START_TEST(djangos_hashes_verify)
{
    for (size_t i = 0; i < CV_COUNT_OF(known); i++) {
        ck_assert(cv_password_known(cv_slice(known[i])));
        ck_assert(cv_password_verify(cv_slice("l\xc3\xa8tmein"), cv_slice(known[i])));
        ck_assert(!cv_password_verify(cv_slice("letmein"), cv_slice(known[i])));
    }
}
END_TEST

START_TEST(damaged_hashes_do_not)
{
    static const char *const bad[] = {"",
                                      "$",
                                      "pbkdf2_sha256$",
                                      "pbkdf2_sha256$x$s$h",
                                      "pbkdf2_sha256$0$s$h",
                                      "pbkdf2_sha256$99999999999999999999$s$h",
                                      "scrypt$15$s$8$1$h",
                                      "scrypt$16$s$8$1",
                                      "argon2$x",
                                      "md5$s",
                                      "!unusable"};
    for (size_t i = 0; i < CV_COUNT_OF(bad); i++)
        ck_assert_msg(!cv_password_verify(cv_slice("x"), cv_slice(bad[i])), "%s", bad[i]);
}
END_TEST

START_TEST(new_hashes)
{
    CvError error;
    CvSlice a, b;
    const CvPasswordWork quick = {.iterations = 10};
    ck_assert(cv_password_hash(cv_arena(), &quick, cv_slice("p"), (CvSlice){0}, &a, &error));
    ck_assert(cv_password_hash(cv_arena(), &quick, cv_slice("p"), (CvSlice){0}, &b, &error));
    ck_assert(!cv_slice_equal(a, b) && cv_password_verify(cv_slice("p"), a));
    ck_assert(!cv_password_must_update(&quick, a) && cv_password_must_update(NULL, a));
    ck_assert(!cv_password_hash(cv_arena(), &quick, cv_slice("p"), cv_slice("a$b"), &a, &error));
    ck_assert(
        !cv_password_hash(cv_arena(), &(CvPasswordWork){.algorithm = "sha1"}, cv_slice("p"), (CvSlice){0}, &a, &error));
}
END_TEST

UNIT_TESTS("crypto/password", djangos_hashes_verify, damaged_hashes_do_not, new_hashes)
