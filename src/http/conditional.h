/* conditional.h: ETags, conditional requests and byte ranges (RFC 9110 sections 8.8, 13 and 14).
 *
 *     CvResponse *early = cv_condition(request, etag, changed_at);      // 304, 412 or NULL
 *     if (early)
 *         return early;
 *     response = ...;
 *     cv_condition_headers(request, response, etag, changed_at);
 */
#ifndef CV_HTTP_CONDITIONAL_H
#define CV_HTTP_CONDITIONAL_H

#include "http/request.h"
#include "http/response.h"

CV_API_BEGIN

/* Times are seconds since 1970; 0 means unknown. ETags are quoted ("\"abc\"", "W/\"abc\""); NULL means unknown. */

/* The text as an ETag: itself if it is one, else in quotes. */
const char *cv_etag_quote(CvArena *arena, const char *text);
/* True for "..." and W/"...". */
bool cv_etag_is_quoted(CvSlice text);
/* Takes the next ETag off a list (If-Match); what is none is passed over. "*" alone stands for all. False at the end.
 */
bool cv_etag_next(CvSlice *rest, CvSlice *etag);
/* The MD5 of the body as ETag, Django's set_response_etag(); nothing for streams, files and empty bodies. */
void cv_response_set_etag(CvResponse *response);

typedef enum CvCondition { CV_CONDITION_MET, CV_CONDITION_NOT_MODIFIED, CV_CONDITION_FAILED } CvCondition;
/* What the request's preconditions (If-Match, If-None-Match, If-Modified-Since, If-Unmodified-Since) say. */
CvCondition cv_condition_check(CvRequest *request, const char *etag, int64_t last_modified);

/* Django's condition(): 304 or 412 with the headers, or NULL if the view is to answer. */
CvResponse *cv_condition(CvRequest *request, const char *etag, int64_t last_modified);
/* Sets ETag and Last-Modified on the answer to GET and HEAD, unless it has them. */
void cv_condition_headers(CvRequest *request, CvResponse *response, const char *etag, int64_t last_modified);
/* A response that is ready, by its own ETag and Last-Modified: itself, or 304 with those of its headers that 304 keeps
 * and its cookies, or 412 (Django's get_conditional_response()). Only 2xx are changed. */
CvResponse *cv_conditional_response(CvRequest *request, CvResponse *response);

typedef enum CvRangeResult {
    CV_RANGE_ALL,           /* no range, several, or none that can be understood: the whole is sent */
    CV_RANGE_ONE,           /* 206 with Content-Range */
    CV_RANGE_UNSATISFIABLE, /* 416 with a Content-Range of the size alone */
} CvRangeResult;
/* A Range header over `size` bytes. */
CvRangeResult cv_range_parse(CvSlice header, uint64_t size, uint64_t *first, uint64_t *length);

CV_API_END

#endif
