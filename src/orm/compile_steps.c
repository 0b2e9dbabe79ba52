/* compile_steps.c: replays the steps of a query set: conditions, annotations, values, order become parts of a query. */
#include "orm/compile_private.h"
#include "orm/functions_private.h"

static void add_related(CvQuery *query, const char *path)
{
    CvRelatedNode **at = &query->related;
    CvSlice rest = cv_slice(path), name;
    while (rest.length) {
        ptrdiff_t end = cv_slice_find(rest, CV_SLICE("__"));
        name = end < 0 ? rest : cv_slice_range(rest, 0, (size_t)end);
        rest = end < 0 ? CV_SLICE("") : cv_slice_skip(rest, (size_t)end + 2);
        CvRelatedNode *node = *at;
        while (node && !cv_slice_is(name, node->name))
            node = node->next;
        if (!node) {
            node = cv_arena_new(query->arena, CvRelatedNode);
            node->name = cv_slice_string(query->arena, name);
            node->next = *at;
            *at = node;
        }
        at = &node->children;
    }
}

/* select_related() without names: all foreign keys that are not null, a few levels deep. */
static void add_all_related(CvQuery *query, const CvModel *model, const char *prefix, int depth)
{
    const CvModelInfo *info = cv_model_info(model);
    for (size_t i = 0; i < info->concrete_count; i++) {
        const CvColumn *column = &info->columns[i];
        if (!column->to || column->null || column == info->parent_link)
            continue;
        const char *path = cv_arena_printf(query->arena, "%s%s%s", prefix, *prefix ? "__" : "", column->name);
        add_related(query, path);
        if (depth < 4)
            add_all_related(query, column->to, path, depth + 1);
    }
}

/* Names are quoted where they are written; what no name needs is refused all the same, as in Django. */
void cv_check_alias(const char *name)
{
    bool wrong = strstr(name, "--") || strstr(name, "/*") || strstr(name, "*/");
    for (const char *at = name; *at; at++)
        wrong |= (unsigned char)*at <= ' ' || *at == '\x7f' || strchr("'`\"[];#", *at) != NULL;
    if (wrong)
        cv_raise(CV_ERROR_VALUE, "Column aliases cannot contain whitespace characters, hashes, control characters, "
                                 "quotation marks, semicolons, or SQL comments.");
}

CvTerm cv_value_term(CvQuery *query, size_t index)
{
    CvTerm *terms = query->value_terms;
    return terms && terms[index].sql ? terms[index] : cv_query_field(query, query->values->keys[index]);
}

static CvSql *key_column(CvQuery *query)
{
    return cv_query_column(query, cv_query_base(query), cv_model_key_column(query->model));
}

/* An aggregate groups: by the rows of the model, or by what values() asked for and the annotations since. */
static void group_rows(CvQuery *query)
{
    query->by_model = !query->values && (!query->grouped || query->by_model);
    query->grouped = true;
    if (query->by_model)
        return;
    query->group.count = 0;
    for (uint32_t i = 0; i < query->values->count; i++)
        if (!cv_query_annotation(query, query->values->keys[i]))
            cv_vector_push(query->arena, &query->group, cv_value_term(query, i).sql);
    if (!query->values->count)
        cv_vector_push(query->arena, &query->group, key_column(query));
    for (size_t i = 0; i < query->annotations.count; i++)
        if (query->annotations.items[i].selected)
            cv_vector_push(query->arena, &query->group, query->annotations.items[i].term.sql);
}

void cv_query_group_by_key(CvQuery *query)
{
    const CvModelInfo *info = cv_model_info(query->model);
    if (!query->by_model)
        return;
    query->by_model = false;
    for (size_t i = 0; i < info->key_parts; i++)
        cv_vector_push(query->arena, &query->group, cv_query_column(query, cv_query_base(query), info->key_columns[i]));
    if (!info->key_parts)
        cv_vector_push(query->arena, &query->group, key_column(query));
    for (size_t i = 0; i < query->annotations.count; i++)
        if (query->annotations.items[i].selected)
            cv_vector_push(query->arena, &query->group, query->annotations.items[i].term.sql);
}

