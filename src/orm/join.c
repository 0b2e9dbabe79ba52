/* join.c: the tables of a query: which are joined, how, and under which names. */
#include "orm/query_private.h"

CvSql cv_sql_never = {.op = CV_SQL_TEXT, .text = "0 = 1"};

CvSql *cv_both(CvArena *arena, CvSql *a, CvSql *b)
{
    if (a == &cv_sql_never || b == &cv_sql_never)
        return &cv_sql_never;
    return cv_sql_join(arena, CV_SQL_AND, a, b);
}

CvSql *cv_either(CvArena *arena, CvSql *a, CvSql *b)
{
    if (!a || !b)
        return NULL;
    if (a == &cv_sql_never || b == &cv_sql_never)
        return a == &cv_sql_never ? b : a;
    return cv_sql_join(arena, CV_SQL_OR, a, b);
}

CvSql *cv_opposite(CvArena *arena, CvSql *a)
{
    if (!a)
        return &cv_sql_never;
    if (a == &cv_sql_never)
        return NULL;
    if (a->op == CV_SQL_NOT)
        return a->items[0];
    return cv_sql_make(arena, CV_SQL_NOT, a);
}

static const char *new_alias(CvCompile *compile, const char *table)
{
    if (!cv_map_get(compile->aliases, cv_slice(table))) {
        cv_map_set(compile->aliases, cv_slice(table), compile);
        return table;
    }
    for (;;) {
        char *alias = cv_arena_printf(compile->arena, "T%d", ++compile->alias_count);
        if (!cv_map_get(compile->aliases, cv_slice(alias))) {
            cv_map_set(compile->aliases, cv_slice(alias), compile);
            return alias;
        }
    }
}

static int add_join(CvQuery *query, CvQueryJoin join)
{
    if (query->joins.count >= CV_MOST_JOINS)
        cv_raise(CV_ERROR_OPERATIONAL, "a query joins at most %d tables", CV_MOST_JOINS);
    join.table = cv_model_info(join.model)->table;
    join.alias = new_alias(query->compile, join.table);
    cv_vector_push(query->arena, &query->joins, join);
    return (int)query->joins.count - 1;
}

int cv_query_base(CvQuery *query)
{
    if (!query->joins.count)
        add_join(query, (CvQueryJoin){.model = query->model, .parent = -1, .uses = 1});
    return 0;
}

static const CvModel *concrete(const CvModel *model)
{
    return cv_model_info(model)->concrete;
}

int cv_query_owner(CvQuery *query, int join, const CvColumn *column)
{
    for (int depth = 0; depth < CV_MOST_NESTED; depth++) {
        const CvModel *model = concrete(query->joins.items[join].model);
        if (concrete(column->model) == model || !model->parent)
            return join;
        CvHop hop = cv_model_info(model)->parent_hop;
        hop.to = model->parent;
        join = cv_query_hop(query, join, &hop, NULL);
    }
    return join;
}

static void use(CvQuery *query, int join)
{
    for (; join >= 0; join = query->joins.items[join].parent)
        query->joins.items[join].uses++;
}

CvSql *cv_query_column(CvQuery *query, int join, const CvColumn *column)
{
    int owner = cv_query_owner(query, join, column);
    use(query, owner);
    return cv_sql_column(query->arena, query->joins.items[owner].alias, column->column);
}

static bool same_column(const CvColumn *a, const CvColumn *b)
{
    return a == b || (concrete(a->model) == concrete(b->model) && strcmp(a->column, b->column) == 0);
}

static bool fits(const CvQuery *query, size_t at, int near, const CvHop *hop, const uint64_t *reuse,
                 const CvFiltered *filtered)
{
    const CvQueryJoin *other = &query->joins.items[at];
    return other->parent == near && other->filtered == filtered && same_column(other->hop.near, hop->near) &&
           same_column(other->hop.far, hop->far) && other->model == hop->to && other->hop.type == hop->type &&
           other->hop.type_model == hop->type_model && (!hop->multi || !reuse || (*reuse >> at & 1));
}

/* The first join of a table has the name that a FilteredRelation gives, by which Django finds it before later ones. */
static size_t first_of_table(const CvQuery *query, const CvModel *model)
{
    const char *table = cv_model_info(model)->table;
    size_t at = 0;
    while (at < query->joins.count && strcmp(query->joins.items[at].table, table) != 0)
        at++;
    return at;
}

int cv_query_join(CvQuery *query, int join, const CvHop *hop, const uint64_t *reuse, const CvFiltered *filtered,
                  bool *made)
{
    *made = false;
    int near = cv_query_owner(query, join, hop->near);
    size_t first = filtered ? first_of_table(query, hop->to) : query->joins.count;
    if (first < query->joins.count && fits(query, first, near, hop, reuse, filtered))
        return (int)first;
    for (size_t i = query->joins.count; i-- > 0;) /* the latest that fits */
        if (fits(query, i, near, hop, reuse, filtered))
            return (int)i;
    bool left = hop->nullable || query->joins.items[near].left;
    *made = true;
    return add_join(query, (CvQueryJoin){.model = hop->to,
                                         .parent = near,
                                         .hop = *hop,
                                         .left = left,
                                         .nullable = hop->nullable,
                                         .filtered = filtered});
}

int cv_query_hop(CvQuery *query, int join, const CvHop *hop, const uint64_t *reuse)
{
    bool made;
    return cv_query_join(query, join, hop, reuse, NULL, &made);
}

CvSql *cv_query_type_condition(CvQuery *query, const CvHop *hop, int near, int join)
{
    if (!hop->type)
        return NULL;
    const char *alias = query->joins.items[hop->type_near ? near : join].alias;
    CvBind *bind = cv_bind(query, CV_BIND_CONTENT_TYPE, 0);
    bind->column = hop->type;
    bind->model = hop->type_model;
    bind->database = query->compile->database;
    CvSql *column = cv_sql_column(query->arena, alias, hop->type->column);
    CvSql *node = cv_sql_make(query->arena, CV_SQL_COMPARE, column, cv_sql_bind(query->arena, bind));
    node->text = "=";
    return node;
}

void cv_query_promote(CvQuery *query, int join)
{
    if (query->joins.items[join].parent < 0)
        return;
    int parent = query->joins.items[join].parent;
    bool left = query->joins.items[join].nullable || query->joins.items[parent].left;
    if (!left || query->joins.items[join].left)
        return;
    query->joins.items[join].left = true;
    for (size_t i = 0; i < query->joins.count; i++)
        if (query->joins.items[i].parent == join)
            cv_query_promote(query, (int)i);
}
