/* test_files.c: files of a folder: safe paths, types, conditions, ranges. */
#include "unit.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "http/http.h"
#include "views/views.h"

static CvArena *arena;
static char folder[] = "/tmp/caravan-files-XXXXXX";

static void put(const char *name, const char *text)
{
    FILE *file = fopen(cv_arena_printf(arena, "%s/%s", folder, name), "we");
    ck_assert_ptr_nonnull(file);
    fputs(text, file);
    fclose(file);
}

static void start(void)
{
    arena = cv_arena_create(0);
    ck_assert_ptr_nonnull(mkdtemp(folder));
    ck_assert_int_eq(mkdir(cv_arena_printf(arena, "%s/sub", folder), 0700), 0);
    put("a.css", "0123456789");
    put("sub/b.js", "x");
    put(".hidden", "x");
}

static void stop(void)
{
    static const char *const names[] = {"a.css", "sub/b.js", ".hidden", "out", "in"};
    for (size_t i = 0; i < CV_COUNT_OF(names); i++)
        unlink(cv_arena_printf(arena, "%s/%s", folder, names[i]));
    rmdir(cv_arena_printf(arena, "%s/sub", folder));
    rmdir(folder);
}

static CvResponse *ask(const char *path, const char *const *headers)
{
    static const char *const none[] = {NULL};
    return cv_serve_file(cv_request_make(arena, "GET", "/x", headers ? headers : none, (CvSlice){0}, NULL), folder,
                         path);
}

START_TEST(a_file_has_its_type_and_tags)
{
    start();
    CvResponse *response = ask("a.css", NULL);
    ck_assert_ptr_nonnull(response);
    ck_assert_int_eq(response->status, 200);
    ck_assert_uint_eq(response->file.length, 10);
    ck_assert_str_eq(cv_response_header(response, "Content-Type"), "text/css; charset=utf-8");
    ck_assert_ptr_nonnull(cv_response_header(response, "ETag"));
    ck_assert_ptr_nonnull(cv_response_header(response, "Last-Modified"));
    ck_assert_str_eq(cv_response_header(ask("sub/b.js", NULL), "Content-Type"), "text/javascript; charset=utf-8");
    stop();
}
END_TEST

START_TEST(nothing_else_is_reached)
{
    start();
    static const char *const paths[] = {
        "",        ".",          "..",          "../etc/passwd", "sub",    "sub/",    "sub/../a.css",
        ".hidden", "sub/./b.js", "/etc/passwd", "sub//b.js",     "a.css/", "a.css/x", "..\\a.css",
        "nothing", "sub/..",     "./a.css"};
    for (size_t i = 0; i < CV_COUNT_OF(paths); i++)
        ck_assert_msg(ask(paths[i], NULL) == NULL, "%s", paths[i]);
    stop();
}
END_TEST

START_TEST(links_out_of_the_folder_are_not_followed)
{
    start();
    ck_assert_int_eq(symlink("/etc/passwd", cv_arena_printf(arena, "%s/out", folder)), 0);
    ck_assert_int_eq(symlink("a.css", cv_arena_printf(arena, "%s/in", folder)), 0);
    ck_assert_ptr_null(ask("out", NULL));
    ck_assert_ptr_nonnull(ask("in", NULL));
    stop();
}
END_TEST

START_TEST(what_is_unchanged_is_not_sent)
{
    start();
    CvResponse *first = ask("a.css", NULL);
    const char *etag = cv_response_header(first, "ETag"), *date = cv_response_header(first, "Last-Modified");
    ck_assert_int_eq(ask("a.css", CV_LIST("If-None-Match", etag))->status, 304);
    ck_assert_int_eq(ask("a.css", CV_LIST("If-None-Match", "*"))->status, 304);
    ck_assert_int_eq(ask("a.css", CV_LIST("If-None-Match", "\"other\""))->status, 200);
    ck_assert_int_eq(ask("a.css", CV_LIST("If-Modified-Since", date))->status, 304);
    ck_assert_int_eq(ask("a.css", CV_LIST("If-Modified-Since", "Sun, 06 Nov 1994 08:49:37 GMT"))->status, 200);
    ck_assert_int_eq(ask("a.css", CV_LIST("If-None-Match", "\"other\"", "If-Modified-Since", date))->status, 200);
    stop();
}
END_TEST

START_TEST(ranges_are_answered)
{
    start();
    static const struct {
        const char *range;
        int status;
        const char *content_range;
        uint64_t offset, length;
    } cases[] = {{"bytes=0-3", 206, "bytes 0-3/10", 0, 4},
                 {"bytes=7-", 206, "bytes 7-9/10", 7, 3},
                 {"bytes=-2", 206, "bytes 8-9/10", 8, 2},
                 {"bytes=5-99", 206, "bytes 5-9/10", 5, 5},
                 {"bytes=9-9", 206, "bytes 9-9/10", 9, 1},
                 {"bytes=-99", 206, "bytes 0-9/10", 0, 10},
                 {"bytes=10-", 416, "bytes */10", 0, 0},
                 {"bytes=-0", 416, "bytes */10", 0, 0},
                 {"bytes=3-1", 200, NULL, 0, 10},
                 {"bytes=0-1,3-4", 200, NULL, 0, 10},
                 {"lines=0-1", 200, NULL, 0, 10},
                 {"bytes=a-b", 200, NULL, 0, 10},
                 {"bytes=-", 200, NULL, 0, 10},
                 {"bytes=99999999999999999999-", 200, NULL, 0, 10}};
    for (size_t i = 0; i < CV_COUNT_OF(cases); i++) {
        CvResponse *response = ask("a.css", CV_LIST("Range", cases[i].range));
        ck_assert_msg(response->status == cases[i].status, "%s", cases[i].range);
        const char *got = cv_response_header(response, "Content-Range");
        ck_assert_msg(cases[i].content_range ? got && strcmp(got, cases[i].content_range) == 0 : got == NULL, "%s",
                      cases[i].range);
        if (response->status != 416) {
            ck_assert_uint_eq(response->file.offset, cases[i].offset);
            ck_assert_uint_eq(response->file.length, cases[i].length);
        }
    }
    ck_assert_int_eq(ask("a.css", CV_LIST("Range", "bytes=0-3", "If-Range", "\"other\""))->status, 200);
    stop();
}
END_TEST

static int next_descriptor(void)
{
    int fd = open("/dev/null", O_RDONLY | O_CLOEXEC);
    close(fd);
    return fd;
}

static void ask_for_file(void *argument)
{
    (void)cv_serve_file(argument, folder, "a.css");
}

/* Memory ends at each place once. */
START_TEST(no_descriptor_is_lost_without_memory)
{
    static const char *const none[] = {NULL};
    start();
    int before = next_descriptor(), raised = 0;
    for (size_t left = 0; left < 1500; left += 8) {
        CvArena *small = cv_arena_create(0);
        CvRequest *request = cv_request_make(small, "GET", "/x", none, (CvSlice){0}, NULL);
        (void)cv_arena_alloc_raw(small, (size_t)(small->end - small->next) - left, 1);
        small->budget = small->used;
        raised += !cv_try(ask_for_file, request, NULL);
        cv_arena_destroy(small);
        ck_assert_int_eq(next_descriptor(), before);
    }
    ck_assert_int_gt(raised, 10);
    stop();
}
END_TEST

UNIT_TESTS("views/files", a_file_has_its_type_and_tags, nothing_else_is_reached,
           links_out_of_the_folder_are_not_followed, what_is_unchanged_is_not_sent, ranges_are_answered,
           no_descriptor_is_lost_without_memory)
