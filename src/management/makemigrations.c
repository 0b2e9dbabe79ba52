/* makemigrations.c: ./manage makemigrations: writes the migrations that lead from the last ones to the models of today.
 */
#include "base/vector.h"
#include "db/db.h"
#include "management/makemigrations_private.h"

static void destroy(void *state)
{
    cv_state_destroy(state);
}

/* What was found points into them. */
static CvProjectState *kept(CvArena *arena, CvProjectState *state)
{
    cv_arena_defer(arena, destroy, state);
    return state;
}

const CvNewMigration *cv_missing_migrations(CvArena *arena, const CvMigrationLoader *loader,
                                            const CvQuestioner *questioner, const char *const *apps, const char *name)
{
    CvProjectState *from = kept(arena, cv_migration_state(loader, NULL)), *to = kept(arena, cv_state_of_program());
    return cv_autodetect(arena, from, to, loader, questioner, apps, name);
}

/* ---- arguments ---- */

static bool name_is_good(const char *name)
{
    size_t length = strspn(name, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_");
    if (length > 0 && !name[length] && (name[0] < '0' || name[0] > '9') && length < 200)
        return true;
    cv_say_error("The migration name must be letters, digits and underscores, no digit first, not '%s'.", name);
    return false;
}

static bool apps_are_known(const CvCommandLine *line)
{
    bool known = true;
    for (int i = 0; i < line->count; i++)
        known = cv_app_is_known(line->arguments[i]) && known;
    return known;
}

static void check_history(void *loader)
{
    cv_migration_check_history(loader, NULL);
}

/* A database that cannot be reached is no reason to stop. */
static void compare_with_database(CvMigrationLoader *loader)
{
    CvError *error;
    if (!cv_database(NULL) || cv_try(check_history, loader, &error))
        return;
    if (error->kind != CV_ERROR_OPERATIONAL)
        cv_raise_error(error);
    fprintf(stderr, "warning: The database could not be asked which migrations it has: %s\n", error->message);
}

/* The chosen apps with more than one last migration; ends in NULL. */
static const char *const *conflicting(const CvMake *make)
{
    CV_VECTOR(const char *) labels = {0};
    for (const char *const *label = make->apps ? make->apps : cv_migrations_apps(make->arena); *label; label++) {
        const CvMigrationNode *const *leaves = cv_migration_leaves(make->loader, *label);
        if (leaves[0] && leaves[1])
            cv_vector_push(make->arena, &labels, *label);
    }
    cv_vector_push(make->arena, &labels, NULL);
    return labels.items;
}

/* ---- what is made ---- */

static int make_empty(const CvMake *make)
{
    CV_VECTOR(CvNewMigration) made = {0};
    if (!make->apps) {
        cv_say_error("You must supply at least one app label when using --empty.");
        return 1;
    }
    for (const char *const *label = make->apps; *label; label++) {
        const CvMigrationNode *const *leaves = cv_migration_leaves(make->loader, *label);
        const char *last = leaves[0] ? leaves[0]->migration->name : NULL;
        int number = last ? cv_migration_number(last) : 0;
        CvNewMigration *migration = cv_vector_add(make->arena, &made);
        const char **needed = cv_arena_new_array(make->arena, const char *, 2);
        migration->app_label = *label;
        migration->operations = cv_arena_new(make->arena, CvOperation);
        needed[0] = last ? cv_arena_printf(make->arena, "%s.%s", *label, last) : NULL;
        migration->options.dependencies = needed;
        migration->options.initial = !last;
        number = (number < 0 ? 0 : number) + 1;
        if (make->name)
            migration->name = cv_arena_printf(make->arena, "%04d_%s", number, make->name);
        else
            migration->name = cv_migration_suggest_name(make->arena, migration, number);
    }
    cv_vector_push(make->arena, &made, (CvNewMigration){0});
    return cv_make_write(make, made.items);
}

/* Who is not named is not looked at: it may want none. */
static void say_without_migrations(const CvMake *make)
{
    const char *label = "";
    for (const CvModel *model = NULL; (model = cv_models_next(model));) {
        const char *of = cv_model_app_label(model);
        if (!cv_migrations_app_has(of) && !model->proxy && !model->options->unmanaged && strcmp(label, of) != 0)
            fprintf(make->log, "App '%s' has models and no migrations; to write its first: %s makemigrations %s\n", of,
                    make->line->program, of);
        label = of;
    }
}

static void say_nothing_changed(const CvMake *make)
{
    if (!make->verbosity)
        return;
    fprintf(make->log, "No changes detected");
    for (int i = 0; make->apps && make->apps[i]; i++)
        fprintf(make->log, "%s'%s'", i ? ", " : make->apps[1] ? " in apps " : " in app ", make->apps[i]);
    fputc('\n', make->log);
    if (!make->apps)
        say_without_migrations(make);
}

typedef struct Detect {
    const CvMake *make;
    const CvNewMigration *changes;
} Detect;

static void detect(void *argument)
{
    Detect *detect = argument;
    const CvMake *make = detect->make;
    const CvQuestioner *questioner = cv_questioner(make->interactive, make->dry_run, make->log, make->verbosity);
    detect->changes = cv_missing_migrations(make->arena, make->loader, questioner, make->apps, make->name);
}

static int make_changes(const CvMake *make)
{
    Detect found = {.make = make};
    CvError *error;
    const char *newer = cv_list_newer_than_program(make->arena);
    if (newer)
        fprintf(stderr, "warning: %s is newer than this program, whose models are compared: build it first.\n",
                cv_short_path(make->arena, newer));
    if (!cv_try(detect, &found, &error)) {
        if (cv_questioner_status())
            return cv_questioner_status();
        cv_raise_error(error);
    }
    if (!found.changes->app_label) {
        say_nothing_changed(make);
        return 0;
    }
    bool update = cv_command_option(make->line, "--update");
    int status = update ? cv_make_update(make, found.changes) : cv_make_write(make, found.changes);
    return cv_command_option(make->line, "--check") ? 1 : status;
}

static int makemigrations(CvCommandLine *line)
{
    bool check = cv_command_option(line, "--check"), scriptable = cv_command_option(line, "--scriptable");
    bool merge = cv_command_option(line, "--merge");
    CvMake make = {.line = line,
                   .arena = line->arena,
                   .log = scriptable ? stderr : stdout,
                   .dry_run = check || cv_command_option(line, "--dry-run"),
                   .interactive = !cv_command_option(line, "--noinput"),
                   .scriptable = scriptable,
                   .name = cv_command_option(line, "--name"),
                   .apps = line->count ? line->arguments : NULL};
    if (!cv_verbosity(line, &make.verbosity) || (make.name && !name_is_good(make.name)))
        return 1;
    if (!apps_are_known(line))
        return 2;
    make.loader = cv_migration_loader_offline();
    compare_with_database(make.loader);
    const char *const *conflicts = conflicting(&make);
    if (*conflicts && !merge) {
        cv_say_error("Conflicting migrations detected; multiple leaf nodes in the migration graph: (%s).\n"
                     "To fix them run '%s makemigrations --merge'",
                     cv_migration_conflicts(make.loader), line->program);
        return 1;
    }
    if (merge && !*conflicts) {
        fprintf(make.log, "No conflicts detected to merge.\n");
        return 0;
    }
    if (merge)
        return cv_make_merge(&make, conflicts);
    return cv_command_option(line, "--empty") ? make_empty(&make) : make_changes(&make);
}

const CvCommand cv_makemigrations_command = {
    .name = "makemigrations",
    .summary = "Writes migrations for what changed in the models, and builds the program with them.",
    .usage = "[APP...]",
    .details = "Migrations are list files in the folder `migrations` of an app; look at them before you migrate.",
    .most = -1,
    .options =
        (const CvCommandOption[]){
            {"--name", "NAME", "What the migrations are called, behind their number.", "-n"},
            {"--empty", NULL, "Write an empty migration for each APP.", NULL},
            {"--merge", NULL, "Join several last migrations of an app.", NULL},
            {"--update", NULL, "Put the changes into the apps' last migrations.", NULL},
            {"--dry-run", NULL, "Only show what would be written; -v 3: the files too.", NULL},
            {"--check", NULL, "Write nothing; exit status 1 if something changed.", NULL},
            {"--scriptable", NULL, "Print the paths of new files alone on standard output.", NULL},
            CV_NO_HEADER_OPTION,
            CV_NOINPUT_OPTION,
            CV_VERBOSITY_OPTION,
            {0}},
    .run = makemigrations,
};
