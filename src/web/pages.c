/* pages.c: what is answered and logged when something raised. */
#include "base/log.h"
#include "web/project_private.h"

typedef struct Page {
    CvRequest *request;
    const CvError *error;
    CvErrorView *view;
    CvResponse *response;
} Page;

static void make(void *argument)
{
    Page *page = argument;
    page->response = page->view(page->request, page->error);
}

static CvErrorView *site_view(int status)
{
    const CvSettings *settings = cv_settings();
    switch (status) {
    case 400:
        return settings->handler400;
    case 403:
        return settings->handler403;
    case 404:
        return settings->handler404;
    default:
        return status >= 500 ? settings->handler500 : NULL;
    }
}

static void log_it(CvRequest *request, const CvError *error, int status)
{
    if (status >= 500) {
        cv_log(CV_LOG_ERROR, "caravan.request", "%s: %s %s", cv_status_reason(status), request->method, request->path);
        cv_log_error("caravan.request", error);
    } else if (error->kind == CV_ERROR_SUSPICIOUS || error->kind == CV_ERROR_DISALLOWED_HOST) {
        cv_log(CV_LOG_ERROR, "caravan.security", "%s", error->message);
    } else {
        cv_log(CV_LOG_WARNING, "caravan.request", "%s: %s", cv_status_reason(status), request->path);
    }
}

/* A view for errors is tried; what it raises is logged, and the next one gets its turn. */
static CvResponse *try_view(CvErrorView *view, CvRequest *request, const CvError *error)
{
    Page page = {.request = request, .error = error, .view = view};
    CvError *second;
    if (!view)
        return NULL;
    if (cv_try(make, &page, &second))
        return page.response;
    cv_log_error("caravan.request", second);
    return NULL;
}

CvResponse *cv_error_response(CvRequest *request, const CvError *error)
{
    int status = cv_error_status(error);
    if (cv_log_enabled(CV_LOG_WARNING))
        log_it(request, error, status);
    CvResponse *response = NULL;
    if (cv_settings()->debug)
        response = try_view(cv_project.debug_view, request, error);
    if (!response)
        response = try_view(site_view(status), request, error);
    if (!response)
        response = try_view(cv_project.default_view, request, error);
    if (!response)
        response =
            cv_response_create(request->arena, status, "text/plain; charset=utf-8", cv_slice(cv_status_reason(status)));
    if (response->status == 200)
        response->status = status;
    return response;
}
