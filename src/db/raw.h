/* raw.h: SQL by hand. Values are always bound: `?` stands for each of them, in order. */
#ifndef CV_DB_RAW_H
#define CV_DB_RAW_H

#include "db/database.h"

CV_API_BEGIN

/* Sends a statement that changes something; the number of rows changed. Raises. */
#define cv_execute(sql, ...) \
    cv_execute_of(NULL, (sql), CV_COUNT(__VA_ARGS__), (const CvValue[]){CV_MAP(CV_VALUE, __VA_ARGS__)})
int64_t cv_execute_of(const char *alias, const char *sql, size_t count, const CvValue *values);
/* The rows of a query: a list of lists. Raises. What also writes (INSERT ... RETURNING) needs a CV_ATOMIC around it:
 * outside one all fibers read through one connection, which refuses to write. */
#define cv_query(sql, ...) \
    cv_query_of(NULL, (sql), CV_COUNT(__VA_ARGS__), (const CvValue[]){CV_MAP(CV_VALUE, __VA_ARGS__)})
CvList *cv_query_of(const char *alias, const char *sql, size_t count, const CvValue *values);
/* Several statements in one text, without values (schema scripts). Raises. */
void cv_execute_script(const char *alias, const char *sql);

CV_API_END

#endif
