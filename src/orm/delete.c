/* delete.c: deleting rows with all that depends on them: what was collected is sent, what points at others before
 * these. */
#include "db/dialect.h"
#include "orm/collect_private.h"
#include "orm/signals.h"

#define CHUNK 100 /* keys in one DELETE or UPDATE of rows that were looked at */

typedef struct Deleting {
    CvCollector *collector;
    const void *origin;
    CvDict *counts; /* by label, or NULL */
    int64_t total;
} Deleting;

static int64_t send_delete(CvQuerySet *set, CvDatabase *database)
{
    CvPlan *plan = cv_plan_of(set, CV_FOR_DELETE, database);
    int64_t gone = 0;
    if (!plan->nothing)
        gone = cv_send(database, &plan->text, plan->bind_count, cv_plan_bind(cv_arena(), plan, set), NULL);
    cv_plan_release(plan);
    return gone;
}

static void count_gone(Deleting *deleting, const CvModel *model, int64_t gone)
{
    CvValue before = cv_value_int(0);
    const char *label = cv_model_label(model);
    deleting->total += gone;
    if (!deleting->counts || !gone)
        return;
    (void)cv_dict_get_slice(deleting->counts, cv_slice(label), &before);
    cv_dict_set_name(deleting->counts, label, cv_value_int(before.integer + gone));
}

static void tell(const Deleting *deleting, CvSignal *signal, const CvPile *pile)
{
    if (!cv_row_signal_wanted(signal, pile->model) || cv_model_is_automatic(pile->model))
        return;
    for (size_t i = 0; i < pile->rows.count; i++)
        cv_row_signal_send(signal, &(CvRowEvent){.sender = pile->model,
                                                 .row = pile->rows.items[i],
                                                 .database = cv_database_alias(deleting->collector->database),
                                                 .origin = deleting->origin});
}

/* Keys of a part of some rows. */
static CvList *some_keys(const CvRows *rows, size_t from)
{
    CvList *keys = cv_list_create(cv_arena());
    for (size_t i = from; i < rows->count && i < from + CHUNK; i++)
        cv_list_add(cv_arena(), keys, cv_row_key(rows->items[i]));
    return keys;
}

/* Each row once. */
static CvRows without_repeats(const CvRows *rows)
{
    CvRows once = {0};
    CvMap *seen = cv_map_create(cv_arena());
    for (size_t i = 0; i < rows->count; i++) {
        CvSlice key = cv_related_key(cv_row_key(rows->items[i]));
        if (!cv_map_get(seen, key))
            cv_vector_push(cv_arena(), &once, rows->items[i]);
        cv_map_set(seen, key, seen);
    }
    return once;
}

static void send_clearing(const CvCollector *collector, const CvClearing *clearing)
{
    const char *name[] = {clearing->column->name, NULL};
    CvQuerySet *set = cv_everything_of(clearing->column->model);
    set->database = collector->database;
    if (clearing->which)
        (void)cv_update_at(cv_where_at(set, clearing->which, false), NULL, 1, name, &clearing->value);
    CvRows rows = without_repeats(&clearing->rows);
    for (size_t from = 0; from < rows.count; from += CHUNK)
        (void)cv_update_at(cv_rows_with_keys(collector, clearing->column->model, some_keys(&rows, from)), NULL, 1, name,
                           &clearing->value);
}

/* True once rows of every table that must go before these are on their way. */
static bool may_go(const CvCollector *collector, const CvModel *table, CvMap *sorted)
{
    for (size_t i = 0; i < collector->precedences.count; i++) {
        const CvPrecedence *precedence = &collector->precedences.items[i];
        if (precedence->then == table && !cv_map_get(sorted, cv_slice(cv_model_label(precedence->first))))
            return false;
    }
    return true;
}

/* The piles in an order in which no row goes before what points at it; as they were found if there is none. */
static size_t *sorted_piles(const CvCollector *collector)
{
    size_t count = collector->piles.count, at = 0;
    size_t *order = cv_arena_new_array(cv_arena(), size_t, count + 1);
    bool *done = cv_arena_new_array(cv_arena(), bool, count + 1);
    CvMap *sorted = cv_map_create(cv_arena()); /* tables */
    for (bool found = true; found && at < count;) {
        found = false;
        for (size_t i = 0; i < count; i++) {
            const CvModel *table = cv_model_info(collector->piles.items[i].model)->concrete;
            if (done[i] || !may_go(collector, table, sorted))
                continue;
            order[at++] = i;
            done[i] = found = true;
            cv_map_set(sorted, cv_slice(cv_model_label(table)), sorted);
        }
    }
    for (size_t i = 0; at < count && i < count; i++)
        order[i] = i;
    return order;
}

