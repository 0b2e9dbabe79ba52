/* classes.c: the table of byte classes, and the search for control characters eight bytes at a time. */
#include "http/classes_private.h"

#include <string.h>

/* Made from the rules in the header; tests/unit/http/test_names.c holds every entry against them. */
const uint8_t cv_http_classes[256] = {
    0,  0,  0,  0,  0,  0,  0,  0,  0,  32, 0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,
    0,  0,  0,  32, 39, 32, 33, 39, 35, 39, 39, 38, 38, 39, 39, 34, 39, 39, 34, 63, 63, 63, 63, 63, 63, 63, 63, 63, 63,
    34, 38, 32, 38, 32, 34, 34, 55, 55, 55, 55, 55, 55, 39, 39, 39, 39, 39, 39, 39, 39, 39, 39, 39, 39, 39, 39, 39, 39,
    39, 39, 39, 39, 34, 34, 34, 35, 39, 35, 55, 55, 55, 55, 55, 55, 39, 39, 39, 39, 39, 39, 39, 39, 39, 39, 39, 39, 39,
    39, 39, 39, 39, 39, 39, 39, 34, 35, 34, 39, 0,  32, 32, 32, 32, 32, 32, 32, 32, 32, 32, 32, 32, 32, 32, 32, 32, 32,
    32, 32, 32, 32, 32, 32, 32, 32, 32, 32, 32, 32, 32, 32, 32, 32, 32, 32, 32, 32, 32, 32, 32, 32, 32, 32, 32, 32, 32,
    32, 32, 32, 32, 32, 32, 32, 32, 32, 32, 32, 32, 32, 32, 32, 32, 32, 32, 32, 32, 32, 32, 32, 32, 32, 32, 32, 32, 32,
    32, 32, 32, 32, 32, 32, 32, 32, 32, 32, 32, 32, 32, 32, 32, 32, 32, 32, 32, 32, 32, 32, 32, 32, 32, 32, 32, 32, 32,
    32, 32, 32, 32, 32, 32, 32, 32, 32, 32, 32, 32, 32, 32, 32, 32, 32, 32, 32, 32, 32, 32, 32, 32,
};

#define ONES UINT64_C(0x0101010101010101)
#define HIGHS UINT64_C(0x8080808080808080)

/* Bit 7 of every byte that is below 0x20 or 0x7f. Above a byte that is, others may be marked wrongly: only the lowest
 * mark counts. */
CV_WRAPS static inline uint64_t marks(uint64_t word)
{
    uint64_t del = word ^ (ONES * 0x7f);

    return (((word - ONES * 0x20) & ~word) | ((del - ONES) & ~del)) & HIGHS;
}

const char *cv_http_find_control(const char *at, const char *end)
{
    while (end - at >= 8) {
        uint64_t word;
        memcpy(&word, at, 8);
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
        word = __builtin_bswap64(word);
#endif
        uint64_t found = marks(word);
        if (!found) {
            at += 8;
            continue;
        }
        at += __builtin_ctzll(found) / 8;
        if (*at != '\t')
            return at;
        at++;
    }
    while (at < end && cv_byte_is(*at, CV_CLASS_VALUE))
        at++;
    return at;
}
