/* evolution.c: writes what Caravan makes of the history of evolution.def.h, as evolution.py does of Django's. */
#include <stdio.h>
#include <stdlib.h>

#include "base/vector.h"
#include "db/db.h"
#include "migrations/migrations.h"

#define CV_MIGRATIONS shop
/* clang-format off */
#include "migrations/migrations_begin.h"

#include "evolution.def.h"

#include "migrations/migrations_end.h"
/* clang-format on */

/* ---- all tables, indexes and rows, as lines ---- */

typedef CV_VECTOR(const char *) Lines;

static void add_value(CvBuffer *out, CvValue value)
{
    if (value.kind == CV_NULL)
        cv_buffer_append_string(out, "NULL");
    else if (value.kind == CV_STRING)
        cv_buffer_printf(out, "'%.*s'", (int)value.length, value.text);
    else if (value.kind == CV_BYTES)
        cv_buffer_printf(out, "X'%.*s'", (int)value.length, value.text);
    else
        cv_buffer_append_slice(out, cv_value_str(cv_arena(), value));
}

static void add_rows(Lines *lines, const char *table)
{
    const CvList *rows = cv_query_of(NULL, cv_printf("SELECT * FROM \"%s\" ORDER BY 1", table), 0, NULL);
    for (uint32_t i = 0; i < rows->count; i++) {
        CvBuffer out = cv_buffer(cv_arena());
        for (uint32_t j = 0; j < rows->items[i].list->count; j++) {
            cv_buffer_append_string(&out, j ? ", " : "");
            add_value(&out, rows->items[i].list->items[j]);
        }
        cv_vector_push(cv_arena(), lines, cv_printf("%s: %s", table, cv_buffer_string(&out)));
    }
}

static const char *text_of(CvValue value)
{
    return cv_slice_string(cv_arena(), cv_slice_of(value.text, value.length));
}

static Lines all_lines(void)
{
    Lines lines = {0};
    const CvList *rows = cv_query("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL AND tbl_name NOT IN "
                                  "('django_migrations', 'sqlite_sequence') ORDER BY type DESC, name");
    for (uint32_t i = 0; i < rows->count; i++)
        cv_vector_push(cv_arena(), &lines, text_of(rows->items[i].list->items[0]));
    rows = cv_query("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT IN ('django_migrations', "
                    "'sqlite_sequence') ORDER BY name");
    for (uint32_t i = 0; i < rows->count; i++)
        add_rows(&lines, text_of(rows->items[i].list->items[0]));
    return lines;
}

static void print_missing(const char *mark, const Lines *lines, const Lines *others)
{
    for (size_t i = 0; i < lines->count; i++) {
        bool found = false;
        for (size_t j = 0; j < others->count && !found; j++)
            found = strcmp(lines->items[i], others->items[j]) == 0;
        if (!found)
            printf("%s %s\n", mark, lines->items[i]);
    }
}

/* What has changed since the last time. */
static void show(void)
{
    static Lines before;
    Lines now = all_lines();
    print_missing("-", &before, &now);
    print_missing("+", &now, &before);
    before = now;
}

/* ---- migrations ---- */

static int by_text(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static void print_sql(const char *const *sql, bool sorted)
{
    const char *lines[1024];
    size_t count = 0;
    while (count < CV_COUNT_OF(lines) && sql[count]) {
        lines[count] = sql[count];
        count++;
    }
    if (sorted)
        qsort(lines, count, sizeof *lines, by_text);
    for (size_t i = 0; i < count; i++)
        puts(lines[i]);
}

static void step(const char *name, const char *target, bool backwards)
{
    CvMigrationLoader *loader = cv_migration_loader(NULL);
    const CvMigrationNode *nodes[] = {target ? cv_migration_find(loader, "shop", target) : NULL, NULL};
    printf("== %s%s\n", name, backwards ? " backwards" : "");
    const char *const *sql = cv_migration_sql(loader, cv_migration_find(loader, "shop", name), backwards, NULL);
    print_sql(sql, strstr(name, "_any_order") != NULL);
    cv_migrate(loader, cv_migration_plan(loader, nodes, target ? NULL : "shop"), &(CvMigrateOptions){0});
    puts("==");
    show();
}

static void run(void *argument)
{
    const char *names[64];
    size_t count = 0;
    for (const CvOperation *row = shop_migrations.rows; row->kind; row++)
        if (row->kind == &cv_op_migration)
            names[count++] = row->name;
    (void)argument;
    cv_migrations_add("shop", &shop_migrations);
    for (size_t i = 0; i < count; i++)
        step(names[i], names[i], false);
    for (size_t i = count; i-- > 0;)
        step(names[i], i ? names[i - 1] : NULL, true);
}

int main(void)
{
    CvError error, *raised;
    if (!cv_database_open(cv_arena(), "default", "sqlite://:memory:", NULL, &error)) {
        fprintf(stderr, "%s\n", error.message);
        return 1;
    }
    if (cv_try(run, NULL, &raised))
        return 0;
    CvBuffer text = cv_buffer(cv_arena());
    cv_error_describe(&text, raised);
    fflush(stdout);
    fprintf(stderr, "%s\n", cv_buffer_string(&text));
    return 1;
}
