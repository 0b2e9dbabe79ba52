/* settings.c: the settings of a site: struct, over it the environment, below it the defaults. */
#include "web/settings.h"

#include "web/project_private.h"

extern char **environ;

/* ---- reading one value ---- */

static bool read_bool(CvSlice text, bool *out)
{
    static const char *const yes[] = {"1", "true", "yes", "on", NULL}, *const no[] = {"0", "false", "no", "off", NULL};
    for (size_t i = 0; yes[i]; i++) {
        bool is_yes = cv_slice_equal_fold(text, cv_slice(yes[i])), is_no = cv_slice_equal_fold(text, cv_slice(no[i]));
        if (is_yes || is_no) {
            *out = is_yes;
            return true;
        }
    }
    return false;
}

static const char *const *read_list(CvArena *arena, CvSlice text)
{
    CV_VECTOR(const char *) items = {0};
    CvSlice part;
    while (cv_slice_split(&text, ',', &part)) {
        part = cv_slice_trim(part);
        if (part.length)
            cv_vector_push(arena, &items, cv_slice_string(arena, part));
    }
    cv_vector_push(arena, &items, NULL);
    return items.items;
}

/* Lists of a site are often compound literals, which end with their block. */
static void copy_list(CvArena *arena, void *place)
{
    const char *const *list = *(const char *const *const *)place;
    size_t count = 0;
    while (list[count])
        count++;
    *(const char *const **)place = cv_arena_memdup(arena, list, (count + 1) * sizeof *list);
}

/* Puts `text` where the row says; what is wrong with it is the result, or NULL. */
static const char *set_value(CvArena *arena, const CvSetting *row, void *place, const char *text)
{
    CvSlice trimmed = cv_slice_trim(cv_slice(text));
    bool truth = false;
    int64_t number = 0;
    switch (row->kind) {
    case CV_SETTING_TEXT: /* "" where there is no default is not set, as None */
        *(const char **)place = *text || row->fallback ? cv_arena_strdup(arena, text) : NULL;
        return NULL;
    case CV_SETTING_LIST:
        *(const char *const **)place = read_list(arena, trimmed);
        return NULL;
    case CV_SETTING_BOOL:
    case CV_SETTING_SWITCH:
        if (!read_bool(trimmed, &truth))
            return "must be 1 or 0";
        if (row->kind == CV_SETTING_BOOL)
            *(bool *)place = truth;
        else
            *(CvSwitch *)place = truth ? CV_ON : CV_OFF;
        return NULL;
    case CV_SETTING_INTEGER:
        if (!cv_slice_to_int64(trimmed, &number))
            return "must be a whole number";
        if (number < row->least || number > row->most)
            return cv_arena_printf(arena, "must be from %lld to %lld", (long long)row->least, (long long)row->most);
        *(int64_t *)place = number;
        return NULL;
    }
    return NULL;
}

static bool is_unset(const CvSetting *row, const void *place)
{
    switch (row->kind) {
    case CV_SETTING_TEXT:
    case CV_SETTING_LIST:
        return *(const void *const *)place == NULL;
    case CV_SETTING_BOOL:
        return false;
    case CV_SETTING_SWITCH:
        return ((const CvSwitch *)place)->state == 0;
    case CV_SETTING_INTEGER:
        return *(const int64_t *)place == 0;
    }
    return false;
}

static const char *from_environment(const char *const *environment, const char *name)
{
    size_t length = strlen(name);
    for (; *environment; environment++)
        if (strncmp(*environment, name, length) == 0 && (*environment)[length] == '=')
            return *environment + length + 1;
    return NULL;
}

/* ---- values that hang together ---- */

static CvError *wrong(CvErrors *errors, const char *name, const char *message)
{
    return cv_errors_add_at(errors, CV_ERROR_CONFIGURATION, NULL, 0, "%s %s", name, message);
}

static void check_url(CvErrors *errors, const char *name, const char *url)
{
    if (url && *url && !cv_slice_ends_with(cv_slice(url), CV_SLICE("/")))
        wrong(errors, name, "must end with a slash.");
}

/* Django's rule for STATIC_URL and MEDIA_URL: "static/" stands below the script name. */
static void complete_url(CvArena *arena, const CvSettings *settings, const char **url)
{
    CvSlice text = cv_slice(*url), script = cv_slice(settings->force_script_name);
    if (!text.length || text.data[0] == '/' || cv_slice_starts_with(text, CV_SLICE("http://")) ||
        cv_slice_starts_with(text, CV_SLICE("https://")))
        return;
    *url = cv_arena_printf(arena, "%.*s%s%s", CV_SLICE_ARG(script),
                           cv_slice_ends_with(script, CV_SLICE("/")) ? "" : "/", *url);
}

