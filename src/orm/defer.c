/* defer.c: only() and defer(): which columns of a model, and of the rows that come with it, a query reads. */
#include "orm/compile_private.h"

/* ---- the names, as Django keeps them: one set, of what is left out or of what alone is read ---- */

static bool contains(const CvQuery *query, const char *name)
{
    for (size_t i = 0; i < query->loading.count; i++)
        if (strcmp(query->loading.items[i], name) == 0)
            return true;
    return false;
}

static bool step_names(const CvStep *step, const char *name)
{
    for (uint32_t i = 0; i < step->count; i++)
        if (strcmp(step->keys[i], name) == 0)
            return true;
    return false;
}

/* The only names that count now: those of the step that are not left out already. */
static void take_only(CvQuery *query, const CvStep *step)
{
    CvQuery before = *query;
    query->loading.items = NULL;
    query->loading.count = query->loading.capacity = 0;
    query->loads_only = true;
    for (uint32_t i = 0; i < step->count; i++) {
        const char *name = strcmp(step->keys[i], "pk") == 0 ? cv_model_key(query->model)->name : step->keys[i];
        if (before.loads_only || !contains(&before, name))
            cv_vector_push(query->arena, &query->loading, name);
    }
}

static void take_without(CvQuery *query, const CvStep *step)
{
    CvQuery before = *query;
    query->loading.items = NULL;
    query->loading.count = query->loading.capacity = 0;
    for (size_t i = 0; i < before.loading.count && step->count; i++)
        if (!before.loads_only || !step_names(step, before.loading.items[i]))
            cv_vector_push(query->arena, &query->loading, before.loading.items[i]);
    query->loads_only = before.loads_only && query->loading.count;
    if (query->loads_only)
        return;
    for (uint32_t i = 0; i < step->count; i++)
        if (!contains(&before, step->keys[i]))
            cv_vector_push(query->arena, &query->loading, step->keys[i]);
}

void cv_defer_step(CvQuery *query, const CvStep *step)
{
    for (uint32_t i = 0; step->kind == CV_STEP_ONLY && i < step->count; i++)
        if (cv_query_is_filtered(query, step->keys[i]))
            cv_raise(CV_ERROR_VALUE, "only() is not supported with FilteredRelation.");
    if (step->kind == CV_STEP_ONLY)
        take_only(query, step);
    else
        take_without(query, step);
}

/* ---- the names as a tree, then as a mask ---- */

typedef struct Name {
    const char *name;
    struct Name *below, *next;
} Name;

static Name *names_of(const CvQuery *query)
{
    Name *all = NULL;
    for (size_t i = 0; i < query->loading.count; i++) {
        Name **at = &all;
        CvSlice rest = cv_slice(query->loading.items[i]);
        while (rest.length) {
            ptrdiff_t end = cv_slice_find(rest, CV_SLICE("__"));
            CvSlice part = end < 0 ? rest : cv_slice_range(rest, 0, (size_t)end);
            while (*at && !cv_slice_is(part, (*at)->name))
                at = &(*at)->next;
            if (!*at) {
                *at = cv_arena_new(query->arena, Name);
                (*at)->name = cv_slice_string(query->arena, part);
            }
            at = &(*at)->below;
            rest = end < 0 ? CV_SLICE("") : cv_slice_skip(rest, (size_t)end + 2);
        }
    }
    return all;
}

static CvSelectMask *new_mask(const CvQuery *query, const CvModel *model)
{
    CvSelectMask *mask = cv_arena_new(query->arena, CvSelectMask);
    mask->model = model;
    mask->loaded = cv_arena_new_array(query->arena, uint64_t, cv_model_info(model)->column_count / 64 + 1);
    return mask;
}

static void load(CvSelectMask *mask, const CvColumn *column)
{
    mask->loaded[column->index / 64] |= UINT64_C(1) << (column->index % 64);
}

/* The member of that name: a field by name or attribute, or a relation's name in queries. */
static const CvMember *field_named(const CvModel *model, const char *name)
{
    const CvModelInfo *info = cv_model_info(model);
    const CvColumn *column = strcmp(name, "pk") != 0 ? cv_map_get(info->attributes, cv_slice(name)) : NULL;
    const CvMember *member = cv_map_get(info->members, cv_slice(column ? column->name : name));
    if (!member)
        cv_raise(CV_ERROR_FIELD_DOES_NOT_EXIST, "%s has no field named '%s'", model->name, name);
    return member;
}

