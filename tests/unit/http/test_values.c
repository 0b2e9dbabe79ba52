/* test_values.c: header values: media types, languages, cookies, dates, charsets, caching, conditions, ranges. */
#include "unit.h"

#include "http/http.h"

static CvArena *arena;

START_TEST(takes_parameters_apart)
{
    CvMediaParams params;
    CvError error;

    arena = cv_arena_create(0);
    ck_assert(cv_media_params(arena, CV_SLICE("Text/HTML; Charset=\"a\\\"b;c\"; x; charset2=; n*=utf-8''%e2%82%ac"),
                              &params, &error));
    ck_assert(cv_slice_is(params.value, "text/html"));
    ck_assert(cv_slice_is(cv_media_param(&params, "charset"), "a\"b;c"));
    ck_assert(cv_slice_is(cv_media_param(&params, "n"), "\xe2\x82\xac"));
    ck_assert(cv_media_param(&params, "charset2").data && cv_media_param(&params, "charset2").length == 0);
    ck_assert_ptr_null(cv_media_param(&params, "x").data);
    char *text = memset(cv_arena_alloc(arena, 10002), 'a', 10001);
    ck_assert(cv_media_params(arena, cv_slice_of(text, 10000), &params, &error));
    ck_assert(!cv_media_params(arena, cv_slice_of(text, 10001), &params, &error));
    ck_assert(!cv_media_params(arena, CV_SLICE("a; b*=none-such''%41"), &params, NULL));
}
END_TEST

START_TEST(negotiates)
{
    static const char *const offers[] = {"application/json", "text/html", NULL};

    arena = cv_arena_create(0);
    ck_assert_str_eq(cv_accept_prefers(arena, CV_SLICE("text/html, */*;q=0.1"), offers), "text/html");
    ck_assert_str_eq(cv_accept_prefers(arena, CV_SLICE("*/*"), offers), "application/json");
    ck_assert_str_eq(cv_accept_prefers(arena, CV_SLICE("text/*;q=0.5, application/json;q=0.4"), offers), "text/html");
    ck_assert_ptr_null(cv_accept_prefers(arena, CV_SLICE("image/png"), offers));
    ck_assert_ptr_null(cv_accept_prefers(arena, CV_SLICE("text/html;q=0"), offers));
    ck_assert(cv_accept_takes(arena, CV_SLICE("text/html"), "text/html; charset=utf-8"));
    ck_assert(!cv_accept_takes(arena, CV_SLICE("text/html;level=1"), "text/html"));
    CvAcceptedLanguages languages = cv_accepted_languages(arena, CV_SLICE("de-AT, en;q=0.8, *;q=0.1, fr;q=0.9"));
    ck_assert_uint_eq(languages.count, 4);
    ck_assert_str_eq(languages.items[0].language, "de-at");
    ck_assert_str_eq(languages.items[1].language, "fr");
    ck_assert_str_eq(languages.items[3].language, "*");
    ck_assert_uint_eq(cv_accepted_languages(arena, CV_SLICE("en;q=2")).count, 0);
    ck_assert_uint_eq(cv_accepted_languages(arena, CV_SLICE("en, ,de")).count, 0);
    ck_assert_uint_eq(cv_accepted_languages(arena, CV_SLICE("en,\x1f de ,\xc2\xa0"
                                                            "fr"))
                          .count,
                      3);
}
END_TEST

static double quality(const char *accept)
{
    return cv_accepted_types(arena, cv_slice(accept)).items[0].quality;
}

START_TEST(weighs_types)
{
    arena = cv_arena_create(0);
    ck_assert(quality("a/b") == 1 && quality("a/b;q=0.25") == 0.25 && quality("a/b; q= 5e-1 ") == 0.5);
    ck_assert(quality("a/b;q=0.0045") == 0.004 && quality("a/b;q=0.0055") == 0.005 && quality("a/b;q=0.1239") == 0.124);
    ck_assert(quality("a/b;q=1.1") == 1 && quality("a/b;q=-1") == 1 && quality("a/b;q=0x1") == 1 &&
              quality("a/b;q=") == 1);
}
END_TEST

