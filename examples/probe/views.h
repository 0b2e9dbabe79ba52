/* views.h: the probe's views. */
#ifndef PROBE_VIEWS_H
#define PROBE_VIEWS_H

#include <caravan/caravan.h>

CvResponse *echo(CvRequest *request);
CvResponse *upload(CvRequest *request);
CvResponse *form(CvRequest *request);
CvResponse *json(CvRequest *request);

#endif
