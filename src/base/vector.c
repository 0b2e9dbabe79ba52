/* vector.c: growing an array of items. */
#include "base/vector.h"

void *cv_vector_grow(CvArena *arena, void *items, size_t *capacity, size_t item_size)
{
    size_t old = *capacity;
    size_t new = old ? cv_size_multiply(old, 2) : 8;
    size_t bytes = cv_size_multiply(new, item_size);
    char *moved;
    if (arena) {
        moved = cv_arena_alloc_raw(arena, bytes, 16);
        if (old)
            memcpy(moved, items, old * item_size);
    } else {
        moved = cv_realloc(items, bytes);
    }
    memset(moved + old * item_size, 0, bytes - old * item_size);
    *capacity = new;
    return moved;
}
