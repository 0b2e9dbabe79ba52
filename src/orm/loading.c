/* loading.c: rows as a query gives them: into places of the caller's, related rows beside them. */
#include "orm/loading.h"

CvPeers *cv_peers_create(CvArena *arena, uint8_t mode)
{
    CvPeers *peers = cv_arena_new(arena, CvPeers);
    peers->mode = mode;
    return peers;
}

CvPeers *cv_peers_of(const void *row)
{
    const CvRowExtra *extra = ((const CvRow *)row)->extra;
    return extra ? extra->peers : NULL;
}

/* ---- one row ---- */

static CvRowExtra *extra_of(const CvLoading *loading, CvRow *row)
{
    if (!row->extra)
        row->extra = cv_arena_new(loading->arena, CvRowExtra);
    return row->extra;
}

static void start_row(const CvLoading *loading, CvRow *row, const CvModel *model, const uint64_t *deferred,
                      CvPeers *peers)
{
    row->type = &model->type;
    row->database = loading->database;
    if (CV_UNLIKELY(deferred != NULL))
        extra_of(loading, row)->deferred = deferred;
    if (CV_UNLIKELY(peers != NULL)) {
        extra_of(loading, row)->peers = peers;
        cv_vector_push(loading->arena, &peers->rows, row);
    }
}

/* The rows of select_related(), each hung into its parent's reference. */
static void read_related(CvLoading *loading, CvRow *row)
{
    const CvPlan *plan = loading->plan;
    CvRow *made[64];
    for (size_t i = 0; i < plan->related_count; i++) {
        const CvPlanRelated *related = &plan->related[i];
        CvRow *parent = related->parent < 0 ? row : made[related->parent];
        const CvReader any = {.kind = CV_READ_ANY, .as_value = true};
        CvValue key;
        made[i] = NULL;
        if (!parent)
            continue;
        cv_fetch_read(&loading->fetch, related->key, &any, 1, &key);
        if (key.kind != CV_NULL) {
            made[i] = cv_arena_alloc(loading->arena, related->model->size);
            start_row(loading, made[i], related->model, loading->related_deferred ? loading->related_deferred[i] : NULL,
                      loading->related_peers ? &loading->related_peers[i] : NULL);
            cv_fetch_read(&loading->fetch, related->first, related->readers, related->reader_count, made[i]);
        }
        if (related->column)
            cv_related_refer(parent, related->column, made[i]);
        else
            cv_related_keep(parent, related->back, NULL, made[i], false);
    }
}

static CvValue *read_values(CvLoading *loading, void *into)
{
    const CvPlan *plan = loading->plan;
    CvValue *values = into ? into : cv_arena_new_array(loading->arena, CvValue, plan->value_count);
    cv_fetch_read(&loading->fetch, plan->value_first, plan->value_readers, plan->value_count, values);
    return values;
}

static void read_model(CvLoading *loading, CvRow *row)
{
    const CvPlan *plan = loading->plan;
    memset(row, 0, loading->row_size);
    start_row(loading, row, loading->set->model, plan->deferred, loading->peers);
    cv_fetch_read(&loading->fetch, 0, plan->readers, plan->reader_count, row);
    if (plan->value_count) {
        CvRowExtra *extra = extra_of(loading, row);
        extra->names = loading->names;
        extra->values = read_values(loading, NULL);
        extra->count = loading->annotations;
    }
    if (plan->related_count)
        read_related(loading, row);
}

bool cv_loading_next(CvLoading *loading)
{
    if (CV_UNLIKELY(loading->ahead)) {
        loading->ahead = false;
        return loading->at_row;
    }
    return loading->open && cv_fetch_step(&loading->fetch);
}

void cv_loading_read(CvLoading *loading, void *place)
{
    if (CV_LIKELY(loading->set->rows_kind == CV_ROWS_MODEL)) {
        read_model(loading, place);
        return;
    }
    if (loading->set->rows_kind == CV_ROWS_RECORDS) {
        CvRecord *record = place;
        record->type = &cv_record_type;
        record->shape = loading->shape;
        read_values(loading, record->values);
        return;
    }
    CvValue *values = read_values(loading, NULL);
    *(CvValue *)place = loading->set->rows_kind == CV_ROWS_FLAT
                            ? values[0]
                            : cv_value_list(cv_list_of(loading->arena, loading->plan->value_count, values));
}

