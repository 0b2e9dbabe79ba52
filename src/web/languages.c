/* languages.c: the site's languages: a locale for each that has catalogs, found when the site boots. */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/read.h"
#include "template/locale.h"
#include "web/project_private.h"

enum { CATALOG_MOST = 32 << 20 };
static const char catalog_name[] = "/LC_MESSAGES/django.mo";

typedef struct Languages {
    CvArena *arena;
    CvErrors *errors;
    const CvTemplateSettings *formats;
    CvLocale *site;
    CvMap *locales; /* by code: "de-at" */
    CV_VECTOR(CvLocale *) all;
} Languages;

static const CvLocale *find(void *argument, const char *language)
{
    const Languages *languages = argument;
    return language ? cv_map_get(languages->locales, cv_slice(language)) : languages->site;
}

/* With USE_I18N off every language is the site's. */
static const CvLocale *find_site(void *argument, const char *language)
{
    (void)language;
    return ((const Languages *)argument)->site;
}

static CvLocale *add_locale(Languages *languages, const char *language)
{
    CvLocale *locale = cv_locale_create(languages->arena, language, languages->formats);
    CvSlice code = cv_slice(cv_locale_language(locale));
    CvLocale *known = cv_map_get(languages->locales, code);
    if (known)
        return known;
    cv_locale_set_finder(locale, find, languages);
    cv_map_set(languages->locales, code, locale);
    cv_vector_push(languages->arena, &languages->all, locale);
    return locale;
}

/* ---- catalogs ---- */

static void add_catalog(Languages *languages, const char *folder, CvSlice mo, const char *file)
{
    CvError error;
    CvLocale *locale = add_locale(languages, folder);
    if (!cv_locale_add_catalog(locale, mo, &error))
        cv_errors_add_at(languages->errors, CV_ERROR_CONFIGURATION, file, 0, "%s", error.message)->hint =
            "Compile it again: msgfmt --check -o django.mo django.po";
}

/* A file that is not there is none; one that cannot be read is an error. */
static void add_file(Languages *languages, const char *folder, const char *path)
{
    struct stat status;
    int descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK); /* not held up by a pipe of that name */
    if (descriptor < 0 && (errno == ENOENT || errno == ENOTDIR))
        return;
    bool good = descriptor >= 0 && fstat(descriptor, &status) == 0 && S_ISREG(status.st_mode);
    const char *why = good ? NULL : descriptor < 0 ? strerror(errno) : "It is no file.";
    if (good && status.st_size > CATALOG_MOST) {
        why = "It is larger than 32 MiB.";
    } else if (good) {
        char *bytes = cv_arena_alloc(languages->arena, (size_t)status.st_size + 1);
        if (cv_read_fully(descriptor, bytes, (size_t)status.st_size) == (size_t)status.st_size)
            add_catalog(languages, folder, cv_slice_of(bytes, (size_t)status.st_size), path);
        else
            why = "It cannot be read.";
    }
    if (why)
        cv_errors_add_at(languages->errors, CV_ERROR_CONFIGURATION, path, 0, "%s", why);
    if (descriptor >= 0)
        close(descriptor);
}

/* "de", "zh_Hans", "sr_Latn", "ca@valencia": what gettext names its folders. */
static bool is_language(const char *name)
{
    size_t length = strlen(name);
    return length >= 2 && length <= 35 &&
           strspn(name, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-@") == length;
}

static void add_folder(Languages *languages, const char *path)
{
    DIR *folder = opendir(path);
    for (const struct dirent *entry; folder && (entry = readdir(folder));)
        if (is_language(entry->d_name))
            add_file(languages, entry->d_name,
                     cv_arena_printf(languages->arena, "%s/%s%s", path, entry->d_name, catalog_name));
    if (folder)
        closedir(folder);
}

/* The last folder first: what is read later stands over it. */
static void add_folders(Languages *languages, const char *const *paths)
{
    size_t count = 0;
    while (paths[count])
        count++;
    while (count-- > 0)
        add_folder(languages, cv_project_path(languages->arena, paths[count]));
}

static void add_embedded(Languages *languages, const CvEmbeddedFile *files)
{
    size_t count = 0;
    while (files[count].name)
        count++;
    while (count-- > 0) {
        CvSlice name = cv_slice(files[count].name);
        if (!cv_slice_ends_with(name, cv_slice(catalog_name)))
            continue;
        const char *folder = cv_arena_strndup(languages->arena, name.data, name.length - strlen(catalog_name));
        if (is_language(folder))
            add_catalog(languages, folder, cv_slice_of(files[count].data, files[count].length), files[count].name);
    }
}

static void read_catalogs(Languages *languages, const CvSettings *settings)
{
    const char *const *folders = cv_app_dirs(languages->arena, "locale");
    const CvEmbeddedFile *embedded = cv_app_catalogs(languages->arena);
    if (settings->debug)
        add_embedded(languages, embedded);
    add_folders(languages, folders);
    if (!settings->debug)
        add_embedded(languages, embedded);
    add_folders(languages, settings->locale_paths);
    for (size_t i = 0; i < languages->all.count; i++)
        cv_locale_link(languages->all.items[i]);
}

static const char *const *list_or_null(const char *const *list)
{
    return list && list[0] ? list : NULL;
}

static const CvTemplateSettings *formats_of(CvArena *arena, const CvSettings *settings)
{
    CvTemplateSettings *formats = cv_arena_new(arena, CvTemplateSettings);
    *formats = (CvTemplateSettings){.date_format = settings->date_format,
                                    .time_format = settings->time_format,
                                    .datetime_format = settings->datetime_format,
                                    .year_month_format = settings->year_month_format,
                                    .month_day_format = settings->month_day_format,
                                    .short_date_format = settings->short_date_format,
                                    .short_datetime_format = settings->short_datetime_format,
                                    .date_input_formats = list_or_null(settings->date_input_formats),
                                    .time_input_formats = list_or_null(settings->time_input_formats),
                                    .datetime_input_formats = list_or_null(settings->datetime_input_formats),
                                    .decimal_separator = settings->decimal_separator,
                                    .thousand_separator = settings->thousand_separator,
                                    .use_thousand_separator = settings->use_thousand_separator,
                                    .no_tz = !cv_is_on(settings->use_tz),
                                    .static_url = settings->static_url,
                                    .media_url = settings->media_url,
                                    .language_code = settings->language_code,
                                    .languages = list_or_null(settings->languages)};
    int *grouping = cv_arena_new_array(arena, int, 2);
    grouping[0] = settings->number_grouping > 0 ? (int)settings->number_grouping : -1;
    grouping[1] = -1;
    formats->number_grouping = grouping;
    return formats;
}

const CvLocale *cv_languages_start(CvProject *project, CvErrors *errors)
{
    CvArena *arena = project->arena;
    const CvSettings *settings = project->settings;
    Languages *languages = cv_arena_new(arena, Languages);
    *languages = (Languages){
        .arena = arena, .errors = errors, .formats = formats_of(arena, settings), .locales = cv_map_create(arena)};
    languages->site = add_locale(languages, settings->language_code);
    if (cv_is_on(settings->use_i18n))
        read_catalogs(languages, settings);
    else
        cv_locale_set_finder(languages->site, find_site, languages);
    cv_locale_set_site(languages->site);
    return languages->site;
}
