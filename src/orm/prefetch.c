/* prefetch.c: rows of relations for many owners at once: one query a relation, whatever the number of owners (two where
 * content types are not known yet, one for each model behind a generic foreign key). */
#include "orm/fetch_mode.h"

#include "base/vector.h"

#define MOST_LEVELS 16

typedef CV_VECTOR(CvRow *) Rows;

/* One lookup: "reviews__customer". */
typedef struct Lookup {
    const char *path, *to; /* `to`: the path with the name that its result has */
    const CvPrefetch *how; /* NULL: plain */
} Lookup;

/* ---- what prefetch_related() takes ---- */

const CvType cv_prefetch_type = {.magic = CV_TYPE_MAGIC, .name = "Prefetch"};

CvPrefetch *cv_prefetch_of(const char *path, const char *attribute, size_t count, CvQuerySet *const *sets)
{
    CvPrefetch *prefetch = cv_new(CvPrefetch);
    *prefetch = (CvPrefetch){.type = &cv_prefetch_type, .path = path, .attribute = attribute, .count = count};
    prefetch->sets = count ? cv_arena_memdup(cv_arena(), sets, count * sizeof *sets) : NULL;
    for (size_t i = 0; i < count; i++)
        if (sets[i]->rows_kind != CV_ROWS_MODEL)
            cv_raise(CV_ERROR_VALUE, "Prefetch querysets cannot use raw(), values(), and values_list().");
    return prefetch;
}

CvQuerySet *cv_prefetch_at(CvQuerySet *set, CvSite *site, const CvPrefetch *prefetch)
{
    const char *path[] = {prefetch->path, NULL};
    CvQuerySet *next = cv_prefetch_related_at(set, site, path);
    next->last->prefetch = prefetch;
    return next;
}

CvQuerySet *cv_prefetch_with(CvQuerySet *set, CvSite *site, const char *path, const char *attribute, CvQuerySet *rows)
{
    return cv_prefetch_at(set, site, cv_prefetch_of(path, attribute, 1, &rows));
}

/* ---- finding which row goes with which ---- */

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

static CvRow *row_at(const CvQuerySet *set, size_t place)
{
    return (CvRow *)(void *)(set->rows + place * set->row_size);
}

/* The rows that go with a key, in a block of their own; `bounds`: a slice that counts within each such set. */
static void take_rows(CvQuerySet *set, const CvQuerySet *all, const Index *index, CvSlice key, const size_t *bounds)
{
    const Chain *chain = cv_map_get(index->first, key);
    size_t most = chain ? chain->count : 0, at = 0;
    set->rows = cv_arena_alloc_raw(cv_arena(), cv_size_multiply(most + 1, all->row_size), 16);
    set->row_size = all->row_size;
    set->row_count = 0;
    set->fetched = true;
    for (size_t place = chain ? chain->first : SIZE_MAX; place != SIZE_MAX; place = index->next[place], at++)
        if (at >= bounds[0] && at < bounds[1])
            memcpy(set->rows + all->row_size * set->row_count++, row_at(all, place), all->row_size);
}

/* ---- one level ---- */

typedef struct Level {
    CvRow **owners;
    size_t count;
    const CvMember *member;
    const CvPrefetch *how; /* at the end of its path only */
    CvQuerySet *source;    /* where the rows come from, whoever they belong to */
    size_t bounds[2];      /* of the slice of the given set, where it is not done yet */
    bool sliced;
} Level;

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
static CvQuerySet *source_of(Level *level, const CvModel *model, CvQuerySet *own)
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

static CvList *keys_of(const Level *level, const CvColumn *near)
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

static const char *attribute_of(const Level *level)
{
    return level->how ? level->how->attribute : NULL;
}

static void set_reference(CvRow *row, const CvColumn *column, CvRow *target)
{
    if (column->storage == CV_STORE_REFERENCE) /* a child's link to its parent has no room for a row */
        *cv_reference_row(column, (char *)row + column->offset) = target;
}

/* What foreign keys point to. */
static void fetch_references(Level *level)
{
    const CvColumn *near = level->member->column, *far = near->to_column;
    const char *in = cv_arena_printf(cv_arena(), "%s__in", far->name);
    CvValue keys = cv_value_list(keys_of(level, near));
    CvQuerySet *found = cv_filter_at(source_of(level, near->to, cv_everything_of(near->to)), NULL, 1, &in, &keys);
    cv_set_fetch(found);
    Index index = new_index(found->row_count);
    for (size_t i = 0; i < found->row_count; i++)
        add_place(&index, cv_related_key(cv_row_get(row_at(found, i), far)), i);
    for (size_t i = 0; i < level->count; i++) {
        CvValue key = cv_row_get(level->owners[i], near);
        const Chain *chain = key.kind == CV_NULL ? NULL : cv_map_get(index.first, cv_related_key(key));
        CvRow *target = chain ? row_at(found, chain->first) : NULL;
        if (attribute_of(level))
            cv_related_keep(level->owners[i], level->member, attribute_of(level), target, false);
        else
            set_reference(level->owners[i], near, target);
    }
}

