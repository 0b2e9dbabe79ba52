/* makemigrations_update.c: ./manage makemigrations --update: changes go into the last migration of their app, which
 * must not be applied, squashed or needed by another one. */
#include "base/vector.h"
#include "db/db.h"
#include "management/makemigrations_private.h"

/* The app's last migration, if it may be changed; else NULL, and why was said. */
static const CvMigrationNode *changeable(const CvMigrationLoader *loader, const char *app)
{
    const CvMigrationNode *node = cv_migration_leaves(loader, app)[0];
    if (!node) {
        cv_say_error("App %s has no migration, cannot update last migration.", app);
        return NULL;
    }
    const char *name = cv_printf("%s.%s", app, node->migration->name);
    if (cv_migration_is_squashed(node->migration)) {
        cv_say_error("Cannot update squash migration '%s'.", name);
        return NULL;
    }
    if (node->applied) {
        cv_say_error("Cannot update applied migration '%s'.", name);
        return NULL;
    }
    CvBuffer children = cv_buffer(cv_arena());
    for (const CvMigrationNode *const *child = node->children; *child; child++)
        cv_buffer_printf(&children, "%s'%s.%s'", children.length ? ", " : "", (*child)->migration->app_label,
                         (*child)->migration->name);
    if (!children.length)
        return node;
    cv_say_error("Cannot update migration '%s' that migrations %s depend on.", name, cv_buffer_string(&children));
    return NULL;
}

typedef struct Names {
    const char **items;
    size_t count, capacity;
} Names;

static void add_names(CvArena *arena, Names *names, const char *const *more, const char *without_app)
{
    const char *own = without_app ? cv_arena_printf(arena, "%s.", without_app) : NULL;
    for (; more && *more; more++) {
        bool there = own && cv_slice_starts_with(cv_slice(*more), cv_slice(own));
        for (size_t i = 0; i < names->count && !there; i++)
            there = strcmp(names->items[i], *more) == 0;
        if (!there)
            cv_vector_push(arena, names, *more);
    }
}

/* `changes` of one app follow each other; *next: those of the next app. */
static bool update_app(const CvMake *make, const CvMigrationLoader *loader, const CvNewMigration *changes,
                       const CvNewMigration **next)
{
    CvArena *arena = make->arena;
    const char *app = changes->app_label;
    const CvMigrationNode *node = changeable(loader, app);
    if (!node)
        return false;
    const CvMigration *old = node->migration;
    CvNewMigration updated = {.app_label = app, .options = *old->options};
    CV_VECTOR(CvOperation) operations = {0};
    Names needed = {0};
    add_names(arena, &needed, old->options->dependencies, NULL);
    for (size_t i = 0; i < old->count; i++)
        cv_vector_push(arena, &operations, old->operations[i]);
    for (; changes->app_label && strcmp(changes->app_label, app) == 0; changes++) {
        add_names(arena, &needed, changes->options.dependencies, app);
        for (size_t i = 0; i < changes->count; i++)
            cv_vector_push(arena, &operations, changes->operations[i]);
    }
    *next = changes;
    cv_vector_push(arena, &needed, NULL);
    updated.options.dependencies = needed.items;
    updated.operations = cv_migration_optimize(arena, app, operations.items, operations.count, &updated.count);
    int number = cv_migration_number(old->name);
    updated.name = make->name ? cv_arena_printf(arena, "%.4s_%s", old->name, make->name)
                              : cv_migration_suggest_name(arena, &updated, number < 0 ? 1 : number);
    if (strcmp(updated.name, old->name) == 0)
        updated.name = cv_arena_printf(arena, "%s_updated", old->name);
    if (make->verbosity) {
        cv_print(make->log, CV_INK_HEADING, "Migrations for '%s':\n", app);
        cv_print(make->log, CV_INK_LABEL, "  %s\n", cv_short_path(arena, cv_migration_file(arena, app, updated.name)));
        cv_make_say_operations(make, updated.operations, updated.count);
    }
    if (make->dry_run)
        return true;
    if (!cv_migration_write(make->line, &updated, false) || !cv_migration_delete(arena, app, old->name))
        return false;
    if (make->scriptable)
        puts(cv_short_path(arena, cv_migration_file(arena, app, updated.name)));
    fprintf(make->log, "Deleted %s\n", cv_short_path(arena, cv_migration_file(arena, app, old->name)));
    return true;
}

int cv_make_update(const CvMake *make, const CvNewMigration *changes)
{
    const CvMigrationLoader *loader = cv_database(NULL) ? cv_migration_loader(NULL) : make->loader;
    while (changes->app_label)
        if (!update_app(make, loader, changes, &changes))
            return 1;
    return make->dry_run || cv_build_migrations(make->arena, make->log, make->verbosity) ? 0 : 1;
}
