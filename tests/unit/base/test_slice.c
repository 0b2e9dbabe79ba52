/* Tests base/slice.h. */
#include "base/base.h"

#include "unit.h"

START_TEST(equality_and_order)
{
    ck_assert(cv_slice_equal((CvSlice){NULL, 0}, CV_SLICE("")));
    ck_assert(!cv_slice_equal(CV_SLICE("a"), CV_SLICE("ab")));
    ck_assert(cv_slice_equal_fold(CV_SLICE("Content-TYPE"), CV_SLICE("content-type")));
    ck_assert(!cv_slice_equal_fold(CV_SLICE("[a"), CV_SLICE("{a")));
    CvArena *arena = cv_arena_create(0);
    ck_assert_str_eq(cv_ascii_lower(arena, "AZ@[az \xC3\x89"), "az@[az \xC3\x89");
    cv_arena_destroy(arena);
    ck_assert_int_lt(cv_slice_compare(CV_SLICE("a"), CV_SLICE("ab")), 0);
    ck_assert_int_gt(cv_slice_compare(CV_SLICE("b"), CV_SLICE("ab")), 0);
    ck_assert_int_eq(cv_slice_compare(CV_SLICE("ab"), CV_SLICE("ab")), 0);
    ck_assert_int_lt(cv_slice_compare(CV_SLICE("z"), CV_SLICE("\xC3\xA9")), 0);
    ck_assert(cv_slice_starts_with(CV_SLICE("abc"), CV_SLICE("")));
    ck_assert(!cv_slice_starts_with(CV_SLICE("ab"), CV_SLICE("abc")));
    ck_assert(cv_slice_ends_with(CV_SLICE("abc"), CV_SLICE("bc")));
    ck_assert(!cv_slice_ends_with(CV_SLICE("c"), CV_SLICE("bc")));
}
END_TEST

START_TEST(strings_that_may_be_missing)
{
    char copy[] = "a";
    ck_assert(cv_texts_same("a", copy) && cv_texts_same(NULL, NULL));
    ck_assert(!cv_texts_same("a", "b") && !cv_texts_same(NULL, "") && !cv_texts_same("", NULL));
}
END_TEST

START_TEST(searching_from_both_ends)
{
    CvSlice text = CV_SLICE("abcabc");
    ck_assert_int_eq(cv_slice_find(text, CV_SLICE("bc")), 1);
    ck_assert_int_eq(cv_slice_find_last(text, CV_SLICE("bc")), 4);
    ck_assert_int_eq(cv_slice_find(text, CV_SLICE("x")), -1);
    ck_assert_int_eq(cv_slice_find_last(text, CV_SLICE("x")), -1);
    ck_assert_int_eq(cv_slice_find(text, CV_SLICE("")), 0);
    ck_assert_int_eq(cv_slice_find_last(text, CV_SLICE("")), 6);
    ck_assert_int_eq(cv_slice_find_last(CV_SLICE("aaa"), CV_SLICE("aa")), 1);
    ck_assert_int_eq(cv_slice_find_last(CV_SLICE("a"), CV_SLICE("aa")), -1);
    ck_assert_int_eq(cv_slice_find_byte(text, 'c'), 2);
    ck_assert_int_eq(cv_slice_find_byte((CvSlice){NULL, 0}, 'c'), -1);
}
END_TEST

START_TEST(cutting_stays_inside)
{
    CvSlice text = CV_SLICE("hello");
    ck_assert(cv_slice_is(cv_slice_range(text, 1, 3), "el"));
    ck_assert(cv_slice_is(cv_slice_range(text, 3, 99), "lo"));
    ck_assert(cv_slice_is(cv_slice_range(text, 99, 3), ""));
    ck_assert(cv_slice_is(cv_slice_skip(text, 99), ""));
    ck_assert(cv_slice_is(cv_slice_skip((CvSlice){NULL, 0}, 2), ""));
    ck_assert(cv_slice_is(cv_slice_trim(CV_SLICE(" \t\v a b \r\n")), "a b"));
    ck_assert(cv_slice_is(cv_slice_trim(CV_SLICE("  ")), ""));
}
END_TEST

START_TEST(splitting_visits_every_part)
{
    CvSlice rest = CV_SLICE("a,,b,"), part;
    const char *expected[] = {"a", "", "b", ""};
    for (size_t i = 0; i < 4; i++) {
        ck_assert(cv_slice_split(&rest, ',', &part));
        ck_assert(cv_slice_is(part, expected[i]));
    }
    ck_assert(!cv_slice_split(&rest, ',', &part));
    rest = CV_SLICE("");
    ck_assert(cv_slice_split(&rest, ',', &part));
    ck_assert(!cv_slice_split(&rest, ',', &part));
}
END_TEST

START_TEST(integers_are_read_whole_or_not_at_all)
{
    int64_t number = 7;
    uint64_t large = 7;
    ck_assert(cv_slice_to_int64(CV_SLICE("-9223372036854775808"), &number) && number == INT64_MIN);
    ck_assert(cv_slice_to_int64(CV_SLICE("+9223372036854775807"), &number) && number == INT64_MAX);
    ck_assert(cv_slice_to_uint64(CV_SLICE("18446744073709551615"), &large) && large == UINT64_MAX);
    number = 7;
    const char *bad[] = {"", "-", "+", "1 ", " 1", "1a", "9223372036854775808", "-9223372036854775809", "0x1", "1_0"};
    for (size_t i = 0; i < CV_COUNT_OF(bad); i++)
        ck_assert_msg(!cv_slice_to_int64(cv_slice(bad[i]), &number) && number == 7, "%s", bad[i]);
    ck_assert(!cv_slice_to_uint64(CV_SLICE("18446744073709551616"), &large));
    ck_assert(!cv_slice_to_uint64(CV_SLICE("-1"), &large));
    ck_assert(cv_slice_to_int64(CV_SLICE("-0"), &number) && number == 0);
}
END_TEST

START_TEST(the_nearest_name_is_proposed)
{
    const char *const names[] = {"title", "published", "author", "price", NULL};
    ck_assert_str_eq(cv_nearest(CV_SLICE("titel"), names), "title");
    ck_assert_str_eq(cv_nearest(CV_SLICE("publshed"), names), "published");
    ck_assert_str_eq(cv_nearest(CV_SLICE("prise"), names), "price");
    ck_assert_ptr_null(cv_nearest(CV_SLICE("slug"), names));
    ck_assert_ptr_null(cv_nearest(CV_SLICE(""), names));
    char longest[200];
    memset(longest, 'a', sizeof longest);
    ck_assert_ptr_null(cv_nearest(cv_slice_of(longest, sizeof longest), names));
}
END_TEST

UNIT_TESTS("base/slice", equality_and_order, strings_that_may_be_missing, searching_from_both_ends,
           cutting_stays_inside, splitting_visits_every_part, integers_are_read_whole_or_not_at_all,
           the_nearest_name_is_proposed)
