/* test_master.c: what a master and its workers do when they are told to stop. */
#include <arpa/inet.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/log.h"
#include "talk.h"

static char path[64], name[80];
static int ready_pipe[2];

/* "/stuck": never; "/name": after a while, by what name the server was called. */
static CvResponse *handle(CvRequest *request)
{
    if (cv_slice_is(cv_slice(request->path), "/stuck"))
        for (;;)
            __asm__ volatile("");
    cv_sleep(300);
    return cv_response_text(request->arena, "<%s>", request->server_name);
}

static void on_ready(void *argument)
{
    (void)argument;
    (void)!write(ready_pipe[1], "r", 1);
}

/* A master in a process of its own, with one worker that accepts. */
static pid_t start(CvServerLimits limits)
{
    snprintf(path, sizeof path, "/tmp/cv-master-%d", (int)getpid());
    snprintf(name, sizeof name, "unix:%s", path);
    ck_assert_int_eq(pipe(ready_pipe), 0);
    pid_t master = fork();
    if (master == 0) {
        const char *bind[] = {name, NULL};
        prctl(PR_SET_PDEATHSIG, SIGKILL);
        cv_log_set_level(CV_LOG_CRITICAL);
        _exit(cv_server_run(
            &(CvServerOptions){.bind = bind, .workers = 1, .handler = handle, .limits = limits, .ready = on_ready}));
    }
    ck_assert_int_gt(master, 0);
    char byte;
    ck_assert_int_eq(read(ready_pipe[0], &byte, 1), 1);
    return master;
}

static int say(const char *text)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    memcpy(address.sun_path, path, strlen(path));
    int fd = socket(AF_UNIX, SOCK_STREAM, 0);
    ck_assert_int_eq(connect(fd, (const struct sockaddr *)&address, sizeof address), 0);
    ck_assert_int_eq(write(fd, text, strlen(text)), (ssize_t)strlen(text));
    usleep(100000); /* it is under way */
    return fd;
}

/* Milliseconds until the master ended well; it is killed after ten seconds. */
static int wait_for_end(pid_t master)
{
    int status = 0;
    for (int i = 0; i < 1000; i++) {
        if (waitpid(master, &status, WNOHANG) == master) {
            ck_assert(WIFEXITED(status) && WEXITSTATUS(status) == 0);
            return i * 10;
        }
        usleep(10000);
    }
    kill(master, SIGKILL);
    ck_abort_msg("the master did not end");
}

START_TEST(a_request_under_way_keeps_what_it_was_given)
{
    pid_t master = start((CvServerLimits){0});
    int fd = say("GET /name HTTP/1.0\r\n\r\n");
    kill(master, SIGTERM);
    char heard[2000] = {0};
    size_t length = 0;
    ssize_t count;
    while (length < sizeof heard - 1 && (count = read(fd, heard + length, sizeof heard - 1 - length)) > 0)
        length += (size_t)count;
    ck_assert_msg(strstr(heard, "<localhost>") != NULL, "%s", heard);
    close(fd);
    (void)wait_for_end(master);
}
END_TEST

START_TEST(quitting_does_not_wait_for_a_worker_that_is_stuck)
{
    pid_t master = start((CvServerLimits){0});
    int fd = say("GET /stuck HTTP/1.0\r\n\r\n");
    kill(master, SIGQUIT);
    ck_assert_int_lt(wait_for_end(master), 5000);
    close(fd);
}
END_TEST

/* ---- reloading: this program started again, in a process of its own ---- */

#define SERVE                                                                                    \
    "CV_TEST_SERVE" /* names the socket, beside which a file ".bad" keeps workers from starting, \
                       and ".more" has another address */

static bool worker_starts(void *argument)
{
    return access(argument, F_OK) != 0;
}

__attribute__((constructor)) static void serve(void)
{
    const char *socket_path = getenv(SERVE);
    char bad[96], more[64];
    if (!socket_path)
        return;
    snprintf(name, sizeof name, "unix:%s", socket_path);
    const char *bind[] = {name, NULL, NULL};
    snprintf(bad, sizeof bad, "%s.more", socket_path);
    FILE *file = fopen(bad, "re");
    if (file && fgets(more, sizeof more, file))
        bind[1] = more;
    snprintf(bad, sizeof bad, "%s.bad", socket_path);
    cv_log_set_level(CV_LOG_CRITICAL + 1);
    _exit(cv_server_run(&(CvServerOptions){
        .bind = bind, .workers = 1, .handler = handle, .worker_start = worker_starts, .argument = bad}));
}

static bool is_answered(void)
{
    char heard[2000] = {0};
    int fd = say("GET /name HTTP/1.0\r\n\r\n");
    ssize_t count = read(fd, heard, sizeof heard - 1);
    close(fd);
    return count > 0 && strstr(heard, "200 OK");
}

static pid_t start_again_and_again(void)
{
    snprintf(path, sizeof path, "/tmp/cv-master-%d", (int)getpid());
    pid_t master = fork();
    if (master == 0) {
        prctl(PR_SET_PDEATHSIG, SIGKILL);
        setenv(SERVE, path, 1);
        execl("/proc/self/exe", "server", (char *)NULL);
        _exit(127);
    }
    for (int i = 0; i < 500 && access(path, F_OK) != 0; i++)
        usleep(10000);
    ck_assert(is_answered());
    return master;
}

START_TEST(workers_that_do_not_start_leave_the_old_ones_alone)
{
    pid_t master = start_again_and_again();
    char bad[96];
    snprintf(bad, sizeof bad, "%s.bad", path);
    close(open(bad, O_CREAT | O_WRONLY | O_CLOEXEC, 0600));
    kill(master, SIGHUP);
    for (int i = 0; i < 6; i++) { /* longer than it takes to give up */
        usleep(500000);
        ck_assert(is_answered());
    }
    unlink(bad);
    usleep(1000000);
    ck_assert(is_answered());
    kill(master, SIGTERM);
    (void)wait_for_end(master);
}
END_TEST

START_TEST(an_address_that_is_taken_is_no_reason_to_end)
{
    pid_t master = start_again_and_again();
    struct sockaddr_in taken = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t size = sizeof taken;
    char more[96];
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    ck_assert_int_eq(bind(fd, (const struct sockaddr *)&taken, sizeof taken), 0);
    ck_assert_int_eq(listen(fd, 1), 0);
    ck_assert_int_eq(getsockname(fd, (struct sockaddr *)&taken, &size), 0);
    snprintf(more, sizeof more, "%s.more", path);
    FILE *file = fopen(more, "we");
    fprintf(file, "127.0.0.1:%d", ntohs(taken.sin_port));
    fclose(file);
    for (int i = 0; i < 2; i++) {
        kill(master, SIGHUP);
        usleep(700000);
        ck_assert_int_eq(waitpid(master, NULL, WNOHANG), 0);
        ck_assert(is_answered());
        close(fd); /* now it can be had */
    }
    fd = socket(AF_INET, SOCK_STREAM, 0);
    ck_assert_int_eq(connect(fd, (const struct sockaddr *)&taken, sizeof taken), 0);
    close(fd);
    unlink(more);
    kill(master, SIGTERM);
    (void)wait_for_end(master);
}
END_TEST

UNIT_TESTS("server/master", a_request_under_way_keeps_what_it_was_given,
           quitting_does_not_wait_for_a_worker_that_is_stuck, workers_that_do_not_start_leave_the_old_ones_alone,
           an_address_that_is_taken_is_no_reason_to_end)
