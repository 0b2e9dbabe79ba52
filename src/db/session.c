/* session.c: which connection a context uses, waiting for it, and running statements through it. */
#include <pthread.h>

#include "db/session_private.h"

#include "loop/loop.h"

static __thread CvDbSession thread_session;
static pthread_t home;
static bool has_home;

void cv_session_home(void)
{
    home = pthread_self();
    has_home = true;
}

static void end_session(void *argument)
{
    CvSelf *self = argument;
    self->databases = NULL;
}

CvDbSession *cv_db_session(void)
{
    CvSelf *self = cv_self();
    if (CV_LIKELY(self->databases != NULL))
        return self->databases;
    if (!self->fiber) {
        if (has_home && !pthread_equal(home, pthread_self()))
            cv_raise(CV_ERROR_PROGRAMMING, "The database is asked from another thread than the one that opened it: "
                                           "read and write outside of cv_pool_run(), and give it the values.");
        self->databases = &thread_session;
    } else { /* lives as long as the fiber's arena has this life */
        self->databases = cv_arena_new(self->arena ? self->arena : cv_arena(), CvDbSession);
        cv_arena_defer(self->arena, end_session, self);
    }
    return self->databases;
}

CvTransaction *cv_session_transaction(const CvDatabase *database)
{
    CvTransaction *transaction = cv_db_session()->transaction;
    while (transaction && transaction->database != database)
        transaction = transaction->outer;
    return transaction;
}

/* ---- the writer: one context at a time ---- */

void cv_writer_take(CvDatabase *database)
{
    uint64_t deadline = cv_loop_now_ms() + database->timeout_ms;
    while (database->writer_taken) {
        if (!cv_in_fiber())
            cv_raise(CV_ERROR_OPERATIONAL, "database is locked: a fiber of this process is writing");
        if (!cv_wait_list_park(&database->writer_waiters, deadline) && database->writer_taken)
            cv_raise(CV_ERROR_OPERATIONAL, "database is locked");
    }
    database->writer_taken = true;
}

void cv_writer_release(CvDatabase *database)
{
    database->writer_taken = false;
    cv_wait_list_wake(&database->writer_waiters);
}

/* The writer for one statement; a raise gives it back. */
typedef struct Hold {
    CvDatabase *database;
    CvArena *arena;
    CvDefer *defer;
    bool taken;
} Hold;

static void let_go(void *argument)
{
    Hold *hold = argument;
    if (hold->taken)
        cv_writer_release(hold->database);
    hold->taken = false;
}

static Hold *hold_writer(CvDatabase *database)
{
    CvArena *arena = cv_handler_arena();
    Hold *hold = cv_arena_new(arena, Hold);
    *hold = (Hold){.database = database, .arena = arena};
    hold->defer = cv_arena_defer(hold->arena, let_go, hold);
    cv_writer_take(database);
    hold->taken = true;
    return hold;
}

static void give_back_writer(Hold *hold)
{
    let_go(hold);
    cv_arena_undefer(hold->arena, hold->defer);
    cv_reader_refresh(hold->database);
}

static CvConnection *connected(CvDatabase *database, CvConnection *connection)
{
    CvError error CV_UNINITIALIZED;
    if (CV_UNLIKELY(!connection->handle) && !database->driver->connect(database, connection, cv_arena(), &error))
        cv_raise_error(&error);
    return connection;
}

CvConnection *cv_writer(CvDatabase *database)
{
    return connected(database, &database->writer);
}

/* ---- the reader: shared, in a transaction that ends with the turn of the loop ---- */

#define READERS_MAX 64 /* long results that may be under way at a time */

static void end_read(CvDatabase *database)
{
    if (database->reader && database->reader->read_transaction) {
        CvError error CV_UNINITIALIZED;
        CvScratch scratch = cv_scratch_begin(NULL);
        database->reader->read_transaction = false;
        (void)database->driver->control(database->reader, "COMMIT", scratch.arena, &error);
        cv_scratch_end(scratch);
    }
}

