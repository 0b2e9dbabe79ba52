/* locale.c: formats and messages of one language, and numbers and dates written by them. */
#include "template/locale_private.h"

#include "base/self.h"
#include "template/program_private.h"
#include "text/date.h"
#include "text/number.h"

static const CvTemplateSettings default_settings;
static const CvLocale default_locale = {.translator = {cv_locale_ask_message, cv_locale_ask_plural},
                                        .language = "en-us",
                                        .settings = &default_settings,
                                        .plain = true};

const CvLocale *cv_locale_default(void)
{
    return &default_locale;
}

static void refresh(CvLocale *locale)
{
    CvSlice point = cv_locale_format(locale, CV_SLICE("DECIMAL_SEPARATOR"), true);
    locale->plain = !locale->settings->use_thousand_separator && cv_slice_is(point, ".");
}

CvLocale *cv_locale_create(CvArena *arena, const char *language, const CvTemplateSettings *settings)
{
    CvLocale *locale = cv_arena_new(arena, CvLocale);
    locale->arena = arena;
    locale->translator = default_locale.translator;
    locale->language = language;
    locale->settings = settings ? settings : &default_settings;
    locale->formats = cv_dict_create(arena);
    locale->messages = cv_map_create(arena);
    refresh(locale);
    return locale;
}

void cv_locale_set_finder(CvLocale *locale, const CvLocale *(*find)(void *argument, const char *language),
                          void *argument)
{
    locale->find = find;
    locale->find_argument = argument;
}

const CvLocale *cv_locale_for(const CvLocale *locale, CvArena *arena, const char *language)
{
    if (locale->language && language && strcmp(locale->language, language) == 0)
        return locale;
    const CvLocale *found = locale->find && language ? locale->find(locale->find_argument, language) : NULL;
    if (found)
        return found;
    CvLocale *other = cv_locale_create(arena, language, locale->settings);
    cv_locale_set_finder(other, locale->find, locale->find_argument);
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
    size_t setting;      /* where it stands in the settings */
    const char *english; /* what en says, and Django's default where it differs not */
    const char *plain;   /* Django's default setting */
} FormatRow;

#define ROW(name, member, english, plain)                          \
    {                                                              \
        name, offsetof(CvTemplateSettings, member), english, plain \
    }
static const FormatRow formats[] = {
    ROW("DATE_FORMAT", date_format, "N j, Y", "N j, Y"),
    ROW("TIME_FORMAT", time_format, "P", "P"),
    ROW("DATETIME_FORMAT", datetime_format, "N j, Y, P", "N j, Y, P"),
    ROW("YEAR_MONTH_FORMAT", year_month_format, "F Y", "F Y"),
    ROW("MONTH_DAY_FORMAT", month_day_format, "F j", "F j"),
    ROW("SHORT_DATE_FORMAT", short_date_format, "m/d/Y", "m/d/Y"),
    ROW("SHORT_DATETIME_FORMAT", short_datetime_format, "m/d/Y P", "m/d/Y P"),
    ROW("DECIMAL_SEPARATOR", decimal_separator, ".", "."),
    ROW("THOUSAND_SEPARATOR", thousand_separator, ",", ","),
};

static bool is_english(const CvLocale *locale)
{
    return locale->language && strncmp(locale->language, "en", 2) == 0 &&
           (locale->language[2] == '\0' || locale->language[2] == '-' || locale->language[2] == '_');
}

void cv_locale_set_format(CvLocale *locale, const char *name, CvValue value)
{
    cv_dict_set_name(locale->formats, name, value);
    refresh(locale);
}

CvSlice cv_locale_format(const CvLocale *locale, CvSlice name, bool localized)
{
    CvValue value;
    if (localized && locale->formats && cv_dict_get_slice(locale->formats, name, &value) && value.kind == CV_STRING)
        return cv_value_as_slice(value);
    for (size_t i = 0; i < CV_COUNT_OF(formats); i++) {
        if (!cv_slice_is(name, formats[i].name))
            continue;
        if (localized && is_english(locale))
            return cv_slice(formats[i].english);
        const char *setting = *(const char *const *)((const char *)locale->settings + formats[i].setting);
        return cv_slice(setting ? setting : formats[i].plain);
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
    else if (localized && is_english(locale))
        format.grouping[0] = 3;
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
