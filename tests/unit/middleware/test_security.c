/* test_security.c: headers that make browsers careful, the redirect to HTTPS, X-Frame-Options. */
#include "site.h"

static CvResponse *page(CvRequest *request)
{
    CvResponse *response = cv_response_text(request->arena, "page");
    if (cv_query_param(request, "own"))
        cv_response_set_header(response, "X-Frame-Options", "SAMEORIGIN");
    if (cv_query_param(request, "exempt"))
        cv_xframe_exempt(response);
    return response;
}

static CvResponse *open_page(CvRequest *request, const char *what)
{
    return cv_response_text(request->arena, "%s", what);
}

static const CvUrl urls[] = {CV_PATH("", page), CV_PATH("open/<str:what>", open_page), CV_URLS_END};

static void start(CvSettings settings)
{
    settings.urls = urls;
    settings.middleware = CV_MIDDLEWARE(&cv_security_middleware, &cv_xframe_middleware);
    start_site(&settings);
}

START_TEST(careful_headers_are_on_by_default)
{
    start((CvSettings){0});
    CvResponse *response = ask("/");
    ck_assert_int_eq(response->status, 200);
    ck_assert_str_eq(header(response, "X-Content-Type-Options"), "nosniff");
    ck_assert_str_eq(header(response, "Referrer-Policy"), "same-origin");
    ck_assert_str_eq(header(response, "Cross-Origin-Opener-Policy"), "same-origin");
    ck_assert_str_eq(header(response, "X-Frame-Options"), "DENY");
    ck_assert_str_eq(header(response, "Strict-Transport-Security"), "(none)");
}
END_TEST

START_TEST(error_pages_have_them_too)
{
    start((CvSettings){0});
    CvResponse *response = ask("/nowhere");
    ck_assert_int_eq(response->status, 404);
    ck_assert_str_eq(header(response, "X-Content-Type-Options"), "nosniff");
    ck_assert_str_eq(header(response, "X-Frame-Options"), "DENY");
}
END_TEST

START_TEST(they_can_be_switched_off)
{
    start((CvSettings){.secure_content_type_nosniff = CV_OFF,
                       .secure_referrer_policy = "",
                       .secure_cross_origin_opener_policy = "",
                       .x_frame_options = ""});
    CvResponse *response = ask("/");
    ck_assert_str_eq(header(response, "X-Content-Type-Options"), "(none)");
    ck_assert_str_eq(header(response, "Referrer-Policy"), "(none)");
    ck_assert_str_eq(header(response, "Cross-Origin-Opener-Policy"), "(none)");
    ck_assert_str_eq(header(response, "X-Frame-Options"), "(none)");
}
END_TEST

START_TEST(what_the_view_says_stays)
{
    start((CvSettings){0});
    ck_assert_str_eq(header(ask("/?own=1"), "X-Frame-Options"), "SAMEORIGIN");
    ck_assert_str_eq(header(ask("/?exempt=1"), "X-Frame-Options"), "(none)");
}
END_TEST

START_TEST(hsts_is_sent_over_https_only)
{
    start((CvSettings){.secure_hsts_seconds = 60, .secure_hsts_include_subdomains = true, .secure_hsts_preload = true});
    ck_assert_str_eq(header(ask("/"), "Strict-Transport-Security"), "(none)");
    CvResponse *response = ask_with("GET", "/", CV_LIST("Host", "x.example"), NULL, true);
    ck_assert_str_eq(header(response, "Strict-Transport-Security"), "max-age=60; includeSubDomains; preload");
}
END_TEST

START_TEST(plain_http_is_redirected)
{
    start((CvSettings){.secure_ssl_redirect = true, .secure_redirect_exempt = CV_LIST("^open/")});
    CvResponse *response = ask("/a?b=c");
    ck_assert_int_eq(response->status, 301);
    ck_assert_str_eq(header(response, "Location"), "https://x.example/a?b=c");
    ck_assert_int_eq(ask("/open/x")->status, 200);
    ck_assert_int_eq(ask_with("GET", "/", CV_LIST("Host", "x.example"), NULL, true)->status, 200);
}
END_TEST

START_TEST(another_host_can_be_named)
{
    start((CvSettings){.secure_ssl_redirect = true, .secure_ssl_host = "secure.example"});
    ck_assert_str_eq(header(ask("/"), "Location"), "https://secure.example/");
}
END_TEST

START_TEST(a_bad_pattern_is_an_error)
{
    arena = cv_arena_create(0);
    CvErrors errors = {.arena = arena};
    ck_assert(!cv_project_start(&(CvSettings){.urls = urls,
                                              .middleware = CV_MIDDLEWARE(&cv_security_middleware),
                                              .secure_redirect_exempt = CV_LIST("(", "a")},
                                NULL, &errors));
    ck_assert_uint_eq(errors.count, 1);
    ck_assert_ptr_nonnull(strstr(errors.items[0]->message, "SECURE_REDIRECT_EXEMPT: '('"));
}
END_TEST

UNIT_TESTS("middleware/security", careful_headers_are_on_by_default, error_pages_have_them_too,
           they_can_be_switched_off, what_the_view_says_stays, hsts_is_sent_over_https_only, plain_http_is_redirected,
           another_host_can_be_named, a_bad_pattern_is_an_error)
