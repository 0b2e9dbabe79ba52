/* test_response.c: making responses, their headers and cookies, and their bytes. */
#include "unit.h"

#include "base/self.h"
#include "crypto/signing.h"
#include "http/request.h"
#include "http/response.h"

static CvArena *arena;

/* The whole head as it is sent. */
static const char *head_of(const CvResponse *response, CvWire wire, CvFraming framing)
{
    CvBuffer out = cv_buffer(arena);

    ck_assert_int_eq(cv_response_write_head(&out, response, &wire), framing);
    return cv_buffer_string(&out);
}

static const CvWire plain = {.minor = 1};

static void setup(void)
{
    arena = cv_arena_create(0);
}

START_TEST(writes_bytes)
{
    setup();
    CvResponse *response = cv_response_html(arena, CV_SLICE("hello"));
    ck_assert_str_eq(head_of(response, plain, CV_FRAMING_LENGTH),
                     "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: 5\r\n\r\n");
    response = cv_response_text(arena, "%d", 7);
    ck_assert_str_eq(
        head_of(
            response,
            (CvWire){.minor = 1, .close = true, .date = CV_SLICE("Date: x\r\n"), .server = CV_SLICE("Server: y\r\n")},
            CV_FRAMING_LENGTH),
        "HTTP/1.1 200 OK\r\nContent-Type: text/plain; charset=utf-8\r\nDate: x\r\nServer: y\r\n"
        "Content-Length: 1\r\nConnection: close\r\n\r\n");
    cv_arena_destroy(arena);
}
END_TEST

static bool no_piece(void *state, CvSlice *piece)
{
    (void)state;
    (void)piece;
    return false;
}

START_TEST(frames_streams)
{
    setup();
    CvResponse *response = cv_response_stream(arena, "a/b", no_piece, NULL);
    ck_assert_str_eq(head_of(response, plain, CV_FRAMING_CHUNKED),
                     "HTTP/1.1 200 OK\r\nContent-Type: a/b\r\nTransfer-Encoding: chunked\r\n\r\n");
    ck_assert_str_eq(head_of(response, (CvWire){.minor = 0, .keep_alive_named = true}, CV_FRAMING_CLOSE),
                     "HTTP/1.1 200 OK\r\nContent-Type: a/b\r\nConnection: close\r\n\r\n");
    ck_assert_str_eq(head_of(response, (CvWire){.minor = 1, .head = true}, CV_FRAMING_LENGTH),
                     "HTTP/1.1 200 OK\r\nContent-Type: a/b\r\n\r\n");
    cv_response_set_header(response, "Content-Length", "12");
    cv_response_set_header(response, "Transfer-Encoding", "gzip");
    cv_response_set_header(response, "Connection", "upgrade");
    ck_assert_str_eq(head_of(response, plain, CV_FRAMING_LENGTH),
                     "HTTP/1.1 200 OK\r\nContent-Type: a/b\r\nContent-Length: 12\r\n\r\n");
    cv_arena_destroy(arena);
}
END_TEST

START_TEST(leaves_bodies_out)
{
    setup();
    CvResponse *empty = cv_response_create(arena, 204, "a/b", CV_SLICE("ignored"));
    ck_assert_str_eq(head_of(empty, plain, CV_FRAMING_LENGTH), "HTTP/1.1 204 No Content\r\nContent-Type: a/b\r\n\r\n");
    ck_assert(!cv_response_has_body(empty, &plain));
    ck_assert_str_eq(head_of(cv_response_not_modified(arena), plain, CV_FRAMING_LENGTH),
                     "HTTP/1.1 304 Not Modified\r\n\r\n");
    CvResponse *page = cv_response_create(arena, 205, "a/b", CV_SLICE(""));
    ck_assert(cv_response_has_body(page, &plain));
    ck_assert(!cv_response_has_body(page, &(CvWire){.head = true}));
    ck_assert_ptr_nonnull(strstr(head_of(page, plain, CV_FRAMING_LENGTH), "Content-Length: 0\r\n"));
    cv_response_set_header(page, "Content-Length", "99");
    ck_assert_ptr_nonnull(strstr(head_of(page, (CvWire){.head = true}, CV_FRAMING_LENGTH), "Content-Length: 99\r\n"));
    cv_arena_destroy(arena);
}
END_TEST

