/* project.c: boots a site: settings, apps, middleware, URLs, template engine. */
#include "web/project_private.h"

#include <unistd.h>

#include "crypto/random.h"
#include "db/db.h"
#include "forms/forms.h"
#include "migrations/loader.h"
#include "orm/model.h"
#include "storage/storage.h"
#include "template/template.h"
#include "web/context.h"

CvProject cv_project;

const CvSettings *cv_settings(void)
{
    if (CV_LIKELY(cv_project.settings != NULL))
        return cv_project.settings;
    /* Before any site was booted (tests, tools): the defaults, without the environment. */
    static const CvSettings *defaults;
    if (!defaults) {
        CvArena *arena = cv_arena_create(0);
        CvErrors errors = {.arena = arena};
        static const char *const no_environment[] = {NULL};
        defaults = cv_settings_load(arena, &(CvSettings){0}, no_environment, &errors);
    }
    return defaults;
}

bool cv_project_is_started(void)
{
    return cv_project.started;
}

bool cv_project_has_secret_key(void)
{
    return !cv_project.secret_is_random;
}

CvEngine *cv_engine(void)
{
    return cv_project.engine;
}

CvArena *cv_project_arena(void)
{
    return cv_project.arena;
}

void cv_set_debug_view(CvErrorView *view)
{
    cv_project.debug_view = view;
}

void cv_set_default_error_view(CvErrorView *view)
{
    cv_project.default_view = view;
}

const char *cv_project_path(CvArena *arena, const char *path)
{
    const char *base = cv_settings()->base_dir;
    if (!path || path[0] == '/' || !base)
        return path;
    return cv_arena_printf(arena, "%s/%s", base, path);
}

/* The folder where the program stands. */
static const char *program_folder(CvArena *arena)
{
    char path[4096];
    ssize_t length = readlink("/proc/self/exe", path, sizeof path - 1);
    if (length <= 0)
        return ".";
    CvSlice folder = cv_slice_of(path, (size_t)length);
    ptrdiff_t slash = cv_slice_find_last(folder, CV_SLICE("/"));
    return slash > 0 ? cv_arena_strndup(arena, path, (size_t)slash) : "/";
}

/* BASE_DIR: set, recorded by the build (if that folder is still there), or where the program stands. */
static const char *find_base(CvArena *arena, const char *set, const char *recorded)
{
    char *cwd = NULL;
    const char *base = set ? set : recorded && access(recorded, R_OK) == 0 ? recorded : program_folder(arena);
    if (base[0] == '/')
        return base;
    cwd = getcwd(NULL, 0);
    const char *absolute = cv_arena_printf(arena, "%s/%s", cwd ? cwd : "", base);
    free(cwd);
    return absolute;
}

/* Defaults are in place here, so a zero is one that was asked for. */
static uint64_t limit_of(int64_t setting)
{
    return setting < 0 ? CV_NO_LIMIT : setting == 0 ? CV_LIMIT_ZERO : (uint64_t)setting;
}

static CvHttpSettings http_settings(CvArena *arena, const CvSettings *settings)
{
    bool proxied = settings->secure_proxy_ssl_header[0] != NULL;
    return (CvHttpSettings){
        .allowed_hosts = settings->allowed_hosts,
        .debug = settings->debug,
        .use_x_forwarded_host = settings->use_x_forwarded_host,
        .use_x_forwarded_port = settings->use_x_forwarded_port,
        .secure_proxy_header = proxied ? cv_setting_header(arena, settings->secure_proxy_ssl_header[0]) : NULL,
        .secure_proxy_value = proxied ? settings->secure_proxy_ssl_header[1] : NULL,
        .secret_key = settings->secret_key,
        .secret_key_fallbacks = settings->secret_key_fallbacks,
        .data_upload_max_memory_size = limit_of(settings->data_upload_max_memory_size),
        .file_upload_max_memory_size = limit_of(settings->file_upload_max_memory_size),
        .data_upload_max_number_fields = limit_of(settings->data_upload_max_number_fields),
        .data_upload_max_number_files = limit_of(settings->data_upload_max_number_files),
        .force_script_name = settings->force_script_name,
    };
}

