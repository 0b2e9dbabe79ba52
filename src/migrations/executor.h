/* executor.h: applies and unapplies migrations (Django's MigrationExecutor). */
#ifndef CV_MIGRATIONS_EXECUTOR_H
#define CV_MIGRATIONS_EXECUTOR_H

#include "migrations/loader.h"

CV_API_BEGIN

typedef struct CvMigrationStepPlan {
    const CvMigrationNode *node;
    bool backwards;
} CvMigrationStepPlan;

typedef struct CvMigrationPlan {
    const CvMigrationStepPlan *steps;
    size_t count;
} CvMigrationPlan;

/* Steps to where exactly these nodes and what they need are applied: backwards for an app whose target lies before what
 * it has. `nodes` ends in NULL; `zero` names an app of which nothing shall be left, or is NULL. */
CvMigrationPlan cv_migration_plan(const CvMigrationLoader *loader, const CvMigrationNode *const *nodes,
                                  const char *zero);

typedef enum CvMigrationProgress {
    CV_MIGRATION_BEGINS,
    CV_MIGRATION_DONE,
    CV_MIGRATION_FAKED, /* recorded without being run */
} CvMigrationProgress;

typedef struct CvMigrateOptions {
    const char *using;
    bool fake, fake_initial;
    void (*progress)(const CvMigrationStepPlan *step, CvMigrationProgress what);
} CvMigrateOptions;

/* Runs the plan. Each migration and its record are one transaction, but for those that are not atomic. What fails is
 * raised with the migration's and the operation's name, file and line; what was done before it stays. */
void cv_migrate(const CvMigrationLoader *loader, CvMigrationPlan plan, const CvMigrateOptions *options);
/* The SQL of one migration; ends in NULL. */
const char *const *cv_migration_sql(const CvMigrationLoader *loader, const CvMigrationNode *node, bool backwards,
                                    const char *alias);

CV_API_END

#endif
