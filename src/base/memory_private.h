/* memory_private.h: the seam through which tests make allocations fail. */
#ifndef CV_BASE_MEMORY_PRIVATE_H
#define CV_BASE_MEMORY_PRIVATE_H

#include "base/memory.h"

/* Counts one allocation; true if it is the one that a test wants to fail. */
bool cv_memory_fails(void);

#endif
