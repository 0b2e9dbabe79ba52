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

extern const CvUrl bookshop_urls[];
extern const CvApp bookshop;

#endif
