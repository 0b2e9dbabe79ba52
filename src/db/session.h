/* session.h: statements through the connection that the running context should use: the shared reader, or the writer
 * that it holds. For orm; sites use raw.h and transaction.h. */
#ifndef CV_DB_SESSION_H
#define CV_DB_SESSION_H

#include "db/driver.h"
#include "db/log.h"
#include "db/transaction.h"

CV_API_BEGIN

/* A running query. Between cv_fetch_begin and cv_fetch_end rows are read; a raise in between ends it too. */
typedef struct CvFetch {
    CvDatabase *database;
    CvCursor cursor;
    const CvSqlText *text;
    struct CvOpenCursor *running; /* what a raise ends; NULL: ended */
    CvArena *arena;
    uint64_t started;
    uint32_t rows;
} CvFetch;

/* Sends a query; waits for locks; raises what fails. `arena` gets the texts of rows. */
void cv_fetch_begin(CvFetch *fetch, CvDatabase *database, const CvSqlText *text, size_t count, const CvValue *values,
                    CvArena *arena);
/* The next row, decoded into `row`; false at the end. Lets other fibers run during long results. */
bool cv_fetch_row(CvFetch *fetch, const CvReader *readers, size_t reader_count, void *row);
/* The next row, undecoded: then cv_fetch_read() as often as needed. */
bool cv_fetch_step(CvFetch *fetch);
void cv_fetch_read(CvFetch *fetch, int first, const CvReader *readers, size_t reader_count, void *row);
/* The name of a column of the result; it lives as long as the fetch. */
const char *cv_fetch_column_name(const CvFetch *fetch, int column);
void cv_fetch_end(CvFetch *fetch);

/* Sends a statement that writes; rows changed. *last_id (may be NULL): the key that the database gave. Raises. */
int64_t cv_send(CvDatabase *database, const CvSqlText *text, size_t count, const CvValue *values, int64_t *last_id);
/* The same for a text that is not kept. */
void cv_send_control(CvDatabase *database, const char *sql);

/* Several statements that write, all of them or none: inside a CV_ATOMIC a part of that block, without a savepoint, so
 * that a raise out of it marks the block (Django's atomic(savepoint=False)). */
#define CV_ATOMIC_PART(database) CV_ATOMIC_WITH(.using = cv_database_alias(database), .no_savepoint = true)

/* One statement that writes, and what makes it: a raise between the two calls marks the CV_ATOMIC around it, so that
 * nothing but the block's end is possible any more (Django's mark_for_rollback_on_error()). Outside of blocks this does
 * nothing. */
typedef struct CvMark {
    CvArena *arena; /* NULL: outside of blocks */
    CvDefer *defer;
} CvMark;
CvMark cv_mark_begin(const CvDatabase *database);
void cv_mark_end(CvMark mark);
/* True inside a CV_ATOMIC of this context on that database. */
bool cv_in_atomic_of(const CvDatabase *database);

/* The database of an alias; CV_ERROR_CONFIGURATION is raised where there is none. */
CvDatabase *cv_database_or_raise(const char *alias);

CV_API_END

#endif
