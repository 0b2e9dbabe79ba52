/* test_languages.c: the site's languages: catalogs of its folders, apps and the program, and the language of a request.
 */
#include "unit.h"

#include <ftw.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "catalog.h"
#include "forms/forms.h"
#include "http/http.h"
#include "template/template.h"
#include "text/i18n.h"
#include "urls/urls.h"
#include "web/web.h"

#define TEXT(slice) cv_slice_string(cv_arena(), (slice))
#define HEADER "", "Content-Type: text/plain; charset=UTF-8\nPlural-Forms: nplurals=2; plural=(n != 1);\n"

static const char *say(const char *message)
{
    return TEXT(cv_gettext(NULL, cv_slice(message)));
}

static const char *say_in(const char *language, const char *message)
{
    const char *said = NULL;
    CV_LANGUAGE(language)
    said = say(message);
    return said;
}

/* A folder of its own for each test. */
static const char *new_folder(void)
{
    char *path = cv_strdup("/tmp/caravan-languages-XXXXXX");
    ck_assert_ptr_nonnull(mkdtemp(path));
    return path;
}

static int remove_one(const char *path, const struct stat *status, int kind, struct FTW *place)
{
    (void)status;
    (void)kind;
    (void)place;
    return remove(path);
}

static void stop(const char *base)
{
    cv_project_stop();
    if (base)
        ck_assert_int_eq(nftw(base, remove_one, 8, FTW_DEPTH | FTW_PHYS), 0);
}

static void write_file(const char *folder, const char *language, CvSlice bytes)
{
    const char *whole = cv_printf("%s/%s/LC_MESSAGES", folder, language);
    for (const char *slash = whole; (slash = strchr(slash + 1, '/'));)
        (void)mkdir(cv_printf("%.*s", (int)(slash - whole), whole), 0700);
    (void)mkdir(whole, 0700);
    FILE *file = fopen(cv_printf("%s/django.mo", whole), "wb");
    ck_assert_ptr_nonnull(file);
    ck_assert_uint_eq(fwrite(bytes.data, 1, bytes.length, file), bytes.length);
    ck_assert_int_eq(fclose(file), 0);
}

#define CATALOG(...) cv_test_catalog(cv_arena(), (const char *const[]){__VA_ARGS__, NULL})

static CvErrors errors;

static bool start(CvSettings settings)
{
    errors = (CvErrors){.arena = cv_arena()};
    settings.secret_key = "k";
    return cv_project_start(&settings, NULL, &errors);
}

START_TEST(catalogs_come_from_folders_in_order)
{
    const char *base = new_folder(), *first = cv_printf("%s/first", base), *second = cv_printf("%s/second", base);
    write_file(first, "de", CATALOG(HEADER, "Yes", "Ja, erstens"));
    write_file(second, "de", CATALOG(HEADER, "Yes", "Ja, zweitens", "No", "Nein"));
    write_file(cv_printf("%s/shop/locale", base), "de", CATALOG(HEADER, "No", "Nein vom Laden", "Buy", "Kaufen"));
    static const CvApp shop = {.name = "shop"};
    ck_assert(
        start((CvSettings){.base_dir = base, .locale_paths = CV_LIST("first", "second"), .apps = CV_APPS(&shop)}));
    ck_assert_str_eq(say("Yes"), "Yes");
    ck_assert_str_eq(say_in("de", "Yes"), "Ja, erstens"); /* the first of LOCALE_PATHS, */
    ck_assert_str_eq(say_in("de", "No"), "Nein");         /* all of them before the apps */
    ck_assert_str_eq(say_in("de", "Buy"), "Kaufen");
    ck_assert_str_eq(cv_language(), "en-us");
    stop(base);
}
END_TEST

START_TEST(a_language_falls_back_as_in_django)
{
    const char *base = new_folder(), *folder = cv_printf("%s/locale", base);
    write_file(folder, "de", CATALOG(HEADER, "Potato", "Kartoffel", "Yes", "Ja"));
    write_file(folder, "de_AT", CATALOG(HEADER, "Potato", "Erdapfel"));
    write_file(folder, "fr", CATALOG(HEADER, "Yes", "Oui", "No", "Non"));
    ck_assert(start((CvSettings){.base_dir = base, .language_code = "fr"}));
    ck_assert_str_eq(say_in("de-at", "Potato"), "Erdapfel");
    ck_assert_str_eq(say_in("de-AT", "Yes"), "Ja");
    ck_assert_str_eq(say_in("de_at", "No"), "Non"); /* the site's language is asked last, */
    ck_assert_str_eq(say_in("de-ch", "Potato"), "Kartoffel");
    ck_assert_str_eq(say_in("de-ch", "No"), "Non");
    ck_assert_str_eq(say_in("en-gb", "No"), "No"); /* but not for English */
    ck_assert_str_eq(say_in("xx", "No"), "Non");
    ck_assert_str_eq(say("Yes"), "Oui");
    CV_LANGUAGE("de-AT")
    ck_assert_str_eq(cv_language(), "de-at");
    stop(base);
}
END_TEST

