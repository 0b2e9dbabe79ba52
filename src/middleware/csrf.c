/* csrf.c: a request that changes something must carry the secret that this site gave the visitor (Django's scheme: the
 * secret in a cookie, the same under a mask in forms and headers). */
#include "crypto/csrf.h"

#include "base/log.h"
#include "http/http.h"
#include "middleware/middleware.h"
#include "middleware/origins_private.h"
#include "web/context.h"
#include "web/project.h"

typedef struct Secret {
    char text[CV_CSRF_SECRET_LENGTH];
    bool known; /* the visitor has it, or will get it with this response */
    bool send;  /* set the cookie (again) */
    CvCsrfFormat format;
} Secret;

static int slot = -1;
static const char *header_name; /* X-CSRFToken */
static CvCookieOptions cookie;
static const CvCsrfStore *store; /* the sessions' */

void cv_set_csrf_store(const CvCsrfStore *given)
{
    store = given;
}

/* Whether a middleware of that name stands before this one. */
static bool stands_before(const CvSettings *settings, const char *name)
{
    for (const CvMiddleware *const *one = settings->middleware; one && *one && *one != &cv_csrf_middleware; one++)
        if (strcmp((*one)->name, name) == 0)
            return true;
    return false;
}

static bool in_session(void)
{
    return cv_settings()->csrf_use_sessions && store;
}

static bool csrf_init(const CvSettings *settings, CvErrors *errors)
{
    CvArena *arena = cv_project_arena();
    if (slot < 0)
        slot = cv_request_slot(NULL, NULL);
    header_name = cv_setting_header(arena, settings->csrf_header_name);
    cookie = (CvCookieOptions){.max_age = settings->csrf_cookie_age > 0 ? settings->csrf_cookie_age : 0,
                               .max_age_zero = settings->csrf_cookie_age == 0,
                               .path = settings->csrf_cookie_path,
                               .domain = settings->csrf_cookie_domain,
                               .samesite = *settings->csrf_cookie_samesite ? settings->csrf_cookie_samesite : NULL,
                               .secure = settings->csrf_cookie_secure,
                               .httponly = settings->csrf_cookie_httponly};
    CvError error;
    const char *header;
    if (!cv_cookie_format(arena, cv_slice(settings->csrf_cookie_name), CV_SLICE("x"), &cookie, &header, &error))
        cv_errors_add_at(errors, CV_ERROR_CONFIGURATION, NULL, 0, "CSRF_COOKIE_...: %s", error.message);
    if (settings->csrf_use_sessions && !stands_before(settings, "sessions"))
        cv_errors_add_at(errors, CV_ERROR_CONFIGURATION, NULL, 0,
                         "CSRF_USE_SESSIONS is on, but no session middleware stands before the csrf middleware.")
            ->hint = "Put &cv_session_middleware before &cv_csrf_middleware.";
    cv_origins_load(arena, settings, errors);
    cv_set_csrf_token_source(cv_csrf_get_token);
    return true;
}

/* ---- the secret ---- */

/* What the visitor's cookie or session says, read once a request. */
static Secret *load(CvRequest *request)
{
    Secret *secret = request->slots[slot];
    if (secret)
        return secret;
    secret = cv_arena_new(request->arena, Secret);
    request->slots[slot] = secret;
    const char *value =
        in_session() ? store->get(request) : cv_request_cookie(request, cv_settings()->csrf_cookie_name);
    if (!value)
        return secret;
    secret->format = cv_csrf_check_format(cv_slice(value));
    if (secret->format != CV_CSRF_GOOD)
        return secret;
    if (strlen(value) == CV_CSRF_TOKEN_LENGTH)
        cv_csrf_unmask(value, secret->text);
    else
        memcpy(secret->text, value, CV_CSRF_SECRET_LENGTH);
    secret->known = true;
    return secret;
}

void cv_csrf_rotate_token(CvRequest *request)
{
    if (slot < 0)
        return;
    Secret *secret = load(request);
    cv_csrf_secret(secret->text);
    secret->known = secret->send = true;
}

const char *cv_csrf_get_token(CvRequest *request)
{
    if (slot < 0)
        return "";
    Secret *secret = load(request);
    if (!secret->known)
        cv_csrf_secret(secret->text);
    secret->known = secret->send = true; /* sent again even if the visitor has it: its time begins anew */
    char *token = cv_arena_alloc(request->arena, CV_CSRF_TOKEN_LENGTH + 1);
    cv_csrf_mask(secret->text, token);
    return token;
}

/* ---- the check ---- */

static const char *bad_token(CvRequest *request, const char *reason, bool from_form)
{
    return from_form ? cv_arena_printf(request->arena, "CSRF token from POST %s.", reason)
                     : cv_arena_printf(request->arena, "CSRF token from the '%s' HTTP header %s.", header_name, reason);
}

