/* multipart.c: cuts a multipart/form-data body at its boundaries.
 *
 * Bytes pass through a window that holds what cannot be decided yet: a boundary that may have begun, or the headers of
 * a part (at most HEADERS_MAX bytes). As in Django a boundary counts wherever it stands, with one line end before it
 * taken off, and what is no field (preamble, parts without a name) is passed over. */
#include "http/multipart_private.h"

#include "http/charset.h"
#include "text/utf8.h"

#define HEADERS_MAX 1024
#define WINDOW_FEED 16384
#define BOUNDARY_MAX 201

typedef enum State { PART_BEGIN, IN_FIELD, IN_FILE, IN_NOTHING, IS_DONE, IS_BROKEN } State;

struct CvMultipart {
    CvArena *arena;
    CvMultipartOptions options;
    CvUpload upload;
    CvQueryDict *post;
    char separator[BOUNDARY_MAX + 3]; /* "--boundary" */
    size_t separator_length;
    CvBuffer window;
    CvPart part;
    CvSlice field; /* the part's name as text */
    CvBuffer value;
    CvBase64Stream base64;
    CvBuffer decoded;
    uint64_t field_bytes; /* counted against the limit */
    size_t keys, file_count;
    State state;
    bool first, finished, interrupted;
    bool file_ended; /* a boundary ended it; it counts once anything follows that boundary */
};

/* Printable ASCII, 1 to 201 bytes, no space at the end. */
static bool boundary_is_valid(CvSlice boundary)
{
    for (size_t i = 0; i < boundary.length; i++)
        if (boundary.data[i] < ' ' || boundary.data[i] > '~')
            return false;
    return boundary.length > 0 && boundary.length <= BOUNDARY_MAX && boundary.data[boundary.length - 1] != ' ';
}

CvMultipart *cv_multipart_create(CvArena *arena, CvSlice boundary, const CvMultipartOptions *options, CvError *error)
{
    if (!boundary_is_valid(boundary)) {
        CvSlice shown = boundary.data ? boundary : CV_SLICE("None");
        cv_fail(arena, error, CV_ERROR_MULTIPART, "Invalid boundary in multipart: %.*s", CV_SLICE_ARG(shown));
        return NULL;
    }
    CvMultipart *parser = cv_arena_new(arena, CvMultipart);
    parser->arena = arena;
    parser->options = *options;
    parser->post = cv_querydict_create(arena);
    parser->separator[0] = parser->separator[1] = '-';
    memcpy(parser->separator + 2, boundary.data, boundary.length);
    parser->separator_length = boundary.length + 2;
    parser->window = cv_buffer(arena);
    parser->first = true;
    cv_buffer_reserve(&parser->window, WINDOW_FEED + HEADERS_MAX + BOUNDARY_MAX + 16);
    cv_upload_init(&parser->upload, arena, &parser->options);
    return parser;
}

static CvSlice charset_of(const CvMultipart *parser)
{
    return cv_slice(parser->options.charset ? parser->options.charset : "utf-8");
}

static void take(CvMultipart *parser, size_t count)
{
    parser->window.length -= count;
    memmove(parser->window.data, parser->window.data + count, parser->window.length);
}

static bool too_big(CvMultipart *parser, CvError *error)
{
    return cv_fail(parser->arena, error, CV_ERROR_REQUEST_TOO_BIG,
                   "Request body exceeded settings.DATA_UPLOAD_MAX_MEMORY_SIZE.");
}

/* Fields and parts that are none count alike; two are free: what stands before and after all boundaries. */
static bool count_key(CvMultipart *parser, CvError *error)
{
    size_t most = parser->options.field_count == CV_NO_FIELDS ? 0 : parser->options.field_count;

    if (parser->options.field_count == 0 || ++parser->keys <= most + 2)
        return true;
    return cv_fail(parser->arena, error, CV_ERROR_TOO_MANY_FIELDS,
                   "The number of GET/POST parameters exceeded settings.DATA_UPLOAD_MAX_NUMBER_FIELDS.");
}

/* What a handler answered: true to go on. */
static bool act(CvMultipart *parser, CvUploadAction action)
{
    if (action == CV_UPLOAD_SKIP_FILE) {
        cv_upload_drop(&parser->upload);
        parser->state = IN_NOTHING;
    } else if (action == CV_UPLOAD_STOP) {
        cv_upload_drop(&parser->upload);
        parser->interrupted = true;
        parser->state = IS_DONE;
    }
    return action != CV_UPLOAD_FAIL;
}

