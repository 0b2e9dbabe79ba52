/* Tests what cv_models_ready() and cv_model_verify() find in the options of models. */
#include "orm/orm.h"
#include "orm/verify.h"
#include "unit.h"

/* The messages about a model with these fields and options, a line each; verified too if it could be joined. */
static const char *said(const CvField *fields, size_t count, CvModelOptions options)
{
    const CvModel *model = cv_model_build(cv_arena(), "Shop", fields, count, &options);
    CvErrors errors = {.arena = cv_arena()};
    CvBuffer out = cv_buffer(cv_arena());
    cv_models_reset();
    cv_models_add("geo", (const CvModel *const[]){model, NULL});
    if (cv_models_ready(&errors))
        (void)cv_model_verify(model, &errors);
    for (size_t i = 0; i < errors.count; i++)
        cv_buffer_printf(&out, "%s\n", errors.items[i]->message);
    return cv_buffer_string(&out);
}

static CvField name_field(void)
{
    return cv_field("name", &cv_char_field, NULL, .max_length = 80);
}

static const CvConstraint wrong[] = {{.kind = CV_UNIQUE, .fields = CV_LIST("town"), .name = "a"},
                                     {.kind = CV_UNIQUE, .fields = CV_LIST("name"), .name = "a"},
                                     {.kind = CV_UNIQUE, .fields = CV_LIST("name")},
                                     {.kind = CV_INDEX, .fields = CV_LIST("name"), .name = "_i"},
                                     {.kind = CV_INDEX, .name = "empty"},
                                     {.kind = CV_CHECK, .name = "c"},
                                     {0}};
static const CvConstraint texts[] = {{.kind = CV_CHECK, .name = "fits", .condition = "Q(name__gt='a')"},
                                     {.kind = CV_CHECK, .name = "typo", .condition = "Q(nmae='a')"},
                                     {.kind = CV_CHECK, .name = "far", .condition = "Q(name__nope='a')"},
                                     {0}};

static void compare(void *argument)
{
    (void)argument;
    const CvField name = name_field();
    ck_assert_str_eq(said(&name, 1, (CvModelOptions){.ordering = CV_LIST("-name", "pk", "?")}), "");
    ck_assert_str_eq(said(&name, 1, (CvModelOptions){.ordering = CV_LIST("-nmae")}),
                     "geo.Shop: 'ordering' refers to the nonexistent field, related field, or lookup 'nmae'.\n");
    ck_assert_str_eq(said(&name, 1, (CvModelOptions){.order_with_respect_to = "name"}), "");
    ck_assert_str_eq(said(&name, 1, (CvModelOptions){.order_with_respect_to = "name", .ordering = CV_LIST("name")}),
                     "geo.Shop: 'ordering' and 'order_with_respect_to' cannot be used together.\n");
    ck_assert_str_eq(said(&name, 1, (CvModelOptions){.order_with_respect_to = "town"}),
                     "Shop has no field named 'town'\n");
    ck_assert_str_eq(said(&name, 1, (CvModelOptions){.unique_together = CV_LIST("name", "town")}),
                     "geo.Shop: 'unique_together' refers to the nonexistent field 'town'.\n");

    ck_assert_str_eq(said(&name, 1, (CvModelOptions){.constraints = wrong}),
                     "geo.Shop: 'constraints' refers to the nonexistent field 'town'.\n"
                     "geo.Shop: constraint name 'a' is not unique for model geo.Shop.\n"
                     "geo.Shop: a UniqueConstraint needs .name\n"
                     "geo.Shop: The index name '_i' cannot start with an underscore or a number.\n"
                     "geo.Shop: At least one field or expression is required to define an index.\n"
                     "geo.Shop: the CheckConstraint 'c' needs .condition\n");

    ck_assert_str_eq(
        said(&name, 1, (CvModelOptions){.constraints = texts}),
        "geo.Shop: typo \"Q(nmae='a')\": Cannot resolve keyword 'nmae' into field. Choices are: id, name\n"
        "geo.Shop: far \"Q(name__nope='a')\": Unsupported lookup 'nope' for CharField or join on the field "
        "not permitted.\n");
    const CvField odd[] = {
        cv_field("day", &cv_date_field, NULL, .auto_now = true, .auto_now_add = true),
        cv_field("name", &cv_char_field, NULL, .max_length = 9, .unique_for_date = "dya", .db_default = "nope()")};
    ck_assert_str_eq(
        said(odd, 2, (CvModelOptions){0}),
        "geo.Shop: 'day': The options auto_now, auto_now_add, and default are mutually exclusive. Only one "
        "of these options may be present.\n"
        "geo.Shop: 'unique_for_date' of 'name' refers to 'dya', which is no date of the model.\n");
}

START_TEST(mistakes_in_options_are_told)
{
    CvError *error;
    if (!cv_try(compare, NULL, &error))
        ck_abort_msg("%s", error->message);
}
END_TEST

UNIT_TESTS("orm/meta_checks", mistakes_in_options_are_told)
