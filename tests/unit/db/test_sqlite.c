/* Tests db/database.h and db/raw.h on SQLite: URLs, values, errors, functions, the log. */
#include <pthread.h>
#include <sqlite3.h>
#include <time.h>
#include <unistd.h>

#include "db/db.h"
#include "db/driver.h"

#include "unit.h"

static const CvError *outcome;
static CvError error;

static bool open_url(const char *url)
{
    return cv_database_open(cv_arena(), "default", url, NULL, &error);
}

static void open_memory(void)
{
    ck_assert(open_url("sqlite://:memory:"));
}

/* Runs `body`; `outcome` is what it raised, or NULL. */
static void run(void (*body)(void *argument))
{
    CvError *raised;
    outcome = cv_try(body, NULL, &raised) ? NULL : raised;
}

START_TEST(urls_are_read)
{
    static const char *const bad[] = {"",
                                      "postgres://x",
                                      "sqlite:",
                                      "sqlite://file.db",
                                      "sqlite:///",
                                      "sqlite:///a?timeout=x",
                                      "sqlite:///a?timeout=3601",
                                      "sqlite:///a?nonsense=1",
                                      "sqlite:///a?time_zone=Mars",
                                      "sqlite:///a?time_zone="};
    for (size_t i = 0; i < CV_COUNT_OF(bad); i++) {
        ck_assert_msg(!open_url(bad[i]), "%s", bad[i]);
        ck_assert_int_eq(error.kind, CV_ERROR_CONFIGURATION);
    }
    ck_assert(!open_url(NULL));
    cv_set_use_tz(false);
    ck_assert(!open_url("sqlite:///a?time_zone=UTC"));
    ck_assert_str_eq(error.message, "Connection 'default' cannot set TIME_ZONE because USE_TZ is False.");
    cv_set_use_tz(true);
    ck_assert(open_url("sqlite:///site.db?timeout=3600&time_zone=Europe/Berlin"));
    ck_assert_str_eq(cv_zone_name(cv_database_zone(cv_database(NULL))), "Europe/Berlin");
    ck_assert(!open_url("sqlite:///site.db"));
    ck_assert_ptr_nonnull(cv_database(NULL));
    cv_databases_close();
    ck_assert_ptr_null(cv_database("default"));
}
END_TEST

static void values_body(void *argument)
{
    (void)argument;
    cv_execute_script(NULL, "CREATE TABLE t (a, b, c, d)");
    ck_assert_int_eq((int)cv_execute("INSERT INTO t VALUES (?, ?, ?, ?)", 7, "it's", 1.5, CV_NONE), 1);
    ck_assert_int_eq((int)cv_execute("INSERT INTO t VALUES (?, ?, ?, ?)", cv_date(2024, 2, 29), true, INT64_MIN,
                                     ((CvBytes){"\0x", 2})),
                     1);
    CvList *rows = cv_query("SELECT a, b, c, d FROM t ORDER BY rowid");
    ck_assert_uint_eq(rows->count, 2);
    const CvValue *row = rows->items[0].list->items;
    ck_assert_int_eq((int)row[0].integer, 7);
    ck_assert_str_eq(row[1].text, "it's");
    ck_assert(row[2].real == 1.5 && row[3].kind == CV_NULL);
    row = rows->items[1].list->items;
    ck_assert_str_eq(row[0].text, "2024-02-29");
    ck_assert(row[1].integer == 1 && row[2].integer == INT64_MIN && row[3].kind == CV_BYTES && row[3].length == 2);
}

START_TEST(values_are_bound_and_read)
{
    open_memory();
    run(values_body);
    ck_assert_msg(!outcome, "%s", outcome ? outcome->message : "");
}
END_TEST

static void wrong_count(void *argument)
{
    (void)argument;
    cv_query("SELECT ?, ?", 1);
}

static void wrong_syntax(void *argument)
{
    (void)argument;
    cv_query("SELEC 1");
}

