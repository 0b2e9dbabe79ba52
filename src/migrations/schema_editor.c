/* schema_editor.c: opening and closing the schema editor, its statements, and the indexes that wait for the end. */
#include "migrations/schema_editor_private.h"

#include <stdarg.h>

#include "db/session.h"
#include "migrations/sql_script.h"

/* ---- its life ---- */

/* A raise has left it; the transaction, whose clean-up was registered later, is rolled back by now. */
static void abandoned(void *argument)
{
    CvSchemaEditor *editor = argument;
    editor->block.transaction = NULL;
    editor->open = false;
    cv_sqlite_schema_end(editor);
}

CvSchemaEditor *cv_schema_editor_open(const CvSchemaEditorOptions *options)
{
    CvArena *arena = cv_arena();
    CvSchemaEditor *editor = cv_arena_new(arena, CvSchemaEditor);
    editor->arena = arena;
    editor->options = *options;
    editor->database = cv_database_or_raise(options->using);
    editor->open = true;
    if (options->collect)
        return editor;
    cv_sqlite_schema_begin(editor);
    editor->handler = cv_handler_arena();
    editor->defer = cv_arena_defer(editor->handler, abandoned, editor);
    if (options->atomic)
        editor->block = cv_atomic_enter(options->using);
    return editor;
}

static void finish(CvSchemaEditor *editor)
{
    editor->open = false;
    if (editor->options.collect)
        return;
    cv_arena_undefer(editor->handler, editor->defer);
    cv_sqlite_schema_end(editor);
}

void cv_schema_editor_close(CvSchemaEditor *editor)
{
    cv_schema_run_deferred(editor);
    if (!editor->options.collect)
        cv_sqlite_check_keys(editor);
    if (editor->block.transaction)
        cv_atomic_done(&editor->block);
    finish(editor);
}

static void roll_back(void *argument)
{
    CvSchemaEditor *editor = argument;
    cv_set_rollback();
    cv_atomic_done(&editor->block);
}

void cv_schema_editor_abandon(CvSchemaEditor *editor)
{
    if (!editor->open)
        return;
    if (editor->block.transaction && !cv_try(roll_back, editor, NULL))
        editor->block.transaction = NULL; /* the database itself had ended it */
    finish(editor);
}

const char *cv_schema_editor_using(const CvSchemaEditor *editor)
{
    return cv_database_alias(editor->database);
}

const char *const *cv_schema_editor_sql(CvSchemaEditor *editor)
{
    cv_vector_push(editor->arena, &editor->sql, NULL);
    editor->sql.count--;
    return editor->sql.items;
}

/* ---- statements ---- */

typedef struct Statement {
    CvSchemaEditor *editor;
    const char *sql;
} Statement;

static void send(void *argument)
{
    const Statement *statement = argument;
    cv_send_control(statement->editor->database, statement->sql);
}

void cv_schema_run(CvSchemaEditor *editor, const char *sql)
{
    Statement statement = {editor, sql};
    CvError *error;
    if (editor->options.collect) {
        cv_vector_push(editor->arena, &editor->sql, cv_arena_strdup(editor->arena, sql));
    } else if (!cv_try(send, &statement, &error)) {
        CvError told = *error;
        told.detail = cv_printf("SQL: %s", sql);
        cv_raise_error(&told);
    }
}

void cv_schema_run_format(CvSchemaEditor *editor, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    char *sql = cv_arena_vprintf(editor->arena, format, arguments);
    va_end(arguments);
    cv_schema_run(editor, sql);
}

void cv_schema_comment(CvSchemaEditor *editor, const char *text)
{
    if (editor->options.collect)
        cv_vector_push(editor->arena, &editor->sql, cv_arena_printf(editor->arena, *text ? "-- %s" : "--%s", text));
}

const char *cv_schema_quoted(CvSchemaEditor *editor, const char *name)
{
    CvBuffer out = cv_buffer(editor->arena);
    cv_sql_quote(&out, name);
    return cv_buffer_string(&out);
}

const char *cv_schema_joined(CvArena *arena, const char *const *names)
{
    CvBuffer out = cv_buffer(arena);
    for (size_t i = 0; names[i]; i++)
        cv_buffer_printf(&out, "%s%s", i ? ", " : "", names[i]);
    return cv_buffer_string(&out);
}

const char *cv_schema_real_table(const CvSchemaEditor *editor, const char *table)
{
    for (size_t i = editor->renamed.count; i > 0; i--)
        if (strcmp(editor->renamed.items[i - 1].now, table) == 0)
            return editor->renamed.items[i - 1].real;
    return table;
}

