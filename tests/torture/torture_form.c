/* torture_form.c: each allocation, write and open fails once while an upload comes in, a model form checks it and saves
 * it to a folder and a row, and a page of the rows is streamed. Every round ends in an error or in the whole: no row
 * without its file, no file that is half written, no descriptor left open, and the next round works. */
#include <dirent.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/memory.h"
#include "base/self.h"
#include "orm/schema.h"
#include "template/template.h"

#define CV_MODELS "paper.def.h"
#include "orm/models.h"
#define CV_FORMS "paper_form.def.h"
#include "forms/forms.h"

#define CV_MODELS "paper.def.h"
#define CV_MODELS_TABLE paper_models
#include "orm/models_define.h"
#define CV_FORMS "paper_form.def.h"
#include "forms/forms_define.h"

#include "unit.h"

/* Memory comes from malloc in blocks: what stands in the arena before moves the places where a block ends. */
enum { SCAN_LENGTH = 3000, ROUNDS_MOST = 100, STEP = 50, STEPS = 330 };

static char folder[64];
static int round_number;
static CvEngine *engine;

static int files_in(const char *path)
{
    DIR *directory = opendir(path);
    int count = 0;
    for (const struct dirent *entry; directory && (entry = readdir(directory));)
        count += entry->d_name[0] != '.' || (entry->d_name[1] && entry->d_name[1] != '.');
    if (directory)
        closedir(directory);
    return count;
}

static const char *scans(void)
{
    return cv_printf("%s/scans", folder);
}

/* ---- what is done ---- */

static const char *name_of_round(void)
{
    return cv_printf("paper-%d", round_number);
}

/* What a visitor sends: a title and a file. */
static CvFormInput visitor_sends(void)
{
    const CvMultipartOptions options = {
        .field_bytes = 1000, .field_count = 10, .file_count = 1, .memory_size = SCAN_LENGTH};
    CvBuffer body = cv_buffer(cv_arena());
    CvError error;
    CvQueryDict *post;
    CvFiles *files;
    cv_buffer_printf(&body, "--b\r\nContent-Disposition: form-data; name=\"title\"\r\n\r\n%s\r\n", name_of_round());
    cv_buffer_append_string(&body,
                            "--b\r\nContent-Disposition: form-data; name=\"scan\"; filename=\"page.txt\"\r\n\r\n");
    cv_buffer_append_repeated(&body, 'x', SCAN_LENGTH);
    cv_buffer_append_string(&body, "\r\n--b--\r\n");
    CvMultipart *parser = cv_multipart_create(cv_arena(), CV_SLICE("b"), &options, &error);
    if (!parser || !cv_multipart_feed(parser, cv_buffer_slice(&body), &error) ||
        !cv_multipart_finish(parser, &post, &files, &error))
        cv_raise_error(&error);
    return (CvFormInput){.arena = cv_arena(), .data = post, .files = files};
}

static void upload(void *unused)
{
    (void)unused;
    CvFormInput input = visitor_sends();
    PaperForm *form = (PaperForm *)cv_form_create(&PaperForm_type, &input, NULL);
    if (!cv_form_is_valid(&form->form))
        abort();
    Paper *paper = cv_save_form(form);
    CvSlice scan;
    CvError error;
    CvFile *file = cv_file_open(paper, scan);
    if (!cv_file_read_all(file, SCAN_LENGTH, &scan, &error))
        cv_raise_error(&error);
    if (scan.length != SCAN_LENGTH)
        abort();
}

static bool take_piece(void *length, CvSlice piece)
{
    *(size_t *)length += piece.length;
    return true;
}

static void stream(void *unused)
{
    (void)unused;
    size_t length = 0;
    CvError error;
    CvContext *context = cv_context_create(cv_arena());
    cv_context_set(context, "papers", cv_value_object(cv_order_by(cv_objects(Paper), "pk")));
    const CvTemplate *page = cv_engine_get(engine, "papers.html", &error);
    if (!page || !cv_template_stream(page, context, take_piece, &length, 64, &error))
        cv_raise_error(&error);
    if (length < 64)
        abort();
}

/* ---- what must hold ---- */

/* Each row has its file, whole. A file without a row is left where the row failed, as in Django. */
static void look(void *whole)
{
    Paper_set *papers = cv_filter(cv_objects(Paper), "title", name_of_round());
    int64_t count = cv_count(papers);
    ck_assert_int_le(count, 1);
    if (whole)
        ck_assert_int_eq(count, 1);
    CV_EACH (paper, papers) {
        struct stat at;
        ck_assert_int_eq(stat(cv_printf("%s/%s", folder, paper->scan.name), &at), 0);
        ck_assert_int_eq(at.st_size, SCAN_LENGTH);
    }
}