static bool begin_file(CvMultipart *parser, CvError *error)
{
    CvSlice text;

    size_t most = parser->options.file_count;
    if (most && (most == CV_NO_FILES || ++parser->file_count > most))
        return cv_fail(parser->arena, error, CV_ERROR_TOO_MANY_FILES,
                       "The number of files exceeded settings.DATA_UPLOAD_MAX_NUMBER_FILES.");
    if (!cv_charset_decode(parser->arena, charset_of(parser), parser->part.filename, &text))
        text = parser->part.filename;
    const char *name = cv_upload_name(parser->arena, text);
    if (!name || parser->field.length == 0) {
        parser->state = IN_NOTHING;
        return true;
    }
    parser->state = IN_FILE;
    parser->decoded = cv_buffer(parser->arena);
    return act(parser, cv_upload_begin(&parser->upload, &parser->part, parser->field, name, error));
}

/* The headers of a part are complete. */
static bool begin_part(CvMultipart *parser, CvSlice headers, CvError *error)
{
    parser->state = IN_NOTHING;
    cv_part_read(parser->arena, headers, &parser->part);
    if (!parser->part.is_file && !count_key(parser, error))
        return false;
    if (!parser->part.is_field || !parser->part.has_name)
        return true;
    if (!cv_charset_decode(parser->arena, charset_of(parser), parser->part.name, &parser->field))
        parser->field = parser->part.name;
    parser->base64 = (CvBase64Stream){0};
    if (parser->part.is_file)
        return begin_file(parser, error);
    parser->state = IN_FIELD;
    parser->value = cv_buffer(parser->arena);
    parser->field_bytes += cv_utf8_count(parser->field) + 2; /* as "&=" of the other form */
    return true;
}

/* What was sound before damaged base64 is handed on first: which of two things is refused does not depend on how the
 * bytes arrive. */
static bool data_of_file(CvMultipart *parser, CvSlice bytes, CvError *error)
{
    bool sound = true;

    if (parser->part.base64) {
        parser->decoded.length = 0;
        sound = cv_base64_stream(&parser->base64, &parser->decoded, bytes);
        bytes = cv_buffer_slice(&parser->decoded);
    }
    if (bytes.length && !act(parser, cv_upload_data(&parser->upload, bytes, error)))
        return false;
    return sound || parser->state != IN_FILE ||
           cv_fail(parser->arena, error, CV_ERROR_MULTIPART, "Could not decode base64 data.");
}

/* Bytes of the running part. */
static bool data(CvMultipart *parser, CvSlice bytes, CvError *error)
{
    if (parser->state == IN_FILE)
        return data_of_file(parser, bytes, error);
    if (parser->state != IN_FIELD)
        return true;
    parser->field_bytes += bytes.length;
    if (parser->options.field_bytes != CV_MULTIPART_NO_LIMIT && parser->field_bytes > parser->options.field_bytes)
        return too_big(parser, error);
    cv_buffer_append_slice(&parser->value, bytes);
    return true;
}

/* A field's base64, if it is that from end to end; else the text as it is. */
static CvSlice decoded_field(CvMultipart *parser, CvSlice bytes)
{
    CvBase64Stream stream = {0};
    CvBuffer out = cv_buffer(parser->arena);

    for (size_t i = 0; i < bytes.length; i++)
        if (bytes.data[i] == ' ' || (bytes.data[i] >= '\t' && bytes.data[i] <= '\r'))
            return bytes;
    return cv_base64_stream(&stream, &out, bytes) && stream.count == 0 ? cv_buffer_slice(&out) : bytes;
}

static bool end_field(CvMultipart *parser, CvError *error)
{
    CvSlice bytes = cv_buffer_slice(&parser->value), text;

    if (parser->options.field_bytes != CV_MULTIPART_NO_LIMIT && parser->field_bytes > parser->options.field_bytes)
        return too_big(parser, error);
    if (parser->part.base64)
        bytes = decoded_field(parser, bytes);
    if (!cv_charset_decode(parser->arena, charset_of(parser), bytes, &text))
        text = bytes;
    cv_querydict_add(parser->post, parser->field, text);
    return true;
}

static bool end_part(CvMultipart *parser, CvError *error)
{
    State state = parser->state;

    parser->state = PART_BEGIN;
    if (state == IN_FIELD)
        return end_field(parser, error);
    if (state != IN_FILE)
        return true;
    if (parser->part.base64 && parser->base64.count)
        return cv_fail(parser->arena, error, CV_ERROR_MULTIPART, "Could not decode base64 data.");
    parser->file_ended = true;
    return true;
}

/* A file whose end did not come is no file: the upload was cut off. */
static void drop_unfinished_file(CvMultipart *parser)
{
    if (parser->state != IN_FILE && !parser->file_ended)
        return;
    cv_upload_drop(&parser->upload);
    parser->interrupted = true;
    parser->file_ended = false;
    parser->state = IN_NOTHING;
}

/* Where the separator begins in the window, or -1. */
static ptrdiff_t find_separator(const CvMultipart *parser)
{
    return cv_slice_find(cv_buffer_slice(&parser->window), cv_slice_of(parser->separator, parser->separator_length));
}

