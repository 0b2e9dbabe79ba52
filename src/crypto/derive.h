/* derive.h: keys from passwords: PBKDF2 (RFC 8018) and scrypt (RFC 7914).
 *
 * Both are slow on purpose: call them on the thread pool, never in the event loop. */
#ifndef CV_CRYPTO_DERIVE_H
#define CV_CRYPTO_DERIVE_H

#include "base/error.h"
#include "crypto/digest.h"

CV_API_BEGIN

/* PBKDF2 with HMAC: `size` bytes to `out`. `iterations` >= 1, `size` >= 1; false otherwise or if OpenSSL refuses. */
bool cv_pbkdf2(CvDigest digest, CvSlice password, CvSlice salt, uint32_t iterations, uint8_t *out,
               size_t size) CV_NODISCARD;

/* scrypt with cost n (a power of two above 1), block size r and parallelism p; takes 128 * n * r bytes of memory,
 * refused (false) above `memory_limit` bytes (0: 256 MiB). */
bool cv_scrypt(CvSlice password, CvSlice salt, uint64_t n, uint32_t r, uint32_t p, uint64_t memory_limit, uint8_t *out,
               size_t size) CV_NODISCARD;

CV_API_END

#endif
