/* test_shared.c: counters that children and parents share. */
#include <sys/wait.h>
#include <unistd.h>

#include "loop/loop.h"
#include "unit.h"

START_TEST(children_count_in_the_same_memory)
{
    CvSharedCounter *counters = cv_shared_alloc(2 * sizeof *counters);
    ck_assert_ptr_nonnull(counters);
    ck_assert_int_eq(cv_shared_get(&counters[0]), 0);
    for (int i = 0; i < 3; i++)
        if (fork() == 0) {
            for (int k = 0; k < 1000; k++)
                cv_shared_add(&counters[1], 1);
            _exit(0);
        }
    while (wait(NULL) > 0) {}
    ck_assert_int_eq(cv_shared_get(&counters[1]), 3000);
    cv_shared_set(&counters[1], 5);
    ck_assert_int_eq(cv_shared_add(&counters[1], -7), -2);
    cv_shared_free(counters, 2 * sizeof *counters);
    cv_shared_free(NULL, 1);
}
END_TEST

START_TEST(no_memory_is_told)
{
    ck_assert_ptr_null(cv_shared_alloc(SIZE_MAX / 2));
}
END_TEST

UNIT_TESTS("loop/shared", children_count_in_the_same_memory, no_memory_is_told)
