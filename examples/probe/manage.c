/* manage.c: the probe: a site without a database that scripts hold against RFCs and attacks. */
#include "views.h"

static const CvUrl urls[] = {
    CV_PATH("echo/", echo, .name = "echo", .csrf_exempt = true),
    CV_PATH("upload/", upload, .name = "upload", .csrf_exempt = true),
    CV_PATH("form/", form, .name = "form", .csrf_exempt = true),
    CV_PATH("json/", json, .name = "json", .csrf_exempt = true),
    CV_URLS_END,
};

/* Without the common middleware: its check of hosts is stricter than RFC 9112, and paths need no slashes here. */
int main(int argc, char **argv)
{
    return cv_main(argc, argv, &(CvSettings){
        .apps       = CV_APPS(&cv_staticfiles),
        .middleware = CV_MIDDLEWARE(&cv_security_middleware, &cv_csrf_middleware, &cv_xframe_middleware),
        .urls       = urls,
    });
}
