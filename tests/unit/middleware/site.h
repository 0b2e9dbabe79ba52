/* site.h: a started site with one middleware, and requests to it, for the tests of this folder. */
#ifndef CV_TESTS_MIDDLEWARE_SITE_H
#define CV_TESTS_MIDDLEWARE_SITE_H

#include "unit.h"

#include "http/http.h"
#include "middleware/middleware.h"
#include "urls/urls.h"
#include "web/web.h"

static CvArena *arena;

/* Starts the site anew (once a test; each test is a process). */
static void start_site(const CvSettings *settings)
{
    arena = cv_arena_create(0);
    cv_log_set_level(CV_LOG_CRITICAL + 1);
    CvErrors errors = {.arena = arena};
    static const char *const all_hosts[] = {"*", NULL};
    CvSettings all = *settings;
    if (!all.secret_key)
        all.secret_key = "k";
    if (!all.allowed_hosts)
        all.allowed_hosts = all_hosts;
    bool started = cv_project_start(&all, NULL, &errors);
    ck_assert_msg(started, "%s", errors.count ? errors.items[0]->message : "");
}

static CvResponse *ask_with(const char *method, const char *target, const char *const *headers, const char *body,
                            bool secure)
{
    CvRequest *request = cv_request_make(arena, method, target, headers, cv_slice(body), NULL);
    if (secure)
        request->scheme = "https";
    return cv_handle(request);
}

static CvResponse *ask(const char *target)
{
    return ask_with("GET", target, CV_LIST("Host", "x.example"), NULL, false);
}

static const char *header(const CvResponse *response, const char *name)
{
    const char *value = cv_response_header(response, name);
    return value ? value : "(none)";
}

#endif
