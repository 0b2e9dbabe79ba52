/* Tests making values, their truth and copies (base/value.h). */
#include "base/base.h"

#include "unit.h"

typedef struct Thing {
    CvObject object;
    size_t length;
} Thing;

static bool thing_length(const void *object, size_t *out)
{
    *out = ((const Thing *)object)->length;
    return true;
}

static CvSlice thing_str(const void *object, CvArena *arena)
{
    return cv_slice(cv_arena_printf(arena, "thing of %zu", ((const Thing *)object)->length));
}

static const CvType thing_type = {CV_TYPE_MAGIC, "Thing", .length = thing_length, .str = thing_str};

START_TEST(the_kind_follows_from_the_c_type)
{
    int64_t wide = 5;
    unsigned char byte = 6;
    char text[] = "x";
    ck_assert_int_eq(CV_VALUE(true).kind, CV_BOOL);
    ck_assert_int_eq(CV_VALUE(1).kind, CV_INT);
    ck_assert_int_eq(CV_VALUE(wide).integer, 5);
    ck_assert_int_eq(CV_VALUE(byte).integer, 6);
    ck_assert_int_eq(CV_VALUE(UINT64_MAX).kind, CV_BIGINT);
    ck_assert_str_eq(CV_VALUE(UINT64_MAX).text, "18446744073709551615");
    ck_assert_int_eq(CV_VALUE((uint64_t)7).kind, CV_INT);
    ck_assert_int_eq(CV_VALUE(1.5f).kind, CV_FLOAT);
    ck_assert_int_eq(CV_VALUE("abc").length, 3);
    ck_assert_int_eq(CV_VALUE(text).kind, CV_STRING);
    ck_assert_int_eq(CV_VALUE((const char *)NULL).kind, CV_NULL);
    ck_assert_int_eq(CV_VALUE(cv_date(2024, 1, 1)).kind, CV_DATE);
    ck_assert_int_eq(CV_VALUE((CvDate){0}).kind, CV_NULL);
    ck_assert_int_eq(CV_VALUE((CvUuid){0}).kind, CV_NULL);
    ck_assert_int_eq(CV_VALUE(CV_INTEGER(3)).integer, 3);
    ck_assert_int_eq(CV_VALUE((CvNullInteger){0}).kind, CV_NULL);
    ck_assert_int_eq(CV_VALUE(CV_BOOLEAN(false)).kind, CV_BOOL);
    ck_assert_int_eq(CV_VALUE((CvDecimal){"1.50"}).kind, CV_DECIMAL);
    ck_assert_int_eq(CV_VALUE(((CvBytes){"a\0b", 3})).length, 3);
    Thing thing = {{&thing_type}, 0};
    ck_assert_int_eq(CV_VALUE(&thing).kind, CV_OBJECT);
    ck_assert_int_eq(CV_VALUE((Thing *)NULL).kind, CV_NULL);
    ck_assert_str_eq(cv_value_kind_name(CV_VALUE(&thing)), "Thing");
    ck_assert_str_eq(cv_value_kind_name(CV_NONE), "NoneType");
}
END_TEST

static void make_long(void *unused)
{
    (void)unused;
    cv_value_slice(cv_slice_of("", (size_t)UINT32_MAX + 1));
}

static void make_bad_object(void *unused)
{
    static const long numbers[4];
    (void)unused;
    static const void *const not_an_object[] = {numbers, NULL};
    cv_value_object(not_an_object);
}

START_TEST(what_cannot_be_a_value_raises)
{
    CvError *error;
    ck_assert(!cv_try(make_long, NULL, &error) && error->kind == CV_ERROR_VALUE);
    ck_assert(!cv_try(make_bad_object, NULL, &error) && error->kind == CV_ERROR_TYPE);
}
END_TEST

