/* origins_private.h: which origins may post to this site: Django's checks of Origin and Referer. */
#ifndef CV_MIDDLEWARE_ORIGINS_PRIVATE_H
#define CV_MIDDLEWARE_ORIGINS_PRIVATE_H

#include "http/http.h"
#include "web/settings.h"

/* Reads CSRF_TRUSTED_ORIGINS; an entry without a scheme is an error. */
void cv_origins_load(CvArena *arena, const CvSettings *settings, CvErrors *errors);
/* True if the Origin header's value is this site or a trusted one. */
bool cv_origin_is_trusted(CvRequest *request, CvSlice origin);
/* NULL if the Referer of a request over HTTPS is good, else Django's reason. */
const char *cv_referer_problem(CvRequest *request);

#endif
