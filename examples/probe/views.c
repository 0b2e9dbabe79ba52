/* views.c: views that show what the server made of a request. */
#include "views.h"

#include <stdio.h>

/* A number of the query string, or `otherwise`; at most `most`. */
static int64_t number_param(CvRequest *request, const char *name, int64_t otherwise, int64_t most)
{
    int64_t number;
    const char *text = cv_query_param(request, name);
    if (!text || !cv_slice_to_int64(cv_slice(text), &number) || number < 0)
        return otherwise;
    return number < most ? number : most;
}

static const char *hex(const void *data, size_t length)
{
    return cv_hex(cv_arena(), data, length).data;
}

typedef struct Stream {
    int64_t left; /* KiB */
    char block[1024];
} Stream;

static bool next_block(void *state, CvSlice *piece)
{
    Stream *stream = state;
    if (stream->left-- <= 0)
        return false;
    *piece = cv_slice_of(stream->block, sizeof stream->block);
    return true;
}

static CvResponse *letters(CvRequest *request, int64_t count)
{
    char *text = cv_alloc((size_t)count + 1);
    memset(text, 'x', (size_t)count);
    return cv_response_create(request->arena, 200, "text/plain", cv_slice_of(text, (size_t)count));
}

static CvResponse *stream(CvRequest *request, int64_t blocks)
{
    Stream *state = cv_new(Stream);
    state->left = blocks;
    memset(state->block, 'y', sizeof state->block);
    return cv_response_stream(request->arena, "text/plain", next_block, state);
}

/* What came: method, query, the body's length and its first bytes, a header. ?status=N ?bytes=N ?stream=KIB ?sleep=MS
 * ?read=0 change the answer. */
CvResponse *echo(CvRequest *request)
{
    char buffer[8192], first[32];
    size_t total = 0, kept = 0, got;

    if (number_param(request, "read", 1, 1))
        while ((got = cv_request_read(request, buffer, sizeof buffer)) > 0) {
            size_t more = got < sizeof first - kept ? got : sizeof first - kept;
            memcpy(first + kept, buffer, more);
            kept += more;
            total += got;
        }
    cv_sleep((uint64_t)number_param(request, "sleep", 0, 60000));

    const char *x = cv_request_header(request, "X-Test");
    CvResponse *response;
    if (cv_query_param(request, "bytes"))
        response = letters(request, number_param(request, "bytes", 0, 16 << 20));
    else if (cv_query_param(request, "stream"))
        response = stream(request, number_param(request, "stream", 0, 1 << 20));
    else
        response = cv_response_create(
            request->arena, 200, "text/plain",
            cv_slice(cv_printf("method=%s\nquery=%s\nlength=%zu\nbody=%s\nx=%s\n", request->method, request->query, total,
                               hex(first, kept), x ? hex(x, strlen(x)) : "")));
    int64_t status = number_param(request, "status", 200, 599);
    response->status = status >= 200 ? (int)status : 200;
    return response;
}

/* ---- uploads: straight to disk, whatever their size ---- */

typedef struct Sink {
    FILE *file;
    CvHasher *hasher;
    uint64_t size;
} Sink;

static void close_sink(void *sink)
{
    fclose(((Sink *)sink)->file);
}

static Sink *open_sink(void)
{
    Sink *sink = cv_new(Sink);
    sink->file = tmpfile();
    if (!sink->file)
        cv_abort(503, "No room for uploads.");
    sink->hasher = cv_hasher_create(cv_arena(), CV_SHA256);
    cv_defer(close_sink, sink);
    return sink;
}

static bool keep(Sink *sink, CvSlice bytes)
{
    cv_hasher_add(sink->hasher, bytes);
    sink->size += bytes.length;
    return fwrite(bytes.data, 1, bytes.length, sink->file) == bytes.length;
}

static CvUploadAction take_file(void *self, CvUploadedFile *file, CvError *error)
{
    (void)self, (void)file, (void)error;
    return CV_UPLOAD_TAKE;
}

static CvUploadAction take_bytes(void *self, CvUploadedFile *file, CvSlice *bytes, uint64_t offset, CvError *error)
{
    (void)file, (void)offset;
    if (!keep(self, *bytes)) {
        cv_fail(cv_arena(), error, CV_ERROR_OS, "The disk is full.");
        return CV_UPLOAD_FAIL;
    }
    return CV_UPLOAD_TAKE;
}

static bool end_file(void *self, CvUploadedFile *file, CvError *error)
{
    (void)error;
    file->size = ((Sink *)self)->size;
    return true;
}

/* The size and digest of an upload: of the files of a form, or of the body itself. */
CvResponse *upload(CvRequest *request)
{
    Sink *sink = open_sink();
    size_t got, size = 65536;
    char *buffer = cv_alloc(size);

    if (strcmp(cv_request_content_type(request), "multipart/form-data") == 0) {
        request->upload_handlers = cv_new(CvUploadHandler);
        *request->upload_handlers = (CvUploadHandler){.self = sink, .begin = take_file, .data = take_bytes, .end = end_file};
        cv_request_files(request);
    } else {
        while ((got = cv_request_read(request, buffer, size)) > 0)
            if (!keep(sink, cv_slice_of(buffer, got)))
                cv_abort(503, "The disk is full.");
    }
    uint8_t digest[CV_SHA256_SIZE];
    cv_hasher_finish(sink->hasher, digest);
    return cv_response_text(request->arena, "size=%llu\nsha256=%s\n", (unsigned long long)sink->size, hex(digest, sizeof digest));
}

/* How many fields a form has, and how many different names. */
CvResponse *form(CvRequest *request)
{
    const CvQueryDict *post = cv_request_post(request);
    size_t values = 0;
    for (const CvQueryItem *item = NULL; (item = cv_querydict_next(post, item));)
        values += item->count;
    return cv_response_text(request->arena, "names=%zu\nvalues=%zu\nfiles=%zu\n", cv_querydict_count(post), values,
                            cv_request_files(request)->count);
}

/* Reads JSON and writes it again. */
CvResponse *json(CvRequest *request)
{
    CvValue value;
    CvError error;
    if (!cv_json_parse(request->arena, cv_request_body(request), NULL, &value, &error))
        return cv_response_status(request->arena, 400, "line %d, column %d: %s\n", error.line, error.column, error.message);
    return cv_json_response(value);
}
