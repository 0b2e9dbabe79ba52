/* Tests db/transaction.h: commits at every exit, roll-backs, savepoints, fibers that wait for each other. */
#include <pthread.h>
#include <sqlite3.h>
#include <sys/stat.h>
#include <unistd.h>

#include "db/db.h"
#include "db/session.h"
#include "loop/loop.h"
#include "unit.h"

static char path[64];
static int ran;

static int64_t rows(void)
{
    return cv_query("SELECT COUNT(*) FROM t")->items[0].list->items[0].integer;
}

static void prepare(void *argument)
{
    (void)argument;
    cv_execute_script(NULL, "CREATE TABLE p (id INTEGER PRIMARY KEY);"
                            "CREATE TABLE t (a INTEGER REFERENCES p (id) DEFERRABLE INITIALLY DEFERRED)");
}

static void setup(void)
{
    CvError error, *raised;
    snprintf(path, sizeof path, "/tmp/cv-test-%d.db", (int)getpid());
    ck_assert(cv_database_open(cv_arena(), "default", cv_printf("sqlite:///%s?timeout=1", path), NULL, &error));
    ck_assert_msg(cv_try(prepare, NULL, &raised), "%s", raised->message);
}

static void teardown(void)
{
    cv_databases_close();
    unlink(path);
    unlink(cv_printf("%s-wal", path));
    unlink(cv_printf("%s-shm", path));
}

