/* collect.c: what a delete takes along, by the rules of Django's collector: rows over foreign keys as their on_delete
 * says, a child's rows of its parents, what generic relations lead to; and what forbids it. */
#include "orm/collect_private.h"
#include "orm/signals.h"

#define MOST_DEPTH 64

/* ---- what depends on a model ---- */

typedef struct Dependents {
    const CvModel *chain[CV_MOST_INHERITED]; /* the model, its parents */
    size_t level, at;
} Dependents;

static Dependents dependents_of(const CvModel *model, bool of_parents)
{
    Dependents all = {.level = 0};
    model = cv_model_info(model)->concrete;
    for (; model && all.level < CV_COUNT_OF(all.chain); model = of_parents ? model->parent : NULL)
        if (!model->proxy)
            all.chain[all.level++] = model;
    return all;
}

/* The next foreign key that may point at such rows: those of the furthest parent first. */
static const CvColumn *next_dependent(Dependents *all)
{
    for (; all->level; all->level--, all->at = 0) {
        const CvModelInfo *info = cv_model_info(all->chain[all->level - 1]);
        while (all->at < info->way_back_count) {
            const CvColumn *column = info->ways_back[all->at++]->column;
            /* a child's own link to its parent is no way back */
            if (all->level == 1 || column != cv_model_info(column->model)->parent_link)
                return column;
        }
    }
    return NULL;
}

/* The database sees to it, or nobody does. */
static bool is_left_alone(const CvColumn *column)
{
    return column->field->on_delete == CV_DO_NOTHING || column->field->on_delete >= CV_DB_CASCADE;
}

static const CvGeneric *next_generic(const CvModel *model, size_t *at)
{
    const CvModelInfo *info = cv_model_info(model);
    while (*at < info->generic_count) {
        const CvGeneric *generic = &info->generics[(*at)++];
        if (generic->field->kind == &cv_generic_relation_field)
            return generic;
    }
    return NULL;
}

static bool is_listened_to(const CvModel *model)
{
    return cv_row_signal_wanted(&cv_pre_delete, model) || cv_row_signal_wanted(&cv_post_delete, model);
}

bool cv_can_sweep(const CvModel *model, const CvColumn *from)
{
    const CvColumn *link = cv_model_info(cv_model_info(model)->concrete)->parent_link, *column;
    Dependents all = dependents_of(model, true);
    size_t at = 0;
    if ((link && link != from) || is_listened_to(model) || next_generic(model, &at))
        return false;
    while ((column = next_dependent(&all)))
        if (!is_left_alone(column))
            return false;
    return true;
}

/* ---- collecting ---- */

static void collect(CvCollector *collector, CvRow *const *rows, size_t count, const CvColumn *over, bool *protected,
                    int depth);

static CvPile *pile_of(CvCollector *collector, const CvModel *model)
{
    for (size_t i = 0; i < collector->piles.count; i++)
        if (collector->piles.items[i].model == model)
            return &collector->piles.items[i];
    CvPile *pile = cv_vector_add(collector->arena, &collector->piles);
    pile->model = model;
    pile->keys = cv_map_create(collector->arena);
    return pile;
}

/* Adds rows that are not there yet, and gives these. */
static CvRows add_rows(CvCollector *collector, CvRow *const *rows, size_t count)
{
    CvRows added = {0};
    CvPile *pile = pile_of(collector, cv_row_model(rows[0]));
    for (size_t i = 0; i < count; i++) {
        CvSlice key = cv_related_key(cv_row_key(rows[i]));
        if (cv_map_get(pile->keys, key))
            continue;
        cv_map_set(pile->keys, key, rows[i]);
        cv_vector_push(collector->arena, &pile->rows, rows[i]);
        cv_vector_push(collector->arena, &added, rows[i]);
    }
    return added;
}

