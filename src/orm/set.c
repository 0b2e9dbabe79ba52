/* set.c: query sets: chains of steps. Nothing is asked of the database here. */
#include "orm/set_private.h"

#include "base/vector.h"

CvQuerySet *cv_set_create(const CvModel *model, CvDatabase *database)
{
    CvQuerySet *set = cv_new(CvQuerySet);
    set->type = &cv_query_set_type;
    set->model = model;
    set->database = database;
    set->fingerprint = cv_mix((uintptr_t)model, 1);
    set->check = (uintptr_t)model;
    return set;
}

CvDatabase *cv_set_database(const CvQuerySet *set)
{
    return set->database ? set->database : cv_database_or_raise(NULL);
}

static CvQuerySet *copy_set(const CvQuerySet *set)
{
    CvQuerySet *copy = cv_new(CvQuerySet);
    *copy = *set;
    copy->fetched = copy->walked = false;
    copy->rows = NULL;
    copy->row_count = 0;
    return copy;
}

/* The second half of a fingerprint, of the same structure by another formula. */
static uint64_t mix_check(uint64_t check, uint64_t with)
{
    check = (check ^ with) * UINT64_C(0xd6e8feb86659fd93);
    return check ^ (check >> 29);
}

CvQuerySet *cv_set_step(const CvQuerySet *set, CvStepKind kind, CvSite *site, size_t count, const char *const *keys,
                        const CvValue *values)
{
    if (CV_UNLIKELY(set->raw != NULL) && kind != CV_STEP_PREFETCH)
        cv_raise(CV_ERROR_ATTRIBUTE, "rows of raw() cannot be filtered, ordered or changed: say it in its SQL");
    CvQuerySet *next = copy_set(set);
    size_t size = values ? count * sizeof *values : 0;
    CvStep *step = cv_arena_alloc_raw(cv_arena(), cv_size_add(sizeof *step, size), 16);
    CvValue *own = (CvValue *)(void *)(step + 1);
    if (count > 10000)
        cv_raise(CV_ERROR_VALUE, "a query step takes at most 10000 arguments");
    if (site && !site->hint) /* the names of a site never change: hash them once */
        site->hint = (void *)(uintptr_t)(cv_names_shape(NULL, keys, count) | 1);
    uint64_t names = cv_names_shape(site, keys, keys ? count : 0);
    uint64_t shape = cv_mix(cv_mix(set->fingerprint, (uint64_t)kind), names);
    uint64_t check = mix_check(set->check, names + (uint64_t)kind);
    uint32_t slots = set->slots;
    for (size_t i = 0; values && i < count; i++) {
        own[i] = keys ? cv_value_for_key(keys[i], values[i]) : values[i];
        uint64_t of_value = cv_value_shape(own[i]);
        shape = cv_mix(shape, of_value);
        check = mix_check(check, of_value);
        slots += cv_value_slots(values[i]);
    }
    *step = (CvStep){.previous = set->last,
                     .kind = (uint8_t)kind,
                     .count = (uint32_t)count,
                     .first_slot = set->slots,
                     .site = site,
                     .keys = keys,
                     .values = values ? own : NULL};
    if (keys && !site) {
        const char **copy = cv_arena_new_array(cv_arena(), const char *, count + 1);
        for (size_t i = 0; i < count; i++)
            copy[i] = keys[i];
        step->keys = copy;
    }
    next->last = step;
    next->slots = slots;
    next->fingerprint = shape;
    next->check = check;
    return next;
}

CvQuerySet *cv_set_without(const CvQuerySet *set, CvStepKind kind, CvStepKind other)
{
    CV_VECTOR(const CvStep *) steps = {0};
    CvQuerySet *rebuilt = cv_set_create(set->model, set->database);
    for (const CvStep *step = set->last; step; step = step->previous)
        cv_vector_push(cv_arena(), &steps, step);
    for (size_t i = steps.count; i-- > 0;) {
        const CvStep *step = steps.items[i];
        if (step->kind == kind || step->kind == other)
            continue;
        rebuilt = cv_set_step(rebuilt, (CvStepKind)step->kind, (CvSite *)(uintptr_t)step->site, step->count, step->keys,
                              step->values);
        rebuilt->last->prefetch = step->prefetch;
    }
    CvQuerySet *copy = copy_set(set);
    copy->last = rebuilt->last;
    copy->fingerprint = rebuilt->fingerprint;
    copy->check = rebuilt->check;
    copy->slots = rebuilt->slots;
    return copy;
}

static size_t names_count(const char *const *names)
{
    size_t count = 0;
    while (names && names[count])
        count++;
    return count;
}

