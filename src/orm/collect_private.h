/* collect_private.h: what a delete takes along: found first (collect.c), then sent (delete.c). */
#ifndef CV_ORM_COLLECT_PRIVATE_H
#define CV_ORM_COLLECT_PRIVATE_H

#include "base/vector.h"
#include "orm/related_private.h"

typedef CV_VECTOR(CvRow *) CvRows;

/* Rows of one model that go. */
typedef struct CvPile {
    const CvModel *model;
    CvRows rows;
    CvMap *keys;
} CvPile;

/* Rows of one table must go before rows of another. */
typedef struct CvPrecedence {
    const CvModel *first, *then;
} CvPrecedence;

/* Foreign keys that get another value, in rows that stay. */
typedef struct CvClearing {
    const CvColumn *column;
    CvValue value;
    CvExpr *which; /* rows that nobody looked at, by condition */
    CvRows rows;   /* rows that were looked at */
} CvClearing;

/* A row that must not go unless something else takes it along. */
typedef struct CvRestricted {
    const CvColumn *column;
    CvRow *row;
    bool goes;
} CvRestricted;

typedef struct CvCollector {
    CvArena *arena;
    CvDatabase *database;
    CV_VECTOR(CvPile) piles;
    CV_VECTOR(CvPrecedence) precedences;
    CV_VECTOR(CvClearing) clearings;
    CV_VECTOR(CvQuerySet *) sweeps; /* rows that nothing depends on: deleted by condition */
    CV_VECTOR(CvRestricted) restricted;
    CvRows protecting;
    bool keep_parents;
} CvCollector;

/* Nothing depends on rows of the model, nobody listens: they need not be looked at. `from`: the foreign key over which
 * they were found, or NULL. */
bool cv_can_sweep(const CvModel *model, const CvColumn *from);
/* Collects rows with all that depends on them. Raises CV_ERROR_PROTECTED or CV_ERROR_RESTRICTED. */
void cv_collect_rows(CvCollector *collector, CvRow *const *rows, size_t count);
void cv_collect_set(CvCollector *collector, CvQuerySet *set);
/* A key IN (...) with these keys, of `model`, in the collector's database. */
CvQuerySet *cv_rows_with_keys(const CvCollector *collector, const CvModel *model, CvList *keys);

#endif
