/* sql_write.c: writes the tree of sql.h as text, with the dialect's help. */
#include "base/error.h"
#include "base/vector.h"
#include "db/sql.h"
#include "db/stored.h"

void cv_sql_put(CvSqlWriter *writer, const char *text)
{
    cv_buffer_append_string(&writer->out, text);
}

void cv_sql_quote(CvBuffer *out, const char *name)
{
    cv_buffer_append_byte(out, '"');
    for (const char *at = name; *at; at++) {
        if (*at == '"')
            cv_buffer_append_byte(out, '"');
        cv_buffer_append_byte(out, *at);
    }
    cv_buffer_append_byte(out, '"');
}

static void write_list(CvSqlWriter *writer, CvSql *const *items, size_t count, const char *between)
{
    for (size_t i = 0; i < count; i++) {
        if (i)
            cv_sql_put(writer, between);
        cv_sql_write(writer, items[i]);
    }
}

void cv_sql_write_literal(CvSqlWriter *writer, CvValue value)
{
    char text[32];
    switch ((CvKind)value.kind) {
    case CV_NULL:
        cv_sql_put(writer, "NULL");
        return;
    case CV_BOOL:
        cv_buffer_append_int(&writer->out, value.boolean);
        return;
    case CV_INT:
        cv_buffer_append_int(&writer->out, value.integer);
        return;
    case CV_FLOAT:
        cv_buffer_append_double(&writer->out, value.real);
        return;
    case CV_BYTES:
        cv_sql_put(writer, "X'");
        for (uint32_t i = 0; i < value.length; i++)
            cv_buffer_printf(&writer->out, "%02X", (unsigned)(uint8_t)value.text[i]);
        cv_sql_put(writer, "'");
        return;
    case CV_DATETIME:
        cv_sql_put(writer, "'");
        cv_buffer_append(&writer->out, text,
                         cv_stored_write_moment(text, value.datetime, writer->zone ? writer->zone : cv_zone_utc));
        cv_sql_put(writer, "'");
        return;
    default:
        cv_sql_put(writer, "'");
        for (uint32_t i = 0; i < value.length; i++) {
            if (value.text[i] == '\'')
                cv_buffer_append_byte(&writer->out, '\'');
            if (value.text[i])
                cv_buffer_append_byte(&writer->out, value.text[i]);
        }
        cv_sql_put(writer, "'");
    }
}

static void write_bind(CvSqlWriter *writer, const CvSql *node)
{
    if (writer->literal) {
        writer->literal(writer, node->bind);
        return;
    }
    if (writer->bind_count == writer->bind_capacity)
        writer->binds = cv_vector_grow(writer->arena, writer->binds, &writer->bind_capacity, sizeof *writer->binds);
    writer->binds[writer->bind_count++] = node->bind;
    writer->dialect->bind(writer, writer->bind_count);
}

static void write_call(CvSqlWriter *writer, const CvSql *node)
{
    cv_sql_put(writer, node->text);
    cv_sql_put(writer, "(");
    if (node->flags & CV_SQL_DISTINCT)
        cv_sql_put(writer, "DISTINCT ");
    write_list(writer, node->items, node->count, ", ");
    cv_sql_put(writer, ")");
    if (node->filter) {
        cv_sql_put(writer, " FILTER (WHERE ");
        cv_sql_write(writer, node->filter);
        cv_sql_put(writer, ")");
    }
}

static void write_in(CvSqlWriter *writer, const CvSql *node)
{
    cv_sql_write(writer, node->items[0]);
    cv_sql_put(writer, " IN (");
    if (node->select)
        cv_sql_write_select(writer, node->select);
    else
        write_list(writer, node->items + 1, node->count - 1u, ", ");
    cv_sql_put(writer, ")");
}

static void write_case(CvSqlWriter *writer, const CvSql *node)
{
    cv_sql_put(writer, "CASE");
    size_t at = 0;
    for (; at + 1 < node->count; at += 2) {
        cv_sql_put(writer, " WHEN ");
        cv_sql_write(writer, node->items[at]);
        cv_sql_put(writer, " THEN ");
        cv_sql_write(writer, node->items[at + 1]);
    }
    if (at < node->count) {
        cv_sql_put(writer, " ELSE ");
        cv_sql_write(writer, node->items[at]);
    }
    cv_sql_put(writer, " END");
}