/* Annotations that values() does not name are no columns any more; what was grouped by rows stays so. */
static void take_values(CvQuery *query, const CvStep *step)
{
    CvQuery *leader = query;
    while (leader->combinator) /* whose columns those of a union are */
        leader = leader->combined.items[0];
    cv_check_values(leader, step);
    query->values = step;
    if (query->combinator)
        return;
    query->value_terms = cv_arena_new_array(query->arena, CvTerm, step->count + 1);
    for (uint32_t i = 0; i < step->count; i++) {
        const char *name = step->keys[i];
        if (cv_query_annotation(query, name))
            continue;
        if (!strstr(name, "__"))
            cv_query_check_field(query, name, step);
        query->value_terms[i] = cv_query_field(query, name);
    }
    for (size_t i = 0; i < query->annotations.count; i++) {
        CvAnnotation *annotation = &query->annotations.items[i];
        bool named = !step->count;
        for (uint32_t j = 0; j < step->count && !named; j++)
            named = strcmp(step->keys[j], annotation->name) == 0;
        annotation->selected &= named;
        annotation->after_values = false;
    }
    cv_query_group_by_key(query);
}

/* By a field of the model, or, after values(), by one of its names. */
static bool is_taken(const CvQuery *query, const char *name)
{
    const CvModelInfo *info = cv_model_info(query->model);
    const CvStep *values = query->values;
    for (uint32_t i = 0; values && i < values->count; i++)
        if (strcmp(values->keys[i], name) == 0)
            return true;
    return !values && (cv_map_get(info->members, cv_slice(name)) || cv_map_get(info->accessors, cv_slice(name)));
}

/* One of the same name takes the place of the earlier. */
static void add_annotation(CvQuery *query, CvAnnotation annotation)
{
    for (size_t i = 0; i < query->annotations.count; i++)
        if (strcmp(query->annotations.items[i].name, annotation.name) == 0) {
            query->annotations.items[i] = annotation;
            return;
        }
    cv_vector_push(query->arena, &query->annotations, annotation);
}

static void annotate(CvQuery *query, const CvStep *step, uint32_t slot)
{
    for (uint32_t i = 0; i < step->count; i++) {
        const char *name = step->keys[i];
        cv_check_alias(name);
        const CvExpr *expr = cv_value_expr(step->values[i]);
        if (is_taken(query, name))
            cv_raise(CV_ERROR_VALUE, "The annotation '%s' conflicts with a field on the model.", name);
        if (expr && expr->kind == CV_EXPR_FILTERED) {
            cv_query_add_filtered(query, name, expr, slot);
            slot += expr->slots;
            continue;
        }
        CvAnnotation annotation = {.name = name,
                                   .selected = step->kind != CV_STEP_ALIAS,
                                   .after_values = query->values != NULL && step->kind != CV_STEP_ALIAS};
        if (cv_value_set_of(step->values[i])) {
            CvExpr wrapped = {.type = &cv_expr_type, .kind = CV_EXPR_SUBQUERY, .set = cv_value_set_of(step->values[i])};
            annotation.term = cv_query_resolve(query, &wrapped, slot);
        } else {
            annotation.term =
                expr ? cv_query_resolve(query, expr, slot) : cv_query_value(query, step->values[i], slot, NULL);
        }
        annotation.term.exact = false;
        add_annotation(query, annotation);
        if (annotation.term.sql->flags & CV_SQL_HAS_AGGREGATE)
            group_rows(query);
        slot += cv_value_slots(step->values[i]);
    }
}

