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

/* A page that nobody has; not NULL itself, which the undefined behaviour sanitizer would tell of before the fault. */
static void touch_nothing(void *argument)
{
    (void)argument;
    volatile uintptr_t nowhere = 64;
    *(volatile char *)nowhere = 1;
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
    int status = run_child(touch_nothing, text, sizeof text);
    ck_assert_ptr_null(strstr(text, "stack overflow in"));
    ck_assert(WIFSIGNALED(status) || WEXITSTATUS(status) != 77);
}
END_TEST

/* Handlers that were there before keep the faults that are no overflow. */

static void leave_with_41(int number)
{
    _exit(number == SIGSEGV ? 41 : 0);
}

static void leave_with_42(int number, siginfo_t *information, void *context)
{
    (void)context;
    _exit(number == SIGBUS && information->si_signo == SIGBUS ? 42 : 0);
}

static void raise_bus(void *argument)
{
    (void)argument;
    (void)raise(SIGBUS);
}

static int status_of(int number, const struct sigaction *earlier, void (*run)(void *))
{
    pid_t child = fork();
    if (child == 0) {
        sigaction(number, earlier, NULL);
        (void)cv_fiber_run(run, NULL, NULL, NULL);
        _exit(77);
    }
    int status;
    ck_assert_int_eq(waitpid(child, &status, 0), child);
    return status;
}

START_TEST(an_earlier_handler_is_called)
{
    int status = status_of(SIGSEGV, &(struct sigaction){.sa_handler = leave_with_41}, touch_nothing);
    ck_assert(WIFEXITED(status));
    ck_assert_int_eq(WEXITSTATUS(status), 41);
    status = status_of(SIGBUS, &(struct sigaction){.sa_sigaction = leave_with_42, .sa_flags = SA_SIGINFO}, raise_bus);
    ck_assert(WIFEXITED(status));
    ck_assert_int_eq(WEXITSTATUS(status), 42);
}
END_TEST

START_TEST(a_fault_that_was_ignored_ends_the_process)
{
    int status = status_of(SIGSEGV, &(struct sigaction){.sa_handler = SIG_IGN}, touch_nothing);
    ck_assert(WIFSIGNALED(status));
    ck_assert_int_eq(WTERMSIG(status), SIGSEGV);
}
END_TEST

static void look_at_stack(void *argument)
{
    ck_assert_int_eq(sigaltstack(NULL, argument), 0);
}

START_TEST(a_signal_stack_of_ones_own_is_kept)
{
    static char memory[65536];
    stack_t own = {.ss_sp = memory, .ss_size = sizeof memory}, seen;
    ck_assert_int_eq(sigaltstack(&own, NULL), 0);
    ck_assert(cv_fiber_run(look_at_stack, &seen, NULL, NULL));
    ck_assert_ptr_eq(seen.ss_sp, memory);
}
END_TEST

UNIT_TESTS("loop/overflow", the_overflow_names_the_view, another_fault_is_not_called_an_overflow,
           an_earlier_handler_is_called, a_fault_that_was_ignored_ends_the_process, a_signal_stack_of_ones_own_is_kept)
