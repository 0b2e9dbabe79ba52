/* Tests text/url.h. */
#include "cases.h"

static const Case iris[] = {
    {"red%09ros\303\251#red", "red%09ros%C3%A9#red"},
    {"/blog/for/J\303\274rgen M\303\274nster/", "/blog/for/J%C3%BCrgen%20M%C3%BCnster/"},
    {"locations/Paris & Orl\303\251ans", "locations/Paris%20&%20Orl%C3%A9ans"},
};

static const Case uris[] = {
    {"/blog/for/J%C3%BCrgen%20M%C3%BCnster/", "/blog/for/J\303\274rgen%20M\303\274nster/"},
    {"%%20%41%25%31", "%%20A%25%31"},
    {"%e2%89%ab%E2%99%A5%ff%E2%82x", "\342\211\253\342\231\245%FF%E2%82x"},
};

static const Case paths[] = {
    {"/foo?bar/foo;bar=1", "/foo%3Fbar/foo%3Bbar%3D1"},
    {"/\303\251", "/%C3%A9"},
};

START_TEST(quoting_and_back)
{
    CvArena *arena = cv_arena();
    CvBuffer out = cv_buffer(arena);
    cv_url_quote(&out, CV_SLICE("a b/é~%+"), "/");
    ck_assert(cv_slice_is(buffer_text(&out), "a%20b/%C3%A9~%25%2B"));
    out.length = 0;
    cv_url_quote(&out, CV_SLICE("é/"), "é/");
    ck_assert(cv_slice_is(buffer_text(&out), "%C3%A9/"));
    out.length = 0;
    cv_url_quote_plus(&out, CV_SLICE("a b+/"), NULL);
    ck_assert(cv_slice_is(buffer_text(&out), "a+b%2B%2F"));
    ck_assert(cv_slice_is(cv_url_unquote(arena, CV_SLICE("a%20b%C3%a9%zz%4+c"), false), "a bé%zz%4+c"));
    ck_assert(cv_slice_is(cv_url_unquote(arena, CV_SLICE("a+b%2B%ff"), true), "a b+\uFFFD"));
    CvSlice bytes = cv_url_unquote_bytes(arena, CV_SLICE("%00%ff"), false);
    ck_assert_uint_eq(bytes.length, 2);
    ck_assert_int_eq(memcmp(bytes.data, "\0\xff", 2), 0);
    for (int byte = 0; byte < 256; byte++) {
        char raw = (char)byte;
        out.length = 0;
        cv_url_quote(&out, cv_slice_of(&raw, 1), "");
        CvSlice back = cv_url_unquote_bytes(arena, buffer_text(&out), false);
        ck_assert(back.length == 1 && *back.data == raw);
    }
}
END_TEST

START_TEST(query_strings)
{
    CvArena *arena = cv_arena();
    CvBuffer out = cv_buffer(arena);
    CvDict *dict = cv_dict_create(arena);
    CvError error;
    cv_dict_set_name(dict, "a b", CV_VALUE("é&="));
    cv_dict_set_name(dict, "n", CV_VALUE(cv_list(arena, 1, 2)));
    ck_assert(cv_url_encode(arena, &out, CV_VALUE(dict), true, &error));
    ck_assert(cv_slice_is(buffer_text(&out), "a+b=%C3%A9%26%3D&n=1&n=2"));
    out.length = 0;
    ck_assert(cv_url_encode(arena, &out, CV_VALUE(dict), false, &error));
    ck_assert(cv_slice_is(buffer_text(&out), "a+b=%C3%A9%26%3D&n=%5B1%2C+2%5D"));
    cv_dict_set_name(dict, "x", CV_NONE);
    ck_assert(!cv_url_encode(arena, &out, CV_VALUE(dict), true, &error));
    ck_assert_int_eq(error.kind, CV_ERROR_TYPE);
    CvSlice rest = CV_SLICE("a=1&&b&=x&c=%C3%A9+y=z"), name, value;
    static const char *const expected[][2] = {{"a", "1"}, {"b", ""}, {"", "x"}, {"c", "é y=z"}};
    for (size_t i = 0; i < 4; i++) {
        ck_assert(cv_url_next_parameter(arena, &rest, &name, &value));
        ck_assert(cv_slice_is(name, expected[i][0]) && cv_slice_is(value, expected[i][1]));
    }
    ck_assert(!cv_url_next_parameter(arena, &rest, &name, &value));
}
END_TEST