static CvQuerySet *names_step(CvQuerySet *set, CvStepKind kind, CvSite *site, const char *const *names)
{
    static const char *const none[] = {NULL};
    size_t count = names_count(names);
    /* A site's own list is static; another lives as long as its caller. */
    return cv_set_step(set, kind, site, count, site ? site->keys : count ? names : none, NULL);
}

CvQuerySet *cv_everything_of(const CvModel *model)
{
    return cv_set_create(model, NULL);
}

CvQuerySet *cv_objects_of(const CvModel *model)
{
    CvQuerySet *set = cv_set_create(model, NULL);
    return CV_UNLIKELY(model->options->default_manager != NULL) ? model->options->default_manager(set) : set;
}

const CvModel *cv_set_model(const CvQuerySet *set)
{
    return set->model;
}

const char *cv_combined_name(const CvQuerySet *set)
{
    return strcmp(set->combined, "union all") == 0 ? "union" : set->combined;
}

/* Of a union there is little to be asked. */
void cv_refuse_combined(const CvQuerySet *set, const char *method)
{
    if (set->combined)
        cv_raise(CV_ERROR_NOT_SUPPORTED, "Calling QuerySet.%s() after %s() is not supported.", method,
                 cv_combined_name(set));
}

static void refuse_sliced(const CvQuerySet *set, const char *what)
{
    if (set->sliced)
        cv_raise(CV_ERROR_TYPE, "%s", what);
}

CvQuerySet *cv_filter_at(CvQuerySet *set, CvSite *site, size_t count, const char *const *keys, const CvValue *values)
{
    cv_refuse_combined(set, "filter");
    if (count)
        refuse_sliced(set, "Cannot filter a query once a slice has been taken.");
    if (CV_UNLIKELY(cv_model_info(set->model)->key_parts) && cv_names_key(count, keys))
        return cv_where_at(set, cv_key_pairs(set->model, count, keys, values), false);
    return cv_set_step(set, CV_STEP_FILTER, site, count, keys, values);
}

CvQuerySet *cv_exclude_at(CvQuerySet *set, CvSite *site, size_t count, const char *const *keys, const CvValue *values)
{
    cv_refuse_combined(set, "exclude");
    if (count)
        refuse_sliced(set, "Cannot filter a query once a slice has been taken.");
    if (CV_UNLIKELY(cv_model_info(set->model)->key_parts) && cv_names_key(count, keys))
        return cv_where_at(set, cv_key_pairs(set->model, count, keys, values), true);
    return cv_set_step(set, CV_STEP_EXCLUDE, site, count, keys, values);
}

CvQuerySet *cv_where_at(CvQuerySet *set, CvExpr *condition, bool negated)
{
    cv_refuse_combined(set, negated ? "exclude" : "filter");
    if (!condition)
        return set;
    refuse_sliced(set, "Cannot filter a query once a slice has been taken.");
    if (CV_UNLIKELY(cv_model_info(set->model)->key_parts))
        condition = cv_key_expression(set->model, condition, 0);
    CvValue value = cv_value_object(condition);
    return cv_set_step(set, negated ? CV_STEP_WHERE_NOT : CV_STEP_WHERE, NULL, 1, NULL, &value);
}

CvQuerySet *cv_order_by_at(CvQuerySet *set, CvSite *site, const char *const *names)
{
    refuse_sliced(set, "Cannot reorder a query once a slice has been taken.");
    if (CV_UNLIKELY(cv_model_info(set->model)->key_parts)) {
        names = cv_key_names(set->model, names);
        site = NULL;
    }
    CvQuerySet *next = names_step(set, CV_STEP_ORDER, site, names);
    next->ordered = next->last->count > 0;
    return next;
}

CvQuerySet *cv_order_by_of(CvQuerySet *set, size_t count, const CvValue *by)
{
    CvArena *arena = cv_arena();
    const char **names = cv_arena_new_array(arena, const char *, count + 1);
    CvValue *values = cv_arena_new_array(arena, CvValue, count + 1);
    refuse_sliced(set, "Cannot reorder a query once a slice has been taken.");
    for (size_t i = 0; i < count; i++) {
        bool text = by[i].kind == CV_STRING;
        names[i] = text ? cv_arena_strndup(arena, by[i].text, by[i].length) : "";
        values[i] = text ? cv_value_null() : by[i];
    }
    CvQuerySet *next = cv_set_step(set, CV_STEP_ORDER, NULL, count, names, values);
    next->ordered = count > 0;
    return next;
}

CvQuerySet *cv_reverse_at(CvQuerySet *set)
{
    refuse_sliced(set, "Cannot reverse a query once a slice has been taken.");
    return cv_set_step(set, CV_STEP_REVERSE, NULL, 0, NULL, NULL);
}

