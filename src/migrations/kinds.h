/* kinds.h: the kinds of operations (Django's classes of django.db.migrations.operations). */
#ifndef CV_MIGRATIONS_KINDS_H
#define CV_MIGRATIONS_KINDS_H

#include "migrations/operation.h"

CV_API_BEGIN

/* clang-format off */
#define CV_OPERATION_KINDS(X)                                                                                  \
    X(create_model) X(delete_model) X(rename_model) X(alter_model_table) X(alter_model_table_comment)          \
    X(alter_model_options) X(alter_unique_together) X(alter_order_with_respect_to)                             \
    X(add_field) X(alter_field) X(remove_field) X(rename_field)                                                \
    X(add_index) X(remove_index) X(rename_index) X(add_constraint) X(remove_constraint) X(alter_constraint)    \
    X(run_sql) X(run_c) X(state_operations) X(database_operations)
/* clang-format on */
#define X(name) extern const CvOperationKind cv_op_##name;
CV_OPERATION_KINDS(X)
#undef X
extern const CvOperationKind cv_op_migration; /* no operation: the row that begins a migration */

/* "AddField"; what `showmigrations`, `sqlmigrate` and errors say: "Add field isbn to book". */
const char *cv_operation_name(const CvOperation *operation);
const char *cv_operation_describe(CvArena *arena, const CvOperation *operation);
/* What stands in front of it in the list of makemigrations: "+", "-", "~", "p" (C), "s" (SQL), "?". */
const char *cv_operation_symbol(const CvOperation *operation);
bool cv_operation_is_reversible(const CvOperation *operation);
/* A sentence for one that is not: what it lacks. */
const char *cv_operation_one_way(const CvOperation *operation);

CV_API_END

#endif
