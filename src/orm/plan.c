/* plan.c: the cache of compiled queries, by fingerprint; and values on their way from a set's slots to the places of
 * its plan. */
#include "orm/generic_private.h"
#include "orm/set_private.h"

#include <math.h>

#define BUCKETS 1024
#define MOST_KEPT 1024
#define MOST_BYTES (32 << 20) /* lists of many lengths make large plans */

static struct {
    CvPlan *buckets[BUCKETS];
    CvPlan *newest, *oldest;
    size_t kept, most, bytes;
    bool verified;
    CvPlanStatistics statistics;
} cache = {.most = MOST_KEPT};

static void unlink_plan(CvPlan *plan)
{
    *(plan->newer ? &plan->newer->older : &cache.newest) = plan->older;
    *(plan->older ? &plan->older->newer : &cache.oldest) = plan->newer;
    plan->newer = plan->older = NULL;
}

static void link_newest(CvPlan *plan)
{
    plan->older = cache.newest;
    plan->newer = NULL;
    *(cache.newest ? &cache.newest->newer : &cache.oldest) = plan;
    cache.newest = plan;
}

static void evict(CvPlan *plan)
{
    CvPlan **at = &cache.buckets[plan->fingerprint % BUCKETS];
    while (*at != plan)
        at = &(*at)->next_in_bucket;
    *at = plan->next_in_bucket;
    unlink_plan(plan);
    cache.kept--;
    cache.bytes -= plan->bytes;
    cache.statistics.evicted++;
    plan->evicted = true;
    if (!plan->uses)
        cv_arena_destroy(plan->arena);
}

void cv_plan_cache_forget(void)
{
    while (cache.newest)
        evict(cache.newest);
}

void cv_plan_cache_limit(size_t most)
{
    cache.most = most ? most : MOST_KEPT;
    while (cache.kept > cache.most)
        evict(cache.oldest);
}

CvPlanStatistics cv_plan_statistics(void)
{
    CvPlanStatistics statistics = cache.statistics;
    statistics.kept = cache.kept;
    statistics.bytes = cache.bytes;
    return statistics;
}

/* A plan in use by a context: given back by cv_plan_release(), or by the context's arena when a raise passes by. */
typedef struct CvPlanUse {
    CvPlan *plan;
    CvArena *arena;
    CvDefer *defer;
    struct CvPlanUse *next;
} CvPlanUse;

static void end_use(void *argument)
{
    CvPlanUse *use = argument;
    CvPlan *plan = use->plan;
    CvPlanUse **at = &plan->uses;
    while (*at != use)
        at = &(*at)->next;
    *at = use->next;
    if (!plan->uses && plan->evicted)
        cv_arena_destroy(plan->arena);
}

static CvPlan *begin_use(CvPlan *plan)
{
    CvArena *arena = cv_arena();
    CvPlanUse *use = cv_arena_alloc_raw(arena, sizeof *use, 16);
    *use = (CvPlanUse){plan, arena, NULL, plan->uses};
    use->defer = cv_arena_defer(arena, end_use, use);
    plan->uses = use;
    return plan;
}

void cv_plan_release(CvPlan *plan)
{
    CvPlanUse *use = plan->uses;
    CvArena *arena = cv_arena();
    while (use->arena != arena)
        use = use->next;
    cv_arena_undefer(arena, use->defer);
    end_use(use);
}

void cv_plan_cache_verify(bool on)
{
    cache.verified = on;
}

static bool same_binds(const CvPlan *a, const CvPlan *b)
{
    for (size_t i = 0; i < a->bind_count; i++) {
        const CvBind *x = a->binds[i], *y = b->binds[i];
        if (x->how != y->how || x->slot != y->slot || x->item_of_list != y->item_of_list || x->item != y->item ||
            x->zone != y->zone || x->slice_count != y->slice_count || x->model != y->model || !x->column != !y->column)
            return false;
        if (x->column && (x->column->storage != y->column->storage || x->column->field != y->column->field))
            return false;
    }
    return true;
}

static bool same_readers(const CvReader *a, const CvReader *b, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (a[i].kind != b[i].kind || a[i].as_value != b[i].as_value || a[i].scale != b[i].scale ||
            a[i].offset != b[i].offset || (a[i].kind == CV_READ_HOOK ? a[i].hook != b[i].hook : a[i].zone != b[i].zone))
            return false;
    return true;
}

