/* Tests orm/custom.h: functions, transforms and lookups of a site's own, in C and in the shell's syntax. */
#include "orm/custom.h"

#include "catalog.h"
#include "orm/shell.h"
#include "unit.h"

static const CvCustom rows[] = {{CV_CUSTOM_LOOKUP, "ne", "{1} <> {2}"},
                                {CV_CUSTOM_LOOKUP, "text_only", "{1} = {2}", .of = &cv_char_field},
                                {CV_CUSTOM_TRANSFORM, "absolute", "ABS({1})", .of = &cv_integer_field},
                                {CV_CUSTOM_FUNCTION, "Hex", "HEX({1})", &cv_text_field},
                                {CV_CUSTOM_FUNCTION, "Printf", "PRINTF({*})", &cv_text_field},
                                {CV_CUSTOM_FUNCTION, "Broken", "HEX({2})", &cv_text_field},
                                {0}};

static void fill(void)
{
    cv_custom_add(rows);
    cv_custom_add(rows); /* once is enough */
    cv_create(Maker, .name = "a", .country = "de");
    cv_create(Maker, .name = "b", .country = "fr");
    cv_create(Parcel, .rest = -7);
    cv_create(Parcel, .rest = 3);
}

static void queries(void *argument)
{
    (void)argument;
    fill();
    ck_assert_str_eq(cv_first(cv_filter(cv_objects(Maker), "name__ne", "a"))->name, "b");
    ck_assert_int_eq(cv_count(cv_exclude(cv_objects(Maker), "name__ne", "a")), 1);
    ck_assert_int_eq(cv_count(cv_filter(cv_objects(Maker), "name__text_only", "a")), 1);
    ck_assert_int_eq(cv_count(cv_filter(cv_objects(Parcel), "rest__absolute__gt", 5)), 1);
    ck_assert_int_eq(cv_count(cv_filter(cv_objects(Parcel), "rest__absolute", 3)), 1);
    ck_assert_int_eq(cv_count(cv_filter(cv_objects(Maker), "name__ne", "' OR 1 = 1 --")), 2); /* bound */
    Maker *maker = cv_first(cv_annotate(cv_objects(Maker), "hex", cv_function("Hex", cv_f("name")), "both",
                                        cv_function("Printf", cv_value("%s-%s"), cv_f("name"), cv_f("country"))));
    ck_assert_str_eq(cv_slice_string(cv_arena(), cv_value_as_slice(cv_annotation(maker, "hex"))), "61");
    ck_assert_str_eq(cv_slice_string(cv_arena(), cv_value_as_slice(cv_annotation(maker, "both"))), "a-de");
    CvExpr *expr = cv_expression_of_text("Hex('name')");
    CvValue value = cv_value_object(expr);
    const char *keys[] = {"x", NULL};
    ck_assert_int_eq(cv_length_of(cv_annotate_at(cv_objects_of(&Maker_model), NULL, 1, keys, &value)), 2);
}

static void other_kind(void *argument)
{
    (void)argument;
    fill();
    (void)cv_count(cv_filter(cv_objects(Parcel), "rest__text_only", 1));
}

static void missing_argument(void *argument)
{
    (void)argument;
    fill();
    (void)cv_first(cv_annotate(cv_objects(Maker), "x", cv_function("Broken", cv_f("name"))));
}

START_TEST(they_are_used_by_name)
{
    catalog_open();
    catalog_run(queries);
}
END_TEST

START_TEST(they_may_be_for_one_kind)
{
    catalog_open();
    const CvError *error = catalog_raises(other_kind);
    ck_assert_int_eq(error->kind, CV_ERROR_FIELD);
    ck_assert_str_eq(error->message,
                     "Unsupported lookup 'text_only' for IntegerField or join on the field not permitted.");
}
END_TEST

START_TEST(arguments_must_be_there)
{
    catalog_open();
    const CvError *error = catalog_raises(missing_argument);
    ck_assert_str_eq(error->message, "\"HEX({2})\" asks for arguments that are not there: 1 are");
}
END_TEST

UNIT_TESTS("orm/custom", they_are_used_by_name, they_may_be_for_one_kind, arguments_must_be_there)
