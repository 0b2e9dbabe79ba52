/* context.h: context processors: what every template of a request can read.
 *
 *     static void add_shop(CvRequest *request, CvContext *context) { cv_context_set(...); }
 *     const CvContextProcessor shop_context = {.name = "shop", .provides = CV_LIST("shop_name"), .add = add_shop};
 *
 * Always there: request, csrf_token, debug and sql_queries (in debug for INTERNAL_IPS), STATIC_URL, MEDIA_URL. */
#ifndef CV_WEB_CONTEXT_H
#define CV_WEB_CONTEXT_H

#include "web/settings.h"

CV_API_BEGIN

typedef struct CvContext CvContext;

struct CvContextProcessor {
    const char *name;
    const char *const *provides; /* the names it sets, for `check`; ends in NULL */
    void (*add)(CvRequest *request, CvContext *context);
};

#define CV_CONTEXT_PROCESSORS(...) ((const CvContextProcessor *const[]){__VA_ARGS__ __VA_OPT__(, ) NULL})

extern const CvContextProcessor cv_request_context, cv_csrf_context, cv_debug_context, cv_static_context;
/* These four, ends in NULL. */
extern const CvContextProcessor *const cv_default_context_processors[];

/* The middleware that keeps CSRF tokens registers how to get one; `csrf_token` in templates calls it. */
typedef const char *CvCsrfTokenSource(CvRequest *request);
void cv_set_csrf_token_source(CvCsrfTokenSource *source);
/* The request's masked CSRF token, or "" if no middleware keeps one. */
const char *cv_csrf_token(CvRequest *request);

CV_API_END

#endif
