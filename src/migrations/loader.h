/* loader.h: the migrations of the program's apps as a graph, and which of them a database has (Django's
 * MigrationLoader, MigrationGraph and MigrationRecorder).
 *
 *     cv_migrations_add("shop", &shop_migrations);                 // the booting project does it for each app
 *     CvMigrationLoader *loader = cv_migration_loader(NULL);       // raises CV_ERROR_MIGRATION for what cannot be
 */
#ifndef CV_MIGRATIONS_LOADER_H
#define CV_MIGRATIONS_LOADER_H

#include "migrations/state.h"

CV_API_BEGIN

/* The program's migrations, in order of its apps; the table is read when a loader is made. `migrations` NULL: the app
 * has none, `migrate` makes the tables of its models as they are. */
void cv_migrations_add(const char *app_label, const CvMigrations *migrations);
void cv_migrations_reset(void);
bool cv_migrations_app_has(const char *app_label);

/* A migration in the graph. */
typedef struct CvMigrationNode {
    const CvMigration *migration;
    const struct CvMigrationNode *const *parents;  /* it depends on; end in NULL; by app and name */
    const struct CvMigrationNode *const *children; /* depend on it */
    bool applied;
} CvMigrationNode;

typedef struct CvMigrationLoader CvMigrationLoader;

/* Reads the table django_migrations of a database (alias; NULL the default), which may be missing. Squashed migrations
 * stand for what they replace unless the database has only some of it. Duplicated or malformed names, unknown
 * dependencies, circles and a database that has a migration before one that it depends on are raised as
 * CV_ERROR_MIGRATION, all that were found, each named with its file. */
CvMigrationLoader *cv_migration_loader(const char *alias);
/* Without a database: nothing is applied. */
CvMigrationLoader *cv_migration_loader_offline(void);

/* By exact name or the one whose beginning it is ("0002"); raises where there is none or more than one. */
const CvMigrationNode *cv_migration_find(const CvMigrationLoader *loader, const char *app_label, const char *prefix);
/* The last ones of an app (of all apps: NULL); several: a conflict. End in NULL. */
const CvMigrationNode *const *cv_migration_leaves(const CvMigrationLoader *loader, const char *app_label);
/* All nodes in an order in which they can be applied. Ends in NULL. */
const CvMigrationNode *const *cv_migration_order(const CvMigrationLoader *loader);
/* The apps with more than one leaf: "shop: 0002_a, 0002_b"; NULL: none. */
const char *cv_migration_conflicts(const CvMigrationLoader *loader);
/* Names that the database has and the program has not: "shop.0007_old"; ends in NULL. */
const char *const *cv_migration_unknown(const CvMigrationLoader *loader);
/* The state behind these nodes and all that they need (NULL: behind all). The caller's: cv_state_destroy(). */
CvProjectState *cv_migration_state(const CvMigrationLoader *loader, const CvMigrationNode *const *nodes);

/* ---- what a database has (table django_migrations: id, app, name, applied) ---- */

void cv_recorder_record(const char *alias, const char *app_label, const char *name);
void cv_recorder_forget(const char *alias, const char *app_label, const char *name);

CV_API_END

#endif