static void check_whole(const CvSettings *settings, CvErrors *errors)
{
    check_url(errors, "STATIC_URL", settings->static_url);
    check_url(errors, "MEDIA_URL", settings->media_url);
    if (!cv_zone(settings->time_zone)) {
        CvError *error =
            cv_errors_add_at(errors, CV_ERROR_CONFIGURATION, NULL, 0,
                             "TIME_ZONE '%s' is not a time zone that this system knows.", settings->time_zone);
        error->hint = "Names are like UTC, Europe/Berlin or America/Chicago (Debian's package tzdata).";
    }
    size_t count = 0;
    for (const char *const *item = settings->secure_proxy_ssl_header; *item; item++)
        count++;
    if (count != 0 && count != 2)
        wrong(errors, "SECURE_PROXY_SSL_HEADER", "must be a header's name and the value that means HTTPS.");
    if (settings->middleware)
        for (size_t i = 0; settings->middleware[i]; i++)
            for (size_t j = 0; j < i; j++)
                if (settings->middleware[i] == settings->middleware[j])
                    wrong(errors, "middleware",
                          cv_arena_printf(errors->arena, "has %s twice.", settings->middleware[i]->name));
}

CvSettings *cv_settings_load(CvArena *arena, const CvSettings *given, const char *const *environment, CvErrors *errors)
{
    CvSettings *settings = cv_arena_memdup(arena, given, sizeof *given);
    if (!environment)
        environment = (const char *const *)environ;
    size_t count;
    const CvSetting *rows = cv_settings_table(&count);
    for (const CvSetting *row = rows; row < rows + count; row++) {
        void *place = (char *)settings + row->offset;
        const char *text = from_environment(environment, row->name);
        if (text) {
            const char *problem = set_value(arena, row, place, text);
            if (!problem)
                continue; /* zeros too: who writes one means it */
            CvError *error = cv_errors_add_at(errors, CV_ERROR_CONFIGURATION, NULL, 0, "%s %s, not '%.100s'.",
                                              row->name, problem, text);
            error->hint = "It is set in the environment.";
        }
        if (row->kind == CV_SETTING_INTEGER && *(int64_t *)place != 0 &&
            (*(int64_t *)place < row->least || *(int64_t *)place > row->most)) {
            cv_errors_add_at(errors, CV_ERROR_CONFIGURATION, NULL, 0, "%s must be from %lld to %lld, not %lld.",
                             row->name, (long long)row->least, (long long)row->most, (long long)*(int64_t *)place);
        } else if (row->kind == CV_SETTING_LIST && !is_unset(row, place))
            copy_list(arena, place);
        if (is_unset(row, place) && row->fallback)
            set_value(arena, row, place, row->fallback);
    }
    complete_url(arena, settings, &settings->static_url);
    complete_url(arena, settings, &settings->media_url);
    check_whole(settings, errors);
    return settings;
}

const char *cv_setting_header(CvArena *arena, const char *name)
{
    CvSlice rest = cv_slice(name);
    if (!cv_slice_starts_with(rest, CV_SLICE("HTTP_")))
        return name;
    char *text = cv_slice_string(arena, cv_slice_skip(rest, 5));
    bool first = true;
    for (char *at = text; *at; at++) {
        if (*at == '_')
            *at = '-';
        else if (!first && *at >= 'A' && *at <= 'Z')
            *at = (char)(*at - 'A' + 'a');
        first = *at == '-';
    }
    return text;
}

/* ---- showing ---- */

static bool speaks_of_secrets(const char *name)
{
    static const char *const words[] = {"SECRET", "KEY", "TOKEN", "PASS", "API", "SIGNATURE", "_URL", NULL};
    if (strcmp(name, "STATIC_URL") == 0 || strcmp(name, "MEDIA_URL") == 0)
        return false;
    for (const char *const *word = words; *word; word++)
        if (cv_slice_find(cv_slice(name), cv_slice(*word)) >= 0)
            return true;
    return false;
}

const char *cv_setting_show(CvArena *arena, const CvSettings *settings, const CvSetting *row)
{
    const void *place = (const char *)settings + row->offset;
    if (speaks_of_secrets(row->name) && !is_unset(row, place))
        return "********************";
    CvBuffer out = cv_buffer(arena);
    switch (row->kind) {
    case CV_SETTING_TEXT:
        return *(const char *const *)place ? *(const char *const *)place : "None";
    case CV_SETTING_BOOL:
        return *(const bool *)place ? "True" : "False";
    case CV_SETTING_SWITCH:
        return cv_is_on(*(const CvSwitch *)place) ? "True" : "False";
    case CV_SETTING_INTEGER:
        cv_buffer_append_int(&out, *(const int64_t *)place);
        break;
    case CV_SETTING_LIST:
        for (const char *const *item = *(const char *const *const *)place; item && *item; item++) {
            if (out.length)
                cv_buffer_append_string(&out, ", ");
            cv_buffer_append_string(&out, *item);
        }
        break;
    }
    return cv_buffer_string(&out);
}
