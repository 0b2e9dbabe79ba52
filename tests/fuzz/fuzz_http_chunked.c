/* fuzz_http_chunked.c: any bytes as a chunked body: whole and in pieces the body and the outcome are the same. */
#include "http/parser.h"

static CvParse decode(const char *data, size_t size, size_t step, char *body, size_t *length, size_t *used, int *status)
{
    CvHead head = {.body = CV_BODY_CHUNKED};
    CvBodyDecoder decoder;
    CvParse parse = CV_PARSE_MORE;
    size_t have = 0, consumed;
    CvSlice out;

    *length = *used = 0;
    cv_body_init(&decoder, &head, 1 << 20);
    while (parse == CV_PARSE_MORE) {
        if (*used == have) {
            if (have == size)
                break;
            have = have + step < size ? have + step : size;
        }
        parse = cv_body_decode(&decoder, data + *used, have - *used, &consumed, &out);
        if (consumed > have - *used || out.length > consumed || *length + out.length > size)
            abort();
        if (out.length)
            memcpy(body + *length, out.data, out.length);
        *length += out.length;
        *used += consumed;
    }
    *status = decoder.status;
    return parse;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static char whole[65536], pieces[65536];
    size_t length, used, other_length, other_used;
    int status, other_status;

    if (size > sizeof whole)
        return 0;
    CvParse first = decode((const char *)data, size, size ? size : 1, whole, &length, &used, &status);
    for (size_t step = 1; step < size; step = step * 2 + 1) {
        CvParse second = decode((const char *)data, size, step, pieces, &other_length, &other_used, &other_status);
        if (first != second || status != other_status || length != other_length || memcmp(whole, pieces, length) != 0 ||
            (first == CV_PARSE_DONE && used != other_used))
            abort();
    }
    return 0;
}
