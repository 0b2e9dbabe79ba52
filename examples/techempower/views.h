/* views.h: the pages of the TechEmpower benchmark. */
#ifndef TECHEMPOWER_VIEWS_H
#define TECHEMPOWER_VIEWS_H

#include <caravan/caravan.h>

CvResponse *plaintext(CvRequest *request);
CvResponse *json(CvRequest *request);
CvResponse *db(CvRequest *request);
CvResponse *queries(CvRequest *request);
CvResponse *fortunes(CvRequest *request);
CvResponse *updates(CvRequest *request);

#endif
