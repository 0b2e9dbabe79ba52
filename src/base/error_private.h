/* error_private.h: raising without a single byte of memory, for the allocators. */
#ifndef CV_BASE_ERROR_PRIVATE_H
#define CV_BASE_ERROR_PRIVATE_H

#include "base/error.h"

/* Raises CV_ERROR_MEMORY with a text that lives for ever; without a handler the process ends with that text. */
CV_NORETURN CV_COLD void cv_raise_memory(const char *text);

/* The end of a process that cannot go on: the text goes to standard error, then abort(). */
CV_NORETURN CV_COLD void cv_panic(const char *text);

#endif
