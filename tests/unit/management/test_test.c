/* test_test.c: ./manage test: which programs it runs, in which order, and what it says of them. */
#include <fcntl.h>
#include <signal.h>
#include <sys/stat.h>
#include <unistd.h>

#include "unit.h"

#include "management/command_private.h"

static CvArena *arena;
static const char *folder;

static void write_file(const char *name, const char *text, mode_t mode)
{
    const char *path = cv_arena_printf(arena, "%s/%s", folder, name);
    int fd = open(path, O_CREAT | O_WRONLY | O_TRUNC, mode);
    ck_assert_int_ge(fd, 0);
    ck_assert_int_eq(write(fd, text, strlen(text)), (ssize_t)strlen(text));
    close(fd);
}

/* A site's folder with an empty folder of tests. */
static void make_site(void)
{
    arena = cv_arena_create(0);
    char *name = cv_arena_printf(arena, "/tmp/cv-test-command-XXXXXX");
    ck_assert_ptr_nonnull(mkdtemp(name));
    folder = name;
    ck_assert_int_eq(mkdir(cv_arena_printf(arena, "%s/tests", folder), 0700), 0);
    cv_program = (CvProgram){.path = cv_arena_printf(arena, "%s/manage", folder)};
}

/* Runs the command with these programs, or with none for all; what it and they print, each %s the folder. */
static int run(const char *const *programs, const char **said)
{
    int count = 0;
    while (programs && programs[count])
        count++;
    fflush(stdout);
    int before = dup(STDOUT_FILENO), file = open(folder, O_TMPFILE | O_RDWR, 0600);
    ck_assert_int_ge(file, 0);
    dup2(file, STDOUT_FILENO);
    CvCommandLine line = {.arena = arena, .command = &cv_test_command, .count = count, .arguments = programs};
    int status = cv_test_command.run(&line);
    fflush(stdout);
    dup2(before, STDOUT_FILENO);
    char text[4096];
    ssize_t length = pread(file, text, sizeof text - 1, 0);
    ck_assert_int_ge(length, 0);
    *said = cv_arena_printf(arena, "%.*s", (int)length, text);
    return status;
}

static void clean_up(void)
{
    ck_assert_int_eq(system(cv_arena_printf(arena, "rm -rf %s", folder)), 0);
    cv_arena_destroy(arena);
}

#define SCRIPT "#!/bin/sh\n"

START_TEST(programs_run_by_name)
{
    const char *said;
    make_site();
    write_file("tests/test_b", SCRIPT "echo b\n", 0700);
    write_file("tests/test_a", SCRIPT "echo a\n", 0700);
    write_file("tests/test_notes.txt", SCRIPT "echo no program\n", 0600);
    write_file("tests/helper", SCRIPT "echo no test\n", 0700);
    write_file("test_outside", SCRIPT "echo elsewhere\n", 0700);
    ck_assert_int_eq(mkdir(cv_arena_printf(arena, "%s/tests/test_folder", folder), 0700), 0);
    ck_assert_int_eq(run(NULL, &said), 0);
    ck_assert_str_eq(said, cv_arena_printf(arena,
                                           "a\nok     %s/tests/test_a\nb\nok     %s/tests/test_b\n"
                                           "Ran 2 test programs, 0 failed.\n",
                                           folder, folder));
    clean_up();
}
END_TEST

START_TEST(a_failure_is_told_and_the_rest_still_runs)
{
    const char *said;
    make_site();
    write_file("tests/test_a", SCRIPT "exit 3\n", 0700);
    write_file("tests/test_b", SCRIPT "kill -KILL $$\n", 0700);
    write_file("tests/test_c",
               "\x7f"
               "ELF but not really",
               0700);
    write_file("tests/test_d", SCRIPT "exit 0\n", 0700);
    ck_assert_int_eq(run(NULL, &said), 1);
    ck_assert_str_eq(said, cv_arena_printf(arena,
                                           "FAILED %s/tests/test_a\nFAILED %s/tests/test_b\nFAILED %s/tests/test_c\n"
                                           "ok     %s/tests/test_d\nRan 4 test programs, 3 failed.\n",
                                           folder, folder, folder, folder));
    clean_up();
}
END_TEST

START_TEST(named_programs_alone)
{
    const char *said;
    make_site();
    write_file("tests/test_a", SCRIPT "exit 1\n", 0700);
    write_file("one", SCRIPT "exit 0\n", 0700);
    const char *one = cv_arena_printf(arena, "%s/one", folder), *none = cv_arena_printf(arena, "%s/none", folder);
    ck_assert_int_eq(run((const char *const[]){one, NULL}, &said), 0);
    ck_assert_str_eq(said, cv_arena_printf(arena, "ok     %s\nRan 1 test program, 0 failed.\n", one));
    ck_assert_int_eq(run((const char *const[]){none, NULL}, &said), 1);
    ck_assert_str_eq(said, cv_arena_printf(arena, "FAILED %s\nRan 1 test program, 1 failed.\n", none));
    clean_up();
}
END_TEST

START_TEST(no_tests_are_no_failure)
{
    const char *said;
    make_site();
    const char *none = cv_arena_printf(
        arena, "Ran 0 test programs, 0 failed.\nTests are programs that may be executed, %s/tests/test_...\n", folder);
    ck_assert_int_eq(run(NULL, &said), 0);
    ck_assert_str_eq(said, none);
    ck_assert_int_eq(rmdir(cv_arena_printf(arena, "%s/tests", folder)), 0);
    ck_assert_int_eq(run(NULL, &said), 0);
    ck_assert_str_eq(said, none);
    clean_up();
}
END_TEST

START_TEST(who_ignores_its_children_learns_of_them_too)
{
    const char *said;
    make_site();
    write_file("tests/test_a", SCRIPT "exit 0\n", 0700);
    signal(SIGCHLD, SIG_IGN);
    ck_assert_int_eq(run(NULL, &said), 0);
    signal(SIGCHLD, SIG_DFL);
    clean_up();
}
END_TEST

UNIT_TESTS("management/test", programs_run_by_name, a_failure_is_told_and_the_rest_still_runs, named_programs_alone,
           no_tests_are_no_failure, who_ignores_its_children_learns_of_them_too)