/* Rows of `first` are deleted before rows of `then`. */
static void order(CvCollector *collector, const CvModel *first, const CvModel *then)
{
    (void)pile_of(collector, first);
    *cv_vector_add(collector->arena, &collector->precedences) =
        (CvPrecedence){cv_model_info(first)->concrete, cv_model_info(then)->concrete};
}

static CvQuerySet *everything(const CvCollector *collector, const CvModel *model)
{
    CvQuerySet *set = cv_everything_of(model);
    set->database = collector->database;
    return set;
}

CvQuerySet *cv_rows_with_keys(const CvCollector *collector, const CvModel *model, CvList *keys)
{
    static const char *const in[] = {"pk__in", NULL};
    CvValue list = cv_value_list(keys);
    return cv_filter_at(everything(collector, model), NULL, 1, in, &list);
}

static CvRows rows_of(CvQuerySet *set)
{
    CvRows rows = {0};
    for (size_t i = 0; i < cv_length_of(set); i++)
        cv_vector_push(cv_arena(), &rows, (CvRow *)cv_row_at(set, i));
    return rows;
}

/* "author__in", the keys of these rows. */
static CvExpr *pointing_at(const CvColumn *column, CvRow *const *rows, size_t count)
{
    CvList *keys = cv_list_create(cv_arena());
    const char *in = cv_printf("%s__in", column->name);
    for (size_t i = 0; i < count; i++)
        cv_list_add(cv_arena(), keys, cv_row_get(rows[i], column->to_column));
    CvValue list = cv_value_list(keys);
    return cv_q_of(NULL, 1, &in, &list);
}

/* Only what the next step looks at: keys, and columns that others point at; all where nothing does. */
static CvQuerySet *lean(CvQuerySet *set)
{
    CV_VECTOR(const char *) names = {0};
    Dependents all = dependents_of(set->model, true);
    const CvColumn *column;
    if (is_listened_to(set->model))
        return set;
    while ((column = next_dependent(&all)))
        cv_vector_push(cv_arena(), &names, column->to_column->attribute);
    cv_vector_push(cv_arena(), &names, NULL);
    return names.count > 1 ? cv_only_at(set, NULL, names.items) : set;
}

/* ---- on_delete ---- */

static CvClearing *clearing_of(CvCollector *collector, const CvColumn *column, CvValue value)
{
    for (size_t i = 0; i < collector->clearings.count; i++)
        if (collector->clearings.items[i].column == column &&
            cv_value_equal(collector->clearings.items[i].value, value))
            return &collector->clearings.items[i];
    CvClearing *clearing = cv_vector_add(collector->arena, &collector->clearings);
    clearing->column = column;
    clearing->value = value;
    return clearing;
}

static CvValue new_value(CvCollector *collector, const CvColumn *column)
{
    if (column->field->on_delete == CV_SET_DEFAULT)
        return cv_column_default(collector->arena, column);
    if (!column->field->on_delete_call)
        cv_raise(CV_ERROR_CONFIGURATION, "%s.%s: on_delete = CV_SET needs .on_delete_call", column->model->name,
                 column->name);
    return cv_column_convert(collector->arena, column, column->field->on_delete_call(collector->arena));
}

/* What is to happen to rows that point at a batch over one key; *protected: they forbid it. */
static void follow(CvCollector *collector, const CvColumn *column, CvRow *const *rows, size_t count, bool *protected,
                   int depth)
{
    CvExpr *which = pointing_at(column, rows, count);
    CvOnDelete what = column->field->on_delete;
    if (what == CV_SET_NULL) { /* nobody needs to look */
        CvClearing *clearing = clearing_of(collector, column, cv_value_null());
        clearing->which = cv_or(clearing->which, which);
        return;
    }
    CvRows kids = rows_of(lean(cv_where_at(everything(collector, column->model), which, false)));
    if (!kids.count)
        return;
    if (what == CV_CASCADE) {
        collect(collector, kids.items, kids.count, column, protected, depth + 1);
        return;
    }
    CvClearing *clearing =
        what == CV_SET_DEFAULT || what == CV_SET ? clearing_of(collector, column, new_value(collector, column)) : NULL;
    for (size_t i = 0; i < kids.count; i++)
        if (clearing)
            cv_vector_push(collector->arena, &clearing->rows, kids.items[i]);
        else if (what == CV_RESTRICT)
            *cv_vector_add(collector->arena, &collector->restricted) = (CvRestricted){column, kids.items[i], false};
        else
            cv_vector_push(collector->arena, &collector->protecting, kids.items[i]);
    if (what == CV_RESTRICT)
        order(collector, column->model, column->to);
    *protected |= what == CV_PROTECT;
}

