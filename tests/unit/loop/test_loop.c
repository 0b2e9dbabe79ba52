/* test_loop.c: turns, hooks, stopping, libuv nested, a new loop after fork. */
#include <sys/wait.h>
#include <unistd.h>
#include <uv.h>

#include "loop/loop.h"
#include "loop/sanitizer.h"
#include "unit.h"

static int turns;

static void count_turn(CvLoopHook *hook)
{
    turns++;
    if (turns == 3)
        cv_loop_hook_remove(hook);
}

static void three_yields(void *argument)
{
    (void)argument;
    for (int i = 0; i < 6; i++)
        cv_fiber_yield();
}

START_TEST(hooks_run_each_turn)
{
    CvLoopHook first = {.run = count_turn}, second = {.run = count_turn};
    cv_loop_hook_add(&first);
    cv_loop_hook_add(&second);
    ck_assert_ptr_nonnull(cv_fiber_spawn(three_yields, NULL, NULL));
    cv_loop_run();
    ck_assert_int_gt(turns, 5);
    cv_loop_hook_remove(turns > 5 ? &first : &second);
}
END_TEST

static void stop(CvTimer *timer)
{
    (void)timer;
    cv_loop_stop();
}

START_TEST(stop_ends_the_run)
{
    CvTimer soon = {.run = stop}, never = {.run = stop};
    cv_timer_set(&soon, cv_loop_now_ms() + 5);
    cv_timer_set(&never, cv_loop_now_ms() + 1000000);
    cv_loop_run();
    ck_assert(cv_timer_is_set(&never));
    cv_timer_clear(&never);
    cv_loop_run();
}
END_TEST

static int uv_ticks;

static void on_uv_timer(uv_timer_t *timer)
{
    if (++uv_ticks == 3)
        uv_close((uv_handle_t *)timer, NULL);
}

START_TEST(timers_of_libuv_run_in_the_nested_loop)
{
    uv_timer_t timer;
    uv_loop_t *uv = cv_loop_uv();
    uv_timer_init(uv, &timer);
    uv_timer_start(&timer, on_uv_timer, 5, 5);
    uint64_t begin = cv_monotonic_ms();
    cv_loop_run();
    ck_assert_int_eq(uv_ticks, 3);
    ck_assert_uint_ge(cv_monotonic_ms() - begin, 13);
    cv_loop_close();
}
END_TEST

START_TEST(nothing_to_do_returns_at_once)
{
    cv_loop_run();
    (void)cv_loop_uv();
    cv_loop_run();
}
END_TEST

static void run_nested(void *argument)
{
    (void)argument;
    cv_loop_run();
}

static void nested(void *argument)
{
    CvError *error;
    *(bool *)argument = !cv_try(run_nested, NULL, &error) && error->kind == CV_ERROR_ASSERTION;
}

START_TEST(the_loop_does_not_nest)
{
    bool refused = false;
    ck_assert(cv_fiber_run(nested, &refused, NULL, NULL));
    ck_assert(refused);
}
END_TEST

static void add_one(void *argument)
{
    ++*(int *)argument;
}

static void use_pool(void *argument)
{
    /* ThreadSanitizer allows no threads in the child of a process that had some. */
    if (CV_TSAN) {
        cv_sleep(1);
        add_one(argument);
    } else {
        cv_pool_run(add_one, argument);
    }
}

START_TEST(a_child_makes_a_loop_of_its_own)
{
    int count = 0;
    ck_assert_ptr_nonnull(cv_fiber_spawn(use_pool, &count, NULL));
    cv_loop_run();
    pid_t child = fork();
    if (child == 0) {
        cv_loop_forget();
        if (!cv_fiber_spawn(use_pool, &count, NULL))
            _exit(9);
        cv_loop_run();
        _exit(count);
    }
    int status;
    waitpid(child, &status, 0);
    ck_assert(WIFEXITED(status));
    ck_assert_int_eq(WEXITSTATUS(status), 2);
    ck_assert_ptr_nonnull(cv_fiber_spawn(use_pool, &count, NULL));
    cv_loop_run();
    ck_assert_int_eq(count, 2);
}
END_TEST

UNIT_TESTS("loop/loop", hooks_run_each_turn, stop_ends_the_run, timers_of_libuv_run_in_the_nested_loop,
           nothing_to_do_returns_at_once, the_loop_does_not_nest, a_child_makes_a_loop_of_its_own)
