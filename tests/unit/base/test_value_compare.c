/* Tests equality, order and dicts of values (base/value.h). */
#include "base/base.h"

#include <math.h>

#include "unit.h"

#define DECIMAL(text_) CV_VALUE((CvDecimal){text_})

static CvValue bigint(const char *digits)
{
    return cv_value_integer_text(cv_arena(), cv_slice(digits));
}

/* In ascending order; what stands in one row is equal. */
START_TEST(numbers_compare_exactly_across_kinds)
{
    CvValue rows[][4] = {
        {CV_VALUE(-INFINITY), DECIMAL("-Infinity")},
        {DECIMAL("-1E+400")},
        {bigint("-99999999999999999999"), DECIMAL("-99999999999999999999"), DECIMAL("-9.9999999999999999999E+19")},
        {CV_VALUE(-1), CV_VALUE(-1.0), DECIMAL("-1.00")},
        {CV_VALUE(0), CV_VALUE(-0.0), CV_VALUE(false), DECIMAL("-0E+7")},
        {DECIMAL("1E-400")},
        {DECIMAL("0.1")},
        {CV_VALUE(0.1)}, /* a little more than a tenth */
        {CV_VALUE(1), CV_VALUE(true), CV_VALUE(1.0), DECIMAL("1")},
        {CV_VALUE(INT64_C(9007199254740992)), CV_VALUE(9007199254740992.0)},
        {CV_VALUE(INT64_C(9007199254740993))},
        {CV_VALUE(INT64_MAX), DECIMAL("9223372036854775807")},
        {CV_VALUE(9223372036854775808.0), bigint("9223372036854775808")},
        {CV_VALUE(1e23)},
        {bigint("100000000000000000000000"), DECIMAL("1E+23")},
        {CV_VALUE(INFINITY)},
    };
    for (size_t i = 0; i < CV_COUNT_OF(rows); i++)
        for (size_t j = 0; j < CV_COUNT_OF(rows); j++)
            for (size_t a = 0; a < 4 && rows[i][a].kind; a++)
                for (size_t b = 0; b < 4 && rows[j][b].kind; b++) {
                    int order;
                    ck_assert(cv_value_compare(rows[i][a], rows[j][b], &order));
                    ck_assert_msg(order == (i > j) - (i < j), "row %zu item %zu, row %zu item %zu", i, a, j, b);
                    ck_assert_int_eq(cv_value_equal(rows[i][a], rows[j][b]), i == j);
                }
}
END_TEST

START_TEST(not_a_number_has_no_order)
{
    int order;
    ck_assert(!cv_value_equal(CV_VALUE(NAN), CV_VALUE(NAN)));
    ck_assert(!cv_value_compare(CV_VALUE(NAN), CV_VALUE(1), &order));
    ck_assert(!cv_value_compare(DECIMAL("NaN"), DECIMAL("1"), &order));
}
END_TEST

START_TEST(kinds_that_are_not_related_differ_and_have_no_order)
{
    CvArena *arena = cv_arena();
    int order;
    CvValue bytes = CV_VALUE(((CvBytes){"a", 1})), tuple = CV_VALUE(cv_list(arena, 1));
    tuple.kind = CV_TUPLE;
    CvValue naive = CV_VALUE(cv_datetime_naive(cv_date(2024, 1, 1), cv_time(0, 0, 0, 0)));
    CvValue aware = CV_VALUE(cv_datetime_in(cv_date(2024, 1, 1), cv_time(0, 0, 0, 0), cv_zone_utc, false));
    const CvValue pairs[][2] = {{CV_VALUE("1"), CV_VALUE(1)},
                                {CV_VALUE("a"), bytes},
                                {CV_NONE, CV_VALUE(0)},
                                {CV_VALUE(cv_list(arena, 1)), tuple},
                                {naive, aware},
                                {CV_VALUE(cv_date(2024, 1, 1)), naive},
                                {CV_VALUE(""), CV_VALUE(false)},
                                {CV_VALUE(cv_duration(0)), CV_VALUE(0)}};
    for (size_t i = 0; i < CV_COUNT_OF(pairs); i++) {
        ck_assert_msg(!cv_value_equal(pairs[i][0], pairs[i][1]), "pair %zu", i);
        ck_assert_msg(!cv_value_compare(pairs[i][0], pairs[i][1], &order), "pair %zu", i);
    }
    ck_assert(cv_value_equal(CV_NONE, CV_NONE));
    ck_assert(!cv_value_compare(CV_NONE, CV_NONE, &order));
}
END_TEST

