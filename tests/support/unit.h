/* unit.h: what a unit test file needs: libcheck (a process for each test) and one macro that makes the program.
 *
 *     START_TEST(adds) { ck_assert_int_eq(1 + 1, 2); } END_TEST
 *     UNIT_TESTS("base/sum", adds)
 */
#ifndef CV_TESTS_UNIT_H
#define CV_TESTS_UNIT_H

#include <check.h>

#include "base/compiler.h"

/* A string literal as a `void *` argument. */
#define UNIT_TEXT(literal) ((void *)(uintptr_t)(const void *)(literal))

#define UNIT_TESTS(suite_name, ...)                               \
    int main(void)                                                \
    {                                                             \
        const TTest *const tests[] = {__VA_ARGS__};               \
        Suite *suite = suite_create(suite_name);                  \
        TCase *tcase = tcase_create(suite_name);                  \
        tcase_set_timeout(tcase, 60);                             \
        for (size_t i = 0; i < sizeof tests / sizeof *tests; i++) \
            tcase_add_test(tcase, tests[i]);                      \
        suite_add_tcase(suite, tcase);                            \
        SRunner *runner = srunner_create(suite);                  \
        srunner_set_tap(runner, "-");                             \
        srunner_run_all(runner, CK_SILENT);                       \
        int failed = srunner_ntests_failed(runner);               \
        srunner_free(runner);                                     \
        return failed ? 1 : 0;                                    \
    }

#endif
