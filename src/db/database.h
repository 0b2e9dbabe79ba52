/* database.h: a database under an alias, and the drivers that reach it. */
#ifndef CV_DB_DATABASE_H
#define CV_DB_DATABASE_H

#include "base/base.h"

CV_API_BEGIN

typedef struct CvDatabase CvDatabase;
typedef struct CvConnection CvConnection;
typedef struct CvDriver CvDriver;
typedef struct CvDialect CvDialect;

/* Opens a database under an alias ("default"); `folder` is what a relative SQLite path starts from (NULL: the working
 * directory). URLs: sqlite:///relative.db, sqlite:////absolute.db, sqlite://:memory:, with ?timeout=SECONDS and
 * ?time_zone=Europe/Berlin (Django's TIME_ZONE of a database). Nothing is connected before the first use. Lives as long
 * as the process or until cv_databases_close(). */
bool cv_database_open(CvArena *arena, const char *alias, const char *url, const char *folder,
                      CvError *error) CV_NODISCARD;
/* By alias; NULL is "default". NULL if there is none. */
CvDatabase *cv_database(const char *alias);
const char *cv_database_alias(const CvDatabase *database);
const CvDialect *cv_database_dialect(const CvDatabase *database);
/* The zone whose clock its moments are readings of: UTC unless the URL says another; cv_zone_naive without USE_TZ. */
const CvZone *cv_database_zone(const CvDatabase *database);
/* Closes all connections and forgets all databases (end of the process, tests). */
void cv_databases_close(void);
/* In a child after fork: forgets the parent's connections without closing them; they are opened anew when needed. */
void cv_databases_forked(void);

/* For a program that is a site and nothing else, before anything of it uses SQLite (cv_main does it): SQLite keeps no
 * account of its memory then (sqlite3_memory_used() is 0), which takes a tenth off reading a row by its key. A program
 * that lives with other users of SQLite leaves it out; once SQLite is in use it does nothing. */
void cv_databases_own_process(void);

/* Ends the statement that runs, and those that are begun until cv_db_interrupt_forget(), with CV_ERROR_OPERATIONAL
 * "interrupted". May be called from a signal handler, which is what it is for (Ctrl-C in the shell); how often it was
 * called since they were forgotten. Blocks are rolled back as after any error. */
int cv_db_interrupt(void);
void cv_db_interrupt_forget(void);

CV_API_END

#endif