static const char *token_problem(CvRequest *request)
{
    Secret *secret = load(request);
    if (secret->format != CV_CSRF_GOOD)
        return cv_arena_printf(request->arena, "CSRF cookie %s.", cv_csrf_format_message(secret->format));
    if (!secret->known)
        return "CSRF cookie not set.";
    const char *token = request->method_id == CV_METHOD_POST ? cv_post_param(request, "csrfmiddlewaretoken") : NULL;
    bool from_form = token && *token;
    if (!from_form)
        token = cv_request_header(request, header_name);
    if (!token)
        return "CSRF token missing.";
    CvCsrfFormat format = cv_csrf_check_format(cv_slice(token));
    if (format != CV_CSRF_GOOD)
        return bad_token(request, cv_csrf_format_message(format), from_form);
    if (!cv_csrf_match(cv_slice(token), cv_slice_of(secret->text, CV_CSRF_SECRET_LENGTH)))
        return bad_token(request, "incorrect", from_form);
    return NULL;
}

static const char *problem(CvRequest *request)
{
    CvSlice origin = cv_request_header_slice(request, CV_HEADER_ORIGIN);
    if (origin.data) {
        if (!cv_origin_is_trusted(request, origin))
            return cv_arena_printf(request->arena, "Origin checking failed - %.*s does not match any trusted origins.",
                                   CV_SLICE_ARG(origin));
    } else if (cv_request_is_secure(request)) {
        const char *referer = cv_referer_problem(request);
        if (referer)
            return referer;
    }
    return token_problem(request);
}

static CvResponse *csrf_request(CvRequest *request)
{
    /* A session is not read before somebody needs the secret: pages that do not stay the same for all. */
    if (!in_session() && cv_request_header_slice(request, CV_HEADER_COOKIE).data) {
        Secret *secret = load(request);
        if (CV_UNLIKELY(secret->format != CV_CSRF_GOOD)) {
            CvCsrfFormat format = secret->format;
            cv_csrf_rotate_token(request);
            secret->format = format; /* the check of this request still says what was wrong */
        }
    }
    return NULL;
}

static CvResponse *csrf_view(CvRequest *request, const CvUrlMatch *match)
{
    (void)match;
    switch (request->method_id) {
    case CV_METHOD_GET:
    case CV_METHOD_HEAD:
    case CV_METHOD_OPTIONS:
    case CV_METHOD_TRACE:
        return NULL;
    default:
        break;
    }
    if (request->csrf_exempt || request->csrf_done)
        return NULL;
    const char *reason = problem(request);
    request->csrf_done = true;
    if (!reason)
        return NULL;
    cv_log(CV_LOG_WARNING, "caravan.security.csrf", "Forbidden (%s): %s", reason, request->path);
    CvError error = {.kind = CV_ERROR_PERMISSION_DENIED,
                     .message = "CSRF verification failed. Request aborted.",
                     .detail = reason,
                     .hint = "The form needs {% csrf_token %}, the view a template rendered with the request, and the "
                             "browser must accept cookies.",
                     .file = __FILE__,
                     .line = __LINE__};
    cv_raise_error(&error);
}

/* ---- the way out ---- */

/* Caches must keep pages with tokens apart: Vary: Cookie. */
static void vary_on_cookie(CvResponse *response)
{
    const char *old = cv_response_header(response, "Vary");
    if (!old || !*old) {
        cv_response_set_static_header(response, CV_HEADER_VARY, CV_SLICE("Cookie"));
        return;
    }
    CvSlice rest = cv_slice(old), part;
    while (cv_slice_split(&rest, ',', &part)) {
        part = cv_slice_trim(part);
        if (cv_slice_is(part, "*") || cv_slice_equal_fold(part, CV_SLICE("cookie")))
            return;
    }
    cv_response_set_header(response, "Vary", cv_arena_printf(response->arena, "%s, Cookie", old));
}

static CvResponse *csrf_response(CvRequest *request, CvResponse *response)
{
    Secret *secret = request->slots[slot];
    if (!secret || !secret->send)
        return response;
    secret->send = false;
    const char *value = cv_arena_strndup(response->arena, secret->text, CV_CSRF_SECRET_LENGTH);
    if (in_session()) {
        const char *kept = store->get(request);
        if (!kept || strcmp(kept, value) != 0)
            store->set(request, value);
        return response;
    }
    cv_response_set_cookie(response, cv_settings()->csrf_cookie_name, value, &cookie);
    vary_on_cookie(response);
    return response;
}

const CvMiddleware cv_csrf_middleware = {
    .name = "csrf",
    .init = csrf_init,
    .process_request = csrf_request,
    .process_view = csrf_view,
    .process_response = csrf_response,
};
