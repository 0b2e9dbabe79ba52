/* status.h: HTTP status codes and their reason phrases (RFC 9110 section 15, as Python's http.client.responses).
 *
 *     cv_status_reason(404);    // "Not Found"
 */
#ifndef CV_HTTP_STATUS_H
#define CV_HTTP_STATUS_H

#include "base/slice.h"

CV_API_BEGIN

/* The reason phrase; "Unknown Status Code" for codes that have none. Static text. */
const char *cv_status_reason(int status);
/* "HTTP/1.1 404 Not Found\r\n" as static text, or the empty slice for codes without a phrase. */
CvSlice cv_status_line(int status);
/* True for 1xx, 204 and 304: a response that never has a body (RFC 9110 6.4.1). */
bool cv_status_has_no_body(int status);

CV_API_END

#endif
