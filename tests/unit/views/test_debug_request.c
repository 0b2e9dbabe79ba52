/* test_debug_request.c: which names the debug page shows no values of. */
#include "unit.h"

#include "views/debug_private.h"

START_TEST(names_of_secrets)
{
    static const char *const secret[] = {"SECRET_KEY", "HTTP_COOKIE", "X-Api-Key", "password", "csrfmiddlewaretoken"};
    static const char *const open[] = {"", "USER_AGENT", "path", "TIME_ZONE"};
    for (size_t i = 0; i < CV_COUNT_OF(secret); i++)
        ck_assert_msg(cv_debug_is_secret(cv_slice(secret[i])), "%s", secret[i]);
    for (size_t i = 0; i < CV_COUNT_OF(open); i++)
        ck_assert_msg(!cv_debug_is_secret(cv_slice(open[i])), "%s", open[i]);
}
END_TEST

START_TEST(long_names_too)
{
    char name[1000];
    memset(name, 'x', sizeof name);
    ck_assert(!cv_debug_is_secret(cv_slice_of(name, sizeof name)));
    memcpy(name + sizeof name - 5, "Token", 5);
    ck_assert(cv_debug_is_secret(cv_slice_of(name, sizeof name)));
}
END_TEST

UNIT_TESTS("views/debug_request", names_of_secrets, long_names_too)
