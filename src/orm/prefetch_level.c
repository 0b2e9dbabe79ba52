/* prefetch_level.c: one relation for many owners: one query (one for each model behind a generic foreign key), rows
 * handed out by a map from keys to places. */
#include "orm/fetch_mode.h"
#include "orm/prefetch_private.h"

#include "base/vector.h"

/* ---- finding which row goes with which ---- */

/* What the queries of a level gave: one query where there are not too many keys. */
typedef struct Found {
    CV_VECTOR(CvRow *) rows;
    size_t row_size;
} Found;

/* Rows by key: chains of places. */
typedef struct Index {
    CvMap *first; /* key: Chain */
    size_t *next; /* of each place, the next of the same key; SIZE_MAX: the last */
} Index;
typedef struct Chain {
    size_t first, last, count;
} Chain;

static Index new_index(size_t places)
{
    return (Index){cv_map_create(cv_arena()), cv_arena_new_array(cv_arena(), size_t, places + 1)};
}

static void add_place(Index *index, CvSlice key, size_t place)
{
    Chain *chain = cv_map_get(index->first, key);
    index->next[place] = SIZE_MAX;
    if (chain) {
        index->next[chain->last] = place;
        chain->last = place;
        chain->count++;
        return;
    }
    chain = cv_new(Chain);
    *chain = (Chain){place, place, 1};
    cv_map_set(index->first, key, chain);
}

/* The rows that go with a key, in a block of their own; `bounds`: a slice that counts within each such set. */
static void take_rows(CvQuerySet *set, const Found *all, const Index *index, CvSlice key, const size_t *bounds)
{
    const Chain *chain = cv_map_get(index->first, key);
    size_t most = chain ? chain->count : 0, at = 0;
    set->rows = cv_arena_alloc_raw(cv_arena(), cv_size_multiply(most + 1, all->row_size), 16);
    set->row_size = all->row_size;
    set->row_count = 0;
    set->fetched = true;
    for (size_t place = chain ? chain->first : SIZE_MAX; place != SIZE_MAX; place = index->next[place], at++)
        if (at >= bounds[0] && at < bounds[1])
            memcpy(set->rows + all->row_size * set->row_count++, all->rows.items[place], all->row_size);
}

/* ---- one level ---- */

/* The set without its slices, and what they add up to. */
static CvQuerySet *without_slices(const CvQuerySet *set, size_t *bounds)
{
    CvQuerySet *whole = cv_set_without(set, CV_STEP_SLICE, CV_STEP_SLICE);
    CV_VECTOR(const CvStep *) slices = {0};
    for (const CvStep *step = set->last; step; step = step->previous)
        if (step->kind == CV_STEP_SLICE)
            cv_vector_push(cv_arena(), &slices, step);
    while (slices.count--) {
        const CvValue *ends = slices.items[slices.count]->values;
        size_t low = ends[0].kind == CV_NULL ? 0 : (size_t)ends[0].integer, room = bounds[1] - bounds[0];
        if (ends[1].kind != CV_NULL && (size_t)ends[1].integer < room)
            bounds[1] = bounds[0] + (size_t)ends[1].integer;
        bounds[0] = low < bounds[1] - bounds[0] ? bounds[0] + low : bounds[1];
    }
    whole->sliced = false;
    return whole;
}

/* The set that rows come from: what the caller gave, or the relation's own. */
static CvQuerySet *source_of(CvPrefetchLevel *level, const CvModel *model, CvQuerySet *own)
{
    level->bounds[1] = SIZE_MAX;
    own->database = cv_row_home(level->owners[0]);
    level->source = own;
    if (level->member->kind == CV_MEMBER_COLUMN || level->member->one)
        own->fetch_mode = cv_fetch_mode_of(level->owners[0]);
    if (!level->how || !level->how->count)
        return own;
    CvQuerySet *given = level->how->sets[0];
    if (level->how->count > 1)
        cv_raise(CV_ERROR_VALUE, "querysets argument of get_prefetch_querysets() should have a length of 1.");
    if (cv_model_info(given->model)->concrete != cv_model_info(model)->concrete)
        cv_raise(CV_ERROR_VALUE, "Prefetch(\"%s\") takes rows of %s, not of %s.", level->how->path, model->name,
                 given->model->name);
    if (given->sliced && level->member->kind == CV_MEMBER_GENERIC)
        cv_raise(CV_ERROR_TYPE, "Cannot filter a query once a slice has been taken.");
    CvQuerySet *rows = without_slices(given, level->bounds);
    level->sliced = given->sliced;
    if (!rows->database)
        rows->database = own->database;
    level->source = rows;
    return rows;
}

