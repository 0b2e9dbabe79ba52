/* schema_sqlite_remake.c: what SQLite's ALTER TABLE cannot do: a new table takes the rows, and then the name, of the
 * old one. */
#include "migrations/schema_editor_private.h"

typedef CV_VECTOR(const CvColumn *) Columns;

static bool is(const CvColumn *column, const CvColumn *other)
{
    return other && strcmp(column->name, other->name) == 0;
}

/* The column as it was, if this one is altered. */
static const CvColumn *before(const CvRemake *change, const CvColumn *column)
{
    for (size_t i = 0; i < change->altered_count; i++)
        if (is(column, change->altered[i].now))
            return change->altered[i].old;
    return NULL;
}

/* The key that nobody declared, and a child's link to its parent. */
static bool is_automatic(const CvModel *model, const CvColumn *column)
{
    return column->primary_key && (model->plain_key || (model->parent && !model->has_key));
}

/* Where Django has a column: automatic keys, then as declared, what is new or changed, what points to its own table.
 * Backwards what changes stands in front, as it is of the older model. */
static int turn_of(const CvSchemaEditor *editor, const CvModel *model, const CvRemake *change, const CvColumn *column)
{
    bool changes = is(column, change->created) || before(change, column);
    if (is_automatic(model, column))
        return 0;
    if (changes)
        return editor->in_place ? 2 : editor->backwards ? 1 : 3;
    return column->to && column->to == model ? 4 : 2;
}

static CvTable planned(CvSchemaEditor *editor, const CvModel *model, const CvRemake *change)
{
    CvTable own = cv_table_of(editor->arena, model), table = own;
    Columns columns = {0};
    for (int turn = 0; turn < 5; turn++)
        for (size_t i = 0; i < own.column_count; i++) {
            const CvColumn *column = own.columns[i];
            if (!is(column, change->removed) && turn_of(editor, model, change, column) == turn)
                cv_vector_push(editor->arena, &columns, is(column, change->created) ? change->created : column);
        }
    table.columns = columns.items;
    table.column_count = columns.count;
    table.without = change->removed ? change->removed->name : NULL;
    return table;
}

/* ---- the rows ---- */

typedef struct Copy {
    CvSchemaEditor *editor;
    CvBuffer names, values;
    size_t count;
} Copy;

static void copy(Copy *all, const CvColumn *column, const char *value)
{
    const char *comma = all->count++ ? ", " : "";
    cv_buffer_printf(&all->names, "%s%s", comma, cv_schema_quoted(all->editor, column->column));
    cv_buffer_printf(&all->values, "%s%s", comma, value);
}

static const char *filling(CvSchemaEditor *editor, const CvColumn *column)
{
    const char *value = cv_column_filling(editor->arena, column, cv_database_zone(editor->database));
    return value ? value : "NULL";
}

static void copy_altered(Copy *all, const CvColumn *old, const CvColumn *now)
{
    CvSchemaEditor *editor = all->editor;
    const char *was = cv_schema_quoted(editor, old->column);
    bool constant;
    if (now->field->generated)
        return;
    if (old->null && !now->null)
        was = cv_arena_printf(editor->arena, "coalesce(%s, %s)", was,
                              now->field->db_default ? cv_column_database_default(editor->arena, now, &constant)
                                                     : filling(editor, now));
    copy(all, now, was);
}

static void copy_rows(CvSchemaEditor *editor, const CvTable *table, const char *made, const CvRemake *change)
{
    Copy all = {.editor = editor, .names = cv_buffer(editor->arena), .values = cv_buffer(editor->arena)};
    CvTable own = cv_table_of(editor->arena, table->model);
    for (size_t i = 0; i < own.column_count; i++) {
        const CvColumn *column = own.columns[i];
        if (!is(column, change->created) && !is(column, change->removed) && !before(change, column) &&
            !column->field->generated)
            copy(&all, column, cv_schema_quoted(editor, column->column));
    }
    const CvColumn *created = change->created;
    if (created && !created->field->db_default && !created->field->generated)
        copy(&all, created, filling(editor, created));
    for (size_t i = 0; i < change->altered_count; i++)
        copy_altered(&all, change->altered[i].old, change->altered[i].now);
    cv_schema_run_format(editor, "INSERT INTO %s (%s) SELECT %s FROM %s", made, cv_buffer_string(&all.names),
                         cv_buffer_string(&all.values), cv_schema_quoted(editor, table->name));
}

static void remake(CvSchemaEditor *editor, const CvModel *model, const CvRemake *change)
{
    CvTable table = planned(editor, model, change), made = table;
    made.name = cv_arena_printf(editor->arena, "new__%s", table.name);
    const char *quoted = cv_schema_quoted(editor, made.name), *name = cv_schema_quoted(editor, table.name);
    cv_schema_run(editor, cv_table_sql(editor->arena, &made));
    copy_rows(editor, &table, quoted, change);
    cv_schema_forget_table(editor, table.name);
    cv_schema_defer_indexes(editor, &table);
    cv_schema_run_format(editor, "DROP TABLE %s", name);
    cv_schema_run_format(editor, "ALTER TABLE %s RENAME TO %s", quoted, name);
    cv_schema_run_deferred(editor);
}

void cv_sqlite_remake(CvSchemaEditor *editor, const CvModel *model, const CvRemake *change)
{
    if (editor->options.collect || editor->block.transaction) {
        remake(editor, model, change);
        return;
    }
    CV_ATOMIC_IN(editor->options.using) /* also of a migration that is not atomic: no table is lost half way */
    {
        remake(editor, model, change);
    }
}
