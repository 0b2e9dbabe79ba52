/* Tests base/map.h and base/vector.h. */
#include "base/base.h"

#include "unit.h"

static void fill_and_check(CvMap *map, int count)
{
    char(*keys)[16] = cv_malloc((size_t)count * 16);
    for (int i = 0; i < count; i++) {
        snprintf(keys[i], 16, "key-%d", i);
        cv_map_set(map, cv_slice(keys[i]), keys[i]);
    }
    ck_assert_uint_eq(cv_map_count(map), (size_t)count);
    for (int i = 0; i < count; i++)
        ck_assert_ptr_eq(cv_map_get(map, cv_slice(keys[i])), keys[i]);
    ck_assert_ptr_null(cv_map_get(map, CV_SLICE("key-x")));
    int at = 0;
    for (const CvMapEntry *entry = NULL; (entry = cv_map_next(map, entry)); at++)
        ck_assert_ptr_eq(entry->value, keys[at]);
    ck_assert_int_eq(at, count);
    for (int i = 0; i < count; i += 2)
        ck_assert(cv_map_remove(map, cv_slice(keys[i])));
    ck_assert(count == 0 || !cv_map_remove(map, cv_slice(keys[0])));
    for (int i = 0; i < count; i++)
        ck_assert_ptr_eq(cv_map_get(map, cv_slice(keys[i])), i % 2 ? keys[i] : NULL);
    for (int i = 0; i < count; i += 2)
        cv_map_set(map, cv_slice(keys[i]), map);
    ck_assert_uint_eq(cv_map_count(map), (size_t)count);
    for (int i = 0; i < count; i++)
        ck_assert_ptr_eq(cv_map_get(map, cv_slice(keys[i])), i % 2 ? (void *)keys[i] : (void *)map);
    cv_free(keys);
}

START_TEST(maps_of_all_sizes_find_what_they_hold)
{
    const int sizes[] = {0, 1, 7, 8, 9, 16, 17, 1000};
    for (size_t i = 0; i < CV_COUNT_OF(sizes); i++) {
        CvArena *arena = cv_arena_create(0);
        fill_and_check(cv_map_create(arena), sizes[i]);
        cv_arena_destroy(arena);
        CvMap *map = cv_map_create(NULL);
        fill_and_check(map, sizes[i]);
        cv_map_destroy(map);
    }
}
END_TEST

START_TEST(a_replaced_key_keeps_its_place)
{
    CvMap *map = cv_map_create(cv_arena());
    int a, b, c;
    cv_map_set(map, CV_SLICE("a"), &a);
    cv_map_set(map, CV_SLICE("b"), &b);
    cv_map_set(map, CV_SLICE("a"), &c);
    const CvMapEntry *first = cv_map_next(map, NULL);
    ck_assert(cv_slice_is(first->key, "a"));
    ck_assert_ptr_eq(first->value, &c);
    ck_assert_uint_eq(cv_map_count(map), 2);
}
END_TEST

START_TEST(null_values_are_told_from_missing_keys)
{
    CvMap *map = cv_map_create(cv_arena());
    void *value = map;
    cv_map_set(map, CV_SLICE("a"), NULL);
    ck_assert(cv_map_find(map, CV_SLICE("a"), &value));
    ck_assert_ptr_null(value);
    ck_assert(!cv_map_find(map, CV_SLICE("b"), NULL));
}
END_TEST

START_TEST(adding_and_removing_for_ever_does_not_grow_the_map)
{
    CvMap *map = cv_map_create(NULL);
    cv_memory_fail_at(0);
    for (int i = 0; i < 100000; i++) {
        cv_map_set(map, CV_SLICE("k"), map);
        cv_map_remove(map, CV_SLICE("k"));
    }
    ck_assert_uint_eq(cv_map_count(map), 0);
    ck_assert_ptr_null(cv_map_next(map, NULL));
    ck_assert_uint_le(cv_memory_count(), 1);
    cv_map_destroy(map);
    CvArena *arena = cv_arena_create(0);
    CvDict *dict = cv_dict_create(arena);
    for (int i = 0; i < 100000; i++) {
        cv_dict_set(dict, CV_VALUE(i), CV_NONE);
        if (i >= 20)
            cv_dict_remove(dict, CV_VALUE(i - 20));
    }
    ck_assert_uint_eq(cv_dict_count(dict), 20);
    ck_assert_uint_lt(arena->used, 64 * 1024);
    cv_arena_destroy(arena);
}
END_TEST

START_TEST(vectors_grow_and_zero_new_items)
{
    CV_VECTOR(int) numbers = {0}, owned = {0};
    for (int i = 0; i < 1000; i++) {
        int *item = cv_vector_add(cv_arena(), &numbers);
        ck_assert_int_eq(*item, 0);
        *item = i;
        cv_vector_push(NULL, &owned, i);
    }
    for (int i = 0; i < 1000; i++)
        ck_assert(numbers.items[i] == i && owned.items[i] == i);
    cv_free(owned.items);
}
END_TEST

UNIT_TESTS("base/map", maps_of_all_sizes_find_what_they_hold, a_replaced_key_keeps_its_place,
           null_values_are_told_from_missing_keys, adding_and_removing_for_ever_does_not_grow_the_map,
           vectors_grow_and_zero_new_items)
