/* host.c: the grammar of host[:port] (RFC 3986 3.2.2, RFC 9110 4.2). */
#include <arpa/inet.h>

#include "http/classes_private.h"
#include "http/parser.h"

/* The longest name that DNS can hold (RFC 1035), and some room for a trailing dot. */
#define HOST_MAX 255
#define IPV6_TEXT_MAX 45

static bool port_is_valid(CvSlice port)
{
    if (port.length > 5)
        return false;
    unsigned number = 0;
    for (size_t i = 0; i < port.length; i++) {
        if (!cv_byte_is(port.data[i], CV_CLASS_DIGIT))
            return false;
        number = number * 10 + (unsigned)(port.data[i] - '0');
    }
    return number <= 65535;
}

static bool ipv6_is_valid(CvSlice address)
{
    char text[IPV6_TEXT_MAX + 1];
    struct in6_addr parsed;

    if (address.length == 0 || address.length > IPV6_TEXT_MAX || memchr(address.data, 0, address.length))
        return false;
    memcpy(text, address.data, address.length);
    text[address.length] = 0;
    return inet_pton(AF_INET6, text, &parsed) == 1;
}

bool cv_host_is_valid(CvSlice host)
{
    const char *at = host.data, *end = host.data + host.length;

    if (host.length == 0)
        return false;
    if (*at == '[') {
        const char *close = memchr(at, ']', host.length);
        if (!close || !ipv6_is_valid(cv_slice_of(at + 1, (size_t)(close - at - 1))))
            return false;
        at = close + 1;
    } else {
        for (; at < end && *at != ':'; at++) {
            if (*at == '%' && end - at > 2 && cv_byte_is(at[1], CV_CLASS_HEX) && cv_byte_is(at[2], CV_CLASS_HEX))
                at += 2;
            else if (!cv_byte_is(*at, CV_CLASS_REGNAME))
                return false;
        }
        if (at == host.data || at - host.data > HOST_MAX)
            return false;
    }
    return at == end || (*at == ':' && port_is_valid(cv_slice_of(at + 1, (size_t)(end - at - 1))));
}
