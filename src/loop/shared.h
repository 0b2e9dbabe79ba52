/* shared.h: memory that the master maps before it forks and all workers share, and counters in it.
 *
 *     CvSharedCounter *hits = cv_shared_alloc(sizeof *hits);      // in the master, before cv_server_run()
 *     cv_shared_add(hits, 1);                                     // in any worker
 *
 * A worker can die at any instruction, so nothing in shared memory is locked by a worker: only atomics. */
#ifndef CV_LOOP_SHARED_H
#define CV_LOOP_SHARED_H

#include <stdatomic.h>

#include "base/compiler.h"

CV_API_BEGIN

/* Zeroed pages, shared with children that are forked later; NULL with errno set if there is no memory. */
void *cv_shared_alloc(size_t size) CV_NODISCARD;
/* `size` as it was allocated. */
void cv_shared_free(void *memory, size_t size);

/* A counter on a cache line of its own. */
typedef struct CvSharedCounter {
    _Alignas(64) _Atomic int64_t value;
} CvSharedCounter;

static inline int64_t cv_shared_add(CvSharedCounter *counter, int64_t amount)
{
    return atomic_fetch_add_explicit(&counter->value, amount, memory_order_relaxed) + amount;
}
static inline int64_t cv_shared_get(const CvSharedCounter *counter)
{
    return atomic_load_explicit(&counter->value, memory_order_relaxed);
}
static inline void cv_shared_set(CvSharedCounter *counter, int64_t value)
{
    atomic_store_explicit(&counter->value, value, memory_order_relaxed);
}

CV_API_END

#endif
