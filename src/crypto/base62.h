/* base62.h: integers as short text: base 62 (digits, capitals, small letters: Django's signing.b62_encode) and base 36
 * (Django's int_to_base36, for tokens in e-mails). */
#ifndef CV_CRYPTO_BASE62_H
#define CV_CRYPTO_BASE62_H

#include "base/slice.h"

CV_API_BEGIN

/* Negative numbers have a leading "-". */
CvSlice cv_base62_encode(CvArena *arena, int64_t number);
/* False for what is no such text or does not fit. The empty text is 0, as in Django. */
bool cv_base62_decode(CvSlice text, int64_t *out) CV_NODISCARD;

/* Lower case; negative numbers are refused (an empty slice comes back). */
CvSlice cv_base36_encode(CvArena *arena, int64_t number);
/* Up to 13 characters, either case, with Python's leniency for a sign, white space at the ends and single underscores
 * between digits. */
bool cv_base36_decode(CvSlice text, int64_t *out) CV_NODISCARD;

CV_API_END

#endif
