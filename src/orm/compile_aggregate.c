/* compile_aggregate.c: the plan of aggregate(): one row of aggregates over the rows of a set. */
#include "orm/compile_private.h"
#include "orm/functions_private.h"

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

/* ---- aggregates over the rows of a sub-query ---- */

/* The columns that the inner SELECT gives to the aggregates outside. */
typedef struct Inner {
    CvQuery *query;
    CvColumns columns;
    CvSql **stand_ins;         /* names that stand for the annotations of the inner query ... */
    const CvAnnotation *meant; /* ... which are these */
    size_t count;
} Inner;

static CvSql *column_of(Inner *inner, CvSql *node)
{
    CvArena *arena = inner->query->arena;
    size_t at = 0;
    while (at < inner->columns.sql.count && !cv_same_node(inner->columns.sql.items[at], node))
        at++;
    if (at == inner->columns.sql.count)
        cv_columns_add(inner->query, &inner->columns, node, NULL);
    if (!inner->columns.names.items[at])
        inner->columns.names.items[at] = cv_arena_printf(arena, "c%zu", at);
    CvSql *name = cv_sql_node(arena, CV_SQL_NAME, 0, NULL);
    name->text = inner->columns.names.items[at];
    return name;
}

/* The expression over columns of the inner SELECT, which gets those that it reads. */
static CvSql *over(Inner *inner, CvSql *node)
{
    CvArena *arena = inner->query->arena;
    for (size_t i = 0; i < inner->count; i++)
        if (node == inner->stand_ins[i])
            return column_of(inner, inner->meant[i].term.sql);
    if (node->op == CV_SQL_COLUMN)
        return column_of(inner, node);
    if (!node->count && !node->filter)
        return node;
    CvSql *copy = cv_arena_memdup(arena, node, sizeof *node);
    copy->items = cv_arena_new_array(arena, CvSql *, node->count + 1u);
    for (size_t i = 0; i < node->count; i++)
        copy->items[i] = over(inner, node->items[i]);
    if (node->filter)
        copy->filter = over(inner, node->filter);
    return copy;
}

/* From now on annotations are names: what they are stands in the inner SELECT. */
static Inner begin_inner(CvQuery *query)
{
    CvArena *arena = query->arena;
    size_t count = query->annotations.count;
    Inner inner = {.query = query,
                   .stand_ins = cv_arena_new_array(arena, CvSql *, count + 1),
                   .meant = query->annotations.items,
                   .count = count};
    query->annotations.items = NULL;
    query->annotations.count = query->annotations.capacity = 0;
    for (size_t i = 0; i < count; i++) {
        CvAnnotation named = inner.meant[i];
        inner.stand_ins[i] = cv_sql_node(arena, CV_SQL_NAME, 0, NULL);
        named.term.sql = inner.stand_ins[i];
        cv_vector_push(arena, &query->annotations, named);
    }
    return inner;
}

static void end_inner(Inner *inner)
{
    CvQuery *query = inner->query;
    query->annotations.items = (CvAnnotation *)(uintptr_t)inner->meant;
    query->annotations.count = query->annotations.capacity = inner->count;
}

/* Rows are the same by all columns of theirs. */
static void add_distinct_columns(Inner *inner)
{
    CvQuery *query = inner->query;
    CvPlan ignored = {0};
    size_t count;
    if (query->values)
        cv_columns_values(query, &inner->columns, &ignored);
    else
        cv_columns_model(query, &inner->columns, cv_query_base(query), query->model, NULL, &count);
    for (size_t i = 0; i < query->annotations.count && !query->values; i++)
        if (query->annotations.items[i].selected)
            cv_columns_add(query, &inner->columns, query->annotations.items[i].term.sql, NULL);
    for (size_t i = 0; i < inner->columns.sql.count; i++)
        inner->columns.names.items[i] = cv_arena_printf(query->arena, "c%zu", i);
}

static CvSqlSelect *inner_select(Inner *inner)
{
    CvQuery *query = inner->query;
    if (!inner->columns.sql.count)
        cv_columns_add(query, &inner->columns, cv_sql_integer(query->arena, 1), "c0");
    if (!query->distinct) /* the rows behind a join count one by one */
        cv_query_group_by_key(query);
    if (!query->slices.count && !cv_order_groups(query))
        query->order_cleared = true;
    return cv_select_of(query, &inner->columns);
}

/* ---- the plan ---- */

/* The aggregates as terms; each may name those before it. */
static CvTerm *resolve_all(CvQuery *query, const CvStep *step, uint32_t slot)
{
    CvTerm *terms = cv_arena_new_array(query->arena, CvTerm, step->count + 1);
    query->summarizing = true;
    for (uint32_t i = 0; i < step->count; i++) {
        const CvExpr *expr = cv_value_expr(step->values[i]);
        const char *name = cv_arena_strdup(query->arena, step->keys[i]);
        cv_check_alias(name);
        if (expr)
            terms[i] = cv_query_resolve(query, expr, slot);
        if (!expr || !(terms[i].sql->flags & CV_SQL_HAS_AGGREGATE))
            cv_raise(CV_ERROR_TYPE, "%s is not an aggregate expression", name);
        CvAnnotation known = {.name = name, .term = terms[i], .selected = true};
        cv_vector_push(query->arena, &query->annotations, known);
        slot += cv_value_slots(step->values[i]);
    }
    query->summarizing = false;
    for (uint32_t i = 0; i < step->count; i++)
        cv_term_require_type(&terms[i]);
    return terms;
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
    Inner inner = {0};
    if (query->combinator)
        cv_raise(CV_ERROR_NOT_SUPPORTED, "aggregate() over %s is not supported: ask for the rows, or count()",
                 query->combinator);
    select->columns = cv_arena_new_array(arena, CvSql *, step->count + 1);
    select->column_count = step->count;
    if (nested)
        inner = begin_inner(query);
    CvTerm *terms = resolve_all(query, step, slot + step->first_slot);
    query->grouped = was_grouped;
    if (nested)
        end_inner(&inner);
    if (nested && query->distinct)
        add_distinct_columns(&inner);
    for (uint32_t i = 0; i < step->count; i++) {
        names[i] = cv_arena_strdup(arena, step->keys[i]);
        select->columns[i] = nested ? over(&inner, terms[i].sql) : terms[i].sql;
        readers[i] = cv_term_reader(&terms[i], i);
    }
    plan->empty_values = empty_aggregates(query, step);
    if (nested) {
        select->from = inner_select(&inner);
        select->from_name = "subquery";
    } else {
        cv_select_from(query, select);
    }
    plan->names = names;
    plan->value_readers = readers;
    plan->value_count = step->count;
    cv_plan_write(query, plan, select);
}
