/* functions_case.c: CASE WHEN, and windows. */
#include "orm/functions_private.h"

/* ---- Case: condition, result, ..., default ---- */

CvTerm cv_function_case(const CvFunctionCall *call)
{
    const CvExpr *expr = call->expr;
    CvArena *arena = call->query->arena;
    uint32_t slot = call->slot;
    CV_VECTOR(CvSql *) parts = {0};
    CvFunctionItems results = {.arena = arena, .terms = cv_arena_new_array(arena, CvTerm, (size_t)expr->count + 1)};
    bool decided = false;
    for (uint32_t i = 0; i < expr->count; i++) {
        bool is_condition = i % 2 == 0 && i + 1 < expr->count;
        if (is_condition) {
            CvSql *condition = cv_query_predicate(call->query, expr->items[i], slot);
            slot += expr->items[i]->slots;
            CvTerm result = cv_query_resolve(call->query, expr->items[i + 1], slot);
            results.terms[results.count++] = result;
            if (!condition && !decided) { /* always true: what follows is never asked */
                cv_vector_push(arena, &parts, result.sql);
                decided = true;
            } else if (condition != &cv_sql_never && !decided) {
                cv_vector_push(arena, &parts, condition);
                cv_vector_push(arena, &parts, result.sql);
            }
            slot += expr->items[++i]->slots;
            continue;
        }
        CvTerm fallback = cv_query_resolve(call->query, expr->items[i], slot);
        slot += expr->items[i]->slots;
        results.terms[results.count++] = fallback;
        if (!decided)
            cv_vector_push(arena, &parts, fallback.sql);
    }
    CvTerm out = call->any_type ? cv_term_of(NULL, CV_READ_ANY) : cv_common_type(&results);
    if (out.message && out.message != cv_no_output_field)
        cv_raise_later(call->query, CV_ERROR_FIELD, "%s", out.message);
    out.sql = parts.count == 1 ? parts.items[0] : cv_sql_node(arena, CV_SQL_CASE, parts.count, parts.items);
    return out;
}

CvTerm cv_function_when(const CvFunctionCall *call)
{
    const CvExpr *expr = call->expr;
    CvArena *arena = call->query->arena;
    CvSql *condition = cv_query_predicate(call->query, expr->items[0], call->slot);
    CvTerm out = cv_query_resolve(call->query, expr->items[1], call->slot + expr->items[0]->slots);
    out.sql = cv_sql_make(arena, CV_SQL_TEMPLATE, condition ? condition : cv_sql_text_node(arena, "1 = 1"), out.sql);
    out.sql->text = "WHEN {1} THEN {2}";
    out.exact = out.bound = false;
    return out;
}

/* ---- windows ---- */

/* `a text b`, without brackets. */
static CvSql *beside(CvArena *arena, CvSql *a, const char *text, CvSql *b)
{
    CvSql *node = cv_sql_make(arena, CV_SQL_COMPARE, a, b);
    node->text = text;
    return node;
}

static CvSql *clause(CvQuery *query, CvSql *before, const char *word, const CvExpr *list, uint32_t slot)
{
    CvArena *arena = query->arena;
    CvSql *all = NULL;
    for (uint32_t i = 0; i < list->count; i++) {
        const CvExpr *item = list->items[i];
        bool ordered = item->kind == CV_EXPR_ORDERED;
        CvSql *sql = cv_query_resolve(query, ordered ? item->items[0] : item, slot).sql;
        slot += item->slots;
        if (ordered) {
            sql = cv_sql_make(arena, CV_SQL_ORDERED, sql);
            sql->number = item->number;
        }
        all = all ? beside(arena, all, ",", sql) : sql;
    }
    if (!all)
        return before;
    return before ? beside(arena, before, word, all) : beside(arena, cv_sql_text_node(arena, word), "", all);
}

