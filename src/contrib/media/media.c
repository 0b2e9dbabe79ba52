/* media.c: the files that visitors uploaded, below MEDIA_URL, so that none of them runs as a page of the site. */
#include "contrib/media/media.h"

#include "http/http.h"
#include "storage/storage.h"
#include "views/views.h"

/* The path below which this site answers: MEDIA_URL without the script name; NULL if another host does. */
static const char *served_path(void)
{
    const CvSettings *settings = cv_settings();
    CvSlice script = cv_slice(settings->force_script_name), url = cv_slice(settings->media_url);
    if (script.length && script.data[script.length - 1] == '/')
        script.length--;
    if (script.length && cv_slice_starts_with(url, script) && url.data[script.length] == '/')
        url = cv_slice_skip(url, script.length);
    return url.length > 1 && url.data[0] == '/' ? url.data : NULL;
}

/* What a browser shows without running anything in it. */
static bool is_shown(CvSlice type)
{
    if (cv_slice_is(type, "image/svg+xml"))
        return false;
    return cv_slice_starts_with(type, CV_SLICE("image/")) || cv_slice_starts_with(type, CV_SLICE("audio/")) ||
           cv_slice_starts_with(type, CV_SLICE("video/")) || cv_slice_starts_with(type, CV_SLICE("text/plain"));
}

CvResponse *cv_media_serve(CvRequest *request, const char *name)
{
    const CvFileStorage *storage = cv_default_storage();
    bool on_disk = storage->kind == &cv_file_system_storage && storage->location;
    CvResponse *response = on_disk ? cv_serve_file(request, storage->location, name) : NULL;
    if (!response)
        cv_raise(CV_ERROR_NOT_FOUND, "There is no file '%s'.", name);
    if (!is_shown(cv_slice(cv_file_content_type(cv_slice(name)))))
        cv_response_set_header(response, "Content-Disposition", "attachment");
    cv_response_set_header(response, "X-Content-Type-Options", "nosniff");
    cv_response_set_header(response, "Content-Security-Policy", "default-src 'none'; sandbox");
    return response;
}

static CvResponse *serve(CvRequest *request)
{
    if (request->method_id != CV_METHOD_GET && request->method_id != CV_METHOD_HEAD)
        return cv_response_not_allowed(request->arena, CV_LIST("GET", "HEAD"));
    return cv_media_serve(request, request->path_info + strlen(served_path()));
}

static void ready(const CvApp *app)
{
    const char *url = served_path();
    (void)app;
    if (url)
        cv_mount(url, serve, "media");
}

const CvApp cv_media = {.name = "caravan.contrib.media", .ready = ready};
