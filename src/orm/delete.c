/* delete.c: deleting rows with all that depends on them (Django's collector): what must go is collected first, what
 * forbids it is found before anything is sent, then children go before their parents. */
#include "orm/set_private.h"

#include "base/vector.h"

#define BATCH 500 /* keys in one lookup */
#define CHUNK 100 /* rows in one DELETE */
#define MOST_DEPTH 64

typedef struct Pile { /* rows of one model that go */
    const CvModel *model;
    CV_VECTOR(CvRow *) rows;
    CvMap *keys;
} Pile;

typedef struct Change { /* foreign keys that are cleared, in rows that are never looked at */
    const CvColumn *column;
    CvExpr *which; /* any of these conditions */
    CvValue value;
} Change;

typedef struct Sweep { /* rows that nothing depends on: deleted by condition */
    const CvModel *model;
    CvExpr *which;
} Sweep;

typedef struct Collector {
    CvArena *arena;
    CvDatabase *database;
    CV_VECTOR(Pile) piles;
    CV_VECTOR(Change) changes;
    CV_VECTOR(CvQuerySet *) sweeps;
    CV_VECTOR(CvRow *) restricted;
    CV_VECTOR(const CvColumn *) restrictions;
} Collector;

static const CvModel *concrete(const CvModel *model)
{
    return cv_model_info(model)->concrete;
}

static Pile *pile_of(Collector *collector, const CvModel *model)
{
    for (size_t i = 0; i < collector->piles.count; i++)
        if (collector->piles.items[i].model == model)
            return &collector->piles.items[i];
    Pile *pile = cv_vector_add(collector->arena, &collector->piles);
    pile->model = model;
    pile->keys = cv_map_create(collector->arena);
    return pile;
}

static CvSlice key_text(CvArena *arena, CvValue key)
{
    return cv_slice_copy(arena, cv_value_str(arena, key));
}

/* Adds rows that are not there yet; how many were new, in *fresh. */
static CvRow **add_rows(Collector *collector, const CvModel *model, CvRow *const *rows, size_t count, size_t *fresh)
{
    CvRow **added = cv_arena_new_array(collector->arena, CvRow *, count + 1);
    Pile *pile = pile_of(collector, model);
    *fresh = 0;
    for (size_t i = 0; i < count; i++) {
        CvSlice key = key_text(collector->arena, cv_row_key(rows[i]));
        if (cv_map_get(pile->keys, key))
            continue;
        cv_map_set(pile->keys, key, rows[i]);
        *cv_vector_add(collector->arena, &pile->rows) = rows[i];
        added[(*fresh)++] = rows[i];
    }
    return added;
}

/* "author__in", the keys of these rows. */
static CvExpr *pointing_at(Collector *collector, const CvColumn *column, CvRow *const *rows, size_t count)
{
    CvList *keys = cv_list_create(collector->arena);
    const char *in = cv_arena_printf(collector->arena, "%s__in", column->name);
    for (size_t i = 0; i < count; i++)
        cv_list_add(collector->arena, keys, cv_row_get(rows[i], column->to_column));
    CvValue list = cv_value_list(keys);
    return cv_q_of(NULL, 1, &in, &list);
}

static CvQuerySet *all_of(const Collector *collector, const CvModel *model, CvExpr *which)
{
    CvQuerySet *set = cv_everything_of(model);
    set->database = collector->database;
    return cv_where_at(set, which, false);
}

static CvRow **rows_of(CvQuerySet *set, size_t *count)
{
    char *rows = cv_all_of(set, count);
    CvRow **out = cv_arena_new_array(cv_arena(), CvRow *, *count + 1);
    for (size_t i = 0; i < *count; i++)
        out[i] = (CvRow *)(void *)(rows + i * set->row_size);
    return out;
}

/* The foreign keys that may point at rows of a model, those of its parents included. */
static bool next_way_back(const CvModel *start, const CvModel **model, size_t *at, const CvColumn **column)
{
    for (; *model; *model = (*model)->parent, *at = 0) {
        const CvModelInfo *info = cv_model_info(*model);
        while (*at < info->way_back_count) {
            *column = info->ways_back[(*at)++]->column;
            /* a child's own link to its parent is no way back */
            if (*model == start || *column != cv_model_info((*column)->model)->parent_link)
                return true;
        }
    }
    return false;
}