START_TEST(truth_is_that_of_python)
{
    CvArena *arena = cv_arena();
    Thing empty = {{&thing_type}, 0}, full = {{&thing_type}, 2};
    CvDict *dict = cv_dict_create(arena);
    const CvValue falsy[] = {CV_NONE,
                             CV_VALUE(false),
                             CV_VALUE(0),
                             CV_VALUE(0.0),
                             CV_VALUE(""),
                             CV_VALUE(&empty),
                             CV_VALUE((CvDecimal){"0.00"}),
                             CV_VALUE((CvDecimal){"-0E+5"}),
                             CV_VALUE(cv_duration(0)),
                             CV_VALUE(cv_list_create(arena)),
                             CV_VALUE(dict),
                             {.kind = CV_MISSING}};
    const CvValue truthy[] = {CV_VALUE(true),
                              CV_VALUE(-1),
                              CV_VALUE(0.5),
                              CV_VALUE(" "),
                              CV_VALUE(&full),
                              CV_VALUE((CvDecimal){"0.001"}),
                              CV_VALUE((CvDecimal){"NaN"}),
                              CV_VALUE(cv_list(arena, 0)),
                              CV_VALUE(cv_date(1, 1, 1)),
                              CV_VALUE(cv_time(0, 0, 0, 0))};
    for (size_t i = 0; i < CV_COUNT_OF(falsy); i++)
        ck_assert_msg(!cv_value_truth(falsy[i]), "falsy %zu", i);
    for (size_t i = 0; i < CV_COUNT_OF(truthy); i++)
        ck_assert_msg(cv_value_truth(truthy[i]), "truthy %zu", i);
}
END_TEST

START_TEST(integers_of_any_size_are_read)
{
    CvArena *arena = cv_arena();
    ck_assert_int_eq(cv_value_integer_text(arena, CV_SLICE("-42")).integer, -42);
    CvValue large = cv_value_integer_text(arena, CV_SLICE("-0009223372036854775809"));
    ck_assert_int_eq(large.kind, CV_BIGINT);
    ck_assert_str_eq(large.text, "-9223372036854775809");
    ck_assert_str_eq(cv_value_integer_text(arena, CV_SLICE("+99999999999999999999")).text, "99999999999999999999");
}
END_TEST

START_TEST(a_copy_lives_on_its_own)
{
    CvArena *from = cv_arena_create(0), *to = cv_arena_create(0);
    CvDict *dict = cv_dict_create(from);
    char *text = cv_arena_strdup(from, "text");
    cv_dict_set(dict, CV_VALUE(text), CV_VALUE(cv_list(from, 1, text, (CvDecimal){cv_arena_strdup(from, "1.5")})));
    CvValue copy = cv_value_copy(to, CV_VALUE(dict));
    memset(text, 'x', 4);
    cv_arena_destroy(from);
    CvSlice shown = cv_value_repr(to, copy);
    ck_assert(cv_slice_is(shown, "{'text': [1, 'text', Decimal('1.5')]}"));
    cv_arena_destroy(to);
}
END_TEST

static CvValue nested(CvArena *arena, int depth)
{
    CvValue value = CV_VALUE(1);
    for (int i = 0; i < depth; i++)
        value = CV_VALUE(cv_list_of(arena, 1, &value));
    return value;
}

static void copy_deep(void *unused)
{
    (void)unused;
    cv_value_copy(cv_arena(), nested(cv_arena(), 100000));
}

static void compare_deep(void *unused)
{
    (void)unused;
    cv_value_equal(nested(cv_arena(), 100000), nested(cv_arena(), 100000));
}

START_TEST(depth_is_bounded)
{
    CvError *error;
    ck_assert(!cv_try(copy_deep, NULL, &error) && error->kind == CV_ERROR_RECURSION);
    ck_assert(!cv_try(compare_deep, NULL, &error) && error->kind == CV_ERROR_RECURSION);
    CvSlice shown = cv_value_repr(cv_arena(), nested(cv_arena(), 100000));
    ck_assert_int_ge(cv_slice_find(shown, CV_SLICE("...")), 100);
    ck_assert_uint_lt(shown.length, 1000);
    ck_assert(cv_value_equal(nested(cv_arena(), 150), nested(cv_arena(), 150)));
}
END_TEST

START_TEST(lists_grow)
{
    CvArena *arena = cv_arena();
    CvList *list = cv_list_create(arena);
    for (int i = 0; i < 1000; i++)
        cv_list_add(arena, list, CV_VALUE(i));
    ck_assert_uint_eq(list->count, 1000);
    ck_assert_int_eq(list->items[999].integer, 999);
    ck_assert_uint_eq(cv_list(arena, 1, "two", 3.0)->count, 3);
    ck_assert_uint_eq(cv_list_of(arena, 0, NULL)->count, 0);
}
END_TEST

UNIT_TESTS("base/value", the_kind_follows_from_the_c_type, what_cannot_be_a_value_raises, truth_is_that_of_python,
           integers_of_any_size_are_read, a_copy_lives_on_its_own, depth_is_bounded, lists_grow)
