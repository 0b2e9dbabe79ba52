/* optimizemigration.c: ./manage optimizemigration: fewer operations with the same effect. */
#include "management/migrations_private.h"

static int optimizemigration(CvCommandLine *line)
{
    const char *app = line->arguments[0];
    int verbosity;
    size_t left;
    if (!cv_verbosity(line, &verbosity) || !cv_app_is_known(app) || !cv_app_is_migrated(app))
        return 1;
    const CvMigrationLoader *loader = cv_migration_loader_offline();
    const CvMigration *migration = cv_migration_find(loader, app, line->arguments[1])->migration;
    const CvOperation *operations =
        cv_migration_optimize(line->arena, app, migration->operations, migration->count, &left);
    if (left == migration->count) {
        if (verbosity)
            puts("No optimizations possible.");
        return 0;
    }
    if (verbosity)
        printf("Optimizing from %zu operations to %zu operations.\n", migration->count, left);
    if (cv_command_option(line, "--check"))
        return 1;
    CvNewMigration made = {.app_label = app,
                           .name = migration->name,
                           .options = *migration->options,
                           .operations = operations,
                           .count = left};
    if (!cv_migration_write(line, &made, true))
        return 1;
    if (verbosity)
        cv_print(stdout, CV_INK_HEADING, "Optimized migration %s\n",
                 cv_short_path(line->arena, cv_migration_file(line->arena, app, migration->name)));
    return cv_build_migrations(line->arena, stdout, verbosity) ? 0 : 1;
}

const CvCommand cv_optimizemigration_command = {
    .name = "optimizemigration",
    .summary = "Makes the operations of a migration fewer.",
    .details = "MIGRATION: a name or its beginning.",
    .usage = "APP MIGRATION",
    .least = 2,
    .most = 2,
    .options = (const CvCommandOption[]){{"--check", NULL, "Write nothing; exit status 1 if it can be done.", NULL},
                                         CV_VERBOSITY_OPTION,
                                         {0}},
    .run = optimizemigration,
};