static void send_pile(Deleting *deleting, const CvPile *pile)
{
    for (size_t from = 0; from < pile->rows.count; from += CHUNK) {
        CvQuerySet *set = cv_rows_with_keys(deleting->collector, pile->model, some_keys(&pile->rows, from));
        count_gone(deleting, pile->model, send_delete(set, deleting->collector->database));
    }
    tell(deleting, &cv_post_delete, pile);
}

static void send_all(Deleting *deleting)
{
    CvCollector *collector = deleting->collector;
    const size_t *order = sorted_piles(collector);
    for (size_t i = 0; i < collector->piles.count; i++)
        tell(deleting, &cv_pre_delete, &collector->piles.items[order[i]]);
    for (size_t i = 0; i < collector->sweeps.count; i++)
        count_gone(deleting, collector->sweeps.items[i]->model,
                   send_delete(collector->sweeps.items[i], collector->database));
    for (size_t i = 0; i < collector->clearings.count; i++)
        send_clearing(collector, &collector->clearings.items[i]);
    for (size_t i = 0; i < collector->piles.count; i++)
        send_pile(deleting, &collector->piles.items[order[i]]);
    for (size_t i = 0; i < collector->piles.count; i++)
        for (size_t j = 0; j < collector->piles.items[i].rows.count; j++) {
            CvRow *row = collector->piles.items[i].rows.items[j];
            cv_row_set(row, cv_model_key(cv_row_model(row)), cv_value_null());
            row->database = NULL;
        }
}

/* ---- what may be deleted ---- */

static CvQuerySet *deletable_set(CvQuerySet *set)
{
    static const char *const no_order[] = {NULL};
    if (set->combined)
        cv_raise(CV_ERROR_NOT_SUPPORTED, "Calling QuerySet.delete() after %s() is not supported.",
                 strcmp(set->combined, "union all") == 0 ? "union" : set->combined);
    if (set->sliced)
        cv_raise(CV_ERROR_TYPE, "Cannot use 'limit' or 'offset' with delete().");
    if (set->rows_kind != CV_ROWS_MODEL)
        cv_raise(CV_ERROR_TYPE, "Cannot call delete() after .values() or .values_list()");
    set = cv_set_without(set, CV_STEP_SELECT_RELATED, CV_STEP_PREFETCH);
    set->prefetches = false;
    return cv_order_by_at(set, NULL, no_order);
}

static CvRow *deletable_row(const void *object)
{
    CvRow *row = (CvRow *)(uintptr_t)object;
    if (cv_row_key(row).kind == CV_NULL)
        cv_raise(CV_ERROR_VALUE, "%s object can't be deleted because its %s attribute is set to None.",
                 cv_row_model(row)->name, cv_model_key(cv_row_model(row))->attribute);
    return row;
}

/* What forbids the deletion is found before anything is sent, so that it does not mark a block around. */
static void collect_and_send(Deleting *deleting, CvQuerySet *set, CvRow *row)
{
    if (set)
        cv_collect_set(deleting->collector, set);
    else
        cv_collect_rows(deleting->collector, &row, 1);
    CV_ATOMIC_PART(deleting->collector->database)
    {
        send_all(deleting);
    }
}

int64_t cv_delete_with(const void *row_or_set, const CvDeleteOptions *options)
{
    const CvType *type = cv_type_of(row_or_set);
    CvQuerySet *set = type == &cv_query_set_type ? deletable_set((CvQuerySet *)(uintptr_t)row_or_set) : NULL;
    CvRow *row = set ? NULL : deletable_row(row_or_set);
    CvCollector collector = {.arena = cv_arena(), .keep_parents = options->keep_parents && row};
    Deleting deleting = {
        .collector = &collector, .origin = row_or_set, .counts = options->counts ? cv_dict_create(cv_arena()) : NULL};
    collector.database = options->using     ? cv_database_or_raise(options->using)
                         : set              ? cv_set_database(set)
                         : cv_row_home(row) ? cv_row_home(row)
                                            : cv_database_or_raise(NULL);
    if (cv_in_atomic_of(collector.database))
        collect_and_send(&deleting, set, row);
    else
        CV_ATOMIC_IN(cv_database_alias(collector.database))
        {
            collect_and_send(&deleting, set, row); /* what was found is still so when it is sent */
        }
    if (options->counts)
        *options->counts = deleting.counts;
    return deleting.total;
}

int64_t cv_delete_counted(const void *row_or_set, CvDict **counts)
{
    return cv_delete_with(row_or_set, &(CvDeleteOptions){.counts = counts});
}

int64_t cv_delete(const void *row_or_set)
{
    return cv_delete_with(row_or_set, &(CvDeleteOptions){0});
}
