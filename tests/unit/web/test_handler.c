/* test_handler.c: the way of a request through middleware and view, and what becomes of raises. */
#include "unit.h"

#include <unistd.h>

#include "db/db.h"
#include "http/http.h"
#include "urls/urls.h"
#include "web/web.h"

static char trace[200];

static void note(const char *text)
{
    ck_assert_uint_lt(strlen(trace) + strlen(text) + 1, sizeof trace);
    memcpy(trace + strlen(trace), text, strlen(text) + 1);
}

/* Two middlewares that note what they see; the query says where to answer or raise. */
static bool asked(CvRequest *request, const char *what)
{
    return strcmp(request->query, what) == 0;
}

#define MIDDLEWARE(x)                                                                             \
    static CvResponse *x##_request(CvRequest *request)                                            \
    {                                                                                             \
        note(#x "> ");                                                                            \
        if (asked(request, "raise-" #x))                                                          \
            cv_raise(CV_ERROR_VALUE, "raised in " #x);                                            \
        return asked(request, "answer-" #x) ? cv_response_text(request->arena, #x) : NULL;        \
    }                                                                                             \
    static CvResponse *x##_view(CvRequest *request, const CvUrlMatch *match)                      \
    {                                                                                             \
        ck_assert_ptr_nonnull(match);                                                             \
        note(#x "v ");                                                                            \
        return asked(request, "view-" #x) ? cv_response_text(request->arena, #x) : NULL;          \
    }                                                                                             \
    static CvResponse *x##_response(CvRequest *request, CvResponse *response)                     \
    {                                                                                             \
        note("<" #x " ");                                                                         \
        if (asked(request, "out-" #x))                                                            \
            cv_raise(CV_ERROR_VALUE, "raised on the way out in " #x);                             \
        return asked(request, "null-" #x) ? NULL : response;                                      \
    }                                                                                             \
    static CvResponse *x##_exception(CvRequest *request, const CvError *error)                    \
    {                                                                                             \
        note("!" #x " ");                                                                         \
        ck_assert(error->kind != CV_ERROR_NONE);                                                  \
        return asked(request, "handle-" #x) ? cv_response_text(request->arena, "handled") : NULL; \
    }                                                                                             \
    static const CvMiddleware x = {.name = #x,                                                    \
                                   .process_request = x##_request,                                \
                                   .process_view = x##_view,                                      \
                                   .process_response = x##_response,                              \
                                   .process_exception = x##_exception};
MIDDLEWARE(a)
MIDDLEWARE(b)

static CvResponse *page(CvRequest *request)
{
    note("page ");
    return cv_response_text(request->arena, "page");
}

static CvResponse *broken(CvRequest *request)
{
    (void)request;
    note("broken ");
    cv_raise(CV_ERROR_VALUE, "raised in the view");
}

static CvResponse *nothing(CvRequest *request)
{
    (void)request;
    return NULL;
}

static CvResponse *refuse(CvRequest *request, int64_t status)
{
    (void)request;
    cv_abort((int)status, "No: %s.", "never");
}

static CvResponse *find(CvRequest *request)
{
    (void)request;
    cv_raise(CV_ERROR_NOT_FOUND, "No Book matches the given query.");
}

static const CvUrl urls[] = {
    CV_PATH("", page),
    CV_PATH("broken/", broken),
    CV_PATH("nothing/", nothing),
    CV_PATH("refuse/<int:status>/", refuse),
    CV_PATH("find/", find),
    CV_URLS_END,
};

static CvResponse *ask(const char *method, const char *target)
{
    static CvArena *arena;
    if (!arena) {
        arena = cv_arena_create(0);
        cv_log_set_level(CV_LOG_CRITICAL + 1);
        CvErrors errors = {.arena = arena};
        ck_assert(cv_project_start(
            &(CvSettings){
                .urls = urls, .middleware = CV_MIDDLEWARE(&a, &b), .secret_key = "k", .allowed_hosts = CV_LIST("*")},
            NULL, &errors));
    }
    trace[0] = '\0';
    CvRequest *request = cv_request_make(arena, method, target, CV_LIST("Host", "x.example"), (CvSlice){0}, NULL);
    return cv_handle(request);
}

static void check(const char *target, int status, const char *expected)
{
    CvResponse *response = ask("GET", target);
    ck_assert_int_eq(response->status, status);
    ck_assert_str_eq(trace, expected);
}

START_TEST(a_request_goes_in_and_out)
{
    check("/", 200, "a> b> av bv page <b <a ");
}
END_TEST

START_TEST(an_answer_on_the_way_in_skips_the_rest)
{
    check("/?answer-b", 200, "a> b> <b <a ");
    check("/?answer-a", 200, "a> <a ");
    check("/?view-a", 200, "a> b> av <b <a ");
}
END_TEST

START_TEST(a_raise_on_the_way_in_passes_those_further_out)
{
    check("/?raise-b", 500, "a> b> <a ");
    check("/?raise-a", 500, "a> ");
}
END_TEST

START_TEST(a_raise_of_the_view_is_shown_to_process_exception)
{
    check("/broken/", 500, "a> b> av bv broken !b !a <b <a ");
    check("/broken/?handle-b", 200, "a> b> av bv broken !b <b <a ");
    check("/broken/?handle-a", 200, "a> b> av bv broken !b !a <b <a ");
}
END_TEST

START_TEST(a_raise_on_the_way_out_becomes_a_page)
{
    check("/?out-b", 500, "a> b> av bv page <b <a ");
    check("/?out-a", 500, "a> b> av bv page <b <a ");
    check("/?null-b", 500, "a> b> av bv page <b <a ");
}
END_TEST

START_TEST(what_is_not_there_is_404)
{
    check("/nowhere/", 404, "a> b> <b <a ");
}
END_TEST

START_TEST(a_view_that_answers_nothing_is_an_error)
{
    ck_assert_int_eq(ask("GET", "/nothing/")->status, 500);
}
END_TEST

START_TEST(abort_and_raises_choose_the_status)
{
    static const int statuses[] = {400, 403, 404, 405, 409, 410, 413, 418, 429, 500, 503};
    for (size_t i = 0; i < CV_COUNT_OF(statuses); i++) {
        char target[40];
        snprintf(target, sizeof target, "/refuse/%d/", statuses[i]);
        ck_assert_int_eq(ask("GET", target)->status, statuses[i]);
    }
    ck_assert_int_eq(ask("GET", "/refuse/200/")->status, 500);
    ck_assert_int_eq(ask("GET", "/refuse/600/")->status, 500);
    ck_assert_int_eq(ask("GET", "/find/")->status, 404);
}
END_TEST

/* ---- guarded views ---- */

static CvResponse *nobody(CvRequest *request, const CvUrlMatch *match)
{
    (void)match;
    return strcmp(request->query, "known") == 0 ? NULL : cv_response_status(request->arena, 401, "who are you?");
}

static void provide_logins(const CvApp *app)
{
    (void)app;
    cv_set_access_check(nobody);
}

static bool start_guarded(bool with_logins, CvErrors *errors)
{
    static const CvApp logins = {.name = "logins", .ready = provide_logins};
    static const CvUrl inner[] = {CV_PATH("b/", page), CV_URLS_END};
    static const CvUrl guarded[] = {CV_PATH("a/", page, .login_required = true), CV_PATH("open/", page),
                                    CV_INCLUDE("in/", inner, .permission = "x.y"), CV_URLS_END};
    static const CvApp *const apps[] = {&logins, NULL}, *const none[] = {NULL};
    *errors = (CvErrors){.arena = cv_arena()};
    cv_log_set_level(CV_LOG_CRITICAL + 1);
    return cv_project_start(&(CvSettings){.apps = with_logins ? apps : none, .urls = guarded}, NULL, errors);
}

START_TEST(guarded_routes_need_an_app_with_logins)
{
    CvErrors errors;
    ck_assert(!start_guarded(false, &errors));
    ck_assert_uint_eq(errors.count, 2);
    ck_assert_ptr_nonnull(strstr(errors.items[0]->message, "'a/'"));
    ck_assert_ptr_nonnull(strstr(errors.items[1]->message, "'in/b/'"));
}
END_TEST

START_TEST(guards_are_asked_before_the_view)
{
    CvErrors errors;
    ck_assert(start_guarded(true, &errors));
    static const struct {
        const char *target;
        int status;
    } cases[] = {{"/a/", 401}, {"/a/?known", 200}, {"/in/b/", 401}, {"/in/b/?known", 200}, {"/open/", 200}};
    for (size_t i = 0; i < CV_COUNT_OF(cases); i++) {
        CvRequest *request =
            cv_request_make(errors.arena, "GET", cases[i].target, CV_LIST("Host", "x"), (CvSlice){0}, NULL);
        ck_assert_int_eq(cv_handle(request)->status, cases[i].status);
    }
}
END_TEST

static CvResponse *commits_what_cannot_be(CvRequest *request)
{
    CV_ATOMIC
    {
        cv_execute("INSERT INTO t VALUES (99)");
        return cv_response_text(request->arena, "page");
    }
    return NULL;
}

/* The page about it passes all middleware, as that of any other error of a view. */
START_TEST(a_commit_that_fails_behind_a_return_is_an_error_of_the_view)
{
    static const CvUrl committing[] = {CV_PATH("", commits_what_cannot_be), CV_URLS_END};
    CvErrors errors = {.arena = cv_arena()};
    char file[] = "/tmp/caravan-handler-XXXXXX";
    int fd = mkstemp(file);
    ck_assert_int_ge(fd, 0);
    close(fd);
    cv_log_set_level(CV_LOG_CRITICAL + 1);
    ck_assert(cv_project_start(&(CvSettings){.urls = committing,
                                             .middleware = CV_MIDDLEWARE(&a, &b),
                                             .database_url = cv_printf("sqlite:///%s", file)},
                               NULL, &errors));
    cv_execute_script(NULL, "CREATE TABLE u (id INTEGER PRIMARY KEY);"
                            "CREATE TABLE t (id INTEGER REFERENCES u (id) DEFERRABLE INITIALLY DEFERRED)");
    for (int i = 0; i < 2; i++) {
        trace[0] = '\0';
        CvRequest *request = cv_request_make(errors.arena, "GET", "/", CV_LIST("Host", "x"), (CvSlice){0}, NULL);
        ck_assert_int_eq(cv_handle(request)->status, 409);
        ck_assert_str_eq(trace, "a> b> av bv !b !a <b <a ");
    }
    cv_project_stop();
    unlink(file);
}
END_TEST

UNIT_TESTS("web/handler", a_request_goes_in_and_out, an_answer_on_the_way_in_skips_the_rest,
           a_raise_on_the_way_in_passes_those_further_out, a_raise_of_the_view_is_shown_to_process_exception,
           a_raise_on_the_way_out_becomes_a_page, what_is_not_there_is_404, a_view_that_answers_nothing_is_an_error,
           abort_and_raises_choose_the_status, guarded_routes_need_an_app_with_logins, guards_are_asked_before_the_view,
           a_commit_that_fails_behind_a_return_is_an_error_of_the_view)
