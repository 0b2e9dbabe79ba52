/* schema_column.c: the columns of tables as SQL for SQLite: types, defaults, checks, references. */
#include "orm/schema_private.h"

#include "db/dialect.h"
#include "orm/own_field.h"
#include "orm/query_private.h"
#include "orm/shell.h"

const char *cv_column_type(CvArena *arena, const CvColumn *column)
{
    const CvFieldKind *kind = column->field->kind;
    if (column->to_column) {
        const CvColumn *base = cv_column_base(column);
        if (base->field->kind == &cv_big_auto_field)
            return "bigint";
        if (base->field->kind->automatic)
            return "integer";
        if (base->field->kind->least == 0 && base->field->kind->most)
            return base->field->kind == &cv_positive_big_integer_field ? "bigint" : "integer";
        return cv_column_type(arena, base);
    }
    if (column->field->own && column->field->own->column_type)
        return column->field->own->column_type;
    if (strchr(kind->sqlite_type, '%'))
        return cv_arena_printf(arena, "varchar(%d)", column->field->max_length);
    return kind->sqlite_type;
}

const char *cv_column_literal(CvArena *arena, const CvColumn *column, CvValue value, const CvZone *zone)
{
    CvSqlWriter writer = {.out = cv_buffer(arena), .dialect = &cv_sqlite_dialect, .arena = arena, .zone = zone};
    cv_sql_write_literal(&writer, cv_column_store(arena, column, cv_column_convert(arena, column, value)));
    return cv_buffer_string(&writer.out);
}

/* A literal stands as it is, whatever is computed in brackets. */
const char *cv_column_database_default(CvArena *arena, const CvColumn *column, bool *constant)
{
    const char *text = column->field->db_default;
    CvExpr *expr = cv_default_of_text(text);
    *constant = expr->kind == CV_EXPR_VALUE;
    return *constant ? cv_column_literal(arena, column, expr->values[0], NULL)
                     : cv_arena_printf(arena, "(%s)", cv_schema_expression(arena, column->model, expr, text));
}

/* Alone: a composite key is the table's. `column` may be a copy. */
static bool is_key(const CvColumn *column)
{
    const CvColumn *key = cv_model_info(column->model)->key;
    return column->primary_key && key && strcmp(key->name, column->name) == 0;
}

static bool numbers_itself(const CvColumn *column)
{
    return column->field->kind->automatic && is_key(column);
}

static void write_checks(CvBuffer *sql, const CvColumn *column)
{
    const CvFieldKind *kind = column->field->kind;
    if (kind->least == 0 && kind->most && !kind->relation) {
        cv_buffer_append_string(sql, " CHECK (");
        cv_sql_quote(sql, column->column);
        cv_buffer_append_string(sql, " >= 0)");
    }
    if (kind == &cv_json_field) {
        cv_buffer_append_string(sql, " CHECK ((JSON_VALID(");
        cv_sql_quote(sql, column->column);
        cv_buffer_append_string(sql, ") OR ");
        cv_sql_quote(sql, column->column);
        cv_buffer_append_string(sql, " IS NULL))");
    }
}

static void write_reference(CvBuffer *sql, const CvColumn *column)
{
    const CvField *field = column->field;
    if (!column->to_column || !field->db_constraint)
        return;
    cv_buffer_append_string(sql, " REFERENCES ");
    cv_sql_quote(sql, cv_model_info(column->to_column->model)->table);
    cv_buffer_append_string(sql, " (");
    cv_sql_quote(sql, column->to_column->column);
    cv_buffer_append_byte(sql, ')');
    if (field->on_delete == CV_DB_CASCADE)
        cv_buffer_append_string(sql, " ON DELETE CASCADE");
    else if (field->on_delete == CV_DB_SET_NULL)
        cv_buffer_append_string(sql, " ON DELETE SET NULL");
    else if (field->on_delete == CV_DB_SET_DEFAULT)
        cv_buffer_append_string(sql, " ON DELETE SET DEFAULT");
    cv_buffer_append_string(sql, " DEFERRABLE INITIALLY DEFERRED");
}

const char *cv_column_generated(CvArena *arena, const CvColumn *column)
{
    return cv_schema_expression_of(arena, column->model, column->field->generated);
}

/* As Django writes it on SQLite: bare, where it is one word. */
static void write_collation(CvBuffer *sql, const char *name)
{
    static const char letters[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_";
    cv_buffer_append_string(sql, " COLLATE ");
    if (name[strspn(name, letters)])
        cv_sql_quote(sql, name);
    else
        cv_buffer_append_string(sql, name);
}

static void write_core(CvArena *arena, CvBuffer *sql, const CvColumn *column)
{
    const CvField *field = column->field;
    bool constant;
    cv_buffer_append_string(sql, cv_column_type(arena, column));
    if (field->db_collation) {
        write_collation(sql, field->db_collation);
    }
    if (field->db_default)
        cv_buffer_printf(sql, " DEFAULT %s", cv_column_database_default(arena, column, &constant));
    if (field->generated)
        cv_buffer_printf(sql, " GENERATED ALWAYS AS (%s) %s", cv_column_generated(arena, column),
                         field->generated_virtual ? "VIRTUAL" : "STORED");
    else
        cv_buffer_append_string(sql, column->null ? " NULL" : " NOT NULL");
    if (is_key(column))
        cv_buffer_append_string(sql, " PRIMARY KEY");
    else if (column->unique)
        cv_buffer_append_string(sql, " UNIQUE");
}

const char *cv_column_core(CvArena *arena, const CvColumn *column)
{
    CvBuffer sql = cv_buffer(arena);
    write_core(arena, &sql, column);
    return cv_buffer_string(&sql);
}

const char *cv_column_definition(CvArena *arena, const CvColumn *column)
{
    CvBuffer sql = cv_buffer(arena);
    write_core(arena, &sql, column);
    if (numbers_itself(column))
        cv_buffer_append_string(&sql, " AUTOINCREMENT");
    write_checks(&sql, column);
    write_reference(&sql, column);
    return cv_buffer_string(&sql);
}
