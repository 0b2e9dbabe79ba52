/* expect none */
#include "common.h"
static Book_set *thick_books(Book_set *books)
{
    return cv_filter(books, "pages__gt", 500);
}
#define CV_MODELS "shop.list.h"
#define CV_MODELS_TABLE shop_models
#include "orm/models_define.h"
int use(const char *text);
int use(const char *text)
{
    Book_set *books = cv_order_by(cv_exclude(cv_filter(cv_objects(Book), "title__icontains", text), "pages", 3), "-title");
    int n = (int)cv_count(cv_filter(books));
    CV_EACH (book, books)
        n += (int)cv_one(book, author)->pk;
    n += (int)cv_count(cv_filter(thick_books(cv_manager(Book, thick)), "title", text));
    Author *author = cv_create(Author, .name = "x");
    cv_create(Book, .title = "y", .author = cv_ref(author));
    CV_EACH (book, cv_related(author, books))
        n += (int)book->pages;
    return n + (int)cv_update(books, "pages", cv_plus(cv_f("pages"), cv_value(1)));
}