static void turn_ended(CvLoopHook *hook)
{
    CvDatabase *database = hook->argument;
    cv_loop_hook_remove(hook);
    cv_free(hook);
    database->hook = NULL;
    end_read(database);
}

void cv_reader_refresh(CvDatabase *database)
{
    end_read(database);
    if (database->reader)
        database->reader->stale = database->reader->running > 0;
}

/* One without open cursors. */
static CvConnection *idle_reader(CvDatabase *database)
{
    int count = 0;
    CvConnection **at = &database->readers;
    for (; *at && (*at)->running; at = &(*at)->next)
        if (++count == READERS_MAX)
            cv_raise(CV_ERROR_OPERATIONAL, "database is busy: %d long results are being read", count);
    if (!*at) {
        CvConnection *made = cv_malloc(sizeof *made);
        *made = (CvConnection){.database = database};
        *at = made;
    }
    (*at)->stale = false;
    return *at;
}

CvConnection *cv_reader(CvDatabase *database)
{
    CvDbSession *session = cv_db_session();
    if (database->in_memory || (session->transaction && cv_session_transaction(database)))
        return cv_writer(database);
    CvConnection *connection = database->reader;
    bool begins = session->in_request && !(connection && connection->read_transaction);
    /* A long result keeps its connection at an old state, for as long as its reader, or a slow client, takes. */
    if (CV_UNLIKELY(!connection || (connection->running && (begins || connection->stale))))
        connection = database->reader = idle_reader(database);
    connected(database, connection);
    if (begins) {
        CvError error;
        if (!cv_control(connection, "BEGIN", cv_arena(), &error))
            cv_raise_error(&error);
        connection->read_transaction = true;
        if (cv_in_fiber() && !database->hook) {
            database->hook = cv_malloc(sizeof *database->hook);
            *database->hook = (CvLoopHook){.run = turn_ended, .argument = database};
            cv_loop_hook_add(database->hook);
        }
    }
    return connection;
}

/* ---- waiting for other processes ---- */

bool cv_busy_wait(const CvDatabase *database, uint64_t started, unsigned *round)
{
    static const uint8_t pauses[] = {1, 1, 2, 3, 5, 8, 12, 20};
    if (cv_monotonic_ms() - started >= database->timeout_ms)
        return false;
    cv_sleep(pauses[*round < CV_COUNT_OF(pauses) ? *round : CV_COUNT_OF(pauses) - 1]);
    ++*round;
    return true;
}

static void locked(CvArena *arena, CvError *error)
{
    (void)cv_fail(arena, error, CV_ERROR_OPERATIONAL, "database is locked");
}

bool cv_control(CvConnection *connection, const char *sql, CvArena *arena, CvError *error)
{
    uint64_t started = cv_monotonic_ms();
    unsigned round = 0;
    for (;;) {
        CvRun run = connection->database->driver->control(connection, sql, arena, error);
        if (run != CV_RUN_BUSY)
            return run == CV_RUN_DONE;
        if (!cv_busy_wait(connection->database, started, &round)) {
            locked(arena, error);
            return false;
        }
    }
}

/* ---- queries ---- */

/* What a raise has to end. It lives in the arena: clean-ups run when the frames that held the fetch are gone. */
struct CvOpenCursor {
    CvCursor cursor;
    CvArena *arena;
    CvDefer *defer;
    bool open;
};

static void finish_cursor(void *argument)
{
    struct CvOpenCursor *running = argument;
    if (running->open)
        running->cursor.connection->database->driver->finish(&running->cursor);
    running->open = false;
}

CV_NORETURN CV_COLD static void fail(CvFetch *fetch, size_t count, const CvValue *values, const CvError *error)
{
    cv_log_statement(fetch->database, fetch->text->sql, count, values, fetch->started, error->message);
    cv_fetch_end(fetch);
    cv_raise_error(error);
}

static void refuse_broken(const CvTransaction *transaction)
{
    if (CV_UNLIKELY(transaction && transaction->rollback))
        cv_raise(CV_ERROR_TRANSACTION_MANAGEMENT, "An error occurred in the current transaction. You can't execute "
                                                  "queries until the end of the 'atomic' block.");
}

