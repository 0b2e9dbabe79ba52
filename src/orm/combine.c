/* combine.c: union(), intersection() and difference() of query sets: one statement of several SELECTs. */
#include "orm/compile_private.h"

static const struct {
    const char *how, *sql;
} combinators[] = {
    {"union", "UNION"}, {"union all", "UNION ALL"}, {"intersection", "INTERSECT"}, {"difference", "EXCEPT"}};

CvQuerySet *cv_combine_at(CvQuerySet *set, const char *how, size_t count, CvQuerySet *const *others)
{
    CvArena *arena = cv_arena();
    CvValue *values = cv_arena_new_array(arena, CvValue, count + 1);
    size_t known = 0;
    while (known < CV_COUNT_OF(combinators) && strcmp(combinators[known].how, how) != 0)
        known++;
    if (known == CV_COUNT_OF(combinators))
        cv_raise(CV_ERROR_VALUE, "query sets are not combined by \"%s\"", how);
    const char **keys = cv_arena_new_array(arena, const char *, count + 2);
    values[0] = cv_value_object(set);
    keys[0] = combinators[known].sql;
    for (size_t i = 0; i < count; i++) {
        values[i + 1] = cv_value_object(others[i]);
        keys[i + 1] = combinators[known].sql;
    }
    CvQuerySet *combined =
        cv_set_step(cv_set_create(set->model, set->database), CV_STEP_COMBINE, NULL, count + 1, keys, values);
    combined->rows_kind = set->rows_kind;
    combined->combined = combinators[known].how;
    return combined;
}

/* The condition as one of its own filter(). */
static CvExpr *apart(const CvExpr *condition)
{
    CvExpr *copy = cv_arena_memdup(cv_arena(), condition, sizeof *condition);
    copy->apart = true;
    copy->shape = cv_mix(copy->shape, 5);
    return copy;
}

/* All that the steps of a set filter by, as one condition; NULL: nothing. */
static CvExpr *condition_of(const CvQuerySet *set)
{
    CvExpr *all = NULL;
    for (const CvStep *step = set->last; step; step = step->previous) {
        CvExpr *own = NULL;
        if (step->kind == CV_STEP_FILTER || step->kind == CV_STEP_EXCLUDE)
            own = step->count ? cv_q_of(NULL, step->count, step->keys, step->values) : NULL;
        else if (step->kind == CV_STEP_WHERE || step->kind == CV_STEP_WHERE_NOT)
            own = (CvExpr *)(uintptr_t)cv_value_expr(step->values[0]);
        if (own && (step->kind == CV_STEP_EXCLUDE || step->kind == CV_STEP_WHERE_NOT))
            own = cv_not(own);
        all = cv_and(own ? apart(own) : NULL, all);
    }
    return all;
}

/* The steps of `set` that filter, after those of `onto`. */
static CvQuerySet *filtered_too(CvQuerySet *onto, const CvStep *step)
{
    if (!step)
        return onto;
    onto = filtered_too(onto, step->previous);
    bool filters = step->kind >= CV_STEP_FILTER && step->kind <= CV_STEP_WHERE_NOT;
    return filters ? cv_set_step(onto, step->kind, NULL, step->count, step->keys, step->values) : onto;
}

/* A set without the steps that filter. */
static CvQuerySet *unfiltered(const CvQuerySet *set, const CvStep *step)
{
    if (!step)
        return cv_set_create(set->model, set->database);
    CvQuerySet *before = unfiltered(set, step->previous);
    if (step->kind >= CV_STEP_FILTER && step->kind <= CV_STEP_WHERE_NOT)
        return before;
    return cv_set_step(before, step->kind, NULL, step->count, step->keys, step->values);
}

/* True of every row. */
static CvExpr *everything(void)
{
    const char *const key[] = {"pk__isnull"};
    const CvValue no = cv_value_bool(false);
    return cv_q_of(NULL, 1, key, &no);
}

CvQuerySet *cv_merge_at(CvQuerySet *a, char how, CvQuerySet *b)
{
    if (a->model != b->model)
        cv_raise(CV_ERROR_TYPE, "Cannot combine queries on two different base models.");
    if (a->sliced || b->sliced)
        cv_raise(CV_ERROR_TYPE, "Cannot combine queries once a slice has been taken.");
    if (a->combined || b->combined)
        cv_raise(CV_ERROR_NOT_SUPPORTED, "a union cannot be merged with another set");
    if (a->empty_step || b->empty_step)
        return how == '&' ? (a->empty_step ? a : b) : a->empty_step ? b : a;
    if (how == '&')
        return filtered_too(a, b->last);
    CvExpr *of_a = condition_of(a), *of_b = condition_of(b);
    CvQuerySet *merged = unfiltered(a, a->last);
    merged->rows_kind = a->rows_kind;
    if (how == '^')
        return cv_where_at(merged, cv_xor(of_a ? of_a : everything(), of_b ? of_b : everything()), false);
    return of_a && of_b ? cv_where_at(merged, cv_or(of_a, of_b), false) : merged;
}

