/* log.h: the statements that a request sends, for the debug page and for tests that count queries. */
#ifndef CV_DB_LOG_H
#define CV_DB_LOG_H

#include "db/database.h"

CV_API_BEGIN

typedef struct CvSqlEntry {
    const char *alias;
    const char *sql;
    const char *parameters; /* as a Python tuple would print them, cut at 1,000 bytes */
    uint64_t microseconds;
    const char *error; /* or NULL */
    const char *note;  /* advice, or NULL */
    struct CvSqlEntry *next;
} CvSqlEntry;

/* From now on the running context keeps what it sends in `arena` (NULL: stops), at most 1,000 entries. */
void cv_sql_log_start(CvArena *arena);
/* How often the running context has asked for `what` one by one, this time counted; 0 where nothing is logged. */
uint32_t cv_sql_repeats(const void *what);
/* Puts advice beside the latest entry. */
void cv_sql_log_note(const char *note);
/* The oldest entry, or NULL. */
const CvSqlEntry *cv_sql_log(void);
/* Statements that this context sent since it began, logged or not; transaction control is not counted. */
uint64_t cv_sql_count(void);

CV_API_END

#endif
