/* migrate_show.c: ./manage migrate --plan and --prune: what would be done, and records that nobody needs any more. */
#include "base/vector.h"
#include "management/migrate_private.h"

void cv_migrate_show_plan(const CvMigrateRun *migrate)
{
    cv_print(stdout, CV_INK_LABEL, "Planned operations:");
    putchar('\n');
    if (!migrate->plan.count)
        puts("  No planned migration operations.");
    for (size_t i = 0; i < migrate->plan.count; i++) {
        const CvMigrationStepPlan *step = &migrate->plan.steps[i];
        const CvMigration *migration = step->node->migration;
        cv_print(stdout, CV_INK_HEADING, "%s.%s", migration->app_label, migration->name);
        putchar('\n');
        for (size_t j = 0; j < migration->count; j++) {
            bool irreversible;
            const char *text =
                cv_operation_planned(cv_arena(), &migration->operations[j], step->backwards, &irreversible);
            cv_print(stdout, irreversible ? CV_INK_NOTICE : CV_INK_PLAIN, "    %s", text);
            putchar('\n');
        }
    }
}

/* Squashed migrations that name one of these in `replaces` forbid it: they may not be recorded yet. */
static bool may_prune(const CvMigrateRun *migrate, const char *const *unknown)
{
    bool may = true;
    for (const CvMigrationNode *const *node = cv_migration_all(migrate->loader); *node; node++) {
        const char *const *replaced = (*node)->migration->options->replaces;
        bool names_one = false;
        for (; replaced && *replaced; replaced++)
            for (const char *const *one = unknown; *one; one++)
                names_one = names_one || strcmp(*one, *replaced) == 0;
        if (names_one && may)
            cv_print(stdout, CV_INK_NOTICE,
                     "  Cannot use --prune because the following squashed migrations have their 'replaces' attributes "
                     "and may not be recorded as applied:\n");
        if (names_one)
            printf("    %s.%s\n", (*node)->migration->app_label, (*node)->migration->name);
        may = may && !names_one;
    }
    if (!may)
        cv_print(stdout, CV_INK_NOTICE,
                 "  Re-run '%s migrate' if they are not marked as applied, and remove '.replaces' from their list "
                 "files.\n",
                 cv_program.argv[0]);
    return may;
}

int cv_migrate_prune(const CvMigrateRun *migrate)
{
    if (!migrate->app) {
        cv_say_error("Migrations can be pruned only when an app is specified.");
        return 1;
    }
    const char *beginning = cv_printf("%s.", migrate->app);
    CV_VECTOR(const char *) unknown = {0};
    for (const char *const *one = cv_migration_unknown(migrate->loader); *one; one++)
        if (cv_slice_starts_with(cv_slice(*one), cv_slice(beginning)))
            cv_vector_push(cv_arena(), &unknown, *one);
    cv_vector_push(cv_arena(), &unknown, NULL);
    if (migrate->verbosity)
        cv_print(stdout, CV_INK_HEADING, "Pruning migrations:\n");
    if (!may_prune(migrate, unknown.items))
        return 0;
    for (const char *const *one = unknown.items; *one; one++) {
        cv_recorder_forget(migrate->alias, migrate->app, *one + strlen(beginning));
        if (migrate->verbosity) {
            cv_print(stdout, CV_INK_LABEL, "  Pruning %s", *one);
            cv_print(stdout, CV_INK_GOOD, " OK\n");
        }
    }
    if (!unknown.items[0] && migrate->verbosity)
        puts("  No migrations to prune.");
    return 0;
}

void cv_migrate_warn_unbuilt(const CvMigrateRun *migrate)
{
    const char *const *paths = cv_migration_files_unbuilt(cv_arena(), migrate->loader);
    for (; *paths && migrate->verbosity; paths++)
        fprintf(stderr, "warning: %s is not in this program: build it again, and see that its migrations.c names it.\n",
                cv_short_path(cv_arena(), *paths));
}

void cv_migrate_warn_unknown(const CvMigrateRun *migrate)
{
    bool back = migrate->app && migrate->plan.count && migrate->plan.steps[0].backwards;
    const char *beginning = cv_printf("%s.", back ? migrate->app : "");
    const char *const *one = cv_migration_unknown(migrate->loader);
    for (; back && migrate->verbosity && *one; one++)
        if (cv_slice_starts_with(cv_slice(*one), cv_slice(beginning)))
            fprintf(stderr,
                    "warning: %s is applied, but not in this program, and stays as it is: undo it first with the "
                    "program that has it.\n",
                    *one);
}