/* A test whose body may raise; on a file of its own. */
#define FILE_TEST(name)                                         \
    static void body_of_##name(void *argument);                 \
    START_TEST(name)                                            \
    {                                                           \
        CvError *raised;                                        \
        setup();                                                \
        bool good = cv_try(body_of_##name, NULL, &raised);      \
        teardown();                                             \
        ck_assert_msg(good, "%s", good ? "" : raised->message); \
    }                                                           \
    END_TEST                                                    \
    static void body_of_##name(void *argument __attribute__((unused)))

static int returns_out(void)
{
    CV_ATOMIC
    {
        cv_execute("INSERT INTO t VALUES (NULL)");
        return 1;
    }
    return 0;
}

FILE_TEST(every_normal_exit_commits)
{
    CV_ATOMIC
    {
        ck_assert(cv_in_atomic());
        cv_execute("INSERT INTO t VALUES (NULL)");
    }
    ck_assert(!cv_in_atomic());
    ck_assert_int_eq(rows(), 1);
    ck_assert_int_eq(returns_out(), 1);
    ck_assert_int_eq(rows(), 2);
    for (int i = 0; i < 3; i++)
        CV_ATOMIC
        {
            cv_execute("INSERT INTO t VALUES (NULL)");
            if (i == 1)
                break;
        }
    ck_assert(!cv_in_atomic());
    ck_assert_int_eq(rows(), 5);
}

static void raises_inside(void *argument)
{
    (void)argument;
    CV_ATOMIC
    {
        cv_execute("INSERT INTO t VALUES (NULL)");
        CV_ATOMIC
        {
            cv_execute("INSERT INTO t VALUES (NULL)");
            cv_raise(CV_ERROR_ERROR, "no");
        }
    }
}

FILE_TEST(a_raise_rolls_back)
{
    CvError *raised;
    ck_assert(!cv_try(raises_inside, NULL, &raised));
    ck_assert(!cv_in_atomic());
    ck_assert_int_eq(rows(), 0);
    CV_ATOMIC
    {
        cv_execute("INSERT INTO t VALUES (NULL)");
        ck_assert(!cv_try(raises_inside, NULL, &raised)); /* a savepoint: what came before stays */
        cv_execute("INSERT INTO t VALUES (NULL)");
    }
    ck_assert_int_eq(rows(), 2);
}

FILE_TEST(rollback_can_be_asked_for)
{
    CV_ATOMIC
    {
        cv_execute("INSERT INTO t VALUES (NULL)");
        CV_ATOMIC
        {
            cv_execute("INSERT INTO t VALUES (NULL)");
            cv_set_rollback();
        }
        ck_assert_int_eq(rows(), 1);
    }
    ck_assert_int_eq(rows(), 1);
}

static void hook(void *argument)
{
    (void)argument;
    ran++;
}

FILE_TEST(hooks_run_after_the_commit)
{
    CvError *raised;
    cv_on_commit(hook, NULL);
    ck_assert_int_eq(ran, 1);
    CV_ATOMIC
    {
        CV_ATOMIC
        {
            cv_on_commit(hook, NULL);
        }
        CV_ATOMIC
        {
            cv_on_commit(hook, NULL);
            cv_set_rollback();
        }
        ck_assert_int_eq(ran, 1);
    }
    ck_assert_int_eq(ran, 2);
    ck_assert(!cv_try(raises_inside, NULL, &raised));
    ck_assert_int_eq(ran, 2);
}

static void breaks_reference(void *argument)
{
    (void)argument;
    CV_ATOMIC
    {
        cv_execute("INSERT INTO t VALUES (99)");
    }
}

static void leaves_broken(void)
{
    CV_ATOMIC
    {
        cv_execute("INSERT INTO t VALUES (99)");
        return;
    }
}

FILE_TEST(a_commit_that_fails_is_told)
{
    CvError *raised;
    ck_assert(!cv_try(breaks_reference, NULL, &raised));
    ck_assert_int_eq(raised->kind, CV_ERROR_INTEGRITY);
    ck_assert_int_eq(rows(), 0);
    cv_db_request_begin();
    ck_assert_ptr_null(cv_db_failed_commit());
    leaves_broken();
    ck_assert_ptr_nonnull(cv_db_failed_commit());
    ck_assert_int_eq(cv_db_failed_commit()->kind, CV_ERROR_INTEGRITY);
    cv_db_request_end();
    ck_assert_int_eq(rows(), 0);
}

FILE_TEST(reads_see_what_was_written)
{
    cv_db_request_begin();
    ck_assert_int_eq(rows(), 0);
    cv_execute("INSERT INTO t VALUES (NULL)");
    ck_assert_int_eq(rows(), 1);
    CV_ATOMIC
    {
        cv_execute("INSERT INTO t VALUES (NULL)");
        ck_assert_int_eq(rows(), 2);
    }
    ck_assert_int_eq(rows(), 2);
    cv_db_request_end();
}

static void writer(void *argument)
{
    cv_db_request_begin();
    CV_ATOMIC
    {
        int64_t before = rows();
        cv_execute("INSERT INTO t VALUES (NULL)");
        cv_sleep(5); /* others wait in line, parked */
        ck_assert_int_eq(rows(), before + 1);
    }
    cv_db_request_end();
    ++*(int *)argument;
}

static void reader(void *argument)
{
    cv_db_request_begin();
    for (int i = 0; i < 5; i++) {
        ck_assert_int_ge(rows(), 0);
        cv_sleep(2);
    }
    cv_db_request_end();
    ++*(int *)argument;
}

FILE_TEST(fibers_write_one_after_the_other)
{
    int done = 0;
    for (int i = 0; i < 8; i++) {
        ck_assert_ptr_nonnull(cv_fiber_spawn(writer, &done, NULL));
        ck_assert_ptr_nonnull(cv_fiber_spawn(reader, &done, NULL));
    }
    cv_loop_run();
    ck_assert_int_eq(done, 16);
    ck_assert_int_eq(rows(), 8);
}

static void insert(void *argument)
{
    (void)argument;
    cv_execute("INSERT INTO t VALUES (NULL)");
}

FILE_TEST(another_process_is_waited_for)
{
    CvError error, *raised;
    ck_assert(cv_database_open(cv_arena(), "other", cv_printf("sqlite:///%s?timeout=0", path), NULL, &error));
    CV_ATOMIC_IN("other")
    {
        cv_execute_of("other", "INSERT INTO t VALUES (NULL)", 0, NULL);
        uint64_t before = cv_monotonic_ms();
        ck_assert(!cv_try(insert, NULL, &raised));
        ck_assert_int_eq(raised->kind, CV_ERROR_OPERATIONAL);
        ck_assert_str_eq(raised->message, "database is locked");
        ck_assert_uint_ge(cv_monotonic_ms() - before, 900);
        ck_assert_int_eq(rows(), 0); /* readers are not kept waiting */
    }
    insert(NULL);
    ck_assert_int_eq(rows(), 2);
}

static void insert_or_roll_back(void *argument)
{
    (void)argument;
    cv_execute("INSERT OR ROLLBACK INTO p VALUES (1)");
}

static void goes_on_after_it(void *argument)
{
    CvError *raised;
    CV_ATOMIC
    {
        cv_execute("INSERT INTO p VALUES (1)");
        CV_ATOMIC
        {
            ck_assert(!cv_try(insert_or_roll_back, NULL, &raised));
            *(bool *)argument = cv_try(insert, NULL, &raised);
        }
    }
}

/* Where the database itself has ended the transaction, what comes after must not be written on its own. */
FILE_TEST(nothing_is_written_after_the_database_rolled_back)
{
    CvError *raised;
    bool went_on = true;
    ck_assert(!cv_try(goes_on_after_it, &went_on, &raised));
    ck_assert_int_eq(raised->kind, CV_ERROR_TRANSACTION_MANAGEMENT);
    ck_assert(!went_on);
    ck_assert(!cv_in_atomic());
    ck_assert_int_eq(rows(), 0);
    insert(NULL);
    ck_assert_int_eq(rows(), 1);
}

FILE_TEST(hooks_wait_for_their_own_database)
{
    CvError error;
    ran = 0;
    ck_assert(cv_database_open(cv_arena(), "other", "sqlite://:memory:", NULL, &error));
    CV_ATOMIC
    {
        CV_ATOMIC_IN("other")
        {
            CV_ATOMIC
            {
                cv_on_commit(hook, NULL);
            }
        }
        ck_assert_int_eq(ran, 0); /* the other one has committed, this one not */
    }
    ck_assert_int_eq(ran, 1);
}

static void ask_and_write(void *argument)
{
    (void)argument;
    cv_query("INSERT INTO t VALUES (NULL) RETURNING a");
}

FILE_TEST(nothing_is_written_through_the_shared_reader)
{
    CvError *raised;
    ck_assert(!cv_try(ask_and_write, NULL, &raised));
    ck_assert_int_eq(rows(), 0);
    CV_ATOMIC
    {
        ask_and_write(NULL);
    }
    ck_assert_int_eq(rows(), 1);
}

static void raises_in_another_arena(void *argument)
{
    CV_IN_ARENA (argument) {
        CV_ATOMIC
        {
            cv_execute("INSERT INTO t VALUES (NULL)");
            cv_raise(CV_ERROR_ERROR, "no");
        }
    }
}

FILE_TEST(a_raise_rolls_back_what_began_in_another_arena)
{
    CvError *raised;
    CvArena *other = cv_arena_create(0);
    ck_assert(!cv_try(raises_in_another_arena, other, &raised));
    ck_assert(!cv_in_atomic());
    ck_assert_int_eq(rows(), 0);
    cv_arena_destroy(other);
    insert(NULL);
    ck_assert_int_eq(rows(), 1);
}

static void long_reader(void *argument)
{
    *(bool *)argument = true;
    ck_assert_uint_eq(cv_query("SELECT a FROM t")->count, 5000);
    *(bool *)argument = false;
}

static void write_beside(void *argument)
{
    ck_assert(*(bool *)argument); /* while the other has a part of its rows */
    cv_db_request_begin();
    insert(NULL);
    ck_assert_int_eq(rows(), 5001);
    cv_db_request_end();
}

FILE_TEST(own_writes_are_seen_while_another_fiber_reads)
{
    bool reading = false;
    CV_ATOMIC
    {
        for (int i = 0; i < 5000; i++)
            insert(NULL);
    }
    ck_assert_ptr_nonnull(cv_fiber_spawn(long_reader, &reading, NULL));
    ck_assert_ptr_nonnull(cv_fiber_spawn(write_beside, &reading, NULL));
    cv_loop_run();
    ck_assert(!reading);
    ck_assert_int_eq(rows(), 5001);
}

/* What it has begun to read goes on for a while: a page on its way to a slow client. */
static void slow_reader(void *argument)
{
    CvFetch fetch;
    CvSqlText text = cv_sql_text("SELECT a FROM t");
    cv_db_request_begin();
    cv_fetch_begin(&fetch, cv_database(NULL), &text, 0, NULL, cv_arena());
    int64_t count = 0;
    while (cv_fetch_step(&fetch))
        if (++count == 1)
            while (*(bool *)argument)
                cv_sleep(1);
    cv_fetch_end(&fetch);
    ck_assert_int_eq(count, 3); /* as it was when it began */
    cv_db_request_end();
}

static void read_beside(void *argument)
{
    uint64_t start = cv_monotonic_ms();
    cv_db_request_begin();
    insert(NULL);
    ck_assert_int_eq(rows(), 4);
    cv_sleep(1);
    cv_execute_of("other", "INSERT INTO t VALUES (NULL)", 0, NULL); /* as another process does it */
    ck_assert_int_eq(rows(), 5);
    cv_db_request_end();
    ck_assert_uint_lt(cv_monotonic_ms() - start, 900); /* the timeout is a second */
    *(bool *)argument = false;
}

FILE_TEST(a_long_result_holds_up_nobody)
{
    CvError error;
    bool reading = true;
    ck_assert(cv_database_open(cv_arena(), "other", cv_printf("sqlite:///%s?timeout=0", path), NULL, &error));
    for (int i = 0; i < 3; i++)
        insert(NULL);
    ck_assert_ptr_nonnull(cv_fiber_spawn(slow_reader, &reading, NULL));
    ck_assert_ptr_nonnull(cv_fiber_spawn(read_beside, &reading, NULL));
    cv_loop_run();
    ck_assert_int_eq(rows(), 5);
}

static void many_slow_readers(void *argument)
{
    CvFetch *fetches = argument;
    CvSqlText text = cv_sql_text("SELECT a FROM t");
    for (int i = 0; i < 65; i++) {
        cv_fetch_begin(&fetches[i], cv_database(NULL), &text, 0, NULL, cv_arena());
        ck_assert(cv_fetch_step(&fetches[i]));
        insert(NULL); /* each is left behind with the state before */
    }
}

FILE_TEST(long_results_are_bounded)
{
    CvError *raised;
    CvFetch fetches[65] = {0};
    insert(NULL);
    ck_assert(!cv_try(many_slow_readers, fetches, &raised));
    ck_assert_int_eq(raised->kind, CV_ERROR_OPERATIONAL);
    ck_assert_ptr_nonnull(fetches[63].running);
    ck_assert_ptr_null(fetches[64].running);
    cv_fetch_end(&fetches[10]);
    ck_assert_int_eq(rows(), 65);
    for (int i = 0; i < 64; i++)
        cv_fetch_end(&fetches[i]);
}

static void write_one(void *argument)
{
    (void)argument;
    cv_execute("CREATE TABLE IF NOT EXISTS t (a)");
}

static void write_in_transaction(void *argument)
{
    CV_ATOMIC
    {
        write_one(argument);
    }
}

/* Who cannot write does not keep others from it. */
START_TEST(the_writer_is_given_back_where_it_fails)
{
    static void (*const ways[])(void *argument) = {write_one, write_in_transaction};
    CvError error, *raised;
    char folder[64];
    snprintf(folder, sizeof folder, "/tmp/cv-test-%d.folder", (int)getpid());
    for (size_t i = 0; i < CV_COUNT_OF(ways); i++) {
        ck_assert(cv_database_open(cv_arena(), "default", cv_printf("sqlite:///%s/x.db", folder), NULL, &error));
        ck_assert(!cv_try(ways[i], NULL, &raised));
        ck_assert_ptr_nonnull(strstr(raised->message, "cannot open"));
        ck_assert_int_eq(mkdir(folder, 0700), 0);
        bool good = cv_try(ways[i], NULL, &raised);
        cv_databases_close();
        unlink(cv_printf("%s/x.db", folder));
        unlink(cv_printf("%s/x.db-wal", folder));
        unlink(cv_printf("%s/x.db-shm", folder));
        ck_assert_int_eq(rmdir(folder), 0);
        ck_assert_msg(good, "%s", good ? "" : raised->message);
    }
}
END_TEST

static void locks_it(void *argument)
{
    sqlite3 *other = argument;
    ck_assert_int_eq(sqlite3_exec(other,
                                  "PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = DELETE;"
                                  "BEGIN EXCLUSIVE; CREATE TABLE u (a); INSERT INTO u VALUES (1)",
                                  NULL, NULL, NULL),
                     SQLITE_OK);
}

static void reads_what_is_new(void *argument)
{
    cv_db_request_begin();
    *(int64_t *)argument = cv_query("SELECT COUNT(*) FROM u")->items[0].list->items[0].integer;
    cv_db_request_end();
}

static void lets_go(void *argument)
{
    cv_sleep(50);
    ck_assert_int_eq(sqlite3_exec(argument, "COMMIT; PRAGMA locking_mode = NORMAL; SELECT * FROM t", NULL, NULL, NULL),
                     SQLITE_OK);
}

/* Preparing reads the schema: another process that has the file to itself is waited for, parked, or told of. */
FILE_TEST(a_query_waits_for_who_has_the_file_to_himself)
{
    CvError error, *raised;
    sqlite3 *other;
    int64_t count = 0;
    cv_databases_close();
    ck_assert_int_eq(sqlite3_open(path, &other), SQLITE_OK);
    locks_it(other);
    ck_assert(cv_database_open(cv_arena(), "default", cv_printf("sqlite:///%s?timeout=1", path), NULL, &error));
    uint64_t before = cv_monotonic_ms();
    ck_assert(!cv_try(reads_what_is_new, &count, &raised));
    cv_db_request_end();
    ck_assert_int_eq(raised->kind, CV_ERROR_OPERATIONAL);
    ck_assert_str_eq(raised->message, "database is locked");
    ck_assert_uint_ge(cv_monotonic_ms() - before, 900);
    cv_databases_close();
    ck_assert(cv_database_open(cv_arena(), "default", cv_printf("sqlite:///%s?timeout=5", path), NULL, &error));
    ck_assert_ptr_nonnull(cv_fiber_spawn(reads_what_is_new, &count, NULL));
    ck_assert_ptr_nonnull(cv_fiber_spawn(lets_go, other, NULL)); /* it runs while the first one waits */
    cv_loop_run();
    sqlite3_close(other);
    ck_assert_int_eq(count, 1);
}

static void reads_on(void *argument)
{
    (void)argument;
    (void)rows();
}

static void hook_from_within(void *argument)
{
    (void)argument;
    CV_ATOMIC
    {
        cv_on_commit(hook, NULL);
    }
}

/* Who is told to roll back may not ask any more, as in Django. */
FILE_TEST(a_block_that_will_be_rolled_back_answers_nothing)
{
    CvError *raised;
    CV_ATOMIC
    {
        CV_ATOMIC
        {
            cv_set_rollback();
            ck_assert(!cv_try(reads_on, NULL, &raised));
            ck_assert_int_eq(raised->kind, CV_ERROR_TRANSACTION_MANAGEMENT);
            ck_assert(!cv_try(insert, NULL, &raised));
            ck_assert(!cv_try(hook_from_within, NULL, &raised));
        }
        ck_assert_int_eq(rows(), 0);
        insert(NULL);
    }
    ck_assert_int_eq(rows(), 1);
}

static void set_rollback(void *argument)
{
    (void)argument;
    cv_set_rollback();
}

FILE_TEST(rollback_is_asked_for_in_a_block)
{
    CvError *raised;
    ck_assert(!cv_try(set_rollback, NULL, &raised));
    ck_assert_str_eq(raised->message, "The rollback flag doesn't work outside of an 'atomic' block.");
}

/* The inner block's own arena is gone when the outer one commits. */
FILE_TEST(hooks_outlive_the_block_that_made_them)
{
    CvError *raised;
    ran = 0;
    CV_ATOMIC
    {
        CvArena *other = cv_arena_create(0);
        CV_IN_ARENA (other)
            ck_assert(cv_try(hook_from_within, NULL, &raised));
        cv_arena_destroy(other);
    }
    ck_assert_int_eq(ran, 1);
}

static void failing_hook(void *argument)
{
    (void)argument;
    cv_raise(CV_ERROR_ERROR, "no");
}

static char order[16], letters[] = "a\0b\0c\0d\0e";

static void note(void *argument)
{
    size_t length = strlen(order);
    snprintf(order + length, sizeof order - length, "%s", (const char *)argument);
}

static void hooks_one_of_which_fails(void *argument)
{
    CV_ATOMIC
    {
        cv_on_commit(note, letters);
        CV_ATOMIC
        {
            cv_on_commit(note, letters + 2);
            cv_on_commit(note, letters + 4);
        }
        cv_on_commit(argument ? failing_hook : note, letters + 6);
        cv_on_commit(note, letters + 8);
        insert(NULL);
    }
}

/* In the order they were given; one that fails ends the rest, but the transaction is committed. */
FILE_TEST(hooks_run_in_their_order)
{
    CvError *raised;
    order[0] = '\0';
    hooks_one_of_which_fails(NULL);
    ck_assert_str_eq(order, "abcde");
    order[0] = '\0';
    ck_assert(!cv_try(hooks_one_of_which_fails, order, &raised));
    ck_assert_str_eq(order, "abc");
    ck_assert_int_eq(rows(), 2);
}

static void durable_inside(void *argument)
{
    (void)argument;
    CV_ATOMIC
    {
        CV_ATOMIC_WITH(.durable = true)
        {
            ck_abort();
        }
    }
}

FILE_TEST(durable_blocks_are_outermost)
{
    CvError *raised;
    CV_ATOMIC_WITH(.durable = true)
    {
        cv_execute("INSERT INTO t VALUES (NULL)");
    }
    ck_assert_int_eq(rows(), 1);
    ck_assert(!cv_try(durable_inside, NULL, &raised));
    ck_assert_str_eq(raised->message, "A durable atomic block cannot be nested within another atomic block.");
    ck_assert(!cv_in_atomic());
}

static void raises_in_joined(void *argument)
{
    (void)argument;
    CV_ATOMIC_WITH(.no_savepoint = true)
    {
        cv_execute("INSERT INTO t VALUES (NULL)");
        cv_raise(CV_ERROR_ERROR, "no");
    }
}

static void writes_after_broken(void *argument)
{
    CvError *raised;
    (void)argument;
    CV_ATOMIC
    {
        cv_execute("INSERT INTO t VALUES (NULL)");
        ck_assert(!cv_try(raises_in_joined, NULL, &raised));
        cv_execute("INSERT INTO t VALUES (NULL)");
    }
}

FILE_TEST(blocks_without_savepoint_fail_together)
{
    CvError *raised;
    ck_assert(!cv_try(writes_after_broken, NULL, &raised));
    ck_assert_int_eq(raised->kind, CV_ERROR_TRANSACTION_MANAGEMENT);
    ck_assert_int_eq(rows(), 0);
    CV_ATOMIC
    {
        CV_ATOMIC_WITH(.no_savepoint = true)
        {
            cv_execute("INSERT INTO t VALUES (NULL)");
            cv_on_commit(hook, NULL);
        }
        ck_assert_int_eq(ran, 0);
    }
    ck_assert_int_eq(rows(), 1);
    ck_assert_int_eq(ran, 1);
}

FILE_TEST(robust_hooks_stop_nobody)
{
    cv_log_set_level(CV_LOG_CRITICAL);
    CV_ATOMIC
    {
        cv_on_commit_robust(failing_hook, NULL);
        cv_on_commit(hook, NULL);
    }
    cv_on_commit_robust(failing_hook, NULL);
    ck_assert_int_eq(ran, 1);
}

static void *asks_from_a_thread(void *argument)
{
    CvError *raised;
    int *kind = argument;
    *kind = cv_try(prepare, NULL, &raised) ? -1 : (int)raised->kind;
    return NULL;
}

FILE_TEST(other_threads_are_told)
{
    pthread_t thread;
    int kind = -1;
    ck_assert_int_eq(pthread_create(&thread, NULL, asks_from_a_thread, &kind), 0);
    pthread_join(thread, NULL);
    ck_assert_int_eq(kind, CV_ERROR_PROGRAMMING);
}

UNIT_TESTS("db/transaction", durable_blocks_are_outermost, blocks_without_savepoint_fail_together,
           robust_hooks_stop_nobody, other_threads_are_told, every_normal_exit_commits, a_raise_rolls_back,
           rollback_can_be_asked_for, hooks_run_after_the_commit, a_commit_that_fails_is_told,
           reads_see_what_was_written, fibers_write_one_after_the_other, another_process_is_waited_for,
           the_writer_is_given_back_where_it_fails, nothing_is_written_after_the_database_rolled_back,
           hooks_wait_for_their_own_database, nothing_is_written_through_the_shared_reader,
           a_raise_rolls_back_what_began_in_another_arena, own_writes_are_seen_while_another_fiber_reads,
           a_long_result_holds_up_nobody, long_results_are_bounded, a_query_waits_for_who_has_the_file_to_himself,
           a_block_that_will_be_rolled_back_answers_nothing, rollback_is_asked_for_in_a_block,
           hooks_outlive_the_block_that_made_them, hooks_run_in_their_order)