START_TEST(writes_odd_statuses)
{
    setup();
    CvError error;
    CvResponse *response = cv_response_create(arena, 299, "a/b", CV_SLICE(""));
    ck_assert_int_eq(strncmp(head_of(response, plain, CV_FRAMING_LENGTH), "HTTP/1.1 299 Unknown Status Code\r\n", 34),
                     0);
    ck_assert(cv_response_set_reason(response, "Fine", &error));
    ck_assert_int_eq(strncmp(head_of(response, plain, CV_FRAMING_LENGTH), "HTTP/1.1 299 Fine\r\n", 19), 0);
    ck_assert(!cv_response_set_reason(response, "a\r\nb", &error));
    ck_assert_int_eq(error.kind, CV_ERROR_BAD_HEADER);
    ck_assert(!cv_response_set_reason(response, "a\xc2\x85", &error) &&
              !cv_response_set_reason(response, "\t", &error));
    cv_arena_destroy(arena);
}
END_TEST

static void make_with_status(void *status)
{
    cv_response_create(arena, *(int *)status, NULL, CV_SLICE(""));
}

START_TEST(has_statuses_that_clients_know)
{
    static int good[] = {100, 599}, bad[] = {0, -200, 99, 600, 1000};
    CvError *error;

    setup();
    for (size_t i = 0; i < CV_COUNT_OF(good); i++)
        ck_assert(cv_try(make_with_status, &good[i], &error));
    for (size_t i = 0; i < CV_COUNT_OF(bad); i++) {
        ck_assert(!cv_try(make_with_status, &bad[i], &error));
        ck_assert_str_eq(error->message, "HTTP status code must be an integer from 100 to 599.");
    }
    cv_arena_destroy(arena);
}
END_TEST

static const char *charset_of(const char *content_type)
{
    return cv_response_charset(cv_response_create(arena, 200, content_type, CV_SLICE("")));
}

START_TEST(finds_its_charset)
{
    setup();
    ck_assert_str_eq(charset_of(NULL), "utf-8");
    ck_assert_str_eq(charset_of("text/plain"), "utf-8");
    ck_assert_str_eq(charset_of("charset=latin-1"), "utf-8");
    ck_assert_str_eq(charset_of("text/plain; charset="), "utf-8");
    ck_assert_str_eq(charset_of("text/plain;CHARSET=latin-1 x; y"), "latin-1");
    ck_assert_str_eq(charset_of("a/b; x=y;\tcharset=\"big5\";z"), "big5");
    cv_arena_destroy(arena);
}
END_TEST

START_TEST(keeps_headers_clean)
{
    static const char *const bad_names[] = {"", "a b", "a:", "a\n", "\xc3\xa9"};
    static const char *const bad_values[] = {"a\nb", "a\rb", "a\r\nX: y", "\n"};
    CvError error;

    setup();
    CvResponse *response = cv_response_html(arena, CV_SLICE(""));
    for (size_t i = 0; i < CV_COUNT_OF(bad_names); i++) {
        ck_assert(!cv_response_try_set_header(response, bad_names[i], "v", &error));
        ck_assert_int_eq(error.kind, CV_ERROR_BAD_HEADER);
    }
    for (size_t i = 0; i < CV_COUNT_OF(bad_values); i++)
        ck_assert(!cv_response_try_set_header(response, "X", bad_values[i], &error));
    ck_assert(!cv_headers_set_slice(&response->headers, arena, CV_SLICE("X"), CV_SLICE("a\0b"), false, &error));
    ck_assert(!cv_response_has_header(response, "X"));
    cv_response_set_header(response, "X-A", "1");
    cv_response_set_header(response, "x-a", "2");
    cv_response_set_header_default(response, "X-A", "3");
    ck_assert_str_eq(cv_response_header(response, "X-a"), "2");
    ck_assert_uint_eq(response->headers.count, 2);
    ck_assert(cv_response_remove_header(response, "CONTENT-TYPE") &&
              !cv_response_remove_header(response, "Content-Type"));
    ck_assert_uint_eq(response->headers.count, 1);
    cv_arena_destroy(arena);
}
END_TEST

