/* origins.c: which origins may post to this site: Django's checks of Origin and Referer. */
#include "middleware/origins_private.h"

#include "text/url.h"

typedef struct Origin {
    CvSlice scheme, host; /* the host begins with "." where the setting had "*." */
    CvSlice text;         /* as set */
    bool wild;
} Origin;

static Origin *origins;
static size_t origin_count;
static CvSlice cookie_domain;

void cv_origins_load(CvArena *arena, const CvSettings *settings, CvErrors *errors)
{
    size_t count = 0;
    while (settings->csrf_trusted_origins[count])
        count++;
    origins = cv_arena_new_array(arena, Origin, count);
    origin_count = 0;
    cookie_domain = cv_slice(settings->csrf_cookie_domain);
    for (size_t i = 0; i < count; i++) {
        CvSlice text = cv_slice(settings->csrf_trusted_origins[i]);
        ptrdiff_t colon = cv_slice_find(text, CV_SLICE("://"));
        if (colon <= 0) {
            cv_errors_add_at(
                errors, CV_ERROR_CONFIGURATION, NULL, 0,
                "CSRF_TRUSTED_ORIGINS must start with a scheme (usually http:// or https://) but found %s.", text.data);
            continue;
        }
        CvSlice host = cv_slice_skip(text, (size_t)colon + 3);
        ptrdiff_t slash = cv_slice_find_byte(host, '/');
        if (slash >= 0)
            host = cv_slice_range(host, 0, (size_t)slash);
        bool wild = cv_slice_find_byte(text, '*') >= 0;
        while (host.length && host.data[0] == '*')
            host = cv_slice_skip(host, 1);
        origins[origin_count++] = (Origin){cv_slice_range(text, 0, (size_t)colon), host, text, wild};
    }
}

bool cv_origin_is_trusted(CvRequest *request, CvSlice origin)
{
    CvError error;
    const char *host = cv_request_load_host(request, &error);
    if (host && cv_slice_is(origin, cv_arena_printf(request->arena, "%s://%s", cv_request_scheme(request), host)))
        return true;
    CvUrlParts parts;
    bool parsed = cv_url_split(origin, &parts);
    for (size_t i = 0; i < origin_count; i++)
        if (origins[i].wild ? parsed && cv_slice_equal_fold(parts.scheme, origins[i].scheme) &&
                                  cv_url_is_same_domain(parts.netloc, origins[i].host)
                            : cv_slice_equal(origin, origins[i].text))
            return true;
    return false;
}

static CvSlice good_referer(CvRequest *request)
{
    if (cookie_domain.length) {
        const char *port = cv_request_port(request);
        if (strcmp(port, "443") == 0 || strcmp(port, "80") == 0)
            return cookie_domain;
        return cv_slice(cv_arena_printf(request->arena, "%.*s:%s", CV_SLICE_ARG(cookie_domain), port));
    }
    CvError error;
    return cv_slice(cv_request_load_host(request, &error));
}

const char *cv_referer_problem(CvRequest *request)
{
    const char *referer = cv_request_header(request, "Referer");
    if (!referer)
        return "Referer checking failed - no Referer.";
    CvUrlParts parts;
    if (!cv_url_split(cv_slice(referer), &parts) || !parts.scheme.length || !parts.netloc.length)
        return "Referer checking failed - Referer is malformed.";
    if (!cv_slice_equal_fold(parts.scheme, CV_SLICE("https")))
        return "Referer checking failed - Referer is insecure while host is secure.";
    for (size_t i = 0; i < origin_count; i++)
        if (cv_url_is_same_domain(parts.netloc, origins[i].host))
            return NULL;
    CvSlice good = good_referer(request);
    if (good.length && cv_url_is_same_domain(parts.netloc, good))
        return NULL;
    return cv_arena_printf(request->arena, "Referer checking failed - %s does not match any trusted origins.", referer);
}
