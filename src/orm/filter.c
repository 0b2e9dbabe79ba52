/* filter.c: filter(), exclude() and conditions: a tree of lookups becomes a WHERE clause, with Django's rules for which
 * joins are shared, which may drop rows, and what a negation over a relation that meets many rows means. */
#include "orm/functions_private.h"

/* A condition under way: and-ed, or-ed or xor-ed kids. */
typedef struct Tree {
    CvSqlOp connector;
    bool negated;
    bool apart; /* from another filter() */
    CV_VECTOR(struct Kid) kids;
} Tree;
typedef struct Kid {
    Tree *tree;
    const CvExpr *expr; /* a boolean expression */
    const char *path;
    CvValue value;
    uint32_t slot;
} Kid;

typedef struct Walk {
    CvQuery *query;
    uint64_t *shared; /* joins that lookups of this call may share */
    uint64_t others;  /* those of them that other filter() calls made */
    bool as_value;    /* no filter: nothing is split off */
    int depth;
} Walk;

/* ---- making the tree ---- */

static Tree *new_tree(CvQuery *query, CvSqlOp connector, bool negated)
{
    Tree *tree = cv_arena_new(query->arena, Tree);
    tree->connector = connector;
    tree->negated = negated;
    return tree;
}

static void add_pairs(CvQuery *query, Tree *tree, uint32_t count, const char *const *keys, const CvValue *values,
                      uint32_t slot)
{
    for (uint32_t i = 0; i < count; i++) {
        Kid kid = {.path = keys[i], .value = values[i], .slot = slot};
        cv_vector_push(query->arena, &tree->kids, kid);
        slot += cv_value_slots(values[i]);
    }
}

static Tree *plain_tree_of(CvQuery *query, const CvExpr *expr, uint32_t slot, int depth);

/* A kid with the same connector, or with one kid of its own, is taken in; others hang below. */
static void add_tree(CvQuery *query, Tree *tree, Tree *below)
{
    if (!below->kids.count)
        return;
    if (!below->negated && !below->apart && (below->connector == tree->connector || below->kids.count == 1)) {
        for (size_t i = 0; i < below->kids.count; i++)
            cv_vector_push(query->arena, &tree->kids, below->kids.items[i]);
        return;
    }
    Kid kid = {.tree = below};
    cv_vector_push(query->arena, &tree->kids, kid);
}

static Tree *tree_of(CvQuery *query, const CvExpr *expr, uint32_t slot, int depth)
{
    Tree *tree = plain_tree_of(query, expr, slot, depth);
    tree->apart = expr->apart;
    return tree;
}

static Tree *plain_tree_of(CvQuery *query, const CvExpr *expr, uint32_t slot, int depth)
{
    if (depth > CV_MOST_NESTED * 8)
        cv_raise(CV_ERROR_RECURSION, "a condition is nested too deeply");
    if (expr->kind == CV_EXPR_CONDITION) {
        Tree *tree = new_tree(query, CV_SQL_AND, false);
        add_pairs(query, tree, expr->count, expr->keys, expr->values, slot);
        return tree;
    }
    if (expr->kind != CV_EXPR_LOGIC) {
        Tree *tree = new_tree(query, CV_SQL_AND, false);
        Kid kid = {.expr = expr, .slot = slot};
        cv_vector_push(query->arena, &tree->kids, kid);
        return tree;
    }
    if (strcmp(expr->name, "NOT") == 0) {
        Tree *inner = tree_of(query, expr->items[0], slot, depth + 1);
        Tree *tree = new_tree(query, inner->connector, !inner->negated);
        tree->kids.items = inner->kids.items;
        tree->kids.count = tree->kids.capacity = inner->kids.count;
        return tree;
    }
    CvSqlOp connector = strcmp(expr->name, "AND") == 0  ? CV_SQL_AND
                        : strcmp(expr->name, "OR") == 0 ? CV_SQL_OR
                                                        : CV_SQL_XOR;
    Tree *tree = new_tree(query, connector, false);
    for (uint32_t i = 0; i < expr->count; i++) {
        add_tree(query, tree, tree_of(query, expr->items[i], slot, depth + 1));
        slot += expr->items[i]->slots;
    }
    return tree;
}

