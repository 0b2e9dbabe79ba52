/* Tests base/site.h. */
#include "base/base.h"

#include "unit.h"

static CvSite *filter_here(int line[1])
{
    line[0] = __LINE__ + 1;
    return CV_SITE(CV_SITE_FILTER, NULL, "Book", 7, 64, "title__icontains", "x", "published__year", 1990);
}

START_TEST(a_call_leaves_a_record_of_its_keys_and_kinds)
{
    int line;
    CvSite *site = filter_here(&line);
    ck_assert_int_eq(site->kind, CV_SITE_FILTER);
    ck_assert_int_eq(site->line, line);
    ck_assert(strstr(site->file, "test_site.c"));
    ck_assert_str_eq(site->model, "Book");
    ck_assert_uint_eq(site->model_line, 7);
    ck_assert_uint_eq(site->row_size, 64);
    ck_assert_int_eq(site->count, 2);
    ck_assert_str_eq(site->keys[1], "published__year");
    ck_assert_ptr_null(site->keys[2]);
    ck_assert_int_eq(site->value_kinds[0], CV_STRING);
    ck_assert_int_eq(site->value_kinds[1], CV_INT);
    ck_assert_ptr_eq(site, filter_here(&line));
}
END_TEST

START_TEST(the_section_is_walked_from_end_to_end)
{
    CvSite *names = CV_NAMES_SITE(CV_SITE_ORDER, NULL, 0, 0, "-published", "title");
    CvSite *empty = CV_SITE(CV_SITE_RENDER, "\"a.html\"", NULL, 0, 0);
    int line;
    ck_assert_ptr_null(cv_sites_next(NULL));
    CV_SITES_ADD();
    CV_SITES_ADD(); /* handing it over twice counts once */
    int seen = 0, found = 0;
    for (CvSite *site = NULL; (site = cv_sites_next(site)); seen++) {
        ck_assert_int_ge(site->kind, CV_SITE_FILTER);
        ck_assert_int_le(site->kind, CV_SITE_PERMISSION);
        found += site == names || site == empty || site == filter_here(&line);
    }
    ck_assert_int_eq(seen, 3);
    ck_assert_int_eq(found, 3);
    ck_assert_int_eq(names->count, 2);
    ck_assert_ptr_null(names->value_kinds);
    ck_assert_int_eq(empty->count, 0);
    CvSite foreign;
    ck_assert_ptr_null(cv_sites_next(&foreign));
}
END_TEST

START_TEST(arguments_become_values)
{
    const CvValue *values = CV_ARGUMENTS("a", 1, "b", "two");
    ck_assert_int_eq(values[0].integer, 1);
    ck_assert_str_eq(values[1].text, "two");
    ck_assert_int_eq(values[2].kind, CV_MISSING);
    ck_assert_int_eq(CV_ARGUMENTS()[0].kind, CV_MISSING);
}
END_TEST

UNIT_TESTS("base/site", a_call_leaves_a_record_of_its_keys_and_kinds, the_section_is_walked_from_end_to_end,
           arguments_become_values)
