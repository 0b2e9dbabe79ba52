/* test_passwords.c: passwords by the site's settings: hashing, checking, choosing, the lane. */
#include "contrib/auth/passwords.h"

#include <unistd.h>

#include "loop/loop.h"
#include "unit.h"
#include "web/web.h"

static void start(CvSettings settings)
{
    CvErrors errors = {.arena = cv_arena()};
    ck_assert(cv_project_start(&settings, NULL, &errors));
}

START_TEST(hashes_are_made_and_checked)
{
    bool must_update;
    start((CvSettings){.password_hashers = CV_LIST("md5", "pbkdf2_sha1")});
    const char *stored = cv_make_password("l\xc3\xa8tmein");
    ck_assert_int_eq(strncmp(stored, "md5$", 4), 0);
    ck_assert(cv_check_password("l\xc3\xa8tmein", stored));
    ck_assert(!cv_check_password("letmein", stored));
    ck_assert(!cv_check_password(NULL, stored));
    ck_assert(!cv_check_password("letmein", NULL));
    ck_assert(cv_verify_password("l\xc3\xa8tmein", "pbkdf2_sha1$1$seasalt$Js6PaO2+yMCmW0z2IpYzlluffPg=", &must_update));
    ck_assert(must_update); /* not by the first */
    ck_assert(
        !cv_check_password("l\xc3\xa8tmein", "pbkdf2_sha256$1$seasalt$mJQ8D8xVBAKQGCo0t0n+NSPS2a0gQhVtjuC9LdL9WiM="));
    ck_assert_str_eq(cv_make_password_with(CV_VALUE("letmein"), "seasalt", "md5"),
                     "md5$seasalt$f5531bef9f3687d0ccf0f617f0e25573");
}
END_TEST

START_TEST(no_password_is_that_of_nobody)
{
    start((CvSettings){.password_hashers = CV_LIST("md5")});
    const char *one = cv_make_password(NULL), *other = cv_make_password(NULL);
    ck_assert_str_ne(one, other);
    ck_assert_uint_eq(strlen(one), 41);
    ck_assert(!cv_is_password_usable(one));
    ck_assert(!cv_check_password("", one));
    ck_assert(!cv_check_password(one, one));
    ck_assert(cv_is_password_usable(NULL));
}
END_TEST

static void make_number(void *unused)
{
    (void)unused;
    cv_make_password(5);
}

static void find_sha1(void *unused)
{
    (void)unused;
    cv_get_hasher("sha1");
}

START_TEST(wrong_calls)
{
    CvError *error;
    start((CvSettings){0});
    ck_assert_str_eq(cv_get_hasher("default"), "pbkdf2_sha256");
    ck_assert_str_eq(cv_identify_hasher("scrypt$16$s$8$1$h"), "scrypt");
    ck_assert(!cv_try(make_number, NULL, &error));
    ck_assert_str_eq(error->message, "Password must be a string or bytes, got int.");
    ck_assert(!cv_try(find_sha1, NULL, &error));
    ck_assert_int_eq(error->kind, CV_ERROR_VALUE);
}
END_TEST

START_TEST(settings_judge_new_passwords)
{
    CvInvalids invalids = {.arena = cv_arena()};
    start((CvSettings){.auth_password_validators =
                           CV_PASSWORD_RULES({CV_PASSWORD_MIN_LENGTH, .min_length = 12}, {CV_PASSWORD_NOT_NUMERIC})});
    ck_assert(!cv_validate_password("12345", NULL, &invalids));
    ck_assert_uint_eq(invalids.count, 2);
    ck_assert(cv_validate_password("a much longer one", NULL, &invalids));
    ck_assert_uint_eq(cv_password_validators_help_texts()->count, 2);
    ck_assert_ptr_nonnull(strstr(cv_password_validators_help_text_html().data, "at least 12 characters"));
    cv_project_stop();
    start((CvSettings){0});
    ck_assert(cv_validate_password("1", NULL, &invalids)); /* as in Django: no rules, no objections */
}
END_TEST

static void judge(void *unused)
{
    (void)unused;
    (void)cv_validate_password("x", NULL, &(CvInvalids){.arena = cv_arena()});
}

START_TEST(a_list_that_cannot_be_read_is_an_error_each_time)
{
    char path[] = "/tmp/caravan-common-XXXXXX";
    CvInvalids invalids = {.arena = cv_arena()};
    CvError *error;
    int fd = mkstemp(path);
    ck_assert_int_ge(fd, 0);
    ck_assert_int_eq(write(fd, "letmein\n", 8), 8);
    close(fd);
    start((CvSettings){.auth_password_validators =
                           CV_PASSWORD_RULES({CV_PASSWORD_NOT_COMMON, .password_list_path = "/tmp/no-such-list"})});
    for (int i = 0; i < 2; i++) {
        ck_assert(!cv_try(judge, NULL, &error));
        ck_assert_int_eq(error->kind, CV_ERROR_CONFIGURATION);
        ck_assert_ptr_nonnull(strstr(error->message, "/tmp/no-such-list"));
    }
    start((CvSettings){.auth_password_validators =
                           CV_PASSWORD_RULES({CV_PASSWORD_NOT_COMMON, .password_list_path = path})});
    ck_assert(!cv_validate_password("letmein", NULL, &invalids));
    unlink(path);
    ck_assert(!cv_validate_password("LetMeIn", NULL, &invalids)); /* it is read once */
    ck_assert(cv_validate_password("other", NULL, &invalids));
}
END_TEST

/* ---- more logins than the lane takes ---- */

enum { LOGINS = 60, ROOM = 34 };
static int done, refused;

static void login_once(void *unused)
{
    (void)unused;
    cv_make_password("x");
}

static void login(void *unused)
{
    CvError *error;
    (void)unused;
    if (cv_try(login_once, NULL, &error))
        done++;
    else
        refused += error->kind == CV_ERROR_BUSY && cv_error_status(error) == 503;
}

START_TEST(too_many_at_once_are_told_to_come_back)
{
    start((CvSettings){.password_hashers = CV_LIST("md5")});
    for (int i = 0; i < LOGINS; i++)
        ck_assert_ptr_nonnull(cv_fiber_spawn(login, NULL, NULL));
    cv_loop_run();
    ck_assert_int_eq(done, ROOM);
    ck_assert_int_eq(refused, LOGINS - ROOM);
}
END_TEST

UNIT_TESTS("contrib/passwords", hashes_are_made_and_checked, no_password_is_that_of_nobody, wrong_calls,
           settings_judge_new_passwords, a_list_that_cannot_be_read_is_an_error_each_time,
           too_many_at_once_are_told_to_come_back)
