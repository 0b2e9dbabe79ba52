/* build.c: the command that builds the site's program, and calling it, one at a time. */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/file.h>
#include <sys/wait.h>
#include <unistd.h>

#include "management/migrations_private.h"

const char *cv_build_command(CvArena *arena)
{
    const CvSettings *settings = cv_settings();
    if (settings->build_command && *settings->build_command)
        return settings->build_command;
    if (access(cv_arena_printf(arena, "%s/Makefile", settings->base_dir), R_OK) == 0)
        return cv_arena_printf(arena, "make -s -C '%s'", settings->base_dir);
    return NULL;
}

/* One build at a time: makemigrations and a runserver that sees its files would build the same things. Gives the
 * descriptor that holds the lock; -1: there is none, or a signal came. */
static int lock_builds(const volatile sig_atomic_t *stopped)
{
    int folder = open(cv_settings()->base_dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    while (folder >= 0 && flock(folder, LOCK_EX) != 0)
        if (errno != EINTR || (stopped && *stopped))
            break;
    return folder;
}

static bool run_build(const char *command, const volatile sig_atomic_t *stopped)
{
    fflush(stdout);
    pid_t child = fork();
    if (child == 0) {
        if (stopped)
            setpgid(0, 0);
        dup2(STDERR_FILENO, STDOUT_FILENO);
        execl("/bin/sh", "sh", "-c", command, (char *)NULL);
        _exit(127);
    }
    int status = 0;
    while (child > 0 && waitpid(child, &status, 0) < 0)
        if (stopped && *stopped)
            kill(-child, SIGTERM);
    return child > 0 && WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

bool cv_build_site(const char *command, const volatile sig_atomic_t *stopped)
{
    int lock = lock_builds(stopped);
    bool built = !(stopped && *stopped) && run_build(command, stopped);
    if (lock >= 0)
        close(lock);
    return built;
}

bool cv_build_migrations(CvArena *arena, FILE *log, int verbosity)
{
    const char *command = cv_build_command(arena);
    if (!command) {
        fprintf(stderr, "No build command is known: build the program again before you migrate.\n");
        return true;
    }
    if (verbosity)
        fprintf(log, "Building the program with them: %s\n", command);
    fflush(log);
    signal(SIGCHLD, SIG_DFL); /* where it is ignored nobody learns how the build ended */
    if (cv_build_site(command, NULL))
        return true;
    cv_say_error("The build failed. The migrations are written; they take effect when the program is built.");
    return false;
}
