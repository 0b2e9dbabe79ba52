/* schema.c: the tables of models as SQL for SQLite, text for text as Django makes them. */
#include "orm/schema_private.h"

#include "base/vector.h"
#include "db/db.h"
#include "db/dialect.h"
#include "orm/query_private.h"
#include "orm/shell.h"

/* ---- conditions and expressions, which are written in the shell's syntax ---- */

static void put_literal(CvSqlWriter *writer, const CvBind *bind)
{
    cv_sql_write_literal(writer, cv_bind_value(writer->arena, bind, writer->literal_argument));
}

/* "Q(stars__gte=1)" or "Lower('name')" as SQL over the model's own columns. */
const char *cv_schema_expression(CvArena *arena, const CvModel *model, const CvExpr *expr, const char *text)
{
    if (expr->kind == CV_EXPR_ORDERED)
        expr = expr->items[0];
    CvValue *slots = cv_arena_new_array(arena, CvValue, expr->slots + 1);
    CvCompile compile = {.arena = arena,
                         .dialect = &cv_sqlite_dialect,
                         .slots = slots,
                         .zone = cv_query_zone(),
                         .aliases = cv_map_create(arena)};
    CvQuery query = {.compile = &compile, .arena = arena, .model = model};
    cv_value_gather(cv_value_object(expr), slots);
    CvSql *sql = expr->kind == CV_EXPR_CONDITION || expr->kind == CV_EXPR_LOGIC
                     ? cv_query_condition(&query, expr, 0, false)
                     : cv_query_resolve(&query, expr, 0).sql;
    CvSqlWriter writer = {.out = cv_buffer(arena),
                          .dialect = &cv_sqlite_dialect,
                          .arena = arena,
                          .literal = put_literal,
                          .literal_argument = slots,
                          .bare = true};
    for (size_t i = 1; i < query.joins.count; i++)
        if (query.joins.items[i].uses)
            cv_raise(CV_ERROR_FIELD, "%s: \"%s\" reaches into another table", model->name, text);
    if (!sql || sql == &cv_sql_never)
        cv_raise(CV_ERROR_VALUE, "%s: \"%s\" is %s true", model->name, text, sql ? "never" : "always");
    cv_sql_write(&writer, sql);
    return cv_buffer_string(&writer.out);
}

const char *cv_schema_expression_of(CvArena *arena, const CvModel *model, const char *text)
{
    return cv_schema_expression(arena, model, cv_expression_of_text(text), text);
}

static void write_fields(CvBuffer *sql, const CvModelInfo *info, const char *const *fields)
{
    cv_buffer_append_string(sql, "(");
    for (size_t i = 0; fields[i]; i++) {
        cv_buffer_append_string(sql, i ? ", " : "");
        cv_sql_quote(sql, cv_schema_column_named(info, fields[i]));
        if (*fields[i] == '-')
            cv_buffer_append_string(sql, " DESC");
    }
    cv_buffer_append_string(sql, ")");
}

static void write_constraint(CvArena *arena, CvBuffer *sql, const CvModelInfo *info, const CvConstraint *c)
{
    if (!c->name)
        cv_raise(CV_ERROR_CONFIGURATION, "%s: a constraint needs a name", info->label);
    cv_buffer_append_string(sql, ", CONSTRAINT ");
    cv_sql_quote(sql, c->name);
    if (c->kind == CV_CHECK) {
        cv_buffer_printf(sql, " CHECK (%s)", cv_schema_expression_of(arena, info->model, c->condition));
        return;
    }
    cv_buffer_append_string(sql, " UNIQUE ");
    write_fields(sql, info, c->fields);
}

CvTable cv_table_of(CvArena *arena, const CvModel *model)
{
    const CvModelInfo *info = cv_model_info(model);
    const CvColumn **columns = cv_arena_new_array(arena, const CvColumn *, info->concrete_count + 1);
    CvTable table = {.model = model, .name = info->table, .columns = columns};
    for (size_t i = 0; i < info->concrete_count; i++)
        if (info->columns[i].model == model)
            columns[table.column_count++] = &info->columns[i];
    return table;
}

const char *cv_table_sql(CvArena *arena, const CvTable *table)
{
    const CvModelInfo *info = cv_model_info(table->model);
    CvBuffer sql = cv_buffer(arena);
    cv_buffer_append_string(&sql, "CREATE TABLE ");
    cv_sql_quote(&sql, table->name);
    cv_buffer_append_string(&sql, " (");
    for (size_t i = 0; i < table->column_count; i++) {
        cv_buffer_append_string(&sql, i ? ", " : "");
        cv_sql_quote(&sql, table->columns[i]->column);
        cv_buffer_printf(&sql, " %s", cv_column_definition(arena, table->columns[i]));
    }
    for (const CvConstraint *c = table->model->constraints; c && c->kind; c++)
        if (cv_constraint_in_table(c) && cv_constraint_is_supported(c))
            write_constraint(arena, &sql, info, c);
    if (info->key_parts) {
        cv_buffer_append_string(&sql, ", PRIMARY KEY ");
        write_fields(&sql, info, info->key->field->key_fields);
    }
    cv_buffer_append_string(&sql, ")");
    return cv_buffer_string(&sql);
}

const char *cv_schema_sql(const CvModel *model)
{
    CvArena *arena = cv_arena();
    CvTable table = cv_table_of(arena, model);
    CvBuffer sql = cv_buffer(arena);
    size_t count;
    const CvTableIndex *indexes = cv_table_indexes(arena, &table, &count);
    cv_buffer_printf(&sql, "%s;\n", cv_table_sql(arena, &table));
    for (size_t i = 0; i < count; i++)
        cv_buffer_printf(&sql, "%s;\n", cv_table_index_sql(arena, &indexes[i]));
    return cv_buffer_string(&sql);
}

bool cv_schema_has_table(const char *alias, const char *table)
{
    CvValue name = cv_value_string(table);
    return cv_query_of(alias, "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?", 1, &name)->count > 0;
}

bool cv_schema_has_column(const char *alias, const char *table, const char *column)
{
    const CvValue values[] = {cv_value_string(table), cv_value_string(column)};
    return cv_query_of(alias, "SELECT 1 FROM pragma_table_info(?) WHERE name = ?", 2, values)->count > 0;
}

static bool wanted(const CvModel *model, const CvModel *const *models)
{
    for (; models && *models; models++)
        if (*models == model)
            return true;
    return !models;
}

size_t cv_schema_create(const char *alias, const CvModel *const *models)
{
    size_t made = 0;
    CV_ATOMIC_IN(alias)
    {
        for (const CvModel *model = NULL; (model = cv_models_next(model));) {
            const CvModelInfo *info = cv_model_info(model);
            bool listed = wanted(model, models) || (info->automatic && wanted(info->owner, models));
            if (!listed || model->proxy || model->options->unmanaged || cv_schema_has_table(alias, info->table))
                continue;
            cv_execute_script(alias, cv_schema_sql(model));
            made++;
        }
    }
    return made;
}
