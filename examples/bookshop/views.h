/* views.h: the shop's pages. */
#ifndef BOOKSHOP_VIEWS_H
#define BOOKSHOP_VIEWS_H

#include <caravan/caravan.h>

CvResponse *front(CvRequest *request);
CvResponse *book_list(CvRequest *request);
CvResponse *book_detail(CvRequest *request, const char *slug);
CvResponse *author_list(CvRequest *request);
CvResponse *author_detail(CvRequest *request, const char *slug);
CvResponse *book_json(CvRequest *request);

/* editor.c */
CvResponse *book_add(CvRequest *request);
CvResponse *book_edit(CvRequest *request, const char *slug);
/* Whether this is a demonstration in which everybody may edit: the shop has no logins yet. */
bool may_edit(void);

/* orders.c */
CvResponse *order_new(CvRequest *request);
CvResponse *order_edit(CvRequest *request, const char *token);
CvResponse *order_detail(CvRequest *request, const char *token);

/* checkout.c: a step a page */
CvResponse *basket_add(CvRequest *request, const char *slug);
CvResponse *checkout_basket(CvRequest *request);
CvResponse *checkout_address(CvRequest *request);
CvResponse *checkout_delivery(CvRequest *request);
CvResponse *checkout_confirm(CvRequest *request);

extern const CvUrl bookshop_urls[];
extern const CvApp bookshop;

#endif