static CvSelectMask *add_below(const CvQuery *query, CvSelectMask *mask, const CvMember *member, const Name *below)
{
    if (!member->to && below)
        cv_raise(CV_ERROR_FIELD, "%s", below->name);
    CvSelectMask *child = new_mask(query, member->to ? member->to : mask->model);
    child->member = member;
    child->everything = !below;
    child->next = mask->below;
    return mask->below = child;
}

static void load_key(CvSelectMask *mask)
{
    const CvModelInfo *info = cv_model_info(mask->model);
    for (size_t i = 0; i < info->key_parts; i++)
        load(mask, info->key_columns[i]);
    if (!info->key_parts)
        load(mask, info->key);
}

static void mask_only(const CvQuery *query, CvSelectMask *mask, const Name *name, int depth)
{
    load_key(mask);
    if (depth > CV_MOST_NESTED)
        cv_raise(CV_ERROR_FIELD, "only() goes too deep");
    for (; name; name = name->next) {
        const CvMember *member = field_named(mask->model, name->name);
        if (member->kind == CV_MEMBER_COLUMN)
            load(mask, member->column);
        CvSelectMask *child = add_below(query, mask, member, name->below);
        if (name->below)
            mask_only(query, child, name->below, depth + 1);
    }
}

static const Name *find_name(const Name *names, const char *name)
{
    while (names && strcmp(names->name, name) != 0)
        names = names->next;
    return names;
}

static void mask_without(const CvQuery *query, CvSelectMask *mask, const Name *names, int depth)
{
    const CvModelInfo *info = cv_model_info(mask->model);
    if (depth > CV_MOST_NESTED)
        cv_raise(CV_ERROR_FIELD, "defer() goes too deep");
    for (size_t i = 0; i < info->concrete_count; i++) {
        const CvColumn *column = &info->columns[i];
        if (!find_name(names, column->name) && !find_name(names, column->attribute))
            load(mask, column);
    }
    load_key(mask);
    for (const Name *name = names; name; name = name->next) {
        const CvMember *member = field_named(mask->model, name->name);
        CvSelectMask *child = add_below(query, mask, member, name->below);
        child->left_out = !name->below;
        if (!name->below)
            continue;
        if (member->kind == CV_MEMBER_COLUMN)
            load(mask, member->column);
        mask_without(query, child, name->below, depth + 1);
    }
    mask->others = true;
}

const CvSelectMask *cv_select_mask(const CvQuery *query)
{
    if (!query->loading.count)
        return NULL;
    CvSelectMask *mask = new_mask(query, query->model);
    if (query->loads_only)
        mask_only(query, mask, names_of(query), 0);
    else
        mask_without(query, mask, names_of(query), 0);
    return mask;
}

/* ---- reading it ---- */

const uint64_t *cv_mask_deferred(const CvQuery *query, const CvSelectMask *mask)
{
    bool any = false;
    if (!mask || mask->everything)
        return NULL;
    const CvModelInfo *info = cv_model_info(mask->model);
    uint64_t *bits = cv_arena_new_array(query->arena, uint64_t, info->column_count / 64 + 1);
    for (size_t i = 0; i < info->concrete_count; i++)
        if (!(mask->loaded[i / 64] >> (i % 64) & 1)) {
            bits[i / 64] |= UINT64_C(1) << (i % 64);
            any = true;
        }
    return any ? bits : NULL;
}

const CvSelectMask *cv_mask_follow(const CvSelectMask *mask, const CvMember *member, bool named)
{
    const CvSelectMask *child = mask && !mask->everything ? mask->below : NULL;
    if (!mask || mask->everything)
        return NULL;
    while (child && child->member != member)
        child = child->next;
    if (named && (child ? child->left_out : !mask->others)) {
        const CvModel *owner = member->kind == CV_MEMBER_COLUMN ? member->column->model : mask->model;
        cv_raise(CV_ERROR_FIELD,
                 "Field %s.%s cannot be both deferred and traversed using select_related at the same time.",
                 owner->name, member->name);
    }
    return child && !child->left_out ? child : NULL;
}
