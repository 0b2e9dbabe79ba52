/* Tests cv_db_interrupt(): a statement that runs, or is begun, ends; what comes after runs. */
#include <signal.h>
#include <sys/time.h>

#include "db/db.h"
#include "unit.h"

#define ENDLESS "WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c) SELECT COUNT(*) FROM c"

static int asked;

static void interrupt(int signal_number)
{
    (void)signal_number;
    asked = cv_db_interrupt();
}

static void soon(void)
{
    const struct sigaction action = {.sa_handler = interrupt, .sa_flags = SA_RESTART};
    const struct itimerval timer = {.it_value = {.tv_usec = 50 * 1000}};
    sigaction(SIGALRM, &action, NULL);
    setitimer(ITIMER_REAL, &timer, NULL);
}

static void ask(void *sql)
{
    (void)cv_query(sql);
}

static void write_in_block(void *argument)
{
    (void)argument;
    CV_ATOMIC
    {
        cv_execute_script(NULL, "INSERT INTO t VALUES (1)");
        soon();
        (void)cv_query(ENDLESS);
    }
}

static void make(void *argument)
{
    (void)argument;
    cv_execute_script(NULL, "CREATE TABLE t (a INTEGER)");
}

static void open_database(void)
{
    CvError error, *raised;
    ck_assert(cv_database_open(cv_arena(), "default", "sqlite://:memory:", NULL, &error));
    ck_assert(cv_try(make, NULL, &raised));
}

static void count_rows(void *count)
{
    *(int64_t *)count = cv_query("SELECT COUNT(*) FROM t")->items[0].list->items[0].integer;
}

static void interrupted_in(void (*work)(void *argument), const char *sql)
{
    CvError *error;
    ck_assert(!cv_try(work, (void *)(uintptr_t)sql, &error));
    ck_assert_int_eq(error->kind, CV_ERROR_OPERATIONAL);
    ck_assert_str_eq(error->message, "interrupted");
}

START_TEST(a_statement_that_runs_ends)
{
    CvError *error;
    int64_t count = -1;
    open_database();
    soon();
    interrupted_in(ask, ENDLESS);
    ck_assert_int_eq(asked, 1);
    interrupted_in(ask, "SELECT 1"); /* what the same work begins besides */
    ck_assert_int_eq(cv_db_interrupt(), 2);
    cv_db_interrupt_forget();
    ck_assert(cv_try(count_rows, &count, &error));
    ck_assert_int_eq(count, 0);
    cv_databases_close();
    ck_assert_int_eq(cv_db_interrupt(), 1); /* nothing to end */
    cv_db_interrupt_forget();
}
END_TEST

START_TEST(a_block_is_rolled_back)
{
    CvError *error;
    int64_t count = -1;
    open_database();
    interrupted_in(write_in_block, NULL);
    cv_db_interrupt_forget();
    ck_assert_msg(cv_try(count_rows, &count, &error), "%s", error->message);
    ck_assert_int_eq(count, 0);
    cv_databases_close();
}
END_TEST

UNIT_TESTS("db/interrupt", a_statement_that_runs_ends, a_block_is_rolled_back)
