/* test_multipart.c: uploads: what is read, limits at their edges, handlers, the store, and any cut of the bytes. */
#include "unit.h"

#include "http/multipart.h"

static CvArena *arena;

/* A store that counts. */
typedef struct Store {
    int opened, closed, kept, fail_after;
    uint64_t bytes;
} Store;

static void *store_open(void *self, CvArena *in, const char *name, const char **path, CvError *error)
{
    (void)error;
    ((Store *)self)->opened++;
    *path = cv_arena_printf(in, "temporary-%s", name);
    return self;
}
static bool store_write(void *handle, CvSlice bytes, CvError *error)
{
    Store *store = handle;

    store->bytes += bytes.length;
    if (store->fail_after && store->bytes > (uint64_t)store->fail_after)
        return cv_fail(arena, error, CV_ERROR_OS, "disk full");
    return true;
}
static void store_close(void *handle, bool keep)
{
    ((Store *)handle)->closed++;
    ((Store *)handle)->kept += keep;
}

static const CvMultipartOptions open_options = {.field_bytes = CV_MULTIPART_NO_LIMIT};

typedef struct Form {
    CvQueryDict *post;
    CvFiles *files;
    CvError error;
} Form;

static bool parse(const char *text, size_t step, const CvMultipartOptions *options, Form *form)
{
    CvSlice body = cv_slice(text);
    CvMultipart *parser = cv_multipart_create(arena, CV_SLICE("b"), options, &form->error);

    form->error = (CvError){0};
    for (; body.length; body = cv_slice_skip(body, step))
        if (!cv_multipart_feed(parser, cv_slice_range(body, 0, step), &form->error))
            return false;
    return cv_multipart_finish(parser, &form->post, &form->files, &form->error);
}

#define PART(headers, body) "--b\r\n" headers "\r\n\r\n" body "\r\n"
#define FIELD(name, value) PART("Content-Disposition: form-data; name=\"" name "\"", value)
#define FILE_PART(name, file, value)                                           \
    PART("Content-Disposition: form-data; name=\"" name "\"; filename=\"" file \
         "\"\r\nContent-Type: a/b; charset=x; y=z",                            \
         value)
#define END "--b--\r\n"

START_TEST(reads_the_same_whatever_the_cuts)
{
    static const char text[] = "preamble\r\n" FIELD("a", "1") FIELD("a", "x\r\n--\r\n-b\r\n--a") FIELD("e", "")
        FILE_PART("f", "C:\\\\dir\\\\n.txt", "line\r\n\r\nline\r\n") PART("X: y", "no field") END "epilogue";

    arena = cv_arena_create(0);
    for (size_t step = 1; step < sizeof text; step++) {
        Form form;
        ck_assert(parse(text, step, &open_options, &form));
        ck_assert_uint_eq(cv_querydict_count(form.post), 2);
        ck_assert_str_eq(cv_querydict_value(form.post, "a", 0), "1");
        ck_assert_str_eq(cv_querydict_value(form.post, "a", 1), "x\r\n--\r\n-b\r\n--a");
        ck_assert_str_eq(cv_querydict_get(form.post, "e"), "");
        ck_assert_uint_eq(form.files->count, 1);
        const CvUploadedFile *file = cv_files_get(form.files, "f");
        ck_assert_str_eq(file->name, "n.txt");
        ck_assert_str_eq(file->content_type, "a/b");
        ck_assert_str_eq(file->charset, "x");
        ck_assert(cv_slice_is(file->content_type_extra, "charset=x; y=z"));
        ck_assert(cv_slice_is(file->content, "line\r\n\r\nline\r\n"));
        ck_assert_uint_eq(file->size, 14);
    }
}
END_TEST

