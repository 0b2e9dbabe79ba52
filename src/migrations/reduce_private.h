/* reduce_private.h: what the reduce functions have in common. */
#ifndef CV_MIGRATIONS_REDUCE_PRIVATE_H
#define CV_MIGRATIONS_REDUCE_PRIVATE_H

#include "migrations/field_data.h"
#include "migrations/operations_private.h"
#include "migrations/state_private.h"

/* One operation in place of two. */
CvReduced cv_reduced_to(CvArena *arena, const CvOperation *operation);
/* What every kind does in the end: an operation that may be left out is; another that has nothing to do with the
 * model may stand before. */
CvReduced cv_reduced_past(CvArena *arena, const CvOperation *operation, const CvOperation *other, const char *app_label,
                          const char *model);
bool cv_same_model(const CvOperation *a, const CvOperation *b);
/* The name of the field, index or constraint that an operation is about. */
const char *cv_operation_subject(const CvOperation *operation);

#endif
