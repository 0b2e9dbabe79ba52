/* migration_list.c: which apps have migrations, and the rows of their lists as migrations. */
#include <stdlib.h>

#include "migrations/graph_private.h"
#include "migrations/kinds.h"

#define LONGEST_NAME 255 /* of the column in django_migrations */

typedef struct App {
    const char *label;
    const CvMigrations *migrations; /* NULL: none */
} App;

static CvArena *apps_arena;
static CV_VECTOR(App) apps;

void cv_migrations_add(const char *app_label, const CvMigrations *migrations)
{
    if (!apps_arena)
        apps_arena = cv_arena_create(0);
    cv_vector_push(apps_arena, &apps, ((App){cv_arena_strdup(apps_arena, app_label), migrations}));
}

void cv_migrations_reset(void)
{
    cv_arena_destroy(apps_arena);
    apps_arena = NULL;
    apps.items = NULL;
    apps.count = apps.capacity = 0;
}

bool cv_migrations_app_has(const char *app_label)
{
    for (size_t i = 0; i < apps.count; i++)
        if (strcmp(apps.items[i].label, app_label) == 0)
            return apps.items[i].migrations != NULL;
    return false;
}

static int by_text(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

const char *const *cv_migrations_apps(CvArena *arena)
{
    const char **labels = cv_arena_new_array(arena, const char *, apps.count + 1);
    size_t count = 0;
    for (size_t i = 0; i < apps.count; i++)
        if (apps.items[i].migrations)
            labels[count++] = apps.items[i].label;
    qsort(labels, count, sizeof *labels, by_text);
    return labels;
}

static bool name_is_good(const char *name)
{
    size_t length = name ? strspn(name, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_") : 0;
    return length > 0 && length <= LONGEST_NAME && name[length] == '\0';
}

static const CvOperation *end_of(const CvOperation *row)
{
    while (row->kind && row->kind != &cv_op_migration)
        row++;
    return row;
}

static void add_migration(CvMigrationList *list, CvArena *arena, CvErrors *errors, const App *app,
                          const CvOperation *row)
{
    static const CvMigrationOptions none = {0};
    const CvOperation *end = end_of(row + 1);
    CvMigration made = {.app_label = app->label,
                        .name = row->name,
                        .options = row->migration ? row->migration : &none,
                        .operations = row + 1,
                        .count = (size_t)(end - row - 1),
                        .row = row};
    if (!name_is_good(row->name)) {
        cv_errors_add_at(errors, CV_ERROR_MIGRATION, row->file, (int)row->line, "'%s' cannot be a migration's name.",
                         row->name ? row->name : "")
            ->hint = "A name is 1 to 255 letters, digits and underscores: 0002_book_isbn.";
        return;
    }
    for (size_t i = 0; i < list->count; i++)
        if (strcmp(list->items[i].app_label, app->label) == 0 && strcmp(list->items[i].name, row->name) == 0) {
            cv_errors_add_at(errors, CV_ERROR_MIGRATION, row->file, (int)row->line,
                             "App '%s' has two migrations with the name %s.", app->label, row->name);
            return;
        }
    cv_vector_push(arena, list, made);
}

static int by_name(const void *a, const void *b)
{
    return strcmp(((const CvMigration *)a)->name, ((const CvMigration *)b)->name);
}

CvMigrationList cv_migration_list(CvArena *arena, CvErrors *errors)
{
    CvMigrationList list = {0};
    for (size_t i = 0; i < apps.count; i++) {
        const CvOperation *row = apps.items[i].migrations ? apps.items[i].migrations->rows : NULL;
        size_t first = list.count;
        if (row && row->kind && row->kind != &cv_op_migration)
            cv_errors_add_at(errors, CV_ERROR_MIGRATION, row->file, (int)row->line,
                             "An operation of app '%s' stands before the first MIGRATION(...).", apps.items[i].label);
        for (row = row ? end_of(row) : NULL; row && row->kind; row = end_of(row + 1))
            add_migration(&list, arena, errors, &apps.items[i], row);
        if (list.count > first)
            qsort(list.items + first, list.count - first, sizeof *list.items, by_name);
    }
    return list;
}