START_TEST(bounds_fields_files_and_bytes)
{
    static const char three[] = FIELD("a", "1") FIELD("b", "2") FIELD("c", "3") END;
    static const char two_files[] = FILE_PART("f", "a", "1") FILE_PART("g", "b", "2") END;
    Form form;

    arena = cv_arena_create(0);
    for (size_t limit = 2; limit <= 4; limit++) {
        CvMultipartOptions options = {.field_bytes = CV_MULTIPART_NO_LIMIT, .field_count = limit};
        ck_assert_int_eq(parse(three, 9, &options, &form), limit >= 3);
        if (limit < 3)
            ck_assert_int_eq(form.error.kind, CV_ERROR_TOO_MANY_FIELDS);
    }
    for (size_t limit = 1; limit <= 3; limit++) {
        CvMultipartOptions options = {.field_bytes = CV_MULTIPART_NO_LIMIT, .file_count = limit};
        ck_assert_int_eq(parse(two_files, 9, &options, &form), limit >= 2);
        if (limit < 2)
            ck_assert_int_eq(form.error.kind, CV_ERROR_TOO_MANY_FILES);
    }
    for (size_t limit = 11; limit <= 13; limit++) { /* three times a name, a byte, and "&=" */
        CvMultipartOptions options = {.field_bytes = limit};
        ck_assert_int_eq(parse(three, 9, &options, &form), limit >= 12);
        if (limit < 12)
            ck_assert_int_eq(form.error.kind, CV_ERROR_REQUEST_TOO_BIG);
    }
}
END_TEST

static bool with_headers(size_t length, size_t step)
{
    char *text = cv_arena_alloc(arena, length + 200), *at = text;
    static const char start[] = "\r\nContent-Disposition: form-data; name=a\r\nX: ";
    Form form;

    memcpy(at, "--b", 3);
    memcpy(at + 3, start, sizeof start - 1);
    memset(at + 3 + sizeof start - 1, 'x', length - (sizeof start - 1) - 4);
    at += 3 + length - 4;
    memcpy(at, "\r\n\r\nv\r\n--b--", 12);
    return parse(text, step, &open_options, &form) && cv_querydict_get(form.post, "a");
}

START_TEST(bounds_the_headers_of_a_part)
{
    static const size_t steps[] = {1, 100, 10000};

    arena = cv_arena_create(0);
    for (size_t i = 0; i < CV_COUNT_OF(steps); i++) {
        ck_assert(with_headers(1023, steps[i]));
        ck_assert(with_headers(1024, steps[i]));
        ck_assert(!with_headers(1025, steps[i]));
    }
}
END_TEST

START_TEST(checks_the_boundary)
{
    CvError error;
    char text[204];

    arena = cv_arena_create(0);
    memset(text, 'b', sizeof text);
    ck_assert_ptr_nonnull(cv_multipart_create(arena, cv_slice_of(text, 200), &open_options, &error));
    ck_assert_ptr_nonnull(cv_multipart_create(arena, cv_slice_of(text, 201), &open_options, &error));
    ck_assert_ptr_null(cv_multipart_create(arena, cv_slice_of(text, 202), &open_options, &error));
    ck_assert_int_eq(error.kind, CV_ERROR_MULTIPART);
    ck_assert_ptr_null(cv_multipart_create(arena, CV_SLICE(""), &open_options, &error));
    ck_assert_ptr_null(cv_multipart_create(arena, CV_SLICE("b "), &open_options, &error));
    ck_assert_ptr_null(cv_multipart_create(arena, CV_SLICE("b\xc3\xa9"), &open_options, &error));
}
END_TEST

