/* test_paginator.c: pages of lists; the many records of Django's answers are in the conformance runner. */
#include "unit.h"

#include "base/self.h"
#include "web/paginator.h"

static CvValue numbers(int64_t count)
{
    CvList *list = cv_list_create(cv_arena());
    for (int64_t i = 1; i <= count; i++)
        cv_list_add(cv_arena(), list, cv_value_int(i));
    return cv_value_list(list);
}

START_TEST(pages_have_their_items)
{
    CvPaginator *paginator = cv_paginator(numbers(25), 10, 0, true);
    ck_assert_int_eq(cv_paginator_pages(paginator), 3);
    CvPage *page = cv_paginator_page(paginator, CV_VALUE(3));
    ck_assert_uint_eq(page->items.list->count, 5);
    ck_assert_int_eq(page->items.list->items[0].integer, 21);
    ck_assert(!cv_page_has_next(page));
    ck_assert(cv_page_has_previous(page));
    ck_assert_int_eq(cv_page_start_index(page), 21);
    ck_assert_int_eq(cv_page_end_index(page), 25);
}
END_TEST

START_TEST(orphans_join_the_last_page)
{
    ck_assert_int_eq(cv_paginator_pages(cv_paginator(numbers(25), 10, 5, true)), 2);
    ck_assert_int_eq(cv_paginator_pages(cv_paginator(numbers(26), 10, 5, true)), 3);
    CvPage *page = cv_paginator_page(cv_paginator(numbers(25), 10, 5, true), CV_VALUE(2));
    ck_assert_uint_eq(page->items.list->count, 15);
}
END_TEST

static CvErrorKind kind_of(CvPaginator *paginator, CvValue number)
{
    CvError error;
    int64_t out;
    return cv_paginator_validate(paginator, number, &out, &error) ? CV_ERROR_NONE : error.kind;
}

START_TEST(numbers_are_validated)
{
    CvPaginator *paginator = cv_paginator(numbers(25), 10, 0, true);
    ck_assert_int_eq(kind_of(paginator, CV_VALUE(1)), CV_ERROR_NONE);
    ck_assert_int_eq(kind_of(paginator, CV_VALUE(3)), CV_ERROR_NONE);
    ck_assert_int_eq(kind_of(paginator, CV_VALUE("2")), CV_ERROR_NONE);
    ck_assert_int_eq(kind_of(paginator, CV_VALUE(0)), CV_ERROR_EMPTY_PAGE);
    ck_assert_int_eq(kind_of(paginator, CV_VALUE(4)), CV_ERROR_EMPTY_PAGE);
    ck_assert_int_eq(kind_of(paginator, CV_VALUE("99999999999999999999")), CV_ERROR_EMPTY_PAGE);
    ck_assert_int_eq(kind_of(paginator, CV_VALUE("-99999999999999999999")), CV_ERROR_EMPTY_PAGE);
    ck_assert_int_eq(kind_of(paginator, CV_VALUE(" 0_2 ")), CV_ERROR_NONE);
    ck_assert_int_eq(kind_of(paginator, CV_VALUE("\xd9\xa3")), CV_ERROR_NONE);
    ck_assert_int_eq(kind_of(paginator, CV_VALUE(1e300)), CV_ERROR_EMPTY_PAGE);
    ck_assert_int_eq(kind_of(paginator, CV_VALUE(2.0)), CV_ERROR_NONE);
    ck_assert_int_eq(kind_of(paginator, CV_VALUE(INFINITY)), CV_ERROR_PAGE_NOT_AN_INTEGER);
    ck_assert_int_eq(kind_of(paginator, CV_VALUE("x")), CV_ERROR_PAGE_NOT_AN_INTEGER);
    ck_assert_int_eq(kind_of(paginator, CV_VALUE(1.5)), CV_ERROR_PAGE_NOT_AN_INTEGER);
    ck_assert_int_eq(kind_of(paginator, CV_NONE), CV_ERROR_PAGE_NOT_AN_INTEGER);
}
END_TEST

START_TEST(get_page_never_fails)
{
    CvPaginator *paginator = cv_paginator(numbers(25), 10, 0, true);
    ck_assert_int_eq(cv_paginator_get_page(paginator, CV_VALUE("x"))->number, 1);
    ck_assert_int_eq(cv_paginator_get_page(paginator, CV_VALUE(99))->number, 3);
    ck_assert_int_eq(cv_paginator_get_page(paginator, CV_VALUE(-1))->number, 3);
}
END_TEST

START_TEST(templates_see_a_page)
{
    CvPage *page = cv_paginator_page(cv_paginator(numbers(25), 10, 0, true), CV_VALUE(2));
    static const struct {
        const char *name, *text;
    } members[] = {{"number", "2"},           {"has_next", "True"},          {"has_other_pages", "True"},
                   {"next_page_number", "3"}, {"previous_page_number", "1"}, {"start_index", "11"},
                   {"end_index", "20"}};
    for (size_t i = 0; i < CV_COUNT_OF(members); i++) {
        CvAccessor accessor;
        CvValue value;
        ck_assert(cv_page_type.resolve(&cv_page_type, cv_slice(members[i].name), &accessor));
        accessor.read(&accessor, page, cv_arena(), &value);
        ck_assert_msg(cv_slice_is(cv_value_str(cv_arena(), value), members[i].text), "%s", members[i].name);
    }
    CvAccessor accessor;
    ck_assert(!cv_page_type.resolve(&cv_page_type, CV_SLICE("colour"), &accessor));
    ck_assert(cv_slice_is(cv_value_str(cv_arena(), CV_VALUE(page)), "<Page 2 of 3>"));
    size_t length;
    ck_assert(cv_page_type.length(page, &length));
    ck_assert_uint_eq(length, 10);
    CvIterator iterator = {.arena = cv_arena(), .object = page};
    CvValue item;
    cv_page_type.iterate(page, &iterator);
    size_t count = 0;
    while (iterator.next(&iterator, &item))
        ck_assert_int_eq(item.integer, 11 + (int64_t)count++);
    ck_assert_uint_eq(count, 10);
}
END_TEST

static void elide_around(void *number)
{
    cv_paginator_elided_range(cv_paginator(numbers(100), 10, 0, true), *(int64_t *)number, 3, 2);
}

START_TEST(long_ranges_are_elided)
{
    CvList *range = cv_paginator_elided_range(cv_paginator(numbers(500), 10, 0, true), 25, 3, 2);
    ck_assert(cv_slice_is(cv_value_str(cv_arena(), cv_value_list(range)),
                          "[1, 2, '\u2026', 22, 23, 24, 25, 26, 27, 28, '\u2026', 49, 50]"));
    range = cv_paginator_elided_range(cv_paginator(numbers(100), 10, 0, true), 5, 3, 2);
    ck_assert_uint_eq(range->count, 10);
    static int64_t outside[] = {0, -1, 11};
    CvError *error;
    for (size_t i = 0; i < CV_COUNT_OF(outside); i++) {
        ck_assert(!cv_try(elide_around, &outside[i], &error));
        ck_assert_int_eq(error->kind, CV_ERROR_EMPTY_PAGE);
    }
}
END_TEST

UNIT_TESTS("web/paginator", pages_have_their_items, orphans_join_the_last_page, numbers_are_validated,
           get_page_never_fails, templates_see_a_page, long_ranges_are_elided)
