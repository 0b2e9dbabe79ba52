/* manage.c: a site with one mistake of each kind, all of which compile; expected.txt says what `check` answers. */
#include "caravan.h"

#define CV_MODELS "models.def.h"
#include "orm/models.h"
#define CV_MODELS "models.def.h"
#define CV_MODELS_TABLE broken_models
#include "orm/models_define.h"

static CvResponse *book_list(CvRequest *request)
{
    Book_set *books = cv_objects(Book);
    books = cv_filter(books, "titel__icontains", "x");
    books = cv_filter(books, "author__nam", "x");
    books = cv_filter(books, "title__icontain", "x");
    books = cv_filter(books, "stock", "many");
    books = cv_order_by(books, "-publishd");
    books = cv_select_related(books, "autor");
    return cv_render(request, "book_lst.html", "books", books);
}

static CvResponse *book_detail(CvRequest *request, const char *slug)
{
    if (cv_query_param(request, "old"))
        return cv_redirect(request, "book-detial", "slug", slug);
    if (cv_query_param(request, "older"))
        return cv_redirect(request, "book-detail", "id", 7);
    return cv_render(request, "book_detail.html", "book", slug, "reviews", 3);
}

static const CvUrl urls[] = {
    CV_PATH("", book_list, .name = "book-list"),
    CV_PATH("books/<slug:slug>/", book_detail, .name = "book-detail"),
    CV_URLS_END,
};

static const CvApp broken = {.name = "broken", .path = ".", .models = broken_models};

int main(int argc, char **argv)
{
    return cv_main(argc, argv, &(CvSettings){
        .apps         = CV_APPS(&cv_staticfiles, &broken),
        .middleware   = CV_DEFAULT_MIDDLEWARE,
        .urls         = urls,
        .database_url = "sqlite://:memory:",
        .secret_key   = "the-key-of-a-site-that-is-never-served-0123456789-abcdef",
    });
}
