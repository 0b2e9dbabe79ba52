/* schema_fields.c: adding, removing and altering fields. */
#include "migrations/schema_editor_private.h"

static const char *table_of(CvSchemaEditor *editor, const CvColumn *column)
{
    return cv_schema_quoted(editor, cv_model_table(column->model));
}

/* ---- adding ---- */

/* What Django leaves to ALTER TABLE ADD COLUMN: a column that may be null and has no value. */
static bool can_be_added(CvSchemaEditor *editor, const CvColumn *column)
{
    return !column->primary_key && !column->unique && column->null && !column->field->db_default &&
           !cv_column_filling(editor->arena, column, NULL);
}

void cv_schema_add_field(CvSchemaEditor *editor, const CvColumn *column)
{
    CvTableIndex index;
    if (column->field->kind->generic || column->field->kind == &cv_composite_field)
        return;
    if (!column->concrete) {
        CvBetween between = cv_column_between(column);
        if (between.automatic)
            cv_schema_create_model(editor, between.model);
    } else if (!can_be_added(editor, column)) {
        cv_sqlite_remake(editor, column->model, &(CvRemake){.created = column});
    } else {
        cv_schema_run_format(editor, "ALTER TABLE %s ADD COLUMN %s %s", table_of(editor, column),
                             cv_schema_quoted(editor, column->column), cv_column_definition(editor->arena, column));
        if (cv_column_index(editor->arena, column, &index))
            cv_schema_defer(editor, &index);
    }
}

/* ---- removing ---- */

void cv_schema_remove_field(CvSchemaEditor *editor, const CvColumn *column)
{
    if (column->field->kind->generic || column->field->kind == &cv_composite_field)
        return;
    if (!column->concrete) {
        CvBetween between = cv_column_between(column);
        if (between.automatic)
            cv_schema_delete_model(editor, between.model);
    } else if (column->primary_key || column->unique || column->indexed ||
               (column->to && column->field->db_constraint)) {
        cv_sqlite_remake(editor, column->model, &(CvRemake){.removed = column});
    } else {
        cv_schema_run_format(editor, "ALTER TABLE %s DROP COLUMN %s", table_of(editor, column),
                             cv_schema_quoted(editor, column->column));
        cv_schema_forget_column(editor, cv_model_table(column->model), column->column);
    }
}

/* ---- altering ---- */

/* The table between gets another name or other columns. */
static void alter_between(CvSchemaEditor *editor, CvBetween old, CvBetween now)
{
    if (strcmp(cv_model_table(old.model), cv_model_table(now.model)) == 0) {
        CvRemake change = {.altered = {{old.target, now.target}, {old.source, now.source}}, .altered_count = 2};
        cv_sqlite_remake(editor, now.model, &change);
        return;
    }
    cv_schema_create_model(editor, now.model);
    cv_schema_run_format(editor, "INSERT INTO %s (id, %s, %s) SELECT id, %s, %s FROM %s",
                         cv_schema_quoted(editor, cv_model_table(now.model)), now.source->column, now.target->column,
                         old.source->column, old.target->column, cv_schema_quoted(editor, cv_model_table(old.model)));
    cv_schema_delete_model(editor, old.model);
}

void cv_schema_alter_between(CvSchemaEditor *editor, const CvColumn *old, const CvColumn *now)
{
    CvBetween was = cv_column_between(old), is = cv_column_between(now);
    if (was.automatic != is.automatic)
        cv_raise(CV_ERROR_VALUE,
                 "Cannot alter field %s.%s into %s.%s - they are not compatible types (you cannot alter to or from M2M "
                 "fields, or add or remove through= on M2M fields)",
                 cv_model_label(old->model), old->name, cv_model_label(now->model), now->name);
    if (was.automatic)
        alter_between(editor, was, is);
}

/* A generated column stays what it is, whatever its name and the names of what it is made of. */
static void refuse_generated(CvSchemaEditor *editor, const CvColumn *old, const CvColumn *now)
{
    const CvField *a = old->field, *b = now->field;
    if (!a->generated && !b->generated)
        return;
    if (!a->generated || !b->generated || a->generated_virtual != b->generated_virtual ||
        strcmp(cv_column_generated(editor->arena, old), cv_column_generated(editor->arena, now)) != 0)
        cv_raise(CV_ERROR_VALUE,
                 "Modifying GeneratedFields is not supported - the field %s.%s must be removed and re-added with the "
                 "new definition.",
                 cv_model_label(now->model), now->name);
}

static bool refers(const CvColumn *column)
{
    return column->to && column->field->db_constraint;
}

static bool same(const char *a, const char *b)
{
    return a == b || (a && b && strcmp(a, b) == 0);
}

/* Tables whose keys hold what this column holds have its type. The column's own table, where it points to itself, is
 * made once more, as Django does: its columns are back in their order. */
static void remake_pointing(CvSchemaEditor *editor, const CvColumn *old, const CvColumn *now)
{
    CvArena *arena = editor->arena;
    bool typed = strcmp(cv_column_type(arena, old), cv_column_type(arena, now)) != 0 ||
                 !same(old->field->db_collation, now->field->db_collation);
    if (!now->unique || !typed)
        return;
    for (const CvModel *const *model = cv_column_pointing(arena, now); *model; model++)
        cv_sqlite_remake(editor, *model, &(CvRemake){0});
}

/* A child's key, which leads to its parent and has the parent's name: with another parent it would be another model. */
static bool is_link(const CvColumn *column)
{
    const CvModel *model = column->model;
    return model->parent && !model->proxy && strcmp(column->name, cv_model_key(model)->name) == 0;
}

void cv_schema_alter_field(CvSchemaEditor *editor, const CvColumn *old, const CvColumn *now)
{
    CvArena *arena = editor->arena;
    if (!cv_column_differs(arena, old, now))
        return;
    if (!old->concrete || !now->concrete) {
        cv_schema_alter_between(editor, old, now);
        return;
    }
    refuse_generated(editor, old, now);
    bool plain = !refers(old) && !refers(now) && strcmp(cv_column_core(arena, old), cv_column_core(arena, now)) == 0;
    if (strcmp(old->column, now->column) != 0 && (plain || (is_link(old) && is_link(now)))) {
        cv_schema_deferred_rename_column(editor, cv_model_table(now->model), old->column, now->column);
        cv_schema_run_format(editor, "ALTER TABLE %s RENAME COLUMN %s TO %s", table_of(editor, now),
                             cv_schema_quoted(editor, old->column), cv_schema_quoted(editor, now->column));
        return;
    }
    cv_sqlite_remake(editor, now->model, &(CvRemake){.altered = {{old, now}}, .altered_count = 1});
    remake_pointing(editor, old, now);
}