/* Nothing depends on rows of this model: they need not be looked at. `from`: the key by which they were found. */
static bool can_sweep(const CvModel *model, const CvColumn *from)
{
    const CvModel *at = concrete(model);
    const CvColumn *column, *link = cv_model_info(at)->parent_link;
    size_t index = 0;
    if (link && link != from)
        return false;
    while (next_way_back(concrete(model), &at, &index, &column))
        if (column->field->on_delete != CV_DO_NOTHING && column->field->on_delete < CV_DB_CASCADE)
            return false;
    return true;
}

static bool collect(Collector *collector, const CvModel *model, CvRow *const *rows, size_t count, bool related,
                    int depth);

CV_NORETURN static void forbid(CvErrorKind kind, const CvModel *model, const char *keys)
{
    cv_raise(kind,
             "Cannot delete some instances of model '%s' because they are referenced through %s foreign keys: %s.",
             model->name, kind == CV_ERROR_PROTECTED ? "protected" : "restricted", keys);
}

/* Only what the next step looks at: keys, and columns that others point at. */
static CvQuerySet *lean(Collector *collector, CvQuerySet *set)
{
    const char *names[32] = {"pk"};
    const CvModel *at = concrete(set->model);
    const CvColumn *column;
    size_t count = 1, index = 0;
    (void)collector;
    while (count < CV_COUNT_OF(names) - 1 && next_way_back(concrete(set->model), &at, &index, &column))
        names[count++] = column->to_column->attribute;
    names[count] = NULL;
    return cv_only_at(set, NULL, names);
}

/* Adds the rows that point at a batch over one key, by what its on_delete says; texts of protecting keys to `protects`.
 */
static void follow(Collector *collector, const CvColumn *column, CvRow *const *rows, size_t count, CvBuffer *protects,
                   int depth)
{
    CvOnDelete what = column->field->on_delete;
    CvExpr *which = pointing_at(collector, column, rows, count);
    size_t found;
    if (what == CV_SET_NULL || what == CV_SET_DEFAULT) {
        Change *change = NULL;
        for (size_t i = 0; i < collector->changes.count && !change; i++)
            if (collector->changes.items[i].column == column)
                change = &collector->changes.items[i];
        if (!change)
            change = cv_vector_add(collector->arena, &collector->changes);
        CvValue value = what == CV_SET_DEFAULT ? cv_column_default(collector->arena, column) : cv_value_null();
        *change = (Change){column, cv_or(change->which, which), value};
        return;
    }
    CvRow **kids = rows_of(lean(collector, all_of(collector, column->model, which)), &found);
    if (!found)
        return;
    bool free =
        what == CV_RESTRICT || (what == CV_CASCADE && collect(collector, column->model, kids, found, true, depth + 1));
    if (!free) {
        cv_buffer_printf(protects, "%s'%s.%s'", protects->length ? ", " : "", column->model->name, column->name);
    } else if (what == CV_RESTRICT) {
        for (size_t i = 0; i < found; i++) {
            *cv_vector_add(collector->arena, &collector->restricted) = kids[i];
            *cv_vector_add(collector->arena, &collector->restrictions) = column;
        }
    }
}

/* The rows of the parent's table that belong to rows of a child. */
static void collect_parents(Collector *collector, const CvModel *model, CvRow *const *rows, size_t count, int depth)
{
    CvRow **above = cv_arena_new_array(collector->arena, CvRow *, count + 1);
    for (size_t i = 0; i < count; i++) {
        if (rows[i]->extra && rows[i]->extra->deferred) {
            const char *pk = "pk";
            CvValue key = cv_row_key(rows[i]);
            CvQuerySet *set = cv_everything_of(model->parent);
            set->database = collector->database;
            above[i] = cv_get_at(set, NULL, 1, &pk, &key);
            if (!above[i])
                cv_raise(CV_ERROR_DOES_NOT_EXIST, "%s matching query does not exist.", model->parent->name);
        } else { /* the child begins with it */
            above[i] = cv_arena_memdup(collector->arena, rows[i], model->parent->size);
            above[i]->type = &model->parent->type;
        }
    }
    (void)collect(collector, model->parent, above, count, false, depth + 1);
}

