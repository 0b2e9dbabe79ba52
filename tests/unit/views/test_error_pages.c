/* test_error_pages.c: what visitors are told when something is wrong, by the site's templates or the framework. */
#include "unit.h"

#include <unistd.h>

#include "http/http.h"
#include "urls/urls.h"
#include "views/views.h"
#include "web/web.h"

static CvArena *arena;
static char folder[] = "/tmp/caravan-pages-XXXXXX";

static CvResponse *find(CvRequest *request)
{
    (void)request;
    cv_raise(CV_ERROR_NOT_FOUND, "No Book matches <this>.");
}

static CvResponse *broken(CvRequest *request)
{
    (void)request;
    cv_raise(CV_ERROR_VALUE, "sesame");
}

static const CvUrl urls[] = {CV_PATH("find/", find), CV_PATH("broken/", broken), CV_URLS_END};

static const char *template_file(void)
{
    return cv_arena_printf(arena, "%s/404.html", folder);
}

static void start(const char *page)
{
    arena = cv_arena_create(0);
    cv_log_set_level(CV_LOG_CRITICAL + 1);
    ck_assert_ptr_nonnull(mkdtemp(folder));
    if (page) {
        FILE *stream = fopen(template_file(), "we");
        ck_assert_ptr_nonnull(stream);
        fputs(page, stream);
        fclose(stream);
    }
    cv_set_default_error_view(cv_error_page);
    CvErrors errors = {.arena = arena};
    ck_assert(cv_project_start(
        &(CvSettings){.urls = urls, .template_dirs = CV_LIST(folder), .secret_key = "k", .allowed_hosts = CV_LIST("*")},
        NULL, &errors));
}

static void stop(void)
{
    unlink(template_file());
    rmdir(folder);
}

static const char *ask(const char *target, int status)
{
    CvResponse *response = cv_handle(cv_request_make(arena, "GET", target, CV_LIST("Host", "x"), (CvSlice){0}, NULL));
    ck_assert_int_eq(response->status, status);
    return cv_slice_string(arena, response->body);
}

/* Whoever writes a link must not write the page: what is shown of the path is quoted, and not in the message. */
START_TEST(a_path_does_not_speak_for_the_site)
{
    start("{{ request_path }} {{ exception }}");
    ck_assert_str_eq(ask("/Call%20us%20now%3A%20<b>", 404), "/Call%20us%20now%3A%20%3Cb%3E Resolver404");
    ck_assert_str_eq(ask("/find/", 404), "/find/ No Book matches &lt;this&gt;.");
    stop();
}
END_TEST

START_TEST(without_templates_nothing_of_the_error_is_shown)
{
    start(NULL);
    const char *page = ask("/Call%20us", 404);
    ck_assert_ptr_nonnull(strstr(page, "Not Found"));
    ck_assert_ptr_null(strstr(page, "Call"));
    page = ask("/broken/", 500);
    ck_assert_ptr_nonnull(strstr(page, "Server Error"));
    ck_assert_ptr_null(strstr(page, "sesame"));
    stop();
}
END_TEST

UNIT_TESTS("views/error_pages", a_path_does_not_speak_for_the_site, without_templates_nothing_of_the_error_is_shown)
