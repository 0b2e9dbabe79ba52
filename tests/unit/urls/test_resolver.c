/* test_resolver.c: paths to views: order, parameters, includes, what tables get wrong. */
#include "unit.h"

#include "base/self.h"
#include "urls/urls.h"

static const char *called;
static int64_t got_number;
static char got_text[64];

static CvResponse *plain(CvRequest *request)
{
    called = "plain";
    return (CvResponse *)(void *)request;
}

static CvResponse *number(CvRequest *request, int64_t n)
{
    called = "number";
    got_number = n;
    return (CvResponse *)(void *)request;
}

static CvResponse *number_text(CvRequest *request, int64_t n, const char *text)
{
    called = "number_text";
    got_number = n;
    snprintf(got_text, sizeof got_text, "%s", text);
    return (CvResponse *)(void *)request;
}

static CvResponse *uuid(CvRequest *request, CvUuid id)
{
    called = "uuid";
    got_number = id.bytes[15];
    return (CvResponse *)(void *)request;
}

static const CvUrl inner_urls[] = {CV_PATH("", number, .name = "index"),
                                   CV_PATH("<slug:s>/", number_text, .name = "item"), CV_URLS_END};
static const CvUrl urls[] = {CV_PATH("", plain, .name = "home"),
                             CV_PATH("n/<int:n>/", number, .name = "number"),
                             CV_PATH("n/<int:n>/<path:rest>", number_text, .name = "rest"),
                             CV_PATH("u/<uuid:id>/", uuid, .name = "uuid"),
                             CV_INCLUDE("in/<int:n>/", inner_urls, .namespace = "inner", .login_required = true),
                             CV_PATH("n/7/", plain, .name = "never"),
                             CV_PATH("slash/", plain, .name = "slash"),
                             CV_URLS_END};

static CvResolver *resolver(void)
{
    CvErrors errors = {.arena = cv_arena()};
    CvResolver *made = cv_resolver_create(cv_arena(), urls, &errors);
    ck_assert_ptr_nonnull(made);
    return made;
}

static bool visit(const char *path, CvUrlMatch *match)
{
    called = "";
    if (!cv_resolve(resolver(), cv_arena(), cv_slice(path), match))
        return false;
    CvRequest *request = (CvRequest *)(void *)&called;
    ck_assert_ptr_eq(cv_call_view(match, request), (void *)request);
    return true;
}

START_TEST(calls_views_with_their_parameters)
{
    CvUrlMatch match;
    ck_assert(visit("/", &match));
    ck_assert_str_eq(called, "plain");
    ck_assert(visit("/n/42/", &match));
    ck_assert_str_eq(called, "number");
    ck_assert_int_eq(got_number, 42);
    ck_assert(visit("/n/1/a/b", &match));
    ck_assert_str_eq(got_text, "a/b");
    ck_assert(visit("/u/00000000-0000-0000-0000-0000000000ff/", &match));
    ck_assert_int_eq(got_number, 255);
}
END_TEST

START_TEST(the_first_row_wins)
{
    CvUrlMatch match;
    ck_assert(visit("/n/7/", &match));
    ck_assert_str_eq(match.url_name, "number");
}
END_TEST

START_TEST(includes_pass_their_parameters_first)
{
    CvUrlMatch match;
    ck_assert(visit("/in/3/abc/", &match));
    ck_assert_str_eq(called, "number_text");
    ck_assert_int_eq(got_number, 3);
    ck_assert_str_eq(got_text, "abc");
    ck_assert_str_eq(match.view_name, "inner:item");
    ck_assert_str_eq(match.route, "in/<int:n>/<slug:s>/");
    ck_assert(cv_match_login_required(&match));
    ck_assert_int_eq(cv_match_argument(&match, "n").integer, 3);
    ck_assert_int_eq(cv_match_argument(&match, "none").kind, CV_MISSING);
}
END_TEST

START_TEST(integers_stop_at_64_bits_for_a_typed_view)
{
    CvUrlMatch match;
    ck_assert(visit("/n/9223372036854775807/", &match));
    ck_assert(got_number == INT64_MAX);
    ck_assert(!visit("/n/9223372036854775808/", &match));
}
END_TEST

START_TEST(nothing_fits)
{
    CvUrlMatch match;
    ck_assert(!visit("/none", &match));
    ck_assert(!visit("n/1/", &match));
    ck_assert(!visit("", &match));
    const CvUrl *const *const *tried = cv_resolver_tried(resolver(), cv_arena(), cv_slice("/in/3/%/"));
    ck_assert_str_eq(tried[0][0]->name, "home");
    ck_assert_str_eq(tried[4][1]->name, "index");
    ck_assert_str_eq(tried[5][1]->name, "item");
    ck_assert_ptr_null(tried[8]);
}
END_TEST

START_TEST(slash_is_wanted_where_it_helps)
{
    ck_assert(cv_resolver_wants_slash(resolver(), cv_arena(), cv_slice("/slash")));
    ck_assert(!cv_resolver_wants_slash(resolver(), cv_arena(), cv_slice("/slash/")));
    ck_assert(!cv_resolver_wants_slash(resolver(), cv_arena(), cv_slice("/other")));
}
END_TEST

