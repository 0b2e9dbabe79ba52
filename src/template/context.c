/* context.c: the stack of scopes that a template names things in. */
#include "template/context.h"

#include "base/vector.h"

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

void cv_context_push(CvContext *context)
{
    if (context->depth == context->scope_capacity)
        context->scopes =
            cv_vector_grow(context->arena, context->scopes, &context->scope_capacity, sizeof *context->scopes);
    context->scopes[context->depth++] = context->count;
}

void cv_context_pop(CvContext *context)
{
    if (context->depth > 1)
        context->count = context->scopes[--context->depth];
}

const CvContextEntry *cv_context_find(const CvContext *context, CvSlice name, uint32_t hash)
{
    for (size_t i = context->count; i-- > 0;)
        if (context->hashes[i] == hash && cv_slice_equal(context->entries[i].name, name))
            return &context->entries[i];
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

static void add_entry(CvContext *context, CvSlice name, uint32_t hash, CvValue value)
{
    if (context->count == context->capacity) {
        size_t capacity = context->capacity;
        context->entries =
            cv_vector_grow(context->arena, context->entries, &context->capacity, sizeof *context->entries);
        while (capacity < context->capacity)
            context->hashes = cv_vector_grow(context->arena, context->hashes, &capacity, sizeof *context->hashes);
    }
    context->hashes[context->count] = hash;
    context->entries[context->count++] = (CvContextEntry){.name = name, .value = value};
}

size_t cv_context_put(CvContext *context, CvSlice name, uint32_t hash, CvValue value)
{
    for (size_t i = context->count; i-- > context->scopes[context->depth - 1];)
        if (context->hashes[i] == hash && cv_slice_equal(context->entries[i].name, name)) {
            context->entries[i].value = value;
            return i;
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

void cv_context_set_upward(CvContext *context, CvSlice name, CvValue value)
{
    uint32_t hash = cv_context_hash(name);
    for (size_t i = context->count; i-- > 0;)
        if (context->hashes[i] == hash && cv_slice_equal(context->entries[i].name, name)) {
            context->entries[i].value = value;
            return;
        }
    add_entry(context, name, hash, value);
}

CvDict *cv_context_flatten(const CvContext *context, CvArena *arena)
{
    CvDict *dict = cv_dict_create(arena);
    for (size_t i = 0; i < context->count; i++)
        cv_dict_set(dict, cv_value_slice(context->entries[i].name), context->entries[i].value);
    return dict;
}
