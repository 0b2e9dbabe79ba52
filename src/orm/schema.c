/* schema.c: the tables of models as SQL for SQLite, text for text as Django makes them. */
#include "orm/schema.h"

#include "base/vector.h"
#include "crypto/digest.h"
#include "db/db.h"
#include "db/dialect.h"
#include "orm/own_field.h"
#include "orm/query_private.h"
#include "orm/shell.h"

/* The first `length` hexadecimal digits of the MD5 of all parts. */
static const char *digest_of(CvArena *arena, size_t count, const char *const *parts, size_t length)
{
    CvBuffer all = cv_buffer(arena);
    for (size_t i = 0; i < count; i++)
        cv_buffer_append_string(&all, parts[i]);
    uint8_t digest[CV_MD5_SIZE];
    char *hex = cv_arena_alloc(arena, length + 3);
    cv_md5(cv_buffer_slice(&all), digest);
    for (size_t i = 0; i * 2 < length; i++)
        snprintf(hex + i * 2, 3, "%02x", digest[i]);
    hex[length] = '\0';
    return hex;
}

static const char *joined(CvArena *arena, size_t count, const char *const *parts)
{
    CvBuffer out = cv_buffer(arena);
    for (size_t i = 0; i < count; i++) {
        cv_buffer_append_string(&out, i ? "_" : "");
        cv_buffer_append_string(&out, parts[i]);
    }
    return cv_buffer_string(&out);
}

const char *cv_schema_index_name(CvArena *arena, const char *table, size_t count, const char *const *columns,
                                 const char *suffix)
{
    const size_t most = 200;
    const char **parts = cv_arena_new_array(arena, const char *, count + 1);
    parts[0] = table;
    memcpy(parts + 1, columns, count * sizeof *columns);
    const char *digest = digest_of(arena, count + 1, parts, 8), *names = joined(arena, count, columns);
    const char *name = cv_arena_printf(arena, "%s_%s_%s%s", table, names, digest, suffix);
    if (strlen(name) <= most)
        return name;
    int other = (int)((most - strlen(digest) - strlen(suffix)) / 3) - 1; /* cut both names evenly */
    return cv_arena_printf(arena, "%.*s_%.*s_%s%s", other, table, other, names, digest, suffix);
}

static const char *type_of(CvArena *arena, const CvColumn *column)
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
        return type_of(arena, base);
    }
    if (column->field->own && column->field->own->column_type)
        return column->field->own->column_type;
    if (strchr(kind->sqlite_type, '%'))
        return cv_arena_printf(arena, "varchar(%d)", column->field->max_length);
    return kind->sqlite_type;
}

static const char *expression_sql(CvArena *arena, const CvModel *model, const char *text);