START_TEST(decodes_base64)
{
#define CODED "\r\nContent-Transfer-Encoding: base64"
    Form form;

    arena = cv_arena_create(0);
    ck_assert(parse(PART("Content-Disposition: form-data; name=a" CODED, "aGVsbG8=")
                        PART("Content-Disposition: form-data; name=b" CODED, "no!base64")
                            PART("Content-Disposition: form-data; name=f; filename=f" CODED, "aGVs\r\nbG8 =") END,
                    3, &open_options, &form));
    ck_assert_str_eq(cv_querydict_get(form.post, "a"), "hello");
    ck_assert_str_eq(cv_querydict_get(form.post, "b"), "no!base64");
    ck_assert(cv_slice_is(cv_files_get(form.files, "f")->content, "hello"));
    ck_assert(
        !parse(PART("Content-Disposition: form-data; name=f; filename=f" CODED, "a*==") END, 3, &open_options, &form));
    ck_assert_int_eq(form.error.kind, CV_ERROR_MULTIPART);
    ck_assert(
        !parse(PART("Content-Disposition: form-data; name=f; filename=f" CODED, "aGV") END, 3, &open_options, &form));
}
END_TEST

START_TEST(moves_big_files_to_the_store)
{
    static const char text[] = FILE_PART("f", "small", "12345678") FILE_PART("g", "big", "123456789") END;
    Store state = {0};
    CvUploadStore store = {&state, store_open, store_write, store_close};
    CvMultipartOptions options = {.field_bytes = 0, .memory_size = 8, .store = &store};
    Form form;

    arena = cv_arena_create(0);
    ck_assert(parse(text, 4, &options, &form));
    ck_assert(cv_slice_is(cv_files_get(form.files, "f")->content, "12345678"));
    ck_assert_str_eq(cv_files_get(form.files, "g")->path, "temporary-big");
    ck_assert_uint_eq(state.bytes, 9);
    ck_assert_int_eq(state.closed, 0);
    cv_files_get(form.files, "g")->keep = true;
    cv_arena_reset(arena);
    ck_assert(state.opened == 1 && state.closed == 1 && state.kept == 1);
    state = (Store){.fail_after = 4};
    ck_assert(!parse(text, 4, &options, &form));
    ck_assert_int_eq(form.error.kind, CV_ERROR_OS);
    ck_assert(state.opened == 1 && state.closed == 1 && state.kept == 0);
    cv_arena_destroy(arena);
    ck_assert_int_eq(state.closed, 1);
    arena = cv_arena_create(0);
    options.store = NULL;
    ck_assert(!parse(text, 4, &options, &form));
    ck_assert_int_eq(form.error.kind, CV_ERROR_REQUEST_TOO_BIG);
}
END_TEST

typedef struct Watcher {
    CvUploadAction begin, data;
    bool end;
    int begun, finished, interrupted;
    uint64_t bytes;
} Watcher;

static CvUploadAction watch_begin(void *self, CvUploadedFile *file, CvError *error)
{
    Watcher *watcher = self;

    (void)file;
    watcher->begun++;
    if (watcher->begin == CV_UPLOAD_FAIL)
        cv_fail(arena, error, CV_ERROR_PERMISSION_DENIED, "no uploads");
    return watcher->begin;
}
static CvUploadAction watch_data(void *self, CvUploadedFile *file, CvSlice *bytes, uint64_t offset, CvError *error)
{
    Watcher *watcher = self;

    (void)file;
    (void)error;
    ck_assert_uint_eq(offset, watcher->bytes);
    watcher->bytes += bytes->length;
    return watcher->data;
}
static bool watch_end(void *self, CvUploadedFile *file, CvError *error)
{
    (void)file;
    (void)error;
    return ((Watcher *)self)->end;
}
static void watch_finish(void *self, bool interrupted)
{
    ((Watcher *)self)->finished++;
    ((Watcher *)self)->interrupted += interrupted;
}

