/* makemigrations_merge.c: ./manage makemigrations --merge: joins several last migrations of an app by an empty one. */
#include "base/vector.h"
#include "management/makemigrations_private.h"

#define LONGEST_NAMES 47 /* of all branches in the name; longer: the moment instead */

/* The app's own migrations on the way to a leaf. */
typedef struct Branch {
    const CvMigrationNode **items;
    size_t count, capacity;
} Branch;

static Branch branch_to(const CvMake *make, const CvMigrationNode *leaf)
{
    Branch branch = {0};
    for (const CvMigrationNode *const *node = cv_migration_path(make->loader, leaf, false); *node; node++)
        if (strcmp((*node)->migration->app_label, leaf->migration->app_label) == 0)
            cv_vector_push(make->arena, &branch, *node);
    return branch;
}

/* How many migrations all branches begin with. */
static size_t shared_by(const Branch *branches, size_t count)
{
    for (size_t at = 0;; at++)
        for (size_t i = 0; i < count; i++)
            if (at >= branches[i].count || branches[i].items[at] != branches[0].items[at])
                return at;
}

static void say_branches(const CvMake *make, const char *app, const Branch *branches, size_t count, size_t shared)
{
    cv_print(make->log, CV_INK_HEADING, "Merging %s\n", app);
    for (size_t i = 0; i < count; i++) {
        cv_print(make->log, CV_INK_LABEL, "  Branch %s\n", branches[i].items[branches[i].count - 1]->migration->name);
        for (size_t j = shared; j < branches[i].count; j++)
            cv_make_say_operations(make, branches[i].items[j]->migration->operations,
                                   branches[i].items[j]->migration->count);
    }
}

static const char *merged_name(const CvMake *make, const CvMigrationNode *const *leaves)
{
    int biggest = -1;
    CvBuffer names = cv_buffer(make->arena);
    for (size_t i = 0; leaves[i]; i++) {
        int number = cv_migration_number(leaves[i]->migration->name);
        biggest = number > biggest ? number : biggest;
        cv_buffer_printf(&names, "%s%s", i ? "_" : "", leaves[i]->migration->name);
    }
    int number = (biggest < 0 ? 1 : biggest) + 1;
    if (make->name)
        return cv_arena_printf(make->arena, "%04d_%s", number, make->name);
    if (names.length <= LONGEST_NAMES)
        return cv_arena_printf(make->arena, "%04d_merge_%s", number, cv_buffer_string(&names));
    CvClock now = cv_datetime_clock(cv_now(), cv_default_zone());
    return cv_arena_printf(make->arena, "%04d_merge_%04d%02d%02d_%02d%02d", number, now.date.year, now.date.month,
                           now.date.day, now.time.hour, now.time.minute);
}

static bool merge_app(const CvMake *make, const char *app, bool *written)
{
    CvArena *arena = make->arena;
    const CvMigrationNode *const *leaves = cv_migration_leaves(make->loader, app);
    size_t count = 0;
    while (leaves[count])
        count++;
    Branch *branches = cv_arena_new_array(arena, Branch, count);
    const char **needed = cv_arena_new_array(arena, const char *, count + 1);
    for (size_t i = 0; i < count; i++) {
        branches[i] = branch_to(make, leaves[i]);
        needed[i] = cv_arena_printf(arena, "%s.%s", app, leaves[i]->migration->name);
    }
    size_t shared = shared_by(branches, count);
    if (!shared) {
        cv_say_error("The branches of app '%s' have no common beginning: %s.", app,
                     cv_migration_conflicts(make->loader));
        return false;
    }
    if (make->verbosity)
        say_branches(make, app, branches, count, shared);
    if (make->interactive &&
        !cv_ask_yes(make->log, "\nMerging will only work if the operations printed above do not conflict\n"
                               "with each other (working on different fields or models)\n"
                               "Should these migration branches be merged? [y/N]"))
        return true;
    CvNewMigration merged = {.app_label = app,
                             .name = merged_name(make, leaves),
                             .options = {.dependencies = needed},
                             .operations = cv_arena_new(arena, CvOperation)};
    const char *path = cv_short_path(arena, cv_migration_file(arena, app, merged.name));
    if (make->dry_run) {
        if (make->verbosity == 3)
            fprintf(make->log, "Full merge migrations file '%s.def.h':\n%s\n", merged.name,
                    cv_migration_text(arena, &merged, cv_now()));
        return true;
    }
    if (!cv_migration_write(make->line, &merged, false))
        return false;
    *written = true;
    if (make->verbosity)
        fprintf(make->log, "\nCreated new merge migration %s\n", path);
    if (make->scriptable)
        puts(path);
    return true;
}

int cv_make_merge(const CvMake *make, const char *const *apps)
{
    bool written = false;
    for (; *apps; apps++)
        if (!merge_app(make, *apps, &written))
            return 1;
    return !written || cv_build_migrations(make->arena, make->log, make->verbosity) ? 0 : 1;
}
