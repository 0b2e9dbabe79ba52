/* test_csrf.c: what changes something must carry the secret; tokens, origins, referers, the cookie. */
#include "site.h"

#include "crypto/csrf.h"

#define SECRET "abcdefghijklmnopqrstuvwxyz012345"
#define FORM "application/x-www-form-urlencoded"

static CvResponse *page(CvRequest *request)
{
    if (cv_query_param(request, "token"))
        return cv_response_text(request->arena, "%s", cv_csrf_token(request));
    if (cv_query_param(request, "rotate"))
        cv_csrf_rotate_token(request);
    return cv_response_text(request->arena, "page");
}

static const CvUrl urls[] = {CV_PATH("", page), CV_PATH("open/", page, .csrf_exempt = true), CV_URLS_END};

static void start(CvSettings settings)
{
    settings.urls = urls;
    settings.middleware = CV_MIDDLEWARE(&cv_csrf_middleware);
    start_site(&settings);
}

static int post(const char *target, const char *cookie, const char *body)
{
    return ask_with("POST", target, CV_LIST("Host", "x.example", "Content-Type", FORM, "Cookie", cookie), body, false)
        ->status;
}

START_TEST(a_post_needs_a_token)
{
    start((CvSettings){0});
    ck_assert_int_eq(post("/", "", "a=b"), 403);
    ck_assert_int_eq(post("/", "csrftoken=" SECRET, "a=b"), 403);
    ck_assert_int_eq(post("/", "csrftoken=" SECRET, "csrfmiddlewaretoken=" SECRET), 200);
    ck_assert_int_eq(post("/", "csrftoken=" SECRET, "csrfmiddlewaretoken=abcdefghijklmnopqrstuvwxyz012346"), 403);
    ck_assert_int_eq(post("/", "csrftoken=" SECRET, "csrfmiddlewaretoken=short"), 403);
    ck_assert_int_eq(post("/", "csrftoken=short", "csrfmiddlewaretoken=short"), 403);
    ck_assert_int_eq(post("/?csrfmiddlewaretoken=" SECRET, "csrftoken=" SECRET, "a=b"), 403);
}
END_TEST

START_TEST(masked_tokens_and_headers_do_too)
{
    start((CvSettings){0});
    char token[CV_CSRF_TOKEN_LENGTH + 1] = "", body[100];
    cv_csrf_mask(SECRET, token);
    snprintf(body, sizeof body, "csrfmiddlewaretoken=%s", token);
    ck_assert_int_eq(post("/", "csrftoken=" SECRET, body), 200);
    const char *const *headers = CV_LIST("Host", "x.example", "Cookie", "csrftoken=" SECRET, "X-CSRFToken", token);
    ck_assert_int_eq(ask_with("DELETE", "/", headers, NULL, false)->status, 200);
    ck_assert_int_eq(
        ask_with("PUT", "/", CV_LIST("Host", "x.example", "Cookie", "csrftoken=" SECRET), NULL, false)->status, 403);
}
END_TEST

START_TEST(safe_methods_and_exempt_views_need_none)
{
    start((CvSettings){0});
    ck_assert_int_eq(ask("/")->status, 200);
    ck_assert_int_eq(ask_with("OPTIONS", "/", CV_LIST("Host", "x.example"), NULL, false)->status, 200);
    ck_assert_int_eq(post("/open/", "", "a=b"), 200);
}
END_TEST

START_TEST(the_cookie_is_set_where_a_token_was_used)
{
    start((CvSettings){0});
    ck_assert_ptr_null(cv_response_cookie(ask("/"), "csrftoken"));
    CvResponse *response = ask("/?token=1");
    const CvCookie *cookie = cv_response_cookie(response, "csrftoken");
    ck_assert_ptr_nonnull(cookie);
    ck_assert_uint_eq(strlen(cookie->value), CV_CSRF_SECRET_LENGTH);
    ck_assert_uint_eq(response->body.length, CV_CSRF_TOKEN_LENGTH);
    ck_assert(cv_csrf_match(response->body, cv_slice(cookie->value)));
    ck_assert_ptr_nonnull(strstr(cookie->header, "SameSite=Lax"));
    ck_assert_ptr_nonnull(strstr(cookie->header, "Max-Age=31449600"));
    ck_assert_str_eq(header(response, "Vary"), "Cookie");
    ck_assert(!cv_slice_equal(response->body, ask("/?token=1")->body));
}
END_TEST

