/* delete.c: deleting rows with all that depends on them (Django's collector): what must go is collected first, what
 * forbids it is found before anything is sent, then children go before their parents. */
#include "orm/set_private.h"

#include "base/vector.h"

#define BATCH 500 /* keys in one statement */
#define MOST_DEPTH 64

typedef struct Pile { /* rows of one model that go */
    const CvModel *model;
    CV_VECTOR(CvRow *) rows;
    CvMap *keys;
} Pile;

typedef struct Change { /* a foreign key that is cleared */
    const CvColumn *column;
    CvList *keys;
    CvValue value;
} Change;

typedef struct Collector {
    CvArena *arena;
    CvDatabase *database;
    CV_VECTOR(Pile) piles;
    CV_VECTOR(Change) changes;
    CV_VECTOR(CvQuerySet *) sweeps; /* rows that nothing depends on: deleted by condition */
    CV_VECTOR(CvRow *) restricted;
    CV_VECTOR(const CvMember *) restrictions;
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

static CvQuerySet *pointing_at(Collector *collector, const CvColumn *column, CvRow *const *rows, size_t count)
{
    CvList *keys = cv_list_create(collector->arena);
    const char *in = cv_arena_printf(collector->arena, "%s__in", column->name);
    CvQuerySet *set = cv_everything_of(column->model);
    for (size_t i = 0; i < count; i++)
        cv_list_add(collector->arena, keys, cv_row_get(rows[i], column->to_column));
    CvValue list = cv_value_list(keys);
    set->database = collector->database;
    return cv_filter_at(set, NULL, 1, &in, &list);
}

static CvRow **rows_of(CvQuerySet *set, size_t *count)
{
    size_t size;
    char *rows = cv_all_of(set, count);
    CvRow **out = cv_arena_new_array(cv_arena(), CvRow *, *count + 1);
    size = set->row_size;
    for (size_t i = 0; i < *count; i++)
        out[i] = (CvRow *)(void *)(rows + i * size);
    return out;
}

/* Nothing depends on rows of this model: they need not be looked at. */
static bool can_sweep(const CvModel *model)
{
    const CvModelInfo *info = cv_model_info(concrete(model));
    if (info->parent_link)
        return false;
    for (size_t i = 0; i < info->way_back_count; i++)
        if (info->ways_back[i]->column->field->on_delete != CV_DO_NOTHING)
            return false;
    return true;
}

static void collect(Collector *collector, const CvModel *model, CvRow *const *rows, size_t count, int depth);

CV_NORETURN static void forbid(CvErrorKind kind, const CvModel *model, const CvColumn *column)
{
    cv_raise(kind,
             "Cannot delete some instances of model '%s' because they are referenced through %s foreign keys: "
             "'%s.%s'.",
             model->name, kind == CV_ERROR_PROTECTED ? "protected" : "restricted", column->model->name, column->name);
}

static void follow(Collector *collector, const CvModel *model, const CvMember *back, CvRow *const *rows, size_t count,
                   int depth)
{
    const CvColumn *column = back->column;
    CvOnDelete what = column->field->on_delete;
    if (what == CV_DO_NOTHING || what >= CV_DB_CASCADE)
        return;
    for (size_t from = 0; from < count; from += BATCH) {
        size_t batch = count - from < BATCH ? count - from : BATCH, found;
        CvQuerySet *set = pointing_at(collector, column, rows + from, batch);
        if (what == CV_CASCADE && can_sweep(column->model)) {
            *cv_vector_add(collector->arena, &collector->sweeps) = set;
            continue;
        }
        CvRow **kids = rows_of(set, &found);
        if (!found)
            continue;
        if (what == CV_PROTECT)
            forbid(CV_ERROR_PROTECTED, model, column);
        if (what == CV_RESTRICT) {
            for (size_t i = 0; i < found; i++) {
                *cv_vector_add(collector->arena, &collector->restricted) = kids[i];
                *cv_vector_add(collector->arena, &collector->restrictions) = back;
            }
        } else if (what == CV_CASCADE) {
            collect(collector, column->model, kids, found, depth + 1);
        } else {
            Change *change = cv_vector_add(collector->arena, &collector->changes);
            *change = (Change){column, cv_list_create(collector->arena),
                               what == CV_SET_DEFAULT ? cv_column_default(collector->arena, column) : cv_value_null()};
            for (size_t i = 0; i < found; i++)
                cv_list_add(collector->arena, change->keys, cv_row_key(kids[i]));
        }
    }
}

static void collect(Collector *collector, const CvModel *model, CvRow *const *rows, size_t count, int depth)
{
    size_t fresh;
    model = concrete(model);
    CvRow **added = add_rows(collector, model, rows, count, &fresh);
    const CvModelInfo *info = cv_model_info(model);
    if (depth > MOST_DEPTH)
        cv_raise(CV_ERROR_RECURSION, "rows depend on each other more than %d levels deep", MOST_DEPTH);
    if (!fresh)
        return;
    if (info->parent_link) { /* the parent's rows go too */
        size_t found;
        CvQuerySet *parents = cv_everything_of(model->parent);
        CvList *keys = cv_list_create(collector->arena);
        const char *in = "pk__in";
        for (size_t i = 0; i < fresh; i++)
            cv_list_add(collector->arena, keys, cv_row_key(added[i]));
        CvValue list = cv_value_list(keys);
        parents->database = collector->database;
        CvRow **above = rows_of(cv_filter_at(parents, NULL, 1, &in, &list), &found);
        collect(collector, model->parent, above, found, depth + 1);
    }
    for (size_t i = 0; i < info->way_back_count; i++)
        follow(collector, model, info->ways_back[i], added, fresh, depth);
}

/* A restricted row may go if something else takes it along. */
static void check_restricted(Collector *collector)
{
    for (size_t i = 0; i < collector->restricted.count; i++) {
        CvRow *row = collector->restricted.items[i];
        Pile *pile = pile_of(collector, concrete(cv_row_model(row)));
        if (!cv_map_get(pile->keys, key_text(collector->arena, cv_row_key(row)))) {
            const CvMember *back = collector->restrictions.items[i];
            forbid(CV_ERROR_RESTRICTED, back->column->to, back->column);
        }
    }
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
        (void)cv_update_at(by_keys(change->column->model, collector->database, change->keys), NULL, 1, &name,
                           &change->value);
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
        for (size_t from = 0; from < pile.rows.count; from += BATCH) {
            CvList *keys = cv_list_create(collector->arena);
            for (size_t i = from; i < pile.rows.count && i < from + BATCH; i++)
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
    if (set && can_sweep(model)) {
        int64_t gone = delete_set(set, collector.database);
        if (gone)
            count_gone(dict, concrete(model), gone, &total);
    } else {
        CV_ATOMIC_IN(cv_database_alias(collector.database))
        {
            size_t count = 1;
            CvRow **rows = set ? rows_of(set, &count) : &row;
            collect(&collector, model, rows, count, 0);
            check_restricted(&collector);
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