static void append_bound(CvBuffer *out, CvSlice bound, const char *open)
{
    int64_t number;
    if (bound.length == 0)
        cv_buffer_printf(out, "UNBOUNDED %s", open);
    else if (!cv_slice_to_int64(bound, &number))
        cv_raise(CV_ERROR_VALUE, "a frame's bound must be an integer or None");
    else if (number == 0)
        cv_buffer_append_string(out, "CURRENT ROW");
    else
        cv_buffer_printf(out, "%llu %s", number < 0 ? -(unsigned long long)number : (unsigned long long)number,
                         number < 0 ? "PRECEDING" : "FOLLOWING");
}

/* Bounds of rows stand in order; those of values lie on both sides of the row. */
static void check_frame(CvQuery *query, const CvFunctionName *name)
{
    int64_t start, end;
    bool starts = cv_slice_to_int64(name->parts[1], &start), ends = cv_slice_to_int64(name->parts[2], &end);
    if (cv_slice_is(name->parts[0], "ROWS")) {
        if (starts && ends && start > end)
            cv_raise_later(query, CV_ERROR_VALUE, "start cannot be greater than end.");
        return;
    }
    if (starts && start > 0)
        cv_raise_later(query, CV_ERROR_VALUE,
                       "start argument must be a negative integer, zero, or None, but got '%lld'.", (long long)start);
    if (ends && end < 0)
        cv_raise_later(query, CV_ERROR_VALUE, "end argument must be a positive integer, zero, or None, but got '%lld'.",
                       (long long)end);
}

static CvSql *frame(CvQuery *query, CvSql *before, const CvExpr *expr)
{
    CvArena *arena = query->arena;
    CvFunctionName name = cv_function_name(expr->name);
    CvBuffer out = cv_buffer(arena);
    if (name.count == 0)
        return before;
    check_frame(query, &name);
    cv_buffer_printf(&out, "%.*s BETWEEN ", CV_SLICE_ARG(name.parts[0]));
    append_bound(&out, name.parts[1], "PRECEDING");
    cv_buffer_append_string(&out, " AND ");
    append_bound(&out, name.parts[2], "FOLLOWING");
    if (name.count > 3) {
        static const char *const known[] = {"CURRENT ROW", "GROUP", "TIES", "NO OTHERS"};
        size_t i = 0;
        while (i < CV_COUNT_OF(known) && !cv_slice_is(name.parts[3], known[i]))
            i++;
        if (i == CV_COUNT_OF(known))
            cv_raise(CV_ERROR_TYPE, "WindowFrame.exclusion must be a WindowFrameExclusion instance.");
        cv_buffer_printf(&out, " EXCLUDE %s", known[i]);
    }
    CvSql *text = cv_sql_text_node(arena, cv_buffer_string(&out));
    return before ? beside(arena, before, "", text) : text;
}

CvTerm cv_function_frame(const CvFunctionCall *call)
{
    CvSql *sql = frame(call->query, NULL, call->expr);
    return cv_term_of(sql ? sql : cv_sql_text_node(call->query->arena, ""), CV_READ_ANY);
}

CvTerm cv_function_window(const CvFunctionCall *call)
{
    CvArena *arena = call->query->arena;
    const CvExpr *expr = call->expr;
    uint32_t slot = call->slot;
    CvTerm out = cv_query_resolve(call->query, expr->items[0], slot);
    slot += expr->items[0]->slots;
    CvSql *over = clause(call->query, NULL, "PARTITION BY", expr->items[1], slot);
    slot += expr->items[1]->slots;
    over = clause(call->query, over, "ORDER BY", expr->items[2], slot);
    over = frame(call->query, over, expr->items[3]);
    CvSql *inside = cv_sql_call(arena, "", over ? 1 : 0, &over);
    CvSql *window = beside(arena, out.sql, "OVER", inside);
    window->flags = (uint8_t)((window->flags & ~CV_SQL_HAS_AGGREGATE) | CV_SQL_HAS_WINDOW);
    out.sql = window;
    out.exact = out.bound = false;
    out.nullable = true;
    return out;
}
