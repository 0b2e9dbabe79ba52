/* middleware.h: what stands between the server and the views.
 *
 *     static CvResponse *count_in(CvRequest *request) { ...; return NULL; }
 *     static CvResponse *count_out(CvRequest *request, CvResponse *response) { ...; return response; }
 *     const CvMiddleware counting = {.name = "counting", .process_request = count_in, .process_response = count_out};
 *
 * The order is the settings' list. On the way in process_request runs from the first to the last; one that answers
 * skips everything further in. Then the URL is resolved, process_view runs from the first to the last (just before the
 * view), and the view. On the way out process_response runs from the last to the first, beginning at the one that
 * answered. A raise in any of them becomes an error page that still passes the process_response of those further out,
 * so security headers stand on error pages too. What the view raises is first shown to process_exception, last to
 * first. Functions run in the request's fiber and arena; they may wait, raise and allocate. */
#ifndef CV_WEB_MIDDLEWARE_H
#define CV_WEB_MIDDLEWARE_H

#include "web/settings.h"

CV_API_BEGIN

typedef struct CvUrlMatch CvUrlMatch;

struct CvMiddleware {
    const char *name;
    /* Called once at start; false: not used in this site (Django's MiddlewareNotUsed). May add errors. */
    bool (*init)(const CvSettings *settings, CvErrors *errors);
    /* NULL: go on; a response: answer with it. */
    CvResponse *(*process_request)(CvRequest *request);
    CvResponse *(*process_view)(CvRequest *request, const CvUrlMatch *match);
    /* Gives the response that goes on outwards: the same one, or another. */
    CvResponse *(*process_response)(CvRequest *request, CvResponse *response);
    /* NULL: not mine. */
    CvResponse *(*process_exception)(CvRequest *request, const CvError *error);
};

/* CV_MIDDLEWARE(&cv_security_middleware, &counting) */
#define CV_MIDDLEWARE(...) ((const CvMiddleware *const[]){__VA_ARGS__ __VA_OPT__(, ) NULL})

CV_API_END

#endif
