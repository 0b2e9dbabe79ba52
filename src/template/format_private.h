/* format_private.h: Python's "%..." formats for one value, for the filter stringformat. */
#ifndef CV_TEMPLATE_FORMAT_PRIVATE_H
#define CV_TEMPLATE_FORMAT_PRIVATE_H

#include "template/library.h"

/* Appends ("%" + format) % value; false where Python raises. */
bool cv_python_format(CvRender *render, CvBuffer *out, CvSlice format, CvValue value) CV_NODISCARD;

#endif
