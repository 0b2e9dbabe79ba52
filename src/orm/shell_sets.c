/* shell_sets.c: methods of query sets and managers that give query sets: filter, order_by, values, annotate ... */
#include "base/vector.h"
#include "orm/set_private.h"
#include "orm/shell_private.h"

bool cv_shell_is_query(CvValue value)
{
    return cv_shell_is(value, &cv_query_set_type) || cv_shell_is(value, &cv_shell_manager_type);
}

bool cv_shell_is_record(CvValue value)
{
    return cv_shell_is(value, &cv_record_type);
}

bool cv_shell_set_is_fetched(const CvQuerySet *set)
{
    return set->fetched;
}

CvQuerySet *cv_shell_query(CvValue value)
{
    if (cv_shell_is(value, &cv_shell_manager_type))
        return ((const CvShellManager *)value.object)->set;
    return cv_shell_is(value, &cv_query_set_type) ? (CvQuerySet *)(uintptr_t)value.object : NULL;
}

static CvValue as_value(CvQuerySet *set)
{
    return cv_value_object(set);
}

/* The same set, not fetched. */
static CvQuerySet *copied(const CvQuerySet *set)
{
    CvQuerySet *copy = cv_new(CvQuerySet);
    *copy = *set;
    copy->fetched = false;
    copy->rows = NULL;
    copy->row_count = 0;
    return copy;
}

static bool flag(CvValue value)
{
    return value.kind != CV_MISSING && cv_shell_truth(value);
}

/* Names, ending in NULL. */
static const char *const *names_of(const CvList *list)
{
    const char **names = cv_new_array(const char *, list->count + 1);
    for (size_t i = 0; i < list->count; i++)
        names[i] = cv_shell_text(list->items[i]);
    return names;
}

static bool is_none_alone(const CvList *list)
{
    return list->count == 1 && list->items[0].kind == CV_NULL;
}

/* ---- conditions ---- */

static CvQuerySet *narrowed(CvQuerySet *set, const CvShellCall *call, bool negated)
{
    if (call->rest->count + call->keyword_count == 0) {
        cv_refuse_combined(set, negated ? "exclude" : "filter");
        return copied(set);
    }
    CvExpr *condition = cv_shell_condition(call->rest, call->keyword_count, call->keywords, call->keyword_values, "&");
    if (condition->kind == CV_EXPR_CONDITION && condition->count == 0)
        return copied(set);
    return cv_where_at(set, condition, negated);
}

static CvValue filter(CvValue self, const CvShellCall *call)
{
    return as_value(narrowed(cv_shell_query(self), call, false));
}

static CvValue exclude(CvValue self, const CvShellCall *call)
{
    return as_value(narrowed(cv_shell_query(self), call, true));
}

/* ---- shapes ---- */

static CvValue all(CvValue self, const CvShellCall *call)
{
    CvQuerySet *set = cv_shell_query(self);
    (void)call;
    /* A manager's set has rows only if they were prefetched: those are what all() gives. */
    return as_value(cv_shell_is(self, &cv_shell_manager_type) ? set : copied(set));
}

static CvValue none(CvValue self, const CvShellCall *call)
{
    (void)call;
    return as_value(cv_none_at(cv_shell_query(self)));
}

static CvValue fetch_mode(CvValue self, const CvShellCall *call)
{
    int64_t mode = cv_shell_integer(call->given[0]);
    if (mode < CV_FETCH_ONE || mode > CV_FETCH_RAISE)
        cv_raise(CV_ERROR_VALUE, "a fetch mode is FETCH_ONE, FETCH_PEERS or FETCH_RAISE");
    return as_value(cv_fetch_mode_at(cv_shell_query(self), (CvFetchMode)mode));
}

static CvValue using(CvValue self, const CvShellCall *call)
{
    return as_value(cv_using_at(cv_shell_query(self), cv_shell_text(call->given[0])));
}

