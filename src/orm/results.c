/* results.c: asking the database: rows into one block, related rows beside them, counts, single values. */
#include "orm/loading.h"

/* ---- rows ---- */

void cv_set_fetch(CvQuerySet *set)
{
    if (CV_LIKELY(set->fetched))
        return;
    CvArena *arena = cv_arena();
    CvLoading loading;
    char *rows = NULL;
    size_t count = 0, capacity = 0, expected = set->row_count ? set->row_count : 8;
    cv_loading_begin(&loading, set);
    while (cv_loading_next(&loading)) {
        if (count == capacity) {
            capacity = capacity ? cv_size_multiply(capacity, 2) : expected;
            char *grown = cv_arena_alloc_raw(arena, cv_size_multiply(capacity, loading.row_size), 16);
            if (count)
                memcpy(grown, rows, count * loading.row_size);
            for (size_t i = 0; loading.peers && i < count; i++) /* they have moved */
                loading.peers->rows.items[i] = (CvRow *)(void *)(grown + i * loading.row_size);
            rows = grown;
        }
        cv_loading_read(&loading, rows + count++ * loading.row_size);
    }
    cv_loading_end(&loading);
    set->row_size = loading.row_size;
    set->rows = rows;
    set->row_count = count;
    set->fetched = true;
    if (set->owner && set->rows_kind == CV_ROWS_MODEL)
        cv_related_refer_back(set);
    if (set->prefetches)
        cv_prefetch_set(set);
}

/* ---- reading results ---- */

size_t cv_length_of(CvQuerySet *set)
{
    cv_set_fetch(set);
    return set->row_count;
}

void *cv_row_at(CvQuerySet *set, size_t index)
{
    cv_set_fetch(set);
    if (index >= set->row_count)
        cv_raise(CV_ERROR_INDEX, "list index out of range");
    if (set->rows_kind > CV_ROWS_RECORDS)
        cv_raise(CV_ERROR_TYPE, "the rows of a values list are no records: use cv_item_of()");
    return set->rows + index * set->row_size;
}

CvValue cv_item_of(CvQuerySet *set, size_t index)
{
    cv_set_fetch(set);
    if (index >= set->row_count)
        cv_raise(CV_ERROR_INDEX, "list index out of range");
    const char *row = set->rows + index * set->row_size;
    if (set->rows_kind <= CV_ROWS_RECORDS)
        return cv_value_object(row);
    return *(const CvValue *)(const void *)row;
}

void *cv_all_of(CvQuerySet *set, size_t *count)
{
    cv_set_fetch(set);
    if (count)
        *count = set->row_count;
    return set->rows;
}

CvList *cv_list_of_set(CvQuerySet *set)
{
    CvList *list = cv_list_create(cv_arena());
    for (size_t i = 0; i < cv_length_of(set); i++)
        cv_list_add(cv_arena(), list, cv_item_of(set, i));
    return list;
}

CvEach cv_each_begin(CvQuerySet *set)
{
    cv_set_fetch(set);
    return (CvEach){set, 0, true};
}

void *cv_each_next(CvEach *each)
{
    return each->index < each->set->row_count ? each->set->rows + each->set->row_size * each->index++ : NULL;
}

bool cv_set_is_ordered(const CvQuerySet *set)
{
    const char *const *ordering = NULL;
    for (const CvStep *step = set->last; step; step = step->previous)
        if (step->kind == CV_STEP_ORDER)
            return step->count > 0;
    for (const CvModel *model = set->model; model && !ordering; model = model->parent)
        ordering = cv_own_ordering(model);
    return ordering && *ordering;
}

static CvQuerySet *by_key(CvQuerySet *set)
{
    static const char *const key[] = {"pk", NULL};
    return cv_set_is_ordered(set) || set->sliced ? set : cv_order_by_at(set, NULL, key);
}

void *cv_first_of(CvQuerySet *set)
{
    if (set->fetched && cv_set_is_ordered(set))
        return set->row_count ? cv_row_at(set, 0) : NULL;
    CvQuerySet *one = cv_slice_at(by_key(set), 0, 1);
    one->row_count = 1;
    cv_set_fetch(one);
    return one->row_count ? cv_row_at(one, 0) : NULL;
}

void *cv_last_of(CvQuerySet *set)
{
    return cv_first_of(cv_reverse_at(by_key(set)));
}

#define MOST_TOLD 20 /* of rows where one was expected */

CvQuerySet *cv_get_set(CvQuerySet *set)
{
    static const char *const none[] = {NULL};
    if (!set->sliced && (set->ordered || set->combined || cv_set_is_ordered(set)))
        set = cv_order_by_at(set, NULL, none);
    CvQuerySet *found = cv_slice_at(set, 0, MOST_TOLD + 1);
    found->row_count = 1;
    cv_set_fetch(found);
    if (found->row_count > 1)
        cv_raise(CV_ERROR_MULTIPLE_OBJECTS, "get() returned more than one %s -- it returned %s%zu!", set->model->name,
                 found->row_count > MOST_TOLD ? "more than " : "",
                 found->row_count > MOST_TOLD ? MOST_TOLD : found->row_count);
    return found;
}