/* A literal stands as it is, whatever is computed in brackets. */
static void write_default(CvArena *arena, CvBuffer *sql, const CvColumn *column)
{
    CvExpr *expr = cv_default_of_text(column->field->db_default);
    if (expr->kind != CV_EXPR_VALUE) {
        cv_buffer_printf(sql, " DEFAULT (%s)",
                         cv_schema_expression(arena, column->model, expr, column->field->db_default));
        return;
    }
    CvSqlWriter writer = {.out = cv_buffer(arena), .dialect = &cv_sqlite_dialect, .arena = arena};
    cv_sql_write_literal(&writer, cv_column_store(arena, column, cv_column_convert(arena, column, expr->values[0])));
    cv_buffer_printf(sql, " DEFAULT %s", cv_buffer_string(&writer.out));
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

static void write_column(CvArena *arena, CvBuffer *sql, const CvColumn *column)
{
    const CvField *field = column->field;
    cv_sql_quote(sql, column->column);
    cv_buffer_printf(sql, " %s", type_of(arena, column));
    if (field->db_collation) {
        cv_buffer_append_string(sql, " COLLATE ");
        cv_sql_quote(sql, field->db_collation);
    }
    if (field->db_default)
        write_default(arena, sql, column);
    if (field->generated)
        cv_buffer_printf(sql, " GENERATED ALWAYS AS (%s) %s", expression_sql(arena, column->model, field->generated),
                         field->generated_virtual ? "VIRTUAL" : "STORED");
    else
        cv_buffer_append_string(sql, column->null ? " NULL" : " NOT NULL");
    if (column->primary_key && cv_model_info(column->model)->key == column)
        cv_buffer_append_string(sql, field->kind->automatic ? " PRIMARY KEY AUTOINCREMENT" : " PRIMARY KEY");
    else if (column->unique)
        cv_buffer_append_string(sql, " UNIQUE");
    write_checks(sql, column);
    write_reference(sql, column);
}

static size_t length_of(const char *const *list)
{
    size_t count = 0;
    while (list && list[count])
        count++;
    return count;
}

/* The column of a field's name, which may have a "-" in front. */
static const char *column_named(const CvModelInfo *info, const char *name)
{
    const CvColumn *column = cv_map_get(info->attributes, cv_slice(*name == '-' ? name + 1 : name));
    if (!column || !column->column)
        cv_raise(CV_ERROR_FIELD_DOES_NOT_EXIST, "%s has no field named '%s' (in an index or constraint)", info->label,
                 name);
    return column->column;
}

static void write_fields(CvBuffer *sql, const CvModelInfo *info, const char *const *fields)
{
    cv_buffer_append_string(sql, "(");
    for (size_t i = 0; fields[i]; i++) {
        cv_buffer_append_string(sql, i ? ", " : "");
        cv_sql_quote(sql, column_named(info, fields[i]));
        if (*fields[i] == '-')
            cv_buffer_append_string(sql, " DESC");
    }
    cv_buffer_append_string(sql, ")");
}

static const char **columns_of(CvArena *arena, const CvModelInfo *info, const char *const *fields, size_t *count)
{
    *count = length_of(fields);
    const char **columns = cv_arena_new_array(arena, const char *, *count + 1);
    for (size_t i = 0; i < *count; i++)
        columns[i] = column_named(info, fields[i]);
    return columns;
}

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

static const char *expression_sql(CvArena *arena, const CvModel *model, const char *text)
{
    return cv_schema_expression(arena, model, cv_expression_of_text(text), text);
}

/* One expression of an index: a plain column stands bare, an order behind it. */
static void write_index_part(CvArena *arena, CvBuffer *sql, const CvModel *model, const char *text, bool first)
{
    CvExpr *expr = cv_expression_of_text(text), *what = expr->kind == CV_EXPR_ORDERED ? expr->items[0] : expr;
    const char *part = cv_schema_expression(arena, model, what, text);
    cv_buffer_printf(sql, what->kind == CV_EXPR_F ? "%s%s" : "%s(%s)", first ? "(" : ", ", part);
    if (expr->kind == CV_EXPR_ORDERED && expr->number & CV_SQL_DESCENDING)
        cv_buffer_append_string(sql, " DESC");
}

/* An index on fields, on expressions, or on some rows alone. */
static void write_index(CvArena *arena, CvBuffer *sql, const CvModelInfo *info, const char *name,
                        const CvConstraint *index, bool unique)
{
    cv_buffer_append_string(sql, unique ? "CREATE UNIQUE INDEX " : "CREATE INDEX ");
    cv_sql_quote(sql, name);
    cv_buffer_append_string(sql, " ON ");
    cv_sql_quote(sql, info->table);
    cv_buffer_append_string(sql, " ");
    if (index->expressions) {
        for (size_t i = 0; index->expressions[i]; i++)
            write_index_part(arena, sql, info->model, index->expressions[i], i == 0);
        cv_buffer_append_string(sql, ")");
    } else {
        write_fields(sql, info, index->fields);
    }
    if (index->condition)
        cv_buffer_printf(sql, " WHERE %s", expression_sql(arena, info->model, index->condition));
    cv_buffer_append_string(sql, ";\n");
}

/* Django's name of an Index without one. */
static const char *meta_index_name(CvArena *arena, const CvModelInfo *info, const char *const *fields)
{
    size_t count = length_of(fields);
    const char **parts = cv_arena_new_array(arena, const char *, count + 2);
    parts[0] = info->table;
    for (size_t i = 0; i < count; i++)
        parts[i + 1] = cv_arena_printf(arena, "%s%s", *fields[i] == '-' ? "-" : "", column_named(info, fields[i]));
    parts[count + 1] = "idx";
    const char *name = cv_arena_printf(arena, "%.11s_%.7s_%s_idx", info->table, column_named(info, fields[0]),
                                       digest_of(arena, count + 2, parts, 6));
    return name[0] == '_' || (name[0] >= '0' && name[0] <= '9') ? cv_arena_printf(arena, "D%s", name + 1) : name;
}

static const char *together_name(CvArena *arena, const CvModelInfo *info, const char *const *fields, const char *suffix)
{
    size_t count;
    const char **columns = columns_of(arena, info, fields, &count);
    return cv_schema_index_name(arena, info->table, count, columns, suffix);
}

const char *cv_schema_constraint_name(CvArena *arena, const CvModel *model, const CvConstraint *c)
{
    const CvModelInfo *info = cv_model_info(model);
    if (c->name)
        return c->name;
    return c->together           ? together_name(arena, info, c->fields, "_uniq")
           : c->kind == CV_INDEX ? meta_index_name(arena, info, c->fields)
                                 : NULL;
}

/* What SQLite cannot do Django leaves out as well. */
static bool is_supported(const CvConstraint *c)
{
    return c->kind != CV_UNIQUE || (!c->include && !c->deferrable && !c->nulls_not_distinct);
}

static bool is_table_constraint(const CvConstraint *c)
{
    return c->kind == CV_CHECK || (c->kind == CV_UNIQUE && !c->together && !c->condition && !c->expressions);
}

static void write_indexes(CvArena *arena, CvBuffer *sql, const CvModelInfo *info)
{
    for (size_t i = 0; i < info->concrete_count; i++) {
        const CvColumn *column = &info->columns[i];
        const char *fields[] = {column->name, NULL};
        CvConstraint index = {.kind = CV_INDEX, .fields = fields};
        if (column->model == info->model && column->indexed && !column->unique)
            write_index(arena, sql, info, together_name(arena, info, fields, ""), &index, false);
    }
    const char *const *together = info->model->options->unique_together;
    if (together && together[0]) {
        CvConstraint index = {.kind = CV_UNIQUE, .fields = together};
        write_index(arena, sql, info, together_name(arena, info, together, "_uniq"), &index, true);
    }
    for (const CvConstraint *c = info->model->constraints; c && c->kind; c++) {
        if (is_table_constraint(c) || !is_supported(c))
            continue;
        const char *name = cv_schema_constraint_name(arena, info->model, c);
        write_index(arena, sql, info, name, c, c->kind == CV_UNIQUE);
    }
}

static void write_constraint(CvArena *arena, CvBuffer *sql, const CvModelInfo *info, const CvConstraint *c)
{
    if (!c->name)
        cv_raise(CV_ERROR_CONFIGURATION, "%s: a constraint needs a name", info->label);
    cv_buffer_append_string(sql, ", CONSTRAINT ");
    cv_sql_quote(sql, c->name);
    if (c->kind == CV_CHECK) {
        cv_buffer_printf(sql, " CHECK (%s)", expression_sql(arena, info->model, c->condition));
        return;
    }
    cv_buffer_append_string(sql, " UNIQUE ");
    write_fields(sql, info, c->fields);
}

const char *cv_schema_sql(const CvModel *model)
{
    CvArena *arena = cv_arena();
    const CvModelInfo *info = cv_model_info(model);
    CvBuffer sql = cv_buffer(arena);
    bool first = true;
    cv_buffer_append_string(&sql, "CREATE TABLE ");
    cv_sql_quote(&sql, info->table);
    cv_buffer_append_string(&sql, " (");
    for (size_t i = 0; i < info->concrete_count; i++) {
        const CvColumn *column = &info->columns[i];
        if (column->model != model)
            continue;
        cv_buffer_append_string(&sql, first ? "" : ", ");
        write_column(arena, &sql, column);
        first = false;
    }
    if (info->key_parts) {
        cv_buffer_append_string(&sql, ", PRIMARY KEY ");
        write_fields(&sql, info, info->key->field->key_fields);
    }
    for (const CvConstraint *c = model->constraints; c && c->kind; c++)
        if (is_table_constraint(c) && is_supported(c))
            write_constraint(arena, &sql, info, c);
    cv_buffer_append_string(&sql, ");\n");
    write_indexes(arena, &sql, info);
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
