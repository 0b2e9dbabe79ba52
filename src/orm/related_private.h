/* related_private.h: what reading relations, changing them and prefetching share. */
#ifndef CV_ORM_RELATED_PRIVATE_H
#define CV_ORM_RELATED_PRIVATE_H

#include "orm/generic_private.h"
#include "orm/set_private.h"

/* What a row keeps of a relation; by `attribute` if it was fetched under another name. NULL if it keeps nothing. */
CvPrefetched *cv_related_kept(const CvRow *row, const CvMember *member);
CvPrefetched *cv_related_kept_as(const CvRow *row, CvSlice attribute);
/* Keeps a set (many) or a row (one, or NULL). */
void cv_related_keep(CvRow *row, const CvMember *member, const char *attribute, void *value, bool many);
void cv_related_forget(CvRow *row, const CvMember *member);
/* A set of rows that are here already. */
CvQuerySet *cv_related_rows(const CvModel *model, CvDatabase *database, void *rows, size_t count);
/* The rows of `set` that a relation which meets many leads to from `row`. */
CvQuerySet *cv_related_narrow(CvQuerySet *set, const void *row, const CvMember *member);
/* Rows of a related set refer to its owner where their foreign key says so: what is known is not asked for again. */
void cv_related_refer_back(const CvQuerySet *set);
/* What a way back that meets one row at most leads to; NULL if there is none. The row keeps it. */
void *cv_related_row(const void *row, const CvMember *member);
/* Hangs what a foreign key points to into the row; a child's link to its parent has no room, the row keeps it. */
void cv_related_refer(CvRow *row, const CvColumn *column, void *target);
/* The row of a child's parent (ebook.book_ptr), which the child begins with: a row of its own, kept with the child. */
void *cv_related_parent(const void *row);
/* A key as a text that tells it from others, for maps. */
CvSlice cv_related_key(CvValue key);
static inline CvDatabase *cv_row_home(const void *row)
{
    return (CvDatabase *)(uintptr_t)((const CvRow *)row)->database;
}

#endif