/* ---- beginning and end ---- */

/* Django keeps the deferred bits with the rows; ours must outlive the plan. */
static const uint64_t *kept_bits(CvArena *arena, const uint64_t *bits, const CvModel *model)
{
    return bits ? cv_arena_memdup(arena, bits, (cv_model_info(model)->column_count / 64 + 1) * sizeof *bits) : NULL;
}

static const uint64_t *const *kept_related_bits(CvArena *arena, const CvPlan *plan)
{
    const uint64_t **bits = NULL;
    for (size_t i = 0; i < plan->related_count; i++)
        if (plan->related[i].deferred) {
            if (!bits)
                bits = cv_arena_new_array(arena, const uint64_t *, plan->related_count);
            bits[i] = kept_bits(arena, plan->related[i].deferred, plan->related[i].model);
        }
    return bits;
}

static const char *const *kept_names(CvArena *arena, const CvPlan *plan)
{
    const char **names = cv_arena_new_array(arena, const char *, plan->value_count + 1);
    for (size_t i = 0; i < plan->value_count; i++)
        names[i] = cv_arena_strdup(arena, plan->names[i]);
    return names;
}

void cv_loading_chunk(CvLoading *loading, CvArena *arena)
{
    loading->arena = loading->fetch.arena = arena;
    if (CV_LIKELY(loading->set->fetch_mode == CV_FETCH_ONE) || loading->set->rows_kind != CV_ROWS_MODEL)
        return;
    loading->peers = cv_peers_create(arena, loading->set->fetch_mode);
    loading->related_peers = cv_arena_new_array(arena, CvPeers, loading->plan->related_count + 1);
    for (size_t i = 0; i < loading->plan->related_count; i++)
        loading->related_peers[i].mode = loading->set->fetch_mode;
}

void cv_loading_begin(CvLoading *loading, CvQuerySet *set)
{
    CvArena *arena = cv_arena();
    *loading = (CvLoading){
        .set = set, .database = cv_set_database(set), .arena = arena, .home = arena, .row_size = set->model->size};
    if (set->raw) {
        cv_raw_begin(loading);
        cv_loading_chunk(loading, arena);
        return;
    }
    CvPlan *plan = loading->kept = cv_plan_of(set, CV_FOR_ROWS, loading->database);
    if (set->rows_kind != CV_ROWS_MODEL)
        loading->row_size = set->rows_kind == CV_ROWS_RECORDS ? sizeof(CvRecord) + plan->value_count * sizeof(CvValue)
                                                              : sizeof(CvValue);
    loading->plan = plan;
    if (CV_UNLIKELY(plan->nothing))
        return;
    if (CV_UNLIKELY(plan->deferred != NULL)) {
        loading->plan = cv_arena_memdup(arena, plan, sizeof *plan);
        loading->plan->deferred = kept_bits(arena, plan->deferred, set->model);
    }
    if (plan->related_count)
        loading->related_deferred = kept_related_bits(arena, plan);
    if (plan->value_count)
        loading->names = kept_names(arena, plan);
    loading->annotations = plan->value_count;
    if (set->rows_kind == CV_ROWS_RECORDS) {
        CvRecordShape *shape = cv_arena_new(arena, CvRecordShape);
        *shape = (CvRecordShape){plan->value_count, loading->names};
        loading->shape = shape;
    }
    cv_plan_fetch(&loading->fetch, plan, set, loading->database, arena);
    loading->open = true;
    cv_loading_chunk(loading, arena);
}

void cv_loading_end(CvLoading *loading)
{
    if (loading->open)
        cv_fetch_end(&loading->fetch);
    loading->open = false;
    if (loading->kept) {
        CvArena *outer = cv_arena_enter(loading->home);
        cv_plan_release(loading->kept);
        cv_arena_leave(outer);
    }
    loading->kept = NULL;
}
