/* prefetch_private.h: one relation fetched for many owners (prefetch_level.c), a step of a path (prefetch.c). */
#ifndef CV_ORM_PREFETCH_PRIVATE_H
#define CV_ORM_PREFETCH_PRIVATE_H

#include "orm/related_private.h"

typedef struct CvPrefetchLevel {
    CvRow **owners;
    size_t count;
    const CvMember *member;
    const CvPrefetch *how; /* at the end of its path only */
    CvQuerySet *source;    /* where the rows come from, whoever they belong to */
    size_t bounds[2];      /* of the slice of the given set, where it is not done yet */
    bool sliced;
} CvPrefetchLevel;

static inline CvRow *cv_prefetch_row(const CvQuerySet *set, size_t place)
{
    return (CvRow *)(void *)(set->rows + place * set->row_size);
}

/* Fetches what the relation leads to and gives each owner its part. */
void cv_prefetch_level(CvPrefetchLevel *level);

#endif
