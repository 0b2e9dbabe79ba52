/* test_querydict.c: names with several values: parsing, changing, writing, limits, templates. */
#include "unit.h"

#include "http/querydict.h"

static CvQueryDict *parse(CvArena *arena, const char *text)
{
    CvError error;
    CvQueryDict *dict = cv_querydict_parse(arena, cv_slice(text), NULL, 0, &error);

    ck_assert_ptr_nonnull(dict);
    return dict;
}

START_TEST(keeps_values_in_order)
{
    CvArena *arena = cv_arena_create(0);
    CvQueryDict *dict = parse(arena, "b=1&a=x+y&b=%C3%A9&c&=e&&b=");
    const char *value;
    size_t seen = 0;

    ck_assert_uint_eq(cv_querydict_count(dict), 4);
    ck_assert_str_eq(cv_querydict_get(dict, "a"), "x y");
    ck_assert_str_eq(cv_querydict_get(dict, "b"), "");
    ck_assert_str_eq(cv_querydict_get(dict, "c"), "");
    ck_assert_str_eq(cv_querydict_get(dict, ""), "e");
    ck_assert_ptr_null(cv_querydict_get(dict, "B"));
    ck_assert_str_eq(cv_querydict_value(dict, "b", 1), "\xc3\xa9");
    ck_assert_ptr_null(cv_querydict_value(dict, "b", 3));
    CV_QUERYDICT_EACH(dict, "b", value)
    seen++;
    ck_assert_uint_eq(seen, 3);
    ck_assert_str_eq(cv_querydict_urlencode(arena, dict, NULL).data, "b=1&b=%C3%A9&b=&a=x+y&c=&=e");
    ck_assert_str_eq(cv_querydict_urlencode(arena, parse(arena, "n=/a b/"), "/").data, "n=/a%20b/");
    cv_arena_destroy(arena);
}
END_TEST

START_TEST(changes)
{
    CvArena *arena = cv_arena_create(0);
    CvQueryDict *dict = parse(arena, "a=1&a=2&b=3");
    CvQueryDict *copy = cv_querydict_copy(arena, dict);

    cv_querydict_set(dict, "a", "9");
    cv_querydict_add(dict, CV_SLICE("c"), CV_SLICE("4"));
    ck_assert(cv_querydict_remove(dict, "b"));
    ck_assert(!cv_querydict_remove(dict, "b"));
    ck_assert(!cv_querydict_has(dict, "b"));
    ck_assert_str_eq(cv_querydict_urlencode(arena, dict, NULL).data, "a=9&c=4");
    cv_querydict_add(dict, CV_SLICE("b"), CV_SLICE("5"));
    ck_assert_str_eq(cv_querydict_urlencode(arena, dict, NULL).data, "a=9&c=4&b=5");
    ck_assert_str_eq(cv_querydict_urlencode(arena, copy, NULL).data, "a=1&a=2&b=3");
    cv_arena_destroy(arena);
}
END_TEST

START_TEST(finds_among_many)
{
    CvArena *arena = cv_arena_create(0);
    CvQueryDict *dict = cv_querydict_create(arena);
    char name[20];

    for (int i = 0; i < 1000; i++) {
        snprintf(name, sizeof name, "k%d", i % 500);
        cv_querydict_add(dict, cv_slice(name), cv_slice(name));
    }
    ck_assert_uint_eq(cv_querydict_count(dict), 500);
    for (int i = 0; i < 500; i++) {
        snprintf(name, sizeof name, "k%d", i);
        ck_assert_uint_eq(cv_querydict_find(dict, cv_slice(name))->count, 2);
    }
    ck_assert(cv_querydict_remove(dict, "k7"));
    ck_assert_ptr_null(cv_querydict_get(dict, "k7"));
    ck_assert_str_eq(cv_querydict_get(dict, "k8"), "k8");
    cv_arena_destroy(arena);
}
END_TEST

START_TEST(bounds_the_fields)
{
    CvArena *arena = cv_arena_create(0);
    CvError error;

    ck_assert_ptr_nonnull(cv_querydict_parse(arena, CV_SLICE("a&b"), NULL, 3, &error));
    ck_assert_ptr_nonnull(cv_querydict_parse(arena, CV_SLICE("a&b&c"), NULL, 3, &error));
    ck_assert_ptr_null(cv_querydict_parse(arena, CV_SLICE("a&b&c&d"), NULL, 3, &error));
    ck_assert_int_eq(error.kind, CV_ERROR_TOO_MANY_FIELDS);
    ck_assert_ptr_null(cv_querydict_parse(arena, CV_SLICE("a"), NULL, CV_NO_FIELDS, &error));
    ck_assert_ptr_nonnull(cv_querydict_parse(arena, CV_SLICE(""), NULL, CV_NO_FIELDS, &error));
    cv_arena_destroy(arena);
}
END_TEST

START_TEST(reads_other_charsets)
{
    CvArena *arena = cv_arena_create(0);
    CvError error;
    CvQueryDict *dict = cv_querydict_parse(arena, CV_SLICE("a=%80%E9"), "windows-1252", 0, &error);

    ck_assert_str_eq(cv_querydict_get(dict, "a"), "\xe2\x82\xac\xc3\xa9");
    ck_assert_str_eq(cv_querydict_urlencode(arena, dict, NULL).data, "a=%80%E9");
    ck_assert_str_eq(cv_querydict_get(parse(arena, "a=\xe9"), "a"), "\xc3\xa9");
    ck_assert_str_eq(cv_querydict_get(parse(arena, "a=%E9"), "a"), "\xef\xbf\xbd");
    ck_assert_ptr_null(cv_querydict_parse(arena, CV_SLICE("a"), "no-such", 0, &error));
    cv_arena_destroy(arena);
}
END_TEST

START_TEST(shows_itself_to_templates)
{
    CvArena *arena = cv_arena_create(0);
    CvQueryDict *dict = parse(arena, "a=1&a=2&b=3");
    CvIterator iterator = {.arena = arena};
    CvValue value;
    size_t length;

    ck_assert(cv_querydict_type.get(dict, CV_SLICE("a"), arena, &value));
    ck_assert(cv_slice_is(cv_value_as_slice(value), "2"));
    ck_assert(cv_querydict_type.get(dict, CV_SLICE("items"), arena, &value));
    ck_assert_uint_eq(value.list->count, 2);
    ck_assert(!cv_querydict_type.get(dict, CV_SLICE("z"), arena, &value));
    ck_assert(cv_querydict_type.length(dict, &length) && length == 2);
    cv_querydict_type.iterate(dict, &iterator);
    ck_assert(iterator.next(&iterator, &value) && cv_slice_is(cv_value_as_slice(value), "a"));
    ck_assert(iterator.next(&iterator, &value) && !iterator.next(&iterator, &value));
    ck_assert(cv_slice_is(cv_querydict_type.repr(dict, arena), "<QueryDict: {'a': ['1', '2'], 'b': ['3']}>"));
    ck_assert(cv_querydict_type.contains(dict, cv_value_string("b")));
    cv_arena_destroy(arena);
}
END_TEST

UNIT_TESTS("http/querydict", keeps_values_in_order, changes, finds_among_many, bounds_the_fields, reads_other_charsets,
           shows_itself_to_templates)