/* Preparing reads the schema, for which another process may have to be waited for; the reader may be another one after
 * it. */
static CvRun start_read(CvFetch *fetch, CvConnection *reader, size_t count, const CvValue *values, CvError *error)
{
    CvDatabase *database = fetch->database;
    uint64_t started = 0;
    unsigned round = 0;
    for (;; reader = cv_reader(database)) {
        CvRun run = database->driver->start(reader, fetch->text, count, values, &fetch->cursor, fetch->arena, error);
        if (CV_LIKELY(run != CV_RUN_BUSY))
            return run;
        if (!started)
            started = cv_monotonic_ms();
        if (!cv_busy_wait(database, started, &round)) {
            locked(fetch->arena, error);
            return CV_RUN_FAILED;
        }
    }
}

void cv_fetch_begin(CvFetch *fetch, CvDatabase *database, const CvSqlText *text, size_t count, const CvValue *values,
                    CvArena *arena)
{
    CvDbSession *session = cv_db_session();
    CvError error CV_UNINITIALIZED;
    if (CV_UNLIKELY(session->transaction != NULL))
        refuse_broken(cv_session_transaction(database));
    CvConnection *reader = cv_reader(database);
    struct CvOpenCursor *running = cv_arena_new(cv_handler_arena(), struct CvOpenCursor);
    running->arena = cv_handler_arena();
    running->defer = cv_arena_defer(running->arena, finish_cursor, running);
    *fetch = (CvFetch){.database = database, .text = text, .arena = arena, .running = running};
    session->statements++;
    if (session->log_arena)
        fetch->started = cv_monotonic_ns();
    if (start_read(fetch, reader, count, values, &error) != CV_RUN_DONE)
        fail(fetch, count, values, &error);
    running->cursor = fetch->cursor;
    running->open = true;
    if (session->log_arena)
        cv_log_statement(database, text->sql, count, values, fetch->started, NULL);
}

bool cv_fetch_step(CvFetch *fetch)
{
    const CvDriver *driver = fetch->database->driver;
    CvError error CV_UNINITIALIZED;
    CvRun run = driver->step(&fetch->cursor, fetch->arena, &error);
    if (CV_UNLIKELY(run == CV_RUN_BUSY)) {
        uint64_t started = cv_monotonic_ms();
        unsigned round = 0;
        while (run == CV_RUN_BUSY && fetch->rows == 0 && cv_busy_wait(fetch->database, started, &round))
            run = driver->step(&fetch->cursor, fetch->arena, &error);
        if (run == CV_RUN_BUSY) {
            locked(fetch->arena, &error);
            run = CV_RUN_FAILED;
        }
    }
    if (run == CV_RUN_FAILED)
        fail(fetch, 0, NULL, &error);
    if (run == CV_RUN_DONE)
        return false;
    if (CV_UNLIKELY(++fetch->rows % 4096 == 0))
        cv_fiber_yield(); /* others get their turn during a long result */
    return true;
}

void cv_fetch_read(CvFetch *fetch, int first, const CvReader *readers, size_t reader_count, void *row)
{
    CvError error CV_UNINITIALIZED;
    if (!fetch->database->driver->read(&fetch->cursor, first, readers, reader_count, row, fetch->arena, &error))
        fail(fetch, 0, NULL, &error);
}

bool cv_fetch_row(CvFetch *fetch, const CvReader *readers, size_t reader_count, void *row)
{
    if (!cv_fetch_step(fetch))
        return false;
    cv_fetch_read(fetch, 0, readers, reader_count, row);
    return true;
}

const char *cv_fetch_column_name(const CvFetch *fetch, int column)
{
    return fetch->database->driver->column_name(&fetch->cursor, column);
}

void cv_fetch_end(CvFetch *fetch)
{
    struct CvOpenCursor *running = fetch->running;
    if (!running)
        return;
    fetch->running = NULL;
    finish_cursor(running);
    cv_arena_undefer(running->arena, running->defer);
}

/* ---- statements that write ---- */

