/* run_urls_append_slash.c: append_slash: requests to a site with the common middleware. */
#include "middleware/middleware.h"
#include "run_urls.h"
#include "site.h"

static CvResponse *dispatch(const CvViewObject *view, CvRequest *request, const CvUrlMatch *match)
{
    (void)view, (void)match;
    return cv_response_text(request->arena, "ok");
}

static const CvViewObject any_view = {.dispatch = dispatch, .name = "view"};

static const CvUrl *table_of(CvArena *arena, CvValue patterns)
{
    CvUrl *urls = cv_arena_new_array(arena, CvUrl, patterns.list->count + 1);
    for (size_t i = 0; i < patterns.list->count; i++) {
        const CvDict *row = patterns.list->items[i].dict;
        bool include = record_has(row, "include");
        urls[i] = (CvUrl){.kind = include                             ? CV_URL_INCLUDE
                                  : record_is(row, "type", "re_path") ? CV_URL_RE_PATH
                                                                      : CV_URL_PATH,
                          .route = record_string(arena, row, "route"),
                          .object = include ? NULL : &any_view,
                          .include = include ? table_of(arena, record_get(row, "include")) : NULL};
    }
    return urls;
}

static CvResponse *not_found(CvRequest *request, const CvError *error)
{
    (void)error;
    return cv_response_status(request->arena, 404, "no");
}

bool check_append_slash(CvArena *arena, const CvDict *record, CvBuffer *why)
{
    CvSettings settings = {
        .urls = table_of(arena, record_get(record, "patterns")),
        .middleware = CV_MIDDLEWARE(&cv_common_middleware),
        .handler404 = not_found,
        .append_slash = cv_value_truth(record_get(record, "APPEND_SLASH")) ? CV_ON : CV_OFF,
        .prepend_www = cv_value_truth(record_get(record, "PREPEND_WWW")),
    };
    site_start(arena, &settings, CV_NONE);
    CvBuffer target = cv_buffer(arena);
    CvSlice query = record_text(record, "query");
    cv_url_quote(&target, record_text(record, "path"), "/");
    if (query.length)
        cv_buffer_append_byte(&target, '?');
    cv_buffer_append_slice(&target, query);
    CvRequest *request = cv_request_make(arena, record_string(arena, record, "method"), cv_buffer_string(&target),
                                         CV_LIST("Host", record_string(arena, record, "host")), (CvSlice){0}, NULL);
    if (!request) {
        cv_buffer_append_string(why, "no request can be made of the path");
        cv_project_stop();
        return false;
    }
    CvResponse *response = cv_handle(request);
    bool same = response->status == (int)record_number(record, "status", 0);
    if (!same)
        cv_buffer_printf(why, "status %d; ", response->status);
    same = same_text(why, "location", record_text(record, "location"),
                     cv_slice(cv_response_header(response, "Location"))) &&
           same;
    CvSlice length = record_text(record, "content_length");
    if (length.length)
        same = same_text(why, "length", length, cv_slice(cv_arena_printf(arena, "%zu", response->body.length))) && same;
    cv_project_stop();
    return same;
}
