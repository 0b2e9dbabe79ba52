/* password.h: password hashes in Django's notation: pbkdf2_sha256 (the default), pbkdf2_sha1, scrypt, argon2
 * (libargon2), bcrypt_sha256 and bcrypt (libcrypt), md5 (for tests only).
 *
 *     CvSlice stored;
 *     cv_password_hash(arena, NULL, cv_slice("secret"), (CvSlice){0}, &stored, &error);     // a new salt
 *     if (cv_password_verify(cv_slice("secret"), stored)) ...
 *
 * All of it is slow on purpose: call it on the thread pool. */
#ifndef CV_CRYPTO_PASSWORD_H
#define CV_CRYPTO_PASSWORD_H

#include "base/error.h"
#include "base/value.h"

CV_API_BEGIN

/* Which algorithm, and how hard; zero: Django's default of the algorithm. */
typedef struct CvPasswordWork {
    const char *algorithm; /* NULL: "pbkdf2_sha256" */
    uint32_t iterations;   /* pbkdf2: 1,500,000 */
    uint64_t n;            /* scrypt: 16384, 8, 5 */
    uint32_t r, p;
    uint32_t time_cost, memory_cost, parallelism; /* argon2: 2, 102400 KiB, 8; at most 100, a gibibyte, 64 */
    uint32_t rounds;                              /* bcrypt: 12, as a power of two; at most 20 */
} CvPasswordWork;

/* Of a new salt: letters and digits that make 128 bits. */
enum { CV_PASSWORD_SALT_LENGTH = 22, CV_PASSWORD_SALT_ENTROPY = 128 };

/* "algorithm$work$salt$hash"; an empty salt: a new random one. CV_ERROR_VALUE for an unknown algorithm, a salt with "$"
 * or work that is refused. bcrypt takes a salt as "$2b$12$" and 22 letters, and no password with a NUL; it
 * reads 72 bytes at most. `work` may
 * be NULL. */
bool cv_password_hash(CvArena *arena, const CvPasswordWork *work, CvSlice password, CvSlice salt, CvSlice *encoded,
                      CvError *error) CV_NODISCARD;
/* The work of an algorithm by default ("scrypt": 16384, 8, 5), only the members that it has. False for an unknown
 * one. */
bool cv_password_defaults(const char *algorithm, CvPasswordWork *work);
/* Whether the hash is of one of the algorithms here. */
bool cv_password_known(CvSlice encoded);
/* The algorithm's name that it begins with; "" if there is none. */
CvSlice cv_password_algorithm(CvSlice encoded);
/* False too for a hash that cannot be read. */
bool cv_password_verify(CvSlice password, CvSlice encoded);
/* Whether the hash was made with another algorithm, other work or a shorter salt than a new one would be. `work` as for
 * cv_password_hash(). */
bool cv_password_must_update(const CvPasswordWork *work, CvSlice encoded);
/* Takes the time that checking the hash took less than checking one with `work` would have: for wrong passwords, so
 * that the time does not tell how old a user's hash is. Only for PBKDF2, whose work adds up. */
void cv_password_harden(const CvPasswordWork *work, CvSlice password, CvSlice encoded);

/* What may be shown of a hash, in Django's names and order: {"algorithm": "md5", "salt": "se*****", "hash":
 * "3f86d0**************************"}. False with CV_ERROR_VALUE for what is no hash. */
bool cv_password_summary(CvArena *arena, CvSlice encoded, CvDict **summary, CvError *error) CV_NODISCARD;

/* What is stored where nobody may log in by password: a "!" and 40 random letters and digits, so that no two are the
 * same. */
enum { CV_PASSWORD_UNUSABLE_LENGTH = 40 };
#define CV_PASSWORD_UNUSABLE_PREFIX "!"
CvSlice cv_password_unusable(CvArena *arena);
/* False for what cv_password_unusable() made. */
bool cv_password_is_usable(CvSlice encoded);

CV_API_END

#endif
