/* header_names.c: the header names that have a number, found by a perfect hash of length and three letters. */
#include "http/classes_private.h"
#include "http/head_private.h"

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

/* Letters of both cases become the small one; '-' stays. (Of tokens; a CR would become '-'.) */
#define FOLD UINT64_C(0x2020202020202020)

static inline uint64_t load8(const char *at)
{
    uint64_t word;

    memcpy(&word, at, 8);
    return word | FOLD;
}

static inline uint32_t load4(const char *at)
{
    uint32_t word;

    memcpy(&word, at, 4);
    return word | (uint32_t)FOLD;
}

/* Both have `length` bytes, 4 to 24: words that overlap cover them. */
static inline bool same(const char *a, const char *b, size_t length)
{
    if (length < 8)
        return load4(a) == load4(b) && load4(a + length - 4) == load4(b + length - 4);
    return load8(a) == load8(b) && load8(a + length - 8) == load8(b + length - 8) &&
           (length <= 16 || load8(a + 8) == load8(b + 8));
}

CvHeaderId cv_header_id_of_token(CvSlice name)
{
    if (name.length < 4 || name.length > 24)
        return CV_HEADER_OTHER;
    const unsigned char *bytes = (const unsigned char *)name.data;
    unsigned hash = (unsigned)name.length * 5 + (bytes[0] | 0x20u) * 55u + (bytes[name.length - 1] | 0x20u) * 35u +
                    (bytes[name.length - 2] | 0x20u) * 53u;
    CvHeaderId id = table[hash % HASH_SIZE];
    return names[id].length == name.length && same(names[id].data, name.data, name.length) ? id : CV_HEADER_OTHER;
}

CvHeaderId cv_header_id(CvSlice name)
{
    CvHeaderId id = cv_header_id_of_token(name);

    return id != CV_HEADER_OTHER && cv_is_token(name) ? id : CV_HEADER_OTHER;
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
