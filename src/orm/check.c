/* check.c: what is wrong with a chain as soon as it is made: Django resolves names when a method is called, also those
 * that a later call overwrites, and says what was known then. */
#include "orm/compile_private.h"

/* ---- order_by() ---- */

static bool has_aggregate(const CvExpr *expr, int depth)
{
    if (expr->kind == CV_EXPR_AGGREGATE)
        return true;
    bool holds = expr->kind == CV_EXPR_ORDERED || expr->kind == CV_EXPR_ARITHMETIC ||
                 (expr->kind == CV_EXPR_FUNCTION && strcmp(expr->name, "Window") != 0);
    for (uint32_t i = 0; holds && i < expr->count && depth < CV_MOST_NESTED; i++)
        if (has_aggregate(expr->items[i], depth + 1))
            return true;
    return false;
}

void cv_check_order(CvQuery *query, const CvStep *step)
{
    while (query->combinator) /* whose fields and annotations are those of its first part */
        query = query->combined.items[0];
    for (uint32_t i = 0; i < step->count; i++) {
        const CvExpr *expr = step->values ? cv_value_expr(step->values[i]) : NULL;
        const char *name = step->keys[i];
        if (expr && has_aggregate(expr, 0))
            cv_raise(CV_ERROR_FIELD,
                     "Using an aggregate in order_by() without also including it in annotate() is not allowed: %.*s",
                     CV_SLICE_ARG(cv_value_str(query->arena, cv_value_object(expr))));
        if (expr || strcmp(name, "?") == 0)
            continue;
        name += *name == '-';
        if (!cv_query_annotation(query, name))
            cv_query_check_names(query, name);
    }
}

/* ---- values() ---- */

/* A query of the same model and annotations, whose joins serve nobody. */
static CvQuery *probe_of(const CvQuery *query)
{
    CvQuery *probe = cv_arena_new(query->arena, CvQuery);
    CvCompile *compile = cv_arena_new(query->arena, CvCompile);
    *compile = *query->compile;
    compile->aliases = cv_map_create(query->arena);
    *probe = (CvQuery){.compile = compile,
                       .arena = query->arena,
                       .model = query->model,
                       .outer = query->outer,
                       .annotations = query->annotations,
                       .filtered = query->filtered};
    cv_query_base(probe);
    return probe;
}

CV_NORETURN CV_COLD static void not_selected(const char *name, bool any_selected)
{
    if (any_selected)
        cv_raise(CV_ERROR_FIELD,
                 "Cannot select the '%1$s' alias. It was excluded by a previous values() or values_list() call. "
                 "Include '%1$s' in that call to select it.",
                 name);
    cv_raise(CV_ERROR_FIELD, "Cannot select the '%s' alias. Use annotate() to promote it.", name);
}

void cv_check_values(CvQuery *query, const CvStep *step)
{
    bool any_selected = false;
    for (size_t i = 0; i < query->annotations.count; i++)
        any_selected |= query->annotations.items[i].selected;
    for (uint32_t i = 0; i < step->count; i++)
        cv_check_alias(step->keys[i]);
    for (uint32_t i = 0; i < step->count; i++) {
        const CvAnnotation *annotation = cv_query_annotation(query, step->keys[i]);
        if (annotation && !annotation->selected)
            not_selected(annotation->name, any_selected);
        if (!annotation && any_selected)
            cv_query_check_names(query, step->keys[i]);
    }
}

/* ---- a lookup that a sub-query is made for: its messages speak of the whole path ---- */

void cv_check_lookup(CvQuery *query, const char *path_text)
{
    CvQuery *probe = probe_of(query);
    CvPath path = cv_query_path(probe, path_text, NULL, false);
    CvTerm term;
    cv_path_column(probe, &path, &term);
    if (term.read != CV_READ_JSON)
        (void)cv_lookup_name(probe, &term, path.rest);
}

/* ---- the whole chain ---- */

typedef struct Job {
    const CvQuerySet *set;
    CvCompile compile;
} Job;

static void run(void *argument)
{
    Job *job = argument;
    (void)cv_query_of_set(&job->compile, job->set, 0, NULL);
}

void cv_set_check(const CvQuerySet *set)
{
    if (set->raw || set->of_unsaved)
        return;
    CvArena *arena = cv_arena_create(0);
    CvDatabase *database = cv_set_database(set);
    Job job = {.set = set,
               .compile = {.arena = arena,
                           .database = database,
                           .dialect = cv_database_dialect(database),
                           .zone = cv_current_zone(),
                           .aliases = cv_map_create(arena),
                           .checking = true}};
    CvError *error;
    arena->name = "check";
    bool good = cv_try(run, &job, &error);
    CvError raised = good ? (CvError){0} : *error; /* its texts live in the caller's arena */
    cv_arena_destroy(arena);
    if (!good)
        cv_raise_error(&raised);
}