START_TEST(a_secret_that_is_known_is_kept_and_rotation_makes_another)
{
    start((CvSettings){0});
    const char *const *headers = CV_LIST("Host", "x.example", "Cookie", "csrftoken=" SECRET);
    CvResponse *response = ask_with("GET", "/?token=1", headers, NULL, false);
    ck_assert_str_eq(cv_response_cookie(response, "csrftoken")->value, SECRET);
    response = ask_with("GET", "/?rotate=1", headers, NULL, false);
    ck_assert_str_ne(cv_response_cookie(response, "csrftoken")->value, SECRET);
}
END_TEST

START_TEST(a_foreign_origin_is_refused)
{
    start((CvSettings){.csrf_trusted_origins = CV_LIST("https://good.example", "https://*.wild.example")});
    static const struct {
        const char *origin;
        int status;
    } cases[] = {{"http://x.example", 200},
                 {"https://good.example", 200},
                 {"https://a.wild.example", 200},
                 {"https://wild.example", 200},
                 {"http://a.wild.example", 403},
                 {"https://evil.example", 403},
                 {"null", 403},
                 {"http://x.example.evil", 403},
                 {"https://good.example.evil", 403},
                 {"https://awild.example", 403},
                 {"https://[", 403}};
    for (size_t i = 0; i < CV_COUNT_OF(cases); i++) {
        const char *const *headers = CV_LIST("Host", "x.example", "Cookie", "csrftoken=" SECRET, "X-CSRFToken", SECRET,
                                             "Origin", cases[i].origin);
        ck_assert_msg(ask_with("POST", "/", headers, NULL, false)->status == cases[i].status, "%s", cases[i].origin);
    }
}
END_TEST

START_TEST(over_https_the_referer_is_checked)
{
    start((CvSettings){.csrf_trusted_origins = CV_LIST("https://*.good.example")});
    static const struct {
        const char *referer;
        int status;
    } cases[] = {{"https://x.example/a", 200},
                 {"https://a.good.example/", 200},
                 {"http://x.example/", 403},
                 {"https://evil.example/", 403},
                 {"x.example", 403},
                 {"https://x.example.evil/", 403},
                 {"", 403}};
    for (size_t i = 0; i < CV_COUNT_OF(cases); i++) {
        const char *const *headers = CV_LIST("Host", "x.example", "Cookie", "csrftoken=" SECRET, "X-CSRFToken", SECRET,
                                             "Referer", cases[i].referer);
        ck_assert_msg(ask_with("POST", "/", headers, NULL, true)->status == cases[i].status, "%s", cases[i].referer);
    }
    const char *const *none = CV_LIST("Host", "x.example", "Cookie", "csrftoken=" SECRET, "X-CSRFToken", SECRET);
    ck_assert_int_eq(ask_with("POST", "/", none, NULL, true)->status, 403);
}
END_TEST

START_TEST(an_age_of_nothing_expires_the_cookie_at_once)
{
    setenv("CSRF_COOKIE_AGE", "0", 1); /* in the struct a zero means the default */
    start((CvSettings){0});
    const CvCookie *cookie = cv_response_cookie(ask("/?token=1"), "csrftoken");
    ck_assert_ptr_nonnull(cookie);
    ck_assert_msg(strstr(cookie->header, "Max-Age=0;") != NULL, "%s", cookie->header);
}
END_TEST

UNIT_TESTS("middleware/csrf", a_post_needs_a_token, masked_tokens_and_headers_do_too,
           safe_methods_and_exempt_views_need_none, the_cookie_is_set_where_a_token_was_used,
           a_secret_that_is_known_is_kept_and_rotation_makes_another, a_foreign_origin_is_refused,
           over_https_the_referer_is_checked, an_age_of_nothing_expires_the_cookie_at_once)
