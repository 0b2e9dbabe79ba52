/* fixed_private.h: response headers that are the same on every response: checked once, then copied as they are. */
#ifndef CV_MIDDLEWARE_FIXED_PRIVATE_H
#define CV_MIDDLEWARE_FIXED_PRIVATE_H

#include "http/http.h"

/* Makes one at start; what is no legal header is an error that names the setting. The value must outlive the site. */
static inline void cv_fixed_header(CvHeaders *fixed, CvArena *arena, const char *setting, CvSlice name, CvSlice value,
                                   CvErrors *errors)
{
    CvError error;
    if (!cv_headers_set_slice(fixed, arena, name, value, true, &error))
        cv_errors_add_at(errors, CV_ERROR_CONFIGURATION, NULL, 0, "%s: %s", setting, error.message);
}

/* Puts it on the response unless that has one of the name. */
static inline void cv_fixed_header_put(CvResponse *response, const CvHeader *header)
{
    CvHeaders *headers = &response->headers;
    for (size_t i = 0; i < headers->count; i++)
        if (headers->items[i].id == header->id && headers->items[i].name.length == header->name.length &&
            cv_slice_equal_fold(headers->items[i].name, header->name))
            return;
    cv_vector_push(response->arena, headers, *header);
}

#endif
