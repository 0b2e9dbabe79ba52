/* header_names.c: the header names that have a number, found by a perfect hash of length and three letters. */
#include "http/classes_private.h"
#include "http/headers.h"

static const CvSlice names[CV_HEADER_COUNT] = {
#define NAME(id, text) [CV_HEADER_##id] = CV_SLICE_INIT(text),
    CV_KNOWN_HEADERS(NAME)
#undef NAME
};

/* Found by search: no two names meet. A new name needs new multipliers (the unit test tells which names are lost). */
#define HASH_SIZE 128
static const uint8_t table[HASH_SIZE] = {
    [0] = CV_HEADER_CONTENT_TYPE,
    [1] = CV_HEADER_ACCEPT,
    [7] = CV_HEADER_IF_NONE_MATCH,
    [10] = CV_HEADER_LAST_MODIFIED,
    [14] = CV_HEADER_X_FORWARDED_PORT,
    [19] = CV_HEADER_VARY,
    [23] = CV_HEADER_HOST,
    [28] = CV_HEADER_TRANSFER_ENCODING,
    [29] = CV_HEADER_AUTHORIZATION,
    [32] = CV_HEADER_REFERER,
    [36] = CV_HEADER_X_FORWARDED_FOR,
    [40] = CV_HEADER_CONTENT_RANGE,
    [41] = CV_HEADER_CONTENT_DISPOSITION,
    [44] = CV_HEADER_EXPECT,
    [48] = CV_HEADER_ALLOW,
    [50] = CV_HEADER_IF_MODIFIED_SINCE,
    [55] = CV_HEADER_CONTENT_LANGUAGE,
    [57] = CV_HEADER_RANGE,
    [60] = CV_HEADER_IF_UNMODIFIED_SINCE,
    [62] = CV_HEADER_ORIGIN,
    [67] = CV_HEADER_X_FORWARDED_HOST,
    [68] = CV_HEADER_ACCEPT_LANGUAGE,
    [69] = CV_HEADER_CACHE_CONTROL,
    [71] = CV_HEADER_CONTENT_LENGTH,
    [73] = CV_HEADER_UPGRADE,
    [78] = CV_HEADER_X_FORWARDED_PROTO,
    [82] = CV_HEADER_SERVER,
    [84] = CV_HEADER_X_REQUESTED_WITH,
    [89] = CV_HEADER_IF_RANGE,
    [97] = CV_HEADER_LOCATION,
    [99] = CV_HEADER_DATE,
    [108] = CV_HEADER_KEEP_ALIVE,
    [110] = CV_HEADER_IF_MATCH,
    [111] = CV_HEADER_COOKIE,
    [112] = CV_HEADER_CONTENT_ENCODING,
    [113] = CV_HEADER_ETAG,
    [114] = CV_HEADER_X_CSRFTOKEN,
    [115] = CV_HEADER_SET_COOKIE,
    [119] = CV_HEADER_USER_AGENT,
    [120] = CV_HEADER_EXPIRES,
    [124] = CV_HEADER_CONNECTION,
    [125] = CV_HEADER_ACCEPT_ENCODING,
};

static inline uint8_t lower(char byte)
{
    return (uint8_t)(byte >= 'A' && byte <= 'Z' ? byte | 0x20 : byte);
}

CvHeaderId cv_header_id(CvSlice name)
{
    if (name.length < 2 || name.length > 19)
        return CV_HEADER_OTHER;
    unsigned hash = (unsigned)name.length * 5 + lower(name.data[0]) * 55u + lower(name.data[name.length - 1]) * 35u +
                    lower(name.data[name.length - 2]) * 53u;
    CvHeaderId id = table[hash % HASH_SIZE];
    if (id == CV_HEADER_OTHER || names[id].length != name.length)
        return CV_HEADER_OTHER;
    if (memcmp(names[id].data, name.data, name.length) == 0)
        return id;
    for (size_t i = 0; i < name.length; i++)
        if (lower(name.data[i]) != lower(names[id].data[i]))
            return CV_HEADER_OTHER;
    return id;
}

const char *cv_header_name(CvHeaderId id)
{
    return id > CV_HEADER_OTHER && id < CV_HEADER_COUNT ? names[id].data : "";
}

bool cv_is_token(CvSlice text)
{
    for (size_t i = 0; i < text.length; i++)
        if (!cv_byte_is(text.data[i], CV_CLASS_TOKEN))
            return false;
    return text.length > 0;
}
