/* crypto.h: all of the crypto folder: digests, key derivation, random bytes, base64, signed values, CSRF tokens,
 * passwords. */
#ifndef CV_CRYPTO_CRYPTO_H
#define CV_CRYPTO_CRYPTO_H

#include "crypto/base62.h"
#include "crypto/base64.h"
#include "crypto/csrf.h"
#include "crypto/derive.h"
#include "crypto/digest.h"
#include "crypto/password.h"
#include "crypto/random.h"
#include "crypto/signing.h"
#include "crypto/user_token.h"

#endif
