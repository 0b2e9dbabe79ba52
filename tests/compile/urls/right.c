/* expect none */
#include "urls/urls.h"
CvResponse *home(CvRequest *request);
CvResponse *book(CvRequest *request, const char *slug);
CvResponse *page(CvRequest *request, int64_t number, CvUuid id, CvValue any);
extern const CvUrl inner[], urls[];
const CvUrl inner[] = {CV_APP_NAME("inner"), CV_PATH("", home, .name = "home"), CV_URLS_END};
const CvUrl urls[] = {CV_PATH("books/<slug:slug>/", book, .name = "book", .permission = "shop.view_book"),
                      CV_RE_PATH("^(?P<slug>\\w+)$", book, .kwargs = CV_KWARGS(CV_KWARG_INT("n", 1), CV_KWARG_TEXT("a", "b"))),
                      CV_PATH("p/<int:n>/<uuid:u>/<path:x>", page, .login_required = true),
                      CV_INCLUDE("in/", inner, .namespace = "other"),
                      CV_URLS_END};
