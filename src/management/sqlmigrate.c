/* sqlmigrate.c: ./manage sqlmigrate: the SQL of one migration. */
#include "management/migrations_private.h"

static int sqlmigrate(CvCommandLine *line)
{
    const char *alias, *app = line->arguments[0];
    int verbosity;
    if (!cv_verbosity(line, &verbosity) || !cv_chosen_database(line, &alias) || !cv_app_is_known(app) ||
        !cv_app_is_migrated(app))
        return 1;
    const CvMigrationLoader *loader = cv_migration_loader_offline();
    const CvMigrationNode *node = cv_migration_find(loader, app, line->arguments[1]);
    if (node->left_out) { /* a squashed one stands for it */
        loader = cv_migration_loader_unsquashed(alias);
        node = cv_migration_find(loader, app, node->migration->name);
    }
    const char *const *sql = cv_migration_sql(loader, node, cv_command_option(line, "--backwards") != NULL, alias);
    if (!*sql && verbosity)
        fprintf(stderr, "No operations found.\n");
    bool atomic = *sql && !node->migration->options->not_atomic;
    if (atomic)
        puts("BEGIN;");
    for (; *sql; sql++)
        puts(*sql);
    if (atomic)
        puts("COMMIT;");
    return 0;
}

const CvCommand cv_sqlmigrate_command = {
    .name = "sqlmigrate",
    .summary = "Prints the SQL of a migration.",
    .details = "MIGRATION: a name or its beginning. The database is not changed.",
    .usage = "APP MIGRATION",
    .least = 2,
    .most = 2,
    .options =
        (const CvCommandOption[]){
            {"--backwards", NULL, "The SQL that undoes it.", NULL}, CV_DATABASE_OPTION, CV_VERBOSITY_OPTION, {0}},
    .run = sqlmigrate,
};
