/* tried.c: the rows that were tried for a path, for the page that says that nothing was found. */
#include "urls/resolver_private.h"

typedef CV_VECTOR(const CvUrl *const *) Tried;

static void add(CvArena *arena, Tried *tried, const CvUrlNode *node)
{
    const CvUrl **chain = cv_arena_new_array(arena, const CvUrl *, node->depth + 2);
    for (const CvUrlNode *at = node; at; at = at->parent)
        chain[at->depth] = at->url;
    cv_vector_push(arena, tried, (const CvUrl *const *)chain);
}

static void try_level(CvArena *arena, const CvUrlLevel *level, CvSlice path, Tried *tried)
{
    for (size_t i = 0; i < level->count; i++) {
        const CvUrlNode *node = &level->nodes[i];
        CvSlice found[CV_ROUTE_MAX_CAPTURES];
        size_t end, before = tried->count;
        bool fits = node->level && cv_route_match(&node->route, path, &end, found);
        if (fits)
            try_level(arena, node->level, cv_slice_skip(path, end), tried);
        if (tried->count == before)
            add(arena, tried, node);
    }
}

const CvUrl *const *const *cv_resolver_tried(const CvResolver *resolver, CvArena *arena, CvSlice path)
{
    Tried tried = {0};
    if (path.length && path.data[0] == '/')
        try_level(arena, resolver->root, cv_slice_skip(path, 1), &tried);
    cv_vector_push(arena, &tried, NULL);
    return tried.items;
}