CvQuerySet *cv_distinct_at(CvQuerySet *set)
{
    cv_refuse_combined(set, "distinct");
    refuse_sliced(set, "Cannot create distinct fields once a slice has been taken.");
    return cv_set_step(set, CV_STEP_DISTINCT, NULL, 0, NULL, NULL);
}

/* A slice of rows by hand is taken from all of them. */
static CvQuerySet *rows_between(CvQuerySet *set, size_t start, size_t end)
{
    cv_set_fetch(set);
    CvQuerySet *part = copy_set(set);
    part->fetched = true;
    end = end < set->row_count ? end : set->row_count;
    start = start < end ? start : end;
    part->rows = set->rows + start * set->row_size;
    part->row_count = end - start;
    return part;
}

CvQuerySet *cv_slice_at(CvQuerySet *set, int64_t start, int64_t end)
{
    if (start < 0 || end < 0)
        cv_raise(CV_ERROR_VALUE, "Negative indexing is not supported.");
    if (end < start)
        end = start;
    if (CV_UNLIKELY(set->raw != NULL))
        return rows_between(set, (size_t)start, (size_t)end);
    const CvValue bounds[] = {start ? cv_value_int(start) : cv_value_null(),
                              end == CV_END ? cv_value_null() : cv_value_int(end)};
    CvQuerySet *next = cv_set_step(set, CV_STEP_SLICE, NULL, 2, NULL, bounds);
    /* How big the numbers are does not change the SQL. */
    next->fingerprint = cv_mix(set->fingerprint, 1000u + bounds[0].kind * 64u + bounds[1].kind);
    next->check = mix_check(set->check, 1000u + bounds[0].kind * 64u + bounds[1].kind);
    next->sliced = true;
    if (end == start)
        next = cv_none_at(next);
    return next;
}

CvQuerySet *cv_none_at(CvQuerySet *set)
{
    CvQuerySet *next = cv_set_step(set, CV_STEP_NONE, NULL, 0, NULL, NULL);
    next->empty_step = true;
    return next;
}

CvQuerySet *cv_select_related_at(CvQuerySet *set, CvSite *site, const char *const *paths)
{
    cv_refuse_combined(set, "select_related");
    if (set->rows_kind != CV_ROWS_MODEL)
        cv_raise(CV_ERROR_TYPE, "Cannot call select_related() after .values() or .values_list()");
    return names_step(set, CV_STEP_SELECT_RELATED, site, paths);
}

CvQuerySet *cv_prefetch_related_at(CvQuerySet *set, CvSite *site, const char *const *paths)
{
    cv_refuse_combined(set, "prefetch_related");
    CvQuerySet *next = names_step(set, CV_STEP_PREFETCH, site, paths);
    next->prefetches = next->last->count > 0;
    return next;
}

CvQuerySet *cv_only_at(CvQuerySet *set, CvSite *site, const char *const *names)
{
    cv_refuse_combined(set, "only");
    if (set->rows_kind != CV_ROWS_MODEL)
        cv_raise(CV_ERROR_TYPE, "Cannot call only() after .values() or .values_list()");
    return names_step(set, CV_STEP_ONLY, site, names);
}

CvQuerySet *cv_without_at(CvQuerySet *set, CvSite *site, const char *const *names)
{
    cv_refuse_combined(set, "defer");
    if (set->rows_kind != CV_ROWS_MODEL)
        cv_raise(CV_ERROR_TYPE, "Cannot call defer() after .values() or .values_list()");
    return names_step(set, CV_STEP_WITHOUT, site, names);
}

CvQuerySet *cv_annotate_at(CvQuerySet *set, CvSite *site, size_t count, const char *const *keys, const CvValue *values)
{
    cv_refuse_combined(set, "annotate");
    return cv_set_step(set, CV_STEP_ANNOTATE, site, count, keys, values);
}

CvQuerySet *cv_alias_at(CvQuerySet *set, CvSite *site, size_t count, const char *const *keys, const CvValue *values)
{
    cv_refuse_combined(set, "alias");
    return cv_set_step(set, CV_STEP_ALIAS, site, count, keys, values);
}

CvQuerySet *cv_using_at(CvQuerySet *set, const char *database_alias)
{
    CvQuerySet *next = copy_set(set);
    next->database = cv_database_or_raise(database_alias);
    return next;
}

CvQuerySet *cv_fetch_mode_at(CvQuerySet *set, CvFetchMode mode)
{
    CvQuerySet *next = copy_set(set);
    next->fetch_mode = (uint8_t)mode;
    return next;
}

CvQuerySet *cv_values_at(CvQuerySet *set, CvSite *site, const char *const *names)
{
    CvQuerySet *next = names_step(set, CV_STEP_VALUES, site, names);
    next->rows_kind = CV_ROWS_RECORDS;
    return next;
}

