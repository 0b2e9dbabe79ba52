/* string_agg.c: StringAgg: texts of many rows as one, in an order of their own. */
#include "orm/functions_private.h"

CvTerm cv_query_string_agg(CvQuery *query, const CvExpr *expr, uint32_t slot)
{
    CvArena *arena = query->arena;
    const CvExpr *parts = expr->items[0];
    CvSql **items = cv_arena_new_array(arena, CvSql *, (size_t)parts->count + 2);
    char flags[64];
    size_t keys = 0, count = 3;
    if (parts->count < 2)
        cv_raise(CV_ERROR_TYPE, "StringAgg.__init__() missing 1 required positional argument: 'delimiter'");
    if (parts->count > 40)
        cv_raise(CV_ERROR_VALUE, "StringAgg orders by 38 expressions at most");
    if (expr->distinct && parts->count > 2)
        cv_raise(CV_ERROR_NOT_SUPPORTED,
                 "StringAgg does not support distinct with multiple expressions on this database backend.");
    for (uint32_t i = 0; i < parts->count; i++) {
        const CvExpr *part = parts->items[i];
        bool ordered = part->kind == CV_EXPR_ORDERED;
        CvSql *sql = cv_query_resolve(query, ordered ? part->items[0] : part, slot).sql;
        slot += part->slots;
        if (i >= 2)
            flags[keys++] = (char)('0' + (ordered ? part->number : 0));
        items[i < 2 ? i : count++] = sql;
    }
    flags[keys] = '\0';
    items[2] = cv_sql_literal(arena, expr->distinct ? CV_SLICE("d") : cv_slice(flags));
    return cv_term_of_kind(cv_sql_call(arena, "CV_STRING_AGG", count, items), &cv_text_field, 0);
}
