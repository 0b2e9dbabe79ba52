/* filtered.c: FilteredRelation: a relation under a name of its own, joined on a condition besides its keys. */
#include "orm/query_private.h"

const CvFiltered *cv_query_filtered(const CvQuery *query, CvSlice name)
{
    for (size_t i = query->filtered.count; i-- > 0;)
        if (cv_slice_is(name, query->filtered.items[i]->name))
            return query->filtered.items[i];
    return NULL;
}

bool cv_query_is_filtered(const CvQuery *query, const char *path)
{
    const char *end = strstr(path, "__");
    return query->filtered.count &&
           cv_query_filtered(query, end ? cv_slice_of(path, (size_t)(end - path)) : cv_slice(path));
}

/* ---- what the condition may name ---- */

typedef struct Job {
    CvQuery *query;
    const char *relation;
    size_t length;       /* of its text */
    const char *renamed; /* what stands for it in the condition */
    int depth;
} Job;

static size_t names_in(const char *path)
{
    size_t count = 1;
    while ((path = strstr(path, "__")) && path[2]) {
        path += 2;
        count++;
    }
    return count;
}

static CvSlice nth_name(const char *path, size_t at)
{
    while (at--)
        path = strstr(path, "__") + 2;
    const char *end = strstr(path, "__");
    return end ? cv_slice_of(path, (size_t)(end - path)) : cv_slice(path);
}

static void check_path(Job *job, const char *path)
{
    size_t fields = cv_query_field_names(job->query, path), names = names_in(path), relations = names_in(job->relation);
    size_t shift = fields == names ? 2 : 1; /* the column, and without a lookup what it is compared with */
    for (size_t i = 0; fields > shift && i < fields - shift && i < relations; i++)
        if (!cv_slice_equal(nth_name(path, i), nth_name(job->relation, i)))
            cv_raise(CV_ERROR_VALUE,
                     "FilteredRelation's condition doesn't support relations outside the '%s' (got '%s').",
                     job->relation, path);
    if (fields > relations + 1)
        cv_raise(CV_ERROR_VALUE,
                 "FilteredRelation's condition doesn't support nested relations deeper than the relation_name (got "
                 "'%s' for '%s').",
                 path, job->relation);
}

/* ---- the condition with the new name for the relation's ---- */

static const char *renamed(Job *job, const char *path)
{
    check_path(job, path);
    bool through = strncmp(path, job->relation, job->length) == 0 && strncmp(path + job->length, "__", 2) == 0;
    return through ? cv_arena_printf(job->query->arena, "%s%s", job->renamed, path + job->length) : path;
}

static CvExpr *rename_expr(Job *job, const CvExpr *expr);

/* As in Django, a bare F() keeps its name, and means the relation's other join. */
static CvValue rename_value(Job *job, CvValue value)
{
    const CvExpr *expr = cv_value_expr(value);
    if (cv_value_set_of(value))
        cv_raise(CV_ERROR_VALUE, "Passing a QuerySet within a FilteredRelation is not supported.");
    if (expr && expr->kind == CV_EXPR_F)
        check_path(job, expr->name);
    return expr && expr->kind != CV_EXPR_F ? cv_value_object(rename_expr(job, expr)) : value;
}

/* A copy: the same values at the same slots. */
static CvExpr *rename_expr(Job *job, const CvExpr *expr)
{
    CvArena *arena = job->query->arena;
    if (++job->depth > CV_MOST_NESTED * 4)
        cv_raise(CV_ERROR_RECURSION, "a condition is nested too deeply");
    CvExpr *copy = cv_arena_memdup(arena, expr, sizeof *expr);
    if (expr->kind == CV_EXPR_F)
        copy->name = renamed(job, expr->name);
    if (expr->keys) {
        const char **keys = cv_arena_new_array(arena, const char *, expr->count + 1);
        CvValue *values = cv_arena_new_array(arena, CvValue, expr->count + 1);
        for (uint32_t i = 0; i < expr->count; i++) {
            keys[i] = renamed(job, expr->keys[i]);
            values[i] = rename_value(job, expr->values[i]);
        }
        copy->keys = keys;
        copy->values = values;
    }
    if (expr->items) {
        copy->items = cv_arena_new_array(arena, CvExpr *, expr->count + 1);
        for (uint32_t i = 0; i < expr->count; i++)
            copy->items[i] = rename_expr(job, expr->items[i]);
    }
    if (expr->filter)
        copy->filter = rename_expr(job, expr->filter);
    if (expr->fallback)
        copy->fallback = rename_expr(job, expr->fallback);
    job->depth--;
    return copy;
}

/* ---- annotate() and alias() ---- */

void cv_query_add_filtered(CvQuery *query, const char *name, const CvExpr *expr, uint32_t slot)
{
    Job job = {.query = query, .relation = expr->name, .length = strlen(expr->name), .renamed = name};
    if (strchr(name, '.'))
        cv_raise(CV_ERROR_VALUE, "FilteredRelation doesn't support aliases with periods (got '%s').", name);
    if (cv_query_field_names(query, expr->name) < names_in(expr->name))
        cv_raise(CV_ERROR_VALUE, "FilteredRelation's relation_name cannot contain lookups (got '%s').", expr->name);
    CvFiltered *filtered = cv_arena_new(query->arena, CvFiltered);
    *filtered = (CvFiltered){.name = name, .relation = expr->name, .slot = slot};
    filtered->condition = expr->count ? rename_expr(&job, expr->items[0]) : NULL;
    for (size_t i = 0; i < query->filtered.count; i++)
        if (strcmp(query->filtered.items[i]->name, name) == 0) {
            query->filtered.items[i] = filtered;
            return;
        }
    cv_vector_push(query->arena, &query->filtered, filtered);
}

/* ---- the join ---- */

int cv_query_hop_filtered(CvQuery *query, int join, const CvHop *hop, const uint64_t *reuse, const CvFiltered *filtered)
{
    if (query->resolving == filtered) /* its own condition means the join that is being made */
        return query->resolving_join;
    bool made;
    int to = cv_query_join(query, join, hop, reuse, filtered, &made);
    if (!made || !filtered->condition)
        return to;
    const CvFiltered *resolving = query->resolving;
    int resolving_join = query->resolving_join;
    uint64_t *shared = query->reuse;
    query->resolving = filtered;
    query->resolving_join = to;
    query->reuse = NULL;
    CvSql *condition = cv_query_predicate(query, filtered->condition, filtered->slot);
    query->resolving = resolving;
    query->resolving_join = resolving_join;
    query->reuse = shared;
    query->nothing |= condition == &cv_sql_never; /* as in Django, although rows without the relation would do */
    query->joins.items[to].condition = condition;
    query->joins.items[to].after = (int)query->joins.count - 1;
    return to;
}
