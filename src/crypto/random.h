/* random.h: random bytes and text for secrets, by OpenSSL's generator (seeded by the kernel, safe across fork).
 *
 *     char *token = cv_random_string(arena, 32, NULL);        // letters and digits, Django's get_random_string() */
#ifndef CV_CRYPTO_RANDOM_H
#define CV_CRYPTO_RANDOM_H

#include "base/arena.h"

CV_API_BEGIN

/* Django's alphabet: a-z, A-Z, 0-9. */
extern const char cv_random_letters[];

/* Fills `out`. Ends the process if the generator fails: there is no safe way on. */
void cv_random_bytes(void *out, size_t size);
/* `length` characters drawn evenly from `alphabet` (ASCII, 1 to 256 characters; NULL: cv_random_letters). */
char *cv_random_string(CvArena *arena, size_t length, const char *alphabet);
/* The same into `out`, without a NUL. */
void cv_random_letters_into(char *out, size_t length, const char *alphabet);
/* An even draw from 0 to below - 1; `below` >= 1. */
uint32_t cv_random_below(uint32_t below);

CV_API_END

#endif