/* ---- parents and generic relations ---- */

/* The rows of the parent's table that belong to rows of a child. */
static void collect_parents(CvCollector *collector, const CvModel *model, const CvRows *rows, int depth)
{
    static const char *const pk[] = {"pk", NULL};
    const CvModel *parent = cv_model_info(model)->concrete->parent;
    CvRows above = {0};
    bool ignored = false;
    while (parent && parent->proxy)
        parent = parent->parent;
    for (size_t i = 0; parent && i < rows->count; i++) {
        CvRow *row = rows->items[i];
        CvValue key = cv_row_key(row);
        if (row->extra && row->extra->deferred) {
            row = cv_get_at(everything(collector, parent), NULL, 1, pk, &key);
            if (!row)
                cv_raise(CV_ERROR_DOES_NOT_EXIST, "%s matching query does not exist.", parent->name);
        } else { /* the child begins with it */
            row = cv_arena_memdup(collector->arena, row, parent->size);
            row->type = &parent->type;
            row->extra = NULL;
        }
        cv_vector_push(collector->arena, &above, row);
    }
    if (!above.count)
        return;
    order(collector, model, parent);
    collect(collector, above.items, above.count, cv_model_info(cv_model_info(model)->concrete)->parent_link, &ignored,
            depth + 1);
}

/* What a generic relation leads to from these rows. */
static CvQuerySet *related_by(const CvCollector *collector, const CvGeneric *generic, const CvRows *rows)
{
    const CvModel *model = cv_row_model(rows->items[0]);
    CvList *keys = cv_list_create(cv_arena());
    const char *names[] = {generic->type->name, cv_printf("%s__in", generic->id->name), NULL};
    for (size_t i = 0; i < rows->count; i++)
        cv_list_add(cv_arena(), keys, cv_row_key(rows->items[i]));
    const CvValue values[] = {cv_generic_type(generic, model, collector->database), cv_value_list(keys)};
    return cv_filter_at(everything(collector, generic->field->to), NULL, 2, names, values);
}

static void collect_generics(CvCollector *collector, const CvModel *model, const CvRows *rows, int depth)
{
    const CvGeneric *generic;
    size_t at = 0, most = cv_most_keys(collector->database, 1) / 2;
    bool ignored = false;
    while ((generic = next_generic(model, &at)))
        for (size_t from = 0; from < rows->count; from += most) {
            CvRows batch = {.items = rows->items + from};
            batch.count = rows->count - from < most ? rows->count - from : most;
            CvQuerySet *set = related_by(collector, generic, &batch);
            if (cv_can_sweep(set->model, NULL)) {
                cv_vector_push(collector->arena, &collector->sweeps, set);
                continue;
            }
            CvRows found = rows_of(set);
            if (found.count)
                collect(collector, found.items, found.count, NULL, &ignored, depth + 1);
        }
}

/* ---- one level ---- */

/* Foreign keys of one model over which rows are swept together. */
typedef struct Sweep {
    const CvModel *model;
    CV_VECTOR(const CvColumn *) over;
} Sweep;
typedef CV_VECTOR(Sweep) Sweeps;

static void note_sweep(CvCollector *collector, Sweeps *sweeps, const CvColumn *column)
{
    size_t i = 0;
    while (i < sweeps->count && sweeps->items[i].model != column->model)
        i++;
    if (i == sweeps->count)
        cv_vector_add(collector->arena, sweeps)->model = column->model;
    cv_vector_push(collector->arena, &sweeps->items[i].over, column);
}

