/* schema_private.h: what the files that write tables as SQL share. */
#ifndef CV_ORM_SCHEMA_PRIVATE_H
#define CV_ORM_SCHEMA_PRIVATE_H

#include "orm/model_private.h"
#include "orm/schema_parts.h"

/* The column of a field's name, which may have a "-" in front. */
const char *cv_schema_column_named(const CvModelInfo *info, const char *name);
const char *cv_schema_expression_of(CvArena *arena, const CvModel *model, const char *text);
/* What SQLite cannot do Django leaves out as well. */
bool cv_constraint_is_supported(const CvConstraint *constraint);

#endif
