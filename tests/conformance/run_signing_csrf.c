/* run_signing_csrf.c: csrf_request: a request to a site with the csrf middleware, accepted or refused and why. */
#include "middleware/middleware.h"
#include "run_signing.h"
#include "site.h"

static const char *refused;

static CvResponse *page(CvRequest *request)
{
    return cv_response_text(request->arena, "accepted");
}

static CvResponse *failure(CvRequest *request, const CvError *error)
{
    refused = cv_arena_strdup(request->arena, error->detail);
    return cv_response_status(request->arena, 403, "refused");
}

static const CvUrl urls[] = {CV_PATH("x", page), CV_URLS_END};

static const char *const *headers_of(CvArena *arena, const CvDict *record)
{
    CV_VECTOR(const char *) all = {0};
    static const struct {
        const char *name, *member, *format;
    } rows[] = {{"Host", "host", "%s"},
                {"Cookie", "cookie", "csrftoken=%s"},
                {"X-CSRFToken", "header_token", "%s"},
                {"Origin", "origin", "%s"},
                {"Referer", "referer", "%s"}};
    for (size_t i = 0; i < CV_COUNT_OF(rows); i++)
        if (record_get(record, rows[i].member).kind == CV_STRING) {
            const char *text = record_string(arena, record, rows[i].member);
            cv_vector_push(arena, &all, rows[i].name);
            cv_vector_push(arena, &all,
                           strcmp(rows[i].name, "Cookie") == 0 ? cv_arena_printf(arena, "csrftoken=%s", text) : text);
        }
    cv_vector_push(arena, &all, "Content-Type");
    cv_vector_push(arena, &all, "application/x-www-form-urlencoded");
    cv_vector_push(arena, &all, NULL);
    return all.items;
}

bool check_csrf_request(CvArena *arena, const CvDict *record, CvBuffer *why)
{
    site_start(arena,
               &(CvSettings){.urls = urls, .middleware = CV_MIDDLEWARE(&cv_csrf_middleware), .handler403 = failure},
               record_get(record, "settings"));
    CvBuffer body = cv_buffer(arena);
    if (record_get(record, "post_token").kind == CV_STRING)
        cv_buffer_printf(&body, "csrfmiddlewaretoken=%s", record_string(arena, record, "post_token"));
    CvRequest *request = cv_request_make(arena, record_string(arena, record, "method"), "/x", headers_of(arena, record),
                                         cv_slice(cv_buffer_string(&body)), NULL);
    CvValue secure = record_get(record, "secure");
    if (cv_value_truth(secure))
        request->scheme = "https";
    refused = NULL;
    CvResponse *response = cv_handle(request);
    bool accepted = cv_value_truth(record_get(record, "accepted"));
    if ((response->status == 200) != accepted)
        cv_buffer_printf(why, "status %d", response->status);
    bool same = (response->status == 200) == accepted &&
                same_text(why, "reason", record_text(record, "reason"), cv_slice(refused));
    cv_project_stop();
    return same;
}
