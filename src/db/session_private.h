/* session_private.h: what a running context holds of the databases. */
#ifndef CV_DB_SESSION_PRIVATE_H
#define CV_DB_SESSION_PRIVATE_H

#include "db/session.h"

typedef struct CvCommitHook {
    void (*run)(void *argument);
    void *argument;
    bool robust;
    struct CvCommitHook *next;
} CvCommitHook;

/* One CV_ATOMIC under way, innermost first. */
typedef struct CvTransaction {
    struct CvTransaction *outer;
    CvDatabase *database;
    CvDefer *defer; /* rolls back if a raise leaves the block */
    CvArena *arena;
    CvCommitHook *hooks; /* newest first */
    int savepoint;       /* 0: the outermost, a real transaction */
    bool rollback;       /* cv_set_rollback(), or broken by a failure */
    bool lost;           /* the database itself rolled it back */
    bool joined;         /* no savepoint: a part of the block around it */
    bool begun;          /* in the session's list */
    bool has_writer;
} CvTransaction;

typedef struct CvDbSession {
    CvTransaction *transaction;
    CvError *failed_commit;
    CvArena *log_arena;
    CvSqlEntry *log_first, *log_last;
    size_t log_count;
    struct {
        const void *what;
        uint32_t count;
    } repeats[16];
    uint64_t statements;
    int savepoints;
    bool in_request;
} CvDbSession;

CvDbSession *cv_db_session(void);
/* From now on the thread that runs is the one that may use databases. */
void cv_session_home(void);
/* The innermost transaction of this context on that database, or NULL. */
CvTransaction *cv_session_transaction(const CvDatabase *database);
/* Takes the writer for this context, waiting in line; raises CV_ERROR_OPERATIONAL when that takes too long. */
void cv_writer_take(CvDatabase *database);
void cv_writer_release(CvDatabase *database);
/* Connects if need be; raises. */
CvConnection *cv_writer(CvDatabase *database);
CvConnection *cv_reader(CvDatabase *database);
/* Ends the shared reader's transaction, so that the next read sees what was written. */
void cv_reader_refresh(CvDatabase *database);
/* Runs control statements, waiting for locks; false: failed, *error is filled in. */
bool cv_control(CvConnection *connection, const char *sql, CvArena *arena, CvError *error);
/* Waits a little before a busy statement is tried again; false: the time is over. */
bool cv_busy_wait(const CvDatabase *database, uint64_t started, unsigned *round);
void cv_log_statement(CvDatabase *database, const char *sql, size_t count, const CvValue *values, uint64_t started,
                      const char *error);

#endif
