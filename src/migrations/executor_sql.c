/* executor_sql.c: sqlmigrate: what a migration would send. */
#include "base/vector.h"
#include "migrations/executor_private.h"
#include "migrations/graph_private.h"
#include "migrations/kinds.h"
#include "migrations/operations_private.h"

typedef struct Collect {
    const CvMigration *migration;
    CvArena *arena;
    CvSchemaEditor *editor;
    CvProjectState **states; /* before the first operation, behind each */
    size_t state_count, taken;
    bool backwards;
    CV_VECTOR(const char *) lines;
} Collect;

/* What the editor has gathered since the last time. */
static void take(Collect *collect)
{
    const char *const *sql = cv_schema_editor_sql(collect->editor);
    for (size_t i = 0; sql[i]; i++) {
        if (i < collect->taken)
            continue;
        bool done = strncmp(sql[i], "--", 2) == 0 || cv_slice_ends_with(cv_slice(sql[i]), CV_SLICE(";"));
        cv_vector_push(collect->arena, &collect->lines,
                       cv_arena_printf(collect->arena, "%s%s", sql[i], done ? "" : ";"));
        collect->taken = i + 1;
    }
}

static void collect_one(Collect *collect, size_t index)
{
    const CvOperation *operation = &collect->migration->operations[index];
    CvArena *arena = collect->arena;
    cv_vector_push(arena, &collect->lines, "--");
    cv_vector_push(arena, &collect->lines, cv_arena_printf(arena, "-- %s", cv_operation_describe(arena, operation)));
    cv_vector_push(arena, &collect->lines, "--");
    if (!operation->kind->reduces_to_sql) {
        cv_vector_push(arena, &collect->lines, "-- THIS OPERATION CANNOT BE WRITTEN AS SQL");
        return;
    }
    size_t before = collect->lines.count;
    CvStep step = {.operation = operation,
                   .app_label = collect->migration->app_label,
                   .editor = collect->editor,
                   .before = collect->states[index],
                   .after = collect->states[index + 1]};
    (collect->backwards ? operation->kind->backwards : operation->kind->forwards)(&step);
    take(collect);
    if (collect->lines.count == before)
        cv_vector_push(arena, &collect->lines, "-- (no-op)");
}

static void collect_all(void *argument)
{
    Collect *collect = argument;
    const CvMigration *migration = collect->migration;
    for (size_t i = 0; i < migration->count; i++) {
        const CvOperation *operation = &migration->operations[i];
        if (collect->backwards && !cv_operation_is_reversible(operation))
            cv_raise_at(CV_ERROR_MIGRATION, operation->file, (int)operation->line, "%s.%s: %s: %s",
                        migration->app_label, migration->name, cv_operation_describe(cv_arena(), operation),
                        cv_operation_one_way(operation));
        collect->states[i + 1] = cv_state_clone(collect->states[i]);
        collect->state_count++;
        cv_operation_state_forwards(operation, migration->app_label, collect->states[i + 1]);
    }
    for (size_t i = 0; i < migration->count; i++)
        collect_one(collect, collect->backwards ? migration->count - 1 - i : i);
    cv_schema_editor_close(collect->editor);
    take(collect);
}

const char *const *cv_migration_sql(const CvMigrationLoader *loader, const CvMigrationNode *node, bool backwards,
                                    const char *alias)
{
    const CvMigration *migration = node->migration;
    Collect collect = {.migration = migration, .arena = cv_arena(), .backwards = backwards};
    collect.states = cv_arena_new_array(collect.arena, CvProjectState *, migration->count + 1);
    collect.states[0] = cv_migration_state(loader, node->parents);
    collect.state_count = 1;
    collect.editor = cv_schema_editor_open(
        &(CvSchemaEditorOptions){.using = alias, .atomic = !migration->options->not_atomic, .collect = true});
    CvError *error;
    bool done = cv_try(collect_all, &collect, &error);
    if (!done)
        cv_schema_editor_abandon(collect.editor);
    for (size_t i = 0; i < collect.state_count; i++)
        cv_state_destroy(collect.states[i]);
    if (!done)
        cv_raise_error(error);
    cv_vector_push(collect.arena, &collect.lines, NULL);
    return collect.lines.items;
}