START_TEST(text_lists_dates_and_dicts_compare_by_their_parts)
{
    CvArena *arena = cv_arena();
    int order;
    ck_assert(cv_value_compare(CV_VALUE("Z"), CV_VALUE("a"), &order) && order < 0);
    ck_assert(cv_value_compare(CV_VALUE("z"), CV_VALUE("é"), &order) && order < 0);
    ck_assert(cv_value_compare(CV_VALUE(cv_list(arena, 1, 2)), CV_VALUE(cv_list(arena, 1, 3)), &order) && order < 0);
    ck_assert(cv_value_compare(CV_VALUE(cv_list(arena, 1, 2)), CV_VALUE(cv_list(arena, 1)), &order) && order > 0);
    ck_assert(!cv_value_compare(CV_VALUE(cv_list(arena, 1)), CV_VALUE(cv_list(arena, "1")), &order));
    ck_assert(cv_value_compare(CV_VALUE(cv_date(2024, 1, 1)), CV_VALUE(cv_date(2023, 12, 31)), &order) && order > 0);
    CvValue berlin =
        CV_VALUE(cv_datetime_in(cv_date(2024, 1, 1), cv_time(1, 0, 0, 0), cv_zone("Europe/Berlin"), false));
    CvValue utc = CV_VALUE(cv_datetime_in(cv_date(2024, 1, 1), cv_time(0, 0, 0, 0), cv_zone_utc, false));
    ck_assert(cv_value_equal(berlin, utc));
    CvDict *a = cv_dict_create(arena), *b = cv_dict_create(arena);
    cv_dict_set_name(a, "x", CV_VALUE(1));
    cv_dict_set_name(a, "y", CV_VALUE(2));
    cv_dict_set_name(b, "y", CV_VALUE(2.0));
    ck_assert(!cv_value_equal(CV_VALUE(a), CV_VALUE(b)));
    cv_dict_set_name(b, "x", CV_VALUE(1));
    ck_assert(cv_value_equal(CV_VALUE(a), CV_VALUE(b)));
    cv_dict_set_name(b, "x", CV_VALUE(3));
    ck_assert(!cv_value_equal(CV_VALUE(a), CV_VALUE(b)));
}
END_TEST

START_TEST(dicts_of_all_sizes_keep_order_and_find)
{
    const int sizes[] = {0, 1, 8, 9, 17, 500};
    for (size_t s = 0; s < CV_COUNT_OF(sizes); s++) {
        CvArena *arena = cv_arena_create(0);
        CvDict *dict = cv_dict_create(arena);
        CvValue found;
        for (int i = 0; i < sizes[s]; i++)
            cv_dict_set(dict, i % 2 ? CV_VALUE(i) : CV_VALUE(cv_arena_printf(arena, "k%d", i)), CV_VALUE(i));
        int at = 0;
        for (const CvDictEntry *entry = NULL; (entry = cv_dict_next(dict, entry)); at++)
            ck_assert_int_eq(entry->value.integer, at);
        ck_assert_int_eq(at, sizes[s]);
        for (int i = 0; i < sizes[s]; i++) {
            CvValue key = i % 2 ? CV_VALUE((double)i) : CV_VALUE(cv_arena_printf(arena, "k%d", i));
            ck_assert(cv_dict_get(dict, key, &found));
            ck_assert_int_eq(found.integer, i);
            ck_assert(i % 3 || cv_dict_remove(dict, key));
        }
        ck_assert(!cv_dict_get_slice(dict, CV_SLICE("nothing"), &found));
        for (int i = 0; i < sizes[s]; i++)
            ck_assert_int_eq(
                cv_dict_get(dict, i % 2 ? CV_VALUE(i) : CV_VALUE(cv_arena_printf(arena, "k%d", i)), &found),
                i % 3 != 0);
        cv_arena_destroy(arena);
    }
}
END_TEST

START_TEST(equal_numbers_are_one_key)
{
    CvArena *arena = cv_arena();
    CvDict *dict = cv_dict_create(arena);
    for (int i = 0; i < 20; i++) /* beyond the size that is searched without hashes */
        cv_dict_set(dict, CV_VALUE(i + 100), CV_NONE);
    const CvValue ones[] = {CV_VALUE(1), CV_VALUE(true), CV_VALUE(1.0), DECIMAL("1.0"), DECIMAL("1")};
    const CvValue larges[] = {bigint("100000000000000000000"), CV_VALUE(1e20), DECIMAL("1E+20")};
    const CvValue halves[] = {CV_VALUE(0.5), DECIMAL("0.50"), DECIMAL("5E-1")};
    const CvValue edges[] = {CV_VALUE(INT64_C(9007199254740994)), CV_VALUE(9007199254740994.0),
                             DECIMAL("9007199254740994")};
    for (size_t i = 0; i < CV_COUNT_OF(ones); i++)
        cv_dict_set(dict, ones[i], CV_VALUE((int64_t)i));
    for (size_t i = 0; i < CV_COUNT_OF(larges); i++)
        cv_dict_set(dict, larges[i], CV_NONE);
    for (size_t i = 0; i < CV_COUNT_OF(halves); i++)
        cv_dict_set(dict, halves[i], CV_NONE);
    for (size_t i = 0; i < CV_COUNT_OF(edges); i++)
        cv_dict_set(dict, edges[i], CV_NONE);
    ck_assert_uint_eq(cv_dict_count(dict), 24);
    CvValue found;
    ck_assert(cv_dict_get(dict, CV_VALUE(1), &found) && found.integer == 4);
}
END_TEST

