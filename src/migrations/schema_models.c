/* schema_models.c: making, removing and renaming tables; their indexes and constraints. */
#include "migrations/schema_editor_private.h"

/* ---- tables ---- */

/* The tables between of the model's own many-to-many fields that nobody declared, one after the other. */
static const CvModel *next_between(const CvModel *model, size_t *at)
{
    size_t count;
    const CvColumn *columns = cv_model_columns(model, &count);
    while (*at < count) {
        const CvColumn *column = &columns[(*at)++];
        if (column->concrete || column->model != model)
            continue;
        CvBetween between = cv_column_between(column);
        if (between.automatic)
            return between.model;
    }
    return NULL;
}

void cv_schema_create_model(CvSchemaEditor *editor, const CvModel *model)
{
    CvTable table = cv_table_of(editor->arena, model);
    size_t at = 0;
    cv_schema_run(editor, cv_table_sql(editor->arena, &table));
    cv_schema_defer_indexes(editor, &table);
    for (const CvModel *between; (between = next_between(model, &at));)
        cv_schema_create_model(editor, between);
}

void cv_schema_delete_model(CvSchemaEditor *editor, const CvModel *model)
{
    size_t at = 0;
    for (const CvModel *between; (between = next_between(model, &at));)
        cv_schema_delete_model(editor, between);
    cv_schema_run_format(editor, "DROP TABLE %s", cv_schema_quoted(editor, cv_model_table(model)));
    cv_schema_forget_table(editor, cv_model_table(model));
}

static bool differ_by_case_alone(const char *a, const char *b)
{
    return cv_slice_equal_fold(cv_slice(a), cv_slice(b));
}

void cv_schema_alter_table_name(CvSchemaEditor *editor, const CvModel *old, const CvModel *now)
{
    const char *table = cv_model_table(old), *name = cv_model_table(now);
    if (differ_by_case_alone(table, name))
        return;
    cv_schema_run_format(editor, "ALTER TABLE %s RENAME TO %s", cv_schema_quoted(editor, table),
                         cv_schema_quoted(editor, name));
    cv_schema_deferred_rename_table(editor, table, name);
    CvRenamedTable renamed = {cv_arena_strdup(editor->arena, name), cv_schema_real_table(editor, table)};
    if (editor->options.collect)
        cv_vector_push(editor->arena, &editor->renamed, renamed);
}

void cv_schema_alter_table_comment(CvSchemaEditor *editor, const CvModel *model, const char *comment)
{
    (void)editor, (void)model, (void)comment; /* SQLite has no comments */
}

/* ---- sets of fields that are unique together ---- */

static bool same_set(const char *const *a, const char *const *b)
{
    while (*a && *b && strcmp(*a, *b) == 0)
        a++, b++;
    return !*a && !*b;
}

static bool among(const char *const *const *sets, const char *const *set)
{
    while (*sets && !same_set(*sets, set))
        sets++;
    return *sets != NULL;
}

static bool is_constraint(const CvModel *model, const char *name)
{
    for (const CvConstraint *c = model->constraints; c && c->kind; c++)
        if (c->name && strcmp(c->name, name) == 0)
            return true;
    return false;
}

/* By its columns: the name may be of another time. */
static void drop_together(CvSchemaEditor *editor, const CvModel *model, const char *const *fields)
{
    CvTableIndex index = cv_together_index(editor->arena, model, fields);
    const char *usual = cv_table_index_name(editor->arena, &index), *name = NULL;
    size_t found = 0;
    if (cv_schema_forget_index(editor, index.table, usual))
        return;
    for (const char *const *at = cv_schema_index_names(editor, index.table, index.columns, true); *at; at++) {
        if (is_constraint(model, *at))
            continue;
        found++;
        name = name && strcmp(name, usual) == 0 ? name : *at;
    }
    bool known = found == 1 || (found && strcmp(name, usual) == 0) || (!found && editor->options.collect);
    if (!known)
        cv_raise(CV_ERROR_VALUE, "Found wrong number (%zu) of constraints for %s(%s)", found, index.table,
                 cv_schema_joined(editor->arena, index.columns));
    cv_schema_run_format(editor, "DROP INDEX %s", cv_schema_quoted(editor, name ? name : usual));
}

void cv_schema_alter_unique_together(CvSchemaEditor *editor, const CvModel *old, const CvModel *now)
{
    const char *const *const *were = cv_unique_together(editor->arena, old);
    const char *const *const *are = cv_unique_together(editor->arena, now);
    for (const char *const *const *set = were; *set; set++)
        if (!among(are, *set))
            drop_together(editor, now, *set);
    for (const char *const *const *set = are; *set; set++)
        if (!among(were, *set)) {
            CvTableIndex index = cv_together_index(editor->arena, now, *set);
            cv_schema_run(editor, cv_table_index_sql(editor->arena, &index));
        }
}

/* ---- indexes and constraints ---- */

/* It has an index of its own, or would have if SQLite could: its table stays as it is. */
static bool stands_apart(const CvConstraint *c)
{
    return c->kind == CV_INDEX ||
           (c->kind == CV_UNIQUE && (c->condition || c->expressions || c->include || c->deferrable));
}

void cv_schema_add_constraint(CvSchemaEditor *editor, const CvModel *model, const CvConstraint *constraint)
{
    CvTableIndex index;
    if (!stands_apart(constraint))
        cv_sqlite_remake(editor, model, &(CvRemake){0});
    else if (cv_constraint_index(editor->arena, model, constraint, &index))
        cv_schema_run(editor, cv_table_index_sql(editor->arena, &index));
}

void cv_schema_remove_constraint(CvSchemaEditor *editor, const CvModel *model, const CvConstraint *constraint)
{
    CvTableIndex index;
    if (!stands_apart(constraint)) {
        cv_sqlite_remake(editor, model, &(CvRemake){0});
        return;
    }
    if (!cv_constraint_index(editor->arena, model, constraint, &index))
        return;
    const char *name = cv_table_index_name(editor->arena, &index);
    if (!cv_schema_forget_index(editor, index.table, name))
        cv_schema_run_format(editor, "DROP INDEX %s", cv_schema_quoted(editor, name));
}

void cv_schema_rename_index(CvSchemaEditor *editor, const CvModel *model, const CvConstraint *old,
                            const CvConstraint *now)
{
    cv_schema_remove_constraint(editor, model, old);
    cv_schema_add_constraint(editor, model, now);
}
