/* password.h: password hashes in Django's notation, for the algorithms that OpenSSL has: pbkdf2_sha256 (the default),
 * pbkdf2_sha1, scrypt, md5 (for tests only). argon2 and bcrypt come with contrib/auth, which asks here first.
 *
 *     CvSlice stored;
 *     cv_password_hash(arena, NULL, cv_slice("secret"), (CvSlice){0}, &stored, &error);     // a new salt
 *     if (cv_password_verify(cv_slice("secret"), stored)) ...
 *
 * All of it is slow on purpose: call it on the thread pool. */
#ifndef CV_CRYPTO_PASSWORD_H
#define CV_CRYPTO_PASSWORD_H

#include "base/error.h"

CV_API_BEGIN

/* Which algorithm, and how hard; zero: Django's default of the algorithm. */
typedef struct CvPasswordWork {
    const char *algorithm; /* NULL: "pbkdf2_sha256" */
    uint32_t iterations;   /* pbkdf2: 1,500,000 */
    uint64_t n;            /* scrypt: 16384, 8, 5 */
    uint32_t r, p;
} CvPasswordWork;

enum { CV_PASSWORD_SALT_LENGTH = 22 }; /* letters and digits that make 128 bits */

/* "algorithm$work$salt$hash"; an empty salt: a new random one. CV_ERROR_VALUE for an unknown algorithm, a salt with "$"
 * or work that is refused. `work` may be NULL. */
bool cv_password_hash(CvArena *arena, const CvPasswordWork *work, CvSlice password, CvSlice salt, CvSlice *encoded,
                      CvError *error) CV_NODISCARD;
/* Whether the hash is of one of the algorithms here. */
bool cv_password_known(CvSlice encoded);
/* False too for a hash that cannot be read. */
bool cv_password_verify(CvSlice password, CvSlice encoded);
/* Whether the hash was made with another algorithm, other work or a shorter salt than a new one would be. `work` as for
 * cv_password_hash(). */
bool cv_password_must_update(const CvPasswordWork *work, CvSlice encoded);

CV_API_END

#endif