static CvValue order_by(CvValue self, const CvShellCall *call)
{
    CvValue *by = cv_new_array(CvValue, call->rest->count);
    for (size_t i = 0; i < call->rest->count; i++) {
        by[i] = call->rest->items[i];
        if (by[i].kind != CV_STRING && !cv_shell_is_expression(by[i]))
            cv_raise(CV_ERROR_FIELD, "Invalid order_by arguments: [%.*s]",
                     CV_SLICE_ARG(cv_value_repr(cv_arena(), by[i])));
        if (by[i].kind == CV_STRING)
            (void)cv_shell_text(by[i]); /* without null bytes */
    }
    return as_value(cv_order_by_of(cv_shell_query(self), call->rest->count, by));
}

static CvValue reverse(CvValue self, const CvShellCall *call)
{
    (void)call;
    return as_value(cv_reverse_at(cv_shell_query(self)));
}

static CvValue distinct(CvValue self, const CvShellCall *call)
{
    CvQuerySet *set = cv_distinct_at(cv_shell_query(self));
    if (call->rest->count)
        cv_raise(CV_ERROR_NOT_SUPPORTED, "DISTINCT ON fields is not supported by this database backend");
    return as_value(set);
}

static CvValue select_related(CvValue self, const CvShellCall *call)
{
    CvQuerySet *set = cv_shell_query(self);
    if (is_none_alone(call->rest))
        return as_value(cv_set_without(set, CV_STEP_SELECT_RELATED, CV_STEP_SELECT_RELATED));
    return as_value(cv_select_related_at(set, NULL, names_of(call->rest)));
}

static CvQuerySet *prefetching(CvQuerySet *set, CvValue what)
{
    if (cv_shell_is(what, &cv_prefetch_type))
        return cv_prefetch_at(set, NULL, what.object);
    return cv_prefetch_related_at(set, NULL, (const char *const[]){cv_shell_text(what), NULL});
}

static CvValue prefetch_related(CvValue self, const CvShellCall *call)
{
    if (is_none_alone(call->rest)) {
        CvQuerySet *bare = cv_set_without(cv_shell_query(self), CV_STEP_PREFETCH, CV_STEP_PREFETCH);
        bare->prefetches = false;
        return as_value(bare);
    }
    CvQuerySet *set = cv_shell_query(self);
    for (size_t i = 0; i < call->rest->count; i++)
        set = prefetching(set, call->rest->items[i]);
    return as_value(call->rest->count ? set : copied(set));
}

static CvValue only(CvValue self, const CvShellCall *call)
{
    if (is_none_alone(call->rest))
        cv_raise(CV_ERROR_TYPE, "Cannot pass None as an argument to only().");
    return as_value(cv_only_at(cv_shell_query(self), NULL, names_of(call->rest)));
}

static CvValue without(CvValue self, const CvShellCall *call)
{
    CvQuerySet *set = cv_shell_query(self);
    if (is_none_alone(call->rest))
        return as_value(cv_set_without(set, CV_STEP_WITHOUT, CV_STEP_ONLY));
    if (!call->rest->count)
        return self;
    return as_value(cv_without_at(set, NULL, names_of(call->rest)));
}

/* given: nowait, skip_locked, of, no_key. SQLite locks nothing, as its writers are alone anyway. */
static CvValue select_for_update(CvValue self, const CvShellCall *call)
{
    bool nowait = call->given[0].kind != CV_MISSING && cv_shell_truth(call->given[0]);
    if (nowait && call->given[1].kind != CV_MISSING && cv_shell_truth(call->given[1]))
        cv_raise(CV_ERROR_VALUE, "The nowait option cannot be used with skip_locked.");
    return as_value(copied(cv_shell_query(self)));
}

/* ---- annotations ---- */

/* Django's default alias: an aggregate of a path has "path__count", nothing else has one. */
static const char *default_alias(const CvExpr *expr)
{
    if (expr->kind == CV_EXPR_FUNCTION && !strncmp(expr->name, "OutputField|", 12))
        expr = expr->items[0];
    if (expr->kind != CV_EXPR_AGGREGATE || expr->count == 0 || expr->items[0]->kind != CV_EXPR_F)
        return NULL;
    char *alias = cv_printf("%s__%s", expr->items[0]->name, expr->name);
    for (char *c = alias + strlen(expr->items[0]->name); *c; c++)
        *c = *c >= 'A' && *c <= 'Z' ? (char)(*c + 32) : *c;
    return alias;
}

