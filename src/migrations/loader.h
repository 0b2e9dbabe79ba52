/* loader.h: the migrations of the program's apps as a graph, and which of them a database has (Django's
 * MigrationLoader, MigrationGraph and MigrationRecorder).
 *
 *     cv_migrations_add("shop", &shop_migrations);                 // the booting project does it for each app
 *     CvMigrationLoader *loader = cv_migration_loader(NULL);       // raises CV_ERROR_MIGRATION for what cannot be
 *     for (const CvMigrationNode *const *node = cv_migration_order(loader); *node; node++)
 *         printf("[%c] %s.%s\n", (*node)->applied ? 'X' : ' ', (*node)->migration->app_label,
 * (*node)->migration->name);
 *
 * A loader and all that it gives live in the arena that was the current one when it was made. It is a picture: after
 * cv_migrate() a new one knows what the database has. */
#ifndef CV_MIGRATIONS_LOADER_H
#define CV_MIGRATIONS_LOADER_H

#include "migrations/state.h"

CV_API_BEGIN

/* The program's migrations, in order of its apps; the table is read when a loader is made. `migrations` NULL: the app
 * has none, `migrate` makes the tables of its models as they are. */
void cv_migrations_add(const char *app_label, const CvMigrations *migrations);
void cv_migrations_reset(void);
/* True if the app has migrations, be it an empty list of them. */
bool cv_migrations_app_has(const char *app_label);
/* The labels of those apps by name; ends in NULL. */
const char *const *cv_migrations_apps(CvArena *arena);

/* A migration in the graph. */
typedef struct CvMigrationNode {
    const CvMigration *migration;
    const struct CvMigrationNode *const *parents;  /* it depends on; end in NULL; by app and name */
    const struct CvMigrationNode *const *children; /* depend on it */
    bool applied;                                  /* it is, or all that it replaces is */
    bool recorded;                                 /* the table has its own name */
    bool left_out;          /* not in the graph: a squashed migration stands for it, or it is one that cannot be used */
    const char *applied_at; /* "2024-02-29 12:00:00.000000", UTC; NULL: not recorded */
} CvMigrationNode;

typedef struct CvMigrationLoader CvMigrationLoader;

/* One row of the table django_migrations. */
typedef struct CvMigrationRecord {
    const char *app_label, *name;
    const char *applied_at; /* as it stands there */
} CvMigrationRecord;

/* Reads the table django_migrations of a database (alias; NULL the default), which may be missing. Squashed migrations
 * stand for what they replace unless the database has only some of it. Duplicated or malformed names, unknown
 * dependencies and circles are raised as CV_ERROR_MIGRATION, all that were found, each named with its file. */
CvMigrationLoader *cv_migration_loader(const char *alias);
/* Without a database: nothing is applied. */
CvMigrationLoader *cv_migration_loader_offline(void);
/* Squashed migrations leave the graph to those that they replace, where these are all there: the way to go to one of
 * them. */
CvMigrationLoader *cv_migration_loader_unsquashed(const char *alias);
/* Raises CV_ERROR_MIGRATION where the database has a migration before one that it depends on. */
void cv_migration_check_history(const CvMigrationLoader *loader, const char *alias);

/* By exact name or the one whose beginning it is ("0002"); raises CV_ERROR_MIGRATION where there is none or more than
 * one. It may be left out of the graph. */
const CvMigrationNode *cv_migration_find(const CvMigrationLoader *loader, const char *app_label, const char *prefix);
/* By exact name; NULL where there is none. */
const CvMigrationNode *cv_migration_named(const CvMigrationLoader *loader, const char *app_label, const char *name);
/* All of the program's, also those left out of the graph, by app and name. Ends in NULL. */
const CvMigrationNode *const *cv_migration_all(const CvMigrationLoader *loader);
/* The last ones of an app (of all apps: NULL); several: a conflict. End in NULL. */
const CvMigrationNode *const *cv_migration_leaves(const CvMigrationLoader *loader, const char *app_label);
/* The first ones likewise. */
const CvMigrationNode *const *cv_migration_roots(const CvMigrationLoader *loader, const char *app_label);
/* All nodes in an order in which they can be applied. Ends in NULL. */
const CvMigrationNode *const *cv_migration_order(const CvMigrationLoader *loader);
/* What must be applied for this one (backwards: unapplied), the node itself last. Ends in NULL. */
const CvMigrationNode *const *cv_migration_path(const CvMigrationLoader *loader, const CvMigrationNode *node,
                                                bool backwards);
/* The apps with more than one leaf: "0002_a, 0002_b in shop"; NULL: none. */
const char *cv_migration_conflicts(const CvMigrationLoader *loader);
/* Names that the database has and the program has not: "shop.0007_old", by name; ends in NULL. */
const char *const *cv_migration_unknown(const CvMigrationLoader *loader);
/* The state behind these nodes and all that they need (NULL: behind all). Models of apps without migrations are not in
 * it: where a relation leads to one, rendering takes the program's. The caller's: cv_state_destroy(). */
CvProjectState *cv_migration_state(const CvMigrationLoader *loader, const CvMigrationNode *const *nodes);
/* The state that the database is in: behind all that is applied. The caller's. */
CvProjectState *cv_migration_state_applied(const CvMigrationLoader *loader);
/* What a migration does to a state. */
void cv_migration_state_forwards(const CvMigration *migration, CvProjectState *state);
/* True if the records have it, or all that it replaces. `key`: "shop.0001_initial". */
bool cv_migration_is_recorded(const CvMigrationLoader *loader, const CvMigrationRecord *records, const char *key);

/* ---- what a database has (table django_migrations: id, app, name, applied) ---- */

/* All of them in order of their keys; ends in one without name; empty where the table is missing. */
const CvMigrationRecord *cv_recorder_read(CvArena *arena, const char *alias);
bool cv_recorder_has(const CvMigrationRecord *records, const char *app_label, const char *name);
/* Makes the table if it is missing. */
void cv_recorder_prepare(const char *alias);
void cv_recorder_record(const char *alias, const char *app_label, const char *name);
void cv_recorder_forget(const char *alias, const char *app_label, const char *name);

CV_API_END

#endif
