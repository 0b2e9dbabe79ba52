/* Tests keys of several columns: saving, conditions on pk, orders, validation, deletion. */
#include "catalog.h"

#include "base/site.h"
#include "orm/schema.h"
#include "orm/verify.h"
#include "unit.h"

static CvValue key(int64_t order, int64_t number)
{
    CvValue value = cv_value_list(cv_list(cv_arena(), order, number));
    value.kind = CV_TUPLE;
    return value;
}

static Line *line_of(int64_t order, int64_t number)
{
    const char *pk[] = {"pk", NULL};
    CvValue value = key(order, number);
    return cv_get_at(cv_objects_of(&Line_model), NULL, 1, pk, &value);
}

static int64_t count(const char *lookup, CvValue value)
{
    const char *keys[] = {lookup, NULL};
    return cv_count_of_set(cv_filter_at(cv_objects_of(&Line_model), NULL, 1, keys, &value));
}

static void fill(void)
{
    cv_create(Line, .order_no = 1, .number = 1, .text = "a");
    cv_create(Line, .order_no = 1, .number = 2, .text = "b");
    cv_create(Line, .order_no = 2, .number = 1, .text = "c");
}

static void saving(void *argument)
{
    (void)argument;
    fill();
    Line *line = line_of(1, 2);
    ck_assert_str_eq(line->text, "b");
    ck_assert_str_eq(cv_str(line), "Line object ((1, 2))");
    line->text = "bb";
    cv_save(line);
    cv_reload(line);
    ck_assert_str_eq(line->text, "bb");
    ck_assert_int_eq(cv_count(cv_objects(Line)), 3);
    cv_save(cv_build(Line, .order_no = 2, .number = 1, .text = "new")); /* there already: updated */
    ck_assert_int_eq(cv_count(cv_objects(Line)), 3);
    ck_assert_str_eq(line_of(2, 1)->text, "new");
    ck_assert_int_eq(cv_delete(line), 1);
    ck_assert_ptr_null(line_of(1, 2));
    Line *zero = cv_create(Line, .order_no = 0, .number = 0, .text = "0"); /* zero is a number like others */
    ck_assert(cv_row_equal(zero, line_of(0, 0)));
}

static void conditions(void *argument)
{
    (void)argument;
    fill();
    CvValue some = cv_value_list(cv_list_of(cv_arena(), 2, (CvValue[]){key(1, 1), key(2, 1)}));
    ck_assert_int_eq(count("pk__in", some), 2);
    ck_assert_int_eq(count("pk__in", cv_value_list(cv_list_create(cv_arena()))), 0);
    ck_assert_int_eq(count("pk__gt", key(1, 1)), 2);
    ck_assert_int_eq(count("pk__gte", key(1, 1)), 3);
    ck_assert_int_eq(count("pk__lt", key(2, 1)), 2);
    ck_assert_int_eq(count("pk__lte", key(1, 1)), 1);
    ck_assert_int_eq(count("pk__isnull", cv_value_bool(true)), 0);
    CvValue one = key(1, 1);
    const char *pk[] = {"pk", NULL};
    ck_assert_int_eq(cv_count_of_set(cv_exclude_at(cv_objects_of(&Line_model), NULL, 1, pk, &one)), 2);
    ck_assert_int_eq(
        cv_count_of_set(cv_where_at(cv_objects_of(&Line_model), cv_not(cv_q_of(NULL, 1, pk, &one)), false)), 2);
    ck_assert_str_eq(cv_first(cv_objects(Line))->text, "c"); /* the model's order */
    ck_assert_str_eq(cv_first(cv_order_by(cv_objects(Line), "pk"))->text, "a");
    ck_assert_str_eq(cv_first(cv_order_by(cv_objects(Line), "-pk"))->text, "c");
    ck_assert(cv_exists(cv_objects(Line)));
    Line *lines[] = {line_of(1, 1), line_of(1, 2)};
    lines[0]->text = "x";
    lines[1]->text = "y";
    ck_assert_int_eq(cv_bulk_update(lines, 2, .update_fields = CV_LIST("text")), 2);
    ck_assert_str_eq(line_of(1, 2)->text, "y");
    ck_assert_int_eq(cv_delete(cv_objects(Line)), 3);
}