void *cv_get_at(CvQuerySet *set, CvSite *site, size_t count, const char *const *keys, const CvValue *values)
{
    CvQuerySet *found = cv_get_set(count ? cv_filter_at(set, site, count, keys, values) : set);
    return found->row_count ? cv_row_at(found, 0) : NULL;
}

/* ---- numbers ---- */

static bool fetch_number(CvQuerySet *set, CvPurpose purpose, int64_t *out)
{
    CvDatabase *database = cv_set_database(set);
    CvPlan *plan = cv_plan_of(set, purpose, database);
    const CvReader integer = {.kind = CV_READ_INTEGER};
    bool found = false;
    *out = 0;
    if (!plan->nothing) {
        CvFetch fetch;
        cv_plan_fetch(&fetch, plan, set, database, cv_arena());
        found = cv_fetch_row(&fetch, &integer, 1, out);
        cv_fetch_end(&fetch);
    }
    cv_plan_release(plan);
    return found;
}

int64_t cv_count_of_set(CvQuerySet *set)
{
    int64_t number;
    if (set->fetched)
        return (int64_t)set->row_count;
    (void)fetch_number(set, CV_FOR_COUNT, &number);
    return number;
}

bool cv_exists_of_set(CvQuerySet *set)
{
    int64_t number;
    return set->fetched ? set->row_count > 0 : fetch_number(set, CV_FOR_EXISTS, &number);
}

CvDict *cv_aggregate_at(CvQuerySet *set, CvSite *site, size_t count, const char *const *keys, const CvValue *values)
{
    CvArena *arena = cv_arena();
    CvQuerySet *asked = cv_set_step(set, CV_STEP_AGGREGATE, site, count, keys, values);
    CvDatabase *database = cv_set_database(set);
    CvDict *dict = cv_dict_create(arena);
    CvPlan *plan = cv_plan_of(asked, CV_FOR_AGGREGATE, database);
    CvValue *row = cv_arena_new_array(arena, CvValue, plan->value_count + 1);
    if (plan->nothing && plan->empty_values) {
        CvValue *slots = cv_arena_new_array(arena, CvValue, asked->slots + 1);
        cv_set_gather(asked, slots);
        for (size_t i = 0; i < plan->value_count; i++)
            row[i] = plan->empty_values[i].from_slot ? slots[plan->empty_values[i].slot] : plan->empty_values[i].value;
    } else {
        CvFetch fetch;
        cv_plan_fetch(&fetch, plan, asked, database, arena);
        (void)cv_fetch_row(&fetch, plan->value_readers, plan->value_count, row);
        cv_fetch_end(&fetch);
    }
    for (size_t i = 0; i < plan->value_count; i++)
        cv_dict_set(dict, cv_value_string(cv_arena_strdup(arena, plan->names[i])), row[i]);
    cv_plan_release(plan);
    return dict;
}

const char *cv_sql_of(CvQuerySet *set)
{
    CvArena *arena = cv_arena();
    CvPlan *plan = cv_plan_of(set, CV_FOR_ROWS, cv_set_database(set));
    CvBuffer out = cv_buffer(arena);
    if (plan->nothing) {
        cv_plan_release(plan);
        return "-- no row can match";
    }
    const CvValue *values = cv_plan_bind(arena, plan, set);
    size_t at = 0;
    for (const char *c = plan->text.sql; *c; c++)
        if (*c == '?' && at < plan->bind_count)
            cv_value_append_repr(&out, values[at++]);
        else
            cv_buffer_append_byte(&out, *c);
    cv_plan_release(plan);
    return cv_buffer_string(&out);
}

/* ---- records ---- */

CvValue cv_record_get(const CvRecord *record, CvSlice name)
{
    for (size_t i = 0; i < record->shape->count; i++)
        if (cv_slice_is(name, record->shape->names[i]))
            return record->values[i];
    return (CvValue){.kind = CV_MISSING};
}

static bool record_get(const void *object, CvSlice name, CvArena *arena, CvValue *out)
{
    (void)arena;
    *out = cv_record_get(object, name);
    return out->kind != CV_MISSING;
}

static CvSlice record_str(const void *object, CvArena *arena)
{
    const CvRecord *record = object;
    CvBuffer out = cv_buffer(arena);
    cv_buffer_append_byte(&out, '{');
    for (size_t i = 0; i < record->shape->count; i++) {
        cv_buffer_printf(&out, "%s'%s': ", i ? ", " : "", record->shape->names[i]);
        cv_value_append_repr(&out, record->values[i]);
    }
    cv_buffer_append_byte(&out, '}');
    return cv_buffer_slice(&out);
}

/* As a dict is walked: its keys. */
static bool next_name(CvIterator *iterator, CvValue *out)
{
    const CvRecord *record = iterator->object;
    if (iterator->index >= record->shape->count)
        return false;
    *out = cv_value_string(record->shape->names[iterator->index++]);
    return true;
}

static void record_iterate(const void *object, CvIterator *iterator)
{
    iterator->object = object;
    iterator->index = 0;
    iterator->next = next_name;
}

static bool record_length(const void *object, size_t *out)
{
    *out = ((const CvRecord *)object)->shape->count;
    return true;
}

const CvType cv_record_type = {.magic = CV_TYPE_MAGIC,
                               .name = "dict",
                               .get = record_get,
                               .iterate = record_iterate,
                               .length = record_length,
                               .str = record_str,
                               .repr = record_str};
