/* transaction.c: CV_ATOMIC: transactions, savepoints, what runs after the commit. */
#include "base/log.h"
#include "db/session_private.h"

static void control_savepoint(CvTransaction *transaction, const char *verb, CvError *error, bool *done)
{
    char sql[64];
    snprintf(sql, sizeof sql, "%s cv_%d", verb, transaction->savepoint);
    *done = cv_control(&transaction->database->writer, sql, transaction->arena, error);
}

static void leave(CvTransaction *transaction)
{
    CvDbSession *session = cv_db_session();
    session->transaction = transaction->outer;
    transaction->begun = false;
    if (transaction->has_writer) {
        transaction->has_writer = false;
        cv_writer_release(transaction->database);
        cv_reader_refresh(transaction->database);
    }
}

/* The block of the same database around one that is not the outermost. */
static CvTransaction *around(const CvTransaction *transaction)
{
    CvTransaction *outer = transaction->outer;
    while (outer->database != transaction->database)
        outer = outer->outer;
    return outer;
}

static void roll_back(CvTransaction *transaction)
{
    CvError error;
    bool done;
    if (transaction->joined) {
        around(transaction)->rollback = true;
    } else if (transaction->savepoint) {
        control_savepoint(transaction, "ROLLBACK TO SAVEPOINT", &error, &done);
        control_savepoint(transaction, "RELEASE SAVEPOINT", &error, &done);
    } else {
        (void)cv_control(&transaction->database->writer, "ROLLBACK", transaction->arena, &error);
    }
    leave(transaction);
}

/* A raise has left the block. */
static void abandoned(void *argument)
{
    CvTransaction *transaction = argument;
    if (!transaction->begun) {
        if (transaction->has_writer)
            cv_writer_release(transaction->database);
        return;
    }
    while (cv_db_session()->transaction && cv_db_session()->transaction != transaction)
        roll_back(cv_db_session()->transaction); /* blocks inside it whose clean-up went elsewhere */
    if (cv_db_session()->transaction == transaction)
        roll_back(transaction);
}

CvAtomic cv_atomic_enter(const char *alias)
{
    return cv_atomic_enter_with(&(CvAtomicOptions){.using = alias});
}

CvAtomic cv_atomic_enter_with(const CvAtomicOptions *options)
{
    CvDatabase *database = cv_database_or_raise(options->using);
    CvDbSession *session = cv_db_session();
    CvTransaction *outer = cv_session_transaction(database);
    CvArena *arena = cv_handler_arena();
    CvTransaction *transaction = cv_arena_new(arena, CvTransaction);
    CvError error;
    bool done = true;
    if (outer && options->durable)
        cv_raise(CV_ERROR_RUNTIME, "A durable atomic block cannot be nested within another atomic block.");
    transaction->database = database;
    transaction->arena = arena;
    transaction->defer = cv_arena_defer(arena, abandoned, transaction);
    if (outer) {
        if (outer->rollback)
            cv_raise(CV_ERROR_TRANSACTION_MANAGEMENT, "An error occurred in the current transaction. You can't execute "
                                                      "queries until the end of the 'atomic' block.");
        transaction->savepoint = ++session->savepoints;
        transaction->joined = options->no_savepoint;
        if (!transaction->joined)
            control_savepoint(transaction, "SAVEPOINT", &error, &done);
    } else {
        cv_writer_take(database);
        transaction->has_writer = true;
        done = cv_control(cv_writer(database), "BEGIN IMMEDIATE", arena, &error);
    }
    if (!done)
        cv_raise_error(&error);
    transaction->outer = session->transaction;
    session->transaction = transaction;
    transaction->begun = true;
    return (CvAtomic){transaction, true};
}

static void run_hook(const CvCommitHook *hook)
{
    CvError *error;
    if (!hook->robust)
        hook->run(hook->argument);
    else if (!cv_try(hook->run, hook->argument, &error))
        cv_log_error("caravan.db", error);
}

/* Runs the hooks of a commit, oldest first. */
static void run_hooks(CvCommitHook *newest)
{
    CvCommitHook *oldest = NULL;
    while (newest) {
        CvCommitHook *next = newest->next;
        newest->next = oldest;
        oldest = newest;
        newest = next;
    }
    for (; oldest; oldest = oldest->next)
        run_hook(oldest);
}

