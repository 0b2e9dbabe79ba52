/* middleware.h: the middleware that comes with the framework; how one is made is in web/middleware.h.
 *
 *     .middleware = CV_DEFAULT_MIDDLEWARE,
 *     .middleware = CV_MIDDLEWARE(&cv_security_middleware, &cv_common_middleware, &mine, &cv_csrf_middleware),
 *
 * Order matters: security first, csrf after common and before what reads forms. */
#ifndef CV_MIDDLEWARE_MIDDLEWARE_H
#define CV_MIDDLEWARE_MIDDLEWARE_H

#include "middleware/csp.h"
#include "web/middleware.h"

CV_API_BEGIN

/* X-Content-Type-Options, Referrer-Policy, Cross-Origin-Opener-Policy, HSTS, redirect to HTTPS: SECURE_... settings. */
extern const CvMiddleware cv_security_middleware;
/* Host check, DISALLOWED_USER_AGENTS, PREPEND_WWW, APPEND_SLASH. */
extern const CvMiddleware cv_common_middleware;
/* Refuses unsafe requests without a token, or from a foreign origin: CSRF_... settings. */
extern const CvMiddleware cv_csrf_middleware;
/* X-Frame-Options, unless the response has one. */
extern const CvMiddleware cv_xframe_middleware;
/* ETag and 304 for GET and HEAD. */
extern const CvMiddleware cv_conditional_get_middleware;

#define CV_DEFAULT_MIDDLEWARE \
    CV_MIDDLEWARE(&cv_security_middleware, &cv_common_middleware, &cv_csrf_middleware, &cv_xframe_middleware)

/* ---- CSRF, for views ---- */

/* The view may be posted to without a token: called by views of other protocols through CV_PATH(..., .csrf_exempt). */
/* The masked token for forms that are not made by {% csrf_token %}; makes sure that the cookie is sent. */
const char *cv_csrf_get_token(CvRequest *request);
/* A new secret: to be called at login. */
void cv_csrf_rotate_token(CvRequest *request);

/* Where the secret is kept with CSRF_USE_SESSIONS: the app of sessions says so. `set` is called before the response of
 * the csrf middleware goes further out. */
typedef struct CvCsrfStore {
    const char *(*get)(CvRequest *request); /* NULL: none yet */
    void (*set)(CvRequest *request, const char *secret);
} CvCsrfStore;
void cv_set_csrf_store(const CvCsrfStore *store);

/* ---- clickjacking, for views ---- */

/* The response may be framed by anyone. */
void cv_xframe_exempt(CvResponse *response);

CV_API_END

#endif