/* ---- lookups over relations that meet many rows, negated ---- */

static const char *last_lookup(const char *path)
{
    const char *at = path, *last = path;
    while ((at = strstr(at, "__"))) {
        at += 2;
        last = at;
    }
    return last;
}

/* An F() or an OuterRef(), which a split lookup looks for in the query around it; what is made of them it looks for in
 * its own. */
static bool is_reference(CvValue value)
{
    const CvExpr *expr = cv_value_expr(value);
    return expr && (expr->kind == CV_EXPR_F || expr->kind == CV_EXPR_OUTER ||
                    (expr->kind == CV_EXPR_FUNCTION && cv_slice_is(cv_function_name(expr->name).name, "OuterRef")));
}

/* The name that Django would give to a join: the table's for the first of it, or a number. */
static bool same_alias(const char *const *tables, size_t at, const char *const *others, size_t other)
{
    bool first = true, other_first = true;
    for (size_t i = 0; i < at; i++)
        first &= strcmp(tables[i], tables[at]) != 0;
    for (size_t i = 0; i < other; i++)
        other_first &= strcmp(others[i], others[other]) != 0;
    return first == other_first && (first ? strcmp(tables[at], others[other]) == 0 : at == other);
}

/* Where this filter() already uses the join that the hop would make, the rows meant are those of that join, not all
 * rows behind the hop: its index, or -1. Django finds it by the name of the join. */
static int join_in_use(const Walk *walk, const CvPath *path)
{
    const CvQuery *outer = walk->query;
    const char *chain[CV_MOST_JOINS + 4], *tables[CV_MOST_JOINS + 4];
    size_t count = 0;
    for (int join = path->many_from; join >= 0; join = outer->joins.items[join].parent)
        count++;
    size_t at = count;
    for (int join = path->many_from; join >= 0; join = outer->joins.items[join].parent)
        chain[--at] = outer->joins.items[join].table;
    chain[count] = cv_model_info(path->many->to)->table;
    for (size_t i = 0; i < outer->joins.count; i++)
        tables[i] = outer->joins.items[i].table;
    for (size_t i = 1; i < outer->joins.count; i++)
        if (((*walk->shared & ~walk->others) >> i & 1) && !outer->joins.items[i].filtered &&
            strcmp(tables[i], chain[count]) == 0 && same_alias(chain, count, tables, i))
            return (int)i;
    return -1;
}

/* What a lookup split off asks: the path within the inner query, and the inner side of the link to the outer one. */
typedef struct Split {
    const CvModel *model; /* of the inner query */
    const char *asked;
    const CvColumn *link; /* a column of `model`; NULL: it stands at the join over the hop */
} Split;

/* The row without any: it must stay in the inner query. */
static Split split_none(CvArena *arena, const Kid *kid, const CvPath *path)
{
    const char *behind = kid->path + (size_t)(path->many_rest - kid->path);
    const char *asked = cv_arena_printf(arena, "%s%s%s", path->member->name, *behind ? "__" : "", behind);
    return (Split){path->many->from, asked, path->many->near};
}

/* The inner query begins behind the hop. */
static Split split_behind(CvArena *arena, const CvPath *path)
{
    const CvHop *hop = path->many;
    const char *rest = path->many_rest;
    if (path->member->kind == CV_MEMBER_MANY) {
        const char *start = path->member->target->name;
        return (Split){path->member->through, *rest ? cv_arena_printf(arena, "%s__%s", start, rest) : start, hop->far};
    }
    const char *end = strstr(rest, "__");
    CvSlice name = end ? cv_slice_of(rest, (size_t)(end - rest)) : cv_slice(rest);
    if (!*rest)
        rest = "pk";
    else if (!cv_slice_is(name, "pk") && !cv_model_member(hop->to, name)) /* "reviews__gt": a lookup of the key */
        rest = cv_arena_printf(arena, "pk__%s", rest);
    return (Split){hop->to, rest, hop->far};
}

/* Expressions name fields of the outer model: the inner query begins with it too. */
static bool has_expression(CvValue value)
{
    if (cv_value_expr(value))
        return cv_value_expr(value)->kind != CV_EXPR_VALUE;
    if (value.kind == CV_LIST || value.kind == CV_TUPLE)
        for (size_t i = 0; i < value.list->count; i++)
            if (has_expression(value.list->items[i]))
                return true;
    return false;
}