static void add_sweeps(CvCollector *collector, const Sweeps *sweeps, const CvRows *rows)
{
    for (size_t i = 0; i < sweeps->count; i++) {
        const Sweep *sweep = &sweeps->items[i];
        size_t most = cv_most_keys(collector->database, sweep->over.count);
        for (size_t from = 0; from < rows->count; from += most) {
            size_t count = rows->count - from < most ? rows->count - from : most;
            CvExpr *which = NULL;
            for (size_t j = 0; j < sweep->over.count; j++)
                which = cv_or(which, pointing_at(sweep->over.items[j], rows->items + from, count));
            cv_vector_push(collector->arena, &collector->sweeps,
                           cv_where_at(everything(collector, sweep->model), which, false));
        }
    }
}

CV_NORETURN static void forbid(CvErrorKind kind, const CvModel *model, const char *keys, const CvList *rows)
{
    CvError error;
    (void)cv_fail(cv_arena(), &error, kind,
                  "Cannot delete some instances of model '%s' because they are referenced through %s foreign keys: %s.",
                  model->name, kind == CV_ERROR_PROTECTED ? "protected" : "restricted", keys);
    error.subject = rows;
    cv_raise_error(&error);
}

static void add_name(CvBuffer *keys, const CvColumn *column)
{
    const char *name = cv_printf("'%s.%s'", column->model->name, column->name);
    if (!keys->length || !strstr(cv_buffer_string(keys), name))
        cv_buffer_printf(keys, "%s%s", keys->length ? ", " : "", name);
}

/* Rows, each once. */
static CvList *distinct_rows(CvRow *const *rows, size_t count)
{
    CvList *list = cv_list_create(cv_arena());
    CvMap *seen = cv_map_create(cv_arena());
    for (size_t i = 0; i < count; i++) {
        CvSlice key = cv_value_str(cv_arena(), cv_row_key(rows[i]));
        CvSlice text = cv_slice(cv_printf("%s %.*s", cv_row_model(rows[i])->name, CV_SLICE_ARG(key)));
        if (cv_map_get(seen, text))
            continue;
        cv_map_set(seen, text, list);
        cv_list_add(cv_arena(), list, cv_value_object(rows[i]));
    }
    return list;
}

static void follow_all(CvCollector *collector, const CvModel *model, const CvRows *rows, CvBuffer *protects, int depth)
{
    Dependents all = dependents_of(model, !collector->keep_parents || depth);
    Sweeps sweeps = {0};
    const CvColumn *column;
    while ((column = next_dependent(&all))) {
        if (is_left_alone(column))
            continue;
        if (column->field->on_delete == CV_CASCADE && cv_can_sweep(column->model, column)) {
            note_sweep(collector, &sweeps, column);
            continue;
        }
        size_t most = cv_most_keys(collector->database, 1);
        for (size_t from = 0; from < rows->count; from += most) {
            bool protected = false;
            follow(collector, column, rows->items + from, rows->count - from < most ? rows->count - from : most,
                   &protected, depth);
            if (protected)
                add_name(protects, column);
        }
    }
    if (!protects->length)
        add_sweeps(collector, &sweeps, rows);
}

/* Rows of one model with all that depends on them. `over`: the foreign key that led here; *protected: something forbids
 * it, which the first level tells. */
