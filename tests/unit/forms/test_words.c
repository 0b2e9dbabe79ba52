/* test_words.c: list files: fields that consist of others, paths, initial and empty values of each group of options. */
#include "unit.h"

#include "base/self.h"
#include "text/number.h"
#define CV_FORMS "words.def.h"
#include "forms/forms.h"

static char drinks[] = "/tmp/caravan-words-XXXXXX";

static CvValue join(const CvFormField *field, CvArena *arena, const CvList *values)
{
    CvBuffer out = cv_buffer(arena);
    (void)field;
    for (size_t i = 0; i < values->count; i++) {
        if (i)
            cv_buffer_append_byte(&out, '-');
        cv_buffer_append_slice(&out, cv_value_str(arena, values->items[i]));
    }
    return cv_value_string(cv_buffer_string(&out));
}

static bool to_int(CvArena *arena, CvValue in, CvValue *out)
{
    CvSlice text = cv_value_str(arena, in);
    *out = cv_value_int(text.length == 1 ? text.data[0] - '0' : 0);
    return text.length == 1;
}

#define CV_FORMS "words.def.h"
#include "forms/forms_define.h"

static void make_folder(void)
{
    ck_assert_ptr_nonnull(mkdtemp(drinks));
    static const char *const names[] = {"tea.txt", "milk.txt", "tea.png"};
    for (size_t i = 0; i < CV_COUNT_OF(names); i++) {
        FILE *file = fopen(cv_printf("%s/%s", drinks, names[i]), "w");
        ck_assert_ptr_nonnull(file);
        (void)fclose(file);
    }
}

static WordsForm *bound(const char *query)
{
    CvError error;
    if (strstr(drinks, "XXXXXX"))
        make_folder();
    CvQueryDict *data = cv_querydict_parse(cv_arena(), cv_slice(query), NULL, 0, &error);
    ck_assert_ptr_nonnull(data);
    return (WordsForm *)cv_form_create(&WordsForm_type, &(CvFormInput){.arena = cv_arena(), .data = data}, NULL);
}

static const char *error_of(WordsForm *form, const char *name)
{
    const CvErrorList *errors = cv_bound_errors(cv_form_field_of(&form->form, name));
    return errors->count ? cv_slice_string(cv_arena(), cv_invalid_text(cv_arena(), &errors->items[0])) : "";
}

static void shows(CvForm *form, const char *name, const char *part)
{
    const char *html = cv_slice_string(cv_arena(), cv_bound_html(cv_form_field_of(form, name)));
    ck_assert_msg(strstr(html, part), "%s: %s", part, html);
}

START_TEST(fields_of_several_become_one_value)
{
    WordsForm *form = bound("mail=a%40b.co&phone_0=49&phone_1=110&pair_0=a&pair_1=");
    ck_assert_msg(cv_is_valid(form), "%s", cv_slice_string(cv_arena(), cv_form_errors_text(&form->form)));
    ck_assert_str_eq(form->mail.text, "a@b.co");
    ck_assert_str_eq(form->phone.text, "49-110");
    ck_assert_str_eq(form->pair.text, "a-");
}
END_TEST

START_TEST(each_part_says_what_is_wrong)
{
    WordsForm *form = bound("mail=much-too-long%40example.org&phone_0=x&phone_1=1000&pair_1=b");
    ck_assert(!cv_is_valid(form));
    ck_assert_str_eq(error_of(form, "mail"), "Ensure this value has at most 12 characters (it has 25).");
    const CvErrorList *phone = cv_bound_errors(cv_form_field_of(&form->form, "phone"));
    ck_assert_uint_eq(phone->count, 2);
    ck_assert_str_eq(phone->items[0].code, "invalid");
    ck_assert_str_eq(phone->items[1].code, "max_value");
    ck_assert_str_eq(error_of(form, "pair"), "Enter a complete value.");
    form = bound("mail=no&phone_0=49&phone_1=");
    ck_assert_str_eq(error_of(form, "mail"), "Enter a valid email address.");
    ck_assert_str_eq(error_of(form, "phone"), "This field is required.");
}
END_TEST

START_TEST(paths_are_choices)
{
    (void)bound(""); /* makes the folder */
    WordsForm *form = bound(cv_printf("mail=a%%40b.co&phone_0=1&phone_1=110&drink=%s/milk.txt", drinks));
    ck_assert(cv_is_valid(form));
    ck_assert_str_eq(form->drink, cv_printf("%s/milk.txt", drinks));
    shows(&form->form, "drink", ">milk.txt</option>");
    ck_assert_uint_eq(cv_form_field_of(&form->form, "drink")->field->options.count, 3); /* no choice, milk, tea */
    ck_assert(!cv_is_valid(bound("drink=/etc/passwd&mail=a%40b.co&phone_0=1&phone_1=110")));
}
END_TEST

START_TEST(empty_values_are_the_fields_own)
{
    WordsForm *form = bound("mail=a%40b.co&phone_0=1&phone_1=110&colour=+&size=");
    ck_assert(cv_is_valid(form));
    ck_assert_str_eq(form->colour, "none");
    ck_assert_str_eq(form->size.text, "none");
    form = bound("mail=a%40b.co&phone_0=1&phone_1=110&colour=red&size=2");
    ck_assert(cv_is_valid(form));
    ck_assert_str_eq(form->colour, "red");
    ck_assert_int_eq(form->size.integer, 2);
}
END_TEST

START_TEST(choices_stand_in_groups)
{
    WordsForm *form = bound("mail=a%40b.co&phone_0=1&phone_1=110&fruit=q");
    ck_assert(cv_is_valid(form));
    ck_assert_str_eq(form->fruit, "q");
    shows(&form->form, "fruit", "<optgroup label=\"Sour\">");
    shows(&form->form, "fruit", "<option value=\"q\" selected>Quince</option>");
    ck_assert(!cv_is_valid(bound("mail=a%40b.co&phone_0=1&phone_1=110&fruit=Sour")));
}
END_TEST

START_TEST(initial_values_of_a_list_are_shown)
{
    (void)bound("");
    CvForm *form = cv_form_create(&WordsForm_type, &(CvFormInput){.arena = cv_arena()}, NULL);
    shows(form, "day", "value=\"2024-02-29\"");
    shows(form, "time", "value=\"1 02:00:00\"");
    shows(form, "again", "<option value=\"true\" selected>Yes</option>");
    shows(form, "key", "value=\"0c8ff5a2-2f7c-4d5f-9c64-6e2c0a8f1f11\"");
    ck_assert_int_eq(cv_form_field_of(form, "moment")->field->initial.kind, CV_NULL);
}
END_TEST

UNIT_TESTS("forms/words", fields_of_several_become_one_value, each_part_says_what_is_wrong, paths_are_choices,
           empty_values_are_the_fields_own, choices_stand_in_groups, initial_values_of_a_list_are_shown)
