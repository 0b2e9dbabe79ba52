/* test_user_token.c: tokens for new passwords and the hashes of sessions: known ones, and what makes them invalid. */
#include "unit.h"

#include "base/self.h"
#include "crypto/user_token.h"

static const CvTokenUser user = {.pk = CV_SLICE_INIT("1"),
                                 .password = CV_SLICE_INIT("pbkdf2_sha256$1000$seasalt$hash="),
                                 .email = CV_SLICE_INIT("a@b.co")};
static const char token[] = "c3ejnw-06630f2deb653de598cb814cba4328fa";
enum { THREE_DAYS = 3 * 24 * 3600 };

static CvSlice secret(void)
{
    return CV_SLICE("oracle-secret-key-0123456789-abcdefghijklmnopqrstuvwxyz");
}

/* 2024-03-05 06:07:08 and so many seconds more. */
static void at(int64_t seconds)
{
    cv_clock_freeze((CvDateTime){(INT64_C(1709618828) + seconds) * CV_SECOND, cv_zone_utc});
}

static bool good(const CvTokenUser *whose, const char *text)
{
    return cv_user_token_check(whose, cv_slice(text), secret(), NULL, THREE_DAYS);
}

START_TEST(djangos_token)
{
    at(0);
    ck_assert(cv_slice_is(cv_user_token(cv_arena(), &user, secret()), token));
    ck_assert(good(&user, token));
    CvDateTime login = {INT64_C(1704164645000678), cv_zone_utc};
    CvTokenUser other = user;
    other.pk = CV_SLICE("42");
    other.last_login = &login;
    ck_assert(cv_slice_is(cv_user_token(cv_arena(), &other, secret()), "c3ejnw-c26ee2b0ba522a36751099aa5dcfa90d"));
    ck_assert(!good(&other, token));
}
END_TEST

START_TEST(it_ends)
{
    at(THREE_DAYS);
    ck_assert(good(&user, token));
    at(THREE_DAYS + 1);
    ck_assert(!good(&user, token));
}
END_TEST

START_TEST(another_password_another_token)
{
    at(0);
    CvTokenUser changed = user;
    changed.password = CV_SLICE("md5$x$y");
    ck_assert(!good(&changed, token));
    changed = user;
    changed.email = CV_SLICE("b@b.co");
    ck_assert(!good(&changed, token));
}
END_TEST

START_TEST(what_is_no_token)
{
    static const char *const bad[] = {"",
                                      "-",
                                      "x",
                                      "c3ejnw-",
                                      "zz-06630f2deb653de598cb814cba4328fa",
                                      "c3ejnw-06630f2deb653de598cb814cba4328fb",
                                      "c3ejnw-06630f2deb653de598cb814cba4328fa-",
                                      "zzzzzzzzzzzzzzzz-06630f2deb653de598cb814cba4328fa"};
    at(0);
    for (size_t i = 0; i < CV_COUNT_OF(bad); i++)
        ck_assert_msg(!good(&user, bad[i]), "%s", bad[i]);
}
END_TEST

START_TEST(older_secrets_still_verify)
{
    const char *const fallbacks[] = {"no", "oracle-secret-key-0123456789-abcdefghijklmnopqrstuvwxyz", NULL};
    at(0);
    ck_assert(cv_user_token_check(&user, cv_slice(token), cv_slice("rotated"), fallbacks, THREE_DAYS));
    ck_assert(!cv_user_token_check(&user, cv_slice(token), cv_slice("rotated"), NULL, THREE_DAYS));
}
END_TEST

START_TEST(sessions_keep_a_hash_of_the_password)
{
    ck_assert(cv_slice_is(cv_session_auth_hash(cv_arena(), user.password, secret()),
                          "e88c3af75f143f49591bbbcff937e58d00e5b91edc5bf103d09b9b78def227d2"));
}
END_TEST

UNIT_TESTS("crypto/user_token", djangos_token, it_ends, another_password_another_token, what_is_no_token,
           older_secrets_still_verify, sessions_keep_a_hash_of_the_password)
