/* test_pool.c: pool calls park the fiber; lanes bound them. */
#include <pthread.h>
#include <unistd.h>

#include "base/backtrace.h"
#include "loop/loop.h"
#include "unit.h"

typedef struct Job {
    pthread_t thread;
    int sum;
} Job;

static void compute(void *argument)
{
    Job *job = argument;
    job->thread = pthread_self();
    usleep(20000);
    job->sum += 1;
}

static _Atomic int ticks;
static bool done;

/* Ends only because others go on meanwhile. */
static void wait_for_ticks(void *argument)
{
    while (ticks < 3)
        usleep(1000);
    compute(argument);
}

static void tick(void *argument)
{
    (void)argument;
    while (!done) {
        ticks++;
        cv_sleep(1);
    }
}

static void call(void *argument)
{
    Job *job = argument;
    cv_pool_run(wait_for_ticks, job);
    ck_assert_int_eq(job->sum, 1);
    done = true;
}

START_TEST(others_run_while_a_thread_works)
{
    Job job = {0};
    ck_assert_ptr_nonnull(cv_fiber_spawn(call, &job, NULL));
    ck_assert_ptr_nonnull(cv_fiber_spawn(tick, NULL, NULL));
    cv_loop_run();
    ck_assert_int_ge(ticks, 3);
    ck_assert(!pthread_equal(job.thread, pthread_self()));
}
END_TEST

static void fail_there(void *argument)
{
    (void)argument;
    cv_raise(CV_ERROR_VALUE, "No good: %d.", 7);
}

static void call_pool(void *argument)
{
    cv_pool_run(fail_there, argument);
}

static void call_lane(void *argument)
{
    CvError error;
    (void)!cv_pool_lane_run(argument, fail_there, NULL, 0, &error);
}

/* Twice through a lane of one: the place was given back. */
static void expect_raises(void *argument)
{
    CvPoolLane *lane = cv_pool_lane_create("test", 1, 0);
    int *raised = argument;
    CvError *error;
    for (int i = 0; i < 3; i++)
        if (!cv_try(i ? call_lane : call_pool, lane, &error) && error->kind == CV_ERROR_VALUE &&
            strcmp(error->message, "No good: 7.") == 0)
            ++*raised;
    cv_pool_lane_destroy(lane);
}

START_TEST(a_raise_on_a_thread_reaches_the_fiber)
{
    int raised = 0;
    ck_assert_ptr_nonnull(cv_fiber_spawn(expect_raises, &raised, NULL));
    cv_loop_run();
    ck_assert_int_eq(raised, 3);
}
END_TEST

START_TEST(outside_fibers_it_runs_here)
{
    Job job = {0};
    cv_pool_run(compute, &job);
    ck_assert_int_eq(job.sum, 1);
    ck_assert(pthread_equal(job.thread, pthread_self()));
}
END_TEST

static CvPoolLane *lane;
static int now_running, most_running, served, refused, late;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

static void occupy(void *argument)
{
    (void)argument;
    pthread_mutex_lock(&lock);
    if (++now_running > most_running)
        most_running = now_running;
    pthread_mutex_unlock(&lock);
    usleep(30000);
    pthread_mutex_lock(&lock);
    now_running--;
    pthread_mutex_unlock(&lock);
}

static void enter_lane(void *argument)
{
    CvError error;
    uint64_t patience = *(const uint64_t *)argument;
    if (cv_pool_lane_run(lane, occupy, NULL, patience ? cv_loop_now_ms() + patience : 0, &error)) {
        served++;
    } else {
        ck_assert_int_eq(error.kind, CV_ERROR_BUSY);
        if (patience)
            late++;
        else
            refused++;
    }
}

START_TEST(a_lane_has_bounds)
{
    static const uint64_t patient = 0, impatient = 5;
    lane = cv_pool_lane_create("hashing", 2, 3);
    for (int i = 0; i < 4; i++)
        ck_assert_ptr_nonnull(cv_fiber_spawn(enter_lane, (void *)(uintptr_t)&patient, NULL));
    ck_assert_ptr_nonnull(cv_fiber_spawn(enter_lane, (void *)(uintptr_t)&impatient, NULL));
    for (int i = 0; i < 3; i++)
        ck_assert_ptr_nonnull(cv_fiber_spawn(enter_lane, (void *)(uintptr_t)&patient, NULL));
    cv_loop_run();
    ck_assert_int_eq(served, 4);
    ck_assert_int_eq(late, 1);
    ck_assert_int_eq(refused, 3);
    ck_assert_int_eq(most_running, 2);
    cv_pool_lane_destroy(lane);
    cv_loop_close();
}
END_TEST

/* ---- backtraces ---- */

static int named, turns;

static void resolve_here(void *argument)
{
    void *frames[8];
    CvFrame found[8];
    int count = cv_backtrace(frames, 8);
    (void)argument;
    cv_backtrace_resolve(cv_arena(), frames, count, found);
    named += found[0].function && strcmp(found[0].function, "resolve_here") == 0;
}

static void count_turns(void *argument)
{
    (void)argument;
    while (named == 0) {
        turns++;
        cv_sleep(1);
    }
}

START_TEST(reading_backtraces_holds_nobody_up)
{
    ck_assert_ptr_nonnull(cv_fiber_spawn(resolve_here, NULL, NULL));
    ck_assert_ptr_nonnull(cv_fiber_spawn(count_turns, NULL, NULL));
    cv_loop_run();
    ck_assert_int_eq(named, 1);
    ck_assert_int_gt(turns, 0);
    for (int i = 0; i < 20; i++) /* of many at once only some have names */
        ck_assert_ptr_nonnull(cv_fiber_spawn(resolve_here, NULL, NULL));
    cv_loop_run();
    ck_assert_int_eq(named, 1 + CV_BACKTRACES_AT_ONCE);
    cv_loop_close();
}
END_TEST

UNIT_TESTS("loop/pool", others_run_while_a_thread_works, a_raise_on_a_thread_reaches_the_fiber,
           outside_fibers_it_runs_here, a_lane_has_bounds, reading_backtraces_holds_nobody_up)
