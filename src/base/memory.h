/* memory.h: the one door to malloc, with sizes that cannot overflow and failures that tests can order.
 *
 * Whoever holds an arena uses the arena. What is here serves the arenas themselves and long-lived tables whose parts
 * are freed one by one. No function returns NULL: where memory ends, an error of kind CV_ERROR_MEMORY is raised if the
 * running context has a handler (see error.h), else the process ends with a message. */
#ifndef CV_BASE_MEMORY_H
#define CV_BASE_MEMORY_H

#include "base/compiler.h"

CV_API_BEGIN

/* `size` bytes, zeroed; free with cv_free(). Size 0 gives a unique pointer. */
void *cv_malloc(size_t size) CV_MALLOC;
/* Grows or shrinks; new bytes are not initialised. On failure `pointer` stays valid and owned by the caller. */
void *cv_realloc(void *pointer, size_t size) __attribute__((returns_nonnull));
/* NULL is allowed. */
void cv_free(void *pointer);

/* a * b and a + b; what does not fit in size_t is raised as CV_ERROR_MEMORY. */
size_t cv_size_multiply(size_t a, size_t b);
size_t cv_size_add(size_t a, size_t b);

/* Tests: the k-th allocation from now on fails (k >= 1), and only that one; 0 switches it off. Counts allocations of
 * this thread made through cv_malloc, cv_realloc and arena blocks. */
void cv_memory_fail_at(uint64_t k);
/* Allocations counted since the last call of cv_memory_fail_at(). */
uint64_t cv_memory_count(void);

CV_API_END

#endif
