/* compile.c: from a query (compile_steps.c) to a plan: SQL text, places of values, how to decode rows. */
#include "orm/compile_private.h"
#include "orm/functions_private.h"

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
    if (!query->slices.count && !cv_order_groups(query))
        query->order_cleared = true;
    return cv_select_of(query, &columns);
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
