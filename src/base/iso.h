/* iso.h: dates and times of day in ISO 8601, for the floors that print values: "2024-02-29", "08:30:00.500000". */
#ifndef CV_BASE_ISO_H
#define CV_BASE_ISO_H

#include "base/buffer.h"
#include "base/time.h"

/* Both must be set. The fraction has six digits and is there only when it is not zero, as in Python's isoformat(). */
void cv_iso_append_date(CvBuffer *out, CvDate date);
void cv_iso_append_time(CvBuffer *out, CvTime time);

#endif
