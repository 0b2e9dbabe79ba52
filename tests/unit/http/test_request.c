/* test_request.c: a request made from a head: path, headers, host, URIs, cookies, forms, limits. */
#include "unit.h"

#include "base/self.h"
#include "http/request.h"

static CvArena *arena;

static CvRequest *get(const char *target, const char *header, const char *value, const CvHttpSettings *settings)
{
    static const char *const all[] = {"*", NULL};
    static const CvHttpSettings open = {.allowed_hosts = all};
    const char *headers[] = {header, value, NULL};

    if (!arena)
        arena = cv_arena_create(0);
    return cv_request_make(arena, "GET", target, headers, CV_SLICE(""), settings ? settings : &open);
}

static CvRequest *post(const char *type, CvSlice body, const CvHttpSettings *settings)
{
    const char *headers[] = {"Content-Type", type, NULL};

    if (!arena)
        arena = cv_arena_create(0);
    return cv_request_make(arena, "POST", "/", headers, body, settings);
}

START_TEST(decodes_paths)
{
    ck_assert_str_eq(get("/a%20b/caf%C3%A9?x=%20", NULL, NULL, NULL)->path, "/a b/caf\xc3\xa9");
    ck_assert_str_eq(get("/a?x=%20", NULL, NULL, NULL)->query, "x=%20");
    ck_assert_str_eq(get("/%E9/%C3", NULL, NULL, NULL)->path, "/%E9/%C3");
    ck_assert_str_eq(get("/%zz%", NULL, NULL, NULL)->path, "/%zz%");
    ck_assert_ptr_null(get("/a%00b", NULL, NULL, NULL));
    CvHttpSettings prefix = {.force_script_name = "/site/"};
    CvRequest *request = get("/a/", NULL, NULL, &prefix);
    ck_assert_str_eq(request->path, "/site/a/");
    ck_assert_str_eq(request->path_info, "/a/");
}
END_TEST

START_TEST(reads_a_parsed_head)
{
    static const char text[] = "PROPFIND http://b.example/x?y=1 HTTP/1.1\r\nHost: a.example\r\nX-A: 1\r\nx-a: 2\r\n"
                               "Cookie: a=1; b=\"q\\054\"\r\nCookie: a=3\r\nX_A: no\r\n\r\n";
    static CvHead head;
    CvError error;

    arena = cv_arena_create(0);
    cv_head_init(&head, NULL);
    ck_assert_int_eq(cv_head_parse(&head, text, sizeof text - 1), CV_PARSE_DONE);
    CvRequest *request = cv_request_create(arena, &head, NULL, &error);
    ck_assert_str_eq(request->method, "PROPFIND");
    ck_assert_int_eq(request->method_id, CV_METHOD_OTHER);
    ck_assert_str_eq(cv_request_header(request, "X-a"), "1, 2");
    ck_assert_ptr_null(cv_request_header(request, "X-B"));
    ck_assert_str_eq(cv_request_cookie(request, "a"), "3");
    ck_assert_str_eq(cv_request_cookie(request, "b"), "q,");
    ck_assert_ptr_null(cv_request_cookie(request, "c"));
    ck_assert_str_eq(cv_query_param(request, "y"), "1");
    ck_assert_ptr_null(cv_query_param(request, "z"));
    ck_assert_ptr_null(cv_request_load_host(request, &error)); /* no allowed hosts, no debug */
    ck_assert_int_eq(error.kind, CV_ERROR_DISALLOWED_HOST);
    ck_assert_int_eq(request->content_length, -1);
}
END_TEST

START_TEST(checks_the_host)
{
    static const char *const hosts[] = {".example.com", "[::1]", NULL};
    CvHttpSettings settings = {.allowed_hosts = hosts};
    CvError error;

    ck_assert_str_eq(cv_request_load_host(get("/", "Host", "A.Example.com:81", &settings), &error), "A.Example.com:81");
    ck_assert_ptr_nonnull(cv_request_load_host(get("/", "Host", "example.com.", &settings), &error));
    ck_assert_ptr_nonnull(cv_request_load_host(get("/", "Host", "[::1]:80", &settings), &error));
    ck_assert_ptr_null(cv_request_load_host(get("/", "Host", "notexample.com", &settings), &error));
    ck_assert_ptr_null(cv_request_load_host(get("/", "Host", "a.example.com@evil", &settings), &error));
    ck_assert_ptr_null(cv_request_load_host(get("/", "X-Forwarded-Host", "a.example.com", &settings), &error));
    settings.use_x_forwarded_host = true;
    ck_assert_ptr_nonnull(cv_request_load_host(get("/", "X-Forwarded-Host", "a.example.com", &settings), &error));
    CvHttpSettings debug = {.debug = true};
    ck_assert_ptr_nonnull(cv_request_load_host(get("/", "Host", "x.localhost:8000", &debug), &error));
    ck_assert_ptr_null(cv_request_load_host(get("/", "Host", "example.com", &debug), &error));
}
END_TEST

