/* test_watch.c: readiness of descriptors, deadlines, removal within a turn. */
#include <fcntl.h>
#include <sys/socket.h>
#include <unistd.h>

#include "loop/loop.h"
#include "unit.h"

static int pair[2];

static void make_pair(void)
{
    ck_assert_int_eq(socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0, pair), 0);
}

static unsigned got;

static void wait_readable(void *argument)
{
    got = cv_fd_wait(pair[0], CV_READABLE, *(uint64_t *)argument);
}

static void write_later(void *argument)
{
    (void)argument;
    cv_sleep(10);
    ck_assert_int_eq(write(pair[1], "x", 1), 1);
}

START_TEST(waits_until_readable)
{
    make_pair();
    uint64_t none = 0;
    ck_assert_ptr_nonnull(cv_fiber_spawn(wait_readable, &none, NULL));
    ck_assert_ptr_nonnull(cv_fiber_spawn(write_later, NULL, NULL));
    cv_loop_run();
    ck_assert_uint_eq(got & CV_READABLE, CV_READABLE);
    got = 0;
    wait_readable(&none); /* outside fibers, ready already */
    ck_assert_uint_eq(got & CV_READABLE, CV_READABLE);
}
END_TEST

START_TEST(a_deadline_gives_nothing)
{
    make_pair();
    got = 99;
    uint64_t soon = cv_loop_now_ms() + 10;
    ck_assert_ptr_nonnull(cv_fiber_spawn(wait_readable, &soon, NULL));
    cv_loop_run();
    ck_assert_uint_eq(got, 0);
    got = 99;
    soon = cv_loop_now_ms() + 10;
    wait_readable(&soon);
    ck_assert_uint_eq(got, 0);
}
END_TEST

START_TEST(a_hangup_counts)
{
    make_pair();
    uint64_t none = 0;
    close(pair[1]);
    ck_assert_ptr_nonnull(cv_fiber_spawn(wait_readable, &none, NULL));
    cv_loop_run();
    ck_assert(got & CV_HANGUP);
}
END_TEST

static CvWatch first, second;
static int told;

static void close_both(CvWatch *watch)
{
    (void)watch;
    told++;
    cv_watch_remove(&first);
    cv_watch_remove(&second);
}

START_TEST(a_removed_watch_is_not_told)
{
    make_pair();
    first = (CvWatch){.fd = pair[0], .run = close_both};
    second = (CvWatch){.fd = pair[1], .run = close_both};
    ck_assert(cv_watch_add(&first));
    ck_assert(cv_watch_add(&second));
    ck_assert_int_eq(write(pair[0], "x", 1), 1);
    ck_assert_int_eq(write(pair[1], "x", 1), 1);
    cv_loop_turn(100);
    cv_loop_turn(0);
    ck_assert_int_eq(told, 1);
}
END_TEST

START_TEST(files_never_block)
{
    pair[0] = open("/proc/self/exe", O_RDONLY | O_CLOEXEC);
    uint64_t none = 0;
    ck_assert_ptr_nonnull(cv_fiber_spawn(wait_readable, &none, NULL));
    cv_loop_run();
    ck_assert_uint_eq(got, CV_READABLE);
}
END_TEST

UNIT_TESTS("loop/watch", waits_until_readable, a_deadline_gives_nothing, a_hangup_counts, a_removed_watch_is_not_told,
           files_never_block)
