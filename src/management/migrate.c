/* migrate.c: ./manage migrate: brings a database to where the program's migrations lead, or to one of them. */
#include <time.h>

#include "db/db.h"
#include "management/migrate_private.h"
#include "orm/schema.h"

/* ---- where to ---- */

/* A migration that a squashed one stands for is reached in a graph without squashed ones; a squashed one that cannot be
 * used is reached by the last one that it replaces. */
static void aim_at(CvMigrateRun *migrate, const char *prefix)
{
    const CvMigrationNode **target = cv_new_array(const CvMigrationNode *, 2);
    const CvMigrationNode *found = cv_migration_find(migrate->loader, migrate->app, prefix);
    const char *name = found->migration->name;
    if (found->left_out && cv_migration_is_squashed(found->migration)) {
        const char *const *last = found->migration->options->replaces;
        while (last[1])
            last++;
        name = strchr(*last, '.') + 1;
        found = cv_migration_find(migrate->loader, migrate->app, name);
    }
    if (found->left_out) {
        migrate->loader = cv_migration_loader_unsquashed(migrate->alias);
        found = cv_migration_find(migrate->loader, migrate->app, name);
    }
    target[0] = found;
    migrate->targets = target;
}

/* False: what is wrong was said. */
static bool find_targets(CvMigrateRun *migrate)
{
    const CvCommandLine *line = migrate->line;
    static const CvMigrationNode *const none[1];
    if (migrate->app && !cv_app_is_known(migrate->app))
        return false;
    if (migrate->app && cv_migrations_app_has(migrate->app) && cv_command_option(migrate->line, "--run-syncdb")) {
        cv_say_error("Can't use --run-syncdb with app '%s' as it has migrations.", migrate->app);
        return false;
    }
    if (line->count > 1 && !cv_app_is_migrated(migrate->app))
        return false;
    migrate->targets = none;
    if (line->count > 1 && strcmp(line->arguments[1], "zero") == 0)
        migrate->zero = migrate->app;
    else if (line->count > 1)
        aim_at(migrate, line->arguments[1]);
    else
        migrate->targets = cv_migration_leaves(migrate->loader, migrate->app);
    return true;
}

static bool has_conflicts(const CvMigrationLoader *loader)
{
    const char *conflicts = cv_migration_conflicts(loader);
    if (conflicts)
        cv_say_error("Conflicting migrations detected; multiple leaf nodes in the migration graph: (%s).\n"
                     "To fix them run '%s makemigrations --merge'",
                     conflicts, cv_program.argv[0]);
    return conflicts != NULL;
}

/* ---- progress ---- */

static int progress_verbosity;
static struct timespec progress_start;

static void say_end(CvInk ink, const char *word)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    double seconds =
        (double)(now.tv_sec - progress_start.tv_sec) + (double)(now.tv_nsec - progress_start.tv_nsec) / 1e9;
    cv_print(stdout, ink, " %s", word);
    if (progress_verbosity > 1)
        cv_print(stdout, ink, " (%.3fs)", seconds);
    putchar('\n');
}

static void say_progress(const CvMigrationStepPlan *step, CvMigrationProgress what)
{
    if (what == CV_MIGRATION_STATES_BEGIN || what == CV_MIGRATION_BEGINS)
        clock_gettime(CLOCK_MONOTONIC, &progress_start);
    switch (what) {
    case CV_MIGRATION_STATES_BEGIN:
        printf("  Rendering model states...");
        break;
    case CV_MIGRATION_STATES_DONE:
        say_end(CV_INK_GOOD, "DONE");
        break;
    case CV_MIGRATION_BEGINS:
        printf("  %s %s.%s...", step->backwards ? "Unapplying" : "Applying", step->node->migration->app_label,
               step->node->migration->name);
        break;
    case CV_MIGRATION_DONE:
        say_end(CV_INK_GOOD, "OK");
        break;
    case CV_MIGRATION_FAKED:
        say_end(CV_INK_GOOD, "FAKED");
        break;
    }
    fflush(stdout);
}

static void run_plan(void *argument)
{
    const CvMigrateRun *migrate = argument;
    bool fake = cv_command_option(migrate->line, "--fake"),
         initial = cv_command_option(migrate->line, "--fake-initial");
    cv_migrate(migrate->loader, migrate->plan,
               &(CvMigrateOptions){.using = migrate->alias,
                                   .fake = fake,
                                   .fake_initial = initial,
                                   .progress = migrate->verbosity ? say_progress : NULL});
}

/* ---- the command ---- */

static void say_synchronized(const CvMigrateRun *migrate)
{
    if (migrate->app) {
        cv_print(stdout, CV_INK_LABEL, "  Synchronize unmigrated app: ");
        puts(migrate->app);
        return;
    }
    const char *before = "";
    cv_print(stdout, CV_INK_LABEL, "  Synchronize unmigrated apps: ");
    for (const CvApp *const *app = cv_settings()->apps; app && *app; app++)
        if ((*app)->models && !(*app)->migrations) {
            printf("%s%s", before, cv_app_label(*app));
            before = ", ";
        }
    putchar('\n');
}