static void not_unique(void *argument)
{
    (void)argument;
    cv_execute_script(NULL, "CREATE TABLE IF NOT EXISTS u (a UNIQUE)");
    cv_execute("INSERT INTO u VALUES (?)", 1);
    cv_execute("INSERT INTO u VALUES (?)", 1);
}

START_TEST(errors_have_djangos_kinds)
{
    open_memory();
    run(wrong_count);
    ck_assert_int_eq(outcome->kind, CV_ERROR_PROGRAMMING);
    run(wrong_syntax);
    ck_assert_int_eq(outcome->kind, CV_ERROR_OPERATIONAL);
    run(not_unique);
    ck_assert_int_eq(outcome->kind, CV_ERROR_INTEGRITY);
    ck_assert_str_eq(outcome->message, "UNIQUE constraint failed: u.a");
}
END_TEST

static void functions_body(void *argument)
{
    (void)argument;
    static const struct {
        const char *sql, *text;
    } cases[] = {
        {"SELECT 'Garden' REGEXP '^G.*n$'", "1"},
        {"SELECT 'garden' REGEXP '^G'", "0"},
        {"SELECT 'garden' REGEXP '(?i)' || '^G'", "1"},
        {"SELECT django_date_extract('week_day', '2024-02-29')", "5"},
        {"SELECT django_date_extract('iso_week_day', '2024-03-03')", "7"},
        {"SELECT django_date_extract('quarter', '2024-02-29')", "1"},
        {"SELECT django_datetime_extract('hour', '2019-03-31 01:30:00', 'Europe/Berlin', 'UTC')", "3"},
        {"SELECT django_datetime_cast_date('2019-12-31 23:30:00', 'Europe/Berlin', 'UTC')", "2020-01-01"},
        {"SELECT django_datetime_trunc('month', '2019-12-31 23:30:00.5', 'Europe/Berlin', 'UTC')",
         "2020-01-01 00:00:00"},
        {"SELECT django_date_trunc('week', '2024-02-29')", "2024-02-26"},
        {"SELECT django_time_extract('minute', '10:20:30.5')", "20"},
        {"SELECT django_date_extract('year', 'nonsense')", "None"},
        {"SELECT django_date_extract('year', NULL)", "None"},
    };
    for (size_t i = 0; i < CV_COUNT_OF(cases); i++) {
        CvList *rows = cv_query_of(NULL, cases[i].sql, 0, NULL);
        CvSlice text = cv_value_str(cv_arena(), rows->items[0].list->items[0]);
        ck_assert_msg(cv_slice_is(text, cases[i].text), "%s gives %.*s", cases[i].sql, CV_SLICE_ARG(text));
    }
}

static void bad_regex(void *argument)
{
    (void)argument;
    cv_query("SELECT 'a' REGEXP '('");
}

START_TEST(functions_are_there)
{
    open_memory();
    run(functions_body);
    ck_assert_msg(!outcome, "%s", outcome ? outcome->message : "");
    run(bad_regex);
    ck_assert_ptr_nonnull(outcome);
}
END_TEST

static void log_body(void *argument)
{
    (void)argument;
    cv_sql_log_start(cv_arena());
    cv_query("SELECT ?, ?", 1, "x");
    cv_query("SELECT 2");
}

START_TEST(the_log_keeps_statements)
{
    open_memory();
    uint64_t before = cv_sql_count();
    run(log_body);
    const CvSqlEntry *entry = cv_sql_log();
    ck_assert_str_eq(entry->sql, "SELECT ?, ?");
    ck_assert_str_eq(entry->parameters, "(1, 'x')");
    ck_assert_str_eq(entry->next->sql, "SELECT 2");
    ck_assert_ptr_null(entry->next->next);
    ck_assert_uint_eq(cv_sql_count() - before, 2);
}
END_TEST

