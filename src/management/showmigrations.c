/* showmigrations.c: ./manage showmigrations: which migrations there are and which of them a database has. */
#include "base/vector.h"
#include "management/migrations_private.h"

typedef struct Show {
    const CvMigrationLoader *loader;
    int verbosity;
} Show;

static bool is_chosen(const CvCommandLine *line, const char *label)
{
    for (int i = 0; i < line->count; i++)
        if (strcmp(line->arguments[i], label) == 0)
            return true;
    return line->count == 0;
}

static bool holds(const CvMigrationNode *const *nodes, size_t count, const CvMigrationNode *node)
{
    for (size_t i = 0; i < count; i++)
        if (nodes[i] == node)
            return true;
    return false;
}

/* " [X] 0001_initial (applied at 2024-02-29 12:00:00)" */
static void show_one(const Show *show, const CvMigrationNode *node)
{
    const CvMigration *migration = node->migration;
    size_t replaced = 0;
    while (migration->options->replaces && migration->options->replaces[replaced])
        replaced++;
    printf(" [%c] %s", !node->applied ? ' ' : node->recorded ? 'X' : '-', migration->name);
    if (replaced)
        printf(" (%zu squashed migrations)", replaced);
    if (node->applied && !node->recorded)
        printf(" Run '%s migrate' to finish recording.", cv_program.argv[0]);
    if (node->applied && node->applied_at && show->verbosity >= 2)
        printf(" (applied at %.19s)", node->applied_at);
    putchar('\n');
}

static void show_app(const Show *show, const char *label)
{
    CV_VECTOR(const CvMigrationNode *) shown = {0};
    cv_print(stdout, CV_INK_LABEL, "%s\n", label);
    for (const CvMigrationNode *const *leaf = cv_migration_leaves(show->loader, label); *leaf; leaf++)
        for (const CvMigrationNode *const *node = cv_migration_path(show->loader, *leaf, false); *node; node++) {
            if (strcmp((*node)->migration->app_label, label) != 0 || holds(shown.items, shown.count, *node))
                continue;
            show_one(show, *node);
            cv_vector_push(cv_arena(), &shown, *node);
        }
    if (!shown.count)
        cv_print(stdout, CV_INK_NOTICE, " (no migrations)\n");
}

static void show_list(const Show *show, const CvCommandLine *line)
{
    if (line->count == 0)
        for (const char *const *label = cv_migrations_apps(line->arena); *label; label++)
            show_app(show, *label);
    for (int i = 0; i < line->count; i++)
        show_app(show, line->arguments[i]);
}

static void show_plan(const Show *show, const CvCommandLine *line)
{
    CV_VECTOR(const CvMigrationNode *) shown = {0};
    for (const CvMigrationNode *const *leaf = cv_migration_leaves(show->loader, NULL); *leaf; leaf++) {
        if (!is_chosen(line, (*leaf)->migration->app_label))
            continue;
        for (const CvMigrationNode *const *node = cv_migration_path(show->loader, *leaf, false); *node; node++) {
            if (holds(shown.items, shown.count, *node))
                continue;
            cv_vector_push(cv_arena(), &shown, *node);
            printf("[%c]  %s.%s", (*node)->applied ? 'X' : ' ', (*node)->migration->app_label,
                   (*node)->migration->name);
            const CvMigrationNode *const *parents = (*node)->parents;
            for (size_t i = 0; show->verbosity >= 2 && parents[i]; i++)
                printf("%s%s.%s%s", i ? ", " : " ... (", parents[i]->migration->app_label, parents[i]->migration->name,
                       parents[i + 1] ? "" : ")");
            putchar('\n');
        }
    }
    if (!shown.count)
        cv_print(stdout, CV_INK_NOTICE, "(no migrations)\n");
}

static int showmigrations(CvCommandLine *line)
{
    Show show = {0};
    const char *alias;
    bool known = true;
    if (!cv_verbosity(line, &show.verbosity) || !cv_chosen_database(line, &alias))
        return 1;
    for (int i = 0; i < line->count; i++)
        known = cv_app_is_known(line->arguments[i]) && known;
    if (!known)
        return 2;
    show.loader = cv_migration_loader(alias);
    if (cv_command_option(line, "--plan"))
        show_plan(&show, line);
    else
        show_list(&show, line);
    return 0;
}

const CvCommand cv_showmigrations_command = {
    .name = "showmigrations",
    .summary = "Lists the migrations and which of them the database has.",
    .usage = "[APP...]",
    .details = "[X] applied, [ ] not, [-] all that it replaces is. -v 2 tells when, with --plan what each depends on.",
    .most = -1,
    .options = (const CvCommandOption[]){{"--list", NULL, "App by app (as without options).", "-l"},
                                         {"--plan", NULL, "All of them in the order in which they are applied.", "-p"},
                                         CV_DATABASE_OPTION,
                                         CV_VERBOSITY_OPTION,
                                         {0}},
    .run = showmigrations,
};
