/* schema.h: the tables of models as SQL, as Django makes them: names, types, constraints, indexes.
 *
 *     cv_schema_create(NULL, NULL);          // all registered models, in the default database; existing tables stay
 */
#ifndef CV_ORM_SCHEMA_H
#define CV_ORM_SCHEMA_H

#include "orm/expr.h"

CV_API_BEGIN

/* Makes the tables that are not there yet, in one transaction. `models` ends in NULL; NULL: all. Returns how many were
 * made. Raises what the database refuses. */
size_t cv_schema_create(const char *alias, const CvModel *const *models);
/* CREATE TABLE and CREATE INDEX statements of one model, each ending in ";\n". */
const char *cv_schema_sql(const CvModel *model);
/* True if the table is there. */
bool cv_schema_has_table(const char *alias, const char *table);
bool cv_schema_has_column(const char *alias, const char *table, const char *column);
/* Django's name of an index: table_column_12345678suffix. */
const char *cv_schema_index_name(CvArena *arena, const char *table, size_t count, const char *const *columns,
                                 const char *suffix);
/* The name of a model's index or constraint: its own, or the one that Django makes up; NULL: a constraint that needs
 * one.
 */
const char *cv_schema_constraint_name(CvArena *arena, const CvModel *model, const CvConstraint *constraint);
/* An expression or condition over the model's own columns as SQL without values to bind, for tables and indexes; `text`
 * is what it was written as, for messages. Raises what does not fit, and what reaches into another table. */
const char *cv_schema_expression(CvArena *arena, const CvModel *model, const CvExpr *expr, const char *text);

CV_API_END

#endif
