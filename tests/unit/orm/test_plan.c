/* Tests the plan cache through orm/query.h: what shares a plan, what does not, eviction, errors on the way. */
#include "shop.h"

#include "text/json.h"
#include "unit.h"

static uint64_t compiled(void)
{
    return cv_plan_statistics().compiled;
}

static int64_t count_in(size_t length)
{
    CvList *ids = cv_list_create(cv_arena());
    for (size_t i = 0; i < length; i++)
        cv_list_add(cv_arena(), ids, cv_value_int((int64_t)i + 1));
    return cv_count(cv_filter(cv_objects(Book), "id__in", ids));
}

static void structures(void *argument)
{
    (void)argument;
    cv_count(cv_filter(cv_objects(Book), "title", "a"));
    uint64_t before = compiled();
    cv_count(cv_filter(cv_objects(Book), "title", "b")); /* another value, another site */
    ck_assert_uint_eq(compiled() - before, 0);
    cv_count(cv_filter(cv_objects(Book), "title", CV_NONE)); /* null is another query */
    ck_assert_uint_eq(compiled() - before, 1);
    cv_count(cv_filter(cv_objects(Book), "title__exact", "b")); /* spelt differently: a plan of its own */
    ck_assert_uint_eq(compiled() - before, 2);
    before = compiled();
    ck_assert_int_eq(count_in(3), 3);
    ck_assert_int_eq(count_in(2), 2);
    ck_assert_uint_eq(compiled() - before, 2);
    before = compiled();
    for (size_t length = 9; length <= 16; length++) /* one plan for all of them */
        ck_assert_int_eq(count_in(length), 3);
    ck_assert_uint_eq(compiled() - before, 1);
    before = compiled();
    for (int i = 1; i < 50; i++)
        ck_assert_uint_eq(cv_length(cv_slice_set(cv_objects(Book), 0, i)), i < 3 ? (size_t)i : 3);
    ck_assert_uint_eq(compiled() - before, 1);
}

START_TEST(structure_decides)
{
    shop_open(NULL);
    shop_fill();
    shop_run(structures);
}
END_TEST

static void shared_expression(void *argument)
{
    (void)argument;
    CvExpr *same = cv_value(474);
    ck_assert_int_eq(cv_count(cv_filter(cv_objects(Book), "pages__gte", same, "pages__lte", same)), 1);
    ck_assert_int_eq(cv_count(cv_filter(cv_objects(Book), "pages__gte", cv_value(1), "pages__lte", cv_value(1000))), 3);
}

START_TEST(values_of_shared_expressions_stay_apart)
{
    shop_open(NULL);
    shop_fill();
    shop_run(shared_expression);
}
END_TEST

static int64_t count_where(const char *lookup, CvValue value)
{
    return cv_count_of_set(cv_filter_at(cv_everything_of(&Book_model), NULL, 1, &lookup, &value));
}

static CvValue numbers(int64_t first, int count)
{
    CvList *list = cv_list_create(cv_arena());
    for (int i = 0; i < count; i++)
        cv_list_add(cv_arena(), list, cv_value_int(first + i));
    return cv_value_list(list);
}

static CvValue pair(CvValue a, CvValue b)
{
    return cv_value_list(cv_list_of(cv_arena(), 2, (CvValue[]){a, b}));
}

/* Each second query is like the one before it but for a value that decides how its SQL looks. */
static void values_that_shape(void *argument)
{
    (void)argument;
    CvValue one = cv_value_int(1), yes = cv_value_bool(true), no = cv_value_bool(false);
    CvValue huge = {.kind = CV_BIGINT, .text = "99999999999999999999", .length = 20};
    CvValue low = {.kind = CV_BIGINT, .text = "-99999999999999999999", .length = 21};
    static const char *const texts[] = {"{\"a\": 1, \"t\": true}", "{\"a\": 12, \"b\": 2}", "{\"t\": false, \"c\": 3}"};
    size_t at = 0;
    CV_EACH (book, cv_order_by(cv_objects(Book), "id")) {
        CvError error;
        ck_assert(cv_json_parse(cv_arena(), cv_slice(texts[at++]), &(CvJsonReadOptions){0}, &book->metadata, &error));
        cv_save(book);
    }
    ck_assert_int_eq(count_where("metadata__has_key", cv_value_string("a")), 2);
    ck_assert_int_eq(count_where("metadata__has_key", cv_value_string("b")), 1);
    ck_assert_int_eq(count_where("metadata__has_key", cv_value_string("'; DROP TABLE book; --")), 0);
    ck_assert_int_eq(count_where("metadata__has_keys", pair(cv_value_string("a"), cv_value_string("b"))), 1);
    ck_assert_int_eq(count_where("metadata__has_keys", pair(cv_value_string("a"), cv_value_string("c"))), 0);
    ck_assert_int_eq(count_where("metadata__has_any_keys", pair(cv_value_string("b"), cv_value_string("d"))), 1);
    ck_assert_int_eq(count_where("metadata__has_any_keys", pair(cv_value_string("a"), cv_value_string("c"))), 3);
    ck_assert_int_eq(count_where("metadata__t__in", pair(yes, yes)), 1);
    ck_assert_int_eq(count_where("metadata__t__in", pair(no, yes)), 2);
    ck_assert_int_eq(count_where("metadata__a__in", numbers(1, 9)), 1);
    ck_assert_int_eq(count_where("metadata__a__in", numbers(1, 12)), 2);
    ck_assert_int_eq(count_where("pages__gt", huge), 0);
    ck_assert_int_eq(count_where("pages__gt", low), 3);
    ck_assert_int_eq(count_where("id__in", pair(one, one)), 1);
    ck_assert_int_eq(count_where("id__in", pair(one, cv_value_null())), 1);
    ck_assert_int_eq(count_where("id__in", pair(cv_value_null(), one)), 1);
    ck_assert_int_eq(count_where("rating__isnull", cv_value_int(0)), 2);
    ck_assert_int_eq(count_where("rating__isnull", one), 1);
}

