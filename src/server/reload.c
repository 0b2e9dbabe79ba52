/* reload.c: one program follows another in the master's process: the sockets stay open, the workers stay its children.
 * What has to be known crosses in the environment. */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <unistd.h>

#include "base/log.h"
#include "loop/system.h"
#include "server/private.h"

#define MASTER "CARAVAN_MASTER"
#define LISTENERS "CARAVAN_LISTENERS"
#define WORKERS "CARAVAN_WORKERS"
#define REHEARSAL "CARAVAN_REHEARSAL"
#define ARGUMENTS_MOST 4096

extern char **environ;

/* Children of the master inherit its environment too: it is meant for the process it names. */
static bool is_meant_for_us(void)
{
    int64_t master;
    const char *text = getenv(MASTER);
    return text && cv_slice_to_int64(cv_slice(text), &master) && master == getpid();
}

const char *cv_reload_listeners(void)
{
    return is_meant_for_us() ? getenv(LISTENERS) : NULL;
}

size_t cv_reload_inherit(pid_t *workers, size_t most)
{
    size_t count = 0;
    CvSlice rest = cv_slice(is_meant_for_us() ? getenv(WORKERS) : NULL), part;
    int64_t pid;
    while (rest.data && count < most && cv_slice_split(&rest, ',', &part))
        if (cv_slice_to_int64(part, &pid) && pid > 1 && pid <= INT32_MAX)
            workers[count++] = (pid_t)pid;
    return count;
}

/* Opens and closes what the running program does not listen on. */
static bool can_listen(const CvServerOptions *options)
{
    CvListeners listeners = {0};
    CvServerOptions other = *options;
    CvError error;
    for (size_t i = 0; options->bind && options->bind[i]; i++) {
        const char *one[] = {options->bind[i], NULL};
        if (cv_listeners_have(getenv(LISTENERS), cv_slice(one[0])))
            continue;
        other.bind = one;
        if (!cv_listeners_open(&listeners, &other, &error)) {
            cv_log(CV_LOG_CRITICAL, "caravan.server", "%s", error.message);
            return false;
        }
        cv_listeners_close(&listeners, true);
    }
    return true;
}

void cv_reload_end_rehearsal(const CvServerOptions *options)
{
    if (getenv(REHEARSAL))
        _exit(can_listen(options) ? 0 : 1);
}

/* The program's file, also where another has taken its name since. */
static bool own_path(char *path, size_t size)
{
    static const char gone[] = " (deleted)";
    ssize_t length = readlink("/proc/self/exe", path, size - 1);
    if (length <= 0)
        return false;
    path[length] = 0;
    if (cv_slice_ends_with(cv_slice(path), CV_SLICE(" (deleted)")))
        path[(size_t)length - (sizeof gone - 1)] = 0;
    return true;
}

/* The arguments this program was started with, in one block. */
static char **own_arguments(void)
{
    CvBuffer block = cv_buffer(NULL);
    int fd = open("/proc/self/cmdline", O_RDONLY | O_CLOEXEC);
    ssize_t count = 1;
    while (fd >= 0 && count > 0) {
        count = read(fd, cv_buffer_reserve(&block, 4096), 4096);
        if (count > 0)
            block.length += (size_t)count;
    }
    if (fd >= 0)
        close(fd);
    char **arguments = cv_malloc((ARGUMENTS_MOST + 1) * sizeof *arguments);
    size_t at = 0;
    for (size_t i = 0; i < ARGUMENTS_MOST && at < block.length; i++) {
        arguments[i] = block.data + at;
        at += strnlen(block.data + at, block.length - at) + 1;
    }
    return arguments;
}

static void unblock_signals(void)
{
    sigset_t none;
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
}

pid_t cv_reload_rehearse(const CvListeners *listeners)
{
    char path[4096];
    if (!own_path(path, sizeof path))
        return -1;
    char **arguments = own_arguments(), *text = cv_listeners_text(listeners);
    pid_t child = cv_system.fork();
    if (child == 0) {
        unsetenv(MASTER);
        setenv(REHEARSAL, "1", 1);
        setenv(LISTENERS, text, 1);
        unblock_signals();
        execv(path, arguments);
        _exit(127);
    }
    cv_free(text);
    cv_free(arguments[0]);
    cv_free(arguments);
    return child;
}

void cv_reload_exec(const CvListeners *listeners, const pid_t *workers, size_t count)
{
    char path[4096];
    if (!own_path(path, sizeof path)) {
        cv_log(CV_LOG_ERROR, "caravan.server", "The program's file is not known: %s", strerror(errno));
        return;
    }
    char **arguments = own_arguments();
    CvBuffer pids = cv_buffer(NULL);
    for (size_t i = 0; i < count; i++)
        cv_buffer_printf(&pids, "%s%d", i ? "," : "", (int)workers[i]);
    char master[24];
    snprintf(master, sizeof master, "%d", (int)getpid());
    char *text = cv_listeners_text(listeners);
    setenv(MASTER, master, 1);
    setenv(LISTENERS, text, 1);
    setenv(WORKERS, count ? cv_buffer_string(&pids) : "", 1);
    for (size_t i = 0; i < listeners->count; i++)
        (void)fcntl(listeners->items[i].watch.fd, F_SETFD, 0);
    /* Blocked signals stay blocked, so none is lost until the next program watches for them. */
    execv(path, arguments);
    cv_log(CV_LOG_ERROR, "caravan.server", "%s cannot be started again: %s", path, strerror(errno));
    for (size_t i = 0; i < listeners->count; i++)
        (void)fcntl(listeners->items[i].watch.fd, F_SETFD, FD_CLOEXEC);
    unsetenv(MASTER);
    cv_buffer_free(&pids);
    cv_free(text);
    cv_free(arguments[0]);
    cv_free(arguments);
}
