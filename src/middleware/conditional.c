/* conditional.c: ETags for pages that have none, and 304 for those that did not change. */
#include "http/http.h"
#include "middleware/middleware.h"

static bool may_be_stored(const CvResponse *response)
{
    CvSlice rest = cv_slice(cv_response_header(response, "Cache-Control")), part;
    while (cv_slice_split(&rest, ',', &part))
        if (cv_slice_equal_fold(cv_slice_trim(part), CV_SLICE("no-store")))
            return false;
    return true;
}

static CvResponse *conditional_response(CvRequest *request, CvResponse *response)
{
    if (request->method_id != CV_METHOD_GET)
        return response;
    if (!cv_headers_find_id(&response->headers, CV_HEADER_ETAG) && may_be_stored(response))
        cv_response_set_etag(response);
    return cv_conditional_response(request, response);
}

const CvMiddleware cv_conditional_get_middleware = {
    .name = "conditional_get",
    .process_response = conditional_response,
};
