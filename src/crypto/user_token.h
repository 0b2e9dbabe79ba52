/* user_token.h: what proves that a visitor may set a new password, and that a session is still good: Django's password
 * reset tokens and session hashes. Both stop being valid when the password changes.
 *
 *     CvTokenUser user = {.pk = cv_slice("7"), .password = stored, .email = email, .last_login = last_login};
 *     CvSlice token = cv_user_token(arena, &user, secret_key);                          // for a link in an e-mail
 *     if (!cv_user_token_check(&user, token, secret_key, fallbacks, 3 * 24 * 3600)) ... // three days
 */
#ifndef CV_CRYPTO_USER_TOKEN_H
#define CV_CRYPTO_USER_TOKEN_H

#include "base/slice.h"
#include "base/time.h"

CV_API_BEGIN

typedef struct CvTokenUser {
    CvSlice pk;       /* as text */
    CvSlice password; /* the stored hash */
    CvSlice email;
    const CvDateTime *last_login; /* NULL: never */
} CvTokenUser;

/* "c3ejnw-06630f2deb653de598cb814cba4328fa": the seconds since 2001 in base 36 (of cv_now_utc(), on the clock of the
 * default zone) and half of the digits of an HMAC-SHA256. */
CvSlice cv_user_token(CvArena *arena, const CvTokenUser *user, CvSlice secret);
/* Whether the token is of this user as he is now and not older than `timeout` seconds. `fallbacks`: older secrets,
 * ended by NULL; or NULL. */
bool cv_user_token_check(const CvTokenUser *user, CvSlice token, CvSlice secret, const char *const *fallbacks,
                         int64_t timeout);

/* What a session keeps of the password: 64 hexadecimal digits. */
CvSlice cv_session_auth_hash(CvArena *arena, CvSlice password, CvSlice secret);

CV_API_END

#endif
