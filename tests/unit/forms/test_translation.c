/* test_translation.c: forms, models and formsets in the language that is active when they are shown. */
#include "unit.h"

#include "base/self.h"
#include "catalog.h"
#include "library.h"
#include "orm/validate.h"
#include "template/locale.h"
#include "text/i18n.h"

#define TEXT(slice) cv_slice_string(cv_arena(), (slice))

static const char *const german_texts[] = {
    "",
    "Content-Type: text/plain; charset=UTF-8\nPlural-Forms: nplurals=2; plural=(n != 1);\n",
    "This field is required.",
    "Pflichtfeld.",
    "Price in euros",
    "Preis in Euro",
    "For the address",
    "Für die Adresse",
    "full name",
    "voller Name",
    "As on the cover",
    "Wie auf dem Umschlag",
    "Soft cover",
    "Taschenbuch",
    "Paper",
    "Papier",
    "Order",
    "Folge",
    "A volume has a title.",
    "Ein Band hat einen Titel.",
    "Ensure this value has at most %(limit_value)d character (it has %(show_value)d).|"
    "Ensure this value has at most %(limit_value)d characters (it has %(show_value)d).",
    "Höchstens %(limit_value)d Zeichen, nicht %(show_value)d.|Höchstens %(limit_value)d (mehrere) Zeichen, nicht "
    "%(show_value)d.",
    "Please submit at least %(num)d form.|Please submit at least %(num)d forms.",
    "Wenigstens %(num)d Formular.|Wenigstens %(num)d Formulare.",
    "Value %(value)r is not a valid choice.",
    "%(value)r gibt es nicht.",
    "%(model_name)s with this %(field_labels)s already exists.",
    "%(model_name)s gibt es schon (%(field_labels)s).",
    "and",
    "und",
    "Not that year.",
    "Nicht dieses Jahr.",
    "%s gave %d%%.",
    "%s gab %d%%.",
    "%d of %s",
    "%s von %d",
    "Fruit",
    "Obst",
    "Apple",
    "Apfel",
    "Other",
    "Anderes",
    NULL,
};

static CvLocale *german(void)
{
    CvLocale *locale = cv_locale_create(cv_arena(), "de", NULL);
    CvError error = {0};
    ck_assert_msg(cv_locale_add_catalog(locale, cv_test_catalog(cv_arena(), german_texts), &error), "%s",
                  error.message);
    return locale;
}

static CvForm *form_of(const CvFormType *type, const char *query)
{
    CvFormInput input = {.arena = cv_arena(), .data = query ? library_data(query) : NULL};
    return cv_form_create(type, &input, NULL);
}

static const char *error_of(CvForm *form, const char *name)
{
    const CvErrorList *errors = cv_bound_errors(cv_form_field_of(form, name));
    return errors->count ? TEXT(cv_invalid_text(cv_arena(), &errors->items[0])) : "";
}

START_TEST(labels_and_help_texts_are_messages)
{
    library_open();
    const CvLocale *locale = german();
    for (int i = 0; i < 2; i++) { /* the type, prepared once, is nobody's language */
        CvForm *form = form_of(&VolumeForm_type, NULL);
        ck_assert_str_eq(cv_form_field_of(form, "price")->label, "Price in euros");
        (void)cv_locale_activate(locale);
        form = form_of(&VolumeForm_type, NULL);
        ck_assert_str_eq(cv_form_field_of(form, "price")->label, "Preis in Euro");
        ck_assert_str_eq(cv_form_field_of(form, "title")->label, "Title");
        ck_assert_str_eq(cv_field_help_text(cv_form_field_of(form, "slug")->field, cv_arena()), "Für die Adresse");
        const CvFormType *writers =
            cv_model_form_type(cv_arena(), &Writer_model, &(CvModelFormMeta){.fields = CV_ALL_FIELDS}, NULL, 0);
        form = form_of(writers, NULL);
        ck_assert_str_eq(cv_form_field_of(form, "name")->label, "Voller Name");
        ck_assert_str_eq(cv_field_help_text(cv_form_field_of(form, "name")->field, cv_arena()), "Wie auf dem Umschlag");
        (void)cv_locale_activate(NULL);
    }
}
END_TEST

