/* test_stream.c: short reads and writes, EINTR, EAGAIN and resets from the table of system calls. */
#include <errno.h>
#include <sys/socket.h>
#include <unistd.h>

#include "loop/loop.h"
#include "loop/system.h"
#include "unit.h"

static int calls;

static ssize_t faulty_read(int fd, void *data, size_t size)
{
    switch (calls++ % 3) {
    case 0:
        errno = EINTR;
        return -1;
    case 1:
        return read(fd, data, size ? 1 : 0);
    default:
        return read(fd, data, size > 2 ? 2 : size);
    }
}

static ssize_t faulty_write(int fd, const void *data, size_t size)
{
    if (calls++ % 2) {
        errno = EINTR;
        return -1;
    }
    return write(fd, data, size ? 1 : 0);
}

static ssize_t faulty_writev(int fd, const struct iovec *parts, int count)
{
    (void)count;
    return faulty_write(fd, parts->iov_base, parts->iov_len);
}

static ssize_t reset_read(int fd, void *data, size_t size)
{
    (void)fd, (void)data, (void)size;
    errno = ECONNRESET;
    return -1;
}

static int pair[2];
static char received[64];

static void send_parts(void *argument)
{
    (void)argument;
    CvSocket *socket = cv_socket_of(pair[0]);
    CvError error;
    struct iovec parts[] = {{(void *)"hello", 5}, {NULL, 0}, {(void *)", ", 2}, {(void *)"world", 5}};
    ck_assert(cv_socket_writev_all(socket, parts, 4, cv_loop_now_ms() + 5000, &error));
    ck_assert(cv_socket_write_all(socket, "!", 1, cv_loop_now_ms() + 5000, &error));
    cv_socket_close(socket);
}

static void receive_parts(void *argument)
{
    (void)argument;
    CvSocket *socket = cv_socket_of(pair[1]);
    CvError error;
    ck_assert(cv_socket_read_all(socket, received, 13, cv_loop_now_ms() + 5000, &error));
    ck_assert_int_eq(cv_socket_read(socket, received + 20, 1, 0, &error), 0);
    ck_assert(!cv_socket_read_all(socket, received + 20, 1, 0, &error));
    ck_assert_int_eq(error.kind, CV_ERROR_OS);
    cv_socket_close(socket);
}

START_TEST(whole_through_faulty_calls)
{
    cv_system.read = faulty_read;
    cv_system.write = faulty_write;
    cv_system.writev = faulty_writev;
    ck_assert_int_eq(socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0, pair), 0);
    ck_assert_ptr_nonnull(cv_fiber_spawn(receive_parts, NULL, NULL));
    ck_assert_ptr_nonnull(cv_fiber_spawn(send_parts, NULL, NULL));
    cv_loop_run();
    ck_assert_str_eq(received, "hello, world!");
}
END_TEST

static void read_reset(void *argument)
{
    CvSocket *socket = cv_socket_of(pair[0]);
    CvError error;
    ck_assert_int_eq(cv_socket_read(socket, received, 1, 0, &error), -1);
    ck_assert_int_eq(error.kind, CV_ERROR_OS);
    ck_assert_ptr_nonnull(strstr(error.message, "reset"));
    *(bool *)argument = true;
    cv_socket_close(socket);
}

START_TEST(a_reset_is_an_error)
{
    cv_system.read = reset_read;
    bool seen = false;
    ck_assert_int_eq(socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0, pair), 0);
    (void)cv_fiber_run(read_reset, &seen, NULL, NULL);
    ck_assert(seen);
}
END_TEST

static void read_nothing(void *argument)
{
    CvSocket *socket = cv_socket_of(pair[0]);
    CvError error;
    ck_assert_int_eq(cv_socket_read(socket, received, 1, cv_loop_now_ms() + 10, &error), -1);
    ck_assert_int_eq(error.kind, CV_ERROR_TIMEOUT);
    *(bool *)argument = true;
    cv_socket_close(socket);
}

START_TEST(silence_times_out)
{
    bool seen = false;
    ck_assert_int_eq(socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0, pair), 0);
    (void)cv_fiber_run(read_nothing, &seen, NULL, NULL);
    cv_loop_run();
    ck_assert(seen);
}
END_TEST

UNIT_TESTS("loop/stream", whole_through_faulty_calls, a_reset_is_an_error, silence_times_out)
