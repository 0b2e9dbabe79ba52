/* test_head_parser.c: what is accepted, what is refused and how, limits at their edges, and that no cut of the bytes
 * changes the outcome. */
#include "unit.h"

#include "http/parser.h"

#define HOST "Host: a.example\r\n"

typedef struct Case {
    const char *text;
    size_t length; /* 0: strlen */
    int status;    /* 0: accepted; -1: more is needed */
} Case;

static const Case cases[] = {
    {"GET / HTTP/1.1\r\n" HOST "\r\n", 0, 0},
    {"GET / HTTP/1.1\r\n" HOST "\r\nGET /next", 0, 0},
    {"GET /a/b?c=d&e=%20 HTTP/1.1\r\n" HOST "X-Y: z\r\n\r\n", 0, 0},
    {"\r\n\r\nGET / HTTP/1.1\r\n" HOST "\r\n", 0, 0},
    {"GET / HTTP/1.0\r\n\r\n", 0, 0},
    {"GET / HTTP/1.9\r\n" HOST "\r\n", 0, 0},
    {"GET http://b.example/x?y HTTP/1.1\r\n" HOST "\r\n", 0, 0},
    {"GET HTTPS://b.example HTTP/1.1\r\n" HOST "\r\n", 0, 0},
    {"OPTIONS * HTTP/1.1\r\n" HOST "\r\n", 0, 0},
    {"POST / HTTP/1.1\r\n" HOST "Content-Length: 5\r\n\r\nhello", 0, 0},
    {"POST / HTTP/1.1\r\n" HOST "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 0, 0},
    {"POST / HTTP/1.1\r\n" HOST "Content-Length: 5\r\nExpect: 100-continue\r\n\r\n", 0, 0},
    {"GET / HTTP/1.1\r\n" HOST "X: \t a \t b \xe9\xff \t\r\n\r\n", 0, 0},
    {"", 0, -1},
    {"GET / HTTP/1.1\r\n" HOST "\r", 0, -1},
    {"GET / HTTP/1.1\r\n" HOST "X", 0, -1},
    {"\r\n", 0, -1},
    /* request line */
    {"GET\r\n", 0, 400},
    {"GET /\r\n", 0, 400},
    {" GET / HTTP/1.1\r\n", 0, 400},
    {"GET  / HTTP/1.1\r\n", 0, 400},
    {"GET /  HTTP/1.1\r\n", 0, 400},
    {"GET / HTTP/1.1 \r\n", 0, 400},
    {"GET / http/1.1\r\n", 0, 400},
    {"GET / HTTP/1.10\r\n", 0, 400},
    {"GET / HTTP/11\r\n", 0, 400},
    {"GET / HTTP/2.0\r\n", 0, 505},
    {"GET / HTTP/0.9\r\n", 0, 505},
    {"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 0, 505},
    {"GET / HTTP/1.1\n", 0, 400},
    {"GET / HTTP/1.1\r\r\n", 0, 400},
    {"GE(T / HTTP/1.1\r\n", 0, 400},
    {"GET /\0 HTTP/1.1\r\n", 17, 400},
    {"GET /a#b HTTP/1.1\r\n", 0, 400},
    {"GET /\xc3\xa9 HTTP/1.1\r\n", 0, 400},
    {"GET a.example HTTP/1.1\r\n", 0, 400},
    {"GET * HTTP/1.1\r\n", 0, 400},
    {"GET ftp://a.example/ HTTP/1.1\r\n", 0, 400},
    {"GET http://u:p@a.example/ HTTP/1.1\r\n", 0, 400},
    {"GET http:///x HTTP/1.1\r\n", 0, 400},
    {"CONNECT a.example:443 HTTP/1.1\r\n", 0, 501},
    {"\x16\x03\x01\x02\x00\x01", 6, 400},
    {"ABCDEFGHIJKLMNOPQRSTUVWXYZABCDEFG / HTTP/1.1\r\n", 0, 501},
    /* header lines */
    {"GET / HTTP/1.1\r\n" HOST "X Y: z\r\n", 0, 400},
    {"GET / HTTP/1.1\r\n" HOST "X : z\r\n", 0, 400},
    {"GET / HTTP/1.1\r\n" HOST ": z\r\n", 0, 400},
    {"GET / HTTP/1.1\r\n" HOST "X\r\n", 0, 400},
    {"GET / HTTP/1.1\r\n" HOST "X: a\r\n b\r\n", 0, 400},
    {"GET / HTTP/1.1\r\n X: a\r\n" HOST "\r\n", 0, 400},
    {"GET / HTTP/1.1\r\n" HOST "X: a\nY: b\r\n", 0, 400},
    {"GET / HTTP/1.1\r\n" HOST "X: a\rb\r\n", 0, 400},
    {"GET / HTTP/1.1\r\n" HOST "X: a\0b\r\n", 38, 400},
    {"GET / HTTP/1.1\r\n" HOST "X: 12345678\x7f\r\n", 0, 400},
    {"GET / HTTP/1.1\r\n" HOST "\n", 0, 400},
    {"GET / HTTP/1.1\r\n" HOST "\rX", 0, 400},
    /* host */
    {"GET / HTTP/1.1\r\n\r\n", 0, 400},
    {"GET / HTTP/1.1\r\nHost:\r\n\r\n", 0, 400},
    {"GET / HTTP/1.1\r\n" HOST HOST "\r\n", 0, 400},
    {"GET / HTTP/1.1\r\nHost: a b\r\n\r\n", 0, 400},
    {"GET http://a.example/ HTTP/1.1\r\n\r\n", 0, 400},
    /* length of the body */
    {"POST / HTTP/1.1\r\n" HOST "Content-Length: +5\r\n\r\n", 0, 400},
    {"POST / HTTP/1.1\r\n" HOST "Content-Length: 5, 5\r\n\r\n", 0, 400},
    {"POST / HTTP/1.1\r\n" HOST "Content-Length:\r\n\r\n", 0, 400},
    {"POST / HTTP/1.1\r\n" HOST "Content-Length: 5\r\nContent-Length: 5\r\n\r\n", 0, 400},
    {"POST / HTTP/1.1\r\n" HOST "Content-Length: 9223372036854775808\r\n\r\n", 0, 413},
    {"POST / HTTP/1.1\r\n" HOST "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n", 0, 400},
    {"POST / HTTP/1.1\r\n" HOST "Transfer-Encoding: gzip, chunked\r\n\r\n", 0, 501},
    {"POST / HTTP/1.1\r\n" HOST "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n", 0, 501},
    {"POST / HTTP/1.1\r\n" HOST "Transfer-Encoding:\r\n\r\n", 0, 400},
    {"POST / HTTP/1.0\r\n" HOST "Transfer-Encoding: chunked\r\n\r\n", 0, 400},
    {"GET / HTTP/1.1\r\n" HOST "Expect: pigeons\r\n\r\n", 0, 417},
};

static size_t length_of(const Case *one)
{
    return one->length ? one->length : strlen(one->text);
}

static int outcome(const CvHead *head, CvParse parse)
{
    return parse == CV_PARSE_DONE ? 0 : parse == CV_PARSE_MORE ? -1 : head->status;
}

/* The same head again, in memory of its own size, so that a read behind the end is seen by the sanitizer. */
static CvParse feed(CvHead *head, char **copy, const char *text, size_t length)
{
    char *moved = malloc(length ? length : 1);
    memcpy(moved, text, length);
    CvParse parse = cv_head_parse(head, moved, length);
    free(*copy);
    *copy = moved;
    return parse;
}

static void check_same(const CvHead *a, const CvHead *b)
{
    ck_assert_uint_eq(a->status, b->status);
    if (a->status)
        return;
    ck_assert_uint_eq(a->size, b->size);
    ck_assert_uint_eq(a->count, b->count);
    ck_assert_uint_eq(a->body, b->body);
    ck_assert_uint_eq(a->keep_alive, b->keep_alive);
    ck_assert(cv_slice_equal(a->path, b->path) && cv_slice_equal(a->query, b->query) &&
              cv_slice_equal(a->host, b->host) && cv_slice_equal(a->method_text, b->method_text));
    for (size_t i = 0; i < a->count; i++)
        ck_assert(cv_slice_equal(cv_field_value(&a->fields[i]), cv_field_value(&b->fields[i])) &&
                  cv_slice_equal(cv_field_name(&a->fields[i]), cv_field_name(&b->fields[i])));
}

START_TEST(gives_the_status_of_each_case)
{
    for (size_t i = 0; i < CV_COUNT_OF(cases); i++) {
        CvHead head;
        cv_head_init(&head, NULL);
        CvParse parse = cv_head_parse(&head, cases[i].text, length_of(&cases[i]));
        ck_assert_msg(outcome(&head, parse) == cases[i].status, "case %zu: %d (%s), expected %d: %s", i,
                      outcome(&head, parse), head.reason ? head.reason : "", cases[i].status, cases[i].text);
        if (head.status) {
            ck_assert(!head.keep_alive);
            ck_assert_int_eq(cv_head_parse(&head, cases[i].text, length_of(&cases[i])), CV_PARSE_ERROR);
        }
    }
}
END_TEST

START_TEST(does_not_depend_on_the_cuts)
{
    for (size_t i = 0; i < CV_COUNT_OF(cases); i++) {
        CvHead whole, cut;
        size_t length = length_of(&cases[i]);
        cv_head_init(&whole, NULL);
        CvParse expected = cv_head_parse(&whole, cases[i].text, length);
        for (size_t at = 0; at <= length; at++) { /* one cut */
            char *copy = NULL;
            cv_head_init(&cut, NULL);
            CvParse parse = feed(&cut, &copy, cases[i].text, at);
            if (parse == CV_PARSE_MORE)
                parse = feed(&cut, &copy, cases[i].text, length);
            ck_assert_int_eq(parse, expected);
            check_same(&whole, &cut);
            free(copy);
        }
        char *copy = NULL; /* byte by byte */
        CvParse parse = CV_PARSE_MORE;
        cv_head_init(&cut, NULL);
        for (size_t at = 0; at <= length && parse == CV_PARSE_MORE; at++)
            parse = feed(&cut, &copy, cases[i].text, at);
        ck_assert_int_eq(parse, expected);
        check_same(&whole, &cut);
        free(copy);
    }
}
END_TEST

START_TEST(reads_the_parts)
{
    static const char text[] =
        "POST /a%20b?c=d?e HTTP/1.1\r\nHost: a.example:81\r\nx-Y:  z \t\r\nCONTENT-length: 005\r\n"
        "Connection: foo, close\r\nCookie: a=b\r\ncookie: c=d\r\n\r\nhello";
    CvHead head;

    cv_head_init(&head, NULL);
    ck_assert_int_eq(cv_head_parse(&head, text, sizeof text - 1), CV_PARSE_DONE);
    ck_assert_uint_eq(head.size, sizeof text - 1 - 5);
    ck_assert_int_eq(head.method, CV_METHOD_POST);
    ck_assert(cv_slice_is(head.path, "/a%20b"));
    ck_assert(cv_slice_is(head.query, "c=d?e"));
    ck_assert(cv_slice_is(head.host, "a.example:81"));
    ck_assert_uint_eq(head.content_length, 5);
    ck_assert_int_eq(head.body, CV_BODY_LENGTH);
    ck_assert(!head.keep_alive);
    ck_assert_uint_eq(head.count, 6);
    ck_assert(cv_slice_is(cv_field_value(cv_head_find(&head, cv_slice("X-y"))), "z"));
    ck_assert(cv_slice_is(cv_field_value(cv_head_field(&head, CV_HEADER_COOKIE)), "a=b"));
    ck_assert_ptr_null(cv_head_find(&head, cv_slice("X_Y")));
    ck_assert_ptr_null(cv_head_field(&head, CV_HEADER_ACCEPT));
}
END_TEST

START_TEST(prefers_the_host_of_the_target)
{
    static const char text[] = "GET http://b.example:80?q HTTP/1.1\r\n" HOST "\r\n";
    CvHead head;

    cv_head_init(&head, NULL);
    ck_assert_int_eq(cv_head_parse(&head, text, sizeof text - 1), CV_PARSE_DONE);
    ck_assert(cv_slice_is(head.host, "b.example:80"));
    ck_assert(cv_slice_is(head.path, "/"));
    ck_assert(cv_slice_is(head.query, "q"));
    char *moved = strdup(text);
    cv_head_rebase(&head, moved);
    ck_assert(cv_slice_is(head.path, "/"));
    ck_assert_ptr_eq(head.method_text.data, moved);
    free(moved);
}
END_TEST

/* "keep-alive" and "close" decide as RFC 9112 9.3 says. */
START_TEST(knows_whether_the_connection_stays)
{
    static const struct {
        const char *line;
        bool in_1_0, in_1_1;
    } rows[] = {
        {"", false, true},
        {"Connection: keep-alive\r\n", true, true},
        {"Connection: close\r\n", false, false},
        {"Connection: Keep-Alive, CLOSE\r\n", false, false},
        {"Connection: a\r\nConnection: close\r\n", false, false},
        {"Connection: closed\r\n", false, true},
        {"Connection: ,, keep-alive ,\r\n", true, true},
    };
    for (size_t i = 0; i < CV_COUNT_OF(rows); i++)
        for (int minor = 0; minor < 2; minor++) {
            char text[200];
            CvHead head;
            snprintf(text, sizeof text, "GET / HTTP/1.%d\r\n" HOST "%s\r\n", minor, rows[i].line);
            cv_head_init(&head, NULL);
            ck_assert_int_eq(cv_head_parse(&head, text, strlen(text)), CV_PARSE_DONE);
            ck_assert_int_eq(head.keep_alive, minor ? rows[i].in_1_1 : rows[i].in_1_0);
        }
}
END_TEST

static size_t put(char *at, const char *text)
{
    size_t length = strlen(text);
    memcpy(at, text, length);
    return length;
}

static int parse_sized(size_t target, size_t value, size_t headers, size_t step)
{
    char *text = malloc(target + value + headers * 8 + 100), *at = text;
    CvHead head;

    at += put(at, "GET /");
    memset(at, 'a', target - 1);
    at += target - 1;
    at += put(at, " HTTP/1.1\r\n" HOST);
    for (size_t i = 1; i < headers; i++)
        at += put(at, "X: y\r\n");
    if (value) {
        at += put(at, "X:");
        memset(at, 'v', value);
        at += value;
        at += put(at, "\r\n");
    }
    at += put(at, "\r\n");
    size_t length = (size_t)(at - text);
    cv_head_init(&head, NULL);
    CvParse parse = CV_PARSE_MORE;
    for (size_t have = step; parse == CV_PARSE_MORE; have += step) {
        parse = cv_head_parse(&head, text, have < length ? have : length);
        if (have >= length)
            break;
    }
    free(text);
    return outcome(&head, parse);
}

START_TEST(keeps_its_limits)
{
    static const size_t steps[] = {SIZE_MAX / 2, 1000, 7};
    const size_t rest = sizeof "GET / HTTP/1.1\r\n" HOST "X:\r\n\r\n" - 1;

    for (size_t i = 0; i < CV_COUNT_OF(steps); i++) {
        ck_assert_int_eq(parse_sized(16383, 0, 1, steps[i]), 0);
        ck_assert_int_eq(parse_sized(16384, 0, 1, steps[i]), 0);
        ck_assert_int_eq(parse_sized(16385, 0, 1, steps[i]), 414);
        ck_assert_int_eq(parse_sized(1, 0, 127, steps[i]), 0);
        ck_assert_int_eq(parse_sized(1, 0, 128, steps[i]), 0);
        ck_assert_int_eq(parse_sized(1, 0, 129, steps[i]), 431);
        ck_assert_int_eq(parse_sized(1, 65536 - rest - 1, 1, steps[i]), 0);
        ck_assert_int_eq(parse_sized(1, 65536 - rest, 1, steps[i]), 0);
        ck_assert_int_eq(parse_sized(1, 65536 - rest + 1, 1, steps[i]), 431);
    }
}
END_TEST

START_TEST(takes_smaller_limits)
{
    static const char text[] = "GET /abc HTTP/1.1\r\n" HOST "A: b\r\n\r\n";
    CvHead head;

    cv_head_init(&head, &(CvHeadLimits){.target = 3});
    ck_assert_int_eq(cv_head_parse(&head, text, sizeof text - 1), CV_PARSE_ERROR);
    ck_assert_uint_eq(head.status, 414);
    cv_head_init(&head, &(CvHeadLimits){.headers = 1});
    ck_assert_int_eq(cv_head_parse(&head, text, sizeof text - 1), CV_PARSE_ERROR);
    ck_assert_uint_eq(head.status, 431);
    cv_head_init(&head, &(CvHeadLimits){.head = sizeof text - 1});
    ck_assert_int_eq(cv_head_parse(&head, text, sizeof text - 1), CV_PARSE_DONE);
    cv_head_init(&head, &(CvHeadLimits){.head = sizeof text - 2});
    ck_assert_int_eq(cv_head_parse(&head, text, sizeof text - 1), CV_PARSE_ERROR);
}
END_TEST

START_TEST(bounds_header_names)
{
    for (size_t length = 255; length <= 257; length++) {
        char text[400], *at = text;
        CvHead head;
        at += put(at, "GET / HTTP/1.1\r\n" HOST);
        memset(at, 'n', length);
        at += length;
        at += put(at, ": v\r\n\r\n");
        for (size_t step = 1; step < 500; step += 250) {
            CvParse parse = CV_PARSE_MORE;
            cv_head_init(&head, NULL);
            for (size_t have = step; parse == CV_PARSE_MORE; have += step)
                parse = cv_head_parse(&head, text, have < (size_t)(at - text) ? have : (size_t)(at - text));
            ck_assert_int_eq(outcome(&head, parse), length <= 256 ? 0 : 431);
        }
    }
}
END_TEST

START_TEST(bounds_empty_lines)
{
    char text[100];
    for (int lines = 15; lines <= 17; lines++) {
        CvHead head;
        char *at = text;
        for (int i = 0; i < lines; i++)
            at += put(at, "\r\n");
        at += put(at, "GET / HTTP/1.1\r\n" HOST "\r\n");
        cv_head_init(&head, NULL);
        ck_assert_int_eq(cv_head_parse(&head, text, (size_t)(at - text)), lines <= 16 ? CV_PARSE_DONE : CV_PARSE_ERROR);
    }
}
END_TEST

UNIT_TESTS("http/head_parser", gives_the_status_of_each_case, does_not_depend_on_the_cuts, reads_the_parts,
           prefers_the_host_of_the_target, knows_whether_the_connection_stays, keeps_its_limits, takes_smaller_limits,
           bounds_header_names, bounds_empty_lines)
