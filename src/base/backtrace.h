/* backtrace.h: the C stack as addresses now, as functions with source lines when somebody looks. */
#ifndef CV_BASE_BACKTRACE_H
#define CV_BASE_BACKTRACE_H

#include "base/slice.h"

CV_API_BEGIN

typedef struct CvFrame {
    const char *function; /* or NULL */
    const char *file;     /* path as compiled, or NULL */
    int line;             /* 0: unknown */
    const char *module;   /* program or library, or NULL */
    const void *address;
} CvFrame;

/* Return addresses, innermost first, without this function's own. Safe on fibers; stops at the fiber's first frame. */
int cv_backtrace(void **frames, int most);
/* Reads the debug information (slow: milliseconds the first time); texts live in `arena`. */
void cv_backtrace_resolve(CvArena *arena, void *const *frames, int count, CvFrame *out);

CV_API_END

#endif
