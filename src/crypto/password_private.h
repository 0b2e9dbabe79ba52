/* password_private.h: the algorithms that other libraries compute; password.c asks them by the name before the "$". */
#ifndef CV_CRYPTO_PASSWORD_PRIVATE_H
#define CV_CRYPTO_PASSWORD_PRIVATE_H

#include "crypto/password.h"

/* The parts of "algorithm$work$salt$hash" of the algorithms that are computed here. */
typedef struct CvPasswordParts {
    int algorithm;
    uint64_t work[3]; /* iterations; or n, r, p */
    CvSlice salt, hash;
} CvPasswordParts;
/* False where it is of another algorithm or cannot be read. */
bool cv_password_take_apart(CvSlice encoded, CvPasswordParts *out);

/* As the functions of password.h with `work` not NULL. `encoded` begins with the algorithm's name. */
bool cv_argon2_hash(CvArena *arena, const CvPasswordWork *work, CvSlice password, CvSlice salt, CvSlice *encoded,
                    CvError *error) CV_NODISCARD;
bool cv_argon2_verify(CvArena *arena, CvSlice password, CvSlice encoded);
bool cv_argon2_summary(CvArena *arena, CvSlice encoded, CvDict *summary);
void cv_argon2_defaults(CvPasswordWork *work);
bool cv_argon2_must_update(CvArena *arena, const CvPasswordWork *work, CvSlice encoded);

/* `name`: "bcrypt", or "bcrypt_sha256", which hashes the password first, so that none is too long. */
bool cv_bcrypt_hash(CvArena *arena, const char *name, const CvPasswordWork *work, CvSlice password, CvSlice salt,
                    CvSlice *encoded, CvError *error) CV_NODISCARD;
bool cv_bcrypt_verify(CvArena *arena, const char *name, CvSlice password, CvSlice encoded);
bool cv_bcrypt_summary(CvArena *arena, CvSlice encoded, CvDict *summary);
void cv_bcrypt_defaults(CvPasswordWork *work);
bool cv_bcrypt_must_update(const CvPasswordWork *work, CvSlice encoded);

/* password_summary.c: a text of which only the first letters are shown. */
CvValue cv_password_mask(CvArena *arena, CvSlice text, size_t show);

#endif
