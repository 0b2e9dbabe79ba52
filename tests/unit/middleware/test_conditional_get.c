/* test_conditional_get.c: ETags for what GET answers, and 304 for who has it already. */
#include "site.h"

#define ETAG "\"71860c77c6745379b0d44304d66b6a13\"" /* of "page" */
#define DATE "Sat, 24 Aug 2024 12:00:00 GMT"

static CvResponse *page(CvRequest *request)
{
    CvResponse *response = cv_response_text(request->arena, "page");
    cv_response_set_header(response, "X-Other", "1");
    return response;
}

static CvResponse *empty(CvRequest *request)
{
    return cv_response_text(request->arena, "%s", "");
}

static CvResponse *lost(CvRequest *request)
{
    return cv_response_status(request->arena, 404, "page");
}

static CvResponse *own_tag(CvRequest *request)
{
    CvResponse *response = page(request);
    cv_response_set_header(response, "ETag", "W/\"mine\"");
    cv_response_set_header(response, "Cache-Control", "no-store");
    return response;
}

static CvResponse *dated(CvRequest *request)
{
    CvResponse *response = empty(request);
    cv_response_set_header(response, "Last-Modified", DATE);
    return response;
}

static CvResponse *secret(CvRequest *request)
{
    CvResponse *response = page(request);
    cv_response_set_header(response, "Cache-Control", cv_request_header(request, "X-Cache"));
    return response;
}

static const CvUrl urls[] = {CV_PATH("", page),
                             CV_PATH("empty", empty),
                             CV_PATH("lost", lost),
                             CV_PATH("own", own_tag),
                             CV_PATH("dated", dated),
                             CV_PATH("secret", secret),
                             CV_URLS_END};

static void start(void)
{
    start_site(&(CvSettings){.urls = urls, .middleware = CV_MIDDLEWARE(&cv_conditional_get_middleware)});
}

static CvResponse *ask_if(const char *method, const char *target, const char *name, const char *value)
{
    return ask_with(method, target, CV_LIST("Host", "x.example", name, value), NULL, false);
}

START_TEST(get_has_an_etag_and_then_304)
{
    start();
    CvResponse *response = ask("/");
    ck_assert_int_eq(response->status, 200);
    ck_assert_str_eq(header(response, "ETag"), ETAG);
    response = ask_if("GET", "/", "If-None-Match", ETAG);
    ck_assert_int_eq(response->status, 304);
    ck_assert_uint_eq(response->body.length, 0);
    ck_assert_str_eq(header(response, "ETag"), ETAG);
    ck_assert_str_eq(header(response, "X-Other"), "(none)");
    ck_assert_int_eq(ask_if("GET", "/", "If-None-Match", "\"a\", W/" ETAG)->status, 304);
    ck_assert_int_eq(ask_if("GET", "/", "If-None-Match", "*")->status, 304);
    ck_assert_int_eq(ask_if("GET", "/", "If-None-Match", "\"other\"")->status, 200);
    ck_assert_int_eq(ask_if("GET", "/", "If-Match", "\"other\"")->status, 412);
    ck_assert_int_eq(ask_if("GET", "/", "If-Match", ETAG)->status, 200);
}
END_TEST

START_TEST(other_methods_are_left_alone)
{
    static const char *const methods[] = {"POST", "PUT", "HEAD"};
    start();
    for (size_t i = 0; i < CV_COUNT_OF(methods); i++) {
        CvResponse *response = ask_if(methods[i], "/", "If-None-Match", "*");
        ck_assert_int_eq(response->status, 200);
        ck_assert_str_eq(header(response, "ETag"), "(none)");
    }
}
END_TEST

START_TEST(what_has_no_body_has_no_etag)
{
    start();
    CvResponse *response = ask_if("GET", "/empty", "If-None-Match", "*");
    ck_assert_int_eq(response->status, 200);
    ck_assert_str_eq(header(response, "ETag"), "(none)");
}
END_TEST

START_TEST(errors_stay_errors)
{
    start();
    ck_assert_int_eq(ask_if("GET", "/lost", "If-None-Match", "*")->status, 404);
    ck_assert_int_eq(ask_if("GET", "/lost", "If-Match", "\"other\"")->status, 404);
}
END_TEST

START_TEST(an_own_etag_is_kept_and_obeyed)
{
    start();
    ck_assert_str_eq(header(ask("/own"), "ETag"), "W/\"mine\"");
    CvResponse *response = ask_if("GET", "/own", "If-None-Match", "\"mine\"");
    ck_assert_int_eq(response->status, 304);
    ck_assert_str_eq(header(response, "Cache-Control"), "no-store");
    ck_assert_int_eq(ask_if("GET", "/own", "If-None-Match", ETAG)->status, 200);
}
END_TEST

START_TEST(a_date_is_obeyed_too)
{
    start();
    ck_assert_int_eq(ask_if("GET", "/dated", "If-Modified-Since", DATE)->status, 304);
    ck_assert_int_eq(ask_if("GET", "/dated", "If-Modified-Since", "Sat, 24 Aug 2024 11:59:59 GMT")->status, 200);
    ck_assert_int_eq(ask_if("GET", "/dated", "If-Unmodified-Since", "Sat, 24 Aug 2024 11:59:59 GMT")->status, 412);
    ck_assert_int_eq(ask_if("GET", "/dated", "If-Modified-Since", "yesterday")->status, 200);
}
END_TEST

START_TEST(what_must_not_be_stored_has_no_etag)
{
    static const char *const none[] = {"no-store", "private, No-Store", "max-age=0 ,no-store"}, *const some[] = {
                                                                                                    "no-cache",
                                                                                                    "private",
                                                                                                    "no-stores",
                                                                                                    "x=no-store"};
    start();
    for (size_t i = 0; i < CV_COUNT_OF(none); i++)
        ck_assert_str_eq(header(ask_if("GET", "/secret", "X-Cache", none[i]), "ETag"), "(none)");
    for (size_t i = 0; i < CV_COUNT_OF(some); i++)
        ck_assert_str_eq(header(ask_if("GET", "/secret", "X-Cache", some[i]), "ETag"), ETAG);
}
END_TEST

UNIT_TESTS("middleware/conditional_get", get_has_an_etag_and_then_304, other_methods_are_left_alone,
           what_has_no_body_has_no_etag, errors_stay_errors, an_own_etag_is_kept_and_obeyed, a_date_is_obeyed_too,
           what_must_not_be_stored_has_no_etag)
