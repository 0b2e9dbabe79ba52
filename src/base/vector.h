/* vector.h: a growing array of any type.
 *
 *     CV_VECTOR(int) numbers = {0};
 *     *cv_vector_add(arena, &numbers) = 7;
 *     for (size_t i = 0; i < numbers.count; i++)
 *         use(numbers.items[i]);
 *
 * The items live in the arena (pass NULL for cv_malloc; then cv_free(numbers.items)) and may move when one is added. */
#ifndef CV_BASE_VECTOR_H
#define CV_BASE_VECTOR_H

#include "base/arena.h"

CV_API_BEGIN

#define CV_VECTOR(T)            \
    struct {                    \
        T *items;               \
        size_t count, capacity; \
    }

/* A new zeroed item at the end; its address. */
#define cv_vector_add(arena, vector)                                                                           \
    (((vector)->count == (vector)->capacity                                                                    \
          ? (void)((vector)->items =                                                                           \
                       cv_vector_grow((arena), (vector)->items, &(vector)->capacity, sizeof *(vector)->items)) \
          : (void)0),                                                                                          \
     &(vector)->items[(vector)->count++])
#define cv_vector_push(arena, vector, item) (*cv_vector_add((arena), (vector)) = (item))

/* Behind cv_vector_add(): at least one item more, doubled capacity, new items zeroed. */
void *cv_vector_grow(CvArena *arena, void *items, size_t *capacity, size_t item_size);

CV_API_END

#endif