START_TEST(sends_latin1_and_encoded_words)
{
    setup();
    CvResponse *response = cv_response_not_modified(arena);
    cv_response_set_header(response, "A", "caf\xc3\xa9");
    cv_response_set_header(response, "B", "\xe4\xbd\xa0");
    cv_response_set_header(response, "C", "price in \xe2\x82\xac");
    ck_assert_str_eq(cv_response_header(response, "A"), "caf\xc3\xa9");
    ck_assert_str_eq(head_of(response, plain, CV_FRAMING_LENGTH),
                     "HTTP/1.1 304 Not Modified\r\nA: caf\xe9\r\nB: =?utf-8?b?5L2g?=\r\n"
                     "C: =?utf-8?b?cHJpY2UgaW4g4oKs?=\r\n\r\n");
    cv_arena_destroy(arena);
}
END_TEST

START_TEST(sets_and_deletes_cookies)
{
    CvError error;

    setup();
    cv_clock_freeze((CvDateTime){1700000000 * CV_SECOND, cv_zone_utc});
    CvResponse *response = cv_response_not_modified(arena);
    cv_response_set_cookie(response, "a", "1", NULL);
    cv_response_set_cookie(response, "b", "x y",
                           &(CvCookieOptions){.max_age = 60, .httponly = true, .samesite = "Lax"});
    cv_response_set_cookie(response, "a", "2", &(CvCookieOptions){.secure = true, .path = ""});
    cv_response_delete_cookie(response, "__Host-c", NULL);
    ck_assert_str_eq(head_of(response, plain, CV_FRAMING_LENGTH),
                     "HTTP/1.1 304 Not Modified\r\nSet-Cookie: a=2; Secure\r\n"
                     "Set-Cookie: b=\"x y\"; expires=Tue, 14 Nov 2023 22:14:20 GMT; HttpOnly; Max-Age=60; Path=/; "
                     "SameSite=Lax\r\nSet-Cookie: __Host-c=\"\"; expires=Thu, 01 Jan 1970 00:00:00 GMT; Max-Age=0; "
                     "Path=/; Secure\r\n\r\n");
    const char *header; /* an end that no calendar has is not told */
    ck_assert(cv_cookie_format(arena, CV_SLICE("a"), CV_SLICE("1"), &(CvCookieOptions){.max_age = INT64_MAX}, &header,
                               &error));
    ck_assert_str_eq(header, "a=1; Max-Age=9223372036854775807; Path=/");
    ck_assert(!cv_response_try_set_cookie(response, "path", "x", NULL, &error));
    ck_assert(!cv_response_try_set_cookie(response, "a b", "x", NULL, &error));
    ck_assert(!cv_response_try_set_cookie(response, "a", "x\r\ny", NULL, &error));
    ck_assert(!cv_response_try_set_cookie(response, "a", "x", &(CvCookieOptions){.samesite = "Maybe"}, &error));
    ck_assert(!cv_response_try_set_cookie(response, "a", "x", &(CvCookieOptions){.domain = "a\nb"}, &error));
    ck_assert(!cv_response_try_set_cookie(response, "a", "x", &(CvCookieOptions){.path = "/\r"}, &error));
    ck_assert_uint_eq(response->cookies.count, 3);
    cv_arena_destroy(arena);
}
END_TEST

START_TEST(signs_cookies)
{
    static const CvHttpSettings settings = {.secret_key = "key"}, others = {.secret_key = "other"};
    CvError error;

    setup();
    CvResponse *response = cv_response_not_modified(arena);
    cv_response_set_signed_cookie(response, "s", "value", "salt", "key", NULL);
    const char *value = cv_response_cookie(response, "s")->value;
    const char *headers[] = {"Cookie", cv_arena_printf(arena, "s=%s; t=%s", value, value), NULL};
    CvRequest *request = cv_request_make(arena, "GET", "/", headers, CV_SLICE(""), &settings);
    ck_assert_str_eq(cv_request_load_signed_cookie(request, "s", "salt", CV_ANY_AGE, &error), "value");
    ck_assert_ptr_null(cv_request_load_signed_cookie(request, "s", "pepper", CV_ANY_AGE, &error));
    ck_assert_int_eq(error.kind, CV_ERROR_BAD_SIGNATURE);
    ck_assert_ptr_null(cv_request_load_signed_cookie(request, "t", "salt", CV_ANY_AGE, &error));
    ck_assert_ptr_null(cv_request_load_signed_cookie(request, "u", "salt", CV_ANY_AGE, &error));
    ck_assert_int_eq(error.kind, CV_ERROR_KEY);
    request = cv_request_make(arena, "GET", "/", headers, CV_SLICE(""), &others);
    ck_assert_ptr_null(cv_request_load_signed_cookie(request, "s", "salt", CV_ANY_AGE, &error));
    cv_arena_destroy(arena);
}
END_TEST

