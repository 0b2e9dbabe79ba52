/* test.c: ./manage test: runs the site's test programs. */
#include <dirent.h>
#include <errno.h>
#include <signal.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "management/command_private.h"

static const char *tests_folder(CvArena *arena)
{
    CvSlice path = cv_slice(cv_program.path);
    ptrdiff_t slash = cv_slice_find_last(path, CV_SLICE("/"));
    return cv_arena_printf(arena, "%.*s/tests", CV_SLICE_ARG(cv_slice_range(path, 0, slash < 0 ? 0 : (size_t)slash)));
}

/* Programs of the folder `tests` beside the program whose names begin with test_, by name. */
static const char *const *find_programs(CvArena *arena)
{
    const char *folder = tests_folder(arena);
    CV_VECTOR(const char *) found = {0};
    struct dirent **entries = NULL;
    int count = scandir(folder, &entries, NULL, alphasort);
    for (int i = 0; i < count; i++) {
        const char *full = cv_arena_printf(arena, "%s/%s", folder, entries[i]->d_name);
        struct stat info;
        if (strncmp(entries[i]->d_name, "test_", 5) == 0 && stat(full, &info) == 0 && S_ISREG(info.st_mode) &&
            access(full, X_OK) == 0)
            cv_vector_push(arena, &found, full);
        free(entries[i]);
    }
    free(entries);
    cv_vector_push(arena, &found, NULL);
    return found.items;
}

static int run_program(const char *path)
{
    pid_t child = fork();
    if (child == 0) {
        execl(path, path, (char *)NULL);
        _exit(127);
    }
    int status = 0;
    pid_t ended = child;
    while (child > 0 && (ended = waitpid(child, &status, 0)) < 0 && errno == EINTR)
        continue;
    return ended > 0 && WIFEXITED(status) ? WEXITSTATUS(status) : 128;
}

static int test(CvCommandLine *line)
{
    const char *const *programs = line->count ? line->arguments : find_programs(line->arena);
    int count = 0, failed = 0;
    signal(SIGCHLD, SIG_DFL); /* where it is ignored nobody learns how a program ended */
    for (; *programs; programs++, count++) {
        int status = run_program(*programs);
        printf("%s %s\n", status == 0 ? "ok    " : "FAILED", *programs);
        fflush(stdout);
        failed += status != 0;
    }
    printf("Ran %d test program%s, %d failed.\n", count, count == 1 ? "" : "s", failed);
    if (!count)
        printf("Tests are programs that may be executed, %s/test_...\n", tests_folder(line->arena));
    return failed ? 1 : 0;
}

const CvCommand cv_test_command = {
    .name = "test",
    .summary = "Checks the site and runs its test programs (tests/test_... beside the program).",
    .usage = "[PROGRAM...]",
    .most = -1,
    .run = test,
};
