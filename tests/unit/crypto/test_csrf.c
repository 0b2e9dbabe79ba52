/* test_csrf.c: masks: they come off, differ each time, and only tokens of the right form match. */
#include "unit.h"

#include "crypto/csrf.h"
#include "crypto/random.h"

START_TEST(masks_come_off)
{
    char secret[CV_CSRF_SECRET_LENGTH], a[CV_CSRF_TOKEN_LENGTH], b[CV_CSRF_TOKEN_LENGTH], bare[CV_CSRF_SECRET_LENGTH];
    cv_csrf_secret(secret);
    cv_csrf_mask(secret, a);
    cv_csrf_mask(secret, b);
    ck_assert(memcmp(a, b, sizeof a) != 0);
    cv_csrf_unmask(a, bare);
    ck_assert_mem_eq(bare, secret, sizeof bare);
    CvSlice whole = cv_slice_of(secret, sizeof secret);
    ck_assert(cv_csrf_match(cv_slice_of(a, sizeof a), cv_slice_of(b, sizeof b)));
    ck_assert(cv_csrf_match(whole, cv_slice_of(b, sizeof b)));
    a[40] = a[40] == 'x' ? 'y' : 'x';
    ck_assert(!cv_csrf_match(cv_slice_of(a, sizeof a), whole));
}
END_TEST

START_TEST(formats)
{
    char text[66];
    memset(text, 'a', sizeof text);
    for (size_t length = 0; length <= sizeof text; length++)
        ck_assert_int_eq(cv_csrf_check_format(cv_slice_of(text, length)),
                         length == 32 || length == 64 ? CV_CSRF_GOOD : CV_CSRF_INCORRECT_LENGTH);
    text[3] = '-';
    ck_assert_int_eq(cv_csrf_check_format(cv_slice_of(text, 32)), CV_CSRF_INVALID_CHARACTERS);
}
END_TEST

START_TEST(draws_are_even_enough)
{
    int seen[62] = {0};
    char letters[6200];
    cv_random_letters_into(letters, sizeof letters, NULL);
    for (size_t i = 0; i < sizeof letters; i++)
        seen[strchr(cv_random_letters, letters[i]) - cv_random_letters]++;
    for (int i = 0; i < 62; i++)
        ck_assert(seen[i] > 40 && seen[i] < 180);
    for (int i = 0; i < 1000; i++)
        ck_assert_uint_lt(cv_random_below(7), 7);
}
END_TEST

UNIT_TESTS("crypto/csrf", masks_come_off, formats, draws_are_even_enough)
