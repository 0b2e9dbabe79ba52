/* list.c: lists of values. */
#include "base/value.h"

CvList *cv_list_create(CvArena *arena)
{
    return cv_arena_new(arena, CvList);
}

void cv_list_add(CvArena *arena, CvList *list, CvValue value)
{
    if (list->count == list->capacity) {
        size_t capacity = list->capacity ? cv_size_multiply(list->capacity, 2) : 8;
        CvValue *items = cv_arena_alloc_raw(arena, cv_size_multiply(capacity, sizeof *items), 16);
        if (list->count)
            memcpy(items, list->items, list->count * sizeof *items);
        list->items = items;
        list->capacity = capacity;
    }
    list->items[list->count++] = value;
}

CvList *cv_list_of(CvArena *arena, size_t count, const CvValue *items)
{
    CvList *list = cv_list_create(arena);
    if (count) {
        list->items = cv_arena_alloc_raw(arena, cv_size_multiply(count, sizeof *items), 16);
        memcpy(list->items, items, count * sizeof *items);
        list->count = list->capacity = count;
    }
    return list;
}