static int join_over(const CvQuery *query, const CvHop *hop)
{
    for (size_t i = 0; i < query->joins.count; i++)
        if (query->joins.items[i].parent >= 0 && query->joins.items[i].hop.near == hop->near &&
            query->joins.items[i].hop.far == hop->far)
            return (int)i;
    return 0;
}

/* NOT over such a relation asks whether there is no such row: EXISTS over the rows behind the hop. */
static CvSql *split_off(Walk *walk, const Kid *kid, const CvPath *path)
{
    CvQuery *outer = walk->query;
    CvArena *arena = outer->arena;
    const CvHop *hop = path->many;
    bool reference = is_reference(kid->value);
    bool none =
        kid->value.kind == CV_NULL || (strcmp(last_lookup(kid->path), "isnull") == 0 && cv_value_truth(kid->value));
    int in_use = none || path->filtered ? -1 : join_in_use(walk, path);
    Split split = path->filtered ? (Split){outer->model, kid->path, cv_model_key_column(outer->model)}
                  : none         ? split_none(arena, kid, path)
                  : !reference && has_expression(kid->value) ? (Split){outer->model, kid->path, NULL}
                                                             : split_behind(arena, path);
    CvQuery *inner = cv_arena_new(arena, CvQuery);
    *inner = (CvQuery){.compile = outer->compile,
                       .arena = arena,
                       .model = split.model,
                       .outer = outer,
                       .order_cleared = true,
                       .filtered = outer->filtered,
                       .values_from = reference ? outer : NULL};
    cv_query_base(inner);
    CvSql *where = cv_query_filter(inner, 1, &split.asked, &kid->value, kid->slot, false);
    int join = split.link ? 0 : join_over(inner, hop);
    const CvColumn *key = cv_model_key_column(inner->joins.items[join].model);
    CvSql *far = cv_query_column(inner, join, in_use >= 0 ? key : split.link ? split.link : hop->far);
    CvSql *near = in_use >= 0 || path->filtered ? cv_query_column(outer, in_use >= 0 ? in_use : 0, key)
                                                : cv_query_column(outer, path->many_from, hop->near);
    CvSql *link = cv_sql_make(arena, CV_SQL_COMPARE, far, near);
    link->text = "=";
    inner->where = cv_both(arena, where, link);
    CvSql *type = none || path->filtered || !split.link ? NULL : cv_query_type_condition(inner, hop, 0, 0);
    if (type)
        inner->where = cv_both(arena, inner->where, type);
    if (inner->where == &cv_sql_never)
        return &cv_sql_never;
    CvSqlSelect *select = cv_arena_new(arena, CvSqlSelect);
    select->columns = cv_arena_new_array(arena, CvSql *, 1);
    select->columns[0] = cv_sql_integer(arena, 1);
    select->column_count = 1;
    cv_select_from(inner, select);
    select->limit = cv_sql_integer(arena, 1);
    CvSql *exists = cv_sql_node(arena, CV_SQL_EXISTS, 0, NULL);
    exists->select = select;
    return exists;
}

/* ---- one lookup ---- */

static bool join_is_left(const CvQuery *query, int join)
{
    return query->joins.items[join].left;
}

static CvSql *null_test_of(CvQuery *query, CvSql *column, bool not_null)
{
    CvSql *node = cv_sql_make(query->arena, CV_SQL_NULL_TEST, column);
    node->number = not_null;
    return node;
}

/* A list that holds a null: what is not in it is not null either. */
static bool names_null(CvValue value)
{
    if (value.kind == CV_LIST || value.kind == CV_TUPLE)
        for (size_t i = 0; i < value.list->count; i++)
            if (value.list->items[i].kind == CV_NULL)
                return true;
    return false;
}

/* Joins what the expressions of a value name before the lookup's own path is joined, as Django does. */
static void join_value(Walk *walk, CvValue value, uint32_t slot)
{
    const CvExpr *expr = cv_value_expr(value);
    if (expr) {
        (void)cv_query_resolve(walk->query, expr, slot);
    } else if (value.kind == CV_LIST || value.kind == CV_TUPLE) {
        slot++;
        for (size_t i = 0; i < value.list->count; i++)
            if (cv_value_is_query(value.list->items[i])) {
                join_value(walk, value.list->items[i], slot);
                slot += cv_value_slots(value.list->items[i]);
            }
    }
}

