/* test_body_decoder.c: bodies by length and by chunks, cut at every byte, limits at their edges. */
#include "unit.h"

#include "http/parser.h"

typedef struct Case {
    const char *text;
    const char *body;
    int status;  /* 0: complete; -1: more is needed */
    size_t rest; /* bytes that belong to the next request */
} Case;

static const Case cases[] = {
    {"0\r\n\r\n", "", 0, 0},
    {"5\r\nhello\r\n0\r\n\r\n", "hello", 0, 0},
    {"5\r\nhello\r\n0\r\n\r\nGET /", "hello", 0, 5},
    {"00a\r\n0123456789\r\n0\r\n\r\n", "0123456789", 0, 0},
    {"A\r\n0123456789\r\n0\r\n\r\n", "0123456789", 0, 0},
    {"1\r\nh\r\n4\r\nello\r\n000\r\n\r\n", "hello", 0, 0},
    {"4\r\n\r\n\r\n\r\n0\r\n\r\n", "\r\n\r\n", 0, 0},
    {"5;a=b;c;d=\"e;\\\"f\"\r\nhello\r\n0;x=y\r\n\r\n", "hello", 0, 0},
    {"5\r\nhello\r\n0\r\nX-T: v\r\nY:\r\n\r\n", "hello", 0, 0},
    {"5\r\nhel", "hel", -1, 0},
    {"5\r\nhello\r\n0\r\n", "hello", -1, 0},
    {"\r\n", "", 400, 0},
    {"g\r\n", "", 400, 0},
    {" 5\r\n", "", 400, 0},
    {"5 \r\n", "", 400, 0},
    {"0x5\r\n", "", 400, 0},
    {"-0\r\n", "", 400, 0},
    {"5\n", "", 400, 0},
    {"5\rX", "", 400, 0},
    {"5;\r\n", "", 400, 0},
    {"5; a\r\n", "", 400, 0},
    {"5;a=\r\n", "", 400, 0},
    {"5;a=b c\r\n", "", 400, 0},
    {"5;a=\"b\"c\r\n", "", 400, 0},
    {"5;a=\"b\n\"\r\n", "", 400, 0},
    {"5;a=\"\\\x01\"\r\n", "", 400, 0},
    {"5;a\n", "", 400, 0},
    {"5\r\nhello0\r\n\r\n", "hello", 400, 0},
    {"5\r\nhello\rX", "hello", 400, 0},
    {"5\r\nhello\n0\r\n\r\n", "hello", 400, 0},
    {"0\r\nX-T\r\n\r\n", "", 400, 0},
    {"0\r\n: v\r\n\r\n", "", 400, 0},
    {"0\r\nX : v\r\n\r\n", "", 400, 0},
    {"0\r\nX: v\n\r\n", "", 400, 0},
    {"0\r\nX: v\r\r\n", "", 400, 0},
    {"0\r\n\n", "", 400, 0},
    {"0\r\n\r\r", "", 400, 0},
    {"FFFFFFFFFFFFFFFFF\r\n", "", 413, 0},
    {"10000000000000000\r\n", "", 413, 0},
};

static CvHead chunked(void)
{
    static const char text[] = "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n";
    CvHead head;

    cv_head_init(&head, NULL);
    ck_assert_int_eq(cv_head_parse(&head, text, sizeof text - 1), CV_PARSE_DONE);
    return head;
}

/* Decodes all of `text` in pieces of `step`; the body goes to `body`. */
static CvParse decode(CvBodyDecoder *decoder, const char *text, size_t length, size_t step, char *body, size_t *at)
{
    CvParse parse = CV_PARSE_MORE;
    size_t have = 0, written = 0;

    *at = 0;
    while (parse == CV_PARSE_MORE) {
        size_t consumed;
        CvSlice out;
        if (*at == have) {
            if (have == length)
                break;
            have = have + step < length ? have + step : length;
        }
        char *copy = malloc(have - *at);
        memcpy(copy, text + *at, have - *at);
        parse = cv_body_decode(decoder, copy, have - *at, &consumed, &out);
        if (out.length)
            memcpy(body + written, out.data, out.length);
        written += out.length;
        *at += consumed;
        free(copy);
    }
    body[written] = 0;
    ck_assert_uint_eq(decoder->total, written);
    return parse;
}

START_TEST(decodes_chunks_whatever_the_cuts)
{
    CvHead head = chunked();

    for (size_t i = 0; i < CV_COUNT_OF(cases); i++)
        for (size_t step = 1; step <= strlen(cases[i].text); step++) {
            char body[100];
            size_t at;
            CvBodyDecoder decoder;
            cv_body_init(&decoder, &head, 0);
            CvParse parse = decode(&decoder, cases[i].text, strlen(cases[i].text), step, body, &at);
            int status = parse == CV_PARSE_DONE ? 0 : parse == CV_PARSE_MORE ? -1 : decoder.status;
            ck_assert_msg(status == cases[i].status, "case %zu, step %zu: %d instead of %d", i, step, status,
                          cases[i].status);
            ck_assert_str_eq(body, cases[i].body);
            if (status == 0)
                ck_assert_uint_eq(strlen(cases[i].text) - at, cases[i].rest);
        }
}
END_TEST