static bool same_plan(const CvPlan *a, const CvPlan *b)
{
    bool same = a->nothing == b->nothing && a->bind_count == b->bind_count && a->text.length == b->text.length &&
                a->reader_count == b->reader_count && a->value_count == b->value_count && a->first == b->first &&
                a->value_first == b->value_first && a->related_count == b->related_count;
    if (!same || a->nothing)
        return same;
    for (size_t i = 0; same && i < a->related_count; i++)
        same = a->related[i].model == b->related[i].model && a->related[i].first == b->related[i].first &&
               a->related[i].reader_count == b->related[i].reader_count;
    return same && memcmp(a->text.sql, b->text.sql, a->text.length) == 0 && same_binds(a, b) &&
           same_readers(a->readers, b->readers, a->reader_count) &&
           same_readers(a->value_readers, b->value_readers, a->value_count);
}

/* Two structures with one fingerprint would run one statement for the other, or read one's rows as the other's: nothing
 * may run then. */
static CV_COLD void verify_plan(const CvPlan *plan, const CvQuerySet *set, CvPurpose purpose, CvDatabase *database)
{
    CvPlan *fresh = cv_plan_compile(set, purpose, database);
    bool same = same_plan(plan, fresh);
    const char *sql = same || !fresh->text.sql ? "" : cv_arena_strdup(cv_arena(), fresh->text.sql);
    cv_arena_destroy(fresh->arena);
    if (!same)
        cv_raise(CV_ERROR_PROGRAMMING, "a kept plan does not fit its query: kept \"%s\", now \"%s\"",
                 plan->text.sql ? plan->text.sql : "", sql);
}

CvPlan *cv_plan_of(const CvQuerySet *set, CvPurpose purpose, CvDatabase *database)
{
    if (CV_UNLIKELY(set->raw != NULL))
        cv_raise(CV_ERROR_ATTRIBUTE, "of rows of raw() nothing but the rows can be asked: say it in its SQL");
    if (CV_UNLIKELY(set->of_unsaved))
        cv_raise(CV_ERROR_VALUE,
                 "'%s' instance needs to have a primary key value before this relationship can be used.",
                 cv_row_model(set->owner)->name);
    uint64_t context = (uint64_t)purpose ^ ((uint64_t)(uintptr_t)database << 4) ^ (uintptr_t)cv_query_zone();
    uint64_t fingerprint = cv_mix(set->fingerprint, context);
    CvPlan **bucket = &cache.buckets[fingerprint % BUCKETS];
    for (CvPlan *plan = *bucket; plan; plan = plan->next_in_bucket)
        if (plan->fingerprint == fingerprint && plan->check == set->check && plan->purpose == (uint8_t)purpose &&
            plan->database == database && plan->zone == cv_query_zone() && plan->slots == set->slots) {
            if (CV_UNLIKELY(cache.verified))
                verify_plan(plan, set, purpose, database);
            if (plan != cache.newest) {
                unlink_plan(plan);
                link_newest(plan);
            }
            cache.statistics.reused++;
            return begin_use(plan);
        }
    CvPlan *plan = cv_plan_compile(set, purpose, database);
    plan->fingerprint = fingerprint;
    plan->check = set->check;
    plan->purpose = (uint8_t)purpose;
    plan->database = database;
    plan->zone = cv_query_zone();
    plan->slots = set->slots;
    plan->next_in_bucket = *bucket;
    *bucket = plan;
    link_newest(plan);
    begin_use(plan);
    cache.kept++;
    cache.bytes += plan->bytes = plan->arena->used;
    cache.statistics.compiled++;
    while (cache.kept > cache.most || cache.bytes > MOST_BYTES)
        evict(cache.oldest);
    return plan;
}

/* ---- binding ---- */

static CvValue escaped(CvArena *arena, CvValue value, bool before, bool after)
{
    CvSlice text = value.kind == CV_STRING ? cv_value_as_slice(value) : cv_value_str(arena, value);
    CvBuffer out = cv_buffer(arena);
    char *at = cv_buffer_reserve(&out, cv_size_add(cv_size_multiply(text.length, 2), 2)), *start = at;
    if (before)
        *at++ = '%';
    for (size_t i = 0; i < text.length; i++) {
        if (text.data[i] == '%' || text.data[i] == '_' || text.data[i] == '\\')
            *at++ = '\\';
        *at++ = text.data[i];
    }
    if (after)
        *at++ = '%';
    return cv_value_slice(cv_slice_of(start, (size_t)(at - start)));
}

/* The first or last moment of a year, in the zone if the column holds date-times. */
static CvValue year_bound(CvArena *arena, const CvBind *bind, CvValue year, bool last)
{
    int64_t number = year.kind == CV_INT                              ? year.integer
                     : year.kind == CV_FLOAT && fabs(year.real) < 1e9 ? (int64_t)year.real
                                                                      : 0;
    if (number < 1 || number > 9999) {
        CvSlice shown = cv_value_str(arena, year);
        cv_raise(CV_ERROR_VALUE, "year %.*s is out of range", CV_SLICE_ARG(shown));
    }
    CvDate date = last ? cv_date((int)number, 12, 31) : cv_date((int)number, 1, 1);
    if (!bind->zone)
        return cv_value_store(arena, cv_value_date(date));
    CvTime time = last ? cv_time(23, 59, 59, 999999) : cv_time(0, 0, 0, 0);
    return cv_value_store(arena, cv_value_datetime(cv_datetime_in(date, time, bind->zone, false)));
}

