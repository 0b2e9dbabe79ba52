/* cache_headers.h: Vary, Cache-Control and Expires, as django.utils.cache patches them.
 *
 *     cv_patch_vary(response, "Cookie");
 *     cv_patch_cache_control(response, "private, max-age=600");
 */
#ifndef CV_HTTP_CACHE_HEADERS_H
#define CV_HTTP_CACHE_HEADERS_H

#include "http/response.h"

CV_API_BEGIN

/* Adds header names (comma separated) to Vary, each once; "*" takes the place of all. */
void cv_patch_vary(CvResponse *response, const char *names);
/* Does Vary name the header. */
bool cv_has_vary(const CvResponse *response, const char *name);

/* Adds directives (comma separated, "name" or "name=value"; '_' in a name is '-') to Cache-Control. The lesser max-age
 * wins, private and public replace each other, no-cache keeps the names of all. */
void cv_patch_cache_control(CvResponse *response, const char *directives);
/* The max-age of Cache-Control; false if there is none. */
bool cv_response_max_age(const CvResponse *response, int64_t *seconds);

/* Expires (unless it is set) and max-age. */
void cv_patch_response_headers(CvResponse *response, int64_t timeout);
/* Nobody may keep it: max-age=0, no-cache, no-store, must-revalidate, private. */
void cv_never_cache(CvResponse *response);

CV_API_END

#endif