START_TEST(values_that_decide_the_sql_are_part_of_the_structure)
{
    shop_open(NULL);
    shop_fill();
    shop_run(values_that_shape);
}
END_TEST

static void bad_value(void *argument)
{
    cv_count(cv_filter(cv_objects(Book), "pages", *(const CvValue *)argument));
}

static void many(void *argument)
{
    (void)argument;
    CvError *error;
    CvValue text = cv_value_string("12"), wrong = cv_value_string("twelve");
    cv_plan_cache_limit(4);
    for (int i = 0; i < 40; i++) {
        const char *key = cv_printf("pages__gt");
        CvQuerySet *set = cv_everything_of(&Book_model);
        for (int j = 0; j < i; j++) {
            CvValue value = cv_value_int(1);
            set = cv_filter_at(set, NULL, 1, &key, &value);
        }
        ck_assert_int_eq(cv_count_of_set(set), 3);
        ck_assert(cv_try(bad_value, &text, &error));
        ck_assert(!cv_try(bad_value, &wrong, &error)); /* raised while binding: the plan is given back */
        ck_assert_str_eq(error->message, "Field 'pages' expected a number but got 'twelve'.");
    }
    ck_assert_uint_le(cv_plan_statistics().kept, 4);
    ck_assert_uint_gt(cv_plan_statistics().evicted, 30);
    cv_plan_cache_limit(0);
}

START_TEST(the_cache_is_bounded)
{
    shop_open(NULL);
    shop_fill();
    shop_run(many);
}
END_TEST

static CvQuerySet *books_of_keys(size_t count)
{
    CvList *keys = cv_list_create(cv_arena());
    for (size_t i = 1; i <= count; i++)
        cv_list_add(cv_arena(), keys, cv_value_int((int64_t)i));
    const char *key = "pk__in";
    CvValue value = cv_value_list(keys);
    return cv_filter_at(cv_everything_of(&Book_model), NULL, 1, &key, &value);
}

static void too_many(void *argument)
{
    (void)argument;
    (void)cv_count_of_set(books_of_keys(1000000));
}

/* Lists as long as the database takes; and plans of such lists, which are large, do not fill the memory. */
static void long_lists(void *argument)
{
    (void)argument;
    CvError *error;
    for (size_t count = 32764; count < 32768; count++)
        ck_assert_int_eq(cv_count_of_set(books_of_keys(count)), 3);
    ck_assert_int_eq(cv_count_of_set(books_of_keys(70000)), 3);
    ck_assert_int_eq(cv_count_of_set(books_of_keys(240000)), 3);
    ck_assert(!cv_try(too_many, NULL, &error));
    ck_assert_str_eq(error->message, "too many SQL variables");
    for (size_t count = 17000; count < 17100; count += 5)
        ck_assert_int_eq(cv_count_of_set(books_of_keys(count)), 3);
    ck_assert_uint_le(cv_plan_statistics().bytes, 32 << 20);
}

START_TEST(long_lists_are_taken)
{
    shop_open(NULL);
    shop_fill();
    shop_run(long_lists);
}
END_TEST

static void forgotten(void *argument)
{
    (void)argument;
    ck_assert_int_eq(cv_count(cv_objects(Book)), 3);
    ck_assert_uint_gt(cv_plan_statistics().kept, 0);
    cv_plan_cache_forget();
    ck_assert_uint_eq(cv_plan_statistics().kept, 0);
    ck_assert_int_eq(cv_count(cv_objects(Book)), 3);
}

START_TEST(plans_can_be_forgotten)
{
    shop_open(NULL);
    shop_fill();
    shop_run(forgotten);
    cv_models_reset(); /* another model may come to lie where one was */
    ck_assert_uint_eq(cv_plan_statistics().kept, 0);
}
END_TEST

UNIT_TESTS("orm/plan", structure_decides, values_of_shared_expressions_stay_apart,
           values_that_decide_the_sql_are_part_of_the_structure, the_cache_is_bounded, long_lists_are_taken,
           plans_can_be_forgotten)
