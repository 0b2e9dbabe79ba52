/* request_private.h: what the parts of a request share. */
#ifndef CV_HTTP_REQUEST_PRIVATE_H
#define CV_HTTP_REQUEST_PRIVATE_H

#include "http/request.h"

/* A setting's limit: 0 is the default, no limit is `none`. */
static inline uint64_t cv_http_limit(uint64_t setting, uint64_t standard, uint64_t none)
{
    return setting == 0 ? standard : setting == CV_NO_LIMIT ? none : setting == CV_LIMIT_ZERO ? 0 : setting;
}

/* Fields of a query or form; 0: no limit. */
size_t cv_request_field_limit(const CvRequest *request);
/* The content type taken apart. False with CV_ERROR_BAD_REQUEST. */
bool cv_request_load_content_type(CvRequest *request, const CvMediaParams **out, CvError *error);
/* The most bytes of a body in memory; UINT64_MAX: no limit. */
uint64_t cv_request_memory_limit(const CvRequest *request);

#endif