static void write_ordered(CvSqlWriter *writer, const CvSql *node)
{
    cv_sql_write(writer, node->items[0]);
    cv_sql_put(writer, node->number & CV_SQL_DESCENDING ? " DESC" : " ASC");
    if (node->number & CV_SQL_NULLS_FIRST)
        cv_sql_put(writer, " NULLS FIRST");
    if (node->number & CV_SQL_NULLS_LAST)
        cv_sql_put(writer, " NULLS LAST");
}

static void write_logic(CvSqlWriter *writer, const CvSql *node)
{
    if (node->op == CV_SQL_XOR) { /* an odd number of truths */
        cv_sql_put(writer, "((");
        for (size_t i = 0; i < node->count; i++) {
            cv_sql_put(writer, i ? " + CASE WHEN " : "CASE WHEN ");
            cv_sql_write(writer, node->items[i]);
            cv_sql_put(writer, " THEN 1 ELSE 0 END");
        }
        cv_sql_put(writer, ") % 2) = 1");
        return;
    }
    cv_sql_put(writer, "(");
    write_list(writer, node->items, node->count, node->op == CV_SQL_AND ? " AND " : " OR ");
    cv_sql_put(writer, ")");
}

static void write_template(CvSqlWriter *writer, const CvSql *node)
{
    const char *at = node->text;
    while (*at) {
        const char *brace = strchr(at, '{');
        size_t plain = brace ? (size_t)(brace - at) : strlen(at);
        cv_buffer_append(&writer->out, at, plain);
        if (!brace)
            return;
        bool all = brace[1] == '*';
        size_t item = all ? 1 : (size_t)(brace[1] - '0');
        if (brace[1] == '\0' || brace[2] != '}' || (!all && (item < 1 || item > node->count)))
            cv_raise(CV_ERROR_VALUE, "\"%s\" asks for arguments that are not there: %u are", node->text, node->count);
        for (size_t i = item; i <= (all ? node->count : item); i++) {
            cv_sql_put(writer, i > item ? ", " : "");
            cv_sql_write(writer, node->items[i - 1]);
        }
        at = brace + 3;
    }
}

static void write_leaf(CvSqlWriter *writer, const CvSql *node)
{
    if (node->op == CV_SQL_COLUMN) {
        if (!writer->bare) {
            cv_sql_quote(&writer->out, node->text);
            cv_sql_put(writer, ".");
        }
        cv_sql_quote(&writer->out, node->text2);
    } else if (node->op == CV_SQL_NAME) {
        cv_sql_quote(&writer->out, node->text);
    } else if (node->op == CV_SQL_INTEGER) {
        cv_buffer_append_int(&writer->out, node->number);
    } else {
        cv_sql_put(writer, node->op == CV_SQL_STAR ? "*" : node->text);
    }
}

static void write_pair(CvSqlWriter *writer, const CvSql *node)
{
    cv_sql_put(writer, node->op == CV_SQL_BINARY ? "(" : "");
    cv_sql_write(writer, node->items[0]);
    cv_buffer_printf(&writer->out, " %s ", node->text);
    cv_sql_write(writer, node->items[1]);
    cv_sql_put(writer, node->op == CV_SQL_BINARY ? ")" : "");
}

static void write_not(CvSqlWriter *writer, const CvSql *node)
{
    cv_sql_put(writer, "NOT (");
    cv_sql_write(writer, node->items[0]);
    cv_sql_put(writer, ")");
}

static void write_between(CvSqlWriter *writer, const CvSql *node)
{
    cv_sql_write(writer, node->items[0]);
    cv_sql_put(writer, " BETWEEN ");
    cv_sql_write(writer, node->items[1]);
    cv_sql_put(writer, " AND ");
    cv_sql_write(writer, node->items[2]);
}

static void write_cast(CvSqlWriter *writer, const CvSql *node)
{
    cv_sql_put(writer, "CAST(");
    cv_sql_write(writer, node->items[0]);
    cv_buffer_printf(&writer->out, " AS %s)", node->text);
}

static void write_sub_select(CvSqlWriter *writer, const CvSql *node)
{
    cv_sql_put(writer, node->op == CV_SQL_EXISTS ? "EXISTS(" : "(");
    cv_sql_write_select(writer, node->select);
    cv_sql_put(writer, ")");
}

static void write_row(CvSqlWriter *writer, const CvSql *node)
{
    cv_sql_put(writer, "(");
    write_list(writer, node->items, node->count, ", ");
    cv_sql_put(writer, ")");
}

