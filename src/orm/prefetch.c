/* prefetch.c: rows of relations for many owners at once: one query a relation, whatever the number of owners (two where
 * content types are not known yet, one for each model behind a generic foreign key). */
#include "orm/prefetch_private.h"

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

/* ---- paths ---- */

/* A child's link to its parent, which is always here. */
static bool is_parent(const CvRow *row, const CvMember *member)
{
    return member->kind == CV_MEMBER_COLUMN && member->column == cv_model_info(cv_row_model(row))->parent_link;
}

static bool is_here(CvRow *row, const CvMember *member, const char *attribute)
{
    if (attribute && strcmp(attribute, member->accessor) != 0 &&
        cv_model_member(cv_row_model(row), cv_slice(attribute))) /* the row has such an attribute */
        return true;
    if (attribute)
        return cv_related_kept_as(row, cv_slice(attribute)) != NULL;
    if (is_parent(row, member))
        return true;
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
        if (!kept && is_parent(row, member))
            one = cv_related_parent(row);
        else if (!kept && member->kind == CV_MEMBER_COLUMN)
            one = *cv_reference_row(member->column, (char *)row + member->column->offset);
        else if (!kept && member->kind == CV_MEMBER_TARGET)
            one = cv_generic_slot(member->generic, row)->row;
        else if (!kept)
            kept = cv_related_kept(row, member);
        if (kept && !kept->many)
            one = kept->value;
        const CvQuerySet *set = kept && kept->many ? kept->value : NULL;
        for (size_t j = 0; set && j < set->row_count; j++)
            *cv_vector_add(arena, &next) = cv_prefetch_row(set, j);
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
    bool relation = member && (member->kind != CV_MEMBER_COLUMN ||
                               (member->to && cv_slice_is(name, member->name) &&
                                (member->column->storage == CV_STORE_REFERENCE || is_parent(row, member))));
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
            cv_prefetch_level(
                &(CvPrefetchLevel){.owners = missing.items, .count = missing.count, .member = member, .how = how});
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
        *cv_vector_add(cv_arena(), &rows) = cv_prefetch_row(set, i);
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
