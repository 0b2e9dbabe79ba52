/* schema_index.c: indexes as SQL for SQLite, with Django's names. */
#include "orm/schema_private.h"

#include "base/vector.h"
#include "crypto/digest.h"
#include "db/dialect.h"
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

static size_t length_of(const char *const *list)
{
    size_t count = 0;
    while (list && list[count])
        count++;
    return count;
}

/* The column of a field's name, which may have a "-" in front. */
const char *cv_schema_column_named(const CvModelInfo *info, const char *name)
{
    const CvColumn *column = cv_map_get(info->attributes, cv_slice(*name == '-' ? name + 1 : name));
    if (!column || !column->column)
        cv_raise(CV_ERROR_FIELD_DOES_NOT_EXIST, "%s has no field named '%s' (in an index or constraint)", info->label,
                 name);
    return column->column;
}

static const char **columns_of(CvArena *arena, const CvModelInfo *info, const char *const *fields, size_t *count)
{
    *count = length_of(fields);
    const char **columns = cv_arena_new_array(arena, const char *, *count + 1);
    for (size_t i = 0; i < *count; i++)
        columns[i] = cv_schema_column_named(info, fields[i]);
    return columns;
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

/* Django's name of an Index without one. */
static const char *meta_index_name(CvArena *arena, const CvModelInfo *info, const char *const *fields)
{
    size_t count = length_of(fields);
    const char **parts = cv_arena_new_array(arena, const char *, count + 2);
    parts[0] = info->table;
    for (size_t i = 0; i < count; i++)
        parts[i + 1] =
            cv_arena_printf(arena, "%s%s", *fields[i] == '-' ? "-" : "", cv_schema_column_named(info, fields[i]));
    parts[count + 1] = "idx";
    const char *name = cv_arena_printf(arena, "%.11s_%.7s_%s_idx", info->table, cv_schema_column_named(info, fields[0]),
                                       digest_of(arena, count + 2, parts, 6));
    return name[0] == '_' || (name[0] >= '0' && name[0] <= '9') ? cv_arena_printf(arena, "D%s", name + 1) : name;
}

/* What SQLite cannot do Django leaves out as well. */
bool cv_constraint_is_supported(const CvConstraint *c)
{
    return c->kind != CV_UNIQUE || (!c->include && !c->deferrable && !c->nulls_not_distinct);
}

bool cv_constraint_in_table(const CvConstraint *c)
{
    return c->kind == CV_CHECK || (c->kind == CV_UNIQUE && !c->together && !c->condition && !c->expressions);
}

bool cv_column_index(CvArena *arena, const CvColumn *column, CvTableIndex *out)
{
    if (!column->indexed || column->unique || !column->column)
        return false;
    const char **columns = cv_arena_new_array(arena, const char *, 2);
    columns[0] = column->column;
    *out = (CvTableIndex){.table = cv_model_info(column->model)->table, .suffix = "", .columns = columns};
    return true;
}

CvTableIndex cv_together_index(CvArena *arena, const CvModel *model, const char *const *fields)
{
    const CvModelInfo *info = cv_model_info(model);
    size_t count;
    return (CvTableIndex){
        .table = info->table, .suffix = "_uniq", .columns = columns_of(arena, info, fields, &count), .unique = true};
}

const char *const *const *cv_unique_together(CvArena *arena, const CvModel *model)
{
    CV_VECTOR(const char *const *) all = {0};
    if (model->options->unique_together && model->options->unique_together[0])
        cv_vector_push(arena, &all, model->options->unique_together);
    for (const CvConstraint *c = model->constraints; c && c->kind; c++)
        if (c->together)
            cv_vector_push(arena, &all, c->fields);
    cv_vector_push(arena, &all, NULL);
    return all.items;
}

bool cv_constraint_index(CvArena *arena, const CvModel *model, const CvConstraint *c, CvTableIndex *out)
{
    const CvModelInfo *info = cv_model_info(model);
    size_t count = 0;
    if (cv_constraint_in_table(c) || !cv_constraint_is_supported(c))
        return false;
    *out = (CvTableIndex){
        .table = info->table, .name = c->name, .suffix = c->together ? "_uniq" : "", .unique = c->kind == CV_UNIQUE};
    if (c->expressions) {
        CvBuffer sql = cv_buffer(arena);
        for (size_t i = 0; c->expressions[i]; i++)
            write_index_part(arena, &sql, model, c->expressions[i], i == 0);
        cv_buffer_append_string(&sql, ")");
        out->expressions = cv_buffer_string(&sql);
    } else {
        out->columns = columns_of(arena, info, c->fields, &count);
        bool *descending = cv_arena_new_array(arena, bool, count + 1);
        for (size_t i = 0; i < count; i++)
            descending[i] = *c->fields[i] == '-';
        out->descending = descending;
        if (!c->name && !c->together)
            out->name = cv_schema_constraint_name(arena, model, c);
    }
    if (c->condition)
        out->condition = cv_schema_expression_of(arena, model, c->condition);
    return true;
}

const char *cv_schema_constraint_name(CvArena *arena, const CvModel *model, const CvConstraint *c)
{
    if (c->name)
        return c->name;
    if (c->together) {
        CvTableIndex index = cv_together_index(arena, model, c->fields);
        return cv_table_index_name(arena, &index);
    }
    return c->kind == CV_INDEX ? meta_index_name(arena, cv_model_info(model), c->fields) : NULL;
}

const char *cv_table_index_name(CvArena *arena, const CvTableIndex *index)
{
    return index->name
               ? index->name
               : cv_schema_index_name(arena, index->table, length_of(index->columns), index->columns, index->suffix);
}

const char *cv_table_index_sql(CvArena *arena, const CvTableIndex *index)
{
    CvBuffer sql = cv_buffer(arena);
    cv_buffer_append_string(&sql, index->unique ? "CREATE UNIQUE INDEX " : "CREATE INDEX ");
    cv_sql_quote(&sql, cv_table_index_name(arena, index));
    cv_buffer_append_string(&sql, " ON ");
    cv_sql_quote(&sql, index->table);
    cv_buffer_append_byte(&sql, ' ');
    if (index->expressions)
        cv_buffer_append_string(&sql, index->expressions);
    for (size_t i = 0; index->columns && index->columns[i]; i++) {
        cv_buffer_append_string(&sql, i ? ", " : "(");
        cv_sql_quote(&sql, index->columns[i]);
        cv_buffer_append_string(&sql, index->descending && index->descending[i] ? " DESC" : "");
    }
    cv_buffer_append_string(&sql, index->columns ? ")" : "");
    if (index->condition)
        cv_buffer_printf(&sql, " WHERE %s", index->condition);
    return cv_buffer_string(&sql);
}

static bool names_field(const CvConstraint *c, const char *name)
{
    for (size_t i = 0; name && c->fields && c->fields[i]; i++)
        if (strcmp(*c->fields[i] == '-' ? c->fields[i] + 1 : c->fields[i], name) == 0)
            return true;
    return false;
}

/* Unique sets, unique indexes, the indexes of columns, those of Meta: Django's order. */
const CvTableIndex *cv_table_indexes(CvArena *arena, const CvTable *table, size_t *count)
{
    CV_VECTOR(CvTableIndex) all = {0};
    const CvModel *model = table->model;
    CvTableIndex index;
    for (const char *const *const *sets = cv_unique_together(arena, model); *sets; sets++)
        cv_vector_push(arena, &all, cv_together_index(arena, model, *sets));
    for (const CvConstraint *c = model->constraints; c && c->kind; c++)
        if (c->kind == CV_UNIQUE && !c->together && cv_constraint_index(arena, model, c, &index))
            cv_vector_push(arena, &all, index);
    for (size_t i = 0; i < table->column_count; i++)
        if (cv_column_index(arena, table->columns[i], &index))
            cv_vector_push(arena, &all, index);
    for (const CvConstraint *c = model->constraints; c && c->kind; c++)
        if (c->kind == CV_INDEX && !names_field(c, table->without) && cv_constraint_index(arena, model, c, &index))
            cv_vector_push(arena, &all, index);
    for (size_t i = 0; i < all.count; i++)
        all.items[i].table = table->name;
    *count = all.count;
    return all.items;
}
