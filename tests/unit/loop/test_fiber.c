/* test_fiber.c: spawning, parking, waking, arenas and budgets, pooling, raises. */
#include "base/log.h"
#include "loop/loop.h"
#include "unit.h"

static char trace[256];
static size_t traced;

static void note(char letter)
{
    if (traced < sizeof trace - 1)
        trace[traced++] = letter;
    trace[traced] = 0;
}

static void note_argument(void *argument)
{
    note(*(const char *)argument);
}

static void note_twice(void *argument)
{
    note(*(const char *)argument);
    cv_fiber_yield();
    note(*(const char *)argument);
}

START_TEST(spawned_fibers_take_turns)
{
    ck_assert_ptr_nonnull(cv_fiber_spawn(note_twice, (void *)"a", NULL));
    ck_assert_ptr_nonnull(cv_fiber_spawn(note_twice, (void *)"b", NULL));
    ck_assert_str_eq(trace, "");
    cv_loop_run();
    ck_assert_str_eq(trace, "abab");
    ck_assert_uint_eq(cv_fiber_count(), 0);
}
END_TEST

START_TEST(run_goes_at_once_and_tells_the_end)
{
    CvFiber *fiber;
    ck_assert(cv_fiber_run(note_argument, (void *)"x", NULL, &fiber));
    ck_assert_ptr_null(fiber);
    ck_assert_str_eq(trace, "x");
    ck_assert(!cv_fiber_run(note_twice, (void *)"y", NULL, &fiber));
    ck_assert_ptr_nonnull(fiber);
    ck_assert_str_eq(trace, "xy");
    cv_loop_run();
    ck_assert_str_eq(trace, "xyy");
}
END_TEST

static void run_inside(void *argument)
{
    (void)argument;
    note('1');
    ck_assert(!cv_fiber_run(note_argument, (void *)"3", NULL, NULL));
    note('2');
}

START_TEST(run_inside_a_fiber_waits_its_turn)
{
    ck_assert(cv_fiber_run(run_inside, NULL, NULL, NULL));
    cv_loop_run();
    ck_assert_str_eq(trace, "123");
}
END_TEST

static CvFiber *sleeper;
static int wakes;

static void sleep_until_woken(void *argument)
{
    (void)argument;
    sleeper = cv_fiber_current();
    while (cv_fiber_park(0)) {
        if (++wakes == 2)
            return;
    }
}

static void wake_twice(void *argument)
{
    (void)argument;
    cv_fiber_wake(sleeper);
    cv_fiber_wake(sleeper); /* ready already: one wake */
    cv_fiber_yield();
    ck_assert_int_eq(wakes, 1);
    cv_fiber_wake(sleeper);
}

START_TEST(park_and_wake)
{
    ck_assert_ptr_nonnull(cv_fiber_spawn(sleep_until_woken, NULL, NULL));
    ck_assert_ptr_nonnull(cv_fiber_spawn(wake_twice, NULL, NULL));
    cv_loop_run();
    ck_assert_int_eq(wakes, 2);
}
END_TEST

static void wake_before_park(void *argument)
{
    (void)argument;
    cv_fiber_wake(cv_fiber_current());
    ck_assert(cv_fiber_park(0));
    ck_assert(!cv_fiber_park(cv_loop_now_ms() + 5));
    note('k');
}

START_TEST(an_early_wake_is_not_lost)
{
    ck_assert(!cv_fiber_run(wake_before_park, NULL, NULL, NULL));
    cv_loop_run();
    ck_assert_str_eq(trace, "k");
}
END_TEST

static void deferred(void *argument)
{
    note(*(const char *)argument);
}

static void use_arena(void *argument)
{
    (void)argument;
    ck_assert_ptr_eq(cv_arena(), cv_self()->arena);
    ck_assert_ptr_eq(cv_fiber_current(), cv_self()->fiber);
    char *bytes = cv_alloc(100000);
    bytes[99999] = 1;
    cv_defer(deferred, (void *)"d");
    cv_self()->locale = (const void *)bytes;
    cv_self()->translator = (const void *)bytes;
    cv_self()->request = bytes;
}

static void expect_clean(void *argument)
{
    (void)argument;
    ck_assert_ptr_null(cv_self()->locale);
    ck_assert_ptr_null(cv_self()->translator);
    ck_assert_ptr_null(cv_self()->request);
    ck_assert_ptr_null(cv_self()->databases);
    ck_assert_ptr_null(cv_self()->zone);
}

