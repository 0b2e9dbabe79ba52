/* debug_private.h: the parts of the debug page. */
#ifndef CV_VIEWS_DEBUG_PRIVATE_H
#define CV_VIEWS_DEBUG_PRIVATE_H

#include "http/http.h"
#include "views/views.h"

/* Text as HTML. */
void cv_debug_text(CvBuffer *out, const char *text);
/* debug_source.c: the lines around one of a source file as a listing; false if the file cannot be found. */
bool cv_debug_source(CvBuffer *out, const char *file, int line, int around);
/* debug_request.c: headers, query, form, cookies, files, settings as tables; what looks like a secret is hidden. */
void cv_debug_request(CvBuffer *out, CvRequest *request);
/* True if a name speaks of something that must not be shown. */
bool cv_debug_is_secret(CvSlice name);

#endif
