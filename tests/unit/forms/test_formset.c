/* test_formset.c: counts, bounds, deletion and order of formsets. */
#include "unit.h"

#include "base/self.h"
#include "forms/forms.h"

static CvFormSet *made(CvFormSetType type, const char *query)
{
    CvError error;
    CvFormField fields[] = {cv_form_field("n", &cv_integer_form_field)};
    type.form = cv_form_type_build(cv_arena(), "Line", fields, 1, NULL);
    CvFormSetType *kept = cv_new(CvFormSetType);
    *kept = type;
    CvQueryDict *data = query ? cv_querydict_parse(cv_arena(), cv_slice(query), NULL, 0, &error) : NULL;
    return cv_formset_create(kept, &(CvFormInput){.arena = cv_arena(), .data = data}, NULL);
}

START_TEST(unbound_sets_have_extra_forms)
{
    ck_assert_uint_eq(made((CvFormSetType){.extra = 3}, NULL)->count, 3);
    ck_assert_uint_eq(made((CvFormSetType){.extra = 3, .max_num = 2}, NULL)->count, 2);
    ck_assert_uint_eq(made((CvFormSetType){.extra = 3, .max_num = CV_FORMSET_NONE}, NULL)->count, 0);
    ck_assert_uint_eq(made((CvFormSetType){.extra = 1, .min_num = 2}, NULL)->count, 3);
}
END_TEST

START_TEST(a_missing_management_form_is_told)
{
    CvFormSet *set = made((CvFormSetType){0}, "form-0-n=1");
    ck_assert(!cv_formset_is_valid(set));
    ck_assert_str_eq(cv_formset_non_form_errors(set)->items[0].code, "missing_management_form");
    ck_assert_uint_eq(set->count, 0);
}
END_TEST

START_TEST(no_more_than_absolute_max_forms_are_made)
{
    const CvFormSetType type = {.max_num = 1, .absolute_max = 4};
    ck_assert_uint_eq(made(type, "form-TOTAL_FORMS=3&form-INITIAL_FORMS=0")->count, 3);
    ck_assert_uint_eq(made(type, "form-TOTAL_FORMS=4&form-INITIAL_FORMS=0")->count, 4);
    CvFormSet *set = made(type, "form-TOTAL_FORMS=5&form-INITIAL_FORMS=0");
    ck_assert_uint_eq(set->count, 4);
    ck_assert(!cv_formset_is_valid(set));
    ck_assert_uint_eq(made(type, "form-TOTAL_FORMS=99999999999999999999&form-INITIAL_FORMS=0")->count, 4);
    ck_assert_uint_eq(made(type, "form-TOTAL_FORMS=-1&form-INITIAL_FORMS=0")->count, 0);
}
END_TEST

START_TEST(deletion_and_order)
{
    CvFormSet *set =
        made((CvFormSetType){.can_delete = true, .can_order = true},
             "form-TOTAL_FORMS=4&form-INITIAL_FORMS=4&form-0-n=1&form-0-ORDER=3&form-1-n=x&form-1-DELETE=on"
             "&form-2-n=3&form-2-ORDER=1&form-3-n=4");
    size_t indexes[4];
    ck_assert(cv_formset_is_valid(set));
    ck_assert_uint_eq(cv_formset_deleted(set, indexes), 1);
    ck_assert_uint_eq(indexes[0], 1);
    ck_assert_uint_eq(cv_formset_ordered(set, indexes), 3);
    ck_assert(indexes[0] == 2 && indexes[1] == 0 && indexes[2] == 3);
}
END_TEST

UNIT_TESTS("forms/formset", unbound_sets_have_extra_forms, a_missing_management_form_is_told,
           no_more_than_absolute_max_forms_are_made, deletion_and_order)