START_TEST(urls_fall_into_their_parts)
{
    CvArena *arena = cv_arena();
    CvUrlParts parts;
    ck_assert(cv_url_split(CV_SLICE("HTTPS://u:p@example.org:80/a/b?c=d?e#f#g"), &parts));
    ck_assert(cv_slice_is(parts.scheme, "HTTPS") && cv_slice_is(parts.netloc, "u:p@example.org:80"));
    ck_assert(cv_slice_is(parts.path, "/a/b") && cv_slice_is(parts.query, "c=d?e") &&
              cv_slice_is(parts.fragment, "f#g"));
    ck_assert(cv_slice_is(cv_url_join_parts(arena, &parts), "HTTPS://u:p@example.org:80/a/b?c=d?e#f#g"));
    ck_assert(cv_url_split(CV_SLICE("//h?q"), &parts) && parts.has_netloc && parts.has_query && !parts.path.length);
    ck_assert(cv_url_split(CV_SLICE("a:b/c"), &parts) && cv_slice_is(parts.scheme, "a") &&
              cv_slice_is(parts.path, "b/c"));
    ck_assert(cv_url_split(CV_SLICE("1a:b"), &parts) && !parts.scheme.length);
    ck_assert(cv_url_split(CV_SLICE(""), &parts) && !parts.has_netloc);
    static const char *const bad[] = {"http://[::1",    "http://::1]",       "http://[x]/",  "http://a[::1]/",
                                      "http://[::1]x/", "http://[1.2.3.4]/", "http://a\tb/", "http://a/\n",
                                      "http://ａ／ｂ/", "http://[v1]/"};
    for (size_t i = 0; i < CV_COUNT_OF(bad); i++)
        ck_assert_msg(!cv_url_split(cv_slice(bad[i]), &parts), "%s", bad[i]);
    ck_assert(cv_url_split(CV_SLICE("http://[::1]:80/"), &parts) && cv_url_split(CV_SLICE("http://[v1.a]/"), &parts));
    ck_assert(cv_slice_is(cv_url_clean(arena, CV_SLICE("\x01 ht\ttp://a\r\n/")), "http://a/"));
}
END_TEST

START_TEST(urls_are_seen_from_others)
{
    static const char *const cases[][3] = {{"/static/", "a/b.css", "/static/a/b.css"},
                                           {"/static/", "a//b/./c/../d.css", "/static/a/b/d.css"},
                                           {"/static/", "../x", "/x"},
                                           {"/static/", "..", "/"},
                                           {"/static/file", "x/", "/static/x/"},
                                           {"/static/", "/abs//x", "/abs//x"},
                                           {"/static/", "", "/static/"},
                                           {"http://h/a/b?c#d", "e?f", "http://h/a/e?f"},
                                           {"http://h/a/b", "//other/x", "http://other/x"},
                                           {"http://h/a", "ftp://x/y", "ftp://x/y"}};
    for (size_t i = 0; i < CV_COUNT_OF(cases); i++) {
        CvSlice joined = cv_url_join(cv_arena(), cv_slice(cases[i][0]), cv_slice(cases[i][1]));
        ck_assert_msg(cv_slice_is(joined, cases[i][2]), "%s from %s: %.*s", cases[i][1], cases[i][0],
                      CV_SLICE_ARG(joined));
    }
}
END_TEST