START_TEST(names_types_of_files)
{
    const char *encoding;

    arena = cv_arena_create(0);
    ck_assert_str_eq(cv_media_type_of_file("/a.b/logo.SVG", &encoding), "image/svg+xml");
    ck_assert_ptr_null(encoding);
    ck_assert_str_eq(cv_media_type_of_file("a.tar.gz", &encoding), "application/x-tar");
    ck_assert_str_eq(encoding, "gzip");
    ck_assert_str_eq(cv_media_type_of_file("a.tgz", &encoding), "application/x-tar");
    ck_assert_ptr_null(cv_media_type_of_file("a.gz", &encoding));
    ck_assert_str_eq(encoding, "gzip");
    ck_assert_ptr_null(cv_media_type_of_file(".css", NULL));
    ck_assert_ptr_null(cv_media_type_of_file("css", NULL));
    ck_assert_ptr_null(cv_media_type_of_file("a.nonesuchextension", NULL));
    ck_assert_str_eq(cv_content_disposition(arena, false, CV_SLICE("a\"b.txt")), "inline; filename=\"a\\\"b.txt\"");
    ck_assert_str_eq(cv_content_disposition(arena, true, CV_SLICE("a\nb")), "attachment; filename*=utf-8''a%0Ab");
    ck_assert_ptr_null(cv_content_disposition(arena, false, CV_SLICE("")));
}
END_TEST

START_TEST(reads_cookies)
{
    static const char *const expected[] = {"a", "b", "", "c", "d", "x=y", "e", "\"", "f", "\xc3\xa9\\"};
    CvSlice rest = CV_SLICE(" a = b ;; =; c ;d=\"x=y\"; e=\"; f=\"\\351\\\\\""), name, value;
    size_t at = 0;

    arena = cv_arena_create(0);
    while (cv_cookie_next(arena, &rest, &name, &value)) {
        ck_assert_uint_lt(at, CV_COUNT_OF(expected));
        ck_assert_msg(cv_slice_is(name, expected[at]), "name %zu: %.*s", at, CV_SLICE_ARG(name));
        ck_assert_msg(cv_slice_is(value, expected[at + 1]), "value %zu: %.*s", at, CV_SLICE_ARG(value));
        at += 2;
    }
    ck_assert_uint_eq(at, CV_COUNT_OF(expected));
}
END_TEST

START_TEST(writes_dates)
{
    char text[CV_HTTP_DATE_SIZE];

    ck_assert_uint_eq(cv_http_date(0, text), 29);
    ck_assert_str_eq(text, "Thu, 01 Jan 1970 00:00:00 GMT");
    cv_http_date(-1, text);
    ck_assert_str_eq(text, "Wed, 31 Dec 1969 23:59:59 GMT");
    cv_http_date(253402300799, text);
    ck_assert_str_eq(text, "Fri, 31 Dec 9999 23:59:59 GMT");
    ck_assert_uint_eq(cv_http_date(253402300800, text), 0);
    ck_assert_str_eq(text, "");
    ck_assert_uint_eq(cv_http_date(INT64_MIN, text), 0);
    ck_assert_uint_eq(cv_http_date(INT64_MAX, text), 0);
}
END_TEST

START_TEST(converts_charsets)
{
    CvSlice out;

    arena = cv_arena_create(0);
    ck_assert(cv_charset_decode(arena, CV_SLICE("ISO-8859-1"), CV_SLICE("a\xe9"), &out) &&
              cv_slice_is(out, "a\xc3\xa9"));
    ck_assert(cv_charset_decode(arena, CV_SLICE("cp1252"), CV_SLICE("\x80\x81"), &out));
    ck_assert(cv_slice_is(out, "\xe2\x82\xac\xef\xbf\xbd"));
    ck_assert(cv_charset_decode(arena, CV_SLICE("ascii"), CV_SLICE("a\xe9"), &out) &&
              cv_slice_is(out, "a\xef\xbf\xbd"));
    ck_assert(cv_charset_decode(arena, CV_SLICE("utf8"), CV_SLICE("\xc3"), &out) && cv_slice_is(out, "\xef\xbf\xbd"));
    ck_assert(cv_charset_encode(arena, CV_SLICE("latin-1"), CV_SLICE("\xc3\xa9"), &out) && cv_slice_is(out, "\xe9"));
    ck_assert(!cv_charset_encode(arena, CV_SLICE("latin-1"), CV_SLICE("\xe2\x82\xac"), &out));
    ck_assert(cv_charset_encode(arena, CV_SLICE("windows-1252"), CV_SLICE("\xe2\x82\xac"), &out) &&
              cv_slice_is(out, "\x80"));
    ck_assert(!cv_charset_is_known(CV_SLICE("none-such")) && !cv_charset_is_known(CV_SLICE("")));
    ck_assert(!cv_charset_is_known(CV_SLICE("ascii//TRANSLIT")));
    ck_assert(!cv_charset_is_known(CV_SLICE("utf\xc3\xa9-8")));
    ck_assert(cv_charset_encode(arena, CV_SLICE("utf-16"), CV_SLICE(""), &out) && cv_slice_is(out, "\xff\xfe"));
    ck_assert(cv_charset_encode(arena, CV_SLICE("big5"), CV_SLICE(""), &out) && out.length == 0);
}
END_TEST

