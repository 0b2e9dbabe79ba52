/* test_staticfiles.c: where static files are answered, by what STATIC_URL and the script name say. */
#include "unit.h"

#include <unistd.h>

#include "contrib/staticfiles/staticfiles.h"
#include "http/http.h"

static CvArena *arena;
static char folder[] = "/tmp/caravan-static-XXXXXX";

static const char *file(void)
{
    return cv_arena_printf(arena, "%s/a.css", folder);
}

static void start(CvSettings settings)
{
    if (!arena) {
        arena = cv_arena_create(0);
        cv_log_set_level(CV_LOG_CRITICAL + 1);
        ck_assert_ptr_nonnull(mkdtemp(folder));
        FILE *stream = fopen(file(), "we");
        ck_assert_ptr_nonnull(stream);
        fputs("b{}", stream);
        fclose(stream);
    }
    CvErrors errors = {.arena = arena};
    settings.apps = CV_APPS(&cv_staticfiles);
    settings.staticfiles_dirs = CV_LIST(folder);
    settings.secret_key = "k";
    settings.allowed_hosts = CV_LIST("*");
    ck_assert(cv_project_start(&settings, NULL, &errors));
}

static void stop(void)
{
    unlink(file());
    rmdir(folder);
}

static int ask(const char *method, const char *target)
{
    return cv_handle(cv_request_make(arena, method, target, CV_LIST("Host", "x"), (CvSlice){0}, NULL))->status;
}

START_TEST(files_are_below_static_url)
{
    start((CvSettings){0});
    ck_assert_int_eq(ask("GET", "/static/a.css"), 200);
    ck_assert_int_eq(ask("HEAD", "/static/a.css"), 200);
    ck_assert_int_eq(ask("POST", "/static/a.css"), 405);
    ck_assert_int_eq(ask("GET", "/static/b.css"), 404);
    ck_assert_int_eq(ask("GET", "/static/%2e%2e/a.css"), 404);
    ck_assert_int_eq(ask("GET", "/a.css"), 404);
    start((CvSettings){.static_url = "assets/"});
    ck_assert_int_eq(ask("GET", "/assets/a.css"), 200);
    ck_assert_int_eq(ask("GET", "/static/a.css"), 404);
    stop();
}
END_TEST

START_TEST(the_script_name_is_not_part_of_the_path)
{
    start((CvSettings){.static_url = "static/", .force_script_name = "/shop"});
    ck_assert_str_eq(cv_settings()->static_url, "/shop/static/");
    ck_assert_int_eq(ask("GET", "/static/a.css"), 200);
    start((CvSettings){.static_url = "/static/", .force_script_name = "/shop"});
    ck_assert_int_eq(ask("GET", "/static/a.css"), 200);
    start((CvSettings){.static_url = "/shopping/", .force_script_name = "/shop"});
    ck_assert_int_eq(ask("GET", "/shopping/a.css"), 200);
    stop();
}
END_TEST

START_TEST(another_host_is_left_to_itself)
{
    start((CvSettings){.static_url = "https://cdn.example/static/"});
    ck_assert_int_eq(ask("GET", "/static/a.css"), 404);
    ck_assert_int_eq(ask("GET", "/https://cdn.example/static/a.css"), 404);
    stop();
}
END_TEST

UNIT_TESTS("contrib/staticfiles", files_are_below_static_url, the_script_name_is_not_part_of_the_path,
           another_host_is_left_to_itself)
