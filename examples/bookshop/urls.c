/* urls.c: which page answers which address. */
#include "views.h"

const CvUrl bookshop_urls[] = {
    CV_PATH("",                      front,         .name = "front"),
    CV_PATH("books/",                book_list,     .name = "book-list"),
    CV_PATH("books/add/",            book_add,      .name = "book-add"),
    CV_PATH("books/<slug:slug>/",    book_detail,   .name = "book-detail"),
    CV_PATH("books/<slug:slug>/edit/", book_edit,   .name = "book-edit"),
    CV_PATH("books/<slug:slug>/buy/", basket_add,   .name = "basket-add"),
    CV_PATH("authors/",              author_list,   .name = "author-list"),
    CV_PATH("authors/<slug:slug>/",  author_detail, .name = "author-detail"),
    CV_PATH("checkout/",             checkout_basket,   .name = "checkout-basket"),
    CV_PATH("checkout/address/",     checkout_address,  .name = "checkout-address"),
    CV_PATH("checkout/delivery/",    checkout_delivery, .name = "checkout-delivery"),
    CV_PATH("checkout/confirm/",     checkout_confirm,  .name = "checkout-confirm"),
    CV_PATH("orders/new/",           order_new,     .name = "order-new"),
    CV_PATH("orders/<slug:token>/",  order_detail,  .name = "order-detail"),
    CV_PATH("orders/<slug:token>/edit/", order_edit, .name = "order-edit"),
    CV_PATH("api/books/",            book_json,     .name = "book-json"),
    CV_URLS_END
};
