/* run_http_facts_errors.c: what answers an error that a view raises. */
#include "run_http_facts.h"

#include "urls/urls.h"
#include "views/views.h"
#include "web/project.h"

static CvErrorKind kind; /* what the view raises */

/* Classes that have no kind of their own, and what stands for them. */
static CvErrorKind kind_of(CvSlice name)
{
    if (cv_slice_is(name, "ObjectDoesNotExist"))
        return CV_ERROR_DOES_NOT_EXIST;
    if (cv_slice_is(name, "UnreadablePostError"))
        return CV_ERROR_OS;
    for (int i = CV_ERROR_NONE; i < CV_ERROR_KIND_COUNT; i++)
        if (cv_slice_is(name, cv_error_class((CvErrorKind)i)))
            return (CvErrorKind)i;
    return CV_ERROR_ERROR;
}

static CvResponse *failing_view(CvRequest *request)
{
    (void)request;
    cv_raise(kind, "x");
}

static const CvUrl urls[] = {CV_PATH("", failing_view), CV_URLS_END};

static CvResponse *custom(CvRequest *request, const CvError *error)
{
    int status = cv_error_status(error);

    return cv_response_status(request->arena, status, "custom %d", status);
}

static CvResponse *answer(CvArena *arena, const char *path, bool custom_handlers, CvBuffer *why)
{
    static const char *const hosts[] = {"*", NULL};
    static CvHttpSettings http = {.allowed_hosts = hosts};
    static const char *const headers[] = {"Host", "testserver", NULL};
    CvErrorView *handler = custom_handlers ? custom : NULL;
    CvErrors errors = {.arena = arena};
    const CvSettings settings = {.allowed_hosts = hosts,
                                 .secret_key = "key",
                                 .urls = urls,
                                 .handler400 = handler,
                                 .handler403 = handler,
                                 .handler404 = handler,
                                 .handler500 = handler};

    cv_set_default_error_view(cv_error_page);
    if (!cv_project_start(&settings, NULL, &errors)) {
        cv_buffer_printf(why, "no start: %s", errors.count ? errors.items[0]->message : "?");
        return NULL;
    }
    return cv_handle(cv_request_make(arena, "GET", path, headers, (CvSlice){NULL, 0}, &http));
}

static void silence(void *argument, CvLogLevel level, const char *logger, CvSlice message)
{
    (void)argument;
    (void)level;
    (void)logger;
    (void)message;
}

static bool exception_status(CvArena *arena, const CvDict *record, CvBuffer *why)
{
    cv_log_set_sink(silence, NULL);
    kind = kind_of(record_text(record, "exception"));
    CvResponse *response = answer(arena, "/", cv_value_truth(record_get(record, "custom_handlers")), why);
    bool same = response && facts_same_response(arena, record, why, response);

    cv_project_stop();
    return same;
}

static bool default_error_page(CvArena *arena, const CvDict *record, CvBuffer *why)
{
    bool missing = record_number(record, "page", 404) < 404.5 && record_number(record, "page", 404) > 403.5;

    cv_log_set_sink(silence, NULL);
    kind = CV_ERROR_BAD_REQUEST;
    CvResponse *response = answer(arena, missing ? "/missing/" : "/", false, why);
    bool same = response && facts_same_response(arena, record, why, response);

    cv_project_stop();
    return same;
}

static const FactCheck checks[] = {
    {"exception_status", exception_status}, {"default_error_page", default_error_page}, {NULL, NULL}};

__attribute__((constructor)) static void add(void)
{
    facts_add(checks, NULL);
}