START_TEST(believes_proxies_only_when_told)
{
    CvHttpSettings settings = {.debug = true};
    CvRequest *request = get("/", "X-Forwarded-Proto", "https, http", &settings);

    ck_assert(!cv_request_is_secure(request));
    settings.secure_proxy_header = "X-Forwarded-Proto";
    settings.secure_proxy_value = "https";
    ck_assert(cv_request_is_secure(request));
    request = get("/", "X-Forwarded-Port", "444", &settings);
    request->scheme = "https"; /* the connection's own, without the header */
    ck_assert(cv_request_is_secure(request));
    ck_assert_str_eq(cv_request_port(request), "80");
    settings.use_x_forwarded_port = true;
    ck_assert_str_eq(cv_request_port(request), "444");
}
END_TEST

START_TEST(builds_uris)
{
    CvRequest *request = get("/a/b?q=1", "Host", "h.example", NULL);

    ck_assert_str_eq(cv_request_full_path(request, false), "/a/b?q=1");
    ck_assert_str_eq(cv_request_full_path(request, true), "/a/b/?q=1");
    ck_assert_str_eq(cv_request_build_absolute_uri(request, NULL), "http://h.example/a/b?q=1");
    ck_assert_str_eq(cv_request_build_absolute_uri(request, "c"), "http://h.example/a/c");
    ck_assert_str_eq(cv_request_build_absolute_uri(request, "../../c/./d"), "http://h.example/c/d");
    ck_assert_str_eq(cv_request_build_absolute_uri(request, "?q=\t1\n"), "http://h.example/a/b?q=1");
    request->path = "/a\r\n/b";
    ck_assert_str_eq(cv_request_build_absolute_uri(request, " //o.example/x"), "http://o.example/x");
    request->path = "/a/b";
    ck_assert_str_eq(cv_request_build_absolute_uri(request, "?x"), "http://h.example/a/b?x");
    ck_assert_str_eq(cv_request_build_absolute_uri(request, "//o.example/x"), "http://o.example/x");
    ck_assert_str_eq(cv_request_build_absolute_uri(request, "https://o.example/\xc3\xa9"), "https://o.example/%C3%A9");
}
END_TEST

START_TEST(reads_forms)
{
    CvRequest *request = post("application/x-www-form-urlencoded", CV_SLICE("a=1&b=2"), NULL);
    CvError error;

    ck_assert_str_eq(cv_post_param(request, "b"), "2");
    ck_assert(cv_slice_is(cv_request_body(request), "a=1&b=2"));
    request = post("application/json", CV_SLICE("{}"), NULL);
    ck_assert_uint_eq(cv_querydict_count(cv_request_post(request)), 0);
    ck_assert(cv_slice_is(cv_request_body(request), "{}"));
    request = post("multipart/form-data; boundary=b",
                   CV_SLICE("--b\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n1\r\n--b\r\nContent-Disposition: "
                            "form-data; name=\"f\"; filename=\"x.txt\"\r\n\r\ndata\r\n--b--"),
                   NULL);
    ck_assert_str_eq(cv_post_param(request, "a"), "1");
    ck_assert_str_eq(cv_file_param(request, "f")->name, "x.txt");
    ck_assert(cv_slice_is(cv_file_param(request, "f")->content, "data"));
    ck_assert(!cv_request_load_body(request, &(CvSlice){0}, &error)); /* the stream is used up */
}
END_TEST

START_TEST(empties_forms_that_fail)
{
    CvRequest *request = post("multipart/form-data", CV_SLICE("x"), NULL);
    CvError error;

    ck_assert(!cv_request_load_post(request, &error));
    ck_assert_int_eq(error.kind, CV_ERROR_MULTIPART);
    ck_assert_uint_eq(cv_querydict_count(cv_request_post(request)), 0);
    request = post("application/x-www-form-urlencoded; charset=iso-8859-1", CV_SLICE("a=1"), NULL);
    ck_assert(!cv_request_load_post(request, &error));
    ck_assert_int_eq(error.kind, CV_ERROR_BAD_REQUEST);
}
END_TEST