typedef struct Pairs {
    size_t count;
    const char **keys;
    CvValue *values;
} Pairs;

/* All that is no expression is told at once, sorted. */
static void require_expressions(const CvShellCall *call, bool positional, const char *what)
{
    const char **wrong = cv_new_array(const char *, call->rest->count + call->keyword_count + 1);
    size_t count = 0, first = positional ? 0 : call->rest->count;
    for (size_t i = first; i < call->rest->count + call->keyword_count; i++) {
        CvValue value = i < call->rest->count ? call->rest->items[i] : call->keyword_values[i - call->rest->count];
        if (cv_shell_is_expression(value) || cv_shell_is_query(value))
            continue;
        if (cv_shell_is_frame(value)) /* an expression to Django, until it is written */
            continue;
        const char *said = cv_slice_string(cv_arena(), cv_value_str(cv_arena(), value));
        size_t at = count++;
        for (; at && strcmp(wrong[at - 1], said) > 0; at--)
            wrong[at] = wrong[at - 1];
        wrong[at] = said;
    }
    CvBuffer all = cv_buffer(cv_arena());
    for (size_t i = 0; i < count; i++)
        cv_buffer_printf(&all, "%s%s", i ? ", " : "", wrong[i]);
    if (count)
        cv_raise(CV_ERROR_TYPE, "QuerySet.%s() received non-expression(s): %s.", what, cv_buffer_string(&all));
}

static CvValue expression_value(CvValue value)
{
    if (cv_shell_is_frame(value))
        return cv_value_object(cv_shell_frame(value));
    return cv_shell_is_expression(value) ? value : cv_value_object(cv_subquery_of(cv_shell_query(value)));
}

/* `what`: "annotate", for messages; `complex`: "annotations". */
static Pairs named_expressions(const CvShellCall *call, const char *what, const char *complex)
{
    size_t total = call->rest->count + call->keyword_count;
    require_expressions(call, true, what);
    Pairs pairs = {.keys = cv_new_array(const char *, total + 1), .values = cv_new_array(CvValue, total)};
    for (size_t i = 0; i < call->rest->count; i++) {
        CvValue value = expression_value(call->rest->items[i]);
        const char *alias = default_alias(value.object);
        if (!alias)
            cv_raise(CV_ERROR_TYPE, "Complex %s require an alias", complex);
        for (size_t k = 0; k < call->keyword_count; k++)
            if (!strcmp(alias, call->keywords[k]))
                cv_raise(CV_ERROR_VALUE,
                         "The named annotation '%s' conflicts with the default name for another annotation.", alias);
        pairs.keys[pairs.count] = alias;
        pairs.values[pairs.count++] = value;
    }
    for (size_t i = 0; i < call->keyword_count; i++) {
        pairs.keys[pairs.count] = call->keywords[i];
        pairs.values[pairs.count++] = expression_value(call->keyword_values[i]);
    }
    return pairs;
}

static CvValue annotate(CvValue self, const CvShellCall *call)
{
    Pairs pairs = named_expressions(call, "annotate", "annotations");
    CvQuerySet *set = cv_shell_query(self);
    return as_value(pairs.count ? cv_annotate_at(set, NULL, pairs.count, pairs.keys, pairs.values) : copied(set));
}

static CvValue alias(CvValue self, const CvShellCall *call)
{
    Pairs pairs = named_expressions(call, "annotate", "annotations");
    CvQuerySet *set = cv_shell_query(self);
    return as_value(pairs.count ? cv_alias_at(set, NULL, pairs.count, pairs.keys, pairs.values) : copied(set));
}

