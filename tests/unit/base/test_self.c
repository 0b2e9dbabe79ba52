/* Tests base/self.h. */
#include "base/base.h"

#include <pthread.h>

#include "unit.h"

START_TEST(a_thread_has_an_arena_of_its_own)
{
    char *text = cv_printf("%s %d", "book", 7);
    ck_assert_str_eq(text, "book 7");
    ck_assert_str_eq(cv_strdup("x"), "x");
    ck_assert_ptr_null(cv_strdup(NULL));
    int *numbers = cv_new_array(int, 10);
    for (int i = 0; i < 10; i++)
        ck_assert_int_eq(numbers[i], 0);
    ck_assert_ptr_eq(cv_self(), cv_self_of_thread());
}
END_TEST

START_TEST(switching_changes_what_runs)
{
    CvArena *arena = cv_arena_create(0);
    CvSelf fiber = {.arena = arena}, *own = cv_self();
    CvSelf *was = cv_self_switch(&fiber);
    ck_assert_ptr_eq(was, own);
    ck_assert_ptr_eq(cv_self(), &fiber);
    ck_assert_ptr_eq(cv_arena(), arena);
    CvScratch scratch = cv_scratch_begin(NULL);
    cv_scratch_end(scratch);
    cv_self_switch(was);
    ck_assert_ptr_eq(cv_self(), own);
    ck_assert_ptr_ne(own->scratch[0], fiber.scratch[0]);
    cv_self_release(&fiber);
    ck_assert_ptr_null(fiber.scratch[0]);
    cv_arena_destroy(arena);
}
END_TEST

START_TEST(scratch_is_never_the_arena_to_be_kept)
{
    CvScratch outer = cv_scratch_begin(NULL);
    CvScratch inner = cv_scratch_begin(outer.arena);
    ck_assert_ptr_ne(outer.arena, inner.arena);
    char *kept = cv_arena_strdup(outer.arena, "kept");
    CvScratch third = cv_scratch_begin(inner.arena);
    ck_assert_ptr_ne(third.arena, inner.arena);
    cv_arena_alloc(third.arena, 100000);
    cv_scratch_end(third);
    cv_scratch_end(inner);
    ck_assert_str_eq(kept, "kept");
    cv_scratch_end(outer);
}
END_TEST

START_TEST(a_block_can_have_another_arena)
{
    CvArena *outer = cv_arena(), *other = cv_arena_create(0);
    CV_IN_ARENA (other) {
        ck_assert_ptr_eq(cv_arena(), other);
    }
    ck_assert_ptr_eq(cv_arena(), outer);
    cv_arena_destroy(other);
}
END_TEST

static int ran;

static void count(void *unused)
{
    (void)unused;
    ran++;
}

static void *in_thread(void *unused)
{
    cv_defer(count, NULL);
    cv_scratch_end(cv_scratch_begin(NULL));
    return unused;
}

START_TEST(a_thread_gives_everything_back_at_its_end)
{
    pthread_t thread;
    ck_assert_int_eq(pthread_create(&thread, NULL, in_thread, NULL), 0);
    pthread_join(thread, NULL);
    ck_assert_int_eq(ran, 1);
}
END_TEST

START_TEST(zones_belong_to_the_context)
{
    const CvZone *berlin = cv_zone("Europe/Berlin");
    ck_assert_ptr_eq(cv_current_zone(), cv_zone_utc);
    cv_set_default_zone(berlin);
    ck_assert_ptr_eq(cv_current_zone(), berlin);
    cv_activate_zone(cv_zone("Asia/Tokyo"));
    ck_assert_str_eq(cv_zone_name(cv_current_zone()), "Asia/Tokyo");
    CvSelf fiber = {0}, *was = cv_self_switch(&fiber);
    ck_assert_ptr_eq(cv_current_zone(), berlin);
    cv_self_switch(was);
    cv_activate_zone(NULL);
    ck_assert_ptr_eq(cv_current_zone(), berlin);
}
END_TEST

static void fill_scratch(void *argument)
{
    CvScratch scratch = cv_scratch_begin(cv_arena());
    (void)cv_arena_alloc(scratch.arena, *(const size_t *)argument);
    cv_scratch_end(scratch);
}

START_TEST(scratch_has_the_budget_of_what_runs)
{
    CvArena *limited = cv_arena_create(1 << 20), *outer = cv_arena_enter(limited);
    size_t small = 1 << 18, large = 1 << 21;
    CvError *error;
    ck_assert(cv_try(fill_scratch, &small, NULL));
    ck_assert(!cv_try(fill_scratch, &large, &error));
    ck_assert_int_eq(error->kind, CV_ERROR_MEMORY);
    cv_arena_leave(outer);
    ck_assert(cv_try(fill_scratch, &large, NULL));
    cv_arena_destroy(limited);
}
END_TEST

UNIT_TESTS("base/self", a_thread_has_an_arena_of_its_own, switching_changes_what_runs,
           scratch_is_never_the_arena_to_be_kept, a_block_can_have_another_arena,
           a_thread_gives_everything_back_at_its_end, zones_belong_to_the_context, scratch_has_the_budget_of_what_runs)
