/* ip.h: IP addresses as text: what Python's ipaddress accepts (no leading zeroes, an IPv6 scope is dropped), and the
 * canonical text of RFC 5952. */
#ifndef CV_VALIDATORS_IP_H
#define CV_VALIDATORS_IP_H

#include "base/slice.h"

CV_API_BEGIN

bool cv_ipv4_parse(CvSlice text, uint8_t out[4]) CV_NODISCARD;
bool cv_ipv6_parse(CvSlice text, uint8_t out[16]) CV_NODISCARD;
/* "::ffff:1.2.3.4" for mapped addresses, with `unpack_mapped` "1.2.3.4". */
CvSlice cv_ipv6_text(CvArena *arena, const uint8_t address[16], bool unpack_mapped);
/* Whether it is ::ffff:0:0/96. */
bool cv_ipv6_is_mapped(const uint8_t address[16]);

CV_API_END

#endif
