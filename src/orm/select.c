/* select.c: the parts of a SELECT: tables, order, limits, grouping; sets as sub-queries. */
#include "orm/compile_private.h"
#include "orm/set_private.h"

/* A join whose condition speaks of others is written behind the last of them. */
static CvSqlJoin *in_written_order(const CvQuery *query, const CvSqlJoin *joins)
{
    CvSqlJoin *out = cv_arena_new_array(query->arena, CvSqlJoin, query->joins.count);
    size_t at = 0;
    for (int i = 0; i < (int)query->joins.count; i++) {
        if (query->joins.items[i].after <= i)
            out[at++] = joins[i];
        for (int j = i - 1; j > 0; j--)
            if (query->joins.items[j].after == i)
                out[at++] = joins[j];
    }
    return out;
}

void cv_select_from(CvQuery *query, CvSqlSelect *select)
{
    CvArena *arena = query->arena;
    cv_query_base(query);
    CvSqlJoin *joins = cv_arena_new_array(arena, CvSqlJoin, query->joins.count);
    for (size_t i = 0; i < query->joins.count; i++) {
        const CvQueryJoin *join = &query->joins.items[i];
        joins[i] = (CvSqlJoin){
            .table = join->table, .alias = join->alias, .left = join->left, .dropped = i > 0 && !join->uses};
        if (i == 0 || joins[i].dropped)
            continue;
        CvSql *near = cv_sql_column(arena, query->joins.items[join->parent].alias, join->hop.near->column);
        joins[i].on =
            cv_sql_make(arena, CV_SQL_COMPARE, near, cv_sql_column(arena, join->alias, join->hop.far->column));
        joins[i].on->text = "=";
        CvSql *type = cv_query_type_condition(query, &join->hop, join->parent, (int)i);
        if (type)
            joins[i].on = cv_both(arena, joins[i].on, type);
        if (join->condition)
            joins[i].on = cv_both(arena, joins[i].on, join->condition);
    }
    select->joins = query->filtered.count ? in_written_order(query, joins) : joins;
    select->join_count = query->joins.count;
    select->where = query->where;
    select->having = query->having;
    select->distinct = query->distinct;
}

/* ---- order ---- */

typedef struct Orders {
    CV_VECTOR(CvSql *) items;
} Orders;

static void add_order(CvQuery *query, Orders *orders, CvSql *what, bool descending, int nulls)
{
    CvSql *node = cv_sql_make(query->arena, CV_SQL_ORDERED, what);
    node->number = (descending ? CV_SQL_DESCENDING : 0) | nulls;
    cv_vector_push(query->arena, &orders->items, node);
}

static void order_by_name(CvQuery *query, Orders *orders, const char *prefix, const char *name, bool flipped,
                          int depth);

/* Ordering by a relation is ordering as its model does. */
static bool order_by_relation(CvQuery *query, Orders *orders, const CvPath *path, const char *full, const char *last,
                              bool descending, int depth)
{
    const CvColumn *column = path->column;
    const CvModel *to = path->member->to;
    if (!to || strcmp(last, "pk") == 0 ||
        (path->member->kind == CV_MEMBER_COLUMN && strcmp(last, column->attribute) == 0))
        return false;
    const char *const *ordering = cv_own_ordering(to);
    for (const CvModel *model = to; !ordering && model->parent; model = model->parent)
        ordering = cv_own_ordering(model->parent);
    if (!ordering || !ordering[0])
        return false;
    if (depth > CV_MOST_NESTED)
        cv_raise(CV_ERROR_FIELD, "Infinite loop caused by ordering.");
    for (; *ordering; ordering++)
        order_by_name(query, orders, cv_arena_printf(query->arena, "%s__", full), *ordering, descending, depth + 1);
    return true;
}

static const char *last_name(const char *path)
{
    const char *last = path, *at = path;
    while ((at = strstr(at, "__")))
        last = at += 2;
    return last;
}