static void many_statements(void *argument)
{
    (void)argument;
    for (int i = 0; i < 2000; i++) { /* more than a connection keeps */
        CvList *rows = cv_query_of(NULL, cv_printf("SELECT %d", i % 700), 0, NULL);
        ck_assert_int_eq((int)rows->items[0].list->items[0].integer, i % 700);
    }
}

START_TEST(kept_statements_are_bounded)
{
    open_memory();
    run(many_statements);
    ck_assert_msg(!outcome, "%s", outcome ? outcome->message : "");
}
END_TEST

static void more_rows_than_memory(void *argument)
{
    (void)argument;
    cv_arena()->budget = cv_arena()->used + (1 << 20);
    cv_query("WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c LIMIT 1000000) "
             "SELECT x, hex(randomblob(200)) FROM c");
}

START_TEST(a_raise_between_rows_ends_the_query)
{
    open_memory();
    for (int i = 0; i < 3; i++) {
        run(more_rows_than_memory);
        cv_arena()->budget = 0;
        ck_assert_ptr_nonnull(outcome);
        ck_assert_int_eq(outcome->kind, CV_ERROR_MEMORY);
        ck_assert_uint_eq(cv_database(NULL)->writer.running, 0);
    }
}
END_TEST

static void *unlock_soon(void *handle)
{
    static const struct timespec soon = {.tv_nsec = 100 * 1000 * 1000};
    nanosleep(&soon, NULL);
    sqlite3_exec(handle, "COMMIT", NULL, NULL, NULL);
    return NULL;
}

static void ask_journal(void *argument)
{
    CvValue mode = cv_query("PRAGMA journal_mode")->items[0].list->items[0];
    (void)argument;
    ck_assert_str_eq(cv_slice_string(cv_arena(), cv_value_as_slice(mode)), "wal");
}

START_TEST(a_file_that_is_locked_is_switched_to_wal_when_it_is_free)
{
    const char *path = cv_printf("/tmp/cv-test-wal-%d.db", (int)getpid());
    sqlite3 *other;
    pthread_t thread;
    ck_assert_int_eq(sqlite3_open(path, &other), SQLITE_OK);
    ck_assert_int_eq(sqlite3_exec(other, "CREATE TABLE t (a); BEGIN EXCLUSIVE", NULL, NULL, NULL), SQLITE_OK);
    ck_assert_int_eq(pthread_create(&thread, NULL, unlock_soon, other), 0);
    ck_assert(open_url(cv_printf("sqlite:///%s", path)));
    run(ask_journal);
    pthread_join(thread, NULL);
    sqlite3_close(other);
    cv_databases_close();
    unlink(path);
    ck_assert_msg(!outcome, "%s", outcome ? outcome->message : "");
}
END_TEST

static void use(void *unused)
{
    (void)unused;
    cv_execute_script(NULL, "CREATE TABLE t (a); INSERT INTO t VALUES (1)");
}

START_TEST(a_process_of_its_own_needs_no_account_of_memory)
{
    cv_databases_own_process();
    open_memory();
    run(use);
    ck_assert_ptr_null(outcome);
    ck_assert_int_eq(sqlite3_memory_used(), 0);
}
END_TEST

START_TEST(who_uses_sqlite_first_decides)
{
    ck_assert_int_eq(sqlite3_initialize(), SQLITE_OK);
    cv_databases_own_process();
    open_memory();
    run(use);
    ck_assert_ptr_null(outcome);
    ck_assert_int_gt(sqlite3_memory_used(), 0);
}
END_TEST

UNIT_TESTS("db/sqlite", urls_are_read, values_are_bound_and_read, errors_have_djangos_kinds, functions_are_there,
           the_log_keeps_statements, kept_statements_are_bounded, a_raise_between_rows_ends_the_query,
           a_file_that_is_locked_is_switched_to_wal_when_it_is_free, a_process_of_its_own_needs_no_account_of_memory,
           who_uses_sqlite_first_decides)
