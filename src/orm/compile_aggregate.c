/* compile_aggregate.c: the plan of aggregate(): one row of aggregates over the rows of a set. */
#include "orm/compile_private.h"

/* What aggregates are where there are no rows: a constant default, 0 for a count, null. NULL: the database must say. */
static const CvEmptyValue *empty_aggregates(const CvQuery *query, const CvStep *step)
{
    CvEmptyValue *values = cv_arena_new_array(query->arena, CvEmptyValue, step->count + 1);
    uint32_t slot = step->first_slot;
    for (uint32_t i = 0; i < step->count; i++) {
        const CvExpr *expr = cv_value_expr(step->values[i]);
        if (expr->kind != CV_EXPR_AGGREGATE || (expr->fallback && expr->fallback->kind != CV_EXPR_VALUE))
            return NULL;
        if (expr->fallback)
            values[i] = (CvEmptyValue){.from_slot = true, .slot = slot + expr->slots - 1};
        else
            values[i].value = strcmp(expr->name, "Count") == 0 ? cv_value_int(0) : cv_value_null();
        slot += expr->slots;
    }
    return values;
}

static bool has_window(const CvQuery *query)
{
    for (size_t i = 0; i < query->annotations.count; i++)
        if (query->annotations.items[i].term.sql->flags & CV_SQL_HAS_WINDOW)
            return true;
    return query->qualify != NULL;
}

/* Aggregates over the rows; over the rows of a sub-query where they are grouped, distinct or sliced. */
void cv_plan_aggregate(CvQuery *query, CvPlan *plan, const CvStep *step, uint32_t slot)
{
    CvArena *arena = query->arena;
    CvSqlSelect *select = cv_arena_new(arena, CvSqlSelect);
    CvReader *readers = cv_arena_new_array(arena, CvReader, step->count + 1);
    const char **names = cv_arena_new_array(arena, const char *, step->count + 1);
    bool nested = query->grouped || query->distinct || query->slices.count || has_window(query);
    bool was_grouped = query->grouped;
    CvColumns inner = {0};
    select->columns = cv_arena_new_array(arena, CvSql *, step->count + 1);
    slot += step->first_slot;
    for (uint32_t i = 0; i < step->count; i++) {
        const CvExpr *expr = cv_value_expr(step->values[i]);
        CvTerm term = {0};
        names[i] = cv_arena_strdup(arena, step->keys[i]);
        cv_check_alias(names[i]);
        if (!expr)
            cv_raise(CV_ERROR_TYPE, "%s is not an aggregate expression", names[i]);
        if (nested && expr->kind == CV_EXPR_AGGREGATE && expr->count && !expr->filter) {
            CvTerm what = cv_query_resolve(query, expr->items[0], slot);
            CvSql *name = cv_sql_node(arena, CV_SQL_NAME, 0, NULL);
            name->text = cv_arena_printf(arena, "c%zu", inner.sql.count);
            cv_columns_add(query, &inner, what.sql, name->text);
            CvTerm saved = what;
            saved.sql = name;
            CvAnnotation temporary = {.name = name->text, .term = saved};
            cv_vector_push(arena, &query->annotations, temporary);
            CvExpr field = {.type = &cv_expr_type, .kind = CV_EXPR_F, .name = name->text}, *item = &field;
            CvExpr moved = *expr;
            moved.items = &item;
            term = cv_query_resolve(query, &moved, slot + expr->items[0]->slots);
            query->annotations.count--;
        } else {
            term = cv_query_resolve(query, expr, slot);
        }
        if (!(term.sql->flags & CV_SQL_HAS_AGGREGATE))
            cv_raise(CV_ERROR_TYPE, "%s is not an aggregate expression", names[i]);
        CvAnnotation known = {.name = names[i], .term = term}; /* the next ones may name it */
        cv_vector_push(arena, &query->annotations, known);
        select->columns[i] = term.sql;
        readers[i] = (CvReader){.zone = term.zone,
                                .kind = term.read,
                                .as_value = true,
                                .scale = -1,
                                .offset = (uint32_t)(i * sizeof(CvValue))};
        slot += cv_value_slots(step->values[i]);
    }
    select->column_count = step->count;
    query->grouped = was_grouped;
    plan->empty_values = empty_aggregates(query, step);
    if (nested) {
        CvSqlSelect *from = cv_arena_new(arena, CvSqlSelect);
        if (!inner.sql.count)
            cv_columns_add(query, &inner, cv_sql_integer(arena, 1), "c0");
        if (query->distinct && !query->values) {
            size_t count, first = inner.sql.count;
            cv_columns_model(query, &inner, cv_query_base(query), query->model, NULL, &count);
            for (size_t i = first; i < inner.sql.count; i++)
                inner.names.items[i] = cv_arena_printf(arena, "c%zu", i);
        }
        from->columns = inner.sql.items;
        from->names = inner.names.items;
        from->column_count = inner.sql.count;
        if (!query->slices.count && !cv_order_groups(query))
            query->order_cleared = true;
        if (query->qualify) {
            from = cv_qualify_select(query, &inner);
        } else {
            cv_select_order(query, from);
            cv_select_group(query, from);
            cv_select_from(query, from);
            cv_select_limit(query, from);
        }
        select->from = from;
        select->from_name = "subquery";
    } else {
        cv_select_from(query, select);
    }
    plan->names = names;
    plan->value_readers = readers;
    plan->value_count = step->count;
    cv_plan_write(query, plan, select);
}