/* Encodings with a state: what a converter holds back, or has to close, at the end of a text. */
START_TEST(charsets_end)
{
    static const struct {
        const char *charset, *bytes, *text;
    } rows[] = {
        {"windows-1255", "\xf9\xec\xe5\xf9", "שלוש"}, {"windows-1255", "\xf9", "ש"}, {"windows-1258", "Vi\xea", "Viê"},
        {"iso-2022-jp", "\x1b$BF|K\\\x1b(B", "日本"}, {"utf-7", "+ZeVnLA-", "日本"}, {"euc-jp", "\xc6\xfc", "日"}};
    CvSlice out;

    arena = cv_arena_create(0);
    for (size_t i = 0; i < CV_COUNT_OF(rows); i++) {
        ck_assert(cv_charset_decode(arena, cv_slice(rows[i].charset), cv_slice(rows[i].bytes), &out));
        ck_assert_msg(cv_slice_is(out, rows[i].text), "%s: %.*s", rows[i].charset, CV_SLICE_ARG(out));
        ck_assert(cv_charset_encode(arena, cv_slice(rows[i].charset), cv_slice(rows[i].text), &out));
        ck_assert_msg(cv_slice_is(out, rows[i].bytes), "%s: %.*s", rows[i].charset, CV_SLICE_ARG(out));
    }
}
END_TEST

START_TEST(patches_caching_headers)
{
    arena = cv_arena_create(0);
    CvResponse *response = cv_response_not_modified(arena);
    int64_t age;

    cv_patch_vary(response, "Cookie");
    cv_patch_vary(response, "cookie, Accept");
    ck_assert_str_eq(cv_response_header(response, "Vary"), "Cookie, Accept");
    ck_assert(cv_has_vary(response, "ACCEPT") && !cv_has_vary(response, "Accept-Language"));
    cv_patch_vary(response, "*");
    ck_assert_str_eq(cv_response_header(response, "Vary"), "*");
    ck_assert(!cv_response_max_age(response, &age));
    cv_patch_cache_control(response, "private, max-age=100");
    cv_patch_cache_control(response, "public, max_age=200, no_transform");
    ck_assert_str_eq(cv_response_header(response, "Cache-Control"), "max-age=100, public, no-transform");
    cv_patch_cache_control(response, "max-age=50");
    ck_assert(cv_response_max_age(response, &age) && age == 50);
    cv_never_cache(response);
    ck_assert_str_eq(cv_response_header(response, "Cache-Control"),
                     "max-age=0, no-transform, no-cache, no-store, must-revalidate, private");
}
END_TEST

static CvCondition ask(const char *method, const char *header, const char *value, const char *etag, int64_t modified)
{
    const char *headers[] = {header, value, NULL};

    return cv_condition_check(cv_request_make(arena, method, "/", headers, CV_SLICE(""), NULL), etag, modified);
}