START_TEST(asks_the_handlers)
{
    static const char text[] = FILE_PART("f", "n", "data") FIELD("a", "1") END;
    static const struct {
        CvUploadAction begin, data;
        bool end;
        bool good;
        int files, fields, interrupted;
        const char *content;
    } rows[] = {
        {CV_UPLOAD_GO_ON, CV_UPLOAD_GO_ON, false, true, 1, 1, 0, "data"},
        {CV_UPLOAD_TAKE, CV_UPLOAD_TAKE, true, true, 1, 1, 0, ""},
        {CV_UPLOAD_TAKE, CV_UPLOAD_GO_ON, false, true, 0, 1, 0, ""},
        {CV_UPLOAD_SKIP_FILE, CV_UPLOAD_GO_ON, true, true, 0, 1, 0, ""},
        {CV_UPLOAD_GO_ON, CV_UPLOAD_SKIP_FILE, true, true, 0, 1, 0, ""},
        {CV_UPLOAD_STOP, CV_UPLOAD_GO_ON, true, true, 0, 0, 1, ""},
        {CV_UPLOAD_GO_ON, CV_UPLOAD_STOP, true, true, 0, 0, 1, ""},
        {CV_UPLOAD_FAIL, CV_UPLOAD_GO_ON, true, false, 0, 0, 1, ""},
    };

    arena = cv_arena_create(0);
    for (size_t i = 0; i < CV_COUNT_OF(rows); i++) {
        Watcher watcher = {rows[i].begin, rows[i].data, rows[i].end, 0, 0, 0, 0};
        CvUploadHandler handler = {&watcher, watch_begin, watch_data, watch_end, watch_finish, NULL};
        CvMultipartOptions options = {.field_bytes = CV_MULTIPART_NO_LIMIT, .handlers = &handler};
        Form form;
        ck_assert_int_eq(parse(text, 1000, &options, &form), rows[i].good);
        ck_assert_int_eq(watcher.begun, 1);
        ck_assert_int_eq(watcher.finished, 1);
        ck_assert_int_eq(watcher.interrupted, rows[i].interrupted);
        if (!rows[i].good)
            continue;
        ck_assert_int_eq((int)form.files->count, rows[i].files);
        ck_assert_int_eq((int)cv_querydict_count(form.post), rows[i].fields);
        if (rows[i].files)
            ck_assert(cv_slice_is(form.files->items[0]->content, rows[i].content));
    }
}
END_TEST

START_TEST(cleans_file_names)
{
    arena = cv_arena_create(0);
    ck_assert_str_eq(cv_upload_name(arena, CV_SLICE("../../etc/passwd")), "passwd");
    ck_assert_str_eq(cv_upload_name(arena, CV_SLICE("C:\\a\\b.txt")), "b.txt");
    ck_assert_str_eq(cv_upload_name(arena, CV_SLICE("a&amp;b\x07.txt")), "a&b.txt");
    ck_assert_str_eq(cv_upload_name(arena, CV_SLICE("na\0me")), "name");
    ck_assert_ptr_null(cv_upload_name(arena, CV_SLICE("..")));
    char text[600];
    memset(text, 'x', sizeof text);
    ck_assert_uint_eq(strlen(cv_upload_name(arena, cv_slice_of(text, 255))), 255);
    ck_assert_uint_eq(strlen(cv_upload_name(arena, cv_slice_of(text, 256))), 255);
    text[296] = '.';
    const char *cut = cv_upload_name(arena, cv_slice_of(text, 300));
    ck_assert_uint_eq(strlen(cut), 255);
    ck_assert_str_eq(cut + 250, "x.xxx");
    text[0] = '.';
    text[296] = 'x';
    ck_assert_uint_eq(strlen(cv_upload_name(arena, cv_slice_of(text, 300))), 255);
    ck_assert_ptr_null(cv_upload_name(arena, CV_SLICE("a/&#46;&#46;")));
    ck_assert_ptr_null(cv_upload_name(arena, CV_SLICE("dir/")));
}
END_TEST

UNIT_TESTS("http/multipart", reads_the_same_whatever_the_cuts, bounds_fields_files_and_bytes,
           bounds_the_headers_of_a_part, checks_the_boundary, decodes_base64, moves_big_files_to_the_store,
           asks_the_handlers, cleans_file_names)
