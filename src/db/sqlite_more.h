/* sqlite_more.h: the SQL functions that sqlite_text.c and sqlite_moments.c register on a connection. */
#ifndef CV_DB_SQLITE_MORE_H
#define CV_DB_SQLITE_MORE_H

#include <sqlite3.h>

/* LPAD, REPEAT, MD5, STDDEV_POP, ANY_VALUE ... */
void cv_sqlite_register_text(sqlite3 *handle);
/* django_format_dtdelta, django_timestamp_diff, django_time_trunc ... */
void cv_sqlite_register_moments(sqlite3 *handle);

void cv_sqlite_register_join(sqlite3 *handle);

#endif