static CvList *keys_of(const CvPrefetchLevel *level, const CvColumn *near)
{
    CvList *keys = cv_list_create(cv_arena());
    CvMap *seen = cv_map_create(cv_arena());
    for (size_t i = 0; i < level->count; i++) {
        CvValue key = cv_row_get(level->owners[i], near);
        CvSlice text = key.kind == CV_NULL ? CV_SLICE("") : cv_related_key(key);
        if (key.kind == CV_NULL || cv_map_get(seen, text))
            continue;
        cv_map_set(seen, text, seen);
        cv_list_add(cv_arena(), keys, key);
    }
    return keys;
}

static const char *attribute_of(const CvPrefetchLevel *level)
{
    return level->how ? level->how->attribute : NULL;
}

/* The rows of `from` that have one of the keys; each query asks for as many keys as the database takes. */
static Found fetch_parts(CvPrefetchLevel *level, CvQuerySet *from, CvList *keys,
                         CvQuerySet *(*narrow)(CvPrefetchLevel *level, CvQuerySet *from, CvValue keys))
{
    Found found = {0};
    size_t most = cv_most_keys(cv_set_database(from), 1), at = 0, bounds[] = {level->bounds[0], level->bounds[1]};
    do {
        memcpy(level->bounds, bounds, sizeof bounds); /* the set takes care of them, or the rows' distribution */
        CvQuerySet *set = narrow(level, from, cv_value_list(cv_list_part(keys, at, most)));
        cv_set_fetch(set);
        found.row_size = set->row_size;
        for (size_t i = 0; i < set->row_count; i++)
            cv_vector_push(cv_arena(), &found.rows, cv_prefetch_row(set, i));
        at += most;
    } while (at < keys->count);
    return found;
}

static CvQuerySet *narrow_references(CvPrefetchLevel *level, CvQuerySet *from, CvValue keys)
{
    const char *in = cv_arena_printf(cv_arena(), "%s__in", level->member->column->to_column->name);
    return cv_filter_at(from, NULL, 1, &in, &keys);
}

/* What foreign keys point to. */
static void fetch_references(CvPrefetchLevel *level)
{
    const CvColumn *near = level->member->column, *far = near->to_column;
    CvQuerySet *from = source_of(level, near->to, cv_everything_of(near->to));
    Found found = fetch_parts(level, from, keys_of(level, near), narrow_references);
    Index index = new_index(found.rows.count);
    for (size_t i = 0; i < found.rows.count; i++)
        add_place(&index, cv_related_key(cv_row_get(found.rows.items[i], far)), i);
    for (size_t i = 0; i < level->count; i++) {
        CvValue key = cv_row_get(level->owners[i], near);
        const Chain *chain = key.kind == CV_NULL ? NULL : cv_map_get(index.first, cv_related_key(key));
        CvRow *target = chain ? found.rows.items[chain->first] : NULL;
        if (attribute_of(level))
            cv_related_keep(level->owners[i], level->member, attribute_of(level), target, false);
        else
            cv_related_refer(level->owners[i], near, target);
    }
}

/* Gives each owner what has its key in `index`. */
static void hand_out(CvPrefetchLevel *level, const Found *found, const Index *index,
                     CvSlice (*key_of)(const CvPrefetchLevel *, CvRow *))
{
    const CvMember *member = level->member;
    for (size_t i = 0; i < level->count; i++) {
        CvRow *owner = level->owners[i];
        CvQuerySet *set = cv_related_narrow(level->source, owner, member); /* what it stands for, if it is asked more */
        take_rows(set, found, index, key_of(level, owner), level->bounds);
        set->sliced = level->sliced;
        set->owner = owner;
        set->member = member;
        for (size_t j = 0; member->kind == CV_MEMBER_REVERSE && j < set->row_count; j++)
            cv_related_refer(cv_prefetch_row(set, j), member->column, owner);
        void *one = set->row_count ? set->rows : NULL;
        cv_related_keep(owner, member, attribute_of(level), member->one ? one : (void *)set, !member->one);
    }
}

static CvSlice near_key(const CvPrefetchLevel *level, CvRow *owner)
{
    return cv_related_key(cv_row_get(owner, level->member->hops[0].near));
}

/* ---- slices: the first rows of each owner ---- */

static const char *const *default_order(const CvModel *model)
{
    for (; model; model = model->parent)
        if (cv_own_ordering(model))
            return cv_own_ordering(model);
    return NULL;
}

/* One name of an ordering; NULL: the order of a relation's model, or chance. */
static CvExpr *order_by_name(const CvModel *model, const char *name, bool reversed)
{
    bool descending = *name == '-';
    name += descending;
    const CvColumn *column = cv_model_column(model, cv_slice(name));
    if (!column || column->to)
        return NULL;
    return descending != reversed ? cv_descending(cv_f(name), CV_NULLS_AS_THEY_ARE)
                                  : cv_ascending(cv_f(name), CV_NULLS_AS_THEY_ARE);
}

