/* locale.c: formats and messages of one language, and numbers and dates written by them. */
#include "template/locale_private.h"

#include "template/formats_private.h"

#include "base/self.h"
#include "template/program_private.h"
#include "text/date.h"
#include "text/number.h"

static const CvTemplateSettings default_settings;
static CvLocale default_locale = {.translator = {cv_locale_ask_message, cv_locale_ask_plural},
                                  .language = "en-us",
                                  .settings = &default_settings,
                                  .plain = true};

static void find_own(CvLocale *locale);

const CvLocale *cv_locale_default(void)
{
    if (!default_locale.own[0])
        find_own(&default_locale);
    return &default_locale;
}

static void refresh(CvLocale *locale)
{
    CvSlice point = cv_locale_format(locale, CV_SLICE("DECIMAL_SEPARATOR"), true);
    locale->plain = !locale->settings->use_thousand_separator && cv_slice_is(point, ".");
}

/* "de_AT" as "de-at". */
static const char *plain_code(CvArena *arena, const char *language)
{
    char *code = cv_arena_strdup(arena, language);
    for (char *at = code; *at; at++)
        *at = *at == '_' ? '-' : (char)(*at >= 'A' && *at <= 'Z' ? *at + 32 : *at);
    return code;
}

CvLocale *cv_locale_create(CvArena *arena, const char *language, const CvTemplateSettings *settings)
{
    CvLocale *locale = cv_arena_new(arena, CvLocale);
    locale->arena = arena;
    locale->translator = default_locale.translator;
    locale->language = language ? plain_code(arena, language) : NULL;
    locale->settings = settings ? settings : &default_settings;
    locale->formats = cv_dict_create(arena);
    locale->messages = cv_map_create(arena);
    locale->plurals = cv_map_create(arena);
    find_own(locale);
    refresh(locale);
    return locale;
}

void cv_locale_set_finder(CvLocale *locale, const CvLocale *(*find)(void *argument, const char *language),
                          void *argument)
{
    locale->find = find;
    locale->find_argument = argument;
}

void cv_locale_link(CvLocale *locale)
{
    locale->shorter = locale->last = NULL;
    if (!locale->find || !locale->language)
        return;
    char *code = cv_arena_strdup(locale->arena, locale->language);
    for (char *dash; !locale->shorter && (dash = strrchr(code, '-'));) {
        *dash = '\0';
        locale->shorter = locale->find(locale->find_argument, code);
    }
    const CvLocale *site = locale->find(locale->find_argument, NULL);
    if (site != locale && strncmp(locale->language, "en", 2) != 0)
        locale->last = site;
}

const CvLocale *cv_locale_for(const CvLocale *locale, CvArena *arena, const char *language)
{
    language = language ? plain_code(arena, language) : NULL;
    if (locale->language && language && strcmp(locale->language, language) == 0)
        return locale;
    const CvLocale *found = locale->find && language ? locale->find(locale->find_argument, language) : NULL;
    if (found)
        return found;
    CvLocale *other = cv_locale_create(arena, language, locale->settings);
    cv_locale_set_finder(other, locale->find, locale->find_argument);
    cv_locale_link(other);
    return other;
}

const char *cv_locale_language(const CvLocale *locale)
{
    return locale->language;
}

const CvTemplateSettings *cv_locale_settings(const CvLocale *locale)
{
    return locale->settings;
}

bool cv_locale_is_plain(const CvLocale *locale)
{
    return locale->plain;
}

/* ---- formats ---- */

typedef struct FormatRow {
    const char *name;
    size_t setting;    /* where it stands in the settings */
    const char *plain; /* Django's default setting */
} FormatRow;

/* In the order of CvLanguageFormats. */
static const FormatRow formats[CV_FORMAT_COUNT] = {
    {"DATE_FORMAT", offsetof(CvTemplateSettings, date_format), "N j, Y"},
    {"TIME_FORMAT", offsetof(CvTemplateSettings, time_format), "P"},
    {"DATETIME_FORMAT", offsetof(CvTemplateSettings, datetime_format), "N j, Y, P"},
    {"YEAR_MONTH_FORMAT", offsetof(CvTemplateSettings, year_month_format), "F Y"},
    {"MONTH_DAY_FORMAT", offsetof(CvTemplateSettings, month_day_format), "F j"},
    {"SHORT_DATE_FORMAT", offsetof(CvTemplateSettings, short_date_format), "m/d/Y"},
    {"SHORT_DATETIME_FORMAT", offsetof(CvTemplateSettings, short_datetime_format), "m/d/Y P"},
    {"DECIMAL_SEPARATOR", offsetof(CvTemplateSettings, decimal_separator), "."},
    {"THOUSAND_SEPARATOR", offsetof(CvTemplateSettings, thousand_separator), ","},
};

static const CvLanguageFormats *find_formats(CvSlice language)
{
    for (const CvLanguageFormats *at = cv_language_formats; at->language; at++)
        if (cv_slice_equal_fold(language, cv_slice(at->language)))
            return at;
    return NULL;
}

static const CvLanguageInput *find_input(CvSlice language)
{
    for (const CvLanguageInput *at = cv_language_input; at->language; at++)
        if (cv_slice_equal_fold(language, cv_slice(at->language)))
            return at;
    return NULL;
}

/* The rows of "de-at", then of "de". */
static void find_own(CvLocale *locale)
{
    CvSlice language = cv_slice(locale->language);
    size_t formats_found = 0, input_found = 0;
    for (size_t i = 0; i < 2 && language.length; i++) {
        if ((locale->own[formats_found] = find_formats(language)))
            formats_found++;
        if ((locale->input[input_found] = find_input(language)))
            input_found++;
        ptrdiff_t dash = cv_slice_find_byte(language, '-');
        language.length = dash < 0 ? 0 : (size_t)dash;
    }
}

