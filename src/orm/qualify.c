/* qualify.c: conditions on window functions, which SQL allows only around the SELECT that computes them. */
#include "orm/compile_private.h"

static CvSql *name_of(CvQuery *query, CvColumns *columns, size_t at)
{
    CvSql *name = cv_sql_node(query->arena, CV_SQL_NAME, 0, NULL);
    if (!columns->names.items[at])
        columns->names.items[at] = cv_arena_printf(query->arena, "col%zu", at + 1);
    name->text = columns->names.items[at];
    return name;
}

static bool is_operator(const CvSql *node)
{
    switch ((CvSqlOp)node->op) {
    case CV_SQL_COMPARE:
    case CV_SQL_BINARY:
    case CV_SQL_AND:
    case CV_SQL_OR:
    case CV_SQL_XOR:
    case CV_SQL_NOT:
    case CV_SQL_NULL_TEST:
    case CV_SQL_IN:
    case CV_SQL_BETWEEN:
    case CV_SQL_MATCH:
    case CV_SQL_ORDERED:
        return true;
    default:
        return false;
    }
}

/* The node over the columns of the inner SELECT, which gets what it does not have yet. */
static CvSql *lifted(CvQuery *query, CvColumns *columns, CvSql *node)
{
    for (size_t i = 0; i < columns->sql.count; i++) {
        const CvSql *column = columns->sql.items[i];
        if (column == node || (column->op == CV_SQL_COLUMN && node->op == CV_SQL_COLUMN &&
                               strcmp(column->text, node->text) == 0 && strcmp(column->text2, node->text2) == 0))
            return name_of(query, columns, i);
    }
    if (!(node->flags & (CV_SQL_HAS_COLUMN | CV_SQL_HAS_WINDOW | CV_SQL_HAS_AGGREGATE)) && node->op != CV_SQL_COLUMN)
        return node;
    bool leaf = !is_operator(node);
    for (size_t i = 0; i < query->annotations.count; i++)
        leaf |= query->annotations.items[i].term.sql == node;
    if (leaf) {
        cv_columns_add(query, columns, node, NULL);
        return name_of(query, columns, columns->sql.count - 1);
    }
    CvSql *copy = cv_arena_memdup(query->arena, node, sizeof *node);
    copy->items = cv_arena_new_array(query->arena, CvSql *, node->count);
    for (size_t i = 0; i < node->count; i++)
        copy->items[i] = lifted(query, columns, node->items[i]);
    return copy;
}

CvSqlSelect *cv_qualify_select(CvQuery *query, CvColumns *columns)
{
    CvArena *arena = query->arena;
    CvSqlSelect *inner = cv_arena_new(arena, CvSqlSelect), *outer = cv_arena_new(arena, CvSqlSelect);
    CvSqlSelect orders = {0};
    size_t count = columns->sql.count;
    cv_select_order(query, &orders);
    outer->from = inner;
    outer->from_name = "qualify";
    outer->columns = cv_arena_new_array(arena, CvSql *, count + 1);
    outer->column_count = count;
    for (size_t i = 0; i < count; i++)
        outer->columns[i] = name_of(query, columns, i);
    outer->where = lifted(query, columns, query->qualify);
    outer->order_by = cv_arena_new_array(arena, CvSql *, orders.order_count + 1);
    outer->order_count = orders.order_count;
    for (size_t i = 0; i < orders.order_count; i++)
        outer->order_by[i] = lifted(query, columns, orders.order_by[i]);
    inner->columns = columns->sql.items;
    inner->names = columns->names.items;
    inner->column_count = columns->sql.count;
    cv_select_group(query, inner);
    cv_select_from(query, inner);
    cv_select_limit(query, outer);
    return outer;
}