START_TEST(errors_are_shown_in_the_language_of_the_moment)
{
    library_open();
    CvForm *form = form_of(&VolumeForm_type, "title=&price=&slug=&binding=hard");
    ck_assert(!cv_form_is_valid(form));
    ck_assert_str_eq(error_of(form, "price"), "This field is required.");
    (void)cv_locale_activate(german());
    ck_assert_str_eq(error_of(form, "price"), "Pflichtfeld.");
    ck_assert_str_eq(error_of(form, "title"), "Ein Band hat einen Titel."); /* a site's own is a message too */
    CvFormField field = cv_form_field("text", &cv_char_form_field);
    CvInvalids invalids = {.arena = cv_arena()};
    CvValue out;
    field.max_length = 1;
    cv_form_field_prepare(&field, cv_arena());
    ck_assert(!cv_field_clean(&field, cv_arena(), CV_VALUE("ab"), cv_value_null(), &out, &invalids));
    ck_assert_str_eq(TEXT(cv_invalid_text(cv_arena(), &invalids.items[0])), "Höchstens 1 Zeichen, nicht 2.");
}
END_TEST

START_TEST(formsets_count_in_the_language)
{
    CvFormField fields[] = {cv_form_field("a", &cv_char_form_field)};
    CvFormType *type = cv_form_type_build(cv_arena(), "Made", fields, 1, NULL);
    const CvFormSetType sets = {.form = type, .min_num = 3, .validate_min = true, .can_order = true};
    CvFormInput input = {.arena = cv_arena(),
                         .data = library_data("form-TOTAL_FORMS=1&form-INITIAL_FORMS=0&form-0-a=x")};
    (void)cv_locale_activate(german());
    CvFormSet *set = cv_formset_create(&sets, &input, NULL);
    ck_assert(!cv_formset_is_valid(set));
    ck_assert_str_eq(TEXT(cv_invalid_text(cv_arena(), &cv_formset_non_form_errors(set)->items[0])),
                     "Wenigstens 3 Formulare.");
    ck_assert_str_eq(cv_form_field_of(set->forms[0], "ORDER")->label, "Folge");
}
END_TEST

START_TEST(models_speak_the_language)
{
    library_open();
    (void)cv_locale_activate(german());
    const CvColumn *name = cv_model_column(&Writer_model, CV_SLICE("name"));
    ck_assert_str_eq(cv_column_verbose_name(name), "voller Name");
    ck_assert_str_eq(cv_column_verbose_name(cv_model_column(&Writer_model, CV_SLICE("born"))), "born");
    ck_assert_str_eq(cv_model_verbose_name(&Writer_model), "writer");
    ck_assert_str_eq(cv_row_display(ficciones, "binding"), "Hard cover");
    ficciones->binding = "soft";
    ck_assert_str_eq(cv_row_display(ficciones, "binding"), "Taschenbuch");
    CvInvalids invalids = {.arena = cv_arena()};
    const CvColumn *binding = cv_model_column(&Volume_model, CV_SLICE("binding"));
    CvValue out;
    ck_assert(!cv_clean_value(binding, NULL, CV_VALUE("x'y"), &out, &invalids));
    ck_assert_str_eq(TEXT(cv_invalid_text(cv_arena(), &invalids.items[0])), "\"x'y\" gibt es nicht.");
    CvInvalid invalid;
    cv_unique_error(&Volume_model, CV_LIST("title", "slug", "writer"), cv_arena(), &invalid);
    ck_assert_str_eq(TEXT(cv_invalid_text(cv_arena(), &invalid)), "Volume gibt es schon (Title, Slug und Writer).");
}
END_TEST

START_TEST(labels_of_choices_are_lazy)
{
    library_open();
    CvForm *form = form_of(&VolumeForm_type, NULL);
    CvOptions options = cv_form_field_of(form, "binding")->field->widget->options;
    (void)cv_locale_activate(german());
    ck_assert(cv_slice_is(cv_value_as_slice(cv_value_translated(options.items[0].value)), "Papier"));
    CvValue label = cv_value_translated(options.items[0].options[1].label);
    ck_assert(cv_slice_is(cv_value_as_slice(label), "Taschenbuch"));
    ck_assert_int_eq(label.flags & CV_LAZY, 0);
    ck_assert_int_eq(cv_value_translated(CV_VALUE(5)).integer, 5);
    ck_assert_int_eq(cv_lazy_text(NULL).kind, CV_NULL);
}
END_TEST

START_TEST(errors_that_a_site_adds_are_messages)
{
    CvFormField fields[] = {cv_form_field("a", &cv_char_form_field)};
    CvFormType *type = cv_form_type_build(cv_arena(), "Made", fields, 1, NULL);
    CvForm *form = form_of(type, "a=x");
    ck_assert(cv_form_is_valid(form));
    cv_form_add_error(form, "a", "Not that year.");
    ck_assert_str_eq(error_of(form, "a"), "Not that year.");
    (void)cv_locale_activate(german());
    ck_assert_str_eq(error_of(form, "a"), "Nicht dieses Jahr.");
    cv_form_add_error(form, NULL, "%s gave %d%%.", "Ann", 5);
    cv_form_add_error(form, NULL, "%d of %s", 5, "Ann"); /* its translation would take 5 for a text */
    ck_assert_str_eq(TEXT(cv_invalid_text(cv_arena(), &form->non_field.items[0])), "Ann gab 5%.");
    ck_assert_str_eq(TEXT(cv_invalid_text(cv_arena(), &form->non_field.items[1])), "5 of Ann");
}
END_TEST

