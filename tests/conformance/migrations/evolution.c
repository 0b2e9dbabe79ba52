/* evolution.c: writes what Caravan makes of the history of evolution.def.h, as evolution.py does of Django's. */
#include <stdio.h>

#include "db/db.h"
#include "migrations/migrations.h"

#define CV_MIGRATIONS shop
#include "migrations/migrations_begin.h"
#include "evolution.def.h"
#include "migrations/migrations_end.h"

static void print_value(CvValue value)
{
    CvBuffer out = cv_buffer(cv_arena());
    if (value.kind == CV_NULL)
        cv_buffer_append_string(&out, "NULL");
    else if (value.kind == CV_STRING)
        cv_buffer_printf(&out, "'%.*s'", (int)value.length, value.text);
    else if (value.kind == CV_BYTES) {
        cv_buffer_append_string(&out, "X'");
        for (uint32_t i = 0; i < value.length; i++)
            cv_buffer_printf(&out, "%02X", (unsigned)(unsigned char)value.text[i]);
        cv_buffer_append_string(&out, "'");
    } else {
        cv_buffer_append_slice(&out, cv_value_str(cv_arena(), value));
    }
    fputs(cv_buffer_string(&out), stdout);
}

static void print_rows(const char *table)
{
    const CvList *rows = cv_query_of(NULL, cv_printf("SELECT * FROM \"%s\" ORDER BY 1", table), 0, NULL);
    for (uint32_t i = 0; i < rows->count; i++) {
        printf("%s: ", table);
        for (uint32_t j = 0; j < rows->items[i].list->count; j++) {
            fputs(j ? ", " : "", stdout);
            print_value(rows->items[i].list->items[j]);
        }
        putchar('\n');
    }
}

static const char *text_of(CvValue value)
{
    return cv_slice_string(cv_arena(), cv_slice_of(value.text, value.length));
}

static void show(void)
{
    const CvList *rows = cv_query("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL AND tbl_name NOT IN "
                                  "('django_migrations', 'sqlite_sequence') ORDER BY type DESC, name");
    for (uint32_t i = 0; i < rows->count; i++)
        puts(text_of(rows->items[i].list->items[0]));
    rows = cv_query("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT IN ('django_migrations', "
                    "'sqlite_sequence') ORDER BY name");
    for (uint32_t i = 0; i < rows->count; i++)
        print_rows(text_of(rows->items[i].list->items[0]));
}

static void step(const char *name, const char *target, bool backwards)
{
    CvMigrationLoader *loader = cv_migration_loader(NULL);
    const CvMigrationNode *nodes[] = {target ? cv_migration_find(loader, "shop", target) : NULL, NULL};
    printf("== %s%s\n", name, backwards ? " backwards" : "");
    const char *const *sql = cv_migration_sql(loader, cv_migration_find(loader, "shop", name), backwards, NULL);
    for (size_t i = 0; sql[i]; i++)
        puts(sql[i]);
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
