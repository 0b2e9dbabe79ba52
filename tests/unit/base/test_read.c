/* test_read.c: reading open files: short reads, the end, errors. */
#include <errno.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/read.h"
#include "unit.h"

/* A child writes the text in two pieces, some time apart. */
static int pipe_in_pieces(const char *first, const char *second)
{
    int ends[2];
    ck_assert_int_eq(pipe(ends), 0);
    if (fork() == 0) {
        close(ends[0]);
        bool good = write(ends[1], first, strlen(first)) > 0 && usleep(20000) == 0 &&
                    write(ends[1], second, strlen(second)) > 0;
        _exit(!good);
    }
    close(ends[1]);
    return ends[0];
}

START_TEST(pieces_are_read_until_all_is_there)
{
    char bytes[8] = "";
    int file = pipe_in_pieces("abc", "defgh");
    ck_assert_uint_eq(cv_read_fully(file, bytes, 6), 6);
    ck_assert_str_eq(bytes, "abcdef");
    ck_assert_int_eq(wait(NULL) > 0, 1);
    close(file);
}
END_TEST

START_TEST(the_end_comes_without_an_error)
{
    char bytes[8] = "";
    int file = pipe_in_pieces("abc", "d");
    ck_assert_uint_eq(cv_read_fully(file, bytes, 7), 4);
    ck_assert_int_eq(errno, 0);
    ck_assert_str_eq(bytes, "abcd");
    ck_assert_uint_eq(cv_read_fully(file, bytes, 0), 0);
    ck_assert_int_eq(wait(NULL) > 0, 1);
    close(file);
}
END_TEST

START_TEST(an_error_is_told)
{
    char bytes[8];
    ck_assert_uint_eq(cv_read_fully(-1, bytes, 7), 0);
    ck_assert_int_eq(errno, EBADF);
}
END_TEST

UNIT_TESTS("base/read", pieces_are_read_until_all_is_there, the_end_comes_without_an_error, an_error_is_told)