START_TEST(counts_a_length)
{
    CvHead head = {.body = CV_BODY_LENGTH, .content_length = 5};
    CvBodyDecoder decoder;
    char body[20];
    size_t at;

    for (size_t step = 1; step < 9; step++) {
        cv_body_init(&decoder, &head, 5);
        ck_assert_int_eq(decode(&decoder, "helloGET", 8, step, body, &at), CV_PARSE_DONE);
        ck_assert_str_eq(body, "hello");
        ck_assert_uint_eq(at, 5);
    }
    cv_body_init(&decoder, &head, 0);
    ck_assert_int_eq(decode(&decoder, "hell", 4, 9, body, &at), CV_PARSE_MORE);
    head.body = CV_BODY_NONE;
    cv_body_init(&decoder, &head, 0);
    ck_assert_int_eq(decode(&decoder, "G", 1, 1, body, &at), CV_PARSE_DONE);
    ck_assert_uint_eq(at, 0);
}
END_TEST

START_TEST(refuses_more_than_the_limit)
{
    CvHead head = {.body = CV_BODY_LENGTH, .content_length = 6}, chunks = chunked();
    CvBodyDecoder decoder;
    char body[20];
    size_t at;

    cv_body_init(&decoder, &head, 5);
    ck_assert_int_eq(decode(&decoder, "hello!", 6, 9, body, &at), CV_PARSE_ERROR);
    ck_assert_uint_eq(decoder.status, 413);
    for (uint64_t limit = 4; limit <= 6; limit++) {
        const char *text = "2\r\nhe\r\n3\r\nllo\r\n0\r\n\r\n";
        cv_body_init(&decoder, &chunks, limit);
        CvParse parse = decode(&decoder, text, strlen(text), 3, body, &at);
        ck_assert_int_eq(parse, limit < 5 ? CV_PARSE_ERROR : CV_PARSE_DONE);
        if (limit < 5)
            ck_assert_uint_eq(decoder.status, 413);
    }
    cv_body_init(&decoder, &chunks, 5);
    ck_assert_int_eq(decode(&decoder, "7FFFFFFFFFFFFFFF\r\n", 18, 99, body, &at), CV_PARSE_ERROR);
}
END_TEST

/* A head, `count` times `piece`, a tail. */
static int repeated(const char *start, const char *piece, size_t count, const char *end)
{
    size_t length = strlen(start) + strlen(piece) * count + strlen(end), at = 0;
    char *text = malloc(length + 1), *body = malloc(length + 1);
    CvHead head = chunked();
    CvBodyDecoder decoder;

    memcpy(text, start, strlen(start));
    at = strlen(start);
    for (size_t i = 0; i < count; i++, at += strlen(piece))
        memcpy(text + at, piece, strlen(piece));
    memcpy(text + at, end, strlen(end));
    cv_body_init(&decoder, &head, 0);
    CvParse parse = decode(&decoder, text, length, 1000, body, &at);
    free(text);
    free(body);
    return parse == CV_PARSE_DONE ? 0 : decoder.status;
}

START_TEST(bounds_what_is_not_body)
{
    ck_assert_int_eq(repeated("1", ";a", 2047, "\r\nx\r\n0\r\n\r\n"), 0);
    ck_assert_int_eq(repeated("1", ";a", 2049, "\r\nx\r\n0\r\n\r\n"), 400);
    ck_assert_int_eq(repeated("", "1;aa\r\nx\r\n", 4096, "0\r\n\r\n"), 0);
    ck_assert_int_eq(repeated("", "1;aa\r\nx\r\n", 16384, "0\r\n\r\n"), 400);
    ck_assert_int_eq(repeated("", "1\r\nx\r\n", 100000, "0\r\n\r\n"), 0);
    ck_assert_int_eq(repeated("0\r\n", "X:y\r\n", 3276, "\r\n"), 0);
    ck_assert_int_eq(repeated("0\r\n", "X:y\r\n", 3277, "\r\n"), 431);
    ck_assert_int_eq(repeated("", "0", 4000, "\r\n\r\n"), 0);
    ck_assert_int_eq(repeated("", "0", 5000, "\r\n\r\n"), 400);
}
END_TEST

UNIT_TESTS("http/body_decoder", decodes_chunks_whatever_the_cuts, counts_a_length, refuses_more_than_the_limit,
           bounds_what_is_not_body)
