/* Tests base/arena.h. */
#include "base/base.h"

#include "unit.h"

static int trail[16], trail_length;

static void leave_trace(void *argument)
{
    trail[trail_length++] = *(int *)argument;
}

START_TEST(memory_is_zeroed_aligned_and_apart)
{
    CvArena *arena = cv_arena_create(0);
    char *before = NULL;
    for (size_t size = 0; size < 3000; size += 7) {
        char *piece = cv_arena_alloc(arena, size);
        ck_assert_uint_eq((uintptr_t)piece % 16, 0);
        for (size_t i = 0; i < size; i++)
            ck_assert_int_eq(piece[i], 0);
        memset(piece, 'x', size);
        ck_assert_ptr_ne(piece, before);
        before = piece;
        cv_arena_alloc_raw(arena, 1, 1); /* the next piece must be aligned all the same */
    }
    cv_arena_destroy(arena);
}
END_TEST

START_TEST(memory_is_zeroed_again_after_a_reset)
{
    CvArena *arena = cv_arena_create(0);
    memset(cv_arena_alloc(arena, 4000), 'x', 4000);
    cv_arena_reset(arena);
    const char *piece = cv_arena_alloc(arena, 4000);
    for (size_t i = 0; i < 4000; i++)
        ck_assert_int_eq(piece[i], 0);
    cv_arena_destroy(arena);
}
END_TEST

START_TEST(raw_memory_has_the_alignment_asked_for)
{
    CvArena *arena = cv_arena_create(0);
    for (size_t alignment = 1; alignment <= 64; alignment *= 2)
        for (int i = 0; i < 500; i++)
            ck_assert_uint_eq((uintptr_t)cv_arena_alloc_raw(arena, 33, alignment) % alignment, 0);
    cv_arena_destroy(arena);
}
END_TEST

START_TEST(pieces_larger_than_any_block_are_served)
{
    CvArena *arena = cv_arena_create(0);
    size_t size = (size_t)5 * 1024 * 1024;
    char *piece = cv_arena_alloc(arena, size);
    piece[0] = piece[size - 1] = 1;
    ck_assert_uint_ge(arena->used, size);
    cv_arena_reset(arena);
    ck_assert_uint_lt(arena->used, 64 * 1024);
    cv_arena_destroy(arena);
}
END_TEST

START_TEST(defers_run_last_in_first_out)
{
    int one = 1, two = 2, three = 3;
    CvArena *arena = cv_arena_create(0);
    trail_length = 0;
    cv_arena_defer(arena, leave_trace, &one);
    CvDefer *second = cv_arena_defer(arena, leave_trace, &two);
    cv_arena_defer(arena, leave_trace, &three);
    cv_arena_undefer(arena, second);
    cv_arena_destroy(arena);
    ck_assert_int_eq(trail_length, 2);
    ck_assert_int_eq(trail[0], 3);
    ck_assert_int_eq(trail[1], 1);
}
END_TEST

START_TEST(a_rewind_runs_what_was_deferred_since_and_no_more)
{
    int one = 1, two = 2, three = 3;
    CvArena *arena = cv_arena_create(0);
    trail_length = 0;
    CvDefer *first = cv_arena_defer(arena, leave_trace, &one);
    CvArenaMark mark = cv_arena_mark(arena);
    char *before = cv_arena_alloc(arena, 16);
    cv_arena_defer(arena, leave_trace, &two);
    cv_arena_alloc(arena, 100000);
    cv_arena_rewind(arena, mark);
    ck_assert_int_eq(trail_length, 1);
    ck_assert_int_eq(trail[0], 2);
    ck_assert_ptr_eq(cv_arena_alloc(arena, 16), before);
    /* A mark stays true when the clean-up that it saw last is taken back. */
    mark = cv_arena_mark(arena);
    cv_arena_undefer(arena, first);
    cv_arena_defer(arena, leave_trace, &three);
    cv_arena_run_defers(arena, mark);
    ck_assert_int_eq(trail_length, 2);
    ck_assert_int_eq(trail[1], 3);
    cv_arena_destroy(arena);
    ck_assert_int_eq(trail_length, 2);
}
END_TEST

static void exhaust(void *argument)
{
    for (;;)
        cv_arena_alloc(argument, 1000);
}

START_TEST(passing_the_budget_raises_and_leaves_the_arena_usable)
{
    CvError *error;
    CvArena *arena = cv_arena_create(100 * 1024);
    ck_assert(!cv_try(exhaust, arena, &error));
    ck_assert_int_eq(error->kind, CV_ERROR_MEMORY);
    ck_assert_int_eq(cv_error_status(error), 503);
    ck_assert_uint_le(arena->used, 100 * 1024);
    ck_assert_uint_ge(arena->used, 64 * 1024);
    cv_arena_reset(arena);
    ck_assert_ptr_nonnull(cv_arena_alloc(arena, 1000));
    cv_arena_destroy(arena);
}
END_TEST

static void alloc_size_max(void *argument)
{
    cv_arena_alloc(argument, SIZE_MAX - 8);
}

START_TEST(sizes_that_overflow_raise)
{
    CvArena *arena = cv_arena_create(0);
    CvError *error;
    ck_assert(!cv_try(alloc_size_max, arena, &error));
    ck_assert_int_eq(error->kind, CV_ERROR_MEMORY);
    cv_arena_destroy(arena);
}
END_TEST

START_TEST(copies_end_in_nul)
{
    CvArena *arena = cv_arena_create(0);
    ck_assert_str_eq(cv_arena_strndup(arena, "abcdef", 3), "abc");
    ck_assert_str_eq(cv_arena_strdup(arena, ""), "");
    ck_assert_ptr_null(cv_arena_strdup(arena, NULL));
    ck_assert_str_eq(cv_arena_memdup(arena, "xyz", 2), "xy");
    ck_assert_str_eq(cv_arena_printf(arena, "%s-%d", "book", 7), "book-7");
    char *text = cv_arena_printf(arena, "%0*d", 2000, 1);
    ck_assert_uint_eq(strlen(text), 2000);
    ck_assert_int_eq(text[1999], '1');
    cv_arena_destroy(arena);
}
END_TEST

START_TEST(blocks_are_used_again_without_malloc)
{
    cv_arena_destroy(cv_arena_create(0));
    cv_memory_fail_at(0);
    for (int i = 0; i < 100; i++) {
        CvArena *arena = cv_arena_create(0);
        cv_arena_alloc(arena, 1000);
        cv_arena_destroy(arena);
    }
    ck_assert_uint_eq(cv_memory_count(), 0);
    cv_arena_trim();
    cv_arena_destroy(cv_arena_create(0));
    ck_assert_uint_eq(cv_memory_count(), 1);
}
END_TEST

UNIT_TESTS("base/arena", memory_is_zeroed_aligned_and_apart, memory_is_zeroed_again_after_a_reset,
           raw_memory_has_the_alignment_asked_for, pieces_larger_than_any_block_are_served,
           defers_run_last_in_first_out, a_rewind_runs_what_was_deferred_since_and_no_more,
           passing_the_budget_raises_and_leaves_the_arena_usable, sizes_that_overflow_raise, copies_end_in_nul,
           blocks_are_used_again_without_malloc)
