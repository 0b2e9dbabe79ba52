/* test_multi.c: controls and fields of several parts: whose attributes are whose, and which errors are told twice. */
#include "unit.h"

#include "base/self.h"
#include "forms/forms.h"

static CvForm *form_of(CvFormField field, const char *query)
{
    CvError error;
    CvFormInput input = {.arena = cv_arena()};
    if (query)
        input.data = cv_querydict_parse(input.arena, cv_slice(query), NULL, 0, &error);
    return cv_form_create(cv_form_type_build(input.arena, "One", &field, 1, NULL), &input, NULL);
}

static const char *control(CvForm *form)
{
    return cv_slice_string(cv_arena(), cv_bound_html(&form->fields[0]));
}

/* Django's constructor hands them to the parts, so that the whole has no id of its own. */
START_TEST(attributes_of_a_split_date_and_time_are_its_parts)
{
    CvFormField field = cv_form_field("at", &cv_split_datetime_form_field);
    field.widget = CV_WIDGET(split_datetime, .attrs = CV_ATTRS("id", "own", "class", "big", "aria-describedby", "x"));
    CvForm *form = form_of(field, "at_0=");
    ck_assert_str_eq(
        control(form),
        "<input type=\"text\" name=\"at_0\" value=\"\" id=\"id_at_0\" class=\"big\" aria-describedby=\"x\" "
        "required aria-invalid=\"true\"><input type=\"text\" name=\"at_1\" id=\"id_at_1\" "
        "class=\"big\" aria-describedby=\"x\" required aria-invalid=\"true\">");
    ck_assert_str_eq(cv_slice_string(cv_arena(), cv_bound_aria_describedby(&form->fields[0])), "id_at_error");
}
END_TEST

START_TEST(parts_of_parts_have_their_attributes)
{
    CvFormField field = cv_form_field("at", &cv_base_form_field);
    field.widget = CV_WIDGET(
        multi_widget, .parts = CV_PARTS(CV_WIDGET(split_datetime, .attrs = CV_ATTRS("class", "a")), CV_TEXT_INPUT));
    ck_assert_str_eq(control(form_of(field, NULL)),
                     "<input type=\"text\" name=\"at_0_0\" class=\"a\" required id=\"id_at_0_0\">"
                     "<input type=\"text\" name=\"at_0_1\" class=\"a\" required id=\"id_at_0_1\">"
                     "<input type=\"text\" name=\"at_1\" required id=\"id_at_1\">");
}
END_TEST

/* What the form adds comes before what the widget has, as Django gives it to each select. */
START_TEST(attributes_of_the_selects_of_a_date_have_djangos_order)
{
    CvFormField field = cv_form_field("day", &cv_date_form_field);
    field.widget = CV_WIDGET(select_date, .attrs = CV_ATTRS("required", "3", "class", "a"));
    CvForm *form = form_of(field, "day_year=x&day_month=1&day_day=1");
    ck_assert_ptr_nonnull(strstr(control(form), "<select name=\"day_month\" required aria-invalid=\"true\" "
                                                "id=\"id_day_month\" class=\"a\">"));
}
END_TEST

static size_t errors_of_two(const CvFormFieldKind *kind, const char *query)
{
    const CvFormField parts[] = {cv_form_field("a", kind), cv_form_field("b", kind)};
    CvFormField field = cv_form_field("two", &cv_multi_value_form_field);
    field.widget = CV_WIDGET(multi_widget, .parts = CV_PARTS(CV_TEXT_INPUT, CV_TEXT_INPUT));
    field.fields = parts;
    field.field_count = 2;
    field.require_all_fields = false;
    return cv_bound_errors(&form_of(field, query)->fields[0])->count;
}

/* Errors are the same if the values in them are, shown or not. */
START_TEST(the_same_error_of_two_parts_is_told_once)
{
    ck_assert_uint_eq(errors_of_two(&cv_integer_form_field, "two_0=x&two_1=y"), 1);
    ck_assert_uint_eq(errors_of_two(&cv_email_form_field, "two_0=x&two_1=x"), 1);
    ck_assert_uint_eq(errors_of_two(&cv_email_form_field, "two_0=x&two_1=y"), 2);
    ck_assert_uint_eq(errors_of_two(&cv_email_form_field, "two_0=&two_1=y"), 2);
}
END_TEST

START_TEST(yes_no_and_unknown_may_have_other_choices)
{
    CvFormField field = cv_form_field("sure", &cv_null_boolean_form_field);
    field.widget = CV_WIDGET(null_boolean_select, .choices = CV_CHOICES("unknown", "?", "true", "Aye"));
    ck_assert_str_eq(control(form_of(field, "sure=true")),
                     "<select name=\"sure\" id=\"id_sure\">\n  <option value=\"unknown\">?</option>\n\n"
                     "  <option value=\"true\" selected>Aye</option>\n\n</select>");
}
END_TEST

UNIT_TESTS("forms/multi", attributes_of_a_split_date_and_time_are_its_parts, parts_of_parts_have_their_attributes,
           attributes_of_the_selects_of_a_date_have_djangos_order, the_same_error_of_two_parts_is_told_once,
           yes_no_and_unknown_may_have_other_choices)
