/* migrate_private.h: one run of ./manage migrate. */
#ifndef CV_MANAGEMENT_MIGRATE_PRIVATE_H
#define CV_MANAGEMENT_MIGRATE_PRIVATE_H

#include "management/migrations_private.h"

typedef struct CvMigrateRun {
    const CvCommandLine *line;
    const char *alias, *app; /* app NULL: all */
    int verbosity;
    CvMigrationLoader *loader;
    const CvMigrationNode *const *targets; /* end in NULL */
    const char *zero;                      /* the app of which nothing shall be left, or NULL */
    CvMigrationPlan plan;
} CvMigrateRun;

/* migrate_show.c */
void cv_migrate_show_plan(const CvMigrateRun *migrate);
int cv_migrate_prune(const CvMigrateRun *migrate);
/* List files that the sources have and the program has not: built again it would apply them too. */
void cv_migrate_warn_unbuilt(const CvMigrateRun *migrate);
/* Going back: of the app's migrations that the database has and the program has not. */
void cv_migrate_warn_unknown(const CvMigrateRun *migrate);

#endif
