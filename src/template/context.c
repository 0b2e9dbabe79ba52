/* context.c: the stack of scopes that a template names things in. */
#include "template/program_private.h"

static const CvContextEntry constants[] = {
    {CV_SLICE_INIT("True"), {.kind = CV_BOOL, .boolean = true}},
    {CV_SLICE_INIT("False"), {.kind = CV_BOOL, .boolean = false}},
    {CV_SLICE_INIT("None"), {.kind = CV_NULL}},
};

CV_WRAPS uint32_t cv_context_hash(CvSlice name)
{
    uint32_t hash = 2166136261u;
    for (size_t i = 0; i < name.length; i++)
        hash = (hash ^ (unsigned char)name.data[i]) * 16777619u;
    return hash;
}

CvContext *cv_context_create(CvArena *arena)
{
    CvContext *context = cv_arena_new(arena, CvContext);
    context->arena = arena;
    context->autoescape = context->use_tz = context->use_l10n = true;
    cv_context_push(context);
    return context;
}

/* ---- many names ---- */

/* Few names are found fastest by comparing their hashes from the newest on. More than these have an index: for each
 * bucket the newest entry, for each entry the next older one of its bucket. Entries go in the order in which they came,
 * so that taking the newest ones out is as cheap as putting them in. */
#define FEW_NAMES 32

struct CvContextIndex {
    uint32_t *newest; /* a place among the entries, from 1; 0: none */
    uint32_t mask;
    uint32_t older[]; /* one for each entry */
};

static void index_add(CvContextIndex *index, uint32_t hash, size_t at)
{
    uint32_t *newest = &index->newest[hash & index->mask];
    index->older[at] = *newest;
    *newest = (uint32_t)at + 1;
}

static CvContextIndex *index_create(CvArena *arena, const uint32_t *hashes, size_t count, size_t capacity)
{
    if (capacity >= UINT32_MAX)
        cv_raise(CV_ERROR_VALUE, "A template has more than %u names.", UINT32_MAX);
    CvContextIndex *index =
        cv_arena_alloc(arena, cv_size_add(sizeof *index, cv_size_multiply(capacity, sizeof *index->older)));
    index->newest = cv_arena_new_array(arena, uint32_t, capacity);
    index->mask = (uint32_t)capacity - 1; /* a power of two */
    for (size_t i = 0; i < count; i++)
        index_add(index, hashes[i], i);
    return index;
}

/* The newest entry of that name, from 1; 0: none. */
static size_t index_find(const CvContext *context, CvSlice name, uint32_t hash)
{
    const CvContextIndex *index = context->index;
    size_t at = index->newest[hash & index->mask];
    while (at && !(context->hashes[at - 1] == hash && cv_slice_equal(context->entries[at - 1].name, name)))
        at = index->older[at - 1];
    return at;
}

/* ---- scopes ---- */

void cv_context_push(CvContext *context)
{
    if (context->depth == context->scope_capacity)
        context->scopes =
            cv_vector_grow(context->arena, context->scopes, &context->scope_capacity, sizeof *context->scopes);
    context->scopes[context->depth++] = context->count;
}

void cv_context_cut(CvContext *context, size_t count, size_t depth)
{
    CvContextIndex *index = context->index;
    if (CV_UNLIKELY(index != NULL))
        for (size_t i = context->count; i-- > count;)
            index->newest[context->hashes[i] & index->mask] = index->older[i];
    context->count = count;
    context->depth = depth;
}

void cv_context_pop(CvContext *context)
{
    if (context->depth > 1)
        cv_context_cut(context, context->scopes[context->depth - 1], context->depth - 1);
}

/* ---- names ---- */

/* The place of the newest entry of that name, from 1; 0: no scope has it. */
static inline size_t place_of(const CvContext *context, CvSlice name, uint32_t hash)
{
    if (CV_UNLIKELY(context->index != NULL))
        return index_find(context, name, hash);
    for (size_t i = context->count; i > 0; i--)
        if (context->hashes[i - 1] == hash && cv_slice_equal(context->entries[i - 1].name, name))
            return i;
    return 0;
}