static CvValue transform_number(CvArena *arena, CvValue value)
{
    int64_t number;
    if (value.kind == CV_STRING && cv_slice_to_int64(cv_slice_trim(cv_value_as_slice(value)), &number))
        return cv_value_int(number);
    if (value.kind == CV_STRING) {
        CvSlice shown = cv_value_repr(arena, value);
        cv_raise(CV_ERROR_VALUE, "Field 'None' expected a number but got %.*s.", CV_SLICE_ARG(shown));
    }
    return value;
}

CvValue cv_bind_value(CvArena *arena, const CvBind *bind, const CvValue *slots)
{
    if (bind->how == CV_BIND_CONTENT_TYPE)
        return cv_column_store(arena, bind->column, cv_content_type_key(bind->column->to, bind->model, bind->database));
    CvValue value = bind->how == CV_BIND_CONSTANT ? bind->constant : slots[bind->slot];
    if (bind->item_of_list) { /* lists are padded with their last item */
        const CvList *list = value.list;
        value = list->items[bind->item < list->count ? bind->item : list->count - 1];
    }
    switch ((CvBindHow)bind->how) {
    case CV_BIND_CEILING:
        if (value.kind == CV_FLOAT)
            value = cv_value_float(ceil(value.real));
        return cv_column_store(arena, bind->column, cv_column_convert(arena, bind->column, value));
    case CV_BIND_COLUMN:
        if (CV_LIKELY(value.kind == CV_INT && bind->column->storage == CV_STORE_INTEGER))
            return value;
        return cv_column_store(arena, bind->column, cv_column_convert(arena, bind->column, value));
    case CV_BIND_VALUE:
    case CV_BIND_CONSTANT:
        return cv_value_store(arena, value);
    case CV_BIND_TEXT:
        return value.kind == CV_STRING ? value : cv_value_slice(cv_value_str(arena, value));
    case CV_BIND_CONTAINS:
        return escaped(arena, value, true, true);
    case CV_BIND_STARTS:
        return escaped(arena, value, false, true);
    case CV_BIND_ENDS:
        return escaped(arena, value, true, false);
    case CV_BIND_LIKE:
        return escaped(arena, value, false, false);
    case CV_BIND_INTEGER:
        return transform_number(arena, value);
    case CV_BIND_YEAR_FIRST:
        return year_bound(arena, bind, transform_number(arena, value), false);
    case CV_BIND_YEAR_LAST:
        return year_bound(arena, bind, transform_number(arena, value), true);
    case CV_BIND_JSON_KEY:
        return cv_json_path_of(arena, bind->constant, value);
    case CV_BIND_START:
    case CV_BIND_SPAN:
    case CV_BIND_CONTENT_TYPE:
        break;
    }
    return value;
}

/* The bounds of slices of slices add up. */
static CvValue slice_bound(const CvBind *bind, const CvValue *slots)
{
    int64_t low = 0, high = CV_END;
    for (size_t i = 0; i < bind->slice_count; i++) {
        const CvValue *bounds = slots + bind->slices[i];
        int64_t start = bounds[0].kind == CV_NULL ? 0 : bounds[0].integer;
        if (bounds[1].kind != CV_NULL && bounds[1].integer < high - low)
            high = low + bounds[1].integer;
        low = start > high - low ? high : low + start;
    }
    return cv_value_int(bind->how == CV_BIND_START ? low : high == CV_END ? -1 : high - low);
}

CvValue *cv_plan_bind(CvArena *arena, const CvPlan *plan, const CvQuerySet *set)
{
    CvValue few[16] CV_UNINITIALIZED, *slots = few;
    CvValue *out = cv_arena_alloc_raw(arena, (plan->bind_count + 1) * sizeof *out, 16);
    if (set->slots > CV_COUNT_OF(few))
        slots = cv_arena_new_array(arena, CvValue, set->slots);
    cv_set_gather(set, slots);
    for (size_t i = 0; i < plan->bind_count; i++) {
        const CvBind *bind = plan->binds[i];
        if (bind->how == CV_BIND_START || bind->how == CV_BIND_SPAN)
            out[i] = slice_bound(bind, slots);
        else
            out[i] = cv_bind_value(arena, bind, slots);
    }
    return out;
}

void cv_plan_fetch(CvFetch *fetch, const CvPlan *plan, const CvQuerySet *set, CvDatabase *database, CvArena *arena)
{
    cv_fetch_begin(fetch, database, &plan->text, plan->bind_count, cv_plan_bind(arena, plan, set), arena);
}