/* ORDER(...) of a window in which rows stand as in the set; NULL where that cannot be said in a few words. */
static CvExpr *window_order(const CvQuerySet *set)
{
    CV_VECTOR(CvExpr *) parts = {0};
    const char *const *names = default_order(set->model);
    bool reversed = false;
    for (const CvStep *step = set->last; step; step = step->previous) {
        if (step->kind == CV_STEP_REVERSE)
            reversed = !reversed;
        if (step->kind != CV_STEP_ORDER)
            continue;
        names = step->keys;
        for (uint32_t i = 0; step->values && i < step->count; i++)
            if (step->values[i].kind != CV_NULL)
                return NULL;
        break;
    }
    for (; names && *names; names++) {
        CvExpr *part = order_by_name(set->model, *names, reversed);
        if (!part)
            return NULL;
        cv_vector_push(cv_arena(), &parts, part);
    }
    return cv_function_of("ORDER", parts.count, parts.items);
}

/* Rows are counted for each owner by the database where it can be told their order. */
static CvQuerySet *slice_each(CvPrefetchLevel *level, CvQuerySet *found, const char *path)
{
    static const char *const name = "_prefetch_row";
    CvExpr *order = level->bounds[0] || level->bounds[1] != SIZE_MAX ? window_order(level->source) : NULL;
    if (!order || level->bounds[1] > INT64_MAX / 2)
        return found;
    CvExpr *owner = cv_f(path),
           *parts[] = {cv_function("RowNumber"), cv_function_of("PARTITION", 1, &owner), order, cv_function("FRAME")};
    const char *names[] = {"_prefetch_row__gt", "_prefetch_row__lte", NULL};
    const CvValue bounds[] = {cv_value_int((int64_t)level->bounds[0]), cv_value_int((int64_t)level->bounds[1])};
    CvValue window = cv_value_object(cv_function_of("Window", 4, parts));
    level->bounds[0] = 0;
    level->bounds[1] = SIZE_MAX;
    return cv_filter_at(cv_alias_at(found, NULL, 1, &name, &window), NULL, 2, names, bounds);
}

static const char *const back_key = "_prefetch_related_val"; /* the annotation of rows over a table between */

static CvQuerySet *narrow_ways_back(CvPrefetchLevel *level, CvQuerySet *from, CvValue keys)
{
    const CvMember *member = level->member;
    bool many = member->kind == CV_MEMBER_MANY;
    const char *path = many ? member->back_name : member->column->name;
    const char *in = cv_arena_printf(cv_arena(), "%s__in", path);
    CvValue value = cv_value_object(cv_f(path));
    CvQuerySet *set = cv_filter_at(cv_set_step(from, CV_STEP_STICKY, NULL, 0, NULL, NULL), NULL, 1, &in, &keys);
    if (many)
        set = cv_annotate_at(cv_set_step(set, CV_STEP_STICKY, NULL, 0, NULL, NULL), NULL, 1, &back_key, &value);
    return slice_each(level, set, path);
}

/* Rows that point back: over a foreign key, or over a table between. */
static void fetch_ways_back(CvPrefetchLevel *level)
{
    const CvMember *member = level->member;
    bool many = member->kind == CV_MEMBER_MANY;
    CvQuerySet *from = source_of(level, member->to, cv_objects_of(member->to));
    Found found = fetch_parts(level, from, keys_of(level, member->hops[0].near), narrow_ways_back);
    Index index = new_index(found.rows.count);
    for (size_t i = 0; i < found.rows.count; i++) {
        const CvRow *row = found.rows.items[i];
        add_place(&index, cv_related_key(many ? cv_annotation(row, back_key) : cv_row_get(row, member->column)), i);
    }
    hand_out(level, &found, &index, near_key);
}

/* ---- generic relations ---- */

static CvSlice typed_key(CvValue type, CvValue id)
{
    CvSlice a = cv_value_str(cv_arena(), type), b = cv_value_str(cv_arena(), id);
    return cv_slice(cv_arena_printf(cv_arena(), "%.*s %.*s", CV_SLICE_ARG(a), CV_SLICE_ARG(b)));
}

static CvSlice generic_key(const CvPrefetchLevel *level, CvRow *owner)
{
    const CvGeneric *generic = level->member->generic;
    CvValue type = cv_generic_type(generic, cv_row_model(owner), cv_row_home(owner));
    return typed_key(type, cv_column_convert(cv_arena(), generic->id, cv_row_key(owner)));
}

