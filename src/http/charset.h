/* charset.h: text in other encodings than UTF-8, for old clients and old sites.
 *
 * utf-8, us-ascii, iso-8859-1 and windows-1252 are built in; others are asked of the C library's iconv. */
#ifndef CV_HTTP_CHARSET_H
#define CV_HTTP_CHARSET_H

#include "base/slice.h"

CV_API_BEGIN

/* True if text can be read from and written in it. Names in any case; "utf8" and the like are understood. */
bool cv_charset_is_known(CvSlice name);
bool cv_charset_is_utf8(CvSlice name);
/* Bytes as UTF-8; what is not valid becomes U+FFFD. False for an unknown charset. */
bool cv_charset_decode(CvArena *arena, CvSlice charset, CvSlice bytes, CvSlice *text) CV_NODISCARD;
/* UTF-8 text as bytes. False if the charset is unknown or lacks a character. */
bool cv_charset_encode(CvArena *arena, CvSlice charset, CvSlice text, CvSlice *bytes) CV_NODISCARD;

CV_API_END

#endif
