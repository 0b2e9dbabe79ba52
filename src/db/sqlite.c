/* sqlite.c: the SQLite driver: connections, kept statements, running them. Decoding is in sqlite_read.c, the functions
 * that Django's SQL needs in sqlite_functions.c. */
#include "db/sqlite_private.h"

#include <errno.h>
#include <signal.h>
#include <time.h>

#include "base/hash.h"
#include "db/dialect.h"
#include "db/stored.h"

/* Statements kept by SQL text; a power of two. Which slot a text has follows from its hash; four may share a bucket. */
#define KEPT 256
#define LONGEST_KEPT 65536 /* bytes: what is longer is a long list's and seldom the same again */
#define WAYS 4

typedef struct Kept {
    uint64_t hash;
    sqlite3_stmt *statement;
    char *sql;
    size_t length;
    uint64_t used; /* clock of the last use */
    bool busy;
} Kept;

typedef struct Statements {
    Kept kept[KEPT];
    uint64_t clock;
} Statements;

/* What every newcomer meets first. */
static const char *hint_of(const char *message)
{
    if (strncmp(message, "no such table", 13) == 0)
        return "`./manage migrate` makes the tables of the site's models.";
    if (strncmp(message, "no such column", 14) == 0 || strstr(message, " has no column named "))
        return "The table may be older than its model: `./manage makemigrations` and `./manage migrate` change it.";
    return NULL;
}

CvRun cv_sqlite_failed(sqlite3 *handle, int code, CvArena *arena, CvError *error)
{
    if ((code & 0xff) == SQLITE_BUSY || (code & 0xff) == SQLITE_LOCKED)
        return CV_RUN_BUSY;
    CvErrorKind kind = CV_ERROR_OPERATIONAL;
    switch (code & 0xff) {
    case SQLITE_CONSTRAINT:
        kind = CV_ERROR_INTEGRITY;
        break;
    case SQLITE_MISMATCH:
    case SQLITE_TOOBIG:
        kind = CV_ERROR_DATA;
        break;
    case SQLITE_RANGE:
    case SQLITE_MISUSE:
        kind = CV_ERROR_PROGRAMMING;
        break;
    case SQLITE_NOMEM:
        kind = CV_ERROR_MEMORY;
        break;
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
        kind = CV_ERROR_DATABASE;
        break;
    }
    (void)cv_fail(arena, error, kind, "%s", sqlite3_errmsg(handle));
    error->hint = hint_of(error->message);
    return CV_RUN_FAILED;
}

/* ---- interrupting ---- */

static volatile sig_atomic_t interrupts; /* how often it was asked for */
static sqlite3 *volatile running;        /* the connection whose statement was stepped last */

int cv_db_interrupt(void)
{
    sqlite3 *handle = running;
    interrupts = interrupts + 1;
    if (handle)
        sqlite3_interrupt(handle);
    return interrupts;
}

void cv_db_interrupt_forget(void)
{
    interrupts = 0;
}

/* Between statements SQLite forgets that it was interrupted. */
static bool was_interrupted(CvArena *arena, CvError *error)
{
    if (CV_LIKELY(!interrupts))
        return false;
    (void)cv_fail(arena, error, CV_ERROR_OPERATIONAL, "interrupted");
    return true;
}

void cv_databases_own_process(void)
{
    /* The account is kept under a lock, at every allocation. Whoever was here first has decided: no error. */
    (void)sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
}

static CvRun control(CvConnection *connection, const char *sql, CvArena *arena, CvError *error)
{
    int code = sqlite3_exec(connection->handle, sql, NULL, NULL, NULL);
    return code == SQLITE_OK ? CV_RUN_DONE : cv_sqlite_failed(connection->handle, code, arena, error);
}

/* A setting of a new connection. A file that has no WAL yet is switched to it, for which nobody else may be in it: that
 * is waited for a little, once in the life of the file; the loop stands still, as nothing can be read before. */
static int set(sqlite3 *handle, const char *setting)
{
    static const struct timespec pause = {.tv_nsec = 10 * 1000 * 1000};
    int code = sqlite3_exec(handle, setting, NULL, NULL, NULL);
    for (int tries = 0; code == SQLITE_BUSY && tries < 50; tries++) {
        nanosleep(&pause, NULL);
        code = sqlite3_exec(handle, setting, NULL, NULL, NULL);
    }
    return code;
}

