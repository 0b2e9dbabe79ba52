/* Tests base/memory.h. */
#include "base/base.h"

#include "unit.h"

static void multiply(void *unused)
{
    (void)unused;
    cv_size_multiply(SIZE_MAX / 2, 3);
}

static void add(void *unused)
{
    (void)unused;
    cv_size_add(SIZE_MAX, 1);
}

static void allocate(void *unused)
{
    (void)unused;
    cv_free(cv_malloc(10));
}

static void reallocate(void *pointer)
{
    cv_free(cv_realloc(pointer, 100));
}

START_TEST(sizes_that_overflow_raise)
{
    CvError *error;
    ck_assert(!cv_try(multiply, NULL, &error) && error->kind == CV_ERROR_MEMORY);
    ck_assert(!cv_try(add, NULL, &error) && error->kind == CV_ERROR_MEMORY);
    ck_assert_uint_eq(cv_size_multiply(6, 7), 42);
    ck_assert_uint_eq(cv_size_add(40, 2), 42);
    ck_assert_uint_eq(cv_size_multiply(0, SIZE_MAX), 0);
}
END_TEST

START_TEST(memory_is_zeroed_and_empty_pieces_differ)
{
    char *bytes = cv_malloc(1000), *a = cv_malloc(0), *b = cv_malloc(0);
    for (int i = 0; i < 1000; i++)
        ck_assert_int_eq(bytes[i], 0);
    ck_assert_ptr_ne(a, b);
    cv_free(bytes);
    cv_free(a);
    cv_free(b);
    cv_free(NULL);
}
END_TEST

START_TEST(the_kth_allocation_fails_and_only_that_one)
{
    CvError *error;
    cv_arena(); /* made before counting starts */
    cv_memory_fail_at(2);
    ck_assert(cv_try(allocate, NULL, &error));
    ck_assert(!cv_try(allocate, NULL, &error));
    ck_assert_int_eq(error->kind, CV_ERROR_MEMORY);
    ck_assert(cv_try(allocate, NULL, &error));
    ck_assert_uint_eq(cv_memory_count(), 3);
    cv_memory_fail_at(0);
    for (int i = 0; i < 10; i++)
        allocate(NULL);
    ck_assert_uint_eq(cv_memory_count(), 10);
}
END_TEST

START_TEST(a_failed_realloc_leaves_the_old_piece)
{
    CvError *error;
    char *bytes = cv_malloc(8);
    bytes[0] = 'x';
    cv_arena();
    cv_memory_fail_at(1);
    ck_assert(!cv_try(reallocate, bytes, &error));
    ck_assert_int_eq(bytes[0], 'x');
    cv_free(bytes);
}
END_TEST

UNIT_TESTS("base/memory", sizes_that_overflow_raise, memory_is_zeroed_and_empty_pieces_differ,
           the_kth_allocation_fails_and_only_that_one, a_failed_realloc_leaves_the_old_piece)
