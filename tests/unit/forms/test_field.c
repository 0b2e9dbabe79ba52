/* Tests forms/field.h: a site's own kinds of fields: what they have from their base, and validators without a bound. */
#include "unit.h"

#include "base/self.h"
#include "forms/forms.h"

static CvForm *form_of(const CvFormFieldKind *kind, const char *query)
{
    CvError error;
    CvFormField field = cv_form_field("it", kind);
    CvFormInput input = {.arena = cv_arena()};
    if (query)
        input.data = cv_querydict_parse(input.arena, cv_slice(query), NULL, 0, &error);
    return cv_form_create(cv_form_type_build(input.arena, "One", &field, 1, NULL), &input, NULL);
}

/* As in Django, where every field is a Field. */
START_TEST(a_kind_without_a_base_is_a_field)
{
    static const CvFormFieldKind bare = {.name = "Bare", .storage = CV_FORM_VALUE};
    ck_assert_str_eq(cv_slice_string(cv_arena(), cv_bound_html(&form_of(&bare, NULL)->fields[0])),
                     "<input type=\"text\" name=\"it\" required id=\"id_it\">");
    CvForm *form = form_of(&bare, "it=");
    ck_assert(!cv_form_is_valid(form));
    ck_assert_str_eq(cv_slice_string(cv_arena(), cv_form_errors_text(form)), "* it\n  * This field is required.");
    ck_assert(cv_form_is_valid(form_of(&bare, "it=x")));
}
END_TEST

enum { MANY = 100, DEEP = 40 };

static bool fails_at(const CvValidator *validator, CvArena *arena, CvValue value, CvInvalid *invalid)
{
    if (value.length != (uint64_t)validator->limit.integer)
        return true;
    *invalid = (CvInvalid){.code = "own", .message = cv_arena_printf(arena, "Not %lld.", (long long)value.length)};
    return false;
}

static void many_validators(const CvFormField *field, CvArena *arena, CvValidatorList *all)
{
    (void)field;
    for (int i = 1; i <= MANY; i++)
        cv_vector_push(arena, all, ((CvValidator){.check = fails_at, .limit = cv_value_int(i)}));
}

START_TEST(a_kind_may_have_any_number_of_validators)
{
    static const CvFormFieldKind many = {
        .name = "Many", .base = &cv_char_form_field, .storage = CV_FORM_TEXT, .add_validators = many_validators};
    char text[MANY + 2] = "";
    for (int i = 1; i <= MANY + 1; i++) {
        text[i - 1] = 'x';
        ck_assert_int_eq(cv_form_is_valid(form_of(&many, cv_printf("it=%s", text))), i > MANY);
    }
}
END_TEST

static void one_validator(const CvFormField *field, CvArena *arena, CvValidatorList *all)
{
    (void)field;
    CvValue length = cv_value_int((int64_t)all->count);
    cv_vector_push(arena, all, ((CvValidator){.check = fails_at, .limit = length}));
}

START_TEST(every_base_adds_its_validators_the_oldest_first)
{
    static CvFormFieldKind kinds[DEEP];
    for (int i = 0; i < DEEP; i++)
        kinds[i] = (CvFormFieldKind){.name = "Deep",
                                     .base = i ? &kinds[i - 1] : &cv_char_form_field,
                                     .storage = CV_FORM_TEXT,
                                     .add_validators = one_validator};
    char text[DEEP + 2] = "";
    for (int i = 1; i <= DEEP + 1; i++) { /* CharField's own is the first */
        text[i - 1] = 'x';
        ck_assert_int_eq(cv_form_is_valid(form_of(&kinds[DEEP - 1], cv_printf("it=%s", text))), i > DEEP);
    }
}
END_TEST

UNIT_TESTS("forms/field", a_kind_without_a_base_is_a_field, a_kind_may_have_any_number_of_validators,
           every_base_adds_its_validators_the_oldest_first)
