/* passwords.h: passwords of people who log in: hashed by the site's settings, checked, judged when they are chosen.
 *
 *     const char *stored = cv_make_password("correct horse");          // "pbkdf2_sha256$1500000$salt$hash"
 *     if (cv_check_password(given, stored)) ...
 *
 *     CvInvalids invalids = {.arena = cv_arena()};
 *     if (!cv_validate_password(given, facts, &invalids)) ...           // AUTH_PASSWORD_VALIDATORS
 *
 * The hashes are Django's: both sites can share one table of users. PASSWORD_HASHERS names the algorithms; the first
 * makes new hashes, a hash of one that is not listed lets nobody in.
 *
 * Hashing is slow on purpose. It runs on pool threads, in a lane of its own: a worker hashes two at a time and lets
 * 32 wait; who comes then is answered with 503 (CV_ERROR_BUSY), so that a storm of logins does not stop the rest of the
 * site. What is right but was made with other work than a new hash is right, and should be made anew. */
#ifndef CV_CONTRIB_AUTH_PASSWORDS_H
#define CV_CONTRIB_AUTH_PASSWORDS_H

#include "crypto/password.h"
#include "validators/password.h"

CV_API_BEGIN

/* ---- hashing ---- */

/* The hash to be stored of a password (text or bytes), in the current arena; of NULL one that no password has. Raises
 * CV_ERROR_TYPE for other kinds of values. */
#define cv_make_password(password) cv_make_password_with(CV_VALUE(password), NULL, NULL)
/* The same with a salt (NULL: a new one) and by an algorithm of PASSWORD_HASHERS (NULL or "default": the first); raises
 * CV_ERROR_VALUE for others. */
const char *cv_make_password_with(CvValue password, const char *salt, const char *algorithm);

/* Whether the password is right. NULL for either is never right, and takes as long as a wrong one. */
bool cv_check_password(const char *password, const char *encoded);
/* The same; *must_update (may be NULL) tells whether the hash should be made anew with cv_make_password(). */
bool cv_verify_password(const char *password, const char *encoded, bool *must_update);
/* False for a hash that no password has: cv_make_password(NULL). */
bool cv_is_password_usable(const char *encoded);

/* The name of an algorithm of PASSWORD_HASHERS; "default" is the first. Raises CV_ERROR_VALUE for others. */
const char *cv_get_hasher(const char *algorithm);
/* The algorithm of a hash, if PASSWORD_HASHERS has it; else raises CV_ERROR_VALUE. */
const char *cv_identify_hasher(const char *encoded);

/* ---- choosing ---- */

/* Whether AUTH_PASSWORD_VALIDATORS allow the password; what they object to is added to `invalids`. `facts` are what is
 * known of the user (validators/password.h), or NULL. */
bool cv_validate_password(const char *password, const CvUserFact *facts, CvInvalids *invalids);
/* What a form tells before a password is chosen: texts, or one HTML list ("" where there is no rule). */
CvList *cv_password_validators_help_texts(void);
CvSlice cv_password_validators_help_text_html(void);

CV_API_END

#endif