/* The path names something behind a relation, not a lookup of its keys. */
static bool goes_on(const CvModel *to, const char *rest)
{
    const char *end = strstr(rest, "__");
    CvSlice name = end ? cv_slice_of(rest, (size_t)(end - rest)) : cv_slice(rest);
    return cv_slice_is(name, "pk") || cv_model_member(to, name);
}

static CvSql *lookup_kid(Walk *walk, const Kid *kid, bool branch_negated, bool negated, uint64_t *votes)
{
    CvQuery *query = walk->query;
    uint64_t before = 0, after = 0;
    bool null_test;
    *votes = 0;
    bool split = branch_negated && !walk->as_value;
    for (size_t i = 0; i < query->joins.count; i++)
        before |= (uint64_t)(query->joins.items[i].uses != 0) << i;
    if (split)
        join_value(walk, kid->value, kid->slot);
    CvPath path = cv_query_path(query, kid->path, walk->shared, split);
    if (path.annotation)
        return cv_lookup(query, path.annotation->term, kid->path, path.rest, kid->value, kid->slot, &null_test);
    if (path.many && split && !goes_on(path.member->to, path.many_rest))
        cv_check_related(path.member->to, kid->value);
    if (path.many && split)
        cv_check_lookup(query, kid->path);
    if (path.many && split)
        return split_off(walk, kid, &path);
    *walk->shared |= path.used;
    CvTerm left;
    CvSql *sql = cv_path_column(query, &path, &left);
    CvSql *clause = cv_lookup(query, left, kid->path, path.rest, kid->value, kid->slot, &null_test);
    for (size_t i = 0; i < query->joins.count; i++)
        after |= (uint64_t)(query->joins.items[i].uses != 0) << i;
    *votes = path.used | (after & ~before);
    bool wants_null = null_test && clause->number == 0;
    if (wants_null && !negated)
        *votes = 0;
    if (negated && !(null_test && wants_null)) {
        *votes = 0;
        bool nullable = left.nullable || join_is_left(query, path.join);
        if (!null_test && nullable && names_null(kid->value))
            clause = cv_either(query->arena, clause, null_test_of(query, sql, false));
        else if (!null_test && nullable && clause && clause != &cv_sql_never && kid->value.kind != CV_NULL)
            clause = cv_both(query->arena, clause, null_test_of(query, sql, true));
        const CvExpr *expr = cv_value_expr(kid->value);
        if (expr && expr->kind == CV_EXPR_F && clause && clause != &cv_sql_never) { /* nor may the other side be null */
            CvTerm right = cv_query_field(query->values_from ? query->values_from : query, expr->name);
            if (right.nullable && right.exact)
                clause = cv_both(query->arena, clause, null_test_of(query, right.sql, true));
        }
    }
    return clause;
}

/* ---- the tree ---- */

static void demote(CvQuery *query, int join)
{
    while (join >= 0 && query->joins.items[join].left) {
        query->joins.items[join].left = false;
        int parent = query->joins.items[join].parent;
        /* What hangs on a join that keeps no empty rows keeps none either. */
        join = parent;
    }
}

/* An expression that stands for itself must be a truth. */
static CvSql *condition_of(CvQuery *query, const CvExpr *expr, uint32_t slot)
{
    CvTerm term = cv_query_resolve(query, expr, slot);
    if (expr->kind == CV_EXPR_F || (term.read != CV_READ_BOOL && term.read != CV_READ_BOOL_NULLABLE))
        cv_raise(CV_ERROR_TYPE, "Cannot filter against a non-conditional expression.");
    return term.sql;
}