void cv_sql_write(CvSqlWriter *writer, const CvSql *node)
{
    switch ((CvSqlOp)node->op) {
    case CV_SQL_COLUMN:
    case CV_SQL_NAME:
    case CV_SQL_TEXT:
    case CV_SQL_INTEGER:
    case CV_SQL_STAR:
        write_leaf(writer, node);
        return;
    case CV_SQL_BIND:
        write_bind(writer, node);
        return;
    case CV_SQL_COMPARE:
    case CV_SQL_BINARY:
        write_pair(writer, node);
        return;
    case CV_SQL_CALL:
        write_call(writer, node);
        return;
    case CV_SQL_LIST:
        write_row(writer, node);
        return;
    case CV_SQL_AND:
    case CV_SQL_OR:
    case CV_SQL_XOR:
        write_logic(writer, node);
        return;
    case CV_SQL_NOT:
        write_not(writer, node);
        return;
    case CV_SQL_NULL_TEST:
        cv_sql_write(writer, node->items[0]);
        cv_sql_put(writer, node->number ? " IS NOT NULL" : " IS NULL");
        return;
    case CV_SQL_IN:
        write_in(writer, node);
        return;
    case CV_SQL_BETWEEN:
        write_between(writer, node);
        return;
    case CV_SQL_CASE:
        write_case(writer, node);
        return;
    case CV_SQL_CAST:
        write_cast(writer, node);
        return;
    case CV_SQL_ORDERED:
        write_ordered(writer, node);
        return;
    case CV_SQL_SELECT:
    case CV_SQL_EXISTS:
        write_sub_select(writer, node);
        return;
    case CV_SQL_MATCH:
        writer->dialect->match(writer, node);
        return;
    case CV_SQL_DATE_PART:
        writer->dialect->date_part(writer, node);
        return;
    case CV_SQL_TEMPLATE:
        write_template(writer, node);
        return;
    case CV_SQL_DATE_CUT:
        writer->dialect->date_cut(writer, node);
        return;
    }
}

static void write_columns(CvSqlWriter *writer, const CvSqlSelect *select)
{
    for (size_t i = 0; i < select->column_count; i++) {
        if (i)
            cv_sql_put(writer, ", ");
        cv_sql_write(writer, select->columns[i]);
        if (select->names && select->names[i]) {
            cv_sql_put(writer, " AS ");
            cv_sql_quote(&writer->out, select->names[i]);
        }
    }
}

static void write_from(CvSqlWriter *writer, const CvSqlSelect *select)
{
    if (select->from) {
        cv_sql_put(writer, " FROM (");
        cv_sql_write_select(writer, select->from);
        cv_sql_put(writer, ") ");
        cv_sql_quote(&writer->out, select->from_name);
        return;
    }
    for (size_t i = 0; i < select->join_count; i++) {
        const CvSqlJoin *join = &select->joins[i];
        if (join->dropped)
            continue;
        cv_sql_put(writer, i == 0 ? " FROM " : join->left ? " LEFT OUTER JOIN " : " INNER JOIN ");
        cv_sql_quote(&writer->out, join->table);
        if (strcmp(join->table, join->alias) != 0) {
            cv_sql_put(writer, " ");
            cv_sql_quote(&writer->out, join->alias);
        }
        if (i) {
            cv_sql_put(writer, " ON (");
            cv_sql_write(writer, join->on);
            cv_sql_put(writer, ")");
        }
    }
}

void cv_sql_write_select(CvSqlWriter *writer, const CvSqlSelect *select)
{
    if (select->combined_count) {
        for (size_t i = 0; i < select->combined_count; i++) {
            if (i)
                cv_buffer_printf(&writer->out, " %s ", select->combinator);
            cv_sql_write_select(writer, select->combined[i]);
        }
    } else {
        cv_sql_put(writer, select->distinct ? "SELECT DISTINCT " : "SELECT ");
        write_columns(writer, select);
        write_from(writer, select);
        if (select->where) {
            cv_sql_put(writer, " WHERE ");
            cv_sql_write(writer, select->where);
        }
        if (select->group_count) {
            cv_sql_put(writer, " GROUP BY ");
            write_list(writer, select->group_by, select->group_count, ", ");
        }
        if (select->having) {
            cv_sql_put(writer, " HAVING ");
            cv_sql_write(writer, select->having);
        }
    }
    if (select->order_count) {
        cv_sql_put(writer, " ORDER BY ");
        write_list(writer, select->order_by, select->order_count, ", ");
    }
    if (select->limit || select->offset)
        writer->dialect->limit(writer, select->limit, select->offset);
}