static void order_by_name(CvQuery *query, Orders *orders, const char *prefix, const char *name, bool flipped, int depth)
{
    bool descending = *name == '-';
    name += descending;
    descending ^= flipped;
    if (strcmp(name, "?") == 0) {
        add_order(query, orders, cv_sql_call(query->arena, "RANDOM", 0, NULL), descending, 0);
        return;
    }
    const char *full = cv_arena_printf(query->arena, "%s%s", prefix, name);
    CvPath path = cv_query_path(query, full, NULL, false);
    if (path.annotation && !*path.rest) {
        add_order(query, orders, path.annotation->term.sql, descending, 0);
        return;
    }
    bool selected = false; /* values() gave it a column, which is what is meant */
    for (uint32_t i = 0; query->values && depth == 0 && i < query->values->count; i++)
        selected |= strcmp(query->values->keys[i], full) == 0;
    if (!selected && !path.annotation && !*path.rest && path.member && path.member->to &&
        order_by_relation(query, orders, &path, full, last_name(full), descending, depth))
        return;
    add_order(query, orders, cv_query_field(query, full).sql, descending, 0);
}

static void order_by_step(CvQuery *query, Orders *orders)
{
    uint32_t slot = query->order_slot;
    for (uint32_t i = 0; i < query->order->count; i++) {
        const CvExpr *expr = query->order->values ? cv_value_expr(query->order->values[i]) : NULL;
        if (expr) {
            bool wrapped = expr->kind == CV_EXPR_ORDERED;
            int number = wrapped ? expr->number : 0, nulls = number & ~CV_SQL_DESCENDING;
            if (query->reversed && nulls)
                nulls = nulls == CV_SQL_NULLS_FIRST ? CV_SQL_NULLS_LAST : CV_SQL_NULLS_FIRST;
            add_order(query, orders, cv_query_resolve(query, wrapped ? expr->items[0] : expr, slot).sql,
                      (number & CV_SQL_DESCENDING) != query->reversed, nulls);
        } else {
            order_by_name(query, orders, "", query->order->keys[i], query->reversed, 0);
        }
        if (query->order->values)
            slot += cv_value_slots(query->order->values[i]);
    }
}

const char *const *cv_default_ordering(const CvModel *model)
{
    for (; model; model = model->parent) {
        const char *const *own = cv_own_ordering(model);
        if (own)
            return cv_model_info(model)->key_parts ? cv_key_names(model, own) : own;
    }
    return NULL;
}

void cv_select_order(CvQuery *query, CvSqlSelect *select)
{
    Orders orders = {0};
    if (query->order_cleared)
        return;
    if (query->order) {
        order_by_step(query, &orders);
    } else if (!query->grouped && !query->unordered) { /* a model's own order says nothing of groups */
        const char *const *ordering = cv_default_ordering(query->model);
        for (; ordering && *ordering; ordering++)
            order_by_name(query, &orders, "", *ordering, query->reversed, 0);
    }
    select->order_by = orders.items.items;
    select->order_count = orders.items.count;
}

void cv_clear_orders(CvQuery *query)
{
    if (query->slices.count)
        return;
    query->order_cleared = true;
    for (size_t i = 0; i < query->combined.count; i++)
        cv_clear_orders(query->combined.items[i]);
}

/* ---- limits and groups ---- */

void cv_select_limit(CvQuery *query, CvSqlSelect *select)
{
    if (!query->slices.count)
        return;
    for (int i = 0; i < 2; i++) {
        CvBind *bind = cv_bind(query, i ? CV_BIND_START : CV_BIND_SPAN, 0);
        bind->slices = query->slices.items;
        bind->slice_count = query->slices.count;
        *(i ? &select->offset : &select->limit) = cv_sql_bind(query->arena, bind);
    }
    if (!query->has_start)
        select->offset = NULL;
}

/* A SELECT's groups under way. */
typedef struct Groups {
    CvQuery *query;
    CV_VECTOR(CvSql *) items;
} Groups;

bool cv_same_node(const CvSql *a, const CvSql *b)
{
    return a == b || (a->op == CV_SQL_COLUMN && b->op == CV_SQL_COLUMN && strcmp(a->text, b->text) == 0 &&
                      strcmp(a->text2, b->text2) == 0);
}

/* Clauses side by side: `PARTITION BY a`, `... ORDER BY b`, `b, c`. */
static bool is_clause(const CvSql *node)
{
    return node->text && (!*node->text || (node->op == CV_SQL_COMPARE &&
                                           (strcmp(node->text, "ORDER BY") == 0 || strcmp(node->text, ",") == 0)));
}

