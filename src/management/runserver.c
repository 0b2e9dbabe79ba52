/* runserver.c: ./manage runserver: serves while the site is being written; builds and starts again when a source
 * changes.
 *
 * The process that was started watches; the site runs in a child, started anew from the program's file after a build
 * that went well. A build that fails leaves the old one running. */
#include <errno.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "management/command_private.h"
#include "management/sources_private.h"
#include "server/server.h"

static volatile sig_atomic_t stopped;

static void on_stop(int number)
{
    stopped = number;
}

static void catch_signals(void)
{
    struct sigaction action = {.sa_handler = on_stop};
    sigaction(SIGINT, &action, NULL);
    sigaction(SIGTERM, &action, NULL);
    sigaction(SIGHUP, &action, NULL);
}

/* The child serves; it ends with its parent. */
static pid_t start_child(const char *bind)
{
    fflush(stdout);
    pid_t parent = getpid(), child = fork();
    if (child != 0)
        return child;
    struct sigaction normal = {.sa_handler = SIG_DFL};
    sigaction(SIGINT, &normal, NULL);
    sigaction(SIGTERM, &normal, NULL);
    sigaction(SIGHUP, &normal, NULL);
    prctl(PR_SET_PDEATHSIG, SIGTERM);
    if (getppid() != parent)
        _exit(1);
    execl(cv_program.path, cv_program.argv[0], "runserver", "--noreload", bind, (char *)NULL);
    fprintf(stderr, "error: cannot start %s: %s\n", cv_program.path, strerror(errno));
    _exit(127);
}

static void stop_child(pid_t child)
{
    if (child <= 0)
        return;
    kill(child, SIGTERM);
    for (int i = 0; i < 300; i++) {
        if (waitpid(child, NULL, WNOHANG) != 0)
            return;
        usleep(10000);
    }
    kill(child, SIGKILL);
    waitpid(child, NULL, 0);
}

static void say_how_it_ended(int status)
{
    if (WIFSIGNALED(status))
        fprintf(stderr, "The site ended by signal %d (%s). It starts again when a source changes.\n", WTERMSIG(status),
                strsignal(WTERMSIG(status)));
    else
        fprintf(stderr, "The site ended with status %d. It starts again when a source changes.\n", WEXITSTATUS(status));
}

static int64_t program_time(void)
{
    struct stat info;
    return stat(cv_program.path, &info) == 0 ? info.st_mtim.tv_sec * 1000000000 + info.st_mtim.tv_nsec : 0;
}

static int supervise(CvCommandLine *line, const char *bind)
{
    const char *command = cv_build_command(line->arena), *changed;
    CvSources *watch = cv_sources_open(cv_settings()->base_dir);
    if (!watch)
        fprintf(stderr, "Changes cannot be watched: %s\n", strerror(errno));
    if (!command)
        fprintf(stderr, "No build command is known: set BUILD_COMMAND to have the site built when a source changes.\n");
    catch_signals();
    printf("Watching %s. Stop with Control-C.\n", cv_settings()->base_dir);
    int64_t started_from = program_time();
    pid_t child = start_child(bind);
    while (!stopped) {
        int status;
        if (child > 0 && waitpid(child, &status, WNOHANG) == child) {
            child = 0;
            say_how_it_ended(status);
        }
        changed = watch ? cv_sources_wait(watch, 200) : (usleep(200000), NULL);
        if (!changed || stopped)
            continue;
        printf("%s changed.\n", changed);
        fflush(stdout);
        if (command && !cv_build_site(command, &stopped)) {
            fprintf(stderr, "The build failed; %s.\n",
                    child > 0 ? "the old program keeps serving" : "nothing is being served");
            continue;
        }
        if (child > 0 && program_time() == started_from)
            continue;
        started_from = program_time();
        stop_child(child);
        child = start_child(bind);
    }
    stop_child(child);
    cv_sources_close(watch);
    return 0;
}

/* PORT, HOST:PORT, HOST: with Django's default port. */
static const char *address(CvArena *arena, const char *given)
{
    if (!given)
        return "127.0.0.1:8000";
    uint64_t port;
    if (cv_slice_to_uint64(cv_slice(given), &port))
        return cv_arena_printf(arena, "127.0.0.1:%s", given);
    CvSlice text = cv_slice(given);
    ptrdiff_t colon = cv_slice_find_last(text, CV_SLICE(":"));
    if (colon < 0 || cv_slice_ends_with(text, CV_SLICE("]")))
        return cv_arena_printf(arena, "%s:8000", given);
    return given;
}

static int runserver(CvCommandLine *line)
{
    const char *bind = address(line->arena, line->count ? line->arguments[0] : NULL);
    if (!cv_server_can_bind(bind)) {
        cv_say_error("'%s' is no address: it is PORT, HOST:PORT, [IPV6]:PORT or HOST.", line->arguments[0]);
        return 2;
    }
    if (!cv_command_option(line, "--noreload"))
        return supervise(line, bind);
    if (!cv_run_checks(line->arena, false, true))
        return 1;
    cv_warn_unapplied(line->arena);
    return cv_serve_site(line->arena, bind, 1, true);
}

const CvCommand cv_runserver_command = {
    .name = "runserver",
    .summary = "Serves the site while it is being written; builds and starts it again when a source changes.",
    .usage = "[HOST:PORT]",
    .details = "DEBUG is on unless the environment says DEBUG=0. Templates are read again by themselves. The build "
               "command is\n"
               "the one that the build recorded, BUILD_COMMAND, or make where BASE_DIR has a Makefile.",
    .most = 1,
    .options = (const CvCommandOption[]){{"--noreload", NULL, "Only serve: do not watch, do not build."}, {0}},
    .unchecked = true,
    .debug = true,
    .run = runserver,
};
