/* executor_private.h: what the executor's files tell each other. */
#ifndef CV_MIGRATIONS_EXECUTOR_PRIVATE_H
#define CV_MIGRATIONS_EXECUTOR_PRIVATE_H

#include "migrations/executor.h"
#include "migrations/schema_editor.h"

/* executor_initial.c: true if the tables and columns that a first migration would make are all there. `state` is the
 * one before it. */
bool cv_migration_is_there(const CvMigration *migration, const CvProjectState *state, const char *alias);

#endif