/* A context of its own, as a request has, with `used` bytes in its arena; true if nothing was raised. */
static bool run_once(void (*work)(void *argument), void *argument, uint64_t fail_at, size_t used)
{
    CvSelf self = {0}, *was = cv_self_switch(&self);
    CvError *error;
    cv_db_request_begin();
    cv_arena_alloc(cv_arena(), used);
    cv_memory_fail_at(fail_at);
    bool good = cv_try(work, argument, &error);
    cv_memory_fail_at(0);
    if (!good && fail_at)
        ck_assert_msg(error->kind == CV_ERROR_MEMORY, "at %llu: %s: %s", (unsigned long long)fail_at,
                      cv_error_class(error->kind), error->message);
    cv_db_request_end();
    cv_arena_destroy(self.arena);
    cv_self_release(&self);
    cv_self_switch(was);
    return good;
}

/* Fails the first allocation, then the second ..., until a round does not come that far; gives the failures. */
static int torture_with(void (*work)(void *unused), bool saves, size_t used)
{
    int failures = 0, open_files = files_in("/proc/self/fd");
    for (uint64_t k = 1;; k++) {
        round_number++;
        cv_arena_trim(); /* so that every block comes from malloc */
        bool good = run_once(work, NULL, k, used), reached = cv_memory_count() >= k;
        failures += !good;
        if (saves)
            ck_assert(run_once(look, good ? &open_files : NULL, 0, 0));
        ck_assert_int_eq(files_in("/proc/self/fd"), open_files);
        if (good && !reached)
            return failures;
        ck_assert_uint_lt(k, ROUNDS_MOST);
    }
}

static void torture(void (*work)(void *unused), bool saves)
{
    int failures = 0;
    for (size_t step = 0; step < STEPS; step++) {
        failures += torture_with(work, saves, step * STEP);
        round_number++;
        ck_assert(run_once(work, NULL, 0, 0)); /* it works again at once */
        ck_assert(!saves || run_once(look, &failures, 0, 0));
    }
    ck_assert_int_gt(failures, STEPS);
}

static void begin(void)
{
    static CvFileStorage storage = {.kind = &cv_file_system_storage, .base_url = "/media/"};
    static const CvStorageAlias storages[] = {{"default", &storage}, {0}};
    static const char page[] =
        "{% for paper in papers %}<p>{{ paper.title|upper }}: {{ paper.scan.url }}</p>\n{% endfor %}"
        "............................................................................";
    static const CvTemplateFile pages[] = {{"papers.html", page, sizeof page - 1}, {0}};
    CvErrors errors = {.arena = cv_arena()};
    CvError error;
    memcpy(folder, "/tmp/caravan-torture-XXXXXX", 28);
    ck_assert_ptr_nonnull(mkdtemp(folder));
    storage.location = folder;
    cv_set_storages(storages);
    engine = cv_engine_create(&(CvEngineOptions){.files = pages});
    ck_assert(cv_database_open(cv_arena(), "default", "sqlite://:memory:", NULL, &error));
    cv_models_add("papers", paper_models);
    ck_assert(cv_models_ready(&errors));
    cv_schema_create(NULL, NULL);
    round_number++;
    ck_assert(run_once(upload, NULL, 0, 0));
}

static void finish(void)
{
    cv_engine_destroy(engine);
    cv_databases_close();
    ck_assert_int_eq(system(cv_printf("rm -rf %s", folder)), 0);
}

START_TEST(uploads)
{
    begin();
    torture(upload, true);
    finish();
}
END_TEST

START_TEST(streams)
{
    begin();
    torture(stream, false);
    finish();
}
END_TEST

/* A round under a limit of the system: with it the upload fails, without it works again. */
static void work_under(int resource, rlim_t most)
{
    struct rlimit was, limit;
    int open_files = files_in("/proc/self/fd"), files = files_in(scans());
    ck_assert_int_eq(getrlimit(resource, &was), 0);
    limit = was;
    limit.rlim_cur = most;
    round_number++;
    ck_assert_int_eq(setrlimit(resource, &limit), 0);
    bool good = run_once(upload, NULL, 0, 0);
    ck_assert_int_eq(setrlimit(resource, &was), 0);
    ck_assert(run_once(look, good ? &open_files : NULL, 0, 0));
    ck_assert(!good);
    ck_assert_int_eq(files_in("/proc/self/fd"), open_files);
    ck_assert_int_eq(files_in(scans()), files); /* what could not be written whole is gone */
    round_number++;
    ck_assert(run_once(upload, NULL, 0, 0));
    ck_assert(run_once(look, &open_files, 0, 0));
}

START_TEST(a_disk_may_be_full)
{
    begin();
    signal(SIGXFSZ, SIG_IGN); /* so that a write beyond the limit is an error */
    for (rlim_t most = 0; most < SCAN_LENGTH; most += 500)
        work_under(RLIMIT_FSIZE, most);
    work_under(RLIMIT_FSIZE, SCAN_LENGTH - 1);
    finish();
}
END_TEST

/* The file and its folder are open at a time. */
START_TEST(descriptors_may_run_out)
{
    begin();
    int highest = dup(0);
    close(highest);
    for (int spare = 0; spare < 2; spare++)
        work_under(RLIMIT_NOFILE, (rlim_t)(highest + spare));
    finish();
}
END_TEST

UNIT_TESTS("torture/form", uploads, streams, a_disk_may_be_full, descriptors_may_run_out)
