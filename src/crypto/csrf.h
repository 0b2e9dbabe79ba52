/* csrf.h: the CSRF secret and its masked form (Django's; 32 letters and digits, masked 64).
 *
 * A page shows the secret under a fresh mask each time, so that compression of the page cannot leak it.
 *
 *     char token[CV_CSRF_TOKEN_LENGTH];
 *     cv_csrf_mask(secret, token);
 *     if (!cv_csrf_match(cv_slice_of(token, sizeof token), cv_slice_of(secret, CV_CSRF_SECRET_LENGTH))) ... */
#ifndef CV_CRYPTO_CSRF_H
#define CV_CRYPTO_CSRF_H

#include "base/slice.h"

CV_API_BEGIN

enum { CV_CSRF_SECRET_LENGTH = 32, CV_CSRF_TOKEN_LENGTH = 64 };

typedef enum CvCsrfFormat {
    CV_CSRF_GOOD,
    CV_CSRF_INCORRECT_LENGTH,   /* neither 32 nor 64 characters */
    CV_CSRF_INVALID_CHARACTERS, /* not letters and digits only */
} CvCsrfFormat;

/* A new secret, without a NUL. */
void cv_csrf_secret(char out[CV_CSRF_SECRET_LENGTH]);
/* The secret (32 letters and digits) under a new mask. */
void cv_csrf_mask(const char *secret, char out[CV_CSRF_TOKEN_LENGTH]);
/* The same under the mask given (32 letters and digits). */
void cv_csrf_mask_with(const char *secret, const char *mask, char out[CV_CSRF_TOKEN_LENGTH]);
/* The secret of a token (64 letters and digits). */
void cv_csrf_unmask(const char *token, char out[CV_CSRF_SECRET_LENGTH]);
/* Whether text from outside can be a secret or a token. */
CvCsrfFormat cv_csrf_check_format(CvSlice text);
/* "has incorrect length", "has invalid characters", or NULL for CV_CSRF_GOOD. */
const char *cv_csrf_format_message(CvCsrfFormat format);
/* Whether a token from a form or a header (masked or not) stands for the secret (from a cookie or session, masked or
 * not). Both must have passed cv_csrf_check_format(); otherwise false. */
bool cv_csrf_match(CvSlice token, CvSlice secret);

CV_API_END

#endif
