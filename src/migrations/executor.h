/* executor.h: applies and unapplies migrations (Django's MigrationExecutor).
 *
 *     CvMigrationLoader *loader = cv_migration_loader(NULL);
 *     CvMigrationPlan plan = cv_migration_plan(loader, cv_migration_leaves(loader, NULL), NULL);
 *     cv_migrate(loader, plan, &(CvMigrateOptions){0});
 */
#ifndef CV_MIGRATIONS_EXECUTOR_H
#define CV_MIGRATIONS_EXECUTOR_H

#include "base/signal.h"
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
    CV_MIGRATION_STATES_BEGIN, /* going back: the states of the models are worked out first; step NULL */
    CV_MIGRATION_STATES_DONE,
    CV_MIGRATION_BEGINS,
    CV_MIGRATION_DONE,
    CV_MIGRATION_FAKED, /* recorded without being run */
} CvMigrationProgress;

typedef struct CvMigrateOptions {
    const char *using; /* a database's alias; NULL: the default */
    bool fake, fake_initial;
    void (*progress)(const CvMigrationStepPlan *step, CvMigrationProgress what); /* NULL: nobody listens */
} CvMigrateOptions;

/* Runs the plan. Each migration and its record are one transaction, but for those that are not atomic. What fails is
 * raised with the migration's and the operation's name, file and line; what was done before it stays. A plan that goes
 * both ways is refused (CV_ERROR_MIGRATION), and so is going back behind what cannot be undone, before anything is
 * done to the migration. Squashed migrations whose replaced ones are all there are recorded. What is allocated from
 * cv_arena() meanwhile, by steps and listeners too, goes with each migration.
 * Not while other fibers write: SQLite's foreign keys are not enforced on the connection that they share. */
void cv_migrate(const CvMigrationLoader *loader, CvMigrationPlan plan, const CvMigrateOptions *options);
/* Sent inside the transaction when a migration has given a model another name, or taken it back: for apps whose rows
 * name models. The payload is a CvModelRenaming. */
typedef struct CvModelRenaming {
    const char *using, *app_label, *old, *name; /* "Author", "Writer" */
} CvModelRenaming;
extern CvSignal cv_model_renamed;
/* The SQL of one migration, each statement with its semicolon; ends in NULL. */
const char *const *cv_migration_sql(const CvMigrationLoader *loader, const CvMigrationNode *node, bool backwards,
                                    const char *alias);
/* All that `migrate` without arguments does to a database, silently: the tables of apps without migrations, then all
 * migrations. For tests and for programs without a command line. */
void cv_migrate_all(const char *alias);
/* The models of apps without migrations whose tables are missing; ends in NULL. `app_label` NULL: of all such apps. */
const CvModel *const *cv_migrate_missing_tables(CvArena *arena, const char *alias, const char *app_label);

CV_API_END

#endif
