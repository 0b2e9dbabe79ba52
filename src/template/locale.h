/* locale.h: how dates and numbers are written and read and which texts are translated, for one language; and which
 * language is the active one.
 *
 * A locale answers two questions: which format ("DATE_FORMAT", "THOUSAND_SEPARATOR", ...) and which text stands for a
 * message. Formats are looked for in the language's own table, then in the settings. NULL stands for en-us with
 * Django's default settings.
 *
 *     CvLocale *german = cv_locale_create(arena, "de", settings);
 *     cv_locale_set_format(german, "DATE_FORMAT", CV_VALUE("j. F Y"));
 *     cv_locale_add_message(german, NULL, CV_SLICE("Yes"), CV_SLICE("Ja"));
 *
 * What runs (a request, a command, a test) has one active locale: templates, forms, validators, models and
 * cv_gettext() ask it. It is the site's (LANGUAGE_CODE) until a view says otherwise, and again at the next request:
 *
 *     cv_activate_language("de");              // the rest of the request is in German
 *     CV_LANGUAGE ("fr")                       // a block in French
 *         send_mail(customer); */
#ifndef CV_TEMPLATE_LOCALE_H
#define CV_TEMPLATE_LOCALE_H

#include "base/error.h"
#include "base/map.h"
#include "base/value.h"

CV_API_BEGIN

/* The settings that templates read, by Django's names in lower case; NULL and 0 mean Django's default. */
typedef struct CvTemplateSettings {
    const char *date_format, *time_format, *datetime_format, *year_month_format, *month_day_format;
    const char *short_date_format, *short_datetime_format;
    const char *decimal_separator, *thousand_separator;
    const int *number_grouping; /* sizes of groups from the right, 0 repeats the one before; ends in -1 */
    int first_day_of_week;
    const char *const *date_input_formats, *const *time_input_formats, *const *datetime_input_formats; /* end in NULL */
    bool use_thousand_separator;
    bool no_tz;                   /* USE_TZ = False */
    const char *static_url;       /* "/static/" */
    const char *media_url;        /* "/media/" */
    const char *language_code;    /* "en-us" */
    const char *const *languages; /* code, name, code, name, ..., NULL; NULL: Django's list */
} CvTemplateSettings;

typedef struct CvLocale CvLocale;

/* `language`: "de-at", "de_AT" is taken too; NULL means that translations are deactivated. The settings are borrowed.
 */
CvLocale *cv_locale_create(CvArena *arena, const char *language, const CvTemplateSettings *settings);
/* en-us with Django's default settings. */
const CvLocale *cv_locale_default(void);
/* Another language over the same settings: what `find` (see cv_locale_set_finder) gives; else one without messages of
 * its own, made in `arena` and linked (cv_locale_link). */
const CvLocale *cv_locale_for(const CvLocale *locale, CvArena *arena, const char *language);
/* Says how to find other languages, for {% language %}, the i18n tags and cv_activate_language(): `find` gives a
 * locale, NULL if it knows none of that code ("de-at", in small letters), and the site's own for a language of NULL. */
void cv_locale_set_finder(CvLocale *locale, const CvLocale *(*find)(void *argument, const char *language),
                          void *argument);
/* Asks the finder who knows messages that `locale` has not, as Django does: the language without its last part, "de"
 * for "de-at"; then the site's own language, but not for English, whose texts are the messages themselves. */
void cv_locale_link(CvLocale *locale);

/* A format of the language; grouping is an int or a list of ints. */
void cv_locale_set_format(CvLocale *locale, const char *name, CvValue value);
/* True if Django's own formats of the language say it (then cv_locale_set_format() replaces it). */
bool cv_locale_has_format(const CvLocale *locale, CvSlice name);
/* One message; `context` may be NULL. */
void cv_locale_add_message(CvLocale *locale, const char *context, CvSlice message, CvSlice translation);
/* One message with its plural forms, and which form a number takes: C syntax in `n`, as in a catalog's Plural-Forms
 * ("nplurals=2; plural=n != 1;" or only the expression). False: not understood. */
