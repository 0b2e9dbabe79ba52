/* fetch_mode.h: fetching what a row lacks by the mode of its set. */
#ifndef CV_ORM_FETCH_MODE_H
#define CV_ORM_FETCH_MODE_H

#include "orm/loading.h"

/* The CvFetchMode of a row's set. */
uint8_t cv_fetch_mode_of(const void *row);
/* True: the relation is fetched for all peers of the row. False: it is to be fetched for the row alone. Raises
 * CV_ERROR_FIELD_FETCH_BLOCKED. */
bool cv_fetch_relation(const void *row, const CvMember *member);
/* The same for a deferred member. */
bool cv_fetch_column(const void *row, const CvColumn *column);

/* The row's relation was fetched for it alone. In debug, the tenth time is a warning: N+1 queries. */
void cv_fetch_counted(const void *row, const CvMember *member);

#endif