/* What an expression groups by: itself, or around aggregates the other parts of it. Constants group by nothing. */
static void add_group(Groups *groups, CvSql *node)
{
    if (node->op == CV_SQL_BIND || node->op == CV_SQL_TEXT || node->op == CV_SQL_INTEGER || node->op == CV_SQL_STAR ||
        node->flags & CV_SQL_IS_AGGREGATE)
        return;
    if (node->flags & (CV_SQL_HAS_AGGREGATE | CV_SQL_HAS_WINDOW)) {
        bool window = node->text && strcmp(node->text, "OVER") == 0; /* its partition and its order */
        for (uint16_t i = window; i < node->count; i++)
            add_group(groups, node->items[i]);
        return;
    }
    if (node->op == CV_SQL_ORDERED || is_clause(node)) { /* parts of a window's clauses */
        for (uint16_t i = 0; i < node->count; i++)
            add_group(groups, node->items[i]);
        return;
    }
    for (size_t i = 0; i < groups->items.count; i++)
        if (cv_same_node(groups->items.items[i], node))
            return;
    cv_vector_push(groups->query->arena, &groups->items, node);
}

bool cv_order_groups(const CvQuery *query)
{
    return query->grouped && !query->by_model && query->order;
}

/* Groups by the key (whose row all other columns follow from) or by what values() and annotations asked for, and by
 * what else stands in the select, its order and its conditions on groups. Call it when columns and order are there. */
void cv_select_group(CvQuery *query, CvSqlSelect *select)
{
    Groups groups = {.query = query};
    if (!query->grouped)
        return;
    const CvModelInfo *info = cv_model_info(query->model);
    for (size_t i = 0; query->by_model && i < (info->key_parts ? info->key_parts : 1); i++)
        add_group(&groups,
                  cv_query_column(query, cv_query_base(query), info->key_parts ? info->key_columns[i] : info->key));
    for (size_t i = 0; i < query->group.count && !query->by_model; i++)
        add_group(&groups, query->group.items[i]);
    for (size_t i = 0; i < select->column_count && !query->by_model; i++)
        add_group(&groups, select->columns[i]);
    for (size_t i = 0; i < query->annotations.count && query->by_model; i++)
        if (query->annotations.items[i].selected)
            add_group(&groups, query->annotations.items[i].term.sql);
    for (size_t i = 0; i < select->order_count; i++)
        add_group(&groups, select->order_by[i]->items[0]);
    if (query->having && query->having != &cv_sql_never)
        add_group(&groups, query->having);
    select->group_by = groups.items.items;
    select->group_count = groups.items.count;
}

CvSqlSelect *cv_select_of(CvQuery *query, CvColumns *columns)
{
    if (query->qualify)
        return cv_qualify_select(query, columns);
    CvSqlSelect *select = cv_arena_new(query->arena, CvSqlSelect);
    select->columns = columns->sql.items;
    select->names = columns->names.items;
    select->column_count = columns->sql.count;
    cv_select_order(query, select);
    cv_select_group(query, select);
    cv_select_from(query, select);
    cv_select_limit(query, select);
    return select;
}

/* ---- sets as values ---- */

CvSqlSelect *cv_query_subselect(CvQuery *query, const CvQuerySet *set, uint32_t slot, const CvColumn *like, bool in,
                                CvTerm *out)
{
    CvQuery *inner = cv_query_of_set(query->compile, set, slot, query);
    if (inner->nothing || inner->where == &cv_sql_never)
        return NULL;
    CvTerm term;
    if (inner->combinator && in)
        cv_clear_orders(inner);
    if (inner->combinator) {
        CvPlan columns = {0};
        CvSqlSelect *combined = cv_combine_select(inner, &columns);
        *out = (CvTerm){.read = columns.value_count ? columns.value_readers[0].kind : CV_READ_ANY, .scale = -1};
        return combined;
    }
    if (inner->values) {
        size_t count = inner->values->count;
        if (count != 1)
            cv_raise(CV_ERROR_VALUE,
                     "The QuerySet value for the '%s' lookup must have 1 selected fields (received %zu)",
                     in ? "in" : "exact", count);
        term = cv_value_term(inner, 0);
    } else {
        const CvColumn *target = cv_model_key_column(inner->model);
        if (like && like->to_column && cv_model_info(like->to)->concrete == cv_model_info(inner->model)->concrete)
            target = like->to_column;
        term = cv_column_term(target, cv_query_column(inner, cv_query_base(inner), target));
    }
    *out = term;
    if (in && !inner->slices.count && !inner->distinct)
        inner->order_cleared = true;
    CvColumns columns = {0};
    cv_columns_add(inner, &columns, term.sql, NULL);
    return cv_select_of(inner, &columns);
}