START_TEST(every_kind_can_be_a_key)
{
    CvArena *arena = cv_arena();
    CvDict *dict = cv_dict_create(arena);
    CvValue tuple = CV_VALUE(cv_list(arena, 1, "x")), found;
    tuple.kind = CV_TUPLE;
    CvUuid uuid = {.set = true, .bytes = {1}};
    CvDateTime when = cv_datetime_in(cv_date(2024, 1, 1), cv_time(0, 0, 0, 0), cv_zone_utc, false);
    const CvValue keys[] = {CV_NONE,
                            CV_VALUE("s"),
                            CV_VALUE(((CvBytes){"s", 1})),
                            CV_VALUE(cv_date(2024, 1, 1)),
                            CV_VALUE(cv_time(1, 2, 3, 4)),
                            CV_VALUE(when),
                            CV_VALUE(cv_duration(5)),
                            CV_VALUE(uuid),
                            tuple,
                            CV_VALUE(cv_list(arena, 1, "x")),
                            CV_VALUE(1),
                            CV_VALUE(NAN),
                            CV_VALUE(2.5)};
    for (size_t round = 0; round < 2; round++)
        for (size_t i = 0; i < CV_COUNT_OF(keys); i++)
            if (i != 11)
                cv_dict_set(dict, keys[i], CV_VALUE((int64_t)i));
    ck_assert_uint_eq(cv_dict_count(dict), CV_COUNT_OF(keys) - 1);
    for (size_t i = 0; i < CV_COUNT_OF(keys); i++)
        ck_assert(i == 11 || (cv_dict_get(dict, keys[i], &found) && found.integer == (int64_t)i));
    ck_assert(!cv_dict_get(dict, CV_VALUE(NAN), &found));
    cv_dict_set(dict, DECIMAL("NaN"), CV_NONE);
}
END_TEST

typedef struct Key {
    CvObject object;
    int id;
} Key;

static bool same_id(const void *a, CvValue b)
{
    return b.kind == CV_INT && b.integer == ((const Key *)a)->id;
}

START_TEST(objects_have_their_own_equality)
{
    static const CvType plain = {CV_TYPE_MAGIC, "Plain"}, keyed = {CV_TYPE_MAGIC, "Keyed", .equal = same_id};
    Key a = {{&plain}, 1}, b = {{&plain}, 1}, c = {{&keyed}, 7};
    ck_assert(cv_value_equal(CV_VALUE(&a), CV_VALUE(&a)) && !cv_value_equal(CV_VALUE(&a), CV_VALUE(&b)));
    ck_assert(cv_value_equal(CV_VALUE(&c), CV_VALUE(7)) && cv_value_equal(CV_VALUE(7), CV_VALUE(&c)));
    ck_assert(!cv_value_equal(CV_VALUE(8), CV_VALUE(&c)) && !cv_value_equal(CV_VALUE(&a), CV_VALUE(1)));
    CvDict *dict = cv_dict_create(cv_arena());
    for (int i = 0; i < 20; i++)
        cv_dict_set(dict, CV_VALUE(i + 100), CV_NONE);
    CvValue found;
    cv_dict_set(dict, CV_VALUE(&a), CV_VALUE(1));
    cv_dict_set(dict, CV_VALUE(&b), CV_VALUE(2));
    ck_assert(cv_dict_get(dict, CV_VALUE(&a), &found) && found.integer == 1);
}
END_TEST

START_TEST(the_rest_of_the_kinds_have_an_order)
{
    int order;
    CvUuid a = {.set = true, .bytes = {1}}, b = {.set = true, .bytes = {2}};
    ck_assert(cv_value_compare(CV_VALUE(a), CV_VALUE(b), &order) && order < 0);
    ck_assert(cv_value_equal(CV_VALUE(a), CV_VALUE(a)) && !cv_value_equal(CV_VALUE(a), CV_VALUE(b)));
    ck_assert(cv_value_compare(CV_VALUE(cv_time(1, 0, 0, 0)), CV_VALUE(cv_time(0, 59, 0, 0)), &order) && order > 0);
    ck_assert(cv_value_equal(CV_VALUE(cv_time(1, 0, 0, 0)), CV_VALUE(cv_time(1, 0, 0, 0))));
    ck_assert(cv_value_compare(CV_VALUE(cv_duration(-1)), CV_VALUE(cv_duration(0)), &order) && order < 0);
    ck_assert(cv_value_compare(CV_VALUE(((CvBytes){"a", 1})), CV_VALUE(((CvBytes){"b", 1})), &order) && order < 0);
    CvDateTime when = cv_datetime_naive(cv_date(2024, 1, 1), cv_time(0, 0, 0, 0));
    ck_assert(cv_value_compare(CV_VALUE(when), CV_VALUE(when), &order) && order == 0);
}
END_TEST

UNIT_TESTS("base/value_compare", numbers_compare_exactly_across_kinds, not_a_number_has_no_order,
           kinds_that_are_not_related_differ_and_have_no_order, text_lists_dates_and_dicts_compare_by_their_parts,
           dicts_of_all_sizes_keep_order_and_find, equal_numbers_are_one_key, every_kind_can_be_a_key,
           objects_have_their_own_equality, the_rest_of_the_kinds_have_an_order)