const CvContextEntry *cv_context_find(const CvContext *context, CvSlice name, uint32_t hash)
{
    size_t place = place_of(context, name, hash);
    if (place)
        return &context->entries[place - 1];
    for (size_t i = 0; i < CV_COUNT_OF(constants); i++)
        if (cv_slice_equal(constants[i].name, name))
            return &constants[i];
    return NULL;
}

bool cv_context_get(const CvContext *context, CvSlice name, CvValue *value)
{
    const CvContextEntry *entry = cv_context_find(context, name, cv_context_hash(name));
    if (!entry)
        return false;
    *value = entry->value;
    return true;
}

/* All or nothing: memory may run out in between. */
static CV_COLD void grow(CvContext *context)
{
    size_t capacity = context->capacity, same = capacity;
    CvContextEntry *entries = cv_vector_grow(context->arena, context->entries, &capacity, sizeof *entries);
    uint32_t *hashes = cv_vector_grow(context->arena, context->hashes, &same, sizeof *hashes);
    if (capacity > FEW_NAMES)
        context->index = index_create(context->arena, hashes, context->count, capacity);
    context->entries = entries;
    context->hashes = hashes;
    context->capacity = capacity;
}

static void add_entry(CvContext *context, CvSlice name, uint32_t hash, CvValue value)
{
    if (CV_UNLIKELY(context->count == context->capacity))
        grow(context);
    if (CV_UNLIKELY(context->index != NULL))
        index_add(context->index, hash, context->count);
    context->hashes[context->count] = hash;
    context->entries[context->count++] = (CvContextEntry){.name = name, .value = value};
}

size_t cv_context_put(CvContext *context, CvSlice name, uint32_t hash, CvValue value)
{
    size_t begin = context->scopes[context->depth - 1], at = context->count;
    if (CV_UNLIKELY(context->index != NULL)) {
        at = index_find(context, name, hash);
    } else {
        while (at > begin && !(context->hashes[at - 1] == hash && cv_slice_equal(context->entries[at - 1].name, name)))
            at--;
    }
    if (at > begin) {
        context->entries[at - 1].value = value;
        return at - 1;
    }
    add_entry(context, name, hash, value);
    return context->count - 1;
}

void cv_context_set_slice(CvContext *context, CvSlice name, CvValue value)
{
    cv_context_put(context, name, cv_context_hash(name), value);
}

void cv_context_set(CvContext *context, const char *name, CvValue value)
{
    cv_context_set_slice(context, cv_slice(name), value);
}

void cv_context_update(CvContext *context, const CvDict *dict)
{
    for (const CvDictEntry *entry = NULL; (entry = cv_dict_next(dict, entry));)
        if (entry->key.kind == CV_STRING)
            cv_context_set_slice(context, cv_value_as_slice(entry->key), entry->value);
}

size_t cv_context_set_upward(CvContext *context, CvSlice name, CvValue value)
{
    uint32_t hash = cv_context_hash(name);
    size_t place = place_of(context, name, hash);
    if (place) {
        context->entries[place - 1].value = value;
        return place - 1;
    }
    add_entry(context, name, hash, value);
    return context->count - 1;
}

void cv_context_isolate(const CvContext *context, CvArena *arena, CvContext *isolated)
{
    *isolated = (CvContext){.arena = arena,
                            .request = context->request,
                            .locale = context->locale,
                            .autoescape = context->autoescape,
                            .use_tz = context->use_tz,
                            .use_l10n = context->use_l10n};
}

CvDict *cv_context_flatten(const CvContext *context, CvArena *arena)
{
    CvDict *dict = cv_dict_create(arena);
    for (size_t i = 0; i < context->count; i++)
        cv_dict_set(dict, cv_value_slice(context->entries[i].name), context->entries[i].value);
    return dict;
}
