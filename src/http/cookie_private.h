/* cookie_private.h: the signer of cookies, shared by requests and responses. */
#ifndef CV_HTTP_COOKIE_PRIVATE_H
#define CV_HTTP_COOKIE_PRIVATE_H

#include "crypto/signing.h"

/* Django's get_cookie_signer() for a cookie's name; `fallbacks` may be NULL. */
CvSigner cv_cookie_signer(CvArena *arena, CvSlice name, const char *salt, const char *key,
                          const char *const *fallbacks);

#endif