START_TEST(bounds_the_body)
{
    CvSlice bodies[] = {CV_SLICE("a=123"), CV_SLICE("a=1234"), CV_SLICE("a=12345")};
    CvHttpSettings settings = {.data_upload_max_memory_size = 6};
    CvError error;
    CvSlice body;

    for (size_t i = 0; i < 3; i++) {
        CvRequest *request = post("text/plain", bodies[i], &settings);
        ck_assert_int_eq(cv_request_load_body(request, &body, &error), i < 2);
        request = post("text/plain", bodies[i], &settings);
        request->content_length = -1; /* chunked: it shows only while it is read */
        ck_assert_int_eq(cv_request_load_body(request, &body, &error), i < 2);
        if (i == 2)
            ck_assert_int_eq(error.kind, CV_ERROR_REQUEST_TOO_BIG);
    }
    settings.data_upload_max_memory_size = CV_NO_LIMIT;
    ck_assert(cv_request_load_body(post("text/plain", bodies[2], &settings), &body, &error));
    settings.data_upload_max_memory_size = CV_LIMIT_ZERO;
    ck_assert(!cv_request_load_body(post("text/plain", bodies[0], &settings), &body, &error));
}
END_TEST

static CvErrorKind upload_error(const CvHttpSettings *settings)
{
    CvRequest *request = post("multipart/form-data; boundary=b",
                              CV_SLICE("--b\r\nContent-Disposition: form-data; name=\"f\"; filename=\"a\"\r\n\r\nx\r\n"
                                       "--b--\r\n"),
                              settings);
    CvError error;

    return cv_request_load_post(request, &error) ? CV_ERROR_NONE : error.kind;
}

START_TEST(bounds_of_nothing_let_nothing_in)
{
    CvHttpSettings settings = {.data_upload_max_number_files = CV_NO_LIMIT, .file_upload_max_memory_size = CV_NO_LIMIT};

    ck_assert_int_eq(upload_error(&settings), CV_ERROR_NONE);
    settings.data_upload_max_number_files = CV_LIMIT_ZERO;
    ck_assert_int_eq(upload_error(&settings), CV_ERROR_TOO_MANY_FILES);
    settings.data_upload_max_number_files = 1;
    settings.file_upload_max_memory_size = CV_LIMIT_ZERO; /* and there is no store for it */
    ck_assert_int_eq(upload_error(&settings), CV_ERROR_REQUEST_TOO_BIG);
}
END_TEST

START_TEST(reads_in_pieces)
{
    CvRequest *request = post("text/plain", CV_SLICE("hello"), NULL);
    CvError error;
    char piece[4];
    CvSlice body;

    ck_assert_uint_eq(cv_request_read(request, piece, sizeof piece), 4);
    ck_assert_uint_eq(cv_request_read(request, piece, sizeof piece), 1);
    ck_assert_uint_eq(cv_request_read(request, piece, sizeof piece), 0);
    ck_assert(!cv_request_load_body(request, &body, &error));
    ck_assert_uint_eq(cv_querydict_count(cv_request_post(request)), 0);
    request = post("text/plain", CV_SLICE("hello"), NULL);
    ck_assert_uint_eq(cv_request_body(request).length, 5); /* and then again from the begin */
    ck_assert_uint_eq(cv_request_read(request, piece, sizeof piece), 4);
    ck_assert_uint_eq(cv_request_read(request, piece, sizeof piece), 1);
}
END_TEST

static CvValue read_user(CvRequest *request, CvArena *in)
{
    (void)request;
    (void)in;
    return cv_value_string("ada");
}

START_TEST(shows_itself_to_templates)
{
    CvRequest *request = get("/a/?q=1", "Host", "h", NULL);
    CvValue value;

    ck_assert_int_eq(cv_request_slot("user", read_user), 0);
    ck_assert_int_eq(cv_request_slot("user", read_user), 0);
    ck_assert(cv_request_type.get(request, CV_SLICE("path"), arena, &value) &&
              cv_slice_is(cv_value_as_slice(value), "/a/"));
    ck_assert(cv_request_type.get(request, CV_SLICE("user"), arena, &value) &&
              cv_slice_is(cv_value_as_slice(value), "ada"));
    ck_assert(cv_request_type.get(request, CV_SLICE("GET"), arena, &value));
    ck_assert_ptr_eq(value.object, cv_request_query(request));
    ck_assert(cv_request_type.get(request, CV_SLICE("get_full_path"), arena, &value) &&
              cv_slice_is(cv_value_as_slice(value), "/a/?q=1"));
    ck_assert(!cv_request_type.get(request, CV_SLICE("nope"), arena, &value));
    ck_assert(cv_slice_is(cv_request_type.repr(request, arena), "<WSGIRequest: GET '/a/?q=1'>"));
}
END_TEST

UNIT_TESTS("http/request", decodes_paths, reads_a_parsed_head, checks_the_host, believes_proxies_only_when_told,
           builds_uris, reads_forms, empties_forms_that_fail, bounds_the_body, bounds_of_nothing_let_nothing_in,
           reads_in_pieces, shows_itself_to_templates)