static void start_engine(CvProject *project, const CvLocale *locale)
{
    CvArena *arena = project->arena;
    const CvSettings *settings = project->settings;
    CV_VECTOR(const char *) dirs = {0};
    for (const char *const *dir = settings->template_dirs; *dir; dir++)
        cv_vector_push(arena, &dirs, cv_project_path(arena, *dir));
    cv_vector_push(arena, &dirs, NULL);
    CvEngineOptions options = {
        .dirs = dirs.items,
        .app_dirs = cv_app_dirs(arena, "templates"),
        .files = cv_app_templates(arena),
        .natives = cv_form_natives,
        .libraries = cv_app_libraries(arena, false),
        .builtins = cv_app_libraries(arena, true),
        .string_if_invalid = settings->string_if_invalid,
        .locale = locale,
        .debug = settings->debug,
        .user_data = project,
    };
    project->engine = cv_engine_create(&options);
    cv_engine_set_reverse(project->engine, cv_project_reverse, NULL);
    cv_forms_set_renderer(project->engine, settings->form_renderer);
}

static void collect_processors(CvProject *project)
{
    CV_VECTOR(const CvContextProcessor *) all = {0};
    for (const CvContextProcessor *const *one = cv_default_context_processors; *one; one++)
        cv_vector_push(project->arena, &all, *one);
    for (const CvContextProcessor *const *one = project->settings->context_processors; one && *one; one++)
        cv_vector_push(project->arena, &all, *one);
    cv_vector_push(project->arena, &all, NULL);
    project->processors = all.items;
}

static void name_database(CvProject *project, CvErrors *errors)
{
    const char *url = project->settings->database_url;
    CvError error;
    if (!url || !*url)
        return;
    project->has_database = cv_database_open(project->arena, "default", url, project->settings->base_dir, &error);
    if (project->has_database)
        cv_project_watch_queries(project->settings->debug);
    else
        cv_errors_add_at(errors, CV_ERROR_CONFIGURATION, NULL, 0, "DATABASE_URL: %s", error.message)->hint = error.hint;
}

static void read_settings(CvProject *project, const CvSettings *given, const CvProjectOptions *options,
                          CvErrors *errors)
{
    CvArena *arena = project->arena;
    CvSettings start = *given;
    if (options->debug)
        start.debug = true;
    CvSettings *settings = cv_settings_load(arena, &start, NULL, errors);
    if (options->database_url)
        settings->database_url = options->database_url;
    settings->base_dir = find_base(arena, settings->base_dir, options->base_dir);
    if (!settings->build_command)
        settings->build_command = options->build_command;
    if (!settings->secret_key || !*settings->secret_key) {
        /* Lives as long as this process and its workers; `serve` refuses to run on it. */
        settings->secret_key = cv_random_string(arena, 50, NULL);
        project->secret_is_random = true;
    }
    project->settings = settings;
    project->http = http_settings(arena, settings);
    cv_forms_set_static_url(settings->static_url);
    const CvZone *zone = cv_zone(settings->time_zone);
    cv_set_default_zone(zone ? zone : cv_zone_utc);
    cv_set_use_tz(cv_is_on(settings->use_tz));
}

bool cv_project_start(const CvSettings *given, const CvProjectOptions *options, CvErrors *errors)
{
    CvErrorView *debug_view = cv_project.debug_view, *default_view = cv_project.default_view;
    if (cv_project.arena)
        cv_project_stop();
    cv_project = (CvProject){.arena = cv_arena_create(0), .debug_view = debug_view, .default_view = default_view};
    size_t before = errors->count;
    static const CvProjectOptions no_options = {0};
    read_settings(&cv_project, given, options ? options : &no_options, errors);
    name_database(&cv_project, errors);
    cv_storages_start(&cv_project, errors);
    cv_apps_load(&cv_project, errors);
    cv_chain_build(&cv_project, errors);
    cv_project_urls_load(&cv_project, errors);
    collect_processors(&cv_project);
    start_engine(&cv_project, cv_languages_start(&cv_project, errors));
    cv_project.started = errors->count == before;
    if (cv_project.started)
        cv_apps_ready(&cv_project, errors);
    if (cv_project.started)
        cv_project_guards_check(errors);
    return errors->count == before;
}

void cv_project_stop(void)
{
    cv_forms_set_renderer(NULL, NULL);
    if (cv_project.engine)
        cv_engine_destroy(cv_project.engine);
    if (cv_project.has_database)
        cv_databases_close();
    if (cv_project.app_count)
        cv_models_reset();
    cv_migrations_reset();
    cv_forms_set_static_url(NULL);
    cv_set_storages(NULL);
    cv_locale_set_site(NULL);
    CvArena *arena = cv_project.arena;
    cv_project = (CvProject){.debug_view = cv_project.debug_view, .default_view = cv_project.default_view};
    cv_arena_destroy(arena);
}
