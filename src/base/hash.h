/* hash.h: a keyed hash, so that no visitor can choose keys that collide (SipHash-1-3, key from the kernel before
 * main). */
#ifndef CV_BASE_HASH_H
#define CV_BASE_HASH_H

#include "base/slice.h"

CV_API_BEGIN

/* Differs from process to process; for tables in memory only, never stored. Forked workers share the master's key. */
uint64_t cv_hash(CvSlice bytes);
/* The same function with a key of the caller's. */
uint64_t cv_siphash(const uint64_t key[2], CvSlice bytes);

CV_API_END

#endif