START_TEST(the_site_s_own_variant_asks_its_language)
{
    const char *base = new_folder(), *folder = cv_printf("%s/locale", base);
    write_file(folder, "de", CATALOG(HEADER, "Yes", "Ja"));
    write_file(folder, "de_AT", CATALOG(HEADER, "Potato", "Erdapfel"));
    ck_assert(start((CvSettings){.base_dir = base, .language_code = "de-at"}));
    ck_assert_str_eq(say("Yes"), "Ja");
    ck_assert_str_eq(say("Nothing"), "Nothing");
    ck_assert_str_eq(say_in("de", "Potato"), "Erdapfel");
    stop(base);
}
END_TEST

START_TEST(embedded_catalogs_are_read)
{
    const char *base = new_folder();
    CvSlice mo = CATALOG(HEADER, "Yes", "Ja", "No", "Nein");
    write_file(cv_printf("%s/shop/locale", base), "de", CATALOG(HEADER, "No", "Nein aus dem Ordner"));
    const CvEmbeddedFile files[] = {
        {"de/LC_MESSAGES/django.mo", mo.data, mo.length}, {"de/LC_MESSAGES/django.po", "x", 1}, {0}};
    const CvApp shop = {.name = "shop", .catalogs = files};
    ck_assert(start((CvSettings){.base_dir = base, .apps = CV_APPS(&shop)}));
    ck_assert_str_eq(say_in("de", "Yes"), "Ja");
    ck_assert_str_eq(say_in("de", "No"), "Nein"); /* what is in the program, */
    cv_project_stop();
    ck_assert(start((CvSettings){.base_dir = base, .apps = CV_APPS(&shop), .debug = true}));
    ck_assert_str_eq(say_in("de", "No"), "Nein aus dem Ordner"); /* but not while it is made */
    stop(base);
}
END_TEST

START_TEST(damaged_catalogs_are_named)
{
    CvSlice good = CATALOG(HEADER, "Yes", "Ja");
    const struct {
        CvSlice bytes;
        const char *message;
    } cases[] = {{cv_slice_range(good, 0, good.length - 4), "lies outside"},
                 {cv_slice_range(good, 0, 3), "too short"},
                 {CV_SLICE("msgid \"Yes\""), "does not begin"},
                 {CATALOG("", "Plural-Forms: nplurals=2; plural=n +;\n"), "Plural-Forms"},
                 {CATALOG("", "Content-Type: text/plain; charset=ISO-8859-1\n"), "not in UTF-8"},
                 {CATALOG(HEADER, "Yes", "J\xe4"), "not UTF-8"}};
    for (size_t i = 0; i < CV_COUNT_OF(cases); i++) {
        const char *base = new_folder();
        write_file(cv_printf("%s/locale", base), "de", cases[i].bytes);
        ck_assert(!start((CvSettings){.base_dir = base}));
        ck_assert_uint_eq(errors.count, 1);
        ck_assert_ptr_nonnull(strstr(errors.items[0]->file, "/locale/de/LC_MESSAGES/django.mo"));
        ck_assert_ptr_nonnull(strstr(errors.items[0]->message, cases[i].message));
        stop(base);
    }
}
END_TEST

START_TEST(without_i18n_there_is_one_language)
{
    const char *base = new_folder();
    write_file(cv_printf("%s/locale", base), "de", CATALOG(HEADER, "Yes", "Ja"));
    ck_assert(start((CvSettings){.base_dir = base, .language_code = "de", .use_i18n = CV_OFF}));
    ck_assert_str_eq(say("Yes"), "Yes");
    cv_activate_language("fr");
    ck_assert_str_eq(cv_language(), "de");
    ck_assert_str_eq(cv_locale_input_formats(cv_locale(), CV_DATE_INPUT_FORMATS)[0], "%d.%m.%Y");
    cv_deactivate_language();
    stop(base);
}
END_TEST

START_TEST(settings_say_how_numbers_and_dates_are_written)
{
    ck_assert(start((CvSettings){.language_code = "xx",
                                 .use_thousand_separator = true,
                                 .thousand_separator = "'",
                                 .number_grouping = 3,
                                 .date_input_formats = CV_LIST("%Y!%m!%d")}));
    CvBuffer out = cv_buffer(cv_arena());
    cv_locale_append_number(&out, cv_locale(), CV_VALUE(1234567), -1, true, false);
    ck_assert_str_eq(cv_buffer_string(&out), "1'234'567");
    ck_assert_str_eq(cv_locale_input_formats(cv_locale(), CV_DATE_INPUT_FORMATS)[0], "%Y!%m!%d");
    ck_assert_ptr_null(cv_locale_input_formats(cv_locale(), CV_DATE_INPUT_FORMATS)[1]);
    ck_assert_str_eq(cv_locale_input_formats(cv_locale(), CV_TIME_INPUT_FORMATS)[0], "%H:%M:%S");
    stop(NULL);
}
END_TEST