static CvValue aggregate(CvValue self, const CvShellCall *call)
{
    Pairs pairs = named_expressions(call, "aggregate", "aggregates");
    if (pairs.count == 0)
        return cv_value_dict(cv_dict_create(cv_arena()));
    return cv_value_dict(cv_aggregate_at(cv_shell_query(self), NULL, pairs.count, pairs.keys, pairs.values));
}

/* ---- values ---- */

/* Names of what is wanted; expressions among them are annotated first, under made-up names ("lower1"). */
static const char *const *wanted(CvQuerySet **set, const CvShellCall *call)
{
    CV_VECTOR(const char *) names = {0};
    CV_VECTOR(const char *) keys = {0};
    CV_VECTOR(CvValue) values = {0};
    CvArena *arena = cv_arena();
    require_expressions(call, false, "annotate");
    for (size_t i = 0; i < call->rest->count; i++) {
        CvValue item = call->rest->items[i];
        if (!cv_shell_is_expression(item)) {
            cv_vector_push(arena, &names, cv_shell_text(item));
            continue;
        }
        const CvExpr *expr = item.object;
        const char *name = default_alias(expr);
        if (!name)
            name = cv_printf("%s%zu", expr->name && expr->kind == CV_EXPR_FUNCTION ? expr->name : "expr", i + 1);
        cv_vector_push(arena, &names, name);
        cv_vector_push(arena, &keys, name);
        cv_vector_push(arena, &values, item);
    }
    for (size_t i = 0; i < call->keyword_count; i++) {
        cv_vector_push(arena, &names, call->keywords[i]);
        cv_vector_push(arena, &keys, call->keywords[i]);
        cv_vector_push(arena, &values, expression_value(call->keyword_values[i]));
    }
    cv_vector_push(arena, &names, NULL);
    cv_vector_push(arena, &keys, NULL);
    if (values.count)
        *set = cv_annotate_at(*set, NULL, values.count, keys.items, values.items);
    return names.items;
}

static CvValue values(CvValue self, const CvShellCall *call)
{
    CvQuerySet *set = cv_shell_query(self);
    for (size_t i = 0; i < call->rest->count; i++) /* as in Django; values_list() takes them */
        if (cv_shell_is_expression(call->rest->items[i]))
            cv_raise(CV_ERROR_TYPE, "values() takes names; an expression needs one: values(x=...)");
    const char *const *names = wanted(&set, call);
    return as_value(cv_values_at(set, NULL, names));
}

static CvValue values_list(CvValue self, const CvShellCall *call)
{
    CvQuerySet *set = cv_shell_query(self);
    bool flat = flag(call->given[0]), named = flag(call->given[1]);
    if (flat && named)
        cv_raise(CV_ERROR_TYPE, "'flat' and 'named' can't be used together.");
    const char *const *names = wanted(&set, call);
    return as_value(cv_values_list_at(set, NULL, names, flat));
}

/* given: field_name, kind, order, tzinfo, is_dst */
static CvValue moments(CvValue self, const CvShellCall *call, const char *function, const CvList *kinds,
                       const char *complaint)
{
    CvQuerySet *set = cv_shell_query(self);
    const char *path = cv_shell_text(call->given[0]), *kind = cv_shell_text(call->given[1]);
    const char *order = call->given[2].kind == CV_MISSING ? "ASC" : cv_shell_text(call->given[2]);
    bool known = false;
    for (size_t i = 0; i < kinds->count; i++)
        known |= cv_slice_is(cv_value_as_slice(kinds->items[i]), kind);
    if (!known)
        cv_raise(CV_ERROR_VALUE, "%s", complaint);
    if (strcmp(order, "ASC") != 0 && strcmp(order, "DESC") != 0)
        cv_raise(CV_ERROR_VALUE, "'order' must be either 'ASC' or 'DESC'.");
    const char *name = cv_printf("%s|%s%s", function, kind, cv_shell_zone_suffix(call->given[3]));
    CvExpr *what = cv_f(path);
    const char *keys[] = {"datefield", "plain_field", NULL};
    CvValue expressions[] = {cv_value_object(cv_function_of(name, 1, &what)), cv_value_object(cv_f(path))};
    const char *null_key[] = {"plain_field__isnull", NULL};
    CvValue is_false = cv_value_bool(false);
    set = cv_annotate_at(set, NULL, 2, keys, expressions);
    set = cv_values_list_at(set, NULL, (const char *const[]){"datefield", NULL}, true);
    set = cv_filter_at(cv_distinct_at(set), NULL, 1, null_key, &is_false);
    return as_value(
        cv_order_by_at(set, NULL, (const char *const[]){order[0] == 'A' ? "datefield" : "-datefield", NULL}));
}