/* The part's last byte before a separator: one line end is not part of it. */
static size_t trimmed(const CvMultipart *parser, size_t end)
{
    if (end && parser->window.data[end - 1] == '\n')
        end--;
    if (end && parser->window.data[end - 1] == '\r')
        end--;
    return end;
}

/* The begin of a part, at the front of the window. *wait: more bytes are needed. */
static bool step_begin(CvMultipart *parser, bool at_end, bool *wait, CvError *error)
{
    CvSlice all = cv_buffer_slice(&parser->window);
    ptrdiff_t separator = find_separator(parser);
    size_t end = separator < 0 ? all.length : trimmed(parser, (size_t)separator);

    if (parser->file_ended && all.length) {
        parser->file_ended = false;
        if (!cv_upload_end(&parser->upload, error))
            return false;
    }
    if (!parser->first && all.length >= 2 && memcmp(all.data, "--", 2) == 0) {
        parser->state = IS_DONE; /* the closing boundary; what follows means nothing */
        return count_key(parser, error);
    }
    ptrdiff_t headers =
        cv_slice_find(cv_slice_range(all, 0, end < HEADERS_MAX ? end : HEADERS_MAX), CV_SLICE("\r\n\r\n"));
    bool sure = separator >= 0 || at_end || all.length >= HEADERS_MAX + parser->separator_length;
    if (headers >= 0 && all.length - (size_t)headers - 4 >= parser->separator_length)
        sure = true;
    if (!sure) {
        *wait = true;
        return true;
    }
    if (headers >= 0) {
        CvSlice text = cv_slice_range(all, 0, (size_t)headers);
        if (!begin_part(parser, text, error))
            return false;
        parser->first = false;
        take(parser, (size_t)headers + 4);
        return true;
    }
    if (end >= HEADERS_MAX)
        return cv_fail(parser->arena, error, CV_ERROR_MULTIPART, "Request max total header size exceeded.");
    parser->state = IN_NOTHING;
    return count_key(parser, error);
}

/* Inside a part: gives out what cannot belong to a separator. */
static bool step_data(CvMultipart *parser, bool at_end, bool *wait, CvError *error)
{
    ptrdiff_t separator = find_separator(parser);
    size_t held = parser->separator_length + 1, length = parser->window.length;

    parser->first = false;
    if (separator >= 0) {
        if (!data(parser, cv_slice_of(parser->window.data, trimmed(parser, (size_t)separator)), error))
            return false;
        if (parser->state == IS_DONE)
            return true;
        take(parser, (size_t)separator + parser->separator_length);
        return end_part(parser, error);
    }
    if (at_end)
        held = 0;
    *wait = true;
    if (length <= held)
        return true;
    if (!data(parser, cv_slice_of(parser->window.data, length - held), error))
        return false;
    take(parser, length - held);
    return true;
}

static bool run(CvMultipart *parser, bool at_end, CvError *error)
{
    bool wait = false;

    while (!wait && parser->state < IS_DONE) {
        bool good = parser->state == PART_BEGIN ? step_begin(parser, at_end, &wait, error)
                                                : step_data(parser, at_end, &wait, error);
        if (!good) {
            cv_multipart_abort(parser);
            return false;
        }
    }
    return true;
}

bool cv_multipart_feed(CvMultipart *parser, CvSlice bytes, CvError *error)
{
    if (parser->state == IS_BROKEN)
        return cv_fail(parser->arena, error, CV_ERROR_MULTIPART, "The upload was broken off.");
    while (bytes.length && parser->state < IS_DONE) {
        CvSlice piece = cv_slice_range(bytes, 0, WINDOW_FEED);
        cv_buffer_append_slice(&parser->window, piece);
        bytes = cv_slice_skip(bytes, piece.length);
        if (!run(parser, false, error))
            return false;
    }
    return true;
}

bool cv_multipart_is_complete(const CvMultipart *parser)
{
    return parser->state >= IS_DONE;
}

bool cv_multipart_finish(CvMultipart *parser, CvQueryDict **post, CvFiles **files, CvError *error)
{
    if (parser->state == IS_BROKEN)
        return cv_fail(parser->arena, error, CV_ERROR_MULTIPART, "The upload was broken off.");
    if (parser->state < IS_DONE && (parser->window.length || parser->state != PART_BEGIN)) {
        if (!run(parser, true, error))
            return false;
        drop_unfinished_file(parser);
        if (parser->state < IS_DONE && !end_part(parser, error)) {
            cv_multipart_abort(parser);
            return false;
        }
    }
    drop_unfinished_file(parser);
    parser->state = IS_DONE;
    if (!parser->finished)
        cv_upload_finish(&parser->upload, parser->interrupted);
    parser->finished = true;
    *post = parser->post;
    *files = parser->upload.files;
    return true;
}

void cv_multipart_abort(CvMultipart *parser)
{
    cv_upload_drop(&parser->upload);
    if (!parser->finished)
        cv_upload_finish(&parser->upload, true);
    parser->finished = true;
    parser->state = IS_BROKEN;
}