static const char *checked(const char *code, const char *const *languages)
{
    CvChecks checks = {.arena = cv_arena()};
    CvBuffer said = cv_buffer(cv_arena());
    ck_assert(start((CvSettings){.language_code = code, .languages = languages}));
    cv_checks_run(&checks);
    cv_checks_describe(&checks, &said, false);
    cv_project_stop();
    const char *found = strstr(cv_buffer_string(&said), "translation.E");
    return found ? cv_printf("%.16s", found) : "";
}

START_TEST(codes_of_languages_are_checked)
{
    ck_assert_str_eq(checked("de", NULL), "");
    ck_assert_str_eq(checked("zh-hans", CV_LIST("zh-hans", "Chinese")), "");
    ck_assert_str_eq(checked("de-at", CV_LIST("fr", "French", "de", "German")), "");
    ck_assert_str_eq(checked("d_e", NULL), "translation.E001");
    ck_assert_str_eq(checked("de-", NULL), "translation.E001");
    ck_assert_str_eq(checked("abcdefghi", NULL), "translation.E001");
    ck_assert_str_eq(checked("de", CV_LIST("de", "German", "Swiss German", "de-ch")), "translation.E002");
    ck_assert_str_eq(checked("it", CV_LIST("de", "German")), "translation.E004");
}
END_TEST

/* ---- requests ---- */

static CvResponse *page(CvRequest *request)
{
    const char *language = cv_query_param(request, "language");
    if (language)
        cv_activate_language(language);
    CvFormField field = cv_form_field("day", &cv_date_form_field);
    CvInvalids invalids = {.arena = request->arena};
    CvValue out;
    cv_form_field_prepare(&field, request->arena);
    bool read = cv_field_clean(&field, request->arena, CV_VALUE("24.12.2026"), cv_value_null(), &out, &invalids);
    CvError error;
    CvBuffer body = cv_buffer(request->arena);
    const CvTemplate *template = cv_engine_compile(
        cv_engine(), CV_SLICE("{% load i18n %}{% get_current_language as l %}{{ l }} {% translate 'Yes' %} {{ n }}"),
        NULL, &error);
    CvContext *context = cv_context_create(request->arena);
    cv_context_set(context, "n", CV_VALUE(1.5));
    ck_assert(cv_template_render(template, context, &body, &error));
    if (cv_query_param(request, "raise"))
        cv_raise(CV_ERROR_VALUE, "raised");
    return cv_response_text(request->arena, "%s %s", cv_buffer_string(&body), read ? "read" : "refused");
}

static CvResponse *server_error(CvRequest *request, const CvError *error)
{
    (void)error;
    return cv_response_text(request->arena, "%s", say("Yes"));
}

static const CvUrl urls[] = {CV_PATH("page/", page), CV_URLS_END};

static const char *get(const char *query)
{
    CvRequest *request = cv_request_make(cv_arena(), "GET", cv_printf("/page/?%s", query), CV_LIST("Host", "x.example"),
                                         (CvSlice){0}, NULL);
    return TEXT(cv_handle(request)->body);
}

START_TEST(a_request_has_its_own_language)
{
    const char *base = new_folder();
    write_file(cv_printf("%s/locale", base), "de", CATALOG(HEADER, "Yes", "Ja"));
    ck_assert(
        start((CvSettings){.base_dir = base, .urls = urls, .allowed_hosts = CV_LIST("*"), .handler500 = server_error}));
    ck_assert_str_eq(get(""), "en-us Yes 1.5 refused");
    ck_assert_str_eq(get("language=de"), "de Ja 1,5 read");
    ck_assert_str_eq(get(""), "en-us Yes 1.5 refused"); /* nothing of it is left */
    ck_assert_str_eq(get("language=de&raise=1"), "Ja"); /* pages about errors are in its language */
    ck_assert_ptr_null(cv_self()->locale);
    CV_LANGUAGE("fr")
    { /* a request within something else: a test, a view */
        ck_assert_str_eq(get(""), "en-us Yes 1.5 refused");
        ck_assert_str_eq(cv_language(), "fr");
    }
    stop(base);
}
END_TEST

UNIT_TESTS("web/languages", catalogs_come_from_folders_in_order, a_language_falls_back_as_in_django,
           the_site_s_own_variant_asks_its_language, embedded_catalogs_are_read, damaged_catalogs_are_named,
           without_i18n_there_is_one_language, settings_say_how_numbers_and_dates_are_written,
           codes_of_languages_are_checked, a_request_has_its_own_language)