static CvQuerySet *narrow_generic(CvPrefetchLevel *level, CvQuerySet *from, CvValue keys)
{
    const CvGeneric *generic = level->member->generic;
    const CvRow *first = level->owners[0];
    const char *names[] = {generic->type->name, cv_arena_printf(cv_arena(), "%s__in", generic->id->name), NULL};
    const CvValue values[] = {cv_generic_type(generic, cv_row_model(first), cv_row_home(first)), keys};
    return cv_filter_at(from, NULL, 2, names, values);
}

static void fetch_generic(CvPrefetchLevel *level)
{
    const CvGeneric *generic = level->member->generic;
    CvQuerySet *from = source_of(level, level->member->to, cv_objects_of(level->member->to));
    Found found = fetch_parts(level, from, keys_of(level, level->member->hops[0].near), narrow_generic);
    Index index = new_index(found.rows.count);
    for (size_t i = 0; i < found.rows.count; i++) {
        const CvRow *row = found.rows.items[i];
        add_place(&index, typed_key(cv_row_get(row, generic->type), cv_row_get(row, generic->id)), i);
    }
    hand_out(level, &found, &index, generic_key);
}

/* Targets of one model. */
typedef struct Targets {
    CvValue type;
    CvList *ids;
    CvMap *seen, *found; /* by id */
} Targets;

static CvQuerySet *narrow_targets(CvPrefetchLevel *level, CvQuerySet *from, CvValue keys)
{
    static const char *const in = "pk__in";
    CvQuerySet *set = cv_filter_at(from, NULL, 1, &in, &keys);
    if (!set->database)
        set->database = cv_row_home(level->owners[0]);
    return set;
}

static CvMap *fetch_targets(CvPrefetchLevel *level, const CvGeneric *generic, const Targets *targets)
{
    CvMap *known = cv_map_create(cv_arena());
    CvDatabase *database = cv_row_home(level->owners[0]);
    const CvModel *model = cv_content_type_at(generic->type->to, targets->type, database);
    if (!model)
        return known;
    CvQuerySet *set = cv_everything_of(model);
    set->database = database;
    for (size_t i = 0; level->how && i < level->how->count; i++)
        if (cv_model_info(level->how->sets[i]->model)->concrete == cv_model_info(model)->concrete)
            set = level->how->sets[i];
    Found found = fetch_parts(level, set, targets->ids, narrow_targets);
    for (size_t i = 0; i < found.rows.count; i++)
        cv_map_set(known, cv_value_str(cv_arena(), cv_row_key(found.rows.items[i])), found.rows.items[i]);
    return known;
}

static void fetch_any_targets(CvPrefetchLevel *level)
{
    const CvGeneric *generic = level->member->generic;
    CV_VECTOR(Targets) kinds = {0};
    CvArena *arena = cv_arena();
    size_t *kind_of = cv_arena_new_array(arena, size_t, level->count);
    for (size_t i = 0; i < level->count; i++) {
        CvValue type = cv_row_get(level->owners[i], generic->type), id = cv_row_get(level->owners[i], generic->id);
        size_t kind = 0;
        kind_of[i] = SIZE_MAX;
        if (type.kind == CV_NULL || id.kind == CV_NULL)
            continue;
        while (kind < kinds.count && !cv_value_equal(kinds.items[kind].type, type))
            kind++;
        if (kind == kinds.count)
            *cv_vector_add(arena, &kinds) =
                (Targets){.type = type, .ids = cv_list_create(arena), .seen = cv_map_create(arena)};
        Targets *targets = &kinds.items[kind];
        kind_of[i] = kind;
        if (!cv_map_get(targets->seen, cv_related_key(id)))
            cv_list_add(arena, targets->ids, id);
        cv_map_set(targets->seen, cv_related_key(id), targets->ids);
    }
    for (size_t i = 0; i < kinds.count; i++)
        kinds.items[i].found = fetch_targets(level, generic, &kinds.items[i]);
    for (size_t i = 0; i < level->count; i++) {
        CvRow *target = NULL;
        if (kind_of[i] != SIZE_MAX)
            target = cv_map_get(kinds.items[kind_of[i]].found,
                                cv_value_str(arena, cv_row_get(level->owners[i], generic->id)));
        if (attribute_of(level))
            cv_related_keep(level->owners[i], level->member, attribute_of(level), target, false);
        else
            *cv_generic_slot(generic, level->owners[i]) = (CvTarget){.row = target, .known = true};
    }
}

void cv_prefetch_level(CvPrefetchLevel *level)
{
    switch (level->member->kind) {
    case CV_MEMBER_COLUMN:
        fetch_references(level);
        break;
    case CV_MEMBER_REVERSE:
    case CV_MEMBER_MANY:
        fetch_ways_back(level);
        break;
    case CV_MEMBER_GENERIC:
        fetch_generic(level);
        break;
    case CV_MEMBER_TARGET:
        fetch_any_targets(level);
        break;
    }
}
