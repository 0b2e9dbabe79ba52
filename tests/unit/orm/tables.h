/* tables.h: how the tests of the ORM get a database with the tables of their models, and run what may raise. */
#ifndef CV_TESTS_TABLES_H
#define CV_TESTS_TABLES_H

#include "orm/orm.h"

/* Opens `url` as the default database and makes the tables of `models`, which are those of the app `app`;
 * statements from the plan cache are held against new ones from here on. */
void tables_open(const char *url, const char *app, const CvModel *const *models);
/* Runs `test` as a request would: what it raises fails the test. */
void must_run(void (*test)(void *argument), void *argument);
/* The error that `test` raises; fails if it raises none. */
const CvError *must_raise(void (*test)(void *argument), void *argument);

#endif
