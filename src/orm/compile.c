/* compile.c: from the steps of a query set to a plan: SQL text, places of values, how to decode rows. */
#include "orm/compile_private.h"
#include "orm/functions_private.h"

/* ---- replaying steps ---- */

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

/* ---- columns of the result ---- */

void cv_columns_add(CvQuery *query, CvColumns *columns, CvSql *sql, const char *name)
{
    cv_vector_push(query->arena, &columns->sql, sql);
    cv_vector_push(query->arena, &columns->names, name);
}

/* All columns of a model at a join, and how they are read into its rows. */
const CvReader *cv_columns_model(CvQuery *query, CvColumns *columns, int join, const CvModel *model,
                                 const uint64_t *deferred, size_t *count)
{
    const CvModelInfo *info = cv_model_info(model);
    CvReader *readers = cv_arena_new_array(query->arena, CvReader, info->concrete_count);
    *count = 0;
    for (size_t i = 0; i < info->concrete_count; i++) {
        const CvColumn *column = &info->columns[i];
        if (deferred && (deferred[i / 64] >> (i % 64) & 1))
            continue;
        readers[(*count)++] = cv_column_reader(column, false, column->offset);
        cv_columns_add(query, columns, cv_query_column(query, join, column), NULL);
    }
    return readers;
}

/* Where the key of a model stands among its columns that are read. */
static int key_position(const CvModel *model, const uint64_t *deferred)
{
    int position = 0;
    for (size_t i = 0; i < cv_model_key_column(model)->index; i++)
        position += !(deferred && (deferred[i / 64] >> (i % 64) & 1));
    return position;
}

void cv_raise_not_related(CvArena *arena, const CvModel *model, const char *name)
{
    const CvMember *member = cv_model_member(model, cv_slice(name));
    CvBuffer text = cv_buffer(arena);
    const CvMapEntry *entry = NULL;
    while ((entry = cv_map_next(cv_model_info(model)->members, entry))) {
        const CvMember *other = entry->value;
        if (other->one && other->to && cv_slice_is(entry->key, other->name))
            cv_buffer_printf(&text, "%s%s", text.length ? ", " : "", other->name);
    }
    cv_raise(CV_ERROR_FIELD,
             member && member->kind == CV_MEMBER_COLUMN
                 ? "Non-relational field given in select_related: '%s'. Choices are: %s"
                 : "Invalid field name(s) given in select_related: '%s'. Choices are: %s",
             name, text.length ? cv_buffer_string(&text) : "(none)");
}

static void add_related_rows(CvQuery *query, CvColumns *columns, const CvRelatedNode *node, int join,
                             const CvModel *model, const CvSelectMask *mask, int parent, int depth)
{
    for (; node; node = node->next) {
        const CvMember *member = cv_model_member(model, cv_slice(node->name));
        bool forward = member && member->kind == CV_MEMBER_COLUMN && member->to;
        bool backward = member && member->kind == CV_MEMBER_REVERSE && member->one;
        if (!forward && !backward)
            cv_raise_not_related(query->arena, model, node->name);
        if (depth > CV_MOST_NESTED)
            cv_raise(CV_ERROR_FIELD, "select_related goes too deep");
        CvPlanRelated related = {.model = member->to, .parent = parent, .first = (int)columns->sql.count};
        related.column = forward ? member->column : NULL;
        related.back = backward ? member : NULL;
        int to = cv_query_hop(query, join, &member->hops[0], NULL);
        const CvSelectMask *below = cv_mask_follow(mask, member, !query->all_related);
        related.deferred = cv_mask_deferred(query, below);
        related.readers = cv_columns_model(query, columns, to, member->to, related.deferred, &related.reader_count);
        related.key = related.first + key_position(member->to, related.deferred);
        int index = (int)columns->related.count;
        cv_vector_push(query->arena, &columns->related, related);
        add_related_rows(query, columns, node->children, to, member->to, below, index, depth + 1);
    }
}

/* The columns of values(): paths and annotations. */
void cv_columns_values(CvQuery *query, CvColumns *columns, CvPlan *plan)
{
    CvArena *arena = query->arena;
    const CvModelInfo *info = cv_model_info(query->model);
    const char *const *names = query->values->keys;
    size_t count = query->values->count, annotations = query->annotations.count;
    bool all = count == 0;
    size_t most = (all ? info->concrete_count : count) + annotations, at = 0;
    const char **out = cv_arena_new_array(arena, const char *, most + 1);
    CvReader *readers = cv_arena_new_array(arena, CvReader, most + 1);
    for (size_t i = 0; i < (all ? info->concrete_count : count); i++) {
        const char *name = all ? info->columns[i].attribute : names[i];
        const CvMember *member = all ? NULL : cv_model_member(query->model, cv_slice(name));
        if (member && member->kind == CV_MEMBER_TARGET) /* it has no value in the database */
            cv_query_unknown(query, cv_slice(name), query->model);
        CvTerm term = all ? cv_query_field(query, name) : cv_value_term(query, i);
        cv_term_require_type(&term);
        readers[at] = cv_term_reader(&term, at);
        out[at++] = cv_arena_strdup(arena, name);
        cv_columns_add(query, columns, term.sql, NULL);
    }
    for (size_t i = 0; i < annotations; i++) {
        const CvAnnotation *annotation = &query->annotations.items[i];
        bool named = false;
        for (size_t j = 0; j < at; j++)
            named |= strcmp(out[j], annotation->name) == 0;
        /* An annotation made after values() is one more column; one made before must be asked for. */
        if (named || !annotation->selected || !(all || annotation->after_values))
            continue;
        cv_term_require_type(&annotation->term);
        readers[at] = cv_term_reader(&annotation->term, at);
        out[at++] = cv_arena_strdup(arena, annotation->name);
        cv_columns_add(query, columns, annotation->term.sql, NULL);
    }
    CvRecordShape *shape = cv_arena_new(arena, CvRecordShape);
    *shape = (CvRecordShape){at, out};
    plan->shape = shape;
    plan->names = out;
    plan->value_readers = readers;
    plan->value_count = at;
}

