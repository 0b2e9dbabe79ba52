/* expr.c: makes expressions: each knows its shape and how many values it holds. */
#include "base/hash.h"
#include "orm/set_private.h"

static void show(CvBuffer *out, const CvExpr *expr, int depth);

static void show_items(CvBuffer *out, const CvExpr *expr, int depth)
{
    for (uint32_t i = 0; expr->items && i < expr->count; i++) {
        cv_buffer_append_string(out, i ? ", " : "");
        show(out, expr->items[i], depth);
    }
}

/* As Django's str() of it: "F(pages) + Value(1)", "Lower(F(name))". */
static void show(CvBuffer *out, const CvExpr *expr, int depth)
{
    const char *name = expr->name ? expr->name : "";
    if (depth > 32) {
        cv_buffer_append_string(out, "...");
        return;
    }
    switch ((CvExprKind)expr->kind) {
    case CV_EXPR_F:
    case CV_EXPR_OUTER:
        cv_buffer_printf(out, "%s(%s)", expr->kind == CV_EXPR_F ? "F" : "OuterRef", name);
        return;
    case CV_EXPR_VALUE:
        cv_buffer_append_string(out, "Value(");
        cv_value_append_repr(out, expr->values[0]);
        cv_buffer_append_string(out, ")");
        return;
    case CV_EXPR_ARITHMETIC:
        show(out, expr->items[0], depth + 1);
        cv_buffer_printf(out, " %s ", name);
        show(out, expr->items[1], depth + 1);
        return;
    case CV_EXPR_CONDITION:
        for (uint32_t i = 0; i < expr->count; i++) {
            cv_buffer_printf(out, "%s('%s', ", i ? ", " : "(AND: ", expr->keys[i]);
            cv_value_append_repr(out, expr->values[i]);
            cv_buffer_append_string(out, i + 1 < expr->count ? ")" : "))");
        }
        return;
    case CV_EXPR_LOGIC:
        cv_buffer_printf(out, "(%s: ", name);
        break;
    case CV_EXPR_ORDERED:
        cv_buffer_append_string(out, "OrderBy(");
        break;
    case CV_EXPR_FILTERED:
        cv_buffer_printf(out, "FilteredRelation('%s', ", name);
        break;
    case CV_EXPR_EXISTS:
    case CV_EXPR_SUBQUERY:
        cv_buffer_append_string(out, expr->kind == CV_EXPR_EXISTS ? "Exists(..." : "Subquery(...");
        break;
    case CV_EXPR_FUNCTION:
        if (strncmp(name, "OutputField|", 12) == 0) {
            show(out, expr->items[0], depth + 1);
            return;
        }
        if (strcmp(name, "Window") == 0) {
            cv_buffer_append_string(out, "<Window: ");
            show(out, expr->items[0], depth + 1);
            cv_buffer_append_string(out, " OVER (");
            for (uint32_t i = 1; i < expr->count; i++)
                show_items(out, expr->items[i], depth + 1);
            cv_buffer_append_string(out, ")>");
            return;
        }
        cv_buffer_printf(out, "%s(", name);
        break;
    case CV_EXPR_AGGREGATE:
        cv_buffer_printf(out, "%s(", name);
        break;
    }
    show_items(out, expr, depth + 1);
    cv_buffer_append_string(out, ")");
}

static CvSlice expr_str(const void *object, CvArena *arena)
{
    CvBuffer out = cv_buffer(arena);
    show(&out, object, 0);
    return cv_buffer_slice(&out);
}

const CvType cv_expr_type = {.magic = CV_TYPE_MAGIC, .name = "Expression", .str = expr_str, .do_not_call = true};

static CvExpr *finish(CvExpr *expr)
{
    uint64_t shape = cv_mix(expr->kind * 2u + expr->distinct, (uint64_t)expr->number);
    if (expr->name)
        shape = cv_mix(shape, cv_hash(cv_slice(expr->name)));
    for (uint32_t i = 0; expr->keys && i < expr->count; i++)
        shape = cv_mix(shape, cv_hash(cv_slice(expr->keys[i])));
    for (uint32_t i = 0; expr->values && i < expr->count; i++) {
        shape = cv_mix(shape, cv_value_shape(expr->values[i]));
        expr->slots += cv_value_slots(expr->values[i]);
    }
    for (uint32_t i = 0; expr->items && i < expr->count; i++) {
        shape = cv_mix(shape, expr->items[i]->shape);
        expr->slots += expr->items[i]->slots;
    }
    CvExpr *const more[] = {expr->filter, expr->fallback};
    for (size_t i = 0; i < CV_COUNT_OF(more); i++)
        if (more[i]) {
            shape = cv_mix(cv_mix(shape, i), more[i]->shape);
            expr->slots += more[i]->slots;
        }
    if (expr->set) {
        shape = cv_mix(shape, expr->set->fingerprint);
        expr->slots += expr->set->slots;
    }
    expr->shape = shape;
    return expr;
}

static CvExpr *make(CvExprKind kind, const char *name)
{
    CvExpr *expr = cv_new(CvExpr);
    expr->type = &cv_expr_type;
    expr->kind = (uint8_t)kind;
    expr->name = name;
    return expr;
}

static CvExpr *with_items(CvExprKind kind, const char *name, size_t count, CvExpr *const *items)
{
    CvExpr *expr = make(kind, name);
    expr->count = (uint32_t)count;
    expr->items = count ? cv_arena_memdup(cv_arena(), items, cv_size_multiply(count, sizeof *items)) : NULL;
    return finish(expr);
}

