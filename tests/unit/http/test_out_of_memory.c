/* test_out_of_memory.c: every allocation of a request and its answer fails once: the error is raised, nothing crashes,
 * and what was opened is closed. */
#include "unit.h"

#include "base/self.h"
#include "http/http.h"

static int open_files;

static void *store_open(void *self, CvArena *arena, const char *name, const char **path, CvError *error)
{
    (void)error;
    *path = cv_arena_strdup(arena, name);
    open_files++;
    return self;
}
static bool store_write(void *handle, CvSlice bytes, CvError *error)
{
    (void)handle;
    (void)bytes;
    (void)error;
    return true;
}
static void store_close(void *handle, bool keep)
{
    (void)handle;
    (void)keep;
    open_files--;
}

static const char upload[] =
    "--b\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n1\r\n--b\r\nContent-Disposition: form-data; "
    "name=\"f\"; filename=\"x.txt\"\r\n\r\n0123456789012345678901234567890123456789\r\n--b--\r\n";

/* A whole exchange; `arena` is the argument. */
static void exchange(void *argument)
{
    static const char *const all[] = {"*", NULL};
    static const CvHttpSettings settings = {.allowed_hosts = all, .file_upload_max_memory_size = 16};
    static const char *const headers[] = {"Host",
                                          "a.example",
                                          "Content-Type",
                                          "multipart/form-data; boundary=b",
                                          "Accept",
                                          "text/html",
                                          "Cookie",
                                          "a=1; b=\"\\054\"",
                                          "If-None-Match",
                                          "\"x\"",
                                          NULL};
    CvUploadStore store = {argument, store_open, store_write, store_close};
    CvArena *arena = argument;
    CvBuffer out = cv_buffer(arena);
    CvError error;

    CvRequest *request = cv_request_make(arena, "POST", "/caf%C3%A9/?q=%20x&r", headers, cv_slice(upload), &settings);
    request->upload_store = &store;
    ck_assert_str_eq(cv_query_param(request, "q"), " x");
    ck_assert_str_eq(cv_request_cookie(request, "b"), ",");
    ck_assert_str_eq(cv_request_host(request), "a.example");
    ck_assert(cv_request_accepts(request, "text/html"));
    if (!cv_request_load_post(request, &error))
        cv_raise_error(&error);
    ck_assert_str_eq(cv_file_param(request, "f")->path, "x.txt");
    CvResponse *response = cv_response_json(arena, cv_value_list(cv_list(arena, 1, "two")));
    (void)response;
    response = cv_response_html(arena, CV_SLICE("hello"));
    cv_response_set_header(response, "X-A", "\xe4\xbd\xa0");
    cv_response_set_cookie(response, "c", "d e", &(CvCookieOptions){.max_age = 5});
    cv_patch_vary(response, "Cookie");
    cv_patch_cache_control(response, "private, max-age=5");
    cv_response_set_etag(response);
    response = cv_conditional_response(request, response);
    cv_response_write_head(&out, response, &(CvWire){.minor = 1});
}

START_TEST(survives_every_failed_allocation)
{
    bool done = false;

    (void)cv_arena(); /* the thread's own, which is made before anybody can catch */
    for (uint64_t k = 1; !done; k++) {
        CvError *error = NULL;
        cv_arena_trim();
        CvArena *arena = cv_arena_create(0);
        cv_memory_fail_at(k);
        done = cv_try(exchange, arena, &error);
        cv_memory_fail_at(0);
        if (!done)
            ck_assert_int_eq(error->kind, CV_ERROR_MEMORY);
        cv_arena_destroy(arena);
        ck_assert_int_eq(open_files, 0);
        ck_assert_uint_lt(k, 1000);
    }
}
END_TEST

/* The budget of a request ends it the same way. */
START_TEST(keeps_to_the_budget)
{
    for (size_t budget = 4096; budget < 262144; budget *= 2) {
        CvError *error = NULL;
        CvArena *arena = cv_arena_create(budget);
        if (!cv_try(exchange, arena, &error))
            ck_assert_int_eq(error->kind, CV_ERROR_MEMORY);
        cv_arena_destroy(arena);
        ck_assert_int_eq(open_files, 0);
    }
}
END_TEST

UNIT_TESTS("http/out_of_memory", survives_every_failed_allocation, keeps_to_the_budget)