/* Gives each owner what has its key in `index`. */
static void hand_out(Level *level, const CvQuerySet *found, const Index *index,
                     CvSlice (*key_of)(const Level *, CvRow *))
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
            set_reference(row_at(set, j), member->column, owner);
        void *one = set->row_count ? set->rows : NULL;
        cv_related_keep(owner, member, attribute_of(level), member->one ? one : (void *)set, !member->one);
    }
}

static CvSlice near_key(const Level *level, CvRow *owner)
{
    return cv_related_key(cv_row_get(owner, level->member->hops[0].near));
}

/* ---- slices: the first rows of each owner ---- */

static const char *const *default_order(const CvModel *model)
{
    for (; model; model = model->parent)
        if (model->options->ordering)
            return model->options->ordering;
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
static CvQuerySet *slice_each(Level *level, CvQuerySet *found, const char *path)
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

/* Rows that point back: over a foreign key, or over a table between. */
static void fetch_ways_back(Level *level)
{
    static const char *const annotation = "_prefetch_related_val";
    const CvMember *member = level->member;
    bool many = member->kind == CV_MEMBER_MANY;
    const char *path = many ? member->back_name : member->column->name;
    const char *in = cv_arena_printf(cv_arena(), "%s__in", path);
    CvValue keys = cv_value_list(keys_of(level, member->hops[0].near)), value = cv_value_object(cv_f(path));
    CvQuerySet *found = source_of(level, member->to, cv_objects_of(member->to));
    found = cv_filter_at(cv_set_step(found, CV_STEP_STICKY, NULL, 0, NULL, NULL), NULL, 1, &in, &keys);
    if (many)
        found = cv_annotate_at(cv_set_step(found, CV_STEP_STICKY, NULL, 0, NULL, NULL), NULL, 1, &annotation, &value);
    found = slice_each(level, found, path);
    cv_set_fetch(found);
    Index index = new_index(found->row_count);
    for (size_t i = 0; i < found->row_count; i++) {
        const CvRow *row = row_at(found, i);
        add_place(&index, cv_related_key(many ? cv_annotation(row, annotation) : cv_row_get(row, member->column)), i);
    }
    hand_out(level, found, &index, near_key);
}

/* ---- generic relations ---- */

static CvSlice typed_key(CvValue type, CvValue id)
{
    CvSlice a = cv_value_str(cv_arena(), type), b = cv_value_str(cv_arena(), id);
    return cv_slice(cv_arena_printf(cv_arena(), "%.*s %.*s", CV_SLICE_ARG(a), CV_SLICE_ARG(b)));
}

static CvSlice generic_key(const Level *level, CvRow *owner)
{
    const CvGeneric *generic = level->member->generic;
    CvValue type = cv_generic_type(generic, cv_row_model(owner), cv_row_home(owner));
    return typed_key(type, cv_column_convert(cv_arena(), generic->id, cv_row_key(owner)));
}

static void fetch_generic(Level *level)
{
    const CvGeneric *generic = level->member->generic;
    const CvRow *first = level->owners[0];
    const char *names[] = {generic->type->name, cv_arena_printf(cv_arena(), "%s__in", generic->id->name), NULL};
    const CvValue values[] = {cv_generic_type(generic, cv_row_model(first), cv_row_home(first)),
                              cv_value_list(keys_of(level, level->member->hops[0].near))};
    CvQuerySet *found = source_of(level, level->member->to, cv_objects_of(level->member->to));
    found = cv_filter_at(found, NULL, 2, names, values);
    cv_set_fetch(found);
    Index index = new_index(found->row_count);
    for (size_t i = 0; i < found->row_count; i++) {
        const CvRow *row = row_at(found, i);
        add_place(&index, typed_key(cv_row_get(row, generic->type), cv_row_get(row, generic->id)), i);
    }
    hand_out(level, found, &index, generic_key);
}

/* Targets of one model. */
typedef struct Targets {
    CvValue type;
    CvList *ids;
    CvMap *seen, *found; /* by id */
} Targets;

static CvMap *fetch_targets(const Level *level, const CvGeneric *generic, const Targets *targets)
{
    const char *in = "pk__in";
    CvMap *found = cv_map_create(cv_arena());
    CvDatabase *database = cv_row_home(level->owners[0]);
    const CvModel *model = cv_content_type_at(generic->type->to, targets->type, database);
    if (!model)
        return found;
    CvQuerySet *set = cv_everything_of(model);
    set->database = database;
    for (size_t i = 0; level->how && i < level->how->count; i++)
        if (cv_model_info(level->how->sets[i]->model)->concrete == cv_model_info(model)->concrete)
            set = level->how->sets[i];
    CvValue ids = cv_value_list(targets->ids);
    set = cv_filter_at(set, NULL, 1, &in, &ids);
    cv_set_fetch(set);
    for (size_t i = 0; i < set->row_count; i++)
        cv_map_set(found, cv_value_str(cv_arena(), cv_row_key(row_at(set, i))), row_at(set, i));
    return found;
}

static void fetch_any_targets(Level *level)
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

static void fetch_level(Level *level)
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

/* ---- paths ---- */

static bool is_here(CvRow *row, const CvMember *member, const char *attribute)
{
    if (attribute && strcmp(attribute, member->accessor) != 0 &&
        cv_model_member(cv_row_model(row), cv_slice(attribute))) /* the row has such an attribute */
        return true;
    if (attribute)
        return cv_related_kept_as(row, cv_slice(attribute)) != NULL;
    if (member->kind == CV_MEMBER_COLUMN)
        return cv_row_get(row, member->column).kind == CV_NULL ||
               *cv_reference_row(member->column, (char *)row + member->column->offset);
    if (member->kind == CV_MEMBER_TARGET)
        return cv_generic_slot(member->generic, row)->known;
    return cv_related_kept(row, member) != NULL;
}

/* The rows that a level leads to, from what its owners keep. */
static Rows step_down(const Rows *owners, CvSlice name, const CvMember *member)
{
    Rows next = {0};
    CvArena *arena = cv_arena();
    for (size_t i = 0; i < owners->count; i++) {
        CvRow *row = owners->items[i], *one = NULL;
        const CvPrefetched *kept = cv_related_kept_as(row, name);
        if (!kept && member->kind == CV_MEMBER_COLUMN)
            one = *cv_reference_row(member->column, (char *)row + member->column->offset);
        else if (!kept && member->kind == CV_MEMBER_TARGET)
            one = cv_generic_slot(member->generic, row)->row;
        else if (!kept)
            kept = cv_related_kept(row, member);
        if (kept && !kept->many)
            one = kept->value;
        const CvQuerySet *set = kept && kept->many ? kept->value : NULL;
        for (size_t j = 0; set && j < set->row_count; j++)
            *cv_vector_add(arena, &next) = row_at(set, j);
        if (one)
            *cv_vector_add(arena, &next) = one;
    }
    return next;
}

CV_NORETURN static void no_such_relation(const CvModel *model, CvSlice name, const char *path)
{
    cv_raise(CV_ERROR_ATTRIBUTE, "Cannot find '%.*s' on %s object, '%s' is an invalid parameter to prefetch_related()",
             CV_SLICE_ARG(name), model->name, path);
}

CV_NORETURN static void no_prefetching(const char *path)
{
    cv_raise(CV_ERROR_VALUE,
             "'%s' does not resolve to an item that supports prefetching - this is an invalid parameter to "
             "prefetch_related().",
             path);
}

/* The relation of that name; NULL for a to_attr of an earlier lookup. */
static const CvMember *relation_named(const CvRow *row, CvSlice name, const Lookup *lookup, bool last)
{
    const CvModel *model = cv_row_model(row);
    const CvMember *member = cv_map_get(cv_model_info(model)->accessors, name);
    bool relation = member && (member->kind != CV_MEMBER_COLUMN || (member->to && cv_slice_is(name, member->name) &&
                                                                    member->column->storage == CV_STORE_REFERENCE));
    if (relation)
        return member;
    if (!member && !cv_related_kept_as(row, name))
        no_such_relation(model, name, lookup->path);
    if (last || member)
        no_prefetching(lookup->path);
    return NULL;
}

static void check_attribute(const CvModel *model, const char *attribute)
{
    if (attribute && cv_model_member(model, cv_slice(attribute)))
        cv_raise(CV_ERROR_VALUE, "to_attr=%s conflicts with a field on the %s model.", attribute, model->name);
}

static void run_lookup(const Rows *start, const Lookup *lookup)
{
    Rows rows = *start;
    CvSlice rest = cv_slice(lookup->path);
    for (int depth = 0; rest.length && rows.count; depth++) {
        ptrdiff_t end = cv_slice_find(rest, CV_SLICE("__"));
        CvSlice name = end < 0 ? rest : cv_slice_range(rest, 0, (size_t)end);
        rest = end < 0 ? CV_SLICE("") : cv_slice_skip(rest, (size_t)end + 2);
        if (depth >= MOST_LEVELS)
            cv_raise(CV_ERROR_VALUE, "prefetch_related() follows at most %d relations: %s", MOST_LEVELS, lookup->path);
        bool last = rest.length == 0;
        const CvPrefetch *how = last ? lookup->how : NULL;
        const char *attribute = how ? how->attribute : NULL;
        const CvMember *member = relation_named(rows.items[0], name, lookup, last);
        Rows missing = {0};
        for (size_t i = 0; member && i < rows.count; i++)
            if (!is_here(rows.items[i], member, attribute))
                *cv_vector_add(cv_arena(), &missing) = rows.items[i];
        if (missing.count) {
            check_attribute(cv_row_model(rows.items[0]), attribute);
            fetch_level(&(Level){.owners = missing.items, .count = missing.count, .member = member, .how = how});
        }
        if (!last)
            rows = step_down(&rows, name, member);
    }
}

/* The path under which a lookup's result is found. */
static const char *result_path(const char *path, const CvPrefetch *how)
{
    if (!how || !how->attribute)
        return path;
    const char *last = path, *at = path;
    while ((at = strstr(at, "__")))
        last = at += 2;
    return cv_printf("%.*s%s", (int)(last - path), path, how->attribute);
}

static void run_lookups(const Rows *rows, const Lookup *lookups, size_t count)
{
    CvMap *done = cv_map_create(cv_arena());
    for (size_t i = 0; i < count; i++) {
        const Lookup *lookup = &lookups[i];
        if (cv_map_get(done, cv_slice(lookup->to))) {
            if (lookup->how && lookup->how->count)
                cv_raise(CV_ERROR_VALUE,
                         "'%s' lookup was already seen with a different queryset. You may need to adjust the ordering "
                         "of your lookups.",
                         lookup->to);
            continue;
        }
        run_lookup(rows, lookup);
        for (const char *at = lookup->to; at && *at;) { /* the way there is done too */
            const char *end = strstr(at, "__");
            size_t length = end ? (size_t)(end - lookup->to) : strlen(lookup->to);
            cv_map_set(done, cv_slice_of(lookup->to, length), done);
            at = end ? end + 2 : NULL;
        }
    }
}

void cv_prefetch_set(CvQuerySet *set)
{
    Rows rows = {0};
    CV_VECTOR(const CvStep *) steps = {0};
    CV_VECTOR(Lookup) lookups = {0};
    if (set->rows_kind != CV_ROWS_MODEL || !set->row_count)
        return;
    for (size_t i = 0; i < set->row_count; i++)
        *cv_vector_add(cv_arena(), &rows) = row_at(set, i);
    for (const CvStep *step = set->last; step; step = step->previous)
        if (step->kind == CV_STEP_PREFETCH)
            *cv_vector_add(cv_arena(), &steps) = step;
    while (steps.count--)
        for (uint32_t i = 0; i < steps.items[steps.count]->count; i++) {
            const CvStep *step = steps.items[steps.count];
            *cv_vector_add(cv_arena(), &lookups) =
                (Lookup){step->keys[i], result_path(step->keys[i], step->prefetch), step->prefetch};
        }
    run_lookups(&rows, lookups.items, lookups.count);
}

void cv_prefetch_objects_with(void *const *objects, size_t count, const CvPrefetch *const *prefetches)
{
    Rows rows = {.count = count, .items = (CvRow **)(uintptr_t)(const void *)objects};
    CV_VECTOR(Lookup) lookups = {0};
    for (; *prefetches; prefetches++)
        *cv_vector_add(cv_arena(), &lookups) =
            (Lookup){(*prefetches)->path, result_path((*prefetches)->path, *prefetches), *prefetches};
    if (count)
        run_lookups(&rows, lookups.items, lookups.count);
}

void cv_prefetch_objects_of(void *const *objects, size_t count, const char *const *paths)
{
    CV_VECTOR(const CvPrefetch *) all = {0};
    for (; paths && *paths; paths++)
        cv_vector_push(cv_arena(), &all, cv_prefetch_of(*paths, NULL, 0, NULL));
    cv_vector_push(cv_arena(), &all, NULL);
    cv_prefetch_objects_with(objects, count, all.items);
}
