/* request_body.c: the body of a request: as bytes, in pieces, as a form. */
#include "base/buffer.h"
#include "http/charset.h"
#include "http/request_private.h"

enum { UNREAD, IN_MEMORY, READ_BY_VIEW, FAILED };
enum { NOT_PARSED, PARSED };

#define PIECE 16384
#define MEMORY_MAX 2621440
#define FILES_MAX 100

uint64_t cv_request_memory_limit(const CvRequest *request)
{
    return cv_http_limit(request->settings->data_upload_max_memory_size, MEMORY_MAX, UINT64_MAX);
}

static bool too_big(CvRequest *request, CvError *error)
{
    request->body_state_ = FAILED;
    return cv_fail(request->arena, error, CV_ERROR_REQUEST_TOO_BIG,
                   "Request body exceeded settings.DATA_UPLOAD_MAX_MEMORY_SIZE.");
}

/* ---- bytes ---- */

static bool read_all(CvRequest *request, CvError *error)
{
    uint64_t most = cv_request_memory_limit(request);
    CvBuffer out = cv_buffer(request->arena);

    if (request->content_length > 0) /* a promise, not yet bytes: no more than a little room at once */
        cv_buffer_reserve(&out, (request->content_length < PIECE ? (size_t)request->content_length : PIECE) + 1);
    while (request->source) {
        size_t room = out.capacity - out.length > 1 ? out.capacity - out.length - 1 : PIECE;
        ptrdiff_t count = request->source->read(request->source->self, cv_buffer_reserve(&out, room + 1), room, error);
        if (count < 0) {
            request->body_state_ = FAILED;
            return false;
        }
        if (count == 0)
            break;
        out.length += (size_t)count;
        if (out.length > most)
            return too_big(request, error);
    }
    cv_buffer_string(&out);
    request->body_ = cv_buffer_slice(&out);
    request->body_state_ = IN_MEMORY;
    return true;
}

bool cv_request_load_body(CvRequest *request, CvSlice *body, CvError *error)
{
    if (request->body_state_ == READ_BY_VIEW)
        return cv_fail(request->arena, error, CV_ERROR_ERROR,
                       "You cannot access body after reading from request's data stream");
    if (request->body_state_ == FAILED)
        return cv_fail(request->arena, error, CV_ERROR_BAD_REQUEST, "The body could not be read.");
    if (request->body_state_ == UNREAD) {
        if (request->content_length > 0 && (uint64_t)request->content_length > cv_request_memory_limit(request))
            return too_big(request, error);
        if (!read_all(request, error))
            return false;
    }
    *body = request->body_;
    return true;
}

CvSlice cv_request_body(CvRequest *request)
{
    CvError error;
    CvSlice body;

    if (!cv_request_load_body(request, &body, &error))
        cv_raise_error(&error);
    return body;
}

ptrdiff_t cv_request_load_read(CvRequest *request, void *buffer, size_t size, CvError *error)
{
    if (request->body_state_ == FAILED) {
        cv_fail(request->arena, error, CV_ERROR_BAD_REQUEST, "The body could not be read.");
        return -1;
    }
    if (request->body_state_ == IN_MEMORY) {
        CvSlice piece = cv_slice_range(cv_slice_skip(request->body_, request->body_at_), 0, size);
        if (piece.length)
            memcpy(buffer, piece.data, piece.length);
        request->body_at_ += piece.length;
        return (ptrdiff_t)piece.length;
    }
    request->body_state_ = READ_BY_VIEW;
    if (!request->source || size == 0)
        return 0;
    ptrdiff_t count = request->source->read(request->source->self, buffer, size, error);
    if (count < 0)
        request->body_state_ = FAILED;
    return count;
}

size_t cv_request_read(CvRequest *request, void *buffer, size_t size)
{
    CvError error;
    ptrdiff_t count = cv_request_load_read(request, buffer, size, &error);

    if (count < 0)
        cv_raise_error(&error);
    return (size_t)count;
}

/* ---- content type ---- */

bool cv_request_load_content_type(CvRequest *request, const CvMediaParams **out, CvError *error)
{
    if (!request->content_type_) {
        CvMediaParams *params = cv_arena_new(request->arena, CvMediaParams);
        CvSlice text = cv_request_header_slice(request, CV_HEADER_CONTENT_TYPE);
        if (!cv_media_params(request->arena, text, params, error))
            return cv_fail(request->arena, error, CV_ERROR_BAD_REQUEST, "Invalid Content-Type header.");
        request->content_type_ = params;
    }
    *out = request->content_type_;
    return true;
}

static const CvMediaParams *content_type(CvRequest *request)
{
    const CvMediaParams *params;
    CvError error;

    if (!cv_request_load_content_type(request, &params, &error))
        cv_raise_error(&error);
    return params;
}

const char *cv_request_content_type(CvRequest *request)
{
    return content_type(request)->value.data;
}

