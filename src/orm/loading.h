/* loading.h: reading the rows of a set one after the other: what fetching them all and streaming share. */
#ifndef CV_ORM_LOADING_H
#define CV_ORM_LOADING_H

#include "base/vector.h"
#include "orm/related_private.h"

/* Rows that came together: what is fetched for one of them may be fetched for all (fetch modes). */
typedef struct CvPeers {
    uint8_t mode; /* CvFetchMode */
    CV_VECTOR(CvRow *) rows;
} CvPeers;

/* A set being read. */
typedef struct CvLoading {
    CvQuerySet *set;
    CvPlan *kept; /* to be released; NULL: none */
    CvPlan *plan; /* what is read, and how: a copy, as the cache may drop a plan before its rows are gone */
    CvDatabase *database;
    CvArena *arena, *home; /* home: of what lives as long as any row */
    CvFetch fetch;
    bool open;
    bool ahead, at_row;       /* ahead: the first step is done; it met a row, or not */
    const char *const *names; /* of annotations */
    size_t annotations;
    const CvRecordShape *shape;              /* of records */
    const uint64_t *const *related_deferred; /* of each related row; NULL: none of them */
    CvPeers *peers, *related_peers;          /* NULL: rows are fetched for one by one */
    size_t row_size;
} CvLoading;

/* Sends the query. What lives as long as any of the rows is made in the current arena. */
void cv_loading_begin(CvLoading *loading, CvQuerySet *set);
/* False at the end. */
bool cv_loading_next(CvLoading *loading);
/* Reads the row into `place` (row_size bytes). */
void cv_loading_read(CvLoading *loading, void *place);
/* From now on `arena` gets what rows point to; their peers are others. */
void cv_loading_chunk(CvLoading *loading, CvArena *arena);
void cv_loading_end(CvLoading *loading);

/* The peers of a row for the mode that it has; NULL: FETCH_ONE. */
CvPeers *cv_peers_of(const void *row);
/* Gives rows to a group of peers. */
CvPeers *cv_peers_create(CvArena *arena, uint8_t mode);

/* ---- raw() (raw.c) ---- */

/* A set's own SQL. */
typedef struct CvRawQuery {
    const char *sql; /* with `?` */
    size_t count;
    const CvValue *values;
    size_t translation_count; /* pairs: a column of the result, the column that it stands for */
    const char *const *translations;
} CvRawQuery;

/* Sends it, and works out which column is what. */
void cv_raw_begin(CvLoading *loading);

#endif
