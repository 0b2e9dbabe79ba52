/* conditional_get.c: ETags for what GET answers, and 304 for clients that have it already. */
#include "http/http.h"
#include "middleware/middleware.h"

/* "Cache-Control: no-store" asks for nothing to be remembered. */
static bool is_storable(const CvResponse *response)
{
    CvSlice rest = cv_slice(cv_response_header(response, "Cache-Control")), part;

    while (rest.data && cv_slice_split(&rest, ',', &part))
        if (cv_slice_equal_fold(cv_slice_trim(part), CV_SLICE("no-store")))
            return false;
    return true;
}

static CvResponse *process_response(CvRequest *request, CvResponse *response)
{
    if (request->method_id != CV_METHOD_GET)
        return response;
    if (is_storable(response) && !cv_response_has_header(response, "ETag"))
        cv_response_set_etag(response);
    if (!cv_response_has_header(response, "ETag") && !cv_response_has_header(response, "Last-Modified"))
        return response;
    return cv_conditional_response(request, response);
}

const CvMiddleware cv_conditional_get_middleware = {.name = "conditional_get", .process_response = process_response};
