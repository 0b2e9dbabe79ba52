/* test_csp.c: the content security policy: headers, the nonce, what views say instead. */
#include "site.h"
#include "template/template.h"

static CvResponse *page(CvRequest *request)
{
    CvResponse *response = cv_response_text(request->arena, "page");
    if (cv_query_param(request, "nonce"))
        response = cv_response_text(request->arena, "%s %s", cv_csp_nonce(request), cv_csp_nonce(request));
    if (cv_query_param(request, "own"))
        cv_response_set_header(response, "Content-Security-Policy", "mine");
    if (cv_query_param(request, "override"))
        cv_csp_override(response, CV_LIST("default-src 'none'", "script-src " CV_CSP_NONCE));
    if (cv_query_param(request, "exempt"))
        cv_csp_override(response, NULL);
    if (cv_query_param(request, "watch"))
        cv_csp_report_only_override(response, CV_LIST("img-src 'self'"));
    return response;
}

/* The page's nonce as a template shows it. */
static CvResponse *templated(CvRequest *request)
{
    CvContext *context = cv_context_create(request->arena);
    CvEngine *engine = cv_engine_create(NULL);
    CvBuffer out = cv_buffer(request->arena);
    CvError error;
    cv_csp_context.add(request, context);
    const CvTemplate *source = cv_engine_compile(
        engine, CV_SLICE("{% if csp_nonce %}early{% endif %}<script {% csp_nonce_attr %}>"), "page.html", &error);
    ck_assert(cv_template_render(source, context, &out, &error));
    CvResponse *response = cv_response_text(request->arena, "%s|%s", cv_buffer_string(&out), cv_csp_nonce(request));
    cv_engine_destroy(engine);
    return response;
}

static const CvUrl urls[] = {CV_PATH("", page), CV_PATH("templated/", templated), CV_URLS_END};

static void start(CvSettings settings)
{
    settings.urls = urls;
    settings.middleware = CV_MIDDLEWARE(&cv_csp_middleware);
    start_site(&settings);
}

static const char *enforced(const char *target)
{
    return header(ask(target), "Content-Security-Policy");
}

static const char *reported(const char *target)
{
    return header(ask(target), "Content-Security-Policy-Report-Only");
}

START_TEST(no_setting_no_header)
{
    start((CvSettings){0});
    ck_assert_str_eq(enforced("/"), "(none)");
    ck_assert_str_eq(reported("/"), "(none)");
}
END_TEST

START_TEST(directives_in_their_order)
{
    start((CvSettings){.secure_csp = CV_LIST("default-src 'self'", "  img-src  'self'  https: ",
                                             "upgrade-insecure-requests", "default-src *"),
                       .secure_csp_report_only = CV_LIST("object-src 'none'")});
    ck_assert_str_eq(enforced("/"), "default-src 'self'; img-src 'self' https:; upgrade-insecure-requests");
    ck_assert_str_eq(reported("/"), "object-src 'none'");
    ck_assert_str_eq(enforced("/nowhere"), "default-src 'self'; img-src 'self' https:; upgrade-insecure-requests");
}
END_TEST

START_TEST(the_nonce_stands_where_a_page_asked_for_it)
{
    start((CvSettings){.secure_csp = CV_LIST("script-src 'self' " CV_CSP_NONCE)});
    ck_assert_str_eq(enforced("/"), "script-src 'self'");
    CvResponse *response = ask("/?nonce=1");
    char nonce[64];
    ck_assert_uint_eq(response->body.length, 45); /* the same one twice */
    ck_assert_mem_eq(response->body.data, response->body.data + 23, 22);
    snprintf(nonce, sizeof nonce, "script-src 'self' 'nonce-%.22s'", response->body.data);
    ck_assert_str_eq(header(response, "Content-Security-Policy"), nonce);
    ck_assert_str_ne(header(ask("/?nonce=1"), "Content-Security-Policy"), nonce);
}
END_TEST

START_TEST(templates_print_it_and_may_look_without_making_it)
{
    start((CvSettings){.secure_csp = CV_LIST("script-src " CV_CSP_NONCE)});
    CvResponse *response = ask("/templated/");
    char expected[128], policy[64];
    const char *nonce = response->body.data + response->body.length - 22;
    snprintf(expected, sizeof expected, "<script nonce=\"%.22s\">|%.22s", nonce, nonce);
    ck_assert_uint_eq(response->body.length, strlen(expected));
    ck_assert_mem_eq(response->body.data, expected, strlen(expected));
    snprintf(policy, sizeof policy, "script-src 'nonce-%.22s'", nonce);
    ck_assert_str_eq(header(response, "Content-Security-Policy"), policy);
}
END_TEST

START_TEST(views_say_otherwise)
{
    start((CvSettings){.secure_csp = CV_LIST("default-src 'self'")});
    ck_assert_str_eq(enforced("/?own=1"), "mine");
    ck_assert_str_eq(enforced("/?override=1"), "default-src 'none'");
    ck_assert_str_eq(enforced("/?exempt=1"), "(none)");
    ck_assert_str_eq(reported("/?watch=1"), "img-src 'self'");
    ck_assert_str_eq(enforced("/?watch=1"), "default-src 'self'");
}
END_TEST

START_TEST(what_is_no_header_stops_the_start)
{
    arena = cv_arena_create(0);
    CvErrors errors = {.arena = arena};
    CvSettings settings = {.urls = urls,
                           .secret_key = "k",
                           .middleware = CV_MIDDLEWARE(&cv_csp_middleware),
                           .secure_csp = CV_LIST("default-src 'self'\r\nX-Evil:1")};
    ck_assert(!cv_project_start(&settings, NULL, &errors));
    ck_assert_ptr_nonnull(strstr(errors.items[0]->message, "SECURE_CSP: "));
}
END_TEST

UNIT_TESTS("middleware/csp", no_setting_no_header, directives_in_their_order,
           the_nonce_stands_where_a_page_asked_for_it, templates_print_it_and_may_look_without_making_it,
           views_say_otherwise, what_is_no_header_stops_the_start)