CvExpr *cv_q_of(CvSite *site, size_t count, const char *const *keys, const CvValue *values)
{
    CvExpr *expr = make(CV_EXPR_CONDITION, NULL);
    CvArena *arena = cv_arena();
    expr->count = (uint32_t)count;
    expr->keys = site ? site->keys : cv_arena_memdup(arena, keys, cv_size_multiply(count ? count : 1, sizeof *keys));
    CvValue *own = cv_arena_memdup(arena, values, cv_size_multiply(count ? count : 1, sizeof *values));
    for (size_t i = 0; i < count; i++)
        own[i] = cv_value_for_key(expr->keys[i], own[i]);
    expr->values = own;
    return finish(expr);
}

static CvExpr *logic(const char *name, CvExpr *a, CvExpr *b)
{
    if (!a || !b)
        return a ? a : b;
    return with_items(CV_EXPR_LOGIC, name, 2, (CvExpr *[]){a, b});
}

CvExpr *cv_and(CvExpr *a, CvExpr *b)
{
    return logic("AND", a, b);
}

CvExpr *cv_or(CvExpr *a, CvExpr *b)
{
    return logic("OR", a, b);
}

CvExpr *cv_xor(CvExpr *a, CvExpr *b)
{
    return logic("XOR", a, b);
}

CvExpr *cv_not(CvExpr *a)
{
    return a ? with_items(CV_EXPR_LOGIC, "NOT", 1, &a) : NULL;
}

CvExpr *cv_f(const char *path)
{
    return finish(make(CV_EXPR_F, path));
}

CvExpr *cv_outer(const char *path)
{
    return finish(make(CV_EXPR_OUTER, path));
}

CvExpr *cv_constant(CvValue value)
{
    CvExpr *expr = make(CV_EXPR_VALUE, NULL);
    expr->count = 1;
    expr->values = cv_arena_memdup(cv_arena(), &value, sizeof value);
    return finish(expr);
}

CvExpr *cv_arithmetic(CvExpr *a, const char *operator_text, CvExpr *b)
{
    static const char *const known[] = {"+", "-", "*", "/", "%", "^"};
    for (size_t i = 0; i < CV_COUNT_OF(known); i++)
        if (strcmp(known[i], operator_text) == 0)
            return with_items(CV_EXPR_ARITHMETIC, known[i], 2, (CvExpr *[]){a, b});
    cv_raise(CV_ERROR_VALUE, "there is no operator \"%s\"", operator_text);
}

CvExpr *cv_function_of(const char *name, size_t count, CvExpr *const *arguments)
{
    return with_items(CV_EXPR_FUNCTION, name, count, arguments);
}

CvExpr *cv_aggregate_of(const char *name, CvExpr *what, const CvAggregateOptions *options)
{
    CvExpr *expr = make(CV_EXPR_AGGREGATE, name);
    if (what) {
        expr->count = 1;
        expr->items = cv_arena_memdup(cv_arena(), &what, sizeof what);
    }
    if (options) {
        expr->distinct = options->distinct;
        expr->filter = options->filter;
        expr->fallback = options->default_;
    }
    return finish(expr);
}

CvExpr *cv_string_agg(CvExpr *what, CvExpr *delimiter, const CvAggregateOptions *options, size_t count,
                      CvExpr *const *order)
{
    CvExpr **parts = cv_arena_new_array(cv_arena(), CvExpr *, count + 2);
    parts[0] = what;
    parts[1] = delimiter;
    for (size_t i = 0; i < count; i++)
        parts[i + 2] = order[i];
    return cv_aggregate_of("StringAgg", cv_function_of("JOINED", count + 2, parts), options);
}

static CvExpr *ordered(CvExpr *what, int direction, CvNulls nulls)
{
    CvExpr *expr = make(CV_EXPR_ORDERED, NULL);
    expr->count = 1;
    expr->items = cv_arena_memdup(cv_arena(), &what, sizeof what);
    expr->number = direction | (nulls == CV_NULLS_FIRST  ? CV_SQL_NULLS_FIRST
                                : nulls == CV_NULLS_LAST ? CV_SQL_NULLS_LAST
                                                         : 0);
    return finish(expr);
}

CvExpr *cv_ascending(CvExpr *what, CvNulls nulls)
{
    return ordered(what, 0, nulls);
}

CvExpr *cv_descending(CvExpr *what, CvNulls nulls)
{
    return ordered(what, CV_SQL_DESCENDING, nulls);
}

CvExpr *cv_filtered_relation(const char *relation, CvExpr *condition)
{
    if (!relation || !*relation)
        cv_raise(CV_ERROR_VALUE, "relation_name cannot be empty.");
    if (condition && condition->kind != CV_EXPR_CONDITION && condition->kind != CV_EXPR_LOGIC &&
        condition->kind != CV_EXPR_EXISTS)
        cv_raise(CV_ERROR_VALUE, "condition argument must be a Q() instance.");
    return with_items(CV_EXPR_FILTERED, relation, condition != NULL, &condition);
}

static CvExpr *of_set(CvExprKind kind, CvQuerySet *set)
{
    CvExpr *expr = make(kind, NULL);
    expr->set = set;
    return finish(expr);
}

CvExpr *cv_exists_of(CvQuerySet *set)
{
    return of_set(CV_EXPR_EXISTS, set);
}

CvExpr *cv_subquery_of(CvQuerySet *set)
{
    return of_set(CV_EXPR_SUBQUERY, set);
}