START_TEST(evaluates_conditions)
{
    arena = cv_arena_create(0);
    ck_assert_int_eq(ask("GET", "If-None-Match", "\"a\", W/\"b\"", "\"b\"", 0), CV_CONDITION_NOT_MODIFIED);
    ck_assert_int_eq(ask("POST", "If-None-Match", "\"b\"", "\"b\"", 0), CV_CONDITION_FAILED);
    ck_assert_int_eq(ask("GET", "If-None-Match", "\"c\"", "\"b\"", 0), CV_CONDITION_MET);
    ck_assert_int_eq(ask("GET", "If-None-Match", "*", "\"b\"", 0), CV_CONDITION_NOT_MODIFIED);
    ck_assert_int_eq(ask("PUT", "If-Match", "\"b\"", "\"b\"", 0), CV_CONDITION_MET);
    ck_assert_int_eq(ask("PUT", "If-Match", "W/\"b\"", "W/\"b\"", 0), CV_CONDITION_FAILED);
    ck_assert_int_eq(ask("PUT", "If-Match", "*", NULL, 0), CV_CONDITION_FAILED);
    ck_assert_int_eq(ask("GET", "If-Modified-Since", "Thu, 01 Jan 1970 00:01:40 GMT", NULL, 100),
                     CV_CONDITION_NOT_MODIFIED);
    ck_assert_int_eq(ask("GET", "If-Modified-Since", "Thu, 01 Jan 1970 00:01:39 GMT", NULL, 100), CV_CONDITION_MET);
    ck_assert_int_eq(ask("PUT", "If-Unmodified-Since", "Thu, 01 Jan 1970 00:01:39 GMT", NULL, 100),
                     CV_CONDITION_FAILED);
    ck_assert_int_eq(ask("GET", "If-Modified-Since", "junk", NULL, 100), CV_CONDITION_MET);
    const char *headers[] = {"If-None-Match", "\"5d41402abc4b2a76b9719d911017c592\"", NULL};
    CvRequest *request = cv_request_make(arena, "GET", "/", headers, CV_SLICE(""), NULL);
    CvResponse *response = cv_response_html(arena, CV_SLICE("hello"));
    cv_response_set_etag(response);
    cv_response_set_cookie(response, "a", "1", NULL);
    response = cv_conditional_response(request, response);
    ck_assert_int_eq(response->status, 304);
    ck_assert(response->body.length == 0 && response->cookies.count == 1);
    ck_assert_str_eq(cv_response_header(response, "ETag"), headers[1]);
    ck_assert_ptr_null(cv_response_header(response, "Content-Type"));
}
END_TEST

START_TEST(reads_ranges)
{
    static const struct {
        const char *text;
        CvRangeResult result;
        uint64_t first, length;
    } rows[] = {
        {"bytes=0-9", CV_RANGE_ONE, 0, 10},
        {"bytes=90-", CV_RANGE_ONE, 90, 10},
        {"bytes=90-200", CV_RANGE_ONE, 90, 10},
        {"bytes=-10", CV_RANGE_ONE, 90, 10},
        {"bytes=-200", CV_RANGE_ONE, 0, 100},
        {"Bytes=99-99", CV_RANGE_ONE, 99, 1},
        {"bytes=100-", CV_RANGE_UNSATISFIABLE, 0, 0},
        {"bytes=-0", CV_RANGE_UNSATISFIABLE, 0, 0},
        {"bytes=9-1", CV_RANGE_ALL, 0, 0},
        {"bytes=0-1,3-4", CV_RANGE_ALL, 0, 0},
        {"bytes=-", CV_RANGE_ALL, 0, 0},
        {"bytes=+1-2", CV_RANGE_ALL, 0, 0},
        {"lines=0-9", CV_RANGE_ALL, 0, 0},
        {"", CV_RANGE_ALL, 0, 0},
        {"bytes=99999999999999999999-", CV_RANGE_ALL, 0, 0},
    };

    for (size_t i = 0; i < CV_COUNT_OF(rows); i++) {
        uint64_t first = 0, length = 0;
        ck_assert_msg(cv_range_parse(cv_slice(rows[i].text), 100, &first, &length) == rows[i].result, "%s",
                      rows[i].text);
        ck_assert_uint_eq(first, rows[i].first);
        ck_assert_uint_eq(length, rows[i].length);
    }
    uint64_t first, length;
    ck_assert_int_eq(cv_range_parse(CV_SLICE("bytes=0-"), 0, &first, &length), CV_RANGE_UNSATISFIABLE);
}
END_TEST

UNIT_TESTS("http/values", takes_parameters_apart, negotiates, weighs_types, names_types_of_files, reads_cookies,
           writes_dates, converts_charsets, charsets_end, patches_caching_headers, evaluates_conditions, reads_ranges)