static void say_what(const CvMigrateRun *migrate, bool synchronize)
{
    cv_print(stdout, CV_INK_HEADING, "Operations to perform:\n");
    if (synchronize)
        say_synchronized(migrate);
    if (migrate->zero) {
        cv_print(stdout, CV_INK_LABEL, "  Unapply all migrations: ");
        puts(migrate->zero);
    } else if (migrate->line->count > 1) {
        cv_print(stdout, CV_INK_LABEL, "  Target specific migration: ");
        printf("%s, from %s\n", migrate->targets[0]->migration->name, migrate->app);
    } else {
        const char *last = NULL;
        cv_print(stdout, CV_INK_LABEL, "  Apply all migrations: ");
        for (const CvMigrationNode *const *target = migrate->targets; *target; target++) {
            const char *label = (*target)->migration->app_label;
            if (!last || strcmp(label, last) != 0)
                printf("%s%s", last ? ", " : "", label);
            last = label;
        }
        puts(last ? "" : "(none)");
    }
}

static void synchronize(const CvMigrateRun *migrate, const CvModel *const *missing)
{
    if (migrate->verbosity) {
        cv_print(stdout, CV_INK_HEADING, "Synchronizing apps without migrations:\n");
        puts("  Creating tables...");
        for (const CvModel *const *model = missing; *model; model++)
            printf("    Creating table %s\n", cv_model_table(*model));
    }
    if (*missing)
        cv_schema_create(migrate->alias, missing);
    if (migrate->verbosity)
        puts("    Running deferred SQL...");
}

/* Models that changed and have no migration for it. */
static void say_what_is_missing(const CvMigrateRun *migrate)
{
    CvBuffer apps = cv_buffer(cv_arena());
    const char *last = NULL;
    const CvNewMigration *missing = cv_missing_migrations(cv_arena(), migrate->loader, NULL, NULL, NULL);
    for (; missing->app_label; missing++) {
        if (!last || strcmp(last, missing->app_label) != 0)
            cv_buffer_printf(&apps, "%s'%s'", last ? ", " : "", missing->app_label);
        last = missing->app_label;
    }
    if (!last)
        return;
    cv_print(stdout, CV_INK_NOTICE,
             "  Your models in app(s): %s have changes that are not yet reflected in a migration, and so won't be "
             "applied.\n",
             cv_buffer_string(&apps));
    cv_print(stdout, CV_INK_NOTICE,
             "  Run '%s makemigrations' to make new migrations, and then re-run '%s migrate' to apply them.\n",
             cv_program.argv[0], cv_program.argv[0]);
}

static int perform(CvMigrateRun *migrate)
{
    CvError *error;
    const CvModel *const *missing = cv_migrate_missing_tables(cv_arena(), migrate->alias, migrate->app);
    bool syncs = *missing || cv_command_option(migrate->line, "--run-syncdb");
    if (migrate->verbosity)
        say_what(migrate, syncs);
    if (syncs)
        synchronize(migrate, missing);
    if (migrate->verbosity)
        cv_print(stdout, CV_INK_HEADING, "Running migrations:\n");
    if (migrate->verbosity && !migrate->plan.count) {
        puts("  No migrations to apply.");
        say_what_is_missing(migrate);
    }
    if (!cv_try(run_plan, migrate, &error)) {
        if (migrate->verbosity)
            putchar('\n'); /* behind "Applying ..." */
        fflush(stdout);
        cv_raise_error(error);
    }
    if (cv_database(migrate->alias) == cv_database(NULL))
        cv_apps_migrated();
    return 0;
}

static int migrate(CvCommandLine *line)
{
    CvMigrateRun run = {.line = line, .app = line->count ? line->arguments[0] : NULL};
    if (!cv_verbosity(line, &run.verbosity) || !cv_chosen_database(line, &run.alias))
        return 1;
    run.loader = cv_migration_loader(run.alias);
    cv_migration_check_history(run.loader, run.alias);
    if (has_conflicts(run.loader) || !find_targets(&run))
        return 1;
    cv_migrate_warn_unbuilt(&run);
    if (cv_command_option(line, "--prune"))
        return cv_migrate_prune(&run);
    run.plan = cv_migration_plan(run.loader, run.targets, run.zero);
    cv_migrate_warn_unknown(&run);
    if (cv_command_option(line, "--plan"))
        cv_migrate_show_plan(&run);
    if (cv_command_option(line, "--check"))
        return run.plan.count ? 1 : 0;
    return cv_command_option(line, "--plan") ? 0 : perform(&run);
}

const CvCommand cv_migrate_command = {
    .name = "migrate",
    .summary = "Brings the database to where the migrations lead; makes the tables of apps that have none.",
    .usage = "[APP [MIGRATION]]",
    .details = "MIGRATION: a name or its beginning; what stands behind it is undone. `zero` undoes all of the app's.\n"
               "Apps add the rows that they need: content types.",
    .most = 2,
    .options =
        (const CvCommandOption[]){
            CV_DATABASE_OPTION,
            {"--fake", NULL, "Only write down that the migrations were run.", NULL},
            {"--fake-initial", NULL, "The same for first migrations whose tables are all there.", NULL},
            {"--plan", NULL, "Only show what would be done.", NULL},
            {"--check", NULL, "Only say by the exit status whether there is something to do (1).", NULL},
            {"--prune", NULL, "Forget the records of APP's migrations that the program no longer has.", NULL},
            {"--run-syncdb", NULL, "Make the tables of apps without migrations; this is always done.", NULL},
            CV_NOINPUT_OPTION,
            CV_VERBOSITY_OPTION,
            {0}},
    .run = migrate,
};
