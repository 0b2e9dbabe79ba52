/* test_names.c: header names, byte classes, hosts, methods and status codes. */
#include "unit.h"

#include "http/classes_private.h"
#include "http/parser.h"
#include "http/status.h"

START_TEST(finds_every_known_name)
{
    for (int id = CV_HEADER_OTHER + 1; id < CV_HEADER_COUNT; id++) {
        const char *name = cv_header_name((CvHeaderId)id);
        char other[32];
        size_t length = strlen(name);
        ck_assert_msg(cv_header_id(cv_slice(name)) == (CvHeaderId)id, "%s is lost", name);
        for (size_t i = 0; i <= length; i++)
            other[i] = (char)(name[i] >= 'a' && name[i] <= 'z' ? name[i] - 32 : name[i]);
        ck_assert_int_eq(cv_header_id(cv_slice(other)), id);
        for (size_t i = 0; i < length; i++) { /* one wrong byte: another name */
            char right = other[i];
            other[i] = right == '-' ? '\r' : '_';
            ck_assert_int_eq(cv_header_id(cv_slice(other)), CV_HEADER_OTHER);
            other[i] = right;
        }
        ck_assert_int_eq(cv_header_id(cv_slice_of(name, length - 1)), CV_HEADER_OTHER);
    }
    ck_assert_int_eq(cv_header_id(cv_slice("")), CV_HEADER_OTHER);
    ck_assert_str_eq(cv_header_name(CV_HEADER_OTHER), "");
}
END_TEST

START_TEST(knows_what_bytes_may_be)
{
    for (int byte = 0; byte < 256; byte++) {
        bool alnum = (byte >= '0' && byte <= '9') || (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z');
        bool visible = byte > 0x20 && byte < 0x7f;
        ck_assert_int_eq(cv_byte_is((char)byte, CV_CLASS_TOKEN),
                         alnum || (byte && strchr("!#$%&'*+-.^_`|~", byte) != NULL));
        ck_assert_int_eq(cv_byte_is((char)byte, CV_CLASS_TARGET), visible && !strchr("\"<>#", byte));
        ck_assert_int_eq(cv_byte_is((char)byte, CV_CLASS_REGNAME),
                         alnum || (byte && strchr("-._~!$&'()*+;=", byte) != NULL));
        ck_assert_int_eq(cv_byte_is((char)byte, CV_CLASS_DIGIT), byte >= '0' && byte <= '9');
        ck_assert_int_eq(cv_byte_is((char)byte, CV_CLASS_HEX), byte && strchr("0123456789abcdefABCDEF", byte) != NULL);
        ck_assert_int_eq(cv_byte_is((char)byte, CV_CLASS_VALUE), byte == '\t' || (byte >= 0x20 && byte != 0x7f));
    }
}
END_TEST

START_TEST(finds_controls_at_every_place)
{
    for (int byte = 0; byte < 256; byte++)
        for (size_t place = 0; place < 20; place++) {
            char text[20];
            memset(text, byte & 1 ? 0xff : '\t', sizeof text);
            text[place] = (char)byte;
            bool control = !cv_byte_is((char)byte, CV_CLASS_VALUE);
            ck_assert_ptr_eq(cv_http_find_control(text, text + 20), control ? text + place : text + 20);
        }
}
END_TEST

START_TEST(checks_hosts)
{
    static const char *const good[] = {"a",     "a.example",        "a.example:80",  "a.example:", "127.0.0.1:8000",
                                       "[::1]", "[::1]:80",         "[2001:db8::1]", "a.",         "a_b",
                                       "a%20b", "[::ffff:1.2.3.4]", "x:65535",       "A-B.c"};
    static const char *const bad[] = {"",     ":80",    "a b",       "a/b",    "a?b",          "a#b",
                                      "a@b",  "a:b",    "a:80:1",    "a:-1",   "a:65536",      "[::1",
                                      "[zz]", "[::1]x", "[]",        "a%2",    "a%zz",         "a,b",
                                      "<a>",  "a\\b",   "[1.2.3.4]", "a[::1]", "[::1%25eth0]", "\xc3\xa9"};
    char name[300];

    for (size_t i = 0; i < CV_COUNT_OF(good); i++)
        ck_assert_msg(cv_host_is_valid(cv_slice(good[i])), "%s", good[i]);
    for (size_t i = 0; i < CV_COUNT_OF(bad); i++)
        ck_assert_msg(!cv_host_is_valid(cv_slice(bad[i])), "%s", bad[i]);
    memset(name, 'a', sizeof name);
    ck_assert(cv_host_is_valid(cv_slice_of(name, 255)));
    ck_assert(!cv_host_is_valid(cv_slice_of(name, 256)));
    ck_assert(!cv_host_is_valid(CV_SLICE("a\0b")));
    ck_assert(!cv_host_is_valid(CV_SLICE("[::1\0]")));
}
END_TEST

START_TEST(names_methods_and_statuses)
{
    for (int method = CV_METHOD_GET; method <= CV_METHOD_CONNECT; method++)
        ck_assert_int_eq(cv_method_of(cv_slice(cv_method_name((CvMethod)method))), method);
    ck_assert_int_eq(cv_method_of(cv_slice("get")), CV_METHOD_OTHER);
    ck_assert_int_eq(cv_method_of(cv_slice("")), CV_METHOD_OTHER);
    ck_assert_str_eq(cv_status_reason(404), "Not Found");
    ck_assert_str_eq(cv_status_reason(413), "Content Too Large");
    ck_assert_str_eq(cv_status_reason(999), "Unknown Status Code");
    ck_assert(cv_slice_is(cv_status_line(200), "HTTP/1.1 200 OK\r\n"));
    ck_assert_ptr_null(cv_status_line(299).data);
    ck_assert(cv_status_has_no_body(204) && cv_status_has_no_body(304) && cv_status_has_no_body(100));
    ck_assert(!cv_status_has_no_body(200) && !cv_status_has_no_body(205));
    ck_assert(cv_is_token(cv_slice("a-b!")) && !cv_is_token(cv_slice("")) && !cv_is_token(cv_slice("a b")));
}
END_TEST

UNIT_TESTS("http/names", finds_every_known_name, knows_what_bytes_may_be, finds_controls_at_every_place, checks_hosts,
           names_methods_and_statuses)