START_TEST(redirect_targets_stay_with_us)
{
    static const char *const hosts[] = {"testserver", "example.com", NULL};
    static const char *const good[] = {"/view/?param=http://example.com",
                                       "https://testserver/",
                                       "HTTPS://testserver/",
                                       "//testserver/",
                                       "/url%20with%20spaces/",
                                       "http:testserver/x",
                                       "path",
                                       "?q",
                                       "#f",
                                       " /x ",
                                       "#x"};
    static const char *const bad[] = {"",
                                      "/\\x",
                                      "   ",
                                      "http://evil.com",
                                      "///evil.com",
                                      "//evil.com",
                                      "/\\/evil.com",
                                      "\\\\evil.com",
                                      "http:///evil.com",
                                      "http:\\\\evil.com",
                                      "javascript:alert(1)",
                                      "\njavascript:alert(1)",
                                      "\x08//evil.com",
                                      "http://[fe80::1",
                                      "ftp://testserver/",
                                      "http://testserver\\@evil.com",
                                      "http://a:b@testserver/",
                                      "\t//evil.com",
                                      "http:/\t/evil.com",
                                      "http:////evil.com",
                                      "\u2028//evil.com"};
    for (size_t i = 0; i < CV_COUNT_OF(bad); i++)
        ck_assert_msg(!cv_url_is_allowed(cv_slice(bad[i]), hosts, false), "%s", bad[i]);
    ck_assert(cv_url_is_allowed(CV_SLICE("http://testserver/"), hosts, false));
    ck_assert(!cv_url_is_allowed(CV_SLICE("http://testserver/"), hosts, true));
    ck_assert(!cv_url_is_allowed(CV_SLICE("//testserver/"), hosts, true));
    for (size_t i = 0; i < CV_COUNT_OF(good); i++)
        if (strcmp(good[i], "http:testserver/x") != 0)
            ck_assert_msg(cv_url_is_allowed(cv_slice(good[i]), hosts, false), "%s", good[i]);
    ck_assert(!cv_url_is_allowed(CV_SLICE("http:testserver/x"), hosts, false));
    ck_assert(cv_url_is_allowed(CV_SLICE("/a"), NULL, false) && !cv_url_is_allowed(CV_SLICE("//a"), NULL, false));
    char *longest = cv_arena_alloc(cv_arena(), CV_URL_MAX + 2);
    memset(longest, 'a', CV_URL_MAX + 1);
    ck_assert(!cv_url_is_allowed(cv_slice_of(longest, CV_URL_MAX + 1), hosts, false));
    ck_assert(cv_url_is_allowed(cv_slice_of(longest, CV_URL_MAX), hosts, false));
}
END_TEST

START_TEST(hosts_match_patterns)
{
    ck_assert(cv_url_is_same_domain(CV_SLICE("example.com"), CV_SLICE("Example.com")));
    ck_assert(cv_url_is_same_domain(CV_SLICE("a.example.com"), CV_SLICE(".example.com")));
    ck_assert(cv_url_is_same_domain(CV_SLICE("example.com"), CV_SLICE(".example.com")));
    ck_assert(!cv_url_is_same_domain(CV_SLICE("badexample.com"), CV_SLICE(".example.com")));
    ck_assert(!cv_url_is_same_domain(CV_SLICE("example.com"), CV_SLICE("")));
    ck_assert(!cv_url_is_same_domain(CV_SLICE("a.example.com"), CV_SLICE("example.com")));
}
END_TEST

static CvSlice escape_slashes(CvArena *arena, CvSlice url)
{
    return cv_url_escape_leading_slashes(arena, url);
}

START_TEST(iris_and_paths)
{
    static const Case slashes[] = {{"//evil.com", "/%2Fevil.com"}, {"/x//y", "/x//y"}, {"", ""}};
    CHECK_CASES(iris, cv_iri_to_uri);
    CHECK_CASES(uris, cv_uri_to_iri);
    CHECK_CASES(paths, cv_url_escape_path);
    CHECK_CASES(slashes, escape_slashes);
    ck_assert(cv_slice_is(cv_url_of_file(cv_arena(), CV_SLICE("upload\\чубака.txt")),
                          "upload/%D1%87%D1%83%D0%B1%D0%B0%D0%BA%D0%B0.txt"));
}
END_TEST

START_TEST(numbers_in_base_36)
{
    CvBuffer out = cv_buffer(cv_arena());
    uint64_t number;
    cv_base36_append(&out, UINT64_MAX);
    ck_assert(cv_slice_is(buffer_text(&out), "3w5e11264sgsf"));
    ck_assert(cv_base36_parse(CV_SLICE("3W5e11264sgsf"), &number) && number == UINT64_MAX);
    ck_assert(cv_base36_parse(CV_SLICE("0"), &number) && number == 0);
    static const char *const bad[] = {"", "3w5e11264sgsg", "11111111111111", "-1", "a b", "é"};
    for (size_t i = 0; i < CV_COUNT_OF(bad); i++)
        ck_assert_msg(!cv_base36_parse(cv_slice(bad[i]), &number), "%s", bad[i]);
}
END_TEST

UNIT_TESTS("text/url", quoting_and_back, query_strings, urls_fall_into_their_parts, urls_are_seen_from_others,
           redirect_targets_stay_with_us, hosts_match_patterns, iris_and_paths, numbers_in_base_36)
