/* test_signals.c: signals and calls from other threads reach the loop. */
#include <pthread.h>
#include <signal.h>
#include <unistd.h>

#include "loop/loop.h"
#include "unit.h"

static int seen;
static CvSignalWatch *watch;

static void on_signal(int number, void *argument)
{
    ck_assert_int_eq(number, SIGUSR1);
    ck_assert(!cv_in_fiber());
    ck_assert_ptr_eq(argument, &seen);
    seen++;
    cv_loop_off_signal(watch);
}

START_TEST(a_signal_is_told_in_the_loop)
{
    watch = cv_loop_on_signal(SIGUSR1, on_signal, &seen, true);
    cv_loop_turn(0);
    kill(getpid(), SIGUSR1);
    cv_loop_run();
    ck_assert_int_eq(seen, 1);
    cv_loop_close();
}
END_TEST

static CvFiber *waiting;
static CvLoopCall *call;

static void wake_it(void *argument)
{
    (void)argument;
    seen++;
    cv_fiber_wake(waiting);
}

static void *other_thread(void *argument)
{
    (void)argument;
    usleep(20000);
    cv_loop_call_send(call);
    return NULL;
}

static void wait_for_call(void *argument)
{
    (void)argument;
    waiting = cv_fiber_current();
    while (!seen)
        (void)cv_fiber_park(0);
    cv_loop_call_destroy(call);
}

START_TEST(a_call_from_another_thread)
{
    call = cv_loop_call_create(wake_it, NULL);
    pthread_t thread;
    ck_assert_int_eq(pthread_create(&thread, NULL, other_thread, NULL), 0);
    ck_assert_ptr_nonnull(cv_fiber_spawn(wait_for_call, NULL, NULL));
    cv_loop_run();
    ck_assert_int_ge(seen, 1);
    pthread_join(thread, NULL);
    cv_loop_close();
}
END_TEST

UNIT_TESTS("loop/signals", a_signal_is_told_in_the_loop, a_call_from_another_thread)