static bool connect_sqlite(CvDatabase *database, CvConnection *connection, CvArena *arena, CvError *error)
{
    sqlite3 *handle = NULL;
    int code = sqlite3_open_v2(database->in_memory ? ":memory:" : database->path, &handle,
                               SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX, NULL);
    connection->handle = handle;
    if (code != SQLITE_OK) {
        int reason = handle ? sqlite3_system_errno(handle) : ENOMEM;
        (void)cv_fail(arena, error, CV_ERROR_OPERATIONAL, "cannot open the database \"%s\": %s", database->path,
                      reason ? strerror(reason) : sqlite3_errmsg(handle));
        sqlite3_close(handle);
        connection->handle = NULL;
        return false;
    }
    sqlite3_extended_result_codes(handle, 1);
    sqlite3_busy_timeout(handle, 0);
    sqlite3_limit(handle, SQLITE_LIMIT_ATTACHED, 0);
    connection->statements = cv_malloc(sizeof(Statements));
    static const char *const settings[] = {"PRAGMA foreign_keys = ON", "PRAGMA journal_mode = WAL",
                                           "PRAGMA synchronous = NORMAL", "PRAGMA legacy_alter_table = OFF"};
    for (size_t i = 0; i < CV_COUNT_OF(settings); i++) {
        if (set(handle, settings[i]) == SQLITE_NOTADB) {
            (void)cv_fail(arena, error, CV_ERROR_DATABASE, "\"%s\" is not an SQLite database", database->path);
            cv_sqlite_driver.close(connection);
            return false;
        }
    }
    if (connection != &database->writer) /* fibers share it: nothing may be written through it */
        sqlite3_exec(handle, "PRAGMA query_only = ON", NULL, NULL, NULL);
    cv_sqlite_register(handle);
    return true;
}

static void close_sqlite(CvConnection *connection)
{
    Statements *statements = connection->statements;
    for (size_t i = 0; statements && i < KEPT; i++) {
        sqlite3_finalize(statements->kept[i].statement);
        cv_free(statements->kept[i].sql);
    }
    cv_free(statements);
    if (running == connection->handle)
        running = NULL;
    sqlite3_close_v2(connection->handle);
    *connection = (CvConnection){.database = connection->database, .next = connection->next};
}

/* The slot that keeps the text, or the one to give it: an empty or the least recently used one that is not in use. */
static Kept *find_kept(Statements *statements, const CvSqlText *text, bool *found)
{
    Kept *bucket = &statements->kept[(text->hash % (KEPT / WAYS)) * WAYS], *oldest = NULL;
    *found = false;
    for (size_t i = 0; i < WAYS; i++) {
        Kept *kept = &bucket[i];
        if (kept->statement && kept->hash == text->hash && kept->length == text->length && !kept->busy &&
            memcmp(kept->sql, text->sql, text->length) == 0) {
            *found = true;
            return kept;
        }
        if (!kept->busy && (!oldest || kept->used < oldest->used))
            oldest = kept;
    }
    return oldest;
}

static CvRun prepare(CvConnection *connection, const CvSqlText *text, CvCursor *cursor, CvArena *arena, CvError *error)
{
    bool found = false;
    Statements *statements = connection->statements;
    Kept *kept = text->length <= LONGEST_KEPT ? find_kept(statements, text, &found) : NULL;
    if (!found) {
        sqlite3_stmt *statement = NULL;
        if (text->length > INT32_MAX)
            return cv_fail(arena, error, CV_ERROR_DATA, "the statement is too long"), CV_RUN_FAILED;
        char *sql = kept ? cv_malloc(text->length + 1) : NULL; /* it may raise: before the slot is touched */
        int code = sqlite3_prepare_v3(connection->handle, text->sql, (int)text->length,
                                      kept ? SQLITE_PREPARE_PERSISTENT : 0, &statement, NULL);
        if (code != SQLITE_OK || !statement)
            cv_free(sql);
        if (code != SQLITE_OK)
            return cv_sqlite_failed(connection->handle, code, arena, error);
        if (!statement)
            return cv_fail(arena, error, CV_ERROR_PROGRAMMING, "the statement is empty"), CV_RUN_FAILED;
        if (!kept) {
            *cursor = (CvCursor){connection, statement, NULL, sqlite3_column_count(statement)};
            return CV_RUN_DONE;
        }
        memcpy(sql, text->sql, text->length);
        sqlite3_finalize(kept->statement);
        cv_free(kept->sql);
        kept->statement = statement;
        kept->sql = sql;
        kept->length = text->length;
        kept->hash = text->hash;
    }
    kept->used = ++statements->clock;
    kept->busy = true;
    *cursor = (CvCursor){connection, kept->statement, kept, sqlite3_column_count(kept->statement)};
    return CV_RUN_DONE;
}

