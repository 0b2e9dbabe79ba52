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
/* Reads the debug information (slow: milliseconds the first time); texts live in `arena`. On a fiber it happens on
 * another thread; of more than CV_BACKTRACES_AT_ONCE in the process the rest get no names, so that a storm of errors
 * does not become one of reading. */
#define CV_BACKTRACES_AT_ONCE 2
void cv_backtrace_resolve(CvArena *arena, void *const *frames, int count, CvFrame *out);

/* Whether a path as compiled is one of Caravan's own sources: of a frame, of an error. */
bool cv_is_library_file(const char *file);

/* How a fiber has `run(argument)` done on another thread without holding up its own; must not raise. The loop gives its
 * pool; before that (NULL) the thread waits for one that is made for it. */
typedef void CvBacktraceOffload(void (*run)(void *argument), void *argument);
void cv_backtrace_set_offload(CvBacktraceOffload *function);

CV_API_END

#endif