/* False (deeper than the first level): something protects rows of this model. */
static bool collect(Collector *collector, const CvModel *model, CvRow *const *rows, size_t count, bool related,
                    int depth)
{
    size_t fresh, index = 0;
    CV_VECTOR(Sweep) sweeps = {0};
    CvBuffer protects = cv_buffer(collector->arena);
    model = concrete(model);
    const CvModel *at = model;
    const CvColumn *column;
    CvRow **added = add_rows(collector, model, rows, count, &fresh);
    if (depth > MOST_DEPTH)
        cv_raise(CV_ERROR_RECURSION, "rows depend on each other more than %d levels deep", MOST_DEPTH);
    if (!fresh)
        return true;
    if (cv_model_info(model)->parent_link)
        collect_parents(collector, model, added, fresh, depth);
    while (related && next_way_back(model, &at, &index, &column)) {
        CvOnDelete what = column->field->on_delete;
        if (what == CV_DO_NOTHING || what >= CV_DB_CASCADE)
            continue;
        for (size_t from = 0; from < fresh; from += BATCH) {
            size_t batch = fresh - from < BATCH ? fresh - from : BATCH;
            if (what != CV_CASCADE || !can_sweep(column->model, column)) {
                follow(collector, column, added + from, batch, &protects, depth);
                continue;
            }
            size_t known = 0; /* one statement for all keys of a model */
            while (known < sweeps.count && (sweeps.items[known].model != column->model || from))
                known++;
            if (known == sweeps.count)
                cv_vector_add(collector->arena, &sweeps)->model = column->model;
            sweeps.items[known].which =
                cv_or(sweeps.items[known].which, pointing_at(collector, column, added + from, batch));
        }
    }
    if (protects.length && depth)
        return false;
    if (protects.length)
        forbid(CV_ERROR_PROTECTED, model, cv_buffer_string(&protects));
    for (size_t i = 0; i < sweeps.count; i++)
        *cv_vector_add(collector->arena, &collector->sweeps) =
            all_of(collector, sweeps.items[i].model, sweeps.items[i].which);
    return true;
}

/* A restricted row may go if something else takes it along. */
static bool goes_anyway(Collector *collector, CvRow *row)
{
    const CvModel *model = concrete(cv_row_model(row));
    CvSlice key = key_text(collector->arena, cv_row_key(row));
    for (size_t i = 0; i < collector->piles.count; i++)
        if (collector->piles.items[i].model == model && cv_map_get(collector->piles.items[i].keys, key))
            return true;
    for (size_t i = 0; i < collector->sweeps.count; i++) {
        CvQuerySet *set = collector->sweeps.items[i];
        if (concrete(set->model) != model)
            continue;
        for (size_t j = 0; j < cv_length_of(set); j++)
            if (cv_row_equal(cv_row_at(set, j), row))
                return true;
    }
    return false;
}

static void check_restricted(Collector *collector, const CvModel *model)
{
    CvBuffer keys = cv_buffer(collector->arena);
    for (size_t i = 0; i < collector->restricted.count; i++) {
        const CvColumn *column = collector->restrictions.items[i];
        char *key = cv_arena_printf(collector->arena, "'%s.%s'", column->model->name, column->name);
        if (goes_anyway(collector, collector->restricted.items[i]) ||
            (keys.length && strstr(cv_buffer_string(&keys), key)))
            continue;
        cv_buffer_printf(&keys, "%s%s", keys.length ? ", " : "", key);
    }
    if (keys.length)
        forbid(CV_ERROR_RESTRICTED, model, cv_buffer_string(&keys));
}

static int64_t delete_set(CvQuerySet *set, CvDatabase *database)
{
    CvPlan *plan = cv_plan_of(set, CV_FOR_DELETE, database);
    int64_t gone = 0;
    if (!plan->nothing)
        gone = cv_send(database, &plan->text, plan->bind_count, cv_plan_bind(cv_arena(), plan, set), NULL);
    cv_plan_release(plan);
    return gone;
}

static void count_gone(CvDict *counts, const CvModel *model, int64_t gone, int64_t *total)
{
    CvValue before = cv_value_int(0);
    const char *label = cv_model_label(model);
    *total += gone;
    if (!counts)
        return;
    (void)cv_dict_get_slice(counts, cv_slice(label), &before);
    cv_dict_set_name(counts, label, cv_value_int(before.integer + gone));
}

