/* classes_private.h: what a byte may be part of, as bits of one table (RFC 9110 5.6, RFC 3986 2 and 3.2.2). */
#ifndef CV_HTTP_CLASSES_PRIVATE_H
#define CV_HTTP_CLASSES_PRIVATE_H

#include "base/compiler.h"

enum {
    CV_CLASS_TOKEN = 1,   /* a method or header name */
    CV_CLASS_TARGET = 2,  /* a request target */
    CV_CLASS_REGNAME = 4, /* a registered name in a host, without '%' and ',' */
    CV_CLASS_DIGIT = 8,
    CV_CLASS_HEX = 16,
    CV_CLASS_VALUE = 32, /* a field value: no controls but tab */
};

extern const uint8_t cv_http_classes[256];

static inline bool cv_byte_is(char byte, unsigned classes)
{
    return (cv_http_classes[(uint8_t)byte] & classes) != 0;
}

/* The first byte in [at, end) that is a control character or DEL, tab excepted; `end` if there is none. */
const char *cv_http_find_control(const char *at, const char *end);

#endif