CvQuerySet *cv_values_list_at(CvQuerySet *set, CvSite *site, const char *const *names, bool flat)
{
    CvQuerySet *next = names_step(set, CV_STEP_VALUES_LIST, site, names);
    if (flat && next->last->count > 1)
        cv_raise(CV_ERROR_TYPE, "'flat' is not valid when values_list is called with more than one field.");
    next->rows_kind = flat ? CV_ROWS_FLAT : CV_ROWS_LISTS;
    next->fingerprint = cv_mix(next->fingerprint, flat);
    next->check = mix_check(next->check, flat);
    return next;
}

CvQuerySet *cv_flat_at(CvQuerySet *set, CvSite *site, const char *const *names)
{
    return cv_values_list_at(set, site, names, true);
}

/* ---- as an object: templates iterate, index, test and measure sets ---- */

static bool set_length(const void *object, size_t *out)
{
    *out = cv_length_of((CvQuerySet *)(uintptr_t)object);
    return true;
}

static bool set_truth(const void *object)
{
    return cv_length_of((CvQuerySet *)(uintptr_t)object) > 0;
}

static bool set_item(const void *object, int64_t index, CvArena *arena, CvValue *out)
{
    CvQuerySet *set = (CvQuerySet *)(uintptr_t)object;
    (void)arena;
    if (index < 0 || (uint64_t)index >= cv_length_of(set))
        return false;
    *out = cv_item_of(set, (size_t)index);
    return true;
}

static void read_count(const CvAccessor *accessor, const void *object, CvArena *arena, CvValue *out)
{
    (void)accessor;
    (void)arena;
    *out = cv_value_int(cv_count_of_set((CvQuerySet *)(uintptr_t)object));
}

static void read_exists(const CvAccessor *accessor, const void *object, CvArena *arena, CvValue *out)
{
    (void)accessor;
    (void)arena;
    *out = cv_value_bool(cv_exists_of_set((CvQuerySet *)(uintptr_t)object));
}

static void read_all(const CvAccessor *accessor, const void *object, CvArena *arena, CvValue *out)
{
    (void)accessor;
    (void)arena;
    *out = cv_value_object(object);
}

static void read_first(const CvAccessor *accessor, const void *object, CvArena *arena, CvValue *out)
{
    (void)accessor;
    (void)arena;
    *out = cv_value_object(cv_first_of((CvQuerySet *)(uintptr_t)object));
}

static void read_last(const CvAccessor *accessor, const void *object, CvArena *arena, CvValue *out)
{
    (void)accessor;
    (void)arena;
    *out = cv_value_object(cv_last_of((CvQuerySet *)(uintptr_t)object));
}

static bool set_resolve(const CvType *type, CvSlice name, CvAccessor *out)
{
    static const struct {
        const char *name;
        void (*read)(const CvAccessor *, const void *, CvArena *, CvValue *);
    } methods[] = {
        {"count", read_count}, {"exists", read_exists}, {"all", read_all}, {"first", read_first}, {"last", read_last}};
    (void)type;
    for (size_t i = 0; i < CV_COUNT_OF(methods); i++)
        if (cv_slice_is(name, methods[i].name)) {
            *out = (CvAccessor){.read = methods[i].read};
            return true;
        }
    return false;
}

/* {{ author.books.cheap }}: a manager of the model narrows any of its sets. */
static bool set_get(const void *object, CvSlice name, CvArena *arena, CvValue *out)
{
    CvQuerySet *set = (CvQuerySet *)(uintptr_t)object;
    const CvManager *manager = cv_model_manager(set->model, name);
    (void)arena;
    if (manager)
        *out = cv_value_object(manager->narrow(set));
    return manager != NULL;
}

static CvSlice set_str(const void *object, CvArena *arena)
{
    CvQuerySet *set = (CvQuerySet *)(uintptr_t)object;
    CvBuffer out = cv_buffer(arena);
    size_t count = cv_length_of(set);
    cv_buffer_append_string(&out, "<QuerySet [");
    for (size_t i = 0; i < count && i < 20; i++) {
        if (i)
            cv_buffer_append_string(&out, ", ");
        cv_value_append_repr(&out, cv_item_of(set, i));
    }
    cv_buffer_append_string(&out, count > 20 ? ", '...(remaining elements truncated)...']>" : "]>");
    return cv_buffer_slice(&out);
}

const CvType cv_query_set_type = {.magic = CV_TYPE_MAGIC,
                                  .name = "QuerySet",
                                  .resolve = set_resolve,
                                  .get = set_get,
                                  .item = set_item,
                                  .length = set_length,
                                  .iterate = cv_set_iterate,
                                  .str = set_str,
                                  .repr = set_str,
                                  .truth = set_truth,
                                  .do_not_call = true};