/* `arena` keeps the text of moments until the statement is finished. */
static int bind(const CvCursor *cursor, int at, const CvValue *value, CvArena *arena)
{
    sqlite3_stmt *statement = cursor->statement;
    char *text;
    switch (value->kind) {
    case CV_INT:
        return sqlite3_bind_int64(statement, at, value->integer);
    case CV_BOOL:
        return sqlite3_bind_int64(statement, at, value->boolean);
    case CV_FLOAT:
        return sqlite3_bind_double(statement, at, value->real);
    case CV_NULL:
        return sqlite3_bind_null(statement, at);
    case CV_BYTES:
        return value->length ? sqlite3_bind_blob64(statement, at, value->text, value->length, SQLITE_STATIC)
                             : sqlite3_bind_zeroblob(statement, at, 0);
    case CV_BIGINT:
    case CV_STRING:
        return sqlite3_bind_text64(statement, at, value->text ? value->text : "", value->length, SQLITE_STATIC,
                                   SQLITE_UTF8);
    case CV_DATETIME:
        text = cv_arena_alloc_raw(arena, 32, 1);
        return sqlite3_bind_text64(
            statement, at, text,
            cv_stored_write_moment(text, value->datetime, cv_database_zone(cursor->connection->database)),
            SQLITE_STATIC, SQLITE_UTF8);
    default:
        return SQLITE_MISMATCH;
    }
}

static void finish(CvCursor *cursor)
{
    Kept *kept = cursor->kept;
    if (kept) {
        sqlite3_reset(cursor->statement);
        kept->busy = false;
    } else {
        sqlite3_finalize(cursor->statement);
    }
    cursor->connection->running--;
    cursor->statement = NULL;
}

static CvRun start(CvConnection *connection, const CvSqlText *text, size_t count, const CvValue *values,
                   CvCursor *cursor, CvArena *arena, CvError *error)
{
    if (was_interrupted(arena, error))
        return CV_RUN_FAILED;
    CvRun run = prepare(connection, text, cursor, arena, error);
    if (run != CV_RUN_DONE)
        return run;
    connection->running++;
    int code = sqlite3_bind_parameter_count(cursor->statement) == (int)count ? SQLITE_OK : SQLITE_RANGE;
    for (size_t i = 0; code == SQLITE_OK && i < count; i++)
        code = bind(cursor, (int)i + 1, &values[i], arena);
    if (code == SQLITE_OK)
        return CV_RUN_DONE;
    if (code == SQLITE_RANGE)
        (void)cv_fail(arena, error, CV_ERROR_PROGRAMMING, "the statement takes %d values, %zu were given",
                      sqlite3_bind_parameter_count(cursor->statement), count);
    else if (code == SQLITE_MISMATCH)
        (void)cv_fail(arena, error, CV_ERROR_PROGRAMMING, "a value of that kind cannot be bound");
    else
        (void)cv_sqlite_failed(connection->handle, code, arena, error);
    finish(cursor);
    return CV_RUN_FAILED;
}

static CvRun step(CvCursor *cursor, CvArena *arena, CvError *error)
{
    running = cursor->connection->handle;
    int code = was_interrupted(arena, error) ? SQLITE_INTERRUPT : sqlite3_step(cursor->statement);
    if (code == SQLITE_ROW) {
        cursor->columns = sqlite3_data_count(cursor->statement); /* "*" of a table that has changed since */
        return CV_RUN_ROW;
    }
    if (code == SQLITE_DONE)
        return CV_RUN_DONE;
    CvRun run = interrupts ? CV_RUN_FAILED : cv_sqlite_failed(cursor->connection->handle, code, arena, error);
    if (interrupts)
        (void)was_interrupted(arena, error);
    sqlite3_reset(cursor->statement);
    return run;
}

static const char *column_name(const CvCursor *cursor, int column)
{
    const char *name = sqlite3_column_name(cursor->statement, column);
    return name ? name : "";
}

static int64_t changes(CvConnection *connection)
{
    return sqlite3_changes64(connection->handle);
}

static int64_t last_id(CvConnection *connection)
{
    return sqlite3_last_insert_rowid(connection->handle);
}

static bool in_transaction(const CvConnection *connection)
{
    return !sqlite3_get_autocommit(connection->handle);
}

const CvDriver cv_sqlite_driver = {
    .name = "sqlite",
    .dialect = &cv_sqlite_dialect,
    .connect = connect_sqlite,
    .close = close_sqlite,
    .start = start,
    .step = step,
    .read = cv_sqlite_read,
    .finish = finish,
    .column_name = column_name,
    .changes = changes,
    .last_id = last_id,
    .in_transaction = in_transaction,
    .control = control,
};
