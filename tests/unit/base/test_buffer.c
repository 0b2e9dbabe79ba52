/* Tests base/buffer.h. */
#include "base/base.h"

#include "unit.h"

START_TEST(bytes_grow_at_the_end)
{
    CvArena *arena = cv_arena_create(0);
    CvBuffer out = cv_buffer(arena);
    for (int i = 0; i < 5000; i++) {
        cv_buffer_append_int(&out, i);
        cv_arena_alloc(arena, (size_t)i % 50); /* others allocate in between */
    }
    size_t at = 0;
    for (int i = 0; i < 5000; i++) {
        char number[16];
        int length = snprintf(number, sizeof number, "%d", i);
        ck_assert_int_eq(memcmp(out.data + at, number, (size_t)length), 0);
        at += (size_t)length;
    }
    ck_assert_uint_eq(at, out.length);
    cv_arena_destroy(arena);
}
END_TEST

START_TEST(without_an_arena_it_owns_its_bytes)
{
    CvBuffer out = cv_buffer(NULL);
    cv_buffer_append_repeated(&out, 'x', 10000);
    ck_assert_uint_eq(strlen(cv_buffer_string(&out)), 10000);
    cv_buffer_free(&out);
    ck_assert_ptr_null(out.data);
}
END_TEST

START_TEST(numbers_are_written_in_decimal)
{
    CvArena *arena = cv_arena_create(0);
    CvBuffer out = cv_buffer(arena);
    cv_buffer_append_int(&out, INT64_MIN);
    cv_buffer_append_byte(&out, ' ');
    cv_buffer_append_int(&out, INT64_MAX);
    cv_buffer_append_byte(&out, ' ');
    cv_buffer_append_uint(&out, UINT64_MAX);
    cv_buffer_append_byte(&out, ' ');
    cv_buffer_append_int(&out, 0);
    ck_assert_str_eq(cv_buffer_string(&out), "-9223372036854775808 9223372036854775807 18446744073709551615 0");
    cv_arena_destroy(arena);
}
END_TEST

START_TEST(padded_numbers_have_zeroes_in_front)
{
    CvArena *arena = cv_arena_create(0);
    CvBuffer out = cv_buffer(arena);
    cv_buffer_append_padded(&out, 7, 2);
    cv_buffer_append_padded(&out, 0, 3);
    cv_buffer_append_padded(&out, 12345, 2);
    cv_buffer_append_padded(&out, UINT64_MAX, 25);
    ck_assert_str_eq(cv_buffer_string(&out), "0700012345"
                                             "0000018446744073709551615");
    cv_arena_destroy(arena);
}
END_TEST

START_TEST(printf_takes_any_length)
{
    CvArena *arena = cv_arena_create(0);
    CvBuffer out = cv_buffer(arena);
    cv_buffer_printf(&out, "[%*s]", 5000, "x");
    ck_assert_uint_eq(out.length, 5002);
    ck_assert_str_eq(cv_buffer_string(&out) + 5000, "x]");
    cv_arena_destroy(arena);
}
END_TEST

START_TEST(the_nul_is_overwritten_by_the_next_append)
{
    CvArena *arena = cv_arena_create(0);
    CvBuffer out = cv_buffer(arena);
    ck_assert_str_eq(cv_buffer_string(&out), "");
    cv_buffer_append_string(&out, "a");
    cv_buffer_string(&out);
    cv_buffer_append_string(&out, "b");
    ck_assert_str_eq(cv_buffer_string(&out), "ab");
    ck_assert_uint_eq(out.length, 2);
    cv_arena_destroy(arena);
}
END_TEST

UNIT_TESTS("base/buffer", bytes_grow_at_the_end, without_an_arena_it_owns_its_bytes, numbers_are_written_in_decimal,
           padded_numbers_have_zeroes_in_front, printf_takes_any_length, the_nul_is_overwritten_by_the_next_append)
