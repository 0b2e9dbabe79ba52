/* test_common.c: hosts, slashes, agents, www. */
#include "site.h"

static CvResponse *page(CvRequest *request)
{
    return cv_response_text(request->arena, "page");
}

static CvResponse *anything(CvRequest *request, const char *path)
{
    return cv_response_text(request->arena, "%s", path);
}

static const CvUrl urls[] = {CV_PATH("", page), CV_PATH("slash/", page), CV_PATH("plain", page), CV_URLS_END};
static const CvUrl catch_all[] = {CV_PATH("<path:path>/", anything), CV_URLS_END};

static void start(CvSettings settings)
{
    if (!settings.urls)
        settings.urls = urls;
    settings.middleware = CV_MIDDLEWARE(&cv_common_middleware);
    start_site(&settings);
}

START_TEST(a_slash_is_added_where_that_helps)
{
    start((CvSettings){0});
    CvResponse *response = ask("/slash?a=b%20c");
    ck_assert_int_eq(response->status, 301);
    ck_assert_str_eq(header(response, "Location"), "/slash/?a=b%20c");
    ck_assert_int_eq(ask("/slash/")->status, 200);
    ck_assert_int_eq(ask("/plain")->status, 200);
    ck_assert_int_eq(ask("/nowhere")->status, 404);
}
END_TEST

START_TEST(a_path_is_never_taken_for_a_host)
{
    start((CvSettings){.urls = catch_all});
    ck_assert_str_eq(header(ask("//evil.example"), "Location"), "/%2Fevil.example/");
    ck_assert_str_eq(header(ask("///evil.example/a"), "Location"), "/%2F/evil.example/a/");
    ck_assert_str_eq(header(ask("/%2Fevil.example"), "Location"), "/%2Fevil.example/");
    ck_assert_str_eq(header(ask("/\\evil.example"), "Location"), "/%5Cevil.example/");
}
END_TEST

START_TEST(it_can_be_switched_off)
{
    start((CvSettings){.append_slash = CV_OFF});
    ck_assert_int_eq(ask("/slash")->status, 404);
}
END_TEST

START_TEST(in_debug_a_post_says_what_is_wrong)
{
    start((CvSettings){.debug = true});
    ck_assert_int_eq(ask_with("POST", "/slash", CV_LIST("Host", "x.example"), "a=b", false)->status, 500);
    ck_assert_int_eq(ask("/slash")->status, 301);
}
END_TEST

START_TEST(without_debug_a_post_is_redirected)
{
    start((CvSettings){0});
    ck_assert_int_eq(ask_with("POST", "/slash", CV_LIST("Host", "x.example"), "a=b", false)->status, 301);
}
END_TEST

START_TEST(foreign_hosts_are_refused)
{
    start((CvSettings){.allowed_hosts = CV_LIST("good.example")});
    ck_assert_int_eq(ask("/")->status, 400);
    ck_assert_int_eq(ask_with("GET", "/", CV_LIST("Host", "good.example"), NULL, false)->status, 200);
}
END_TEST

START_TEST(agents_can_be_refused)
{
    start((CvSettings){.disallowed_user_agents = CV_LIST("^Bad", "bot$")});
    ck_assert_int_eq(ask("/")->status, 200);
    ck_assert_int_eq(ask_with("GET", "/", CV_LIST("Host", "a", "User-Agent", "Bad/1.0"), NULL, false)->status, 403);
    ck_assert_int_eq(ask_with("GET", "/", CV_LIST("Host", "a", "User-Agent", "A robot"), NULL, false)->status, 403);
    ck_assert_int_eq(ask_with("GET", "/", CV_LIST("Host", "a", "User-Agent", "Not Bad"), NULL, false)->status, 200);
}
END_TEST

START_TEST(www_is_put_in_front)
{
    start((CvSettings){.prepend_www = true});
    ck_assert_str_eq(header(ask("/slash"), "Location"), "http://www.x.example/slash/");
    ck_assert_str_eq(header(ask("/plain"), "Location"), "http://www.x.example/plain");
    ck_assert_int_eq(ask_with("GET", "/", CV_LIST("Host", "www.x.example"), NULL, false)->status, 200);
}
END_TEST

UNIT_TESTS("middleware/common", a_slash_is_added_where_that_helps, a_path_is_never_taken_for_a_host,
           it_can_be_switched_off, in_debug_a_post_says_what_is_wrong, without_debug_a_post_is_redirected,
           foreign_hosts_are_refused, agents_can_be_refused, www_is_put_in_front)
