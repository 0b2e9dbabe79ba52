/* test_waiter.c: first come, first served; deadlines. */
#include "loop/loop.h"
#include "unit.h"

static CvWaitList list;
static char order[16];
static size_t count;

static void wait_in_line(void *argument)
{
    if (cv_wait_list_park(&list, 0))
        order[count++] = *(const char *)argument;
}

static void wait_a_while(void *argument)
{
    *(bool *)argument = cv_wait_list_park(&list, cv_loop_now_ms() + 10);
}

static void wake_all(void *argument)
{
    (void)argument;
    cv_sleep(30);
    ck_assert(cv_wait_list_wake(&list));
    cv_fiber_yield();
    cv_fiber_yield();
    ck_assert_str_eq(order, "a");
    cv_wait_list_wake_all(&list);
    ck_assert(!cv_wait_list_wake(&list));
}

START_TEST(first_come_first_served)
{
    bool woken = true;
    ck_assert_ptr_nonnull(cv_fiber_spawn(wait_in_line, (void *)"a", NULL));
    ck_assert_ptr_nonnull(cv_fiber_spawn(wait_a_while, &woken, NULL));
    ck_assert_ptr_nonnull(cv_fiber_spawn(wait_in_line, (void *)"b", NULL));
    ck_assert_ptr_nonnull(cv_fiber_spawn(wait_in_line, (void *)"c", NULL));
    ck_assert_ptr_nonnull(cv_fiber_spawn(wake_all, NULL, NULL));
    cv_loop_run();
    ck_assert_str_eq(order, "abc");
    ck_assert(!woken);
    ck_assert_ptr_null(list.first);
    ck_assert_ptr_null(list.last);
}
END_TEST

UNIT_TESTS("loop/waiter", first_come_first_served)
