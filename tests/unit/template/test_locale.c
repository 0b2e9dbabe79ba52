/* Tests template/locale.h: formats, plural rules, compiled catalogs. */
#include "base/self.h"
#include "catalog.h"
#include "template_test.h"
#include "text/i18n.h"

START_TEST(reads_catalogs)
{
    CvArena *arena = cv_arena_create(0);
    const char *const pairs[] = {"",
                                 "Plural-Forms: nplurals=2; plural=n > 1;\n",
                                 "Yes",
                                 "Oui",
                                 "menu^File",
                                 "Fichier",
                                 "%d day|%d days",
                                 "%d jour|%d jours",
                                 NULL};
    CvSlice mo = cv_test_catalog(arena, pairs);
    CvLocale *french = cv_locale_create(arena, "fr", NULL);
    ck_assert(cv_locale_add_catalog(french, mo, NULL));
    ck_assert(cv_slice_is(cv_locale_message(french, NULL, CV_SLICE("Yes")), "Oui"));
    ck_assert(cv_slice_is(cv_locale_message(french, "menu", CV_SLICE("File")), "Fichier"));
    ck_assert(cv_slice_is(cv_locale_message(french, NULL, CV_SLICE("File")), "File"));
    ck_assert(cv_slice_is(cv_locale_plural(french, NULL, CV_SLICE("%d day"), CV_SLICE("%d days"), 0), "%d jour"));
    ck_assert(cv_slice_is(cv_locale_plural(french, NULL, CV_SLICE("%d day"), CV_SLICE("%d days"), 2), "%d jours"));
    for (size_t length = 0; length < mo.length; length += 7) /* cut anywhere: refused or read, never beyond */
        (void)!cv_locale_add_catalog(cv_locale_create(arena, "fr", NULL), cv_slice_of(mo.data, length), NULL);
    cv_arena_destroy(arena);
}
END_TEST

START_TEST(evaluates_plural_rules)
{
    CvArena *arena = cv_arena_create(0);
    CvLocale *locale = cv_locale_create(arena, "ru", NULL);
    const CvSlice forms[] = {CV_SLICE_INIT("a"), CV_SLICE_INIT("b"), CV_SLICE_INIT("c")};
    cv_locale_add_plural(locale, NULL, CV_SLICE("x"), forms, 3);
    ck_assert(cv_locale_set_plural_rule(
        locale,
        CV_SLICE(
            "nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2);")));
    static const struct {
        int64_t n;
        const char *form;
    } cases[] = {{1, "a"}, {2, "b"}, {5, "c"}, {11, "c"}, {21, "a"}, {22, "b"}, {112, "c"}};
    for (size_t i = 0; i < CV_COUNT_OF(cases); i++)
        ck_assert(
            cv_slice_is(cv_locale_plural(locale, NULL, CV_SLICE("x"), CV_SLICE("xs"), cases[i].n), cases[i].form));
    static const char *const bad[] = {"n +", "system(1)", "n ? 1", "((((", "", "n n"};
    for (size_t i = 0; i < CV_COUNT_OF(bad); i++)
        ck_assert(!cv_locale_set_plural_rule(locale, cv_slice(bad[i])));
    cv_arena_destroy(arena);
}
END_TEST

static const char *counted(const CvLocale *locale, const char *context, const char *one, const char *many, int64_t n)
{
    return cv_slice_string(cv_arena(), cv_locale_plural(locale, context, cv_slice(one), cv_slice(many), n));
}

START_TEST(catalogs_keep_their_plural_rules)
{
    CvArena *arena = cv_arena_create(0);
    CvLocale *locale = cv_locale_create(arena, "ar", NULL);
    const char *const first[] = {"", "Plural-Forms: nplurals=3; plural=n==0 ? 0 : n==1 ? 1 : 2;\n", "%d cat|%d cats",
                                 "no cat|one cat|%d cats", NULL};
    const char *const second[] = {"",
                                  "Plural-Forms: nplurals=1; plural=0;\n",
                                  "%d dog|%d dogs",
                                  "%d dogs",
                                  "Dog",
                                  "A dog",
                                  "x^%d ox|%d oxen",
                                  "ox!",
                                  NULL};
    ck_assert(cv_locale_add_catalog(locale, cv_test_catalog(arena, first), NULL));
    ck_assert(cv_locale_add_catalog(locale, cv_test_catalog(arena, second), NULL));
    ck_assert_str_eq(counted(locale, NULL, "%d cat", "%d cats", 0), "no cat");
    ck_assert_str_eq(counted(locale, NULL, "%d cat", "%d cats", 7), "%d cats");
    ck_assert_str_eq(counted(locale, NULL, "%d dog", "%d dogs", 0), "%d dogs");
    /* A message with plural forms that is asked for without a number is about one; one without has no plural. */
    ck_assert(cv_slice_is(cv_locale_message(locale, NULL, CV_SLICE("%d cat")), "one cat"));
    ck_assert_str_eq(counted(locale, NULL, "Dog", "Dogs", 2), "Dogs");
    ck_assert_str_eq(counted(locale, "x", "%d ox", "%d oxen", 2), "ox!");
    ck_assert_str_eq(counted(locale, "y", "%d cat", "%d cats", 1), "one cat"); /* Django looks without the context */
    cv_arena_destroy(arena);
}
END_TEST