void cv_schema_execute(CvSchemaEditor *editor, const char *sql)
{
    CvSlice rest = cv_slice(sql);
    for (const char *statement; (statement = cv_sql_script_next(editor->arena, &rest));) {
        if (editor->options.atomic && cv_sql_script_ends_transaction(statement))
            cv_raise(CV_ERROR_TRANSACTION_MANAGEMENT,
                     "\"%s\" is not for a migration that is one transaction: MIGRATION(..., .not_atomic = true)",
                     statement);
        cv_schema_run(editor, statement);
    }
}

/* ---- indexes that wait ---- */

/* The models that it was made of may be gone when its time comes. */
void cv_schema_defer(CvSchemaEditor *editor, const CvTableIndex *index)
{
    CvArena *arena = editor->arena;
    CvTableIndex kept = *index;
    size_t count = 0;
    while (index->columns && index->columns[count])
        count++;
    const char **columns = cv_arena_new_array(arena, const char *, count + 1);
    for (size_t i = 0; i < count; i++)
        columns[i] = cv_arena_strdup(arena, index->columns[i]);
    kept.table = cv_arena_strdup(arena, index->table);
    kept.name = index->name ? cv_arena_strdup(arena, index->name) : NULL;
    kept.columns = index->columns ? columns : NULL;
    cv_vector_push(arena, &editor->deferred, kept);
}

void cv_schema_defer_indexes(CvSchemaEditor *editor, const CvTable *table)
{
    size_t count;
    const CvTableIndex *indexes = cv_table_indexes(editor->arena, table, &count);
    for (size_t i = 0; i < count; i++)
        cv_schema_defer(editor, &indexes[i]);
}

void cv_schema_run_deferred(CvSchemaEditor *editor)
{
    for (size_t i = 0; i < editor->deferred.count; i++)
        cv_schema_run(editor, cv_table_index_sql(editor->arena, &editor->deferred.items[i]));
    editor->deferred.count = 0;
}

static void forget(CvSchemaEditor *editor, size_t at)
{
    CvTableIndex *items = editor->deferred.items;
    memmove(items + at, items + at + 1, (--editor->deferred.count - at) * sizeof *items);
}

void cv_schema_forget_table(CvSchemaEditor *editor, const char *table)
{
    for (size_t i = editor->deferred.count; i > 0; i--)
        if (strcmp(editor->deferred.items[i - 1].table, table) == 0)
            forget(editor, i - 1);
}

static bool has_column(const CvTableIndex *index, const char *column)
{
    for (size_t i = 0; index->columns && index->columns[i]; i++)
        if (strcmp(index->columns[i], column) == 0)
            return true;
    return false;
}

void cv_schema_forget_column(CvSchemaEditor *editor, const char *table, const char *column)
{
    for (size_t i = editor->deferred.count; i > 0; i--)
        if (strcmp(editor->deferred.items[i - 1].table, table) == 0 &&
            has_column(&editor->deferred.items[i - 1], column))
            forget(editor, i - 1);
}

bool cv_schema_forget_index(CvSchemaEditor *editor, const char *table, const char *name)
{
    for (size_t i = 0; i < editor->deferred.count; i++) {
        const CvTableIndex *index = &editor->deferred.items[i];
        if (strcmp(index->table, table) == 0 && strcmp(cv_table_index_name(editor->arena, index), name) == 0) {
            forget(editor, i);
            return true;
        }
    }
    return false;
}

void cv_schema_deferred_rename_table(CvSchemaEditor *editor, const char *table, const char *now)
{
    for (size_t i = 0; i < editor->deferred.count; i++)
        if (strcmp(editor->deferred.items[i].table, table) == 0)
            editor->deferred.items[i].table = cv_arena_strdup(editor->arena, now);
}

/* Expressions and conditions are text by now: an index that has them is made before its columns get other names. */
static void run_written(CvSchemaEditor *editor, const char *table)
{
    for (size_t i = 0; i < editor->deferred.count;) {
        CvTableIndex index = editor->deferred.items[i];
        if (strcmp(index.table, table) == 0 && (index.expressions || index.condition)) {
            forget(editor, i);
            cv_schema_run(editor, cv_table_index_sql(editor->arena, &index));
        } else {
            i++;
        }
    }
}

void cv_schema_deferred_rename_column(CvSchemaEditor *editor, const char *table, const char *column, const char *now)
{
    run_written(editor, table);
    for (size_t i = 0; i < editor->deferred.count; i++) {
        CvTableIndex *index = &editor->deferred.items[i];
        if (strcmp(index->table, table) != 0 || !has_column(index, column))
            continue;
        size_t count = 0;
        while (index->columns[count])
            count++;
        const char **columns = cv_arena_new_array(editor->arena, const char *, count + 1);
        for (size_t j = 0; j < count; j++)
            columns[j] =
                strcmp(index->columns[j], column) == 0 ? cv_arena_strdup(editor->arena, now) : index->columns[j];
        index->columns = columns;
    }
}
