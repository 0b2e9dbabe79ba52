/* test_reverse.c: names to paths: arguments, quoting, namespaces, messages, checks. */
#include "unit.h"

#include "base/self.h"
#include "urls/urls.h"

static const CvUrl polls_urls[] = {CV_APP_NAME("polls"),
                                   {.kind = CV_URL_PATH, .route = "", .name = "index"},
                                   {.kind = CV_URL_PATH, .route = "<int:pk>/", .name = "detail"},
                                   CV_URLS_END};
static const CvUrl entry_urls[] = {{.kind = CV_URL_RE_PATH, .route = "^(?P<slug>[0-9]+)/$", .name = "entry"},
                                   CV_URLS_END};
static const CvUrl urls[] = {{.kind = CV_URL_PATH, .route = "a/<str:x>/", .name = "a"},
                             {.kind = CV_URL_RE_PATH, .route = "^opt/(?:p-(?P<page>[0-9]+)/)?$", .name = "opt"},
                             CV_INCLUDE("polls/", polls_urls),
                             CV_INCLUDE("other/", polls_urls, .namespace = "other"),
                             CV_INCLUDE("<slug:slug>/", entry_urls),
                             CV_URLS_END};

static CvResolver *resolver(void)
{
    CvErrors errors = {.arena = cv_arena()};
    CvResolver *made = cv_resolver_create(cv_arena(), urls, &errors);
    ck_assert_ptr_nonnull(made);
    return made;
}

static const char *reversed(CvReverse what)
{
    const char *url = NULL;
    CvError error = {0};
    return cv_reverse_path(resolver(), cv_arena(), &what, &url, &error) ? url : error.message;
}

#define NAMED(view, key, value)                                \
    ((CvReverse){.name = (view),                               \
                 .keys = (const char *const[]){key},           \
                 .values = (const CvValue[]){CV_VALUE(value)}, \
                 .kwarg_count = 1})

START_TEST(arguments_are_quoted)
{
    ck_assert_str_eq(reversed(NAMED("a", "x", "b c")), "/a/b%20c/");
    ck_assert_str_eq(reversed(NAMED("a", "x", "\xc3\xa9")), "/a/%C3%A9/");
    ck_assert_str_eq(reversed((CvReverse){.name = "a", .args = (CvValue[]){CV_VALUE(5)}, .arg_count = 1}), "/a/5/");
}
END_TEST

START_TEST(optional_groups)
{
    ck_assert_str_eq(reversed((CvReverse){.name = "opt"}), "/opt/");
    ck_assert_str_eq(reversed(NAMED("opt", "page", 2)), "/opt/p-2/");
}
END_TEST

START_TEST(namespaces_and_the_current_one)
{
    CvReverse what = NAMED("polls:detail", "pk", 3);
    ck_assert_str_eq(reversed(what), "/polls/3/");
    what.current_app = "other";
    ck_assert_str_eq(reversed(what), "/other/3/");
    ck_assert_str_eq(reversed((CvReverse){.name = "other:index"}), "/other/");
    ck_assert_str_eq(reversed((CvReverse){.name = "none:index"}), "'none' is not a registered namespace");
}
END_TEST

START_TEST(query_fragment_and_prefix)
{
    CvDict *query = cv_dict_create(cv_arena());
    cv_dict_set_name(query, "q", CV_VALUE("a b"));
    CvReverse what = NAMED("a", "x", "y");
    what.query = CV_VALUE(query);
    what.fragment = "top";
    what.script_prefix = "/sub";
    ck_assert_str_eq(reversed(what), "/sub/a/y/?q=a+b#top");
    CvDict *odd = cv_dict_create(cv_arena());
    cv_dict_set_name(odd, "n", cv_value_null());
    cv_dict_set_name(odd, "l", cv_value_list(cv_list(cv_arena(), 1, CV_NONE)));
    what = NAMED("a", "x", "y");
    what.query = cv_value_dict(odd);
    ck_assert_str_eq(reversed(what), "/a/y/?n=None&l=1&l=None");
    what.query = CV_VALUE(5);
    ck_assert_str_eq(reversed(what), "A query string is made of a dict or of pairs.");
    what = NAMED("a", "x", "y");
    what.script_prefix = "//evil/";
    ck_assert_str_eq(reversed(what), "/%2Fevil/a/y/");
}
END_TEST

START_TEST(messages)
{
    ck_assert_str_eq(reversed(NAMED("a", "y", 1)),
                     "Reverse for 'a' with keyword arguments '{'y': 1}' not found. 1 pattern(s) tried: "
                     "['a/(?P<x>[^/]+)/\\\\Z']");
    ck_assert_str_eq(reversed((CvReverse){.name = "zz"}),
                     "Reverse for 'zz' not found. 'zz' is not a valid view function or pattern name.");
}
END_TEST

START_TEST(levels_may_use_one_name)
{
    ck_assert_str_eq(reversed(NAMED("entry", "slug", 12)), "/12/12/");
    CvUrlMatch match;
    ck_assert(cv_resolve(resolver(), cv_arena(), CV_SLICE("/outer/12/"), &match));
    ck_assert_uint_eq(match.kwarg_count, 1);
    ck_assert(cv_slice_is(cv_value_str(cv_arena(), match.kwargs[0].value), "12"));
}
END_TEST

START_TEST(mistakes_in_their_order)
{
    CvReverse what = NAMED("a", "x", 1);
    what.args = (CvValue[]){CV_VALUE(5)};
    what.arg_count = 1;
    ck_assert_str_eq(reversed(what), "Don't mix *args and **kwargs in call to reverse()!");
    what.name = "none:a";
    ck_assert_str_eq(reversed(what), "'none' is not a registered namespace");
}
END_TEST

START_TEST(checks_before_serving)
{
    CvError error = {0};
    ck_assert(cv_reverse_check(resolver(), cv_arena(), "polls:detail", 1, CV_LIST("pk"), &error));
    ck_assert(!cv_reverse_check(resolver(), cv_arena(), "polls:detail", 1, CV_LIST("id"), &error));
    ck_assert_str_eq(error.hint, "It takes (pk).");
    ck_assert(!cv_reverse_check(resolver(), cv_arena(), "polls:detial", 0, NULL, &error));
    ck_assert_str_eq(error.hint, "Did you mean 'detail'?");
}
END_TEST

UNIT_TESTS("urls/reverse", arguments_are_quoted, optional_groups, namespaces_and_the_current_one,
           query_fragment_and_prefix, messages, levels_may_use_one_name, mistakes_in_their_order, checks_before_serving)
