/* executor_initial.c: --fake-initial: whether the tables and columns that a first migration would make are there. */
#include "migrations/executor_private.h"
#include "migrations/graph_private.h"
#include "migrations/kinds.h"
#include "orm/schema.h"

static bool is_first(const CvMigration *migration)
{
    for (const char *const *key = migration->options->dependencies; key && *key; key++)
        if (cv_slice_starts_with(cv_slice(*key), cv_slice(cv_printf("%s.", migration->app_label))))
            return migration->options->initial;
    return true;
}

/* Whether the operation's part of the database is there; *made: it is one that makes something. */
static bool is_there(const CvOperation *operation, const CvModel *model, const char *alias, bool *made)
{
    bool creates = operation->kind == &cv_op_create_model;
    if (model->proxy || model->options->unmanaged)
        return true;
    *made = true;
    if (creates)
        return cv_schema_has_table(alias, cv_model_table(model));
    const CvField *field = operation->fields;
    if (field->kind->many) {
        const char *table = field->db_table ? field->db_table : cv_printf("%s_%s", cv_model_table(model), field->name);
        return field->through_label || cv_schema_has_table(alias, table);
    }
    const CvColumn *column = cv_model_column(model, cv_slice(field->name));
    return !column || !column->column || cv_schema_has_column(alias, cv_model_table(model), column->column);
}

typedef struct Look {
    const CvMigration *migration;
    CvProjectState *state;
    const char *alias;
    bool all, some;
} Look;

static void look(void *argument)
{
    Look *at = argument;
    const CvMigration *migration = at->migration;
    cv_migration_state_forwards(migration, at->state);
    for (size_t i = 0; i < migration->count && at->all; i++) {
        const CvOperation *operation = &migration->operations[i];
        if (operation->kind == &cv_op_create_model || operation->kind == &cv_op_add_field)
            at->all = is_there(operation, cv_state_render_model(at->state, migration->app_label, operation->model),
                               at->alias, &at->some);
    }
}

bool cv_migration_is_there(const CvMigration *migration, const CvProjectState *state, const char *alias)
{
    if (!is_first(migration))
        return false;
    Look at = {.migration = migration, .state = cv_state_clone(state), .alias = alias, .all = true};
    CvError *error;
    bool looked = cv_try(look, &at, &error);
    cv_state_destroy(at.state);
    if (!looked)
        cv_raise_error(error);
    return at.all && at.some;
}
