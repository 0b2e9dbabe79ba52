/* common.c: the host is checked, unwanted agents are refused, www. and slashes are put where they belong. */
#include "http/http.h"
#include "middleware/middleware.h"
#include "middleware/patterns_private.h"
#include "text/url.h"
#include "urls/urls.h"
#include "web/project.h"

static CvPatterns agents;

static bool common_init(const CvSettings *settings, CvErrors *errors)
{
    cv_patterns_compile(&agents, cv_project_arena(), "DISALLOWED_USER_AGENTS", settings->disallowed_user_agents,
                        errors);
    return true;
}

static CvResponse *moved(CvRequest *request, const char *url)
{
    CvError error;
    CvResponse *response = cv_response_redirect(request->arena, url, true, false, &error);
    if (!response)
        cv_raise_error(&error);
    return response;
}

/* The path has no view, but with a slash behind it it has. */
static bool wants_slash(CvRequest *request)
{
    return cv_is_on(cv_settings()->append_slash) &&
           cv_resolver_wants_slash(cv_request_resolver(request), request->arena, cv_slice(request->path_info));
}

/* A browser would read what begins with "//" as a host. */
static const char *path_with_slash(CvRequest *request)
{
    CvSlice full = cv_slice(cv_request_full_path(request, true));
    const char *path = cv_slice_string(request->arena, cv_url_escape_leading_slashes(request->arena, full));
    CvMethod method = request->method_id;
    bool has_data =
        method == CV_METHOD_POST || method == CV_METHOD_PUT || method == CV_METHOD_PATCH || method == CV_METHOD_DELETE;
    if (has_data && cv_settings()->debug)
        cv_raise(
            CV_ERROR_ERROR,
            "You called this URL via %s, but the URL doesn't end in a slash and you have APPEND_SLASH set. Caravan "
            "can't redirect to the slash URL while maintaining %s data. Change your form to point to %s%s (note the "
            "trailing slash), or set APPEND_SLASH=0.",
            request->method, request->method, cv_request_host(request), path);
    return path;
}

static CvResponse *common_request(CvRequest *request)
{
    if (agents.count) {
        CvSlice agent = cv_request_header_slice(request, CV_HEADER_USER_AGENT);
        if (agent.data && cv_patterns_search(&agents, agent))
            cv_raise(CV_ERROR_PERMISSION_DENIED, "Forbidden user agent");
    }
    const char *host = cv_request_host(request);
    if (CV_UNLIKELY(cv_settings()->prepend_www) && *host && strncmp(host, "www.", 4) != 0)
        return moved(request, cv_arena_printf(request->arena, "%s://www.%s%s", cv_request_scheme(request), host,
                                              wants_slash(request) ? path_with_slash(request)
                                                                   : cv_request_full_path(request, false)));
    return NULL;
}

static CvResponse *common_response(CvRequest *request, CvResponse *response)
{
    if (CV_UNLIKELY(response->status == 404) && wants_slash(request))
        return moved(request, path_with_slash(request));
    return response;
}

const CvMiddleware cv_common_middleware = {
    .name = "common",
    .init = common_init,
    .process_request = common_request,
    .process_response = common_response,
};
