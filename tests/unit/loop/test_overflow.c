/* test_overflow.c: a fiber that runs out of stack ends the process, and says which one it was. */
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include "loop/loop.h"
#include "unit.h"

static int fall(int depth)
{
    volatile char frame[512];
    frame[depth & 511] = 1;
    return depth < 0 ? 0 : fall(depth + 1) + frame[0];
}

static void fall_down(void *argument)
{
    (void)argument;
    cv_fiber_set_label("book_detail");
    _exit(fall(0) & 1);
}

static void touch_null(void *argument)
{
    (void)argument;
    volatile char *nothing = NULL;
    *nothing = 1;
}

/* Runs it in a child; its status, and what it wrote to standard error. */
static int run_child(void (*run)(void *), char *text, size_t size)
{
    int ends[2];
    ck_assert_int_eq(pipe(ends), 0);
    pid_t child = fork();
    if (child == 0) {
        dup2(ends[1], STDERR_FILENO);
        (void)cv_fiber_run(run, NULL, NULL, NULL);
        _exit(77);
    }
    close(ends[1]);
    size_t length = 0;
    ssize_t count;
    while (length < size - 1 && (count = read(ends[0], text + length, size - 1 - length)) > 0)
        length += (size_t)count;
    text[length] = 0;
    close(ends[0]);
    int status;
    ck_assert_int_eq(waitpid(child, &status, 0), child);
    return status;
}

START_TEST(the_overflow_names_the_view)
{
    char text[4096];
    int status = run_child(fall_down, text, sizeof text);
    ck_assert_ptr_nonnull(strstr(text, "fiber stack overflow in book_detail\n"));
#if !CV_ASAN
    ck_assert(WIFSIGNALED(status));
    ck_assert_int_eq(WTERMSIG(status), SIGSEGV);
#else
    ck_assert(!WIFEXITED(status) || WEXITSTATUS(status) != 77);
#endif
}
END_TEST

START_TEST(another_fault_is_not_called_an_overflow)
{
    char text[4096];
    int status = run_child(touch_null, text, sizeof text);
    ck_assert_ptr_null(strstr(text, "stack overflow in"));
    ck_assert(WIFSIGNALED(status) || WEXITSTATUS(status) != 77);
}
END_TEST

UNIT_TESTS("loop/overflow", the_overflow_names_the_view, another_fault_is_not_called_an_overflow)