START_TEST(a_fiber_has_its_own_self)
{
    ck_assert(!cv_in_fiber());
    CvArena *outer = cv_arena();
    ck_assert(cv_fiber_run(use_arena, NULL, NULL, NULL));
    ck_assert_str_eq(trace, "d");
    ck_assert_ptr_eq(cv_arena(), outer);
    ck_assert_uint_eq(cv_fiber_pooled(), 1);
    ck_assert(cv_fiber_run(expect_clean, NULL, NULL, NULL));
    ck_assert_uint_eq(cv_fiber_pooled(), 1);
    ck_assert(!cv_in_fiber());
}
END_TEST

static CvErrorKind caught;

static void allocate(void *argument)
{
    for (size_t i = 0; i < *(size_t *)argument / 1000; i++)
        (void)cv_alloc(1000);
}

static void spend(void *argument)
{
    CvError *error;
    caught = CV_ERROR_NONE;
    if (!cv_try(allocate, argument, &error))
        caught = error->kind;
}

START_TEST(the_budget_ends_the_fiber_not_the_process)
{
    CvFiberOptions options = {.arena_budget = 200000};
    size_t below = 50000, above = 400000;
    ck_assert(cv_fiber_run(spend, &below, &options, NULL));
    ck_assert_int_eq(caught, CV_ERROR_NONE);
    ck_assert(cv_fiber_run(spend, &above, &options, NULL));
    ck_assert_int_eq(caught, CV_ERROR_MEMORY);
    ck_assert(cv_fiber_run(spend, &above, NULL, NULL)); /* the next fiber has no budget */
    ck_assert_int_eq(caught, CV_ERROR_NONE);
}
END_TEST

static void raise_it(void *argument)
{
    (void)argument;
    cv_defer(deferred, (void *)"z");
    cv_raise(CV_ERROR_VALUE, "nobody handles this");
}

static void swallow(void *argument, CvLogLevel level, const char *logger, CvSlice message)
{
    (void)argument, (void)logger;
    if (level == CV_LOG_ERROR && cv_slice_find(message, CV_SLICE("nobody handles this")) >= 0)
        note('L');
}

static void note_end(void *argument)
{
    ck_assert(!cv_in_fiber());
    note(*(const char *)argument);
}

START_TEST(a_raise_nobody_handles_is_logged)
{
    cv_log_set_sink(swallow, NULL);
    ck_assert_ptr_nonnull(cv_fiber_spawn(raise_it, (void *)"e", &(CvFiberOptions){.ended = note_end}));
    cv_loop_run(); /* where it was raised is found on another thread */
    ck_assert_ptr_nonnull(strchr(trace, 'L'));
    ck_assert_ptr_nonnull(strchr(trace, 'z'));
    ck_assert_int_eq(trace[traced - 1], 'e');
    ck_assert(cv_fiber_run(note_argument, (void *)"n", NULL, NULL));
}
END_TEST

static int dive(int depth)
{
    volatile char frame[1000];
    frame[0] = (char)depth;
    return depth == 0 ? frame[0] : dive(depth - 1) + frame[0];
}

static void dive_deep(void *argument)
{
    (void)argument;
    ck_assert_int_ne(dive(150), -1);
}

START_TEST(two_hundred_kilobytes_of_stack_can_be_used)
{
    for (int i = 0; i < 3; i++)
        ck_assert(cv_fiber_run(dive_deep, NULL, NULL, NULL));
}
END_TEST

static void park_shortly(void *argument)
{
    (void)argument;
    (void)cv_fiber_park(cv_loop_now_ms() + 20);
}

START_TEST(a_crowd_of_fibers_is_pooled_within_bounds)
{
    for (int i = 0; i < 600; i++)
        ck_assert_ptr_nonnull(cv_fiber_spawn(park_shortly, NULL, NULL));
    ck_assert_uint_eq(cv_fiber_count(), 600);
    cv_loop_run();
    ck_assert_uint_eq(cv_fiber_count(), 0);
    ck_assert_uint_le(cv_fiber_pooled(), 256);
    for (int i = 0; i < 300; i++)
        ck_assert_ptr_nonnull(cv_fiber_spawn(use_arena, NULL, NULL));
    cv_loop_run();
    cv_loop_close();
}
END_TEST

UNIT_TESTS("loop/fiber", spawned_fibers_take_turns, run_goes_at_once_and_tells_the_end,
           run_inside_a_fiber_waits_its_turn, park_and_wake, an_early_wake_is_not_lost, a_fiber_has_its_own_self,
           the_budget_ends_the_fiber_not_the_process, a_raise_nobody_handles_is_logged,
           two_hundred_kilobytes_of_stack_can_be_used, a_crowd_of_fibers_is_pooled_within_bounds)
