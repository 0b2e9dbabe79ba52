/* url_join_private.h: a URL seen from another one. */
#ifndef CV_HTTP_URL_JOIN_PRIVATE_H
#define CV_HTTP_URL_JOIN_PRIVATE_H

#include "base/slice.h"

/* `url` relative to `base` (http or https), by RFC 3986 5.2 as Python's urljoin() does it; `url` itself if either
 * cannot be split. */
CvSlice cv_url_join(CvArena *arena, CvSlice base, CvSlice url);

#endif
