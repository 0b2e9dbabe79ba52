/* signing.h: values that visitors carry but cannot change: Django's signing, so that both read each other's.
 *
 *     CvSigner signer = {.key = settings->secret_key, .salt = "newsletter"};
 *     CvSlice text = cv_sign(&signer, arena, cv_slice("7"));                        // "7:Xy..."
 *     if (!cv_unsign(&signer, arena, text, &value, &error))                         // CV_ERROR_BAD_SIGNATURE
 *         ...
 *
 *     CvSlice token = cv_sign_value(&signer, arena, CV_VALUE(ids), CV_SIGN_TIMESTAMP | CV_SIGN_COMPRESS);
 *     if (!cv_unsign_value(&signer, arena, token, CV_SIGN_TIMESTAMP, 3600, &v, &error))   // an hour at most
 *         ...
 *
 * A signature is base64url(HMAC-SHA256(SHA256(salt + "signer" + key), value)). Errors: CV_ERROR_BAD_SIGNATURE,
 * CV_ERROR_SIGNATURE_EXPIRED (which Django derives from the former), CV_ERROR_VALUE for a separator that base64url
 * uses.
 */
#ifndef CV_CRYPTO_SIGNING_H
#define CV_CRYPTO_SIGNING_H

#include "base/error.h"
#include "base/value.h"
#include "crypto/digest.h"

CV_API_BEGIN

typedef struct CvSigner {
    const char *key;                  /* SECRET_KEY; required */
    const char *const *fallback_keys; /* older keys that still verify, ended by NULL; or NULL */
    const char *salt;                 /* NULL or "": Django's class name for the function that is called */
    const char *separator;            /* NULL: ":" */
    CvDigest digest;
} CvSigner;

/* The salt of Django's signing.dumps() and loads(). */
#define CV_SALT_DUMPS "django.core.signing"
/* That of a session's data (CV_SIGN_TIMESTAMP | CV_SIGN_COMPRESS). */
#define CV_SALT_SESSIONS "django.contrib.sessions.SessionStore"
/* No limit of age. (A negative age is one that nothing is young enough for.) */
#define CV_ANY_AGE __builtin_inf()

/* False if the separator is empty or could be part of a signature. */
bool cv_signer_check(const CvSigner *signer, CvArena *arena, CvError *error) CV_NODISCARD;
/* The signature alone. */
CvSlice cv_signature(const CvSigner *signer, CvArena *arena, CvSlice value);

/* value:signature (Django's Signer). */
CvSlice cv_sign(const CvSigner *signer, CvArena *arena, CvSlice value);
bool cv_unsign(const CvSigner *signer, CvArena *arena, CvSlice text, CvSlice *value, CvError *error) CV_NODISCARD;

/* value:time:signature (TimestampSigner); the time is cv_now_utc() in base 62. */
CvSlice cv_sign_timestamp(const CvSigner *signer, CvArena *arena, CvSlice value);
/* `max_age` in seconds; CV_ANY_AGE: any. `stamp`, if not NULL, gets the seconds since 1970 at which it was signed. */
bool cv_unsign_timestamp(const CvSigner *signer, CvArena *arena, CvSlice text, double max_age, CvSlice *value,
                         int64_t *stamp, CvError *error) CV_NODISCARD;

typedef enum CvSignFlags {
    CV_SIGN_TIMESTAMP = 1, /* TimestampSigner in place of Signer */
    CV_SIGN_COMPRESS = 2,  /* deflated where that is shorter */
} CvSignFlags;

/* Any bytes, in base64url: sign_object() without the JSON. What is longer than 16 MiB is never deflated. */
CvSlice cv_sign_bytes(const CvSigner *signer, CvArena *arena, CvSlice bytes, unsigned flags);
/* What inflates to more than 16 MiB is refused. */
bool cv_unsign_bytes(const CvSigner *signer, CvArena *arena, CvSlice text, unsigned flags, double max_age,
                     CvSlice *bytes, CvError *error) CV_NODISCARD;

/* A value as compact JSON: Django's dumps() and loads() (salt CV_SALT_DUMPS, CV_SIGN_TIMESTAMP) and sign_object(). A
 * value that JSON cannot hold raises CV_ERROR_TYPE. */
CvSlice cv_sign_value(const CvSigner *signer, CvArena *arena, CvValue value, unsigned flags);
/* Signed text that is no JSON, or nested more than 200 deep, is CV_ERROR_VALUE. */
bool cv_unsign_value(const CvSigner *signer, CvArena *arena, CvSlice text, unsigned flags, double max_age,
                     CvValue *value, CvError *error) CV_NODISCARD;

CV_API_END

#endif
