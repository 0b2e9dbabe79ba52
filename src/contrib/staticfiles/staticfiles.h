/* staticfiles.h: style sheets, scripts and pictures of the apps below STATIC_URL.
 *
 *     .apps = CV_APPS(&cv_staticfiles, &bookstore)         // and {% load static %}{% static "bookstore/site.css" %}
 *
 * Files are looked for among those that the apps embedded, in STATICFILES_DIRS and the `static` folders of the apps,
 * then in STATIC_ROOT; the first that has one wins. In debug the embedded ones come last. Paths that leave a folder,
 * dot files and symbolic links out of it are not there (404). */
#ifndef CV_CONTRIB_STATICFILES_STATICFILES_H
#define CV_CONTRIB_STATICFILES_STATICFILES_H

#include "web/web.h"

CV_API_BEGIN

extern const CvApp cv_staticfiles;

/* The absolute path of a static file ("bookstore/site.css"), "embedded:" and its name where it is in the program, or
 * NULL. */
const char *cv_staticfiles_find(CvArena *arena, const char *path);
/* Answers a request below STATIC_URL; NULL if the path is not below it. Raises CV_ERROR_NOT_FOUND. */
CvResponse *cv_staticfiles_serve(CvRequest *request);

CV_API_END

#endif