START_TEST(redirects_safely)
{
    CvError error;

    setup();
    CvResponse *response = cv_response_redirect(arena, "/caf\xc3\xa9?a b", false, false, &error);
    ck_assert_int_eq(response->status, 302);
    ck_assert_str_eq(cv_response_header(response, "Location"), "/caf%C3%A9?a%20b");
    ck_assert_int_eq(cv_response_redirect(arena, "https://a.example", true, false, &error)->status, 301);
    ck_assert_int_eq(cv_response_redirect(arena, "x", false, true, &error)->status, 307);
    ck_assert_int_eq(cv_response_redirect(arena, "x", true, true, &error)->status, 308);
    ck_assert_ptr_null(cv_response_redirect(arena, "javascript:alert(1)", false, false, &error));
    ck_assert_int_eq(error.kind, CV_ERROR_DISALLOWED_REDIRECT);
    char *text = memset(cv_arena_alloc(arena, 16386), 'a', 16385);
    text[0] = '/';
    ck_assert_ptr_null(cv_response_redirect(arena, text, false, false, &error));
    text[16384] = 0;
    ck_assert_ptr_nonnull(cv_response_redirect(arena, text, false, false, &error));
    cv_arena_destroy(arena);
}
END_TEST

START_TEST(answers_json_files_and_405)
{
    setup();
    CvResponse *json = cv_response_json(arena, cv_value_list(cv_list(arena, 1, "a")));
    ck_assert(cv_slice_is(json->body, "[1, \"a\"]"));
    ck_assert_str_eq(cv_response_header(json, "Content-Type"), "application/json");
    CvResponse *file = cv_response_file(arena, 3, 10, "r\xc3\xa9sum\xc3\xa9.pdf", true);
    ck_assert_str_eq(head_of(file, plain, CV_FRAMING_LENGTH),
                     "HTTP/1.1 200 OK\r\nContent-Type: application/pdf\r\nContent-Disposition: attachment; "
                     "filename*=utf-8''r%C3%A9sum%C3%A9.pdf\r\nContent-Length: 10\r\n\r\n");
    CvResponse *path = cv_response_file(arena, 3, 10, "/srv/media/a.png", false);
    ck_assert_str_eq(cv_response_header(path, "Content-Disposition"), "inline; filename=\"a.png\"");
    ck_assert_ptr_null(cv_response_header(cv_response_file(arena, 3, 10, "a/", false), "Content-Disposition"));
    CvResponse *refused = cv_response_not_allowed(arena, (const char *const[]){"GET", "HEAD", NULL});
    ck_assert_int_eq(refused->status, 405);
    ck_assert_str_eq(cv_response_header(refused, "Allow"), "GET, HEAD");
    cv_arena_destroy(arena);
}
END_TEST

START_TEST(writes_chunk_heads)
{
    char out[CV_CHUNK_HEAD];

    ck_assert_uint_eq(cv_wire_chunk(out, 0x1a2b), 6);
    ck_assert_int_eq(memcmp(out, "1a2b\r\n", 6), 0);
    ck_assert_uint_eq(cv_wire_chunk(out, 0), 3);
    ck_assert_uint_eq(cv_wire_chunk(out, UINT64_MAX), 18);
}
END_TEST

UNIT_TESTS("http/response", writes_bytes, frames_streams, leaves_bodies_out, writes_odd_statuses,
           has_statuses_that_clients_know, finds_its_charset, keeps_headers_clean, sends_latin1_and_encoded_words,
           sets_and_deletes_cookies, signs_cookies, redirects_safely, answers_json_files_and_405, writes_chunk_heads)
