/* sqlite_private.h: what the files of the SQLite driver share. */
#ifndef CV_DB_SQLITE_PRIVATE_H
#define CV_DB_SQLITE_PRIVATE_H

#include <sqlite3.h>

#include "db/driver.h"

/* Fills *error from the connection; CV_RUN_BUSY for locks. */
CvRun cv_sqlite_failed(sqlite3 *handle, int code, CvArena *arena, CvError *error);
bool cv_sqlite_read(CvCursor *cursor, int first, const CvReader *readers, size_t count, void *row, CvArena *arena,
                    CvError *error);
/* Registers the functions that Django's SQL on SQLite calls (REGEXP, django_date_extract, ...). */
void cv_sqlite_register(sqlite3 *handle);

#endif
