/* staticfiles.c: style sheets, scripts and pictures of the apps below STATIC_URL. */
#include "contrib/staticfiles/staticfiles.h"

#include <sys/stat.h>

#include "http/http.h"
#include "text/url.h"
#include "views/views.h"

/* Folders in the order of the search: STATICFILES_DIRS, the apps' `static`, STATIC_ROOT; ends in NULL. */
static const char *const *folders;

/* What the apps embedded, by name: the file with the ETag that tells its bytes. */
typedef struct Embedded {
    const CvEmbeddedFile *file;
    const char *etag;
} Embedded;
static CvMap *embedded;

static void index_embedded(CvArena *arena)
{
    embedded = cv_map_create(arena);
    for (const CvEmbeddedFile *file = cv_app_static_files(arena); file->name; file++) {
        if (cv_map_get(embedded, cv_slice(file->name)))
            continue;
        static const uint64_t key[2] = {0}; /* the same in every worker and after a restart */
        Embedded *entry = cv_arena_new(arena, Embedded);
        uint64_t hash = cv_siphash(key, cv_slice_of(file->data, file->length));
        *entry = (Embedded){file, cv_arena_printf(arena, "\"%llx-%zx\"", (unsigned long long)hash, file->length)};
        cv_map_set(embedded, cv_slice(file->name), entry);
    }
}

static const Embedded *find_embedded(const char *path)
{
    return embedded ? cv_map_get(embedded, cv_slice(path)) : NULL;
}

static const char *const *collect_folders(CvArena *arena)
{
    const CvSettings *settings = cv_settings();
    CV_VECTOR(const char *) all = {0};
    for (const char *const *dir = settings->staticfiles_dirs; *dir; dir++)
        cv_vector_push(arena, &all, cv_project_path(arena, *dir));
    for (const char *const *dir = cv_app_dirs(arena, "static"); *dir; dir++)
        cv_vector_push(arena, &all, *dir);
    if (settings->static_root && *settings->static_root)
        cv_vector_push(arena, &all, cv_project_path(arena, settings->static_root));
    cv_vector_push(arena, &all, NULL);
    return all.items;
}

/* The path below which this site answers for static files: STATIC_URL without the script name; NULL if another host
 * does. */
static const char *served_path(void)
{
    const CvSettings *settings = cv_settings();
    CvSlice script = cv_slice(settings->force_script_name), url = cv_slice(settings->static_url);
    if (script.length && script.data[script.length - 1] == '/')
        script.length--;
    if (script.length && cv_slice_starts_with(url, script) && url.data[script.length] == '/')
        url = cv_slice_skip(url, script.length);
    return url.length > 1 && url.data[0] == '/' ? url.data : NULL;
}

static CvResponse *serve(CvRequest *request)
{
    if (request->method_id != CV_METHOD_GET && request->method_id != CV_METHOD_HEAD)
        return cv_response_not_allowed(request->arena, CV_LIST("GET", "HEAD"));
    return cv_staticfiles_serve(request);
}

static void ready(const CvApp *app)
{
    (void)app;
    const char *url = served_path();
    folders = collect_folders(cv_project_arena());
    index_embedded(cv_project_arena());
    cv_set_static_finder(cv_staticfiles_find);
    if (url)
        cv_mount(url, serve, "staticfiles");
}

const char *cv_staticfiles_find(CvArena *arena, const char *path)
{
    const char *inside = find_embedded(path) ? cv_arena_printf(arena, "embedded:%s", path) : NULL;
    if (inside && !cv_settings()->debug)
        return inside;
    for (const char *const *folder = folders; folder && *folder; folder++) {
        const char *full = cv_arena_printf(arena, "%s/%s", *folder, path);
        struct stat info;
        if (stat(full, &info) == 0 && S_ISREG(info.st_mode))
            return full;
    }
    return inside;
}

CvResponse *cv_staticfiles_serve(CvRequest *request)
{
    const char *url = served_path();
    if (!url || strncmp(request->path_info, url, strlen(url)) != 0)
        return NULL;
    const char *path = request->path_info + strlen(url);
    const Embedded *inside = find_embedded(path);
    if (inside && !cv_settings()->debug)
        return cv_serve_embedded(request, inside->file, inside->etag);
    for (const char *const *folder = folders; folder && *folder; folder++) {
        CvResponse *response = cv_serve_file(request, *folder, path);
        if (response)
            return response;
    }
    if (inside)
        return cv_serve_embedded(request, inside->file, inside->etag);
    cv_raise(CV_ERROR_NOT_FOUND, "There is no static file '%s'.", path);
}

const CvApp cv_staticfiles = {.name = "caravan.contrib.staticfiles", .ready = ready};
