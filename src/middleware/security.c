/* security.c: headers that make browsers careful, and the redirect to HTTPS. What is sent is put together once. */
#include "http/http.h"
#include "middleware/fixed_private.h"
#include "middleware/middleware.h"
#include "middleware/patterns_private.h"
#include "web/project.h"

static CvHeaders fixed;
static CvSlice hsts;
static bool redirects;
static CvPatterns exempt;

static void add_fixed(const char *setting, CvSlice name, const char *value, CvErrors *errors)
{
    if (value && *value)
        cv_fixed_header(&fixed, cv_project_arena(), setting, name, cv_slice(value), errors);
}

/* "a , b" as "a,b". */
static const char *referrer_policy(CvArena *arena, const char *setting)
{
    CvBuffer out = cv_buffer(arena);
    CvSlice rest = cv_slice(setting), part;
    while (cv_slice_split(&rest, ',', &part)) {
        if (out.length)
            cv_buffer_append_byte(&out, ',');
        cv_buffer_append_slice(&out, cv_slice_trim(part));
    }
    return cv_buffer_string(&out);
}

static bool security_init(const CvSettings *settings, CvErrors *errors)
{
    CvArena *arena = cv_project_arena();
    fixed = (CvHeaders){0};
    add_fixed("SECURE_CONTENT_TYPE_NOSNIFF", CV_SLICE("X-Content-Type-Options"),
              cv_is_on(settings->secure_content_type_nosniff) ? "nosniff" : NULL, errors);
    add_fixed("SECURE_REFERRER_POLICY", CV_SLICE("Referrer-Policy"),
              referrer_policy(arena, settings->secure_referrer_policy), errors);
    add_fixed("SECURE_CROSS_ORIGIN_OPENER_POLICY", CV_SLICE("Cross-Origin-Opener-Policy"),
              settings->secure_cross_origin_opener_policy, errors);
    hsts = (CvSlice){0};
    if (settings->secure_hsts_seconds > 0)
        hsts = cv_slice(cv_arena_printf(arena, "max-age=%lld%s%s", (long long)settings->secure_hsts_seconds,
                                        settings->secure_hsts_include_subdomains ? "; includeSubDomains" : "",
                                        settings->secure_hsts_preload ? "; preload" : ""));
    redirects = settings->secure_ssl_redirect;
    cv_patterns_compile(&exempt, arena, "SECURE_REDIRECT_EXEMPT", settings->secure_redirect_exempt, errors);
    return true;
}

static CvResponse *redirect_to_https(CvRequest *request)
{
    const char *path = request->path;
    while (*path == '/')
        path++;
    if (cv_request_is_secure(request) || cv_patterns_search(&exempt, cv_slice(path)))
        return NULL;
    const char *host = cv_settings()->secure_ssl_host;
    if (!host)
        host = cv_request_host(request);
    const char *url = cv_arena_printf(request->arena, "https://%s%s", host, cv_request_full_path(request, false));
    CvError error;
    CvResponse *response = cv_response_redirect(request->arena, url, true, false, &error);
    if (!response)
        cv_raise_error(&error);
    return response;
}

static CvResponse *security_request(CvRequest *request)
{
    return CV_UNLIKELY(redirects) ? redirect_to_https(request) : NULL;
}

static CvResponse *security_response(CvRequest *request, CvResponse *response)
{
    if (hsts.data && cv_request_is_secure(request))
        cv_response_set_header_default(response, "Strict-Transport-Security", hsts.data);
    for (size_t i = 0; i < fixed.count; i++)
        cv_fixed_header_put(response, &fixed.items[i]);
    return response;
}

const CvMiddleware cv_security_middleware = {
    .name = "security",
    .init = security_init,
    .process_request = security_request,
    .process_response = security_response,
};
