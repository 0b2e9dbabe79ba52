/* Tests template/locale.h: formats, plural rules, compiled catalogs. */
#include "template_test.h"

static void put(CvBuffer *out, uint32_t number)
{
    cv_buffer_append(out, (const char *)&number, 4);
}

/* A catalog as msgfmt writes it: keys sorted, both tables, the texts. */
static CvSlice catalog(CvArena *arena, const CvSlice *pairs, uint32_t count)
{
    CvBuffer out = cv_buffer(arena), texts = cv_buffer(arena);
    uint32_t base = 28 + count * 16;
    put(&out, 0x950412de);
    put(&out, 0);
    put(&out, count);
    put(&out, 28);
    put(&out, 28 + count * 8);
    put(&out, 0);
    put(&out, base);
    for (uint32_t side = 0; side < 2; side++)
        for (uint32_t i = 0; i < count; i++) {
            CvSlice text = pairs[i * 2 + side];
            put(&out, (uint32_t)text.length);
            put(&out, base + (uint32_t)texts.length);
            cv_buffer_append_slice(&texts, text);
            cv_buffer_append_byte(&texts, '\0');
        }
    cv_buffer_append_slice(&out, cv_buffer_slice(&texts));
    return cv_buffer_slice(&out);
}

START_TEST(reads_catalogs)
{
    CvArena *arena = cv_arena_create(0);
    const CvSlice pairs[] = {CV_SLICE_INIT(""),
                             CV_SLICE_INIT("Plural-Forms: nplurals=2; plural=n > 1;\n"),
                             CV_SLICE_INIT("Yes"),
                             CV_SLICE_INIT("Oui"),
                             CV_SLICE_INIT("menu\4File"),
                             CV_SLICE_INIT("Fichier"),
                             CV_SLICE_INIT("%d day\0%d days"),
                             CV_SLICE_INIT("%d jour\0%d jours")};
    CvSlice mo = catalog(arena, pairs, 4);
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

UNIT_TESTS("template/locale", reads_catalogs, evaluates_plural_rules, languages_have_their_formats)
