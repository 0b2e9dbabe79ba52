/* history.c: what lies behind a migration: the state of the models; and histories that cannot have been. */
#include "migrations/graph_private.h"

static bool has(const CvMigrationLoader *loader, const CvMigrationRecord *records, const char *key, int depth)
{
    CvArena *arena = cv_arena();
    const char *dot = strchr(key, '.');
    if (!dot || depth > CV_DEEPEST_SQUASH)
        return false;
    const char *app = cv_arena_strndup(arena, key, (size_t)(dot - key));
    if (cv_recorder_has(records, app, dot + 1))
        return true;
    const CvMigrationNode *node = cv_migration_named(loader, app, dot + 1);
    if (!node || !cv_migration_is_squashed(node->migration))
        return false;
    for (const char *const *replaced = node->migration->options->replaces; *replaced; replaced++)
        if (!has(loader, records, *replaced, depth + 1))
            return false;
    return true;
}

bool cv_migration_is_recorded(const CvMigrationLoader *loader, const CvMigrationRecord *records, const char *key)
{
    return has(loader, records, key, 0);
}

CV_NORETURN static void out_of_order(const CvMigrationRecord *record, const CvMigration *before, const char *alias)
{
    CvError error = {.kind = CV_ERROR_MIGRATION,
                     .message = cv_printf("Migration %s.%s is applied before its dependency %s.%s on database '%s'.",
                                          record->app_label, record->name, before->app_label, before->name,
                                          alias ? alias : "default"),
                     .hint =
                         "A program without the one has perhaps undone the other. Take the database from a copy, or "
                         "make the rows of the table django_migrations say what its tables are."};
    cv_raise_error(&error);
}

void cv_migration_check_history(const CvMigrationLoader *loader, const char *alias)
{
    const CvMigrationRecord *records = cv_recorder_read(cv_arena(), alias);
    for (const CvMigrationRecord *record = records; record->name; record++) {
        const CvMigrationNode *node = cv_migration_named(loader, record->app_label, record->name);
        for (const CvMigrationNode *const *parent = node && !node->left_out ? node->parents : NULL; parent && *parent;
             parent++) {
            const CvMigration *before = (*parent)->migration;
            if (!has(loader, records, cv_printf("%s.%s", before->app_label, before->name), 0))
                out_of_order(record, before, alias);
        }
    }
}

void cv_migration_state_forwards(const CvMigration *migration, CvProjectState *state)
{
    for (size_t i = 0; i < migration->count; i++)
        cv_operation_state_forwards(&migration->operations[i], migration->app_label, state);
}

static void destroy(void *state)
{
    cv_state_destroy(state);
}

static bool stands_in(const CvMigrationNode *node, const CvMigrationNode *const *nodes)
{
    for (; *nodes; nodes++)
        if (*nodes == node)
            return true;
    return false;
}

/* `nodes` NULL: those that are applied. */
static CvProjectState *state_behind(const CvMigrationLoader *loader, const CvMigrationNode *const *nodes)
{
    CvProjectState *state = cv_state_create();
    CvArena *arena = cv_handler_arena();
    CvDefer *guard = cv_arena_defer(arena, destroy, state);
    for (const CvMigrationNode *const *node = cv_migration_order(loader); *node; node++)
        if (nodes ? stands_in(*node, nodes) : (*node)->applied)
            cv_migration_state_forwards((*node)->migration, state);
    cv_arena_undefer(arena, guard);
    return state;
}

CvProjectState *cv_migration_state(const CvMigrationLoader *loader, const CvMigrationNode *const *nodes)
{
    CV_VECTOR(const CvMigrationNode *) needed = {0};
    CvArena *arena = cv_arena();
    if (!nodes)
        return state_behind(loader, cv_migration_order(loader));
    for (const CvMigrationNode *const *node = nodes; *node; node++)
        for (const CvMigrationNode *const *path = cv_migration_path(loader, *node, false); *path; path++)
            cv_vector_push(arena, &needed, *path);
    cv_vector_push(arena, &needed, NULL);
    return state_behind(loader, needed.items);
}

CvProjectState *cv_migration_state_applied(const CvMigrationLoader *loader)
{
    return state_behind(loader, NULL);
}
