/* test_socket.c: connecting, large transfers both ways, files, refusals. */
#include <fcntl.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "loop/loop.h"
#include "unit.h"

static int listen_on(int *port)
{
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t size = sizeof address;
    ck_assert_int_eq(bind(fd, (struct sockaddr *)&address, size), 0);
    ck_assert_int_eq(listen(fd, 8), 0);
    ck_assert_int_eq(getsockname(fd, (struct sockaddr *)&address, &size), 0);
    *port = ntohs(address.sin_port);
    return fd;
}

enum { SIZE = 3 * 1024 * 1024 };
static int listener, port, served;
static const char *host;

static void serve(void *argument)
{
    (void)argument;
    ck_assert(cv_fd_wait(listener, CV_READABLE, 0));
    CvSocket *socket = cv_socket_of(accept4(listener, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC));
    char *bytes = cv_alloc(SIZE);
    CvError error;
    ck_assert(cv_socket_read_all(socket, bytes, SIZE, 0, &error));
    for (size_t i = 0; i < SIZE; i += 4093)
        ck_assert_int_eq(bytes[i], (char)(i * 31));
    int file = open("/proc/self/exe", O_RDONLY | O_CLOEXEC);
    struct stat about;
    ck_assert_int_eq(fstat(file, &about), 0);
    ck_assert(cv_socket_sendfile_all(socket, file, 16, (size_t)about.st_size - 16, 0, &error));
    close(file);
    cv_socket_close(socket);
    served++;
}

static void talk(void *argument)
{
    (void)argument;
    CvError error;
    CvSocket *socket = cv_socket_connect(host, port, cv_loop_now_ms() + 5000, &error);
    ck_assert_msg(socket != NULL, "%s", socket ? "" : error.message);
    ck_assert_int_ge(cv_socket_fd(socket), 0);
    char *bytes = cv_alloc(SIZE);
    for (size_t i = 0; i < SIZE; i++)
        bytes[i] = (char)(i * 31);
    ck_assert(cv_socket_write_all(socket, bytes, SIZE, cv_loop_now_ms() + 5000, &error));
    size_t total = 0;
    ssize_t count;
    while ((count = cv_socket_read(socket, bytes, SIZE, cv_loop_now_ms() + 5000, &error)) > 0)
        total += (size_t)count;
    ck_assert_int_eq(count, 0);
    ck_assert_uint_gt(total, 10000);
    cv_socket_close(socket);
    served++;
}

static void converse(const char *to)
{
    host = to;
    served = 0;
    ck_assert_ptr_nonnull(cv_fiber_spawn(serve, NULL, NULL));
    ck_assert_ptr_nonnull(cv_fiber_spawn(talk, NULL, NULL));
    cv_loop_run();
    ck_assert_int_eq(served, 2);
    close(listener);
}

START_TEST(by_address)
{
    listener = listen_on(&port);
    converse("127.0.0.1");
}
END_TEST

START_TEST(by_name_through_the_pool)
{
    listener = listen_on(&port);
    converse("localhost");
}
END_TEST

START_TEST(over_a_unix_socket)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    snprintf(address.sun_path, sizeof address.sun_path, "/tmp/cv-test-%d.sock", (int)getpid());
    listener = socket(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0);
    ck_assert_int_eq(bind(listener, (struct sockaddr *)&address, sizeof address), 0);
    ck_assert_int_eq(listen(listener, 8), 0);
    converse(address.sun_path);
    unlink(address.sun_path);
}
END_TEST

static void be_refused(void *argument)
{
    CvError error;
    ck_assert_ptr_null(cv_socket_connect("127.0.0.1", port, cv_loop_now_ms() + 5000, &error));
    ck_assert_int_eq(error.kind, CV_ERROR_OS);
    ck_assert_ptr_nonnull(strstr(error.message, "127.0.0.1 port"));
    ck_assert_ptr_null(cv_socket_connect("/tmp/cv-no-such-socket", 0, 0, &error));
    ck_assert_ptr_null(cv_socket_connect("no-such-host.invalid", 80, 0, &error));
    ++*(int *)argument;
}

START_TEST(refusals_are_errors)
{
    close(listen_on(&port));
    int count = 0;
    be_refused(&count);
    ck_assert_ptr_nonnull(cv_fiber_spawn(be_refused, &count, NULL));
    cv_loop_run();
    ck_assert_int_eq(count, 2);
}
END_TEST

UNIT_TESTS("loop/socket", by_address, by_name_through_the_pool, over_a_unix_socket, refusals_are_errors)