static void validation(void *argument)
{
    (void)argument;
    fill();
    CvRowErrors errors = {0};
    uint64_t before = cv_sql_count();
    ck_assert(!cv_full_clean(cv_build(Line, .order_no = 1, .number = 2, .text = "x"), &errors));
    ck_assert_uint_eq(cv_sql_count() - before, 1);
    ck_assert_str_eq(cv_row_errors_text(&errors), "Line with this Order no and Number already exists.");
    errors = (CvRowErrors){0};
    ck_assert(cv_full_clean(line_of(1, 2), &errors));
    ck_assert_ptr_nonnull(strstr(cv_schema_sql(&Line_model), ", PRIMARY KEY (\"order_no\", \"number\")"));
}

static void wrong_shape(void *argument)
{
    (void)argument;
    (void)count("pk", cv_value_int(1));
}

#define LINES(kind, ...) CV_SITE(kind, NULL, NULL, CV_SET_LINE_((Line_set *)0), sizeof(Line), __VA_ARGS__)
#define LINE_NAMES(kind, ...) CV_NAMES_SITE(kind, NULL, CV_SET_LINE_((Line_set *)0), sizeof(Line), __VA_ARGS__)

/* What is said of a call site; "" if nothing. */
static const char *said(const CvSite *site)
{
    CvErrors errors = {.arena = cv_arena()};
    return cv_site_verify(site, &errors) ? "" : errors.items[0]->message;
}

static void call_sites(void *argument)
{
    (void)argument;
    ck_assert_str_eq(said(LINES(CV_SITE_GET, "pk", (CvList *)NULL)), "");
    ck_assert_str_eq(said(LINES(CV_SITE_FILTER, "pk__in", (CvList *)NULL, "pk__gt", (CvList *)NULL)), "");
    ck_assert_str_eq(said(LINES(CV_SITE_EXCLUDE, "pk__isnull", true, "text", "a")), "");
    ck_assert_str_eq(said(LINE_NAMES(CV_SITE_ORDER, "-pk", "text")), "");
    ck_assert_str_eq(said(LINES(CV_SITE_FILTER, "pk", 1)), "'pk' takes a list of the values of its fields");
    ck_assert_str_eq(said(LINES(CV_SITE_FILTER, "pk__in", 1)), "'pk__in' takes a list of keys");
    ck_assert_str_eq(said(LINES(CV_SITE_FILTER, "pk__year", (CvList *)NULL)),
                     "Unsupported lookup 'year' for CompositePrimaryKey or join on the field not permitted.");
    ck_assert_ptr_nonnull(strstr(said(LINE_NAMES(CV_SITE_ORDER, "pkk")), "Cannot resolve keyword 'pkk'"));
}

static void many(void *argument)
{
    (void)argument;
    enum { MANY = 1500 };
    void **lines = cv_new_array(void *, MANY);
    CvList *keys = cv_list_create(cv_arena());
    for (int i = 0; i < MANY; i++) {
        lines[i] = cv_build(Line, .order_no = i / 100, .number = i % 100, .text = "old");
        cv_list_add(cv_arena(), keys, cv_row_key(lines[i]));
    }
    cv_bulk_create(lines, MANY);
    ck_assert_int_eq(cv_count(cv_filter(cv_objects(Line), "pk__in", keys)), MANY);
    for (int i = 0; i < MANY; i++)
        ((Line *)lines[i])->text = "new";
    ck_assert_int_eq(cv_bulk_update(lines, MANY, .update_fields = CV_LIST("text")), MANY);
    ck_assert_int_eq(cv_count(cv_filter(cv_objects(Line), "text", "new")), MANY);
}

CATALOG_TEST(rows_are_saved_by_both_columns, saving)
CATALOG_TEST(pk_is_a_tuple_in_conditions, conditions)
CATALOG_TEST(keys_are_unique_together, validation)
CATALOG_TEST(call_sites_may_name_the_key, call_sites)
CATALOG_TEST(many_keys_fit_into_a_statement, many)

START_TEST(a_key_must_be_a_tuple)
{
    catalog_open();
    const CvError *error = catalog_raises(wrong_shape);
    ck_assert_int_eq(error->kind, CV_ERROR_VALUE);
    ck_assert_str_eq(error->message, "'exact' lookup of 'pk' must be a tuple or a list");
}
END_TEST

UNIT_TESTS("orm/composite", rows_are_saved_by_both_columns, pk_is_a_tuple_in_conditions, keys_are_unique_together,
           call_sites_may_name_the_key, many_keys_fit_into_a_statement, a_key_must_be_a_tuple)