static void expect_error(const CvUrl *table, const char *text)
{
    CvErrors errors = {.arena = cv_arena()};
    ck_assert_ptr_null(cv_resolver_create(cv_arena(), table, &errors));
    ck_assert_uint_ge(errors.count, 1);
    ck_assert_msg(strstr(errors.items[0]->message, text), "%s", errors.items[0]->message);
    ck_assert_ptr_null(errors.items[0]->file); /* the mistake is the site's: no place in the library is at fault */
}

static const CvUrl endless[] = {CV_INCLUDE("a/", endless), CV_URLS_END};

START_TEST(mistakes_are_told_at_the_start)
{
    expect_error((const CvUrl[]){CV_PATH("a/<slug:s>/", number), CV_URLS_END},
                 "parameter 1 of number is int64_t, but <s> gives const char *");
    expect_error((const CvUrl[]){CV_PATH("a/<int:n>/", plain), CV_URLS_END}, "captures 1 value, but plain takes 0");
    expect_error((const CvUrl[]){CV_PATH("a/<itn:n>/", number), CV_URLS_END}, "uses invalid converter 'itn'");
    expect_error((const CvUrl[]){CV_RE_PATH("a(", plain), CV_URLS_END}, "is not a valid regular expression");
    expect_error(endless, "include each other");
    expect_error((const CvUrl[]){CV_PATH("a/", plain), CV_PATH("b/", plain), {.kind = (CvUrlKind)7}},
                 "no CV_URLS_END behind its 2 rows, of which the last is 'b/'");
}
END_TEST

static void count_rows(void *count, const CvUrlMatch *match)
{
    ck_assert_str_eq(match->url->route, match->route);
    ++*(int *)count;
}

START_TEST(errors_of_others_do_not_count)
{
    CvErrors errors = {.arena = cv_arena()};
    CvUrlMatch match;
    int rows = 0;
    cv_errors_add(&errors, CV_ERROR_CONFIGURATION, "Something else is wrong.");
    CvResolver *resolver = cv_resolver_create(
        cv_arena(), (const CvUrl[]){CV_PATH("a/", plain), CV_PATH("b/", plain), CV_URLS_END}, &errors);
    ck_assert_ptr_nonnull(resolver);
    ck_assert_uint_eq(errors.count, 1);
    cv_resolver_visit(resolver, count_rows, &rows);
    ck_assert_int_eq(rows, 2);
    ck_assert(cv_resolve(resolver, cv_arena(), CV_SLICE("/b/"), &match));
    ck_assert_str_eq(match.url->route, "b/");
}
END_TEST

/* Includes that lead nowhere: what they capture on the way has to have a place too. */
START_TEST(captures_on_the_way_are_counted)
{
#define EIGHT(n) "<a" n "0><a" n "1><a" n "2><a" n "3><a" n "4><a" n "5><a" n "6><a" n "7>"
    static const CvUrl empty[] = {CV_URLS_END};
    static const CvUrl third[] = {{.kind = CV_URL_INCLUDE, .route = EIGHT("8") "<b>", .include = empty}, CV_URLS_END};
    static const CvUrl second[] = {
        {.kind = CV_URL_INCLUDE, .route = EIGHT("4") EIGHT("5") EIGHT("6") EIGHT("7"), .include = third}, CV_URLS_END};
    static const CvUrl first[] = {
        {.kind = CV_URL_INCLUDE, .route = EIGHT("0") EIGHT("1") EIGHT("2") EIGHT("3"), .include = second}, CV_URLS_END};
    expect_error(first, "captures more than 64 values");
}
END_TEST

START_TEST(ambiguous_routes_match_as_greedy_expressions)
{
    const CvUrl table[] = {{.kind = CV_URL_PATH, .route = "<path:a>/x/<path:b>", .name = "p"},
                           {.kind = CV_URL_PATH, .route = "<str:a><str:b>", .name = "s"},
                           CV_URLS_END};
    CvErrors errors = {.arena = cv_arena()};
    CvResolver *made = cv_resolver_create(cv_arena(), table, &errors);
    CvUrlMatch match;
    ck_assert(cv_resolve(made, cv_arena(), cv_slice("/1/x/2/x/3"), &match));
    ck_assert_str_eq(match.kwargs[0].value.text, "1/x/2");
    ck_assert_str_eq(match.kwargs[1].value.text, "3");
    ck_assert(cv_resolve(made, cv_arena(), cv_slice("/ab\xc3\xa9"), &match));
    ck_assert_str_eq(match.kwargs[0].value.text, "ab");
    ck_assert_str_eq(match.kwargs[1].value.text, "\xc3\xa9");
}
END_TEST

UNIT_TESTS("urls/resolver", calls_views_with_their_parameters, the_first_row_wins, includes_pass_their_parameters_first,
           integers_stop_at_64_bits_for_a_typed_view, nothing_fits, slash_is_wanted_where_it_helps,
           mistakes_are_told_at_the_start, errors_of_others_do_not_count, captures_on_the_way_are_counted,
           ambiguous_routes_match_as_greedy_expressions)
