/* combine.c: union(), intersection() and difference() of query sets: one statement of several SELECTs. */
#include "orm/compile_private.h"

static const struct {
    const char *how, *sql;
} combinators[] = {
    {"union", "UNION"}, {"union all", "UNION ALL"}, {"intersection", "INTERSECT"}, {"difference", "EXCEPT"}};

/* Sets that are known to be empty: a union goes without them if it begins with one, others are such a set themselves.
 * What is left: a set by itself (returned), or several (NULL). */
static CvQuerySet *alone(CvQuerySet **sets, size_t *count, bool is_union)
{
    size_t kept = 0;
    if (!is_union) {
        for (size_t i = 0; i < *count; i++)
            if (sets[i]->empty_step && (i == 0 || sets[0]->empty_step))
                return sets[i];
        return NULL;
    }
    if (!sets[0]->empty_step)
        return *count == 1 ? sets[0] : NULL;
    CvQuerySet *first = sets[0];
    for (size_t i = 1; i < *count; i++)
        if (!sets[i]->empty_step)
            sets[kept++] = sets[i];
    *count = kept;
    return kept == 0 ? first : kept == 1 ? sets[0] : NULL;
}

CvQuerySet *cv_combine_at(CvQuerySet *set, const char *how, size_t count, CvQuerySet *const *others)
{
    CvArena *arena = cv_arena();
    size_t known = 0, total = count + 1;
    while (known < CV_COUNT_OF(combinators) && strcmp(combinators[known].how, how) != 0)
        known++;
    if (known == CV_COUNT_OF(combinators))
        cv_raise(CV_ERROR_VALUE, "query sets are not combined by \"%s\"", how);
    CvQuerySet **sets = cv_arena_new_array(arena, CvQuerySet *, total);
    for (size_t i = 0; i < total; i++) {
        sets[i] = i ? others[i - 1] : set;
        if (sets[i]->raw)
            cv_raise(CV_ERROR_ATTRIBUTE, "'RawQuerySet' object has no attribute '%s'", how);
    }
    CvQuerySet *only = alone(sets, &total, how[0] == 'u');
    if (only)
        return only;
    CvValue *values = cv_arena_new_array(arena, CvValue, total);
    const char **keys = cv_arena_new_array(arena, const char *, total + 1);
    for (size_t i = 0; i < total; i++) {
        values[i] = cv_value_object(sets[i]);
        keys[i] = combinators[known].sql;
    }
    CvQuerySet *combined =
        cv_set_step(cv_set_create(sets[0]->model, sets[0]->database), CV_STEP_COMBINE, NULL, total, keys, values);
    combined->rows_kind = sets[0]->rows_kind;
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

static bool is_distinct(const CvQuerySet *set)
{
    for (const CvStep *step = set->last; step; step = step->previous)
        if (step->kind == CV_STEP_DISTINCT)
            return true;
    return false;
}

/* A slice as a condition: its rows are those whose keys are in it. */
static CvQuerySet *rows_of_slice(CvQuerySet *set)
{
    const char *const keys[] = {"pk", NULL}, *const in[] = {"pk__in"};
    const CvValue value = cv_value_object(cv_values_at(set, NULL, keys));
    return cv_filter_at(cv_everything_of(set->model), NULL, 1, in, &value);
}

CvQuerySet *cv_merge_at(CvQuerySet *a, char how, CvQuerySet *b)
{
    if (a->combined || b->combined)
        cv_raise(CV_ERROR_TYPE, "Cannot use %c operator with combined queryset.", how);
    if (a->empty_step || b->empty_step)
        return how == '&' ? (b->empty_step ? b : a) : a->empty_step ? b : a;
    if (how != '&' && a->sliced)
        a = rows_of_slice(a);
    if (how != '&' && b->sliced)
        b = rows_of_slice(b);
    if (a->model != b->model)
        cv_raise(CV_ERROR_TYPE, "Cannot combine queries on two different base models.");
    if (a->sliced)
        cv_raise(CV_ERROR_TYPE, "Cannot combine queries once a slice has been taken.");
    if (is_distinct(a) != is_distinct(b))
        cv_raise(CV_ERROR_TYPE, "Cannot combine a unique query with a non-unique query.");
    if (how == '&')
        return filtered_too(a, b->last);
    CvExpr *of_a = condition_of(a), *of_b = condition_of(b);
    CvQuerySet *merged = unfiltered(a, a->last);
    merged->rows_kind = a->rows_kind;
    if (how == '^')
        return cv_where_at(merged, cv_xor(of_a ? of_a : everything(), of_b ? of_b : everything()), false);
    return of_a && of_b ? cv_where_at(merged, cv_or(of_a, of_b), false) : merged;
}

static void forget_order(CvQuery *part)
{
    if (part->slices.count)
        return;
    part->order = NULL;
    cv_combine_reorder(part);
}

void cv_combine_reorder(CvQuery *query)
{
    for (size_t i = 0; i < query->combined.count; i++)
        forget_order(query->combined.items[i]);
}

void cv_combine_step(CvQuery *query, const CvStep *step, uint32_t slot)
{
    query->combinator = step->keys[0];
    for (uint32_t i = 0; i < step->count; i++) {
        const CvQuerySet *set = cv_value_set_of(step->values[i]);
        CvQuery *part = cv_query_of_set(query->compile, set, slot, query->outer);
        if (i)
            forget_order(part);
        cv_vector_push(query->arena, &query->combined, part);
        slot += set->slots;
    }
}

static bool is_nothing(const CvQuery *part)
{
    return part->nothing || part->where == &cv_sql_never || part->having == &cv_sql_never;
}

static void part_columns(CvQuery *part, CvColumns *columns, CvPlan *plan)
{
    if (part->values)
        cv_columns_values(part, columns, plan);
    else
        cv_columns_rows(part, columns, plan);
}

static CvSqlSelect *part_select(CvQuery *part, const CvColumns *columns)
{
    CvSqlSelect *select = cv_arena_new(part->arena, CvSqlSelect);
    select->columns = columns->sql.items;
    select->names = columns->names.items;
    select->column_count = columns->sql.count;
    cv_select_group(part, select);
    cv_select_from(part, select);
    return select;
}

/* Nor order nor limits of its own. */
static void check_part(CvQuery *part)
{
    CvSqlSelect order = {0};
    if (part->slices.count)
        cv_raise(CV_ERROR_DATABASE, "LIMIT/OFFSET not allowed in subqueries of compound statements.");
    if (!part->combinator)
        cv_select_order(part, &order);
    if (order.order_count)
        cv_raise(CV_ERROR_DATABASE, "ORDER BY not allowed in subqueries of compound statements.");
}

/* ---- the order of the whole: by positions ---- */

/* One of what it is ordered by: a name, or an expression. */
typedef struct Order {
    const char *name;
    const CvExpr *expr;
    uint32_t slot;
    int number; /* direction and nulls */
} Order;

typedef CV_VECTOR(Order) Orders;

static Orders orders_of(const CvQuery *query)
{
    Orders orders = {0};
    uint32_t slot = query->order_slot;
    const CvStep *step = query->order;
    const char *const *own = step || query->unordered ? NULL : cv_default_ordering(query->model);
    for (uint32_t i = 0; (step && i < step->count) || (own && own[i]); i++) {
        const CvExpr *expr = step && step->values ? cv_value_expr(step->values[i]) : NULL;
        const char *name = step ? step->keys[i] : own[i];
        Order order = {.name = name, .slot = slot};
        if (expr) {
            bool wrapped = expr->kind == CV_EXPR_ORDERED;
            order.number = wrapped ? expr->number : 0;
            order.expr = wrapped ? expr->items[0] : expr;
            order.name = order.expr->kind == CV_EXPR_F ? order.expr->name : NULL;
        } else if (*name == '-') {
            order.number = CV_SQL_DESCENDING;
            order.name = name + 1;
        }
        if (query->reversed)
            order.number ^= CV_SQL_DESCENDING;
        if (query->reversed && order.number & (CV_SQL_NULLS_FIRST | CV_SQL_NULLS_LAST))
            order.number ^= CV_SQL_NULLS_FIRST | CV_SQL_NULLS_LAST;
        cv_vector_push(query->arena, &orders, order);
        slot += step && step->values ? cv_value_slots(step->values[i]) : 0;
    }
    return orders;
}

static CvSql *order_in(CvQuery *part, const Order *order)
{
    if (order->name && strcmp(order->name, "?") == 0)
        return cv_sql_call(part->arena, "RANDOM", 0, NULL);
    return order->name ? cv_query_field(part, order->name).sql : cv_query_resolve(part, order->expr, order->slot).sql;
}

/* The column that it names or is, from 1; 0: none. */
static size_t position_of(CvQuery *leader, const CvColumns *columns, const CvPlan *plan, const Order *order)
{
    bool random = order->name && strcmp(order->name, "?") == 0;
    for (size_t i = 0; leader->values && order->name && i < plan->value_count; i++)
        if (strcmp(plan->names[i], order->name) == 0)
            return i + 1;
    if (random)
        return 0;
    const CvSql *what = order_in(leader, order);
    for (size_t i = 0; i < columns->sql.count; i++)
        if (cv_same_node(columns->sql.items[i], what))
            return i + 1;
    return 0;
}

/* What is no column yet becomes one of all parts, unless their columns were said by values(): the list of those. */
static Orders order_by_positions(CvQuery *query, const CvColumns *columns, const CvPlan *plan, CvQuery *leader,
                                 CvSqlSelect *select)
{
    CvArena *arena = query->arena;
    Orders orders = query->order_cleared ? (Orders){0} : orders_of(query), added = {0};
    select->order_by = cv_arena_new_array(arena, CvSql *, orders.count + 1);
    for (size_t i = 0; i < orders.count; i++) {
        const Order *order = &orders.items[i];
        size_t position = position_of(leader, columns, plan, order);
        for (size_t j = 0; !position && j < query->combined.count; j++)
            if (query->combined.items[j]->values || query->combined.items[j]->combinator)
                cv_raise(CV_ERROR_DATABASE, "ORDER BY term does not match any column in the result set.");
        if (!position) {
            cv_vector_push(arena, &added, *order);
            position = columns->sql.count + added.count;
        }
        CvSql *node = cv_sql_make(arena, CV_SQL_ORDERED, cv_sql_integer(arena, (int64_t)position));
        node->number = order->number;
        select->order_by[select->order_count++] = node;
    }
    return added;
}

CvSqlSelect *cv_combine_select(CvQuery *query, CvPlan *plan)
{
    CvArena *arena = query->arena;
    CvSqlSelect *select = cv_arena_new(arena, CvSqlSelect);
    const CvSqlSelect **selects = cv_arena_new_array(arena, const CvSqlSelect *, query->combined.count);
    CvQuery *leader = query->combined.items[0];
    CvColumns first = {0};
    size_t count = 0;
    if (query->values && !leader->values)
        leader->values = query->values;
    if (leader->combinator)
        selects[0] = cv_combine_select(leader, plan);
    else
        part_columns(leader, &first, plan);
    Orders added = order_by_positions(query, &first, plan, leader, select);
    for (size_t i = 0; i < query->combined.count; i++)
        check_part(query->combined.items[i]);
    for (size_t i = 0; i < query->combined.count; i++) {
        CvQuery *part = query->combined.items[i];
        CvColumns columns = {0};
        CvPlan ignored = {0};
        if (!part->values) /* a column list holds for all */
            part->values = query->values ? query->values : leader->values;
        if (!part->combinator && i)
            part_columns(part, &columns, &ignored);
        const CvSqlSelect *own = part->combinator ? i ? cv_combine_select(part, &ignored) : selects[0] : NULL;
        if (is_nothing(part) || (part->combinator && !own)) {
            bool skip = query->combinator[0] == 'U' || (query->combinator[0] == 'E' && count);
            if (skip)
                continue;
            return NULL;
        }
        for (size_t j = 0; j < added.count; j++)
            cv_columns_add(part, i ? &columns : &first, order_in(part, &added.items[j]), NULL);
        selects[count++] = own ? own : part_select(part, i ? &columns : &first);
    }
    if (!count)
        return NULL;
    select->combined = selects;
    select->combined_count = count;
    select->combinator = query->combinator;
    cv_select_limit(query, select);
    return select;
}