static void collect(CvCollector *collector, CvRow *const *rows, size_t count, const CvColumn *over, bool *protected,
                    int depth)
{
    const CvModel *model = cv_row_model(rows[0]);
    bool upwards = over && over->to != NULL && cv_model_info(over->to)->concrete == cv_model_info(model)->concrete &&
                   over == cv_model_info(over->model)->parent_link;
    CvBuffer protects = cv_buffer(collector->arena);
    if (depth > MOST_DEPTH)
        cv_raise(CV_ERROR_RECURSION, "rows depend on each other more than %d levels deep", MOST_DEPTH);
    CvRows added = add_rows(collector, rows, count);
    if (over && !over->null && !upwards)
        order(collector, model, over->to);
    if (!added.count)
        return;
    if (cv_model_info(cv_model_info(model)->concrete)->parent_link && !(collector->keep_parents && !depth))
        collect_parents(collector, model, &added, depth);
    if (upwards) /* what depends on the parent's row was followed from the child */
        return;
    follow_all(collector, model, &added, &protects, depth);
    if (protects.length && depth)
        *protected = true;
    else if (protects.length)
        forbid(CV_ERROR_PROTECTED, model, cv_buffer_string(&protects),
               distinct_rows(collector->protecting.items, collector->protecting.count));
    else
        collect_generics(collector, model, &added, depth);
}

/* ---- what restricts ---- */

/* Rows that a sweep takes along. */
static void check_sweep(CvCollector *collector, CvQuerySet *set)
{
    static const char *const in[] = {"pk__in", NULL};
    CvList *keys = cv_list_create(cv_arena());
    CvMap *taken = cv_map_create(cv_arena());
    for (size_t i = 0; i < collector->restricted.count; i++) {
        const CvRestricted *restricted = &collector->restricted.items[i];
        if (!restricted->goes && cv_row_model(restricted->row) == set->model)
            cv_list_add(cv_arena(), keys, cv_row_key(restricted->row));
    }
    if (!keys->count)
        return;
    size_t most = cv_most_keys(collector->database, 2); /* the set has keys of its own */
    for (size_t from = 0; from < keys->count; from += most) {
        CvValue list = cv_value_list(cv_list_part(keys, from, most));
        CvQuerySet *going = cv_filter_at(set, NULL, 1, in, &list);
        for (size_t i = 0; i < cv_length_of(going); i++)
            cv_map_set(taken, cv_related_key(cv_row_key(cv_row_at(going, i))), taken);
    }
    for (size_t i = 0; i < collector->restricted.count; i++) {
        CvRestricted *restricted = &collector->restricted.items[i];
        if (cv_row_model(restricted->row) == set->model &&
            cv_map_get(taken, cv_related_key(cv_row_key(restricted->row))))
            restricted->goes = true;
    }
}

static void check_restricted(CvCollector *collector, const CvModel *model)
{
    CvBuffer keys = cv_buffer(collector->arena);
    CvRows left = {0};
    for (size_t i = 0; i < collector->restricted.count; i++) {
        CvRestricted *restricted = &collector->restricted.items[i];
        const CvPile *pile = pile_of(collector, cv_row_model(restricted->row));
        restricted->goes = cv_map_get(pile->keys, cv_related_key(cv_row_key(restricted->row))) != NULL;
    }
    for (size_t i = 0; i < collector->sweeps.count; i++)
        check_sweep(collector, collector->sweeps.items[i]);
    for (size_t i = 0; i < collector->restricted.count; i++) {
        const CvRestricted *restricted = &collector->restricted.items[i];
        if (restricted->goes)
            continue;
        add_name(&keys, restricted->column);
        cv_vector_push(collector->arena, &left, restricted->row);
    }
    if (left.count)
        forbid(CV_ERROR_RESTRICTED, model, cv_buffer_string(&keys), distinct_rows(left.items, left.count));
}

/* ---- the start ---- */

void cv_collect_rows(CvCollector *collector, CvRow *const *rows, size_t count)
{
    bool ignored = false;
    if (!count)
        return;
    collect(collector, rows, count, NULL, &ignored, 0);
    check_restricted(collector, cv_row_model(rows[0]));
}

void cv_collect_set(CvCollector *collector, CvQuerySet *set)
{
    if (cv_can_sweep(set->model, NULL)) {
        cv_vector_push(collector->arena, &collector->sweeps, set);
        return;
    }
    CvRows rows = rows_of(set);
    cv_collect_rows(collector, rows.items, rows.count);
}