static bool run_to_end(CvConnection *connection, const CvSqlText *text, size_t count, const CvValue *values,
                       CvArena *arena, CvError *error)
{
    const CvDriver *driver = connection->database->driver;
    uint64_t started = 0;
    unsigned round = 0;
    CvCursor cursor;
    for (;;) {
        CvRun run = driver->start(connection, text, count, values, &cursor, arena, error);
        if (run == CV_RUN_DONE) {
            do
                run = driver->step(&cursor, arena, error);
            while (run == CV_RUN_ROW);
            driver->finish(&cursor);
        }
        if (run != CV_RUN_BUSY)
            return run == CV_RUN_DONE;
        if (!started)
            started = cv_monotonic_ms();
        if (!cv_busy_wait(connection->database, started, &round)) {
            locked(arena, error);
            return false;
        }
    }
}

/* The database has ended the transaction: nothing may be written in its blocks, as it would be committed at once. */
static void lose(const CvDbSession *session, const CvDatabase *database)
{
    for (CvTransaction *transaction = session->transaction; transaction; transaction = transaction->outer)
        if (transaction->database == database)
            transaction->rollback = transaction->lost = true;
}

/* SQLite knows by itself whether a single statement needs a transaction of its own. */
int64_t cv_send(CvDatabase *database, const CvSqlText *text, size_t count, const CvValue *values, int64_t *last_id)
{
    CvDbSession *session = cv_db_session();
    CvTransaction *transaction = cv_session_transaction(database);
    CvError error CV_UNINITIALIZED;
    refuse_broken(transaction);
    Hold *hold = transaction ? NULL : hold_writer(database);
    CvConnection *connection = cv_writer(database);
    uint64_t started = session->log_arena ? cv_monotonic_ns() : 0;
    session->statements++;
    bool done = run_to_end(connection, text, count, values, cv_arena(), &error);
    int64_t changed = done ? database->driver->changes(connection) : 0;
    if (done && last_id)
        *last_id = database->driver->last_id(connection);
    if (session->log_arena)
        cv_log_statement(database, text->sql, count, values, started, done ? NULL : error.message);
    if (!done && transaction && !database->driver->in_transaction(connection))
        lose(session, database);
    if (hold)
        give_back_writer(hold);
    if (!done)
        cv_raise_error(&error);
    return changed;
}

void cv_send_control(CvDatabase *database, const char *sql)
{
    CvTransaction *transaction = cv_session_transaction(database);
    CvError error;
    Hold *hold = transaction ? NULL : hold_writer(database);
    bool done = cv_control(cv_writer(database), sql, cv_arena(), &error);
    if (!done && transaction && !database->driver->in_transaction(&database->writer))
        lose(cv_db_session(), database);
    if (hold)
        give_back_writer(hold);
    if (!done)
        cv_raise_error(&error);
}

CvDatabase *cv_database_or_raise(const char *alias)
{
    CvDatabase *database = cv_database(alias);
    if (!database)
        cv_raise(CV_ERROR_CONFIGURATION, "The connection '%s' doesn't exist.", alias ? alias : "default");
    return database;
}

CvSqlText cv_sql_text(const char *sql)
{
    CvSlice slice = cv_slice(sql);
    return (CvSqlText){sql, slice.length, cv_hash(slice)};
}

/* ---- requests ---- */

void cv_db_request_begin(void)
{
    CvDbSession *session = cv_db_session();
    session->in_request = true;
    session->failed_commit = NULL;
}

void cv_db_request_end(void)
{
    CvDbSession *session = cv_db_session();
    session->in_request = false;
    session->log_arena = NULL;
    session->log_first = session->log_last = NULL;
    session->log_count = 0;
    while (session->transaction) {
        CvAtomic left = {.transaction = session->transaction};
        session->transaction->rollback = true;
        cv_atomic_left(&left);
    }
    if (!cv_in_fiber())
        for (CvDatabase *database = cv_database(NULL); database; database = database->next)
            end_read(database);
}

const CvError *cv_db_failed_commit(void)
{
    return cv_db_session()->failed_commit;
}
