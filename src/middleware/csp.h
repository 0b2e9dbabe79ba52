/* csp.h: the content security policy of a site: what its pages may load and run.
 *
 *     return cv_main(argc, argv, &(CvSettings){
 *         .middleware = CV_MIDDLEWARE(&cv_security_middleware, &cv_csp_middleware, &cv_common_middleware, ...),
 *         .context_processors = CV_CONTEXT_PROCESSORS(&cv_csp_context),
 *         .secure_csp = CV_LIST("default-src 'self'", "script-src 'self' " CV_CSP_NONCE), ...
 *
 *     <script {% csp_nonce_attr %}>...</script>        in a template
 *     cv_csp_override(response, CV_LIST("default-src 'none'"));      in a view
 *
 * SECURE_CSP and SECURE_CSP_REPORT_ONLY hold directives as texts; an empty list sends no header, and a response that
 * has the header already keeps its own. CV_CSP_NONCE becomes the request's nonce where a page asked for it, else it is
 * left out. Policies: https://www.w3.org/TR/CSP3/. */
#ifndef CV_MIDDLEWARE_CSP_H
#define CV_MIDDLEWARE_CSP_H

#include "http/csp.h"
#include "web/context.h"
#include "web/middleware.h"

CV_API_BEGIN

typedef struct CvRequest CvRequest;
typedef struct CvResponse CvResponse;

/* The headers Content-Security-Policy and Content-Security-Policy-Report-Only. */
extern const CvMiddleware cv_csp_middleware;
/* Gives templates the name csp_nonce, which {% csp_nonce_attr %} reads; null where the middleware does not run. */
extern const CvContextProcessor cv_csp_context;

/* The request's nonce: made when it is first asked for, 22 letters of URL-safe base64 (128 random bits). NULL: the
 * middleware does not run. Lives as long as the request. */
const char *cv_csp_nonce(CvRequest *request);

/* Other directives for one response (Django's csp_override and csp_report_only_override); an empty list or NULL: no
 * such header. The texts must live as long as the response. */
void cv_csp_override(CvResponse *response, const char *const *directives);
void cv_csp_report_only_override(CvResponse *response, const char *const *directives);

CV_API_END

#endif