START_TEST(options_in_groups_are_messages)
{
    CvFormField field = cv_form_field("fruit", &cv_choice_form_field);
    field.options = (CvOptions)CV_OPTIONS(CV_OPTION_GROUP("Fruit", CV_OPTION("a", "Apple"), CV_OPTION("p", "Pear")),
                                          CV_OPTION("x", "Other"));
    CvFormType *type = cv_form_type_build(cv_arena(), "Made", &field, 1, NULL);
    (void)cv_locale_activate(german());
    CvForm *form = form_of(type, "fruit=p");
    ck_assert(cv_form_is_valid(form));
    ck_assert_str_eq(TEXT(cv_bound_html(cv_form_field_of(form, "fruit"))),
                     "<select name=\"fruit\" id=\"id_fruit\">\n  <optgroup label=\"Obst\">\n  <option "
                     "value=\"a\">Apfel</option>\n\n  <option value=\"p\" selected>Pear</option>\n\n  </optgroup>\n  "
                     "<option value=\"x\">Anderes</option>\n\n</select>");
}
END_TEST

static const char *date_selects(void)
{
    CvFormField field = cv_form_field("day", &cv_date_form_field);
    field.widget = CV_WIDGET(select_date, .years = (const int[]){2026, 0});
    CvFormType *type = cv_form_type_build(cv_arena(), "Made", &field, 1, NULL);
    CvBoundField *bound = cv_form_field_of(form_of(type, NULL), "day");
    CvBuffer out = cv_buffer(cv_arena());
    for (const char *at = TEXT(cv_bound_html(bound)); (at = strstr(at, "<select name=\"day_")); at += 18)
        cv_buffer_printf(&out, "%.*s ", (int)strcspn(at + 18, "\""), at + 18);
    cv_buffer_append_string(&out, cv_bound_id_for_label(bound));
    return cv_buffer_string(&out);
}

START_TEST(parts_of_dates_stand_as_the_language_writes_them)
{
    ck_assert_str_eq(date_selects(), "month day year id_day_month");
    (void)cv_locale_activate(german());
    ck_assert_str_eq(date_selects(), "day month year id_day_day");
    (void)cv_locale_activate(cv_locale_create(cv_arena(), "ja", NULL));
    ck_assert_str_eq(date_selects(), "year month day id_day_year");
    (void)cv_locale_activate(
        cv_locale_create(cv_arena(), "es", NULL)); /* "j \d\e F": letters behind a backslash are none */
    ck_assert_str_eq(date_selects(), "day month year id_day_day");
}
END_TEST

START_TEST(labels_end_as_the_language_ends_them)
{
    CvFormField field = cv_form_field("day", &cv_date_form_field);
    CvLocale *french = cv_locale_create(cv_arena(), "fr", NULL);
    cv_locale_add_message(french, NULL, CV_SLICE(":"), CV_SLICE("\u00a0:"));
    cv_locale_add_message(french, NULL, CV_SLICE(":?.!"), CV_SLICE(":?.!\uff01"));
    cv_locale_add_message(french, NULL, CV_SLICE("Day"), CV_SLICE("Jour"));
    cv_locale_add_message(french, NULL, CV_SLICE("Now"), CV_SLICE("Maintenant\uff01"));
    (void)cv_locale_activate(french);
    static const char *const cases[][2] = {{"Day", ">Jour\u00a0:<"}, {"Now", ">Maintenant\uff01<"}, {"Why?", ">Why?<"}};
    for (size_t i = 0; i < CV_COUNT_OF(cases); i++) {
        field.label = cases[i][0];
        CvFormType *type = cv_form_type_build(cv_arena(), "Made", &field, 1, NULL);
        const char *html = TEXT(cv_bound_label_tag(cv_form_field_of(form_of(type, NULL), "day")));
        ck_assert_msg(strstr(html, cases[i][1]) != NULL, "%s", html);
    }
}
END_TEST

UNIT_TESTS("forms/translation", parts_of_dates_stand_as_the_language_writes_them, labels_end_as_the_language_ends_them,
           labels_and_help_texts_are_messages, errors_are_shown_in_the_language_of_the_moment,
           formsets_count_in_the_language, models_speak_the_language, labels_of_choices_are_lazy,
           errors_that_a_site_adds_are_messages, options_in_groups_are_messages)
