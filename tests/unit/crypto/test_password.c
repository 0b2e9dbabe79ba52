/* test_password.c: hashes in Django's notation: known ones, new ones, damaged ones, when to renew. */
#include "unit.h"

#include "base/self.h"
#include "crypto/password.h"

static const char *const known[] = {
    "pbkdf2_sha256$1$seasalt$mJQ8D8xVBAKQGCo0t0n+NSPS2a0gQhVtjuC9LdL9WiM=",
    "pbkdf2_sha1$1$seasalt$Js6PaO2+yMCmW0z2IpYzlluffPg=",
    "scrypt$16$seasalt$8$1$Ag3xi9s5DI1IykxHwK69aAITcA5UG/ASVel5w/eh3arzvQVo4Qq5U22XZsZzfrmfVbXPWRUV6NNE9WSzQzZKig==",
    "argon2$argon2id$v=19$m=64,t=1,p=1$MDEyMzQ1Njc4OWFiY2RlZg$VSDoqMMAyc0UqStqBLV8t7xwagn7J24h4EgxMv6XDzQ",
    "bcrypt$$2b$04$abcdefghijklmnopqrstuuanVo7Xut1CH8VGIGlz1JovQh9GJbbtG",
    "bcrypt_sha256$$2b$05$N9qo8uLOickgx2ZMRZoMyeEbaWoFnu97Iak6X37MvkE6v.6OMsGnS"};

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
                                      "argon2$argon2id$v=19$m=64,t=1$MDEyMzQ1Njc4OWFiY2RlZg$VSDoqMMAyc0UqStqBLV8t7xw",
                                      "argon2$argon2id$v=19$m=64,t=101,p=1$MDEyMzQ1Njc4OWFiY2RlZg$VSDoqMMAyc0UqStqBLV",
                                      "argon2$argon2id$v=19$m=1048577,t=1,p=1$MDEyMzQ1Njc4OWFiY2RlZg$VSDoqMMAyc0UqStq",
                                      "argon2$argon2x$v=19$m=64,t=1,p=1$MDEyMzQ1Njc4OWFiY2RlZg$VSDoqMMAyc0UqStqBLV8t7",
                                      "bcrypt$$2b$21$abcdefghijklmnopqrstuuanVo7Xut1CH8VGIGlz1JovQh9GJbbtG",
                                      "bcrypt$$2b$04$short",
                                      "bcrypt",
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

START_TEST(new_hashes_of_other_libraries)
{
    static const CvPasswordWork works[] = {{.algorithm = "argon2", .time_cost = 1, .memory_cost = 64, .parallelism = 2},
                                           {.algorithm = "bcrypt", .rounds = 4},
                                           {.algorithm = "bcrypt_sha256", .rounds = 4}};
    CvError error;
    CvSlice a;
    for (size_t i = 0; i < CV_COUNT_OF(works); i++) {
        CvPasswordWork usual = {.algorithm = works[i].algorithm};
        ck_assert(cv_password_hash(cv_arena(), &works[i], cv_slice("p"), (CvSlice){0}, &a, &error));
        ck_assert(cv_password_verify(cv_slice("p"), a) && !cv_password_verify(cv_slice("P"), a));
        ck_assert(!cv_password_must_update(&works[i], a));
        ck_assert(cv_password_must_update(&usual, a) && cv_password_must_update(NULL, a));
    }
    ck_assert(!cv_password_hash(cv_arena(), &works[0], cv_slice("p"), cv_slice("short"), &a, &error));
    ck_assert_str_eq(error.message, "Salt is too short");
    ck_assert(!cv_password_hash(cv_arena(), &works[1], cv_slice_of("a\0b", 3), (CvSlice){0}, &a, &error));
    ck_assert(cv_password_hash(cv_arena(), &works[2], cv_slice_of("a\0b", 3), (CvSlice){0}, &a, &error));
    ck_assert(!cv_password_verify(cv_slice("a"), a));
}
END_TEST

/* "algorithm=md5 salt=se*****" */
static const char *summary_of(const char *encoded)
{
    CvDict *summary;
    CvError error;
    CvBuffer out = cv_buffer(cv_arena());
    if (!cv_password_summary(cv_arena(), cv_slice(encoded), &summary, &error))
        return error.kind == CV_ERROR_VALUE ? "refused" : "?";
    for (const CvDictEntry *entry = cv_dict_next(summary, NULL); entry; entry = cv_dict_next(summary, entry))
        cv_buffer_printf(&out, "%.*s=%.*s ", CV_SLICE_ARG(cv_value_str(cv_arena(), entry->key)),
                         CV_SLICE_ARG(cv_value_str(cv_arena(), entry->value)));
    return cv_buffer_string(&out);
}

START_TEST(summaries_show_little)
{
    ck_assert_str_eq(summary_of(known[1]),
                     "algorithm=pbkdf2_sha1 iterations=1 salt=seasal* hash=Js6PaO********************** ");
    ck_assert_str_eq(summary_of("md5$seasalt$3f86d0d3"), "algorithm=md5 salt=se***** hash=3f86d0** ");
    ck_assert_str_eq(summary_of("scrypt$16$salt$8$1$abcdefgh"),
                     "algorithm=scrypt work factor=16 block size=8 parallelism=1 salt=salt hash=abcdef** ");
    ck_assert_str_eq(summary_of(known[4]), "algorithm=bcrypt work factor=4 salt=abcdef**************** "
                                           "checksum=anVo7X************************* ");
    ck_assert_str_eq(summary_of(known[3]),
                     "algorithm=argon2 variety=argon2id version=19 memory cost=64 time cost=1 parallelism=1 "
                     "salt=012345********** hash=VSDoqM************************************* ");
    static const char *const bad[] = {"", "x", "sha1$a$b", "argon2$x", "bcrypt$$2b$", "pbkdf2_sha256$x$s$h", "!abc"};
    for (size_t i = 0; i < CV_COUNT_OF(bad); i++)
        ck_assert_str_eq(summary_of(bad[i]), "refused");
}
END_TEST

START_TEST(defaults_are_djangos)
{
    CvPasswordWork work;
    ck_assert(cv_password_defaults("pbkdf2_sha256", &work));
    ck_assert_uint_eq(work.iterations, 1500000);
    ck_assert(cv_password_defaults("argon2", &work));
    ck_assert_uint_eq(work.memory_cost, 102400);
    ck_assert_uint_eq(work.iterations, 0);
    ck_assert(cv_password_defaults("bcrypt", &work));
    ck_assert_uint_eq(work.rounds, 12);
    ck_assert(!cv_password_defaults("sha1", &work));
}
END_TEST

START_TEST(unusable_hashes)
{
    CvSlice made = cv_password_unusable(cv_arena());
    ck_assert(!cv_password_is_usable(made) && !cv_password_known(made) && !cv_password_verify(made, made));
    ck_assert(cv_password_is_usable(cv_slice(known[0])) && cv_password_is_usable((CvSlice){0}));
    ck_assert(cv_slice_is(cv_password_algorithm(cv_slice(known[0])), "pbkdf2_sha256"));
    ck_assert_uint_eq(cv_password_algorithm(cv_slice("none")).length, 0);
}
END_TEST

UNIT_TESTS("crypto/password", djangos_hashes_verify, damaged_hashes_do_not, new_hashes, new_hashes_of_other_libraries,
           summaries_show_little, defaults_are_djangos, unusable_hashes)