const char *const *cv_locale_input_formats(const CvLocale *locale, CvInputFormat which)
{
    const CvTemplateSettings *settings = locale->settings;
    const char *const *const set[] = {settings->date_input_formats, settings->time_input_formats,
                                      settings->datetime_input_formats};
    for (size_t i = 0; i < CV_COUNT_OF(locale->input) && locale->input[i]; i++)
        if (locale->input[i]->formats[which])
            return locale->input[i]->formats[which];
    return set[which] ? set[which] : cv_usual_input[which];
}

void cv_locale_set_format(CvLocale *locale, const char *name, CvValue value)
{
    cv_dict_set_name(locale->formats, name, value);
    refresh(locale);
}

static const char *own_format(const CvLocale *locale, size_t index)
{
    for (size_t i = 0; i < CV_COUNT_OF(locale->own) && locale->own[i]; i++)
        if (locale->own[i]->formats[index])
            return locale->own[i]->formats[index];
    return NULL;
}

static const int8_t *own_grouping(const CvLocale *locale)
{
    for (size_t i = 0; i < CV_COUNT_OF(locale->own) && locale->own[i]; i++)
        if (locale->own[i]->grouping[0] >= 0)
            return locale->own[i]->grouping;
    return NULL;
}

bool cv_locale_has_format(const CvLocale *locale, CvSlice name)
{
    for (size_t i = 0; i < CV_FORMAT_COUNT; i++)
        if (cv_slice_is(name, formats[i].name))
            return own_format(locale, i) != NULL;
    return cv_slice_is(name, "NUMBER_GROUPING") && own_grouping(locale);
}

CvSlice cv_locale_format(const CvLocale *locale, CvSlice name, bool localized)
{
    CvValue value;
    if (localized && locale->formats && cv_dict_get_slice(locale->formats, name, &value) && value.kind == CV_STRING)
        return cv_value_as_slice(value);
    for (size_t i = 0; i < CV_FORMAT_COUNT; i++) {
        if (!cv_slice_is(name, formats[i].name))
            continue;
        const char *own = localized ? own_format(locale, i) : NULL;
        const char *setting =
            *(const char *const *)((const void *)((const char *)locale->settings + formats[i].setting));
        return cv_slice(own ? own : setting ? setting : formats[i].plain);
    }
    return name;
}

/* ---- numbers ---- */

static void set_grouping(CvNumberFormat *format, CvValue value)
{
    if (value.kind == CV_INT && value.integer > 0 && value.integer < 256) {
        format->grouping[0] = (uint8_t)value.integer;
    } else if (value.kind == CV_LIST || value.kind == CV_TUPLE) {
        for (size_t i = 0; i < value.list->count && i < 7; i++) {
            CvValue size = value.list->items[i];
            if (size.kind == CV_INT && size.integer > 0 && size.integer < 256)
                format->grouping[i] = (uint8_t)size.integer;
        }
    }
}

CvNumberFormat cv_locale_number_format(CvArena *arena, const CvLocale *locale, bool localized)
{
    CvNumberFormat format = {
        .decimal = cv_slice_string(arena, cv_locale_format(locale, CV_SLICE("DECIMAL_SEPARATOR"), localized)),
        .thousands = cv_slice_string(arena, cv_locale_format(locale, CV_SLICE("THOUSAND_SEPARATOR"), localized))};
    CvValue grouping;
    if (localized && locale->formats && cv_dict_get_slice(locale->formats, CV_SLICE("NUMBER_GROUPING"), &grouping))
        set_grouping(&format, grouping);
    else if (localized && own_grouping(locale))
        for (size_t i = 0; i < CV_COUNT_OF(locale->own[0]->grouping); i++)
            format.grouping[i] = (uint8_t)own_grouping(locale)[i];
    else
        for (size_t i = 0; i < 7 && locale->settings->number_grouping && locale->settings->number_grouping[i] > 0; i++)
            format.grouping[i] = (uint8_t)locale->settings->number_grouping[i];
    return format;
}

void cv_locale_append_number(CvBuffer *out, const CvLocale *locale, CvValue number, int decimal_places, bool localized,
                             bool force_grouping)
{
    if (locale->plain && number.kind == CV_INT && decimal_places < 0 && !force_grouping) {
        cv_buffer_append_int(out, number.integer);
        return;
    }
    CvScratch scratch = cv_scratch_begin(out->arena);
    if (!localized && decimal_places < 0 && number.kind != CV_STRING) { /* str(value) */
        cv_buffer_append_slice(out, cv_value_str(scratch.arena, number));
    } else {
        CvNumberFormat format = cv_locale_number_format(scratch.arena, locale, localized);
        format.has_places = decimal_places >= 0;
        format.places = decimal_places;
        format.group = (localized && locale->settings->use_thousand_separator) || force_grouping;
        cv_number_format(scratch.arena, out, number, format);
    }
    cv_scratch_end(scratch);
}

/* ---- dates ---- */

bool cv_locale_append_date(CvBuffer *out, const CvLocale *locale, CvValue value, CvSlice format, bool localized)
{
    CvSlice letters = cv_locale_format(locale, format, localized);
    CvError error;
    CvScratch scratch = cv_scratch_begin(out->arena);
    bool good = value.kind == CV_TIME ? cv_time_format(scratch.arena, out, value, letters, &error)
                                      : cv_date_format(scratch.arena, out, value, letters, &error);
    cv_scratch_end(scratch);
    return good;
}
