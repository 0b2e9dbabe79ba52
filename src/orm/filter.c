/* filter.c: filter(), exclude() and conditions: a tree of lookups becomes a WHERE clause, with Django's rules for which
 * joins are shared, which may drop rows, and what a negation over a relation that meets many rows means. */
#include "orm/query_private.h"

/* A condition under way: and-ed, or-ed or xor-ed kids. */
typedef struct Tree {
    CvSqlOp connector;
    bool negated;
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

static Tree *tree_of(CvQuery *query, const CvExpr *expr, uint32_t slot, int depth);

/* A kid with the same connector, or with one kid of its own, is taken in; others hang below. */
static void add_tree(CvQuery *query, Tree *tree, Tree *below)
{
    if (!below->kids.count)
        return;
    if (!below->negated && (below->connector == tree->connector || below->kids.count == 1)) {
        for (size_t i = 0; i < below->kids.count; i++)
            cv_vector_push(query->arena, &tree->kids, below->kids.items[i]);
        return;
    }
    Kid kid = {.tree = below};
    cv_vector_push(query->arena, &tree->kids, kid);
}

static Tree *tree_of(CvQuery *query, const CvExpr *expr, uint32_t slot, int depth)
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

/* NOT over such a relation asks whether there is no such row: EXISTS over the rows behind the hop. */
static CvSql *split_off(Walk *walk, const Kid *kid, const CvPath *path)
{
    CvQuery *outer = walk->query;
    CvArena *arena = outer->arena;
    const CvHop *hop = path->many;
    CvQuery *inner = cv_arena_new(arena, CvQuery);
    const char *rest = path->many_rest;
    bool looks_for_none =
        kid->value.kind == CV_NULL || (strcmp(last_lookup(kid->path), "isnull") == 0 && cv_value_truth(kid->value));
    *inner = (CvQuery){.compile = outer->compile,
                       .arena = arena,
                       .outer = outer,
                       .order_cleared = true,
                       .values_from = outer->values_from ? outer->values_from : outer};
    const CvColumn *correlated;
    const char *asked;
    if (looks_for_none) { /* the row without any: it must stay in the inner query */
        inner->model = hop->from;
        correlated = hop->near;
        asked = kid->path + (size_t)(rest - kid->path); /* behind the name of the relation */
        asked = cv_arena_printf(arena, "%s%s%s", path->member->name, *asked ? "__" : "", asked);
    } else {
        inner->model = path->member->kind == CV_MEMBER_MANY ? path->member->through : hop->to;
        correlated = hop->far;
        const char *start = path->member->kind == CV_MEMBER_MANY ? path->member->target->name : "";
        if (*start)
            asked = *rest ? cv_arena_printf(arena, "%s__%s", start, rest) : start;
        else
            asked = *rest && cv_model_member(hop->to, cv_slice_of(rest, strcspn(rest, "_"))) ? rest : rest;
        if (!*start) { /* "reviews__gt": a lookup of the key */
            const char *end = strstr(rest, "__");
            CvSlice name = end ? cv_slice_of(rest, (size_t)(end - rest)) : cv_slice(rest);
            if (!*rest)
                asked = "pk";
            else if (!cv_slice_is(name, "pk") && !cv_model_member(hop->to, name))
                asked = cv_arena_printf(arena, "pk__%s", rest);
        }
    }
    cv_query_base(inner);
    CvSql *where = cv_query_filter(inner, 1, &asked, &kid->value, kid->slot, false);
    CvSql *far = cv_query_column(inner, 0, correlated);
    CvSql *near = cv_query_column(outer, path->many_from, hop->near);
    CvSql *link = cv_sql_make(arena, CV_SQL_COMPARE, far, near);
    link->text = "=";
    inner->where = cv_both(arena, where, link);
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

static CvSql *not_null(CvQuery *query, CvSql *column)
{
    CvSql *node = cv_sql_make(query->arena, CV_SQL_NULL_TEST, column);
    node->number = 1;
    return node;
}

static CvSql *lookup_kid(Walk *walk, const Kid *kid, bool branch_negated, bool negated, uint64_t *votes)
{
    CvQuery *query = walk->query;
    uint64_t before = 0, after = 0;
    bool null_test;
    *votes = 0;
    bool split = branch_negated && !walk->as_value;
    CvPath path = cv_query_path(query, kid->path, walk->shared, split);
    if (path.annotation)
        return cv_lookup(query, path.annotation->term, kid->path, path.rest, kid->value, kid->slot, &null_test);
    if (path.many && split)
        return split_off(walk, kid, &path);
    *walk->shared |= path.used;
    CvTerm left;
    CvSql *sql = cv_path_column(query, &path, &left);
    for (size_t i = 0; i < query->joins.count; i++)
        before |= (uint64_t)(query->joins.items[i].uses != 0) << i;
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
        if (!null_test && nullable && clause && clause != &cv_sql_never && kid->value.kind != CV_NULL)
            clause = cv_both(query->arena, clause, not_null(query, sql));
        const CvExpr *expr = cv_value_expr(kid->value);
        if (expr && expr->kind == CV_EXPR_F && clause && clause != &cv_sql_never) { /* nor may the other side be null */
            CvTerm right = cv_query_field(query->values_from ? query->values_from : query, expr->name);
            if (right.nullable && right.exact)
                clause = cv_both(query->arena, clause, not_null(query, right.sql));
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

static CvSql *walk_tree(Walk *walk, const Tree *tree, bool branch_negated, bool negated, uint64_t *needed)
{
    CvQuery *query = walk->query;
    CvArena *arena = query->arena;
    uint32_t votes[CV_MOST_JOINS + 4] = {0};
    CvSql *clause = NULL;
    bool first = true;
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
            part = cv_query_resolve(query, kid->expr, kid->slot).sql;
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
    CvSql *clause = walk_tree(&walk, tree, false, false, &needed);
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
