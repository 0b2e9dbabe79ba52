/* squashmigrations.c: ./manage squashmigrations: one migration that stands for many. */
#include "base/vector.h"
#include "management/migrations_private.h"

typedef struct Squash {
    const CvCommandLine *line;
    CvArena *arena;
    const char *app;
    int verbosity;
    bool interactive;
    const CvMigration *start; /* NULL: from the first */
    const CvMigration **items;
    size_t count, capacity;
} Squash;

/* The app's migrations on the way to the last one, from `start` on. False: why not was said. */
static bool find_migrations(Squash *squash)
{
    const CvCommandLine *line = squash->line;
    const CvMigrationLoader *loader = cv_migration_loader_offline();
    const char *last_name = line->arguments[line->count - 1];
    const CvMigrationNode *last = cv_migration_find(loader, squash->app, last_name);
    if (line->count > 2)
        squash->start = cv_migration_find(loader, squash->app, line->arguments[1])->migration;
    bool begun = !squash->start;
    for (const CvMigrationNode *const *node = cv_migration_path(loader, last, false); *node; node++) {
        begun = begun || (*node)->migration == squash->start;
        if (begun && strcmp((*node)->migration->app_label, squash->app) == 0)
            cv_vector_push(squash->arena, squash, (*node)->migration);
    }
    if (squash->count)
        return true;
    cv_say_error("The migration '%s.%s' cannot be found. Maybe it comes after the migration '%s.%s'?\n"
                 "Have a look at:\n  %s showmigrations %s",
                 squash->app, squash->start->name, squash->app, last->migration->name, line->program, squash->app);
    return false;
}

static bool is_wanted(const Squash *squash)
{
    if (squash->verbosity || squash->interactive)
        cv_print(stdout, CV_INK_HEADING, "Will squash the following migrations:\n");
    for (size_t i = 0; i < squash->count && (squash->verbosity || squash->interactive); i++)
        printf(" - %s\n", squash->items[i]->name);
    return !squash->interactive || cv_ask_yes(stdout, "Do you wish to proceed? [y/N]");
}

static bool holds(const char *const *names, size_t count, const char *name)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(names[i], name) == 0)
            return true;
    return false;
}

/* Those of the first one, and of the others what lies in other apps. */
static const char *const *dependencies(const Squash *squash)
{
    CV_VECTOR(const char *) names = {0};
    const char *own = cv_arena_printf(squash->arena, "%s.", squash->app);
    for (size_t i = 0; i < squash->count; i++)
        for (const char *const *one = squash->items[i]->options->dependencies; one && *one; one++)
            if ((i == 0 || !cv_slice_starts_with(cv_slice(*one), cv_slice(own))) &&
                !holds(names.items, names.count, *one))
                cv_vector_push(squash->arena, &names, *one);
    cv_vector_push(squash->arena, &names, NULL);
    return names.items;
}

static const char *const *replaced(const Squash *squash)
{
    const char **names = cv_arena_new_array(squash->arena, const char *, squash->count + 1);
    for (size_t i = 0; i < squash->count; i++)
        names[i] = cv_arena_printf(squash->arena, "%s.%s", squash->app, squash->items[i]->name);
    return names;
}

static const char *squashed_name(const Squash *squash)
{
    const char *given = cv_command_option(squash->line, "--squashed-name");
    const char *last = squash->items[squash->count - 1]->name;
    if (!squash->start)
        return given ? cv_arena_printf(squash->arena, "0001_%s", given)
                     : cv_arena_printf(squash->arena, "0001_squashed_%s", last);
    int prefix = (int)strcspn(squash->start->name, "_");
    return given ? cv_arena_printf(squash->arena, "%.*s_%s", prefix, squash->start->name, given)
                 : cv_arena_printf(squash->arena, "%s_squashed_%s", squash->start->name, last);
}

static void gather_operations(const Squash *squash, CvNewMigration *made)
{
    CV_VECTOR(CvOperation) all = {0};
    for (size_t i = 0; i < squash->count; i++)
        for (size_t j = 0; j < squash->items[i]->count; j++)
            cv_vector_push(squash->arena, &all, squash->items[i]->operations[j]);
    size_t count = all.count;
    (void)cv_vector_add(squash->arena, &all); /* the end */
    made->operations = all.items;
    made->count = count;
    bool plain = cv_command_option(squash->line, "--no-optimize");
    if (squash->verbosity)
        cv_print(stdout, CV_INK_HEADING, plain ? "(Skipping optimization.)\n" : "Optimizing...\n");
    if (plain)
        return;
    made->operations = cv_migration_optimize(squash->arena, squash->app, all.items, count, &made->count);
    if (squash->verbosity && made->count == count)
        puts("  No optimizations possible.");
    else if (squash->verbosity)
        printf("  Optimized from %zu operations to %zu operations.\n", count, made->count);
}

static int squashmigrations(CvCommandLine *line)
{
    Squash squash = {.line = line,
                     .arena = line->arena,
                     .app = line->arguments[0],
                     .interactive = !cv_command_option(line, "--noinput")};
    if (!cv_verbosity(line, &squash.verbosity) || !cv_app_is_known(squash.app) || !cv_app_is_migrated(squash.app) ||
        !find_migrations(&squash))
        return 1;
    if (!is_wanted(&squash))
        return 0;
    CvNewMigration made = {
        .app_label = squash.app,
        .name = squashed_name(&squash),
        .options = {.dependencies = dependencies(&squash), .replaces = replaced(&squash), .initial = !squash.start}};
    const CvMigrationLoader *loader = cv_migration_loader_offline();
    if (cv_migration_named(loader, squash.app, made.name)) {
        cv_say_error("Migration %s already exists. Use a different name.", made.name);
        return 1;
    }
    gather_operations(&squash, &made);
    if (!cv_migration_write(line, &made, false))
        return 1;
    if (squash.verbosity) {
        cv_print(stdout, CV_INK_HEADING, "Created new squashed migration %s\n",
                 cv_short_path(line->arena, cv_migration_file(line->arena, squash.app, made.name)));
        puts(
            "  Commit it and leave the old ones in place: databases that have some of them still need those, new\n"
            "  databases get the squashed one. When all databases have got it, delete the old ones and its .replaces.");
    }
    return cv_build_migrations(line->arena, stdout, squash.verbosity) ? 0 : 1;
}

const CvCommand cv_squashmigrations_command = {
    .name = "squashmigrations",
    .summary = "Writes one migration that stands for those up to MIGRATION.",
    .details =
        "START, MIGRATION: names or their beginnings; without START from the first one. The old ones stay until all\n"
        "databases have the new one.",
    .usage = "APP [START] MIGRATION",
    .least = 2,
    .most = 3,
    .options = (const CvCommandOption[]){{"--no-optimize", NULL, "Keep all operations as they are.", NULL},
                                         {"--squashed-name", "NAME", "What it is called, behind its number.", NULL},
                                         CV_NO_HEADER_OPTION,
                                         CV_NOINPUT_OPTION,
                                         CV_VERBOSITY_OPTION,
                                         {0}},
    .run = squashmigrations,
};
