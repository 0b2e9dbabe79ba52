/* fuzz_http_multipart.c: any bytes as a form with uploads: whole and in pieces it reads the same. The first byte
 * chooses the pieces, the second whether files go to a store. */
#include "http/multipart.h"

typedef struct Store {
    int open;
    uint64_t bytes;
} Store;

static void *store_open(void *self, CvArena *arena, const char *name, const char **path, CvError *error)
{
    (void)arena;
    (void)error;
    *path = name;
    ((Store *)self)->open++;
    return self;
}
static bool store_write(void *handle, CvSlice bytes, CvError *error)
{
    (void)error;
    ((Store *)handle)->bytes += bytes.length;
    return true;
}
static void store_close(void *handle, bool keep)
{
    (void)keep;
    ((Store *)handle)->open--;
}

typedef struct Result {
    bool good;
    CvErrorKind kind;
    CvSlice fields;
    size_t files;
    uint64_t size;
} Result;

static Result parse(CvArena *arena, CvSlice body, size_t step, CvUploadStore *store)
{
    CvMultipartOptions options = {
        .field_bytes = 1 << 16, .field_count = 50, .file_count = 10, .memory_size = 64, .store = store};
    CvError error = {0};
    Result result = {0};
    CvQueryDict *post;
    CvFiles *files;
    CvMultipart *parser = cv_multipart_create(arena, CV_SLICE("b"), &options, &error);

    for (result.good = true; result.good && body.length; body = cv_slice_skip(body, step))
        result.good = cv_multipart_feed(parser, cv_slice_range(body, 0, step), &error);
    result.good = result.good && cv_multipart_finish(parser, &post, &files, &error);
    result.kind = error.kind;
    if (!result.good)
        return result;
    result.fields = cv_querydict_urlencode(arena, post, NULL);
    result.files = files->count;
    for (size_t i = 0; i < files->count; i++) {
        result.size += files->items[i]->size;
        if (strchr(files->items[i]->name, '/') || strchr(files->items[i]->name, '\\') || !*files->items[i]->name)
            abort();
    }
    return result;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    Store state = {0};
    CvUploadStore store = {&state, store_open, store_write, store_close};

    if (size < 2 || size > 65536)
        return 0;
    CvArena *arena = cv_arena_create(0);
    CvSlice body = cv_slice_of((const char *)data + 2, size - 2);
    Result whole = parse(arena, body, body.length + 1, data[1] & 1 ? &store : NULL);
    Result pieces = parse(arena, body, (size_t)data[0] + 1, data[1] & 1 ? &store : NULL);
    if (whole.good != pieces.good || whole.kind != pieces.kind ||
        (whole.good &&
         (!cv_slice_equal(whole.fields, pieces.fields) || whole.files != pieces.files || whole.size != pieces.size)))
        abort();
    cv_arena_destroy(arena);
    if (state.open != 0)
        abort();
    return 0;
}
