/* base64.h: base64 (RFC 4648), the plain and the URL-safe alphabet.
 *
 *     CvSlice text = cv_base64_encode(arena, cv_slice("a?>"), CV_BASE64_URL);    // "YT8-", no padding
 *
 * Decoding is as lenient as Python's binascii: characters outside the alphabet are skipped, what follows the padding is
 * ignored. cv_base64_decode_strict() takes only what the encoder writes. */
#ifndef CV_CRYPTO_BASE64_H
#define CV_CRYPTO_BASE64_H

#include "base/slice.h"

CV_API_BEGIN

typedef enum CvBase64 {
    CV_BASE64_PLAIN = 0,          /* + and /, padded with = */
    CV_BASE64_URL = 1,            /* - and _, not padded: Django's b64_encode() */
    CV_BASE64_URL_PADDED = 2,     /* - and _, padded */
    CV_BASE64_PLAIN_UNPADDED = 3, /* + and /, not padded */
} CvBase64;

/* Text in `arena`, NUL-terminated too. */
CvSlice cv_base64_encode(CvArena *arena, CvSlice bytes, CvBase64 form);
/* False if the number of characters cannot be. Padding that lacks is no error in the unpadded forms. The URL-safe forms
 * take + and / as well, as Python does. */
bool cv_base64_decode(CvArena *arena, CvSlice text, CvBase64 form, CvSlice *out) CV_NODISCARD;
/* Django's urlsafe_base64_decode() (the uid in password links): URL-safe, with a padding rule of its own. */
bool cv_base64_decode_uid(CvArena *arena, CvSlice text, CvSlice *out) CV_NODISCARD;
/* False if `text` is anything but what cv_base64_encode() gives for some bytes. */
bool cv_base64_decode_strict(CvArena *arena, CvSlice text, CvBase64 form, CvSlice *out) CV_NODISCARD;

CV_API_END

#endif
