/* date.h: dates in HTTP headers (RFC 9110 5.6.7), written without a buffer; text/date.h reads them.
 *
 *     char text[CV_HTTP_DATE_SIZE];
 *     cv_http_date(1700000000, text);                  // "Tue, 14 Nov 2023 22:13:20 GMT"
 */
#ifndef CV_HTTP_DATE_H
#define CV_HTTP_DATE_H

#include "base/time.h"

CV_API_BEGIN

#define CV_HTTP_DATE_SIZE 30

/* Seconds since 1970 as an IMF-fixdate, NUL-terminated; its length (29), or 0 with "" outside the years 1 to 9999. */
size_t cv_http_date(int64_t seconds, char out[CV_HTTP_DATE_SIZE]);
CV_API_END

#endif