const char *cv_request_content_param(CvRequest *request, const char *name)
{
    return cv_media_param(content_type(request), name).data;
}

/* ---- forms ---- */

static bool load_urlencoded(CvRequest *request, const CvMediaParams *type, CvError *error)
{
    CvSlice body, charset = cv_media_param(type, "charset");
    CvQueryDict *post;

    if (charset.length && cv_charset_is_known(charset) && !cv_slice_equal_fold(charset, CV_SLICE("utf-8")))
        return cv_fail(request->arena, error, CV_ERROR_BAD_REQUEST,
                       "HTTP requests with the 'application/x-www-form-urlencoded' content type must be UTF-8 "
                       "encoded.");
    if (!cv_request_load_body(request, &body, error))
        return false;
    post = cv_querydict_parse(request->arena, body, NULL, cv_request_field_limit(request), error);
    if (post)
        request->post_ = post;
    return post != NULL;
}

/* Feeds the parser from memory or from the connection. */
static bool feed(CvRequest *request, CvMultipart *parser, CvError *error)
{
    if (request->body_state_ == IN_MEMORY)
        return cv_multipart_feed(parser, request->body_, error);
    char *piece = cv_arena_alloc_raw(request->arena, PIECE, 1);
    ptrdiff_t count;
    while ((count = cv_request_load_read(request, piece, PIECE, error)) > 0)
        if (!cv_multipart_feed(parser, cv_slice_of(piece, (size_t)count), error))
            return false;
    return count == 0;
}

static bool load_multipart(CvRequest *request, const CvMediaParams *type, CvError *error)
{
    const CvHttpSettings *settings = request->settings;
    CvSlice raw = cv_request_header_slice(request, CV_HEADER_CONTENT_TYPE), charset = cv_media_param(type, "charset");
    CvMultipartOptions options = {
        .charset = charset.length && cv_charset_is_known(charset) ? charset.data : settings->default_charset,
        .field_bytes = cv_request_memory_limit(request),
        .field_count = cv_request_field_limit(request),
        .file_count = settings->data_upload_max_number_files == CV_LIMIT_ZERO
                          ? CV_NO_FILES
                          : (size_t)cv_http_limit(settings->data_upload_max_number_files, FILES_MAX, 0),
        .memory_size = settings->file_upload_max_memory_size == CV_LIMIT_ZERO
                           ? CV_NO_MEMORY
                           : cv_http_limit(settings->file_upload_max_memory_size, MEMORY_MAX, 0),
        .handlers = request->upload_handlers,
        .store = request->upload_store,
    };

    if (!cv_slice_starts_with(raw, CV_SLICE("multipart/")))
        return cv_fail(request->arena, error, CV_ERROR_MULTIPART, "Invalid Content-Type: %.*s", CV_SLICE_ARG(raw));
    for (size_t i = 0; i < raw.length; i++)
        if ((unsigned char)raw.data[i] >= 0x80)
            return cv_fail(request->arena, error, CV_ERROR_MULTIPART,
                           "Invalid non-ASCII Content-Type in multipart: %.*s", CV_SLICE_ARG(raw));
    CvMultipart *parser = cv_multipart_create(request->arena, cv_media_param(type, "boundary"), &options, error);
    if (!parser)
        return false;
    if (!feed(request, parser, error)) {
        cv_multipart_abort(parser);
        return false;
    }
    return cv_multipart_finish(parser, &request->post_, &request->files_, error);
}

bool cv_request_load_post(CvRequest *request, CvError *error)
{
    const CvMediaParams *type;

    if (request->post_state_ == PARSED)
        return true;
    /* A form that fails is empty from then on, so that the page that tells of it can be made. */
    request->post_state_ = PARSED;
    request->post_ = cv_querydict_create(request->arena);
    request->files_ = cv_arena_new(request->arena, CvFiles);
    request->files_->object.type = &cv_files_type;
    if (request->method_id != CV_METHOD_POST || request->body_state_ == READ_BY_VIEW)
        return true;
    if (!cv_request_load_content_type(request, &type, error))
        return false;
    if (cv_slice_is(type->value, "multipart/form-data"))
        return !request->source && request->body_state_ == UNREAD ? true : load_multipart(request, type, error);
    if (cv_slice_is(type->value, "application/x-www-form-urlencoded"))
        return load_urlencoded(request, type, error);
    return true;
}

static void need_post(CvRequest *request)
{
    CvError error;

    if (!cv_request_load_post(request, &error))
        cv_raise_error(&error);
}

const CvQueryDict *cv_request_post(CvRequest *request)
{
    need_post(request);
    return request->post_;
}

const CvFiles *cv_request_files(CvRequest *request)
{
    need_post(request);
    return request->files_;
}

const char *cv_post_param(CvRequest *request, const char *name)
{
    return cv_querydict_get(cv_request_post(request), name);
}

CvUploadedFile *cv_file_param(CvRequest *request, const char *field)
{
    return cv_files_get(cv_request_files(request), field);
}