/* A condition with an aggregate belongs behind the grouping. */
static void add_where(CvQuery *query, CvSql *clause)
{
    if (!clause)
        return;
    if (clause != &cv_sql_never && clause->flags & CV_SQL_HAS_WINDOW && clause->op != CV_SQL_AND) {
        query->qualify = cv_both(query->arena, query->qualify, clause);
    } else if (clause == &cv_sql_never || !(clause->flags & (CV_SQL_HAS_AGGREGATE | CV_SQL_HAS_WINDOW))) {
        query->where = cv_both(query->arena, query->where, clause);
    } else if (clause->op == CV_SQL_AND) {
        for (size_t i = 0; i < clause->count; i++)
            add_where(query, clause->items[i]);
    } else {
        query->having = cv_both(query->arena, query->having, clause);
    }
}

static void replay(CvQuery *query, const CvStep *step, uint32_t slot)
{
    slot += step->first_slot;
    switch ((CvStepKind)step->kind) {
    case CV_STEP_FILTER:
    case CV_STEP_EXCLUDE:
        add_where(query,
                  cv_query_filter(query, step->count, step->keys, step->values, slot, step->kind == CV_STEP_EXCLUDE));
        break;
    case CV_STEP_WHERE:
    case CV_STEP_WHERE_NOT:
        add_where(query,
                  cv_query_condition(query, cv_value_expr(step->values[0]), slot, step->kind == CV_STEP_WHERE_NOT));
        break;
    case CV_STEP_ORDER:
        cv_check_order(query, step);
        query->order = step->count ? step : NULL;
        query->order_slot = slot;
        query->unordered |= step->count == 0;
        cv_combine_reorder(query);
        break;
    case CV_STEP_REVERSE:
        query->reversed = !query->reversed;
        break;
    case CV_STEP_DISTINCT:
        query->distinct = true;
        break;
    case CV_STEP_SLICE:
        cv_vector_push(query->arena, &query->slices, slot);
        query->has_start |= step->values[0].kind != CV_NULL;
        break;
    case CV_STEP_NONE:
        query->nothing = true;
        break;
    case CV_STEP_SELECT_RELATED:
        query->all_related = !step->count;
        if (!step->count)
            add_all_related(query, query->model, "", 0);
        for (uint32_t i = 0; i < step->count; i++)
            add_related(query, step->keys[i]);
        break;
    case CV_STEP_ONLY:
    case CV_STEP_WITHOUT:
        cv_defer_step(query, step);
        break;
    case CV_STEP_ANNOTATE:
    case CV_STEP_ALIAS:
        annotate(query, step, slot);
        break;
    case CV_STEP_VALUES:
    case CV_STEP_VALUES_LIST:
        take_values(query, step);
        break;
    case CV_STEP_STICKY:
        query->shared_joins = ~UINT64_C(0);
        break;
    case CV_STEP_COMBINE:
        cv_combine_step(query, step, slot);
        break;
    case CV_STEP_PREFETCH:
        for (uint32_t i = 0; i < step->count; i++)
            if (cv_query_is_filtered(query, step->keys[i]))
                cv_raise(CV_ERROR_VALUE, "prefetch_related() is not supported with FilteredRelation.");
        break;
    case CV_STEP_AGGREGATE:
    case CV_STEP_UPDATE:
        break;
    }
}

CvQuery *cv_query_of_set(CvCompile *compile, const CvQuerySet *set, uint32_t slot, CvQuery *outer)
{
    CvQuery *query = cv_arena_new(compile->arena, CvQuery);
    CV_VECTOR(const CvStep *) steps = {0};
    if (++compile->depth > CV_MOST_NESTED * 4)
        cv_raise(CV_ERROR_RECURSION, "queries are nested too deeply");
    query->compile = compile;
    query->arena = compile->arena;
    query->model = set->model;
    query->outer = outer;
    cv_query_base(query);
    for (const CvStep *step = set->last; step; step = step->previous)
        cv_vector_push(compile->arena, &steps, step);
    for (size_t i = steps.count; i-- > 0;)
        replay(query, steps.items[i], slot);
    compile->depth--;
    return query;
}