/* What Django gives for these languages; the settings where a language says nothing. */
START_TEST(input_formats_follow_the_language)
{
    static const char *const own[] = {"%d!%m", NULL};
    CvArena *arena = cv_arena_create(0);
    const CvTemplateSettings settings = {.date_input_formats = own};
    static const struct {
        const char *language;
        CvInputFormat which;
        const char *first, *last;
    } cases[] = {{"en-us", CV_DATE_INPUT_FORMATS, "%Y-%m-%d", "%d %B, %Y"},
                 {"de", CV_DATE_INPUT_FORMATS, "%d.%m.%Y", "%Y-%m-%d"},
                 {"de-AT", CV_DATE_INPUT_FORMATS, "%d.%m.%Y", "%Y-%m-%d"},
                 {"de", CV_TIME_INPUT_FORMATS, "%H:%M:%S", "%H:%M"},
                 {"fi", CV_TIME_INPUT_FORMATS, "%H.%M.%S", "%H:%M"},
                 {"de", CV_DATETIME_INPUT_FORMATS, "%d.%m.%Y %H:%M:%S", "%Y-%m-%d"},
                 {"ar", CV_DATE_INPUT_FORMATS, "%d!%m", "%d!%m"},
                 {"xx", CV_DATE_INPUT_FORMATS, "%d!%m", "%d!%m"},
                 {NULL, CV_DATE_INPUT_FORMATS, "%d!%m", "%d!%m"}};
    for (size_t i = 0; i < CV_COUNT_OF(cases); i++) {
        const char *const *formats =
            cv_locale_input_formats(cv_locale_create(arena, cases[i].language, &settings), cases[i].which);
        size_t count = 0;
        while (formats[count])
            count++;
        ck_assert_str_eq(formats[0], cases[i].first);
        ck_assert_str_eq(formats[count - 1], cases[i].last);
    }
    ck_assert_str_eq(cv_locale_input_formats(cv_locale_default(), CV_DATE_INPUT_FORMATS)[1], "%m/%d/%Y");
    cv_arena_destroy(arena);
}
END_TEST

static void raise_in_french(void *unused)
{
    (void)unused;
    CV_LANGUAGE("fr")
    {
        ck_assert_str_eq(cv_language(), "fr");
        cv_raise(CV_ERROR_VALUE, "out of the block");
    }
}

START_TEST(one_locale_is_active)
{
    ck_assert_ptr_eq(cv_locale(), cv_locale_default());
    cv_activate_language("de_AT");
    ck_assert_str_eq(cv_language(), "de-at");
    CV_LANGUAGE("fr")
    {
        ck_assert_str_eq(cv_language(), "fr");
        CV_LANGUAGE("")
        ck_assert_str_eq(cv_language(), "fr");
    }
    ck_assert(!cv_try(raise_in_french, NULL, NULL));
    ck_assert_str_eq(cv_language(), "de-at");
    CvLocale *site = cv_locale_create(cv_arena(), "it", NULL);
    cv_locale_add_message(site, NULL, CV_SLICE("Yes"), CV_SLICE("Sì"));
    cv_locale_set_site(site);
    ck_assert(cv_slice_is(cv_gettext(NULL, CV_SLICE("Yes")), "Yes"));
    cv_deactivate_language();
    ck_assert_str_eq(cv_language(), "it");
    ck_assert(cv_slice_is(cv_gettext(NULL, CV_SLICE("Yes")), "Sì"));
    cv_locale_set_site(NULL);
    ck_assert(cv_slice_is(cv_gettext(NULL, CV_SLICE("Yes")), "Yes"));
}
END_TEST

START_TEST(templates_are_rendered_in_the_active_language)
{
    Site site = site_of(NULL, (CvEngineOptions){0});
    cv_context_set(site.context, "n", cv_value_float(1.5));
    expect_render(&site, "{{ n }}", "1.5");
    cv_activate_language("de");
    expect_render(&site, "{% load i18n %}{{ n }}{% language 'en' %} {{ n }}{% endlanguage %} {{ n }}", "1,5 1.5 1,5");
    ck_assert_str_eq(cv_language(), "de");
    cv_deactivate_language();
    expect_render(&site, "{{ n }}", "1.5");
    site_close(&site);
}
END_TEST

START_TEST(languages_have_their_formats)
{
    CvArena *arena = cv_arena_create(0);
    CvTemplateSettings settings = {.use_thousand_separator = true};
    CvLocale *german = cv_locale_create(arena, "de-at", &settings);
    Site site = site_of(NULL, (CvEngineOptions){.locale = german});
    cv_context_set(site.context, "n", cv_value_float(1234567.5));
    cv_context_set(site.context, "d", CV_VALUE(cv_date(2024, 2, 9)));
    expect_render(&site, "{{ n }} {{ d }}", "1.234.567,5 9. February 2024");
    cv_locale_add_message(german, NULL, CV_SLICE("February"), CV_SLICE("Februar"));
    expect_render(&site, "{{ d }}{% load l10n %}{% localize off %} {{ n }}{% endlocalize %}",
                  "9. Februar 2024 1234567.5");
    site_close(&site);
    cv_arena_destroy(arena);
}
END_TEST

UNIT_TESTS("template/locale", reads_catalogs, evaluates_plural_rules, catalogs_keep_their_plural_rules,
           input_formats_follow_the_language, one_locale_is_active, templates_are_rendered_in_the_active_language,
           languages_have_their_formats)