void cv_locale_add_plural(CvLocale *locale, const char *context, CvSlice message, const CvSlice *forms, size_t count);
bool cv_locale_set_plural_rule(CvLocale *locale, CvSlice rule) CV_NODISCARD;
/* Adds all messages of a compiled gettext catalog (.mo) in UTF-8, over those that are there; each keeps the plural rule
 * of its catalog. The bytes are borrowed. False with what is wrong in *error (may be NULL): it is damaged. */
bool cv_locale_add_catalog(CvLocale *locale, CvSlice mo, CvError *error) CV_NODISCARD;

const char *cv_locale_language(const CvLocale *locale);
const CvTemplateSettings *cv_locale_settings(const CvLocale *locale);
/* True for languages that are written from right to left. */
bool cv_language_is_bidi(const char *language);
/* Django's English and own names of a language; false if it is not known. Falls back from "de-at" to "de". */
bool cv_language_names(CvSlice code, const char **found_code, const char **name, const char **local_name, bool *bidi);

/* The text of a format, "N j, Y" for "DATE_FORMAT"; a name that is none comes back itself, as in Django. With
 * `localized` false only the settings are asked. */
CvSlice cv_locale_format(const CvLocale *locale, CvSlice name, bool localized);
/* In which forms dates and times may be entered, as strptime; the first is how they stand in inputs. Ends in NULL. */
typedef enum CvInputFormat {
    CV_DATE_INPUT_FORMATS,
    CV_TIME_INPUT_FORMATS,
    CV_DATETIME_INPUT_FORMATS,
    CV_INPUT_FORMAT_COUNT,
} CvInputFormat;
const char *const *cv_locale_input_formats(const CvLocale *locale, CvInputFormat which);
/* The translation, or `message` itself. */
CvSlice cv_locale_message(const CvLocale *locale, const char *context, CvSlice message);
CvSlice cv_locale_plural(const CvLocale *locale, const char *context, CvSlice singular, CvSlice plural, int64_t count);

/* ---- the active locale ---- */

/* The locale of what runs: the one that was activated, else the site's, else cv_locale_default(). Never NULL. */
const CvLocale *cv_locale(void);
/* Activates a locale for what runs (NULL: the site's again) until the request ends; it must live that long. Returns
 * what was activated before, NULL if nothing was. */
const CvLocale *cv_locale_activate(const CvLocale *locale);
/* What is active where nothing was activated, for the whole process; borrowed. NULL: cv_locale_default(). */
void cv_locale_set_site(const CvLocale *locale);
const CvLocale *cv_locale_site(void);

/* The same by language, Django's translation.get_language(), activate() and deactivate(). A language without catalogs
 * still has its formats. Activating NULL or "" changes nothing; with USE_I18N off nothing does. */
const char *cv_language(void); /* "de"; NULL where translations are deactivated */
void cv_activate_language(const char *language);
void cv_deactivate_language(void);

/* A block in another language, Django's translation.override(): CV_LANGUAGE ("de") { ... }. A raise out of the block
 * brings the old one back; a return, goto or break out of it must not be used. */
#define CV_LANGUAGE(language) CV_LANGUAGE_BLOCK(language, CV_CAT(cv_language_at_, __COUNTER__))
#define CV_LANGUAGE_BLOCK(language, block) \
    for (CvLanguageBlock *block = cv_language_enter(language); block; block = cv_language_leave(block))
typedef struct CvLanguageBlock CvLanguageBlock;
CvLanguageBlock *cv_language_enter(const char *language);
CvLanguageBlock *cv_language_leave(CvLanguageBlock *block); /* NULL */

/* ---- numbers ---- */

/* What Django's number_format() does with a number or the text of one. decimal_places < 0: as many as there are. */
void cv_locale_append_number(CvBuffer *out, const CvLocale *locale, CvValue number, int decimal_places, bool localized,
                             bool force_grouping);
/* A date, time or date-time by a format's name or a format itself. False: the format asks for what the value has not
 * (hours of a date). */
bool cv_locale_append_date(CvBuffer *out, const CvLocale *locale, CvValue value, CvSlice format,
                           bool localized) CV_NODISCARD;

CV_API_END

#endif
