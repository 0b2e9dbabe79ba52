/* ip.c: reading and writing IP addresses. */
#include "validators/ip.h"

#include "base/buffer.h"

enum { MOST_PARTS = 9 };

bool cv_ipv4_parse(CvSlice text, uint8_t out[4])
{
    CvSlice rest = text, octet;
    int count = 0;
    if (text.length < 7 || text.length > 15)
        return false;
    while (cv_slice_split(&rest, '.', &octet)) {
        unsigned number = 0;
        if (count == 4 || octet.length < 1 || octet.length > 3 || (octet.length > 1 && octet.data[0] == '0'))
            return false;
        for (size_t i = 0; i < octet.length; i++) {
            if (octet.data[i] < '0' || octet.data[i] > '9')
                return false;
            number = number * 10 + (unsigned)(octet.data[i] - '0');
        }
        if (number > 255)
            return false;
        out[count++] = (uint8_t)number;
    }
    return count == 4;
}

static bool read_hextet(CvSlice text, uint8_t out[2])
{
    unsigned number = 0;
    if (text.length < 1 || text.length > 4)
        return false;
    for (size_t i = 0; i < text.length; i++) {
        char c = text.data[i];
        int digit = c >= '0' && c <= '9'   ? c - '0'
                    : c >= 'a' && c <= 'f' ? c - 'a' + 10
                    : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                           : -1;
        if (digit < 0)
            return false;
        number = number << 4 | (unsigned)digit;
    }
    out[0] = (uint8_t)(number >> 8);
    out[1] = (uint8_t)number;
    return true;
}

/* The parts between colons; at the end perhaps an IPv4 address, given as `tail`. 0: too many or too few. */
static size_t split_parts(CvSlice text, CvSlice parts[MOST_PARTS], uint8_t tail[4], bool *has_tail)
{
    size_t count = 0;
    CvSlice rest = text, part;
    while (cv_slice_split(&rest, ':', &part)) {
        if (count == MOST_PARTS)
            return 0;
        parts[count++] = part;
    }
    *has_tail = count > 0 && cv_slice_find_byte(parts[count - 1], '.') >= 0;
    if (*has_tail && !cv_ipv4_parse(parts[--count], tail))
        return 0;
    return count + (*has_tail ? 2 : 0) >= 3 ? count : 0;
}

bool cv_ipv6_parse(CvSlice text, uint8_t out[16])
{
    CvSlice parts[MOST_PARTS];
    uint8_t tail[4];
    bool has_tail;
    ptrdiff_t percent = cv_slice_find_byte(text, '%');
    if (percent >= 0) {
        CvSlice scope = cv_slice_skip(text, (size_t)percent + 1);
        if (scope.length == 0 || cv_slice_find_byte(scope, '%') >= 0 || cv_slice_find_byte(scope, '/') >= 0)
            return false;
        text = cv_slice_range(text, 0, (size_t)percent);
    }
    size_t count = split_parts(text, parts, tail, &has_tail);
    if (count == 0 || (has_tail && count > 7))
        return false;
    /* The empty part that stands for zeroes: "::" in the middle, or twice at an end. */
    const size_t words = count + (has_tail ? 2 : 0);
    size_t skip = 0, high = words, low = 0;
    for (size_t i = 1; i + 1 < words; i++) {
        if (i < count && parts[i].length == 0) {
            if (skip)
                return false;
            skip = i;
        }
    }
    if (skip) {
        high = skip;
        low = words - skip - 1;
        if (parts[0].length == 0 && --high > 0)
            return false;
        if (!has_tail && parts[count - 1].length == 0 && --low > 0)
            return false;
        if (high + low > 7)
            return false;
    } else if (words != 8) {
        return false;
    }
    memset(out, 0, 16);
    for (size_t i = 0; i < high; i++)
        if (i < count && !read_hextet(parts[i], out + 2 * i))
            return false;
    for (size_t i = 0; i < low; i++) {
        size_t part = words - low + i;
        if (part < count && !read_hextet(parts[part], out + 16 - 2 * (low - i)))
            return false;
    }
    if (has_tail)
        memcpy(out + 12, tail, 4);
    return true;
}

bool cv_ipv6_is_mapped(const uint8_t address[16])
{
    static const uint8_t prefix[12] = {[10] = 0xff, [11] = 0xff};
    return memcmp(address, prefix, sizeof prefix) == 0;
}

/* The longest run of two zero words or more, the first of equals. */
static void longest_zeroes(const uint8_t address[16], int *start, int *length)
{
    *start = *length = 0;
    for (int i = 0, run = 0; i < 8; i++) {
        run = address[2 * i] == 0 && address[2 * i + 1] == 0 ? run + 1 : 0;
        if (run > *length && run > 1) {
            *length = run;
            *start = i - run + 1;
        }
    }
}

CvSlice cv_ipv6_text(CvArena *arena, const uint8_t address[16], bool unpack_mapped)
{
    CvBuffer out = cv_buffer(arena);
    if (cv_ipv6_is_mapped(address)) {
        cv_buffer_printf(&out, "%s%u.%u.%u.%u", unpack_mapped ? "" : "::ffff:", address[12], address[13], address[14],
                         address[15]);
        return cv_buffer_slice(&out);
    }
    int start, length;
    longest_zeroes(address, &start, &length);
    for (int i = 0; i < 8; i++) {
        if (length && i == start) {
            cv_buffer_append_string(&out, "::");
            i += length - 1;
            continue;
        }
        bool first = i == 0 || (length && i == start + length);
        cv_buffer_printf(&out, "%s%x", first ? "" : ":", (unsigned)address[2 * i] << 8 | address[2 * i + 1]);
    }
    (void)cv_buffer_string(&out);
    return cv_buffer_slice(&out);
}