void cv_combine_step(CvQuery *query, const CvStep *step, uint32_t slot)
{
    query->combinator = step->keys[0];
    query->order_cleared = true;
    for (uint32_t i = 0; i < step->count; i++) {
        const CvQuerySet *set = cv_value_set_of(step->values[i]);
        CvQuery *part = cv_query_of_set(query->compile, set, slot, query->outer);
        if (i && !part->values && !part->combinator)
            part->values = query->combined.items[0]->values; /* a column list holds for all */
        cv_vector_push(query->arena, &query->combined, part);
        slot += set->slots;
    }
}

static bool is_nothing(const CvQuery *part)
{
    return part->nothing || part->where == &cv_sql_never || part->having == &cv_sql_never;
}

static CvSqlSelect *part_select(CvQuery *part, CvColumns *columns, CvPlan *plan)
{
    CvSqlSelect *select = cv_arena_new(part->arena, CvSqlSelect);
    if (part->combinator)
        return cv_combine_select(part, plan);
    if (part->slices.count)
        cv_raise(CV_ERROR_DATABASE, "LIMIT/OFFSET not allowed in subqueries of compound statements.");
    if (part->values)
        cv_columns_values(part, columns, plan);
    else
        cv_columns_rows(part, columns, plan);
    cv_select_order(part, select);
    if (select->order_count)
        cv_raise(CV_ERROR_DATABASE, "ORDER BY not allowed in subqueries of compound statements.");
    select->columns = columns->sql.items;
    select->names = columns->names.items;
    select->column_count = columns->sql.count;
    cv_select_group(part, select);
    cv_select_from(part, select);
    return select;
}

/* Orders by positions: all that the parts have in common. */
static void order_by_positions(CvQuery *query, CvQuery *first, const CvColumns *columns, CvSqlSelect *select)
{
    CvArena *arena = query->arena;
    CvQuery asked = *first;
    CvSqlSelect orders = {0};
    if (query->order_cleared || !query->order)
        return;
    asked.order = query->order;
    asked.order_slot = query->order_slot;
    asked.order_cleared = false;
    asked.reversed = query->reversed;
    cv_select_order(&asked, &orders);
    select->order_by = cv_arena_new_array(arena, CvSql *, orders.order_count + 1);
    select->order_count = orders.order_count;
    for (size_t i = 0; i < orders.order_count; i++) {
        const CvSql *what = orders.order_by[i]->items[0];
        size_t at = 0;
        while (at < columns->sql.count) {
            const CvSql *column = columns->sql.items[at];
            if (column == what || (column->op == CV_SQL_COLUMN && what->op == CV_SQL_COLUMN &&
                                   strcmp(column->text, what->text) == 0 && strcmp(column->text2, what->text2) == 0))
                break;
            at++;
        }
        if (at == columns->sql.count)
            cv_raise(CV_ERROR_DATABASE, "ORDER BY term does not match any column in the result set.");
        CvSql *node = cv_sql_make(arena, CV_SQL_ORDERED, cv_sql_integer(arena, (int64_t)at + 1));
        node->number = orders.order_by[i]->number;
        select->order_by[i] = node;
    }
}

CvSqlSelect *cv_combine_select(CvQuery *query, CvPlan *plan)
{
    CvArena *arena = query->arena;
    CvSqlSelect *select = cv_arena_new(arena, CvSqlSelect);
    const CvSqlSelect **parts = cv_arena_new_array(arena, const CvSqlSelect *, query->combined.count);
    CvColumns first = {0};
    CvQuery *leader = NULL;
    size_t count = 0;
    for (size_t i = 0; i < query->combined.count; i++) {
        CvQuery *part = query->combined.items[i];
        CvColumns columns = {0};
        CvPlan ignored = {0};
        if (query->values && !part->values)
            part->values = query->values;
        if (is_nothing(part)) {
            bool skip = query->combinator[0] == 'U' || (query->combinator[0] == 'E' && count);
            if (skip)
                continue;
            return NULL;
        }
        parts[count++] = part_select(part, leader ? &columns : &first, leader ? &ignored : plan);
        if (!leader)
            leader = part;
    }
    if (!count)
        return NULL;
    select->combined = parts;
    select->combined_count = count;
    select->combinator = query->combinator;
    order_by_positions(query, leader, &first, select);
    cv_select_limit(query, select);
    return select;
}