void cv_columns_rows(CvQuery *query, CvColumns *columns, CvPlan *plan)
{
    CvArena *arena = query->arena;
    size_t count = query->annotations.count;
    const CvSelectMask *mask = cv_select_mask(query);
    plan->deferred = cv_mask_deferred(query, mask);
    plan->readers =
        cv_columns_model(query, columns, cv_query_base(query), query->model, plan->deferred, &plan->reader_count);
    plan->value_first = (int)columns->sql.count;
    if (count) {
        const char **names = cv_arena_new_array(arena, const char *, count);
        CvReader *readers = cv_arena_new_array(arena, CvReader, count);
        size_t at = 0;
        for (size_t i = 0; i < count; i++) {
            const CvAnnotation *annotation = &query->annotations.items[i];
            if (!annotation->selected)
                continue;
            cv_term_require_type(&annotation->term);
            names[at] = cv_arena_strdup(arena, annotation->name);
            readers[at] = cv_term_reader(&annotation->term, at);
            cv_columns_add(query, columns, annotation->term.sql, names[at]);
            at++;
        }
        plan->names = names;
        plan->value_readers = readers;
        plan->value_count = at;
    }
    add_related_rows(query, columns, query->related, 0, query->model, mask, -1, 0);
    plan->related = columns->related.items;
    plan->related_count = columns->related.count;
}

/* ---- plans by purpose ---- */

void cv_plan_write(CvQuery *query, CvPlan *plan, CvSqlSelect *select)
{
    CvSqlWriter writer = {.out = cv_buffer(query->arena),
                          .dialect = query->compile->dialect,
                          .zone = cv_database_zone(query->compile->database),
                          .arena = query->arena};
    cv_sql_write_select(&writer, select);
    plan->text = cv_sql_text(cv_buffer_string(&writer.out));
    plan->binds = writer.binds;
    plan->bind_count = writer.bind_count;
}

static bool is_nothing(const CvQuery *query)
{
    return query->nothing || query->where == &cv_sql_never || query->having == &cv_sql_never;
}

static void plan_combined(CvQuery *query, CvPlan *plan)
{
    CvSqlSelect *select = cv_combine_select(query, plan);
    if (select)
        cv_plan_write(query, plan, select);
    else
        plan->nothing = true;
}

static void plan_rows(CvQuery *query, CvPlan *plan)
{
    CvColumns columns = {0};
    CvSqlSelect *select = cv_arena_new(query->arena, CvSqlSelect);
    if (query->combinator) {
        plan_combined(query, plan);
        return;
    }
    if (query->values)
        cv_columns_values(query, &columns, plan);
    else
        cv_columns_rows(query, &columns, plan);
    if (query->qualify) {
        cv_plan_write(query, plan, cv_qualify_select(query, &columns));
        return;
    }
    cv_select_order(query, select);
    if (query->distinct) /* what orders distinct rows must be among their columns */
        for (size_t i = 0; i < select->order_count; i++)
            if (select->order_by[i]->items[0]->op == CV_SQL_COLUMN)
                cv_columns_add(query, &columns, select->order_by[i]->items[0], NULL);
    select->columns = columns.sql.items;
    select->names = columns.names.items;
    select->column_count = columns.sql.count;
    cv_select_group(query, select);
    cv_select_from(query, select);
    cv_select_limit(query, select);
    cv_plan_write(query, plan, select);
}

