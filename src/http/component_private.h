/* component_private.h: percent-coded pieces of URLs, forms and headers, in any charset. */
#ifndef CV_HTTP_COMPONENT_PRIVATE_H
#define CV_HTTP_COMPONENT_PRIVATE_H

#include "base/slice.h"

/* Python's unquote(): %XX in runs of ASCII is decoded and read in the charset (what does not fit becomes U+FFFD); other
 * characters stay. With `plus`, '+' is a space. `charset` empty: utf-8. False for an unknown charset, if it matters. */
bool cv_component_decode(CvArena *arena, CvSlice text, bool plus, CvSlice charset, CvSlice *out);

#endif
