/* test_timer.c: the wheel: order, never early, moving and clearing, far deadlines. */
#include "loop/loop.h"
#include "unit.h"

typedef struct Probe {
    CvTimer timer;
    uint64_t ran_at;
    int runs;
} Probe;

static uint64_t last_deadline;
static int total;

static void ran(CvTimer *timer)
{
    Probe *probe = timer->argument;
    probe->ran_at = cv_loop_now_ms();
    probe->runs++;
    ck_assert_uint_ge(probe->ran_at, timer->deadline);
    last_deadline = timer->deadline;
    total++;
}

static void set(Probe *probe, uint64_t after)
{
    probe->timer.run = ran;
    probe->timer.argument = probe;
    cv_timer_set(&probe->timer, cv_loop_now_ms() + after);
}

START_TEST(runs_at_its_deadline_or_later)
{
    static const uint64_t after[] = {0, 1, 2, 5, 20, 63, 64, 65, 100, 127, 128, 129, 150};
    Probe probes[CV_COUNT_OF(after)] = {0};
    for (size_t i = 0; i < CV_COUNT_OF(after); i++)
        set(&probes[i], after[i]);
    uint64_t begin = cv_monotonic_ms();
    cv_loop_run();
    for (size_t i = 0; i < CV_COUNT_OF(after); i++) {
        ck_assert_int_eq(probes[i].runs, 1);
        ck_assert_uint_ge(probes[i].ran_at - begin + 1, after[i]);
    }
}
END_TEST

START_TEST(cleared_and_moved_timers)
{
    Probe cleared = {0}, sooner = {0}, later = {0};
    set(&cleared, 10);
    set(&sooner, 60000);
    set(&later, 1);
    ck_assert(cv_timer_is_set(&cleared.timer));
    cv_timer_clear(&cleared.timer);
    cv_timer_clear(&cleared.timer);
    ck_assert(!cv_timer_is_set(&cleared.timer));
    set(&sooner, 5);
    set(&later, 30);
    uint64_t begin = cv_monotonic_ms();
    cv_loop_run();
    ck_assert_int_eq(cleared.runs, 0);
    ck_assert_int_eq(sooner.runs, 1);
    ck_assert_int_eq(later.runs, 1);
    ck_assert_uint_lt(sooner.ran_at, later.ran_at);
    ck_assert_uint_lt(cv_monotonic_ms() - begin, 5000);
}
END_TEST

static void again(CvTimer *timer)
{
    int *left = timer->argument;
    if (--*left > 0)
        cv_timer_set(timer, cv_loop_now_ms());
}

START_TEST(a_timer_may_set_itself_again)
{
    int left = 5;
    CvTimer timer = {.run = again, .argument = &left};
    cv_timer_set(&timer, cv_loop_now_ms());
    cv_loop_run();
    ck_assert_int_eq(left, 0);
}
END_TEST

START_TEST(far_deadlines_are_kept)
{
    Probe far[4] = {0};
    Probe near = {0};
    set(&far[0], UINT64_C(1) << 12);
    set(&far[1], UINT64_C(1) << 30);
    set(&far[2], UINT64_C(1) << 50);
    far[3].timer.run = ran;
    far[3].timer.argument = &far[3];
    cv_timer_set(&far[3].timer, UINT64_MAX);
    set(&near, 3);
    while (!near.runs)
        cv_loop_turn(100);
    ck_assert_int_eq(total, 1);
    for (int i = 0; i < 4; i++) {
        ck_assert(cv_timer_is_set(&far[i].timer));
        cv_timer_clear(&far[i].timer);
    }
    cv_loop_run();
    ck_assert_int_eq(total, 1);
}
END_TEST

START_TEST(many_timers_all_run_in_order_of_millisecond)
{
    enum { COUNT = 3000 };
    static Probe probes[COUNT];
    uint32_t seed = 7;
    for (int i = 0; i < COUNT; i++) {
        seed = seed * 1664525u + 1013904223u;
        set(&probes[i], seed >> 24);
    }
    for (int i = 0; i < COUNT; i += 3)
        cv_timer_clear(&probes[i].timer);
    cv_loop_run();
    for (int i = 0; i < COUNT; i++)
        ck_assert_int_eq(probes[i].runs, i % 3 != 0);
}
END_TEST

static void sleep_a_bit(void *argument)
{
    uint64_t begin = cv_monotonic_ns();
    cv_sleep(20);
    *(uint64_t *)argument = cv_monotonic_ns() - begin;
}

START_TEST(sleeping_in_and_outside_fibers)
{
    uint64_t took = 0;
    sleep_a_bit(&took);
    ck_assert_uint_ge(took, 20000000);
    took = 0;
    ck_assert(!cv_fiber_run(sleep_a_bit, &took, NULL, NULL));
    cv_loop_run();
    ck_assert_uint_ge(took, 19000000);
    ck_assert_uint_lt(took, 3000000000);
}
END_TEST

UNIT_TESTS("loop/timer", runs_at_its_deadline_or_later, cleared_and_moved_timers, a_timer_may_set_itself_again,
           far_deadlines_are_kept, many_timers_all_run_in_order_of_millisecond, sleeping_in_and_outside_fibers)
