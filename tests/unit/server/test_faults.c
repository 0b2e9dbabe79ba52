/* test_faults.c: short reads and writes, EINTR, resets, no descriptors, no memory: the server lives on. */
#include <errno.h>
#include <unistd.h>

#include "base/log.h"
#include "loop/system.h"
#include "talk.h"

static int calls, fail_at, fault;

static ssize_t byte_read(int fd, void *data, size_t size)
{
    if (++calls % 5 == 0) {
        errno = EINTR;
        return -1;
    }
    return read(fd, data, size ? 1 : 0);
}

static ssize_t byte_write(int fd, const void *data, size_t size)
{
    if (++calls % 5 == 0) {
        errno = EINTR;
        return -1;
    }
    return write(fd, data, size > 1000 ? 999 : size ? 1 : 0);
}

static ssize_t byte_writev(int fd, const struct iovec *parts, int count)
{
    (void)count;
    return byte_write(fd, parts->iov_base, parts->iov_len);
}

static ssize_t fail_read(int fd, void *data, size_t size)
{
    if (++calls == fail_at) {
        errno = fault;
        return -1;
    }
    return read(fd, data, size);
}

static ssize_t fail_write(int fd, const void *data, size_t size)
{
    if (++calls == fail_at) {
        errno = fault;
        return -1;
    }
    return write(fd, data, size);
}

static ssize_t fail_writev(int fd, const struct iovec *parts, int count)
{
    if (++calls == fail_at) {
        errno = fault;
        return -1;
    }
    return writev(fd, parts, count);
}

static int fail_accept(int fd, struct sockaddr *address, socklen_t *size, int flags)
{
    if (++calls <= fail_at) {
        errno = fault;
        return -1;
    }
    return accept4(fd, address, size, flags);
}

static CvServer *start(void)
{
    CvError error;
    CvServer *server = cv_server_start(&(CvServerOptions){.bind = talk_bind, .handler = talk_handle}, &error);
    ck_assert_ptr_nonnull(server);
    return server;
}

static const char conversation[] =
    TALK_GET("/one") TALK_POST("/two") TALK_GET("/sleep") TALK_GET("/big") TALK_LAST("/last");

static void expect_all(int port)
{
    Talk talk = talk_to(port, conversation);
    ck_assert_ptr_nonnull(strstr(talk.heard.data, "GET /one 0."));
    ck_assert_ptr_nonnull(strstr(talk.heard.data, "POST /two 5."));
    ck_assert_ptr_nonnull(strstr(talk.heard.data, "GET /sleep 0."));
    ck_assert_ptr_nonnull(strstr(talk.heard.data, "bbbbbbbbbb"));
    ck_assert_ptr_nonnull(strstr(talk.heard.data, "GET /last 0."));
    ck_assert_uint_gt(talk.heard.length, 100000);
    cv_buffer_free(&talk.heard);
}

START_TEST(byte_by_byte_with_interruptions)
{
    CvServer *server = start();
    CvSystem real = cv_system;
    cv_system.read = byte_read;
    cv_system.short_read_is_all = false;
    cv_system.write = byte_write;
    cv_system.writev = byte_writev;
    expect_all(cv_server_port(server));
    cv_system = real;
    cv_server_stop(server);
    cv_loop_close();
}
END_TEST

/* The k-th call fails, for every k: whoever called, server or client, and whatever was going on. */
static void fail_each(int with, void (*choose)(void))
{
    CvServer *server = start();
    CvSystem real = cv_system;
    fault = with;
    for (fail_at = 1; fail_at <= 60; fail_at++) {
        calls = 0;
        choose();
        Talk talk = talk_to(cv_server_port(server), conversation);
        cv_buffer_free(&talk.heard);
        cv_system = real;
        if (fail_at % 10 == 0)
            expect_all(cv_server_port(server));
    }
    for (int i = 0; i < 20 && cv_server_status().connections; i++)
        cv_loop_turn(50);
    ck_assert_uint_eq(cv_server_status().connections, 0);
    ck_assert_uint_eq(cv_server_status().active, 0);
    cv_server_stop(server);
    cv_loop_close();
}

static void break_reads(void)
{
    cv_system.read = fail_read;
}

static void break_writes(void)
{
    cv_system.write = fail_write;
    cv_system.writev = fail_writev;
}

START_TEST(a_reset_at_any_read)
{
    fail_each(ECONNRESET, break_reads);
}
END_TEST

START_TEST(a_broken_pipe_at_any_write)
{
    fail_each(EPIPE, break_writes);
}
END_TEST

START_TEST(accept_failures_pass)
{
    static const int faults[] = {ECONNABORTED, EINTR, EMFILE, ENFILE, ENOMEM, EPROTO};
    CvServer *server = start();
    CvSystem real = cv_system;
    for (size_t i = 0; i < CV_COUNT_OF(faults); i++) {
        calls = 0;
        fail_at = 1;
        fault = faults[i];
        cv_system.accept4 = fail_accept;
        Talk first = talk_to(cv_server_port(server), TALK_LAST("/first")); /* may be refused */
        cv_buffer_free(&first.heard);
        cv_system = real;
        expect_all(cv_server_port(server));
    }
    cv_server_stop(server);
    cv_loop_close();
}
END_TEST

START_TEST(no_memory_at_any_allocation)
{
    cv_log_set_level(CV_LOG_CRITICAL);
    int answered = 0, failed = 0;
    for (uint64_t k = 1; k <= 60; k++) {
        CvServer *server = start(); /* with empty pools, so that all is allocated anew */
        Talk talk = {.port = cv_server_port(server), .say = conversation};
        (void)cv_buffer_reserve(&talk.heard, 200000);
        cv_arena_trim();
        cv_memory_fail_at(k);
        CvFiber *client = talk_spawn(&talk);
        while (client && !talk.ended)
            cv_loop_turn(5);
        failed += cv_memory_count() >= k;
        cv_memory_fail_at(0);
        answered += talk.heard.length > 100000;
        cv_buffer_free(&talk.heard);
        if (k % 10 == 0)
            expect_all(cv_server_port(server));
        cv_server_stop(server);
        cv_loop_close();
    }
    ck_assert_int_gt(failed, 8);
    ck_assert_int_gt(answered, 5);
}
END_TEST

UNIT_TESTS("server/faults", byte_by_byte_with_interruptions, a_reset_at_any_read, a_broken_pipe_at_any_write,
           accept_failures_pass, no_memory_at_any_allocation)