static CvQuerySet *by_keys(const CvModel *model, CvDatabase *database, CvList *keys)
{
    const char *in = "pk__in";
    CvValue list = cv_value_list(keys);
    CvQuerySet *set = cv_everything_of(model);
    set->database = database;
    return cv_filter_at(set, NULL, 1, &in, &list);
}

/* A model stands before those it points to, so that no row goes before what points at it. */
static bool points_at(const CvModel *from, const CvModel *to)
{
    const CvModelInfo *info = cv_model_info(from);
    for (size_t i = 0; i < info->concrete_count; i++)
        if (info->columns[i].to && concrete(info->columns[i].to) == to)
            return true;
    return false;
}

static int64_t send_all(Collector *collector, CvDict *counts)
{
    int64_t total = 0;
    for (size_t i = 0; i < collector->sweeps.count; i++) {
        CvQuerySet *set = collector->sweeps.items[i];
        int64_t gone = delete_set(set, collector->database);
        if (gone)
            count_gone(counts, set->model, gone, &total);
    }
    for (size_t i = 0; i < collector->changes.count; i++) {
        Change *change = &collector->changes.items[i];
        const char *name = change->column->name;
        (void)cv_update_at(all_of(collector, change->column->model, change->which), NULL, 1, &name, &change->value);
    }
    size_t left = collector->piles.count;
    while (left) {
        size_t pick = 0;
        for (size_t i = 0; i < left; i++) { /* one that no other still points at */
            bool wanted = false;
            for (size_t j = 0; j < left && !wanted; j++)
                wanted = i != j && points_at(collector->piles.items[j].model, collector->piles.items[i].model);
            if (!wanted) {
                pick = i;
                break;
            }
        }
        Pile pile = collector->piles.items[pick];
        memmove(&collector->piles.items[pick], &collector->piles.items[pick + 1], (left - pick - 1) * sizeof pile);
        left--;
        for (size_t from = 0; from < pile.rows.count; from += CHUNK) {
            CvList *keys = cv_list_create(collector->arena);
            for (size_t i = from; i < pile.rows.count && i < from + CHUNK; i++)
                cv_list_add(collector->arena, keys, cv_row_key(pile.rows.items[i]));
            count_gone(counts, pile.model,
                       delete_set(by_keys(pile.model, collector->database, keys), collector->database), &total);
        }
        for (size_t i = 0; i < pile.rows.count; i++)
            pile.rows.items[i]->database = NULL;
    }
    return total;
}

int64_t cv_delete_counted(const void *row_or_set, CvDict **counts)
{
    CvArena *arena = cv_arena();
    const CvType *type = cv_type_of(row_or_set);
    CvQuerySet *set = type == &cv_query_set_type ? (CvQuerySet *)(uintptr_t)row_or_set : NULL;
    CvRow *row = set ? NULL : (CvRow *)(uintptr_t)row_or_set;
    const CvModel *model = set ? set->model : cv_row_model(row);
    CvDict *dict = counts ? cv_dict_create(arena) : NULL;
    Collector collector = {.arena = arena};
    int64_t total = 0;
    if (!set && cv_row_key(row).kind == CV_NULL)
        cv_raise(CV_ERROR_VALUE, "%s object can't be deleted because its id attribute is set to None.", model->name);
    if (set && set->sliced)
        cv_raise(CV_ERROR_TYPE, "Cannot use 'limit' or 'offset' with delete().");
    collector.database = set             ? cv_set_database(set)
                         : row->database ? (CvDatabase *)(uintptr_t)row->database
                                         : cv_database_or_raise(NULL);
    if (set && can_sweep(model, NULL)) {
        int64_t gone = delete_set(set, collector.database);
        if (gone)
            count_gone(dict, concrete(model), gone, &total);
    } else {
        CV_ATOMIC_IN(cv_database_alias(collector.database))
        {
            size_t count = 1;
            CvRow **rows = set ? rows_of(set, &count) : &row;
            (void)collect(&collector, model, rows, count, true, 0);
            check_restricted(&collector, model);
            total = send_all(&collector, dict);
        }
    }
    if (row)
        row->database = NULL;
    if (counts)
        *counts = dict;
    return total;
}

int64_t cv_delete(const void *row_or_set)
{
    return cv_delete_counted(row_or_set, NULL);
}
