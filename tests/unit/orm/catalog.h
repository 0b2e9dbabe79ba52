/* catalog.h: the models of catalog.def.h, and how the tests open a database of them. */
#ifndef CV_TESTS_CATALOG_H
#define CV_TESTS_CATALOG_H

#define CV_MODELS "catalog.def.h"
#include "orm/models.h"

extern const CvModel *const catalog_models[];

/* The test `name`: `function`, which may raise, over an empty catalog. */
#define CATALOG_TEST(name, function) \
    START_TEST(name)                 \
    {                                \
        catalog_open();              \
        catalog_run(function);       \
    }                                \
    END_TEST

/* A database in memory with the tables of the catalog. */
void catalog_open(void);
/* Runs `test` as a request would: what it raises fails the test. */
void catalog_run(void (*test)(void *argument));
/* The error that `test` raises; fails if it raises none. */
const CvError *catalog_raises(void (*test)(void *argument));

#endif