/* Ends the block; false: the commit failed, and all is rolled back. *hooks: what has to run now. */
static bool finish(CvTransaction *transaction, CvError *error, CvCommitHook **hooks)
{
    bool done = true;
    *hooks = NULL;
    if (transaction->rollback) {
        bool lost = transaction->lost;
        roll_back(transaction);
        cv_arena_undefer(transaction->arena, transaction->defer);
        return !lost || cv_fail(transaction->arena, error, CV_ERROR_TRANSACTION_MANAGEMENT,
                                "An error made the database roll the transaction back: nothing of it is kept.");
    }
    if (transaction->savepoint) {
        if (!transaction->joined)
            control_savepoint(transaction, "RELEASE SAVEPOINT", error, &done);
        if (done && transaction->hooks) { /* they wait for the outer block of the same database */
            CvTransaction *outer = around(transaction);
            CvCommitHook *last = transaction->hooks;
            while (last->next)
                last = last->next;
            last->next = outer->hooks;
            outer->hooks = transaction->hooks;
        }
    } else {
        done = cv_control(&transaction->database->writer, "COMMIT", transaction->arena, error);
        *hooks = done ? transaction->hooks : NULL;
    }
    if (done)
        leave(transaction);
    else
        roll_back(transaction);
    cv_arena_undefer(transaction->arena, transaction->defer);
    return done;
}

void cv_atomic_done(CvAtomic *atomic)
{
    CvTransaction *transaction = atomic->transaction;
    CvError error;
    CvCommitHook *hooks;
    atomic->transaction = NULL;
    if (!finish(transaction, &error, &hooks))
        cv_raise_error(&error);
    run_hooks(hooks);
}

static void run_hooks_of(void *argument)
{
    run_hooks(argument);
}

void cv_atomic_left(CvAtomic *atomic)
{
    CvTransaction *transaction = atomic->transaction;
    CvDbSession *session = cv_db_session();
    CvError error, *raised;
    CvCommitHook *hooks;
    if (!transaction)
        return;
    atomic->transaction = NULL;
    if (!finish(transaction, &error, &hooks))
        session->failed_commit = cv_arena_memdup(cv_arena(), &error, sizeof error);
    else if (hooks && !cv_try(run_hooks_of, hooks, &raised))
        session->failed_commit = cv_arena_memdup(cv_arena(), raised, sizeof *raised);
}

void cv_set_rollback(void)
{
    CvTransaction *transaction = cv_db_session()->transaction;
    if (!transaction)
        cv_raise(CV_ERROR_TRANSACTION_MANAGEMENT, "The rollback flag doesn't work outside of an 'atomic' block.");
    transaction->rollback = true;
}

bool cv_in_atomic(void)
{
    return cv_db_session()->transaction != NULL;
}

bool cv_in_atomic_of(const CvDatabase *database)
{
    return cv_session_transaction(database) != NULL;
}

static void mark(void *argument)
{
    CvTransaction *transaction = argument;
    transaction->rollback = true;
}

CvMark cv_mark_begin(const CvDatabase *database)
{
    CvTransaction *transaction = cv_session_transaction(database);
    if (!transaction)
        return (CvMark){0};
    CvArena *arena = cv_handler_arena();
    return (CvMark){arena, cv_arena_defer(arena, mark, transaction)};
}

void cv_mark_end(CvMark mark)
{
    if (mark.arena)
        cv_arena_undefer(mark.arena, mark.defer);
}

static void on_commit(CvCommitHook given)
{
    CvTransaction *transaction = cv_db_session()->transaction;
    if (!transaction) {
        run_hook(&given);
        return;
    }
    const CvTransaction *outermost = transaction; /* the hook lives as long as the one that it may have to wait for */
    for (CvTransaction *outer = transaction->outer; outer; outer = outer->outer)
        if (outer->database == transaction->database)
            outermost = outer;
    CvCommitHook *hook = cv_arena_memdup(outermost->arena, &given, sizeof given);
    hook->next = transaction->hooks;
    transaction->hooks = hook;
}

void cv_on_commit(void (*run)(void *argument), void *argument)
{
    on_commit((CvCommitHook){.run = run, .argument = argument});
}

void cv_on_commit_robust(void (*run)(void *argument), void *argument)
{
    on_commit((CvCommitHook){.run = run, .argument = argument, .robust = true});
}
