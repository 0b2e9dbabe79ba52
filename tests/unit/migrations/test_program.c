/* Tests the whole way with the models of the ORM's tests: the program's state, operations that lead there from nothing,
 * their tables, which are those that the program would make by itself, and back to none. */
#include "db/db.h"
#include "migrations/autodetector.h"
#include "migrations/operations_private.h"
#include "orm/schema.h"
#include "tables.h"
#include "unit.h"

#include <stdlib.h>

extern const CvModel *const shop_models[], *const desk_models[], *const catalog_models[];

static int by_text(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* Columns in one order: those of relations come later in a migration than in a list, as in Django. */
static const char *sorted(const char *sql)
{
    CV_VECTOR(const char *) parts = {0};
    const char *from = strchr(sql, '('), *begin = from ? from + 1 : sql;
    int depth = 0;
    for (const char *at = begin; *at; at++) {
        depth += (*at == '(') - (*at == ')');
        if (depth < 0 || (depth == 0 && *at == ',')) {
            cv_vector_push(cv_arena(), &parts, cv_printf("%.*s", (int)(at - begin), begin));
            begin = at + 1 + (at[1] == ' ');
        }
    }
    CvBuffer out = cv_buffer(cv_arena());
    cv_buffer_printf(&out, "%.*s(", (int)(from ? from - sql : 0), sql);
    if (parts.count)
        qsort(parts.items, parts.count, sizeof *parts.items, by_text);
    for (size_t i = 0; i < parts.count; i++)
        cv_buffer_printf(&out, "%s, ", parts.items[i]);
    cv_buffer_append_string(&out, begin);
    return cv_buffer_string(&out);
}

static const char *schema(void)
{
    CvList *rows = cv_query_of(NULL, "SELECT sql FROM sqlite_master WHERE sql NOT NULL", 0, NULL);
    CV_VECTOR(const char *) all = {0};
    CvBuffer out = cv_buffer(cv_arena());
    for (size_t i = 0; i < rows->count; i++) {
        const char *sql = cv_slice_string(cv_arena(), cv_value_as_slice(rows->items[i].list->items[0]));
        cv_vector_push(cv_arena(), &all, strncmp(sql, "CREATE TABLE", 12) == 0 ? sorted(sql) : sql);
    }
    if (all.count)
        qsort(all.items, all.count, sizeof *all.items, by_text);
    for (size_t i = 0; i < all.count; i++)
        cv_buffer_printf(&out, "%s\n", all.items[i]);
    return cv_buffer_string(&out);
}

/* Runs all operations in one go, or takes them back the last one first; gives the state behind them. */
static void run(const CvNewMigration *migrations, CvProjectState *state, bool backwards)
{
    CV_VECTOR(CvStep) steps = {0};
    for (; migrations->app_label; migrations++)
        for (size_t i = 0; i < migrations->count; i++) {
            CvStep step = {.operation = &migrations->operations[i], .app_label = migrations->app_label};
            step.before = cv_state_clone(state);
            cv_operation_state_forwards(step.operation, step.app_label, state);
            step.after = cv_state_clone(state);
            cv_vector_push(cv_arena(), &steps, step);
        }
    CvSchemaEditor *editor = cv_schema_editor_open(&(CvSchemaEditorOptions){.atomic = true});
    for (size_t i = 0; i < steps.count; i++) {
        CvStep *step = &steps.items[backwards ? steps.count - 1 - i : i];
        step->editor = editor;
        (backwards ? step->operation->kind->backwards : step->operation->kind->forwards)(step);
    }
    cv_schema_editor_close(editor);
    for (size_t i = 0; i < steps.count; i++) {
        cv_state_destroy(steps.items[i].before);
        cv_state_destroy(steps.items[i].after);
    }
}

static void there_and_back(void *argument)
{
    (void)argument;
    CvError error;
    ck_assert(cv_database_open(cv_arena(), "default", "sqlite://:memory:", NULL, &error));
    cv_models_add("shop", shop_models);
    cv_models_add("office", desk_models);
    cv_models_add("catalog", catalog_models);
    (void)cv_models_ready(NULL);
    CvProjectState *nothing = cv_state_create(), *program = cv_state_of_program(), *state = cv_state_create();
    const CvNewMigration *migrations = cv_autodetect(cv_arena(), nothing, program, NULL, NULL, NULL, NULL);
    run(migrations, state, false);
    ck_assert_ptr_null(cv_autodetect(cv_arena(), state, program, NULL, NULL, NULL, NULL)->app_label);
    ck_assert_ptr_null(cv_autodetect(cv_arena(), program, state, NULL, NULL, NULL, NULL)->app_label);
    const char *migrated = schema();
    CvProjectState *again = cv_state_create();
    run(migrations, again, true);
    cv_execute_script(NULL, "DELETE FROM sqlite_sequence");
    ck_assert_ptr_null(strstr(schema(), "shop_"));
    ck_assert_ptr_null(strstr(schema(), "office_"));
    cv_schema_create(NULL, NULL);
    ck_assert_str_eq(migrated, schema());
    ck_assert_uint_gt(strlen(migrated), 5000);
    cv_state_destroy(nothing);
    cv_state_destroy(program);
    cv_state_destroy(state);
    cv_state_destroy(again);
}

START_TEST(models_of_the_program)
{
    must_run(there_and_back, NULL);
}
END_TEST

UNIT_TESTS("migrations/program", models_of_the_program)