static CvValue dates(CvValue self, const CvShellCall *call)
{
    return moments(self, call, "Dates", cv_list(cv_arena(), "year", "month", "week", "day"),
                   "'kind' must be one of 'year', 'month', 'week', or 'day'.");
}

static CvValue datetimes(CvValue self, const CvShellCall *call)
{
    return moments(self, call, "DateTimes",
                   cv_list(cv_arena(), "year", "month", "week", "day", "hour", "minute", "second"),
                   "'kind' must be one of 'year', 'month', 'week', 'day', 'hour', 'minute', or 'second'.");
}

bool cv_shell_set_is_ordered(const CvQuerySet *set)
{
    for (const CvStep *step = set->last; step; step = step->previous) {
        if (step->kind == CV_STEP_NONE)
            return true;
        if (step->kind == CV_STEP_ORDER)
            return step->count > 0;
    }
    for (const CvModel *model = set->model; model; model = model->parent)
        if (cv_own_ordering(model))
            return cv_own_ordering(model)[0] != NULL;
    return false;
}

/* ---- sets of sets ---- */

static CvValue combined(CvValue self, const CvShellCall *call, const char *how)
{
    CvQuerySet **others = cv_new_array(CvQuerySet *, call->rest->count + 1);
    for (size_t i = 0; i < call->rest->count; i++) {
        others[i] = cv_shell_query(call->rest->items[i]);
        if (!others[i])
            cv_raise(CV_ERROR_TYPE, "%s() takes query sets, not %s", call->name,
                     cv_shell_type_name(call->rest->items[i]));
    }
    return as_value(cv_combine_at(cv_shell_query(self), how, call->rest->count, others));
}

static CvValue unite(CvValue self, const CvShellCall *call)
{
    return combined(self, call,
                    call->given[0].kind != CV_MISSING && cv_value_truth(call->given[0]) ? "union all" : "union");
}

static CvValue intersection(CvValue self, const CvShellCall *call)
{
    return combined(self, call, "intersection");
}

static CvValue difference(CvValue self, const CvShellCall *call)
{
    return combined(self, call, "difference");
}

CvValue cv_shell_combine(CvValue left, const char *op, CvValue right)
{
    return as_value(cv_merge_at(cv_shell_query(left), op[0], cv_shell_query(right)));
}

const CvShellMethod cv_shell_chain_methods[] = {
    {"filter", "* **", filter},
    {"exclude", "* **", exclude},
    {"complex_filter", "* **", filter},
    {"all", "", all},
    {"none", "", none},
    {"using", "alias", using},
    {"fetch_mode", "mode", fetch_mode},
    {"order_by", "*", order_by},
    {"reverse", "", reverse},
    {"distinct", "*", distinct},
    {"select_related", "*", select_related},
    {"prefetch_related", "*", prefetch_related},
    {"only", "*", only},
    {"defer", "*", without},
    {"select_for_update", "nowait? skip_locked? of? no_key?", select_for_update},
    {"annotate", "* **", annotate},
    {"alias", "* **", alias},
    {"aggregate", "* **", aggregate},
    {"values", "* **", values},
    {"values_list", "* flat? named?", values_list},
    {"dates", "field_name kind order? tzinfo?", dates},
    {"datetimes", "field_name kind order? tzinfo?", datetimes},
    {"union", "* all?", unite},
    {"intersection", "*", intersection},
    {"difference", "*", difference},
    {0},
};