/* SELECT 1 ... of the same rows, for exists() and as what count() counts. */
static CvSqlSelect *bare_select(CvQuery *query, bool keep_columns)
{
    CvColumns columns = {0};
    CvSqlSelect *select = cv_arena_new(query->arena, CvSqlSelect);
    CvPlan ignored = {0};
    if (keep_columns && query->values) {
        cv_columns_values(query, &columns, &ignored);
        for (size_t i = 0; i < columns.names.count; i++)
            columns.names.items[i] = cv_arena_printf(query->arena, "c%zu", i);
    } else if (keep_columns) {
        size_t count;
        if (query->distinct)
            cv_columns_model(query, &columns, cv_query_base(query), query->model, NULL, &count);
        else
            cv_columns_add(query, &columns,
                           cv_query_column(query, cv_query_base(query), cv_model_key_column(query->model)), NULL);
        for (size_t i = 0; i < columns.names.count; i++)
            columns.names.items[i] = cv_arena_printf(query->arena, "c%zu", i);
    } else {
        cv_columns_add(query, &columns, cv_sql_integer(query->arena, 1), NULL);
    }
    select->columns = columns.sql.items;
    select->names = columns.names.items;
    select->column_count = columns.sql.count;
    if (!query->slices.count && !cv_order_groups(query))
        query->order_cleared = true;
    if (query->qualify)
        return cv_qualify_select(query, &columns);
    cv_select_order(query, select);
    cv_select_group(query, select);
    cv_select_from(query, select);
    cv_select_limit(query, select);
    return select;
}

static void plan_count(CvQuery *query, CvPlan *plan)
{
    CvArena *arena = query->arena;
    CvSqlSelect *select;
    CvSql *star = cv_sql_node(arena, CV_SQL_STAR, 0, NULL);
    if (query->combinator) {
        CvPlan ignored = {0};
        cv_clear_orders(query);
        select = cv_arena_new(arena, CvSqlSelect);
        select->from = cv_combine_select(query, &ignored);
        select->from_name = "subquery";
        plan->nothing = !select->from;
        if (plan->nothing)
            return;
    } else if (query->qualify) {
        CvColumns columns = {0};
        cv_columns_add(query, &columns, cv_query_column(query, cv_query_base(query), cv_model_key_column(query->model)),
                       NULL);
        query->order_cleared = true;
        select = cv_arena_new(arena, CvSqlSelect);
        select->from = cv_qualify_select(query, &columns);
        select->from_name = "subquery";
    } else if (query->distinct || query->slices.count || query->grouped) {
        select = cv_arena_new(arena, CvSqlSelect);
        select->from = bare_select(query, true);
        select->from_name = "subquery";
    } else {
        query->order_cleared = true;
        select = bare_select(query, false);
    }
    select->columns = cv_arena_new_array(arena, CvSql *, 1);
    select->columns[0] = cv_sql_call(arena, "COUNT", 1, &star);
    select->names = NULL;
    select->column_count = 1;
    cv_plan_write(query, plan, select);
}

static void plan_exists(CvQuery *query, CvPlan *plan)
{
    if (query->combinator) {
        cv_clear_orders(query);
        plan_combined(query, plan);
        return;
    }
    bool keep_columns = query->distinct && query->slices.count;
    query->order_cleared |= !keep_columns;
    CvSqlSelect *select = bare_select(query, keep_columns);
    select->limit = select->limit ? select->limit : cv_sql_integer(query->arena, 1);
    cv_plan_write(query, plan, select);
}

typedef struct Job {
    const CvQuerySet *set;
    CvPurpose purpose;
    CvCompile compile;
    CvPlan *plan;
} Job;

static void run(void *argument)
{
    Job *job = argument;
    CvQuery *query = cv_query_of_set(&job->compile, job->set, 0, NULL);
    CvPlan *plan = job->plan;
    if (is_nothing(query)) {
        plan->nothing = true;
        if (job->purpose != CV_FOR_AGGREGATE && job->purpose != CV_FOR_UPDATE) /* whose own step may be wrong */
            return;
        query->where = cv_sql_text_node(query->arena, "0 = 1");
        query->nothing = false;
    }
    switch (job->purpose) {
    case CV_FOR_ROWS:
        plan_rows(query, plan);
        break;
    case CV_FOR_COUNT:
        plan_count(query, plan);
        break;
    case CV_FOR_EXISTS:
        plan_exists(query, plan);
        break;
    case CV_FOR_AGGREGATE:
        cv_plan_aggregate(query, plan, job->set->last, 0);
        break;
    case CV_FOR_UPDATE:
        cv_plan_change(query, plan, job->set->last, 0);
        break;
    case CV_FOR_DELETE:
        cv_plan_change(query, plan, NULL, 0);
        break;
    }
}

CvPlan *cv_plan_compile(const CvQuerySet *set, CvPurpose purpose, CvDatabase *database)
{
    CvArena *arena = cv_arena_create(0);
    CvPlan *plan = cv_arena_new(arena, CvPlan);
    Job job = {.set = set, .purpose = purpose, .plan = plan};
    CvError *error;
    arena->name = "plan";
    plan->arena = arena;
    job.compile = (CvCompile){.arena = arena,
                              .database = database,
                              .dialect = cv_database_dialect(database),
                              .zone = cv_query_zone(),
                              .aliases = cv_map_create(arena)};
    if (!cv_try(run, &job, &error)) {
        CvError raised = *error; /* its texts live in the caller's arena */
        cv_arena_destroy(arena);
        cv_set_check(set); /* what a later call would have been told at once comes first */
        cv_raise_error(&raised);
    }
    return plan;
}
