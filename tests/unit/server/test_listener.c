/* test_listener.c: the forms of addresses, and taking over from a program before. */
#include <fcntl.h>
#include <unistd.h>

#include "server/private.h"
#include "unit.h"

static CvListeners listeners, before;
static CvError error;

static bool open_one(const char *name)
{
    const char *bind[] = {name, NULL};
    return cv_listeners_open(&listeners, &(CvServerOptions){.bind = bind}, &error);
}

START_TEST(forms_of_addresses)
{
    static const char *const good[] = {"127.0.0.1:0", "0", "localhost:0", ":0"};
    for (size_t i = 0; i < CV_COUNT_OF(good); i++) {
        ck_assert_msg(open_one(good[i]), "%s: %s", good[i], error.message);
        ck_assert_uint_ge(listeners.count, 1);
        ck_assert_int_gt(listeners.items[0].port, 0);
        ck_assert_str_eq(listeners.items[0].name, good[i]);
        ck_assert_int_eq(fcntl(listeners.items[0].watch.fd, F_GETFD), FD_CLOEXEC);
        cv_listeners_close(&listeners, true);
    }
    static const char *const bad[] = {"",        ":",     "x",     "127.0.0.1:65536", "127.0.0.1:-1",
                                      "::1:80",  "[::1]", "unix:", "127.0.0.1:80x",   "no.such.host.invalid:0",
                                      "a,b:8000"};
    for (size_t i = 0; i < CV_COUNT_OF(bad); i++) {
        ck_assert_msg(!open_one(bad[i]), "%s", bad[i]);
        ck_assert_int_eq(error.kind, CV_ERROR_OS);
        ck_assert_uint_eq(listeners.count, 0);
    }
}
END_TEST

/* One address of a name that another server has is an error, although the other address could be had. */
START_TEST(a_port_that_is_taken_in_part_is_taken)
{
    ck_assert(open_one("127.0.0.1:0"));
    before = listeners;
    char name[16];
    snprintf(name, sizeof name, ":%u", before.items[0].port);
    ck_assert(!open_one(name));
    ck_assert_ptr_nonnull(strstr(error.message, "in use"));
    ck_assert_uint_eq(listeners.count, 0);
    cv_listeners_close(&before, true);
    ck_assert(open_one(name));
    cv_listeners_close(&listeners, true);
}
END_TEST

START_TEST(a_refused_list_leaves_nothing_open)
{
    static const char *const bind[] = {"127.0.0.1:0", "a,b:0", NULL};
    int free_before = open("/dev/null", O_RDONLY | O_CLOEXEC);
    close(free_before);
    ck_assert(!cv_listeners_open(&listeners, &(CvServerOptions){.bind = bind}, &error));
    ck_assert_uint_eq(listeners.count, 0);
    int free_after = open("/dev/null", O_RDONLY | O_CLOEXEC);
    close(free_after);
    ck_assert_int_eq(free_after, free_before);
}
END_TEST

START_TEST(a_file_in_the_way_is_not_removed)
{
    char path[64], name[80];
    snprintf(path, sizeof path, "/tmp/cv-test-%d", (int)getpid());
    snprintf(name, sizeof name, "unix:%s", path);
    int fd = open(path, O_CREAT | O_WRONLY | O_CLOEXEC, 0600);
    close(fd);
    ck_assert(!open_one(name));
    ck_assert_int_eq(access(path, F_OK), 0);
    unlink(path);
    ck_assert(open_one(name));
    cv_listeners_close(&listeners, false);
    ck_assert_int_eq(access(path, F_OK), 0);
    ck_assert(open_one(name)); /* nobody listens any more */
    cv_listeners_close(&listeners, true);
    ck_assert_int_ne(access(path, F_OK), 0);
}
END_TEST

START_TEST(takes_over_what_is_open)
{
    ck_assert(open_one("127.0.0.1:0"));
    before = listeners;
    int fd = before.items[0].watch.fd, port = before.items[0].port;
    char *text = cv_listeners_text(&before), pid[24];
    int other = open("/dev/null", O_RDONLY | O_CLOEXEC);
    CvBuffer both = cv_buffer(cv_arena());
    cv_buffer_printf(&both, "%s,%d=127.0.0.1:1,x=y,999999=127.0.0.1:0,=", text, other);
    setenv("CARAVAN_LISTENERS", cv_buffer_string(&both), 1);
    setenv("CARAVAN_WORKERS", "7,8,x,-1,1", 1);
    snprintf(pid, sizeof pid, "%d", (int)getpid());
    ck_assert_ptr_null(cv_reload_listeners()); /* not meant for us */
    setenv("CARAVAN_MASTER", pid, 1);
    ck_assert(open_one("127.0.0.1:0"));
    ck_assert_uint_eq(listeners.count, 1);
    ck_assert_int_eq(listeners.items[0].watch.fd, fd);
    ck_assert_int_eq(listeners.items[0].port, port);
    ck_assert_int_eq(fcntl(other, F_GETFD), -1); /* what is not listened on any more is closed */
    pid_t workers[8];
    ck_assert_uint_eq(cv_reload_inherit(workers, 8), 2);
    ck_assert_int_eq(workers[1], 8);
    cv_free(text);
}
END_TEST

UNIT_TESTS("server/listener", forms_of_addresses, a_port_that_is_taken_in_part_is_taken,
           a_refused_list_leaves_nothing_open, a_file_in_the_way_is_not_removed, takes_over_what_is_open)
