/* middleware.c: gives a request its session, and writes it and its cookie on the way out. */
#include "contrib/sessions/session_private.h"

#include "http/http.h"
#include "middleware/middleware.h"

static int slot = -1;
static CvCookieOptions cookie;

CvSession *cv_session_if_any(CvRequest *request)
{
    return slot < 0 ? NULL : request->slots[slot];
}

CvSession *cv_session(CvRequest *request)
{
    CvSession *session = cv_session_if_any(request);
    if (!session)
        cv_raise(CV_ERROR_CONFIGURATION, "The request has no session: cv_session_middleware is not in the middleware, "
                                         "or stands behind what asks for it.");
    return session;
}

static CvValue read_session(CvRequest *request, CvArena *arena)
{
    CvSession *session = cv_session_if_any(request);
    (void)arena;
    return session ? cv_value_object(session) : (CvValue){.kind = CV_MISSING};
}

/* ---- CSRF_USE_SESSIONS ---- */

#define CSRF_KEY "_csrftoken"

static const char *csrf_get(CvRequest *request)
{
    return cv_session_text(cv_session(request), CSRF_KEY, NULL);
}

static void csrf_set(CvRequest *request, const char *secret)
{
    cv_session_set(cv_session(request), CSRF_KEY, secret);
}

static const CvCsrfStore csrf_store = {.get = csrf_get, .set = csrf_set};

/* ---- the middleware ---- */

static bool has_table(const CvSettings *settings)
{
    for (const CvApp *const *app = settings->apps; app && *app; app++)
        if (*app == &cv_sessions)
            return true;
    return false;
}

static bool session_init(const CvSettings *settings, CvErrors *errors)
{
    const char *header;
    CvError error;
    if (slot < 0)
        slot = cv_request_slot("session", read_session);
    cookie =
        (CvCookieOptions){.path = settings->session_cookie_path,
                          .domain = settings->session_cookie_domain,
                          .samesite = *settings->session_cookie_samesite ? settings->session_cookie_samesite : NULL,
                          .secure = settings->session_cookie_secure,
                          .httponly = cv_is_on(settings->session_cookie_httponly)};
    if (!cv_cookie_format(cv_project_arena(), cv_slice(settings->session_cookie_name), CV_SLICE("x"), &cookie, &header,
                          &error))
        cv_errors_add_at(errors, CV_ERROR_CONFIGURATION, NULL, 0, "SESSION_COOKIE_...: %s", error.message);
    if ((strcmp(settings->session_engine, cv_session_db.name) == 0 ||
         strcmp(settings->session_engine, cv_session_db.django_name) == 0) &&
        !has_table(settings))
        cv_errors_add_at(errors, CV_ERROR_CONFIGURATION, NULL, 0,
                         "Sessions are kept in the database, but the app of their table is not in the apps.")
            ->hint = "Put &cv_sessions into .apps, or set SESSION_ENGINE=signed_cookies.";
    cv_set_csrf_store(&csrf_store);
    return true;
}

static CvResponse *session_request(CvRequest *request)
{
    request->slots[slot] = cv_session_create(request->arena, cv_session_engine(),
                                             cv_request_cookie(request, cv_settings()->session_cookie_name));
    return NULL;
}

static void send_cookie(CvSession *session, CvResponse *response)
{
    CvCookieOptions options = cookie;
    if (!cv_session_get_expire_at_browser_close(session)) {
        int64_t age = cv_session_get_expiry_age(session);
        options.max_age = age > 0 ? age : 0;
        options.max_age_zero = age <= 0;
    }
    cv_session_save(session);
    cv_response_set_cookie(response, cv_settings()->session_cookie_name, session->key, &options);
}

static CvResponse *session_response(CvRequest *request, CvResponse *response)
{
    const CvSettings *settings = cv_settings();
    CvSession *session = cv_session_if_any(request);
    if (!session)
        return response;
    bool empty = cv_session_is_empty(session), accessed = session->accessed;
    if (empty && cv_request_cookie(request, settings->session_cookie_name)) {
        cv_response_delete_cookie(response, settings->session_cookie_name, &cookie);
        accessed = true;
    } else if ((session->modified || settings->session_save_every_request) && !empty && response->status < 500) {
        send_cookie(session, response);
        accessed = true;
    }
    if (accessed)
        cv_patch_vary(response, "Cookie");
    session->gone_out = request->path;
    return response;
}

const CvMiddleware cv_session_middleware = {
    .name = "sessions", .init = session_init, .process_request = session_request, .process_response = session_response};
