/* urls.c: which page answers which address. */
#include "views.h"

const CvUrl bookshop_urls[] = {
    CV_PATH("",                      front,         .name = "front"),
    CV_PATH("books/",                book_list,     .name = "book-list"),
    CV_PATH("books/<slug:slug>/",    book_detail,   .name = "book-detail"),
    CV_PATH("authors/",              author_list,   .name = "author-list"),
    CV_PATH("authors/<slug:slug>/",  author_detail, .name = "author-detail"),
    CV_PATH("api/books/",            book_json,     .name = "book-json"),
    CV_URLS_END
};