static CvSql *walk_tree(Walk *walk, const Tree *tree, bool branch_negated, bool negated, uint64_t *needed)
{
    CvQuery *query = walk->query;
    CvArena *arena = query->arena;
    uint32_t votes[CV_MOST_JOINS + 4] = {0};
    CvSql *clause = NULL;
    bool first = true;
    uint64_t others = walk->others;
    if (tree->apart)
        walk->others = *walk->shared;
    negated ^= tree->negated;
    branch_negated |= tree->negated;
    if (walk->depth++ > CV_MOST_NESTED * 8)
        cv_raise(CV_ERROR_RECURSION, "a condition is nested too deeply");
    for (size_t i = 0; i < tree->kids.count; i++) {
        const Kid *kid = &tree->kids.items[i];
        uint64_t inner = 0;
        CvSql *part;
        if (kid->tree)
            part = walk_tree(walk, kid->tree, branch_negated, negated, &inner);
        else if (kid->expr)
            part = condition_of(query, kid->expr, kid->slot);
        else
            part = lookup_kid(walk, kid, branch_negated, negated, &inner);
        for (size_t j = 0; j < query->joins.count; j++)
            votes[j] += (uint32_t)(inner >> j & 1);
        if (first)
            clause = part;
        else if (tree->connector == CV_SQL_AND)
            clause = cv_both(arena, clause, part);
        else if (tree->connector == CV_SQL_OR)
            clause = cv_either(arena, clause, part);
        else
            clause = cv_sql_join(arena, CV_SQL_XOR, clause ? clause : cv_sql_text_node(arena, "1 = 1"),
                                 part ? part : cv_sql_text_node(arena, "1 = 1"));
        first = false;
    }
    walk->depth--;
    walk->others = others;
    CvSqlOp effective = !negated ? tree->connector : tree->connector == CV_SQL_AND ? CV_SQL_OR : CV_SQL_AND;
    *needed = 0;
    for (size_t j = 0; j < query->joins.count; j++) {
        if (!votes[j])
            continue;
        if (effective == CV_SQL_OR && votes[j] < tree->kids.count)
            cv_query_promote(query, (int)j);
        if (effective == CV_SQL_AND || (effective == CV_SQL_OR && votes[j] == tree->kids.count)) {
            demote(query, (int)j);
            *needed |= UINT64_C(1) << j;
        }
    }
    return tree->negated ? cv_opposite(arena, clause) : clause;
}

static CvSql *apply(CvQuery *query, const Tree *tree)
{
    uint64_t shared = query->shared_joins, inner = 0, needed;
    Walk walk = {.query = query, .shared = &shared};
    cv_query_base(query);
    for (size_t i = 1; i < query->joins.count; i++)
        inner |= (uint64_t)!query->joins.items[i].left << i;
    query->reuse = &shared;
    CvSql *clause = walk_tree(&walk, tree, false, false, &needed);
    query->reuse = NULL;
    for (size_t i = 1; i < query->joins.count; i++)
        if (inner >> i & 1) /* an earlier filter made it so */
            demote(query, (int)i);
    query->shared_joins = 0;
    return clause;
}

CvSql *cv_query_predicate(CvQuery *query, const CvExpr *expr, uint32_t slot)
{
    Tree *tree = tree_of(query, expr, slot, 0);
    uint64_t shared = ~UINT64_C(0), needed, was_left = 0;
    Walk walk = {.query = query, .shared = &shared, .as_value = true};
    size_t before = query->joins.count;
    for (size_t i = 0; i < before; i++)
        was_left |= (uint64_t)query->joins.items[i].left << i;
    CvSql *clause = tree->kids.count ? walk_tree(&walk, tree, false, false, &needed) : NULL;
    for (size_t i = 1; i < query->joins.count; i++) {
        CvQueryJoin *join = &query->joins.items[i];
        join->left = i < before ? (was_left >> i & 1) : join->nullable || query->joins.items[join->parent].left;
    }
    return clause;
}

CvSql *cv_query_filter(CvQuery *query, uint32_t count, const char *const *keys, const CvValue *values, uint32_t slot,
                       bool negated)
{
    Tree *tree = new_tree(query, CV_SQL_AND, negated);
    add_pairs(query, tree, count, keys, values, slot);
    return count ? apply(query, tree) : NULL;
}

CvSql *cv_query_condition(CvQuery *query, const CvExpr *expr, uint32_t slot, bool negated)
{
    Tree *tree = tree_of(query, expr, slot, 0);
    if (!tree->kids.count)
        return NULL;
    if (negated)
        tree->negated = !tree->negated;
    return apply(query, tree);
}
