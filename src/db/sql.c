/* sql.c: makes nodes of SQL. */
#include "db/sql.h"

#include "base/error.h"

CvSql *cv_sql_node(CvArena *arena, CvSqlOp op, size_t count, CvSql *const *items)
{
    CvSql *node = cv_arena_new(arena, CvSql);
    if (count > UINT32_MAX)
        cv_raise(CV_ERROR_OPERATIONAL, "a part of the query has too many items");
    node->op = (uint8_t)op;
    node->count = (uint32_t)count;
    node->items = count ? cv_arena_memdup(arena, items, cv_size_multiply(count, sizeof *items)) : NULL;
    for (size_t i = 0; i < count; i++)
        node->flags |= (uint8_t)(items[i]->flags & ~(CV_SQL_DISTINCT | CV_SQL_IS_AGGREGATE));
    return node;
}

CvSql *cv_sql_column(CvArena *arena, const char *alias, const char *column)
{
    CvSql *node = cv_sql_node(arena, CV_SQL_COLUMN, 0, NULL);
    node->text = alias;
    node->text2 = column;
    node->flags = CV_SQL_HAS_COLUMN;
    return node;
}

CvSql *cv_sql_text_node(CvArena *arena, const char *text)
{
    CvSql *node = cv_sql_node(arena, CV_SQL_TEXT, 0, NULL);
    node->text = text;
    return node;
}

CvSql *cv_sql_integer(CvArena *arena, int64_t number)
{
    CvSql *node = cv_sql_node(arena, CV_SQL_INTEGER, 0, NULL);
    node->number = number;
    return node;
}

CvSql *cv_sql_bind(CvArena *arena, const CvBind *bind)
{
    CvSql *node = cv_sql_node(arena, CV_SQL_BIND, 0, NULL);
    node->bind = bind;
    return node;
}

CvSql *cv_sql_call(CvArena *arena, const char *name, size_t count, CvSql *const *items)
{
    CvSql *node = cv_sql_node(arena, CV_SQL_CALL, count, items);
    node->text = name;
    return node;
}

CvSql *cv_sql_join(CvArena *arena, CvSqlOp op, CvSql *a, CvSql *b)
{
    if (!a || !b)
        return a ? a : b;
    if (a->op == op) { /* one longer list instead of nesting */
        CvSql **items = cv_arena_new_array(arena, CvSql *, (size_t)a->count + 1);
        memcpy(items, a->items, a->count * sizeof *items);
        items[a->count] = b;
        return cv_sql_node(arena, op, (size_t)a->count + 1, items);
    }
    return cv_sql_make(arena, op, a, b);
}
