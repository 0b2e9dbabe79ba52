/* response.c: making responses. */
#include "http/response.h"

#include "http/charset.h"
#include "http/classes_private.h"
#include "http/media_type.h"
#include "http/status.h"
#include "text/json.h"
#include "text/url.h"
#include "text/utf8.h"

static const CvSlice html_type = CV_SLICE_INIT("text/html; charset=utf-8");

static bool response_get(const void *object, CvSlice name, CvArena *arena, CvValue *out)
{
    const CvResponse *response = object;

    (void)arena;
    if (cv_slice_is(name, "status_code"))
        *out = cv_value_int(response->status);
    else if (cv_slice_is(name, "reason_phrase"))
        *out = cv_value_string(cv_response_reason(response));
    else if (cv_slice_is(name, "content"))
        *out = cv_value_text(CV_BYTES, response->body.data, response->body.length, 0);
    else
        return false;
    return true;
}

const CvType cv_response_type = {.magic = CV_TYPE_MAGIC, .name = "HttpResponse", .get = response_get};

static CvResponse *make(CvArena *arena, int status, CvResponseKind kind)
{
    if (status < 100 || status > 599)
        cv_raise(CV_ERROR_VALUE, "HTTP status code must be an integer from 100 to 599.");
    CvResponse *response = cv_arena_new(arena, CvResponse);

    response->object.type = &cv_response_type;
    response->arena = arena;
    response->status = status;
    response->kind = (uint8_t)kind;
    response->file.fd = -1;
    return response;
}

CvResponse *cv_response_create(CvArena *arena, int status, const char *content_type, CvSlice body)
{
    CvResponse *response = make(arena, status, CV_RESPONSE_BYTES);

    response->body = body;
    if (content_type)
        cv_response_set_header(response, "Content-Type", content_type);
    else
        cv_response_set_static_header(response, CV_HEADER_CONTENT_TYPE, html_type);
    return response;
}

CvResponse *cv_response_html(CvArena *arena, CvSlice html)
{
    return cv_response_create(arena, 200, NULL, html);
}

CV_PRINTF(2, 0) static CvSlice formatted(CvArena *arena, const char *format, va_list arguments)
{
    CvBuffer out = cv_buffer(arena);

    cv_buffer_vprintf(&out, format, arguments);
    return cv_buffer_slice(&out);
}

CvResponse *cv_response_text(CvArena *arena, const char *format, ...)
{
    CvResponse *response = make(arena, 200, CV_RESPONSE_BYTES);
    va_list arguments;

    va_start(arguments, format);
    response->body = formatted(arena, format, arguments);
    va_end(arguments);
    cv_response_set_static_header(response, CV_HEADER_CONTENT_TYPE, CV_SLICE("text/plain; charset=utf-8"));
    return response;
}

CvResponse *cv_response_status(CvArena *arena, int status, const char *format, ...)
{
    CvResponse *response = make(arena, status, CV_RESPONSE_BYTES);
    va_list arguments;

    va_start(arguments, format);
    response->body = formatted(arena, format, arguments);
    va_end(arguments);
    cv_response_set_static_header(response, CV_HEADER_CONTENT_TYPE, html_type);
    return response;
}

CvResponse *cv_response_json(CvArena *arena, CvValue value)
{
    CvResponse *response = make(arena, 200, CV_RESPONSE_BYTES);
    CvBuffer out = cv_buffer(arena);
    CvError error;

    if (!cv_json_write(arena, &out, value, NULL, &error))
        cv_raise_error(&error);
    response->body = cv_buffer_slice(&out);
    cv_response_set_static_header(response, CV_HEADER_CONTENT_TYPE, CV_SLICE("application/json"));
    return response;
}

/* Characters of a redirect's target (Django's MAX_URL_REDIRECT_LENGTH), before it is encoded and after. */
#define LOCATION_MAX 16384

/* Without what browsers pass over in a URL: controls and spaces in front, tabs and line ends anywhere. */
static CvSlice as_browsers_read(CvArena *arena, CvSlice url)
{
    char *out = cv_arena_alloc_raw(arena, url.length + 1, 1);
    size_t length = 0;

    while (url.length && (unsigned char)url.data[0] <= ' ')
        url = cv_slice_skip(url, 1);
    for (size_t i = 0; i < url.length; i++)
        if (url.data[i] != '\t' && url.data[i] != '\r' && url.data[i] != '\n')
            out[length++] = url.data[i];
    return cv_slice_of(out, length);
}

CvResponse *cv_response_redirect(CvArena *arena, const char *location, bool permanent, bool preserve, CvError *error)
{
    static const int statuses[2][2] = {{302, 307}, {301, 308}};
    CvSlice target = cv_slice(location);
    CvUrlParts parts;

    CvSlice uri = target.length > LOCATION_MAX ? target : cv_iri_to_uri(arena, target);
    if (uri.length > LOCATION_MAX) {
        cv_fail(arena, error, CV_ERROR_DISALLOWED_REDIRECT, "Unsafe redirect exceeding %d characters", LOCATION_MAX);
        return NULL;
    }
    if (!cv_url_split(as_browsers_read(arena, target), &parts)) {
        cv_fail(arena, error, CV_ERROR_VALUE, "Invalid IPv6 URL");
        return NULL;
    }
    if (parts.scheme.length && !cv_slice_equal_fold(parts.scheme, CV_SLICE("http")) &&
        !cv_slice_equal_fold(parts.scheme, CV_SLICE("https")) && !cv_slice_equal_fold(parts.scheme, CV_SLICE("ftp"))) {
        CvSlice shown = cv_value_repr(arena, cv_value_slice(cv_utf8_lower(arena, parts.scheme)));
        cv_fail(arena, error, CV_ERROR_DISALLOWED_REDIRECT, "Unsafe redirect to URL with protocol %.*s",
                CV_SLICE_ARG(shown));
        return NULL;
    }
    CvResponse *response = cv_response_create(arena, statuses[permanent][preserve], NULL, CV_SLICE(""));
    if (!cv_headers_set_slice(&response->headers, arena, CV_SLICE("Location"), uri, false, error))
        return NULL;
    return response;
}

CvResponse *cv_response_not_modified(CvArena *arena)
{
    return make(arena, 304, CV_RESPONSE_BYTES);
}

CvResponse *cv_response_not_allowed(CvArena *arena, const char *const *methods)
{
    CvResponse *response = cv_response_create(arena, 405, NULL, CV_SLICE(""));
    CvBuffer out = cv_buffer(arena);

    for (size_t i = 0; methods[i]; i++) {
        if (i)
            cv_buffer_append_string(&out, ", ");
        cv_buffer_append_string(&out, methods[i]);
    }
    cv_response_set_header(response, "Allow", cv_buffer_string(&out));
    return response;
}

CvResponse *cv_response_stream(CvArena *arena, const char *content_type, CvStreamNext *next, void *state)
{
    CvResponse *response = cv_response_create(arena, 200, content_type, (CvSlice){NULL, 0});

    response->kind = CV_RESPONSE_STREAM;
    response->stream.next = next;
    response->stream.state = state;
    return response;
}

CvResponse *cv_response_file(CvArena *arena, int fd, uint64_t size, const char *name, bool as_attachment)
{
    CvResponse *response = make(arena, 200, CV_RESPONSE_FILE);

    response->file.fd = fd;
    response->file.length = size;
    cv_response_set_file_headers(response, name, as_attachment);
    return response;
}

void cv_response_set_file_headers(CvResponse *response, const char *name, bool as_attachment)
{
    const char *slash = name ? strrchr(name, '/') : NULL; /* a path tells where files lie */
    if (slash)
        name = slash + 1;
    const char *encoding = NULL, *type = name ? cv_media_type_of_file(name, &encoding) : NULL;
    static const char *const compressed[][2] = {{"br", "application/x-brotli"},
                                                {"bzip2", "application/x-bzip"},
                                                {"compress", "application/x-compress"},
                                                {"gzip", "application/gzip"},
                                                {"xz", "application/x-xz"}};

    for (size_t i = 0; encoding && i < CV_COUNT_OF(compressed); i++) /* the file as it is, not a coding of it */
        if (strcmp(encoding, compressed[i][0]) == 0)
            type = compressed[i][1];
    cv_response_set_header_default(response, "Content-Type", type ? type : "application/octet-stream");
    const char *disposition = cv_content_disposition(response->arena, as_attachment, cv_slice(name));
    if (disposition)
        cv_response_set_header(response, "Content-Disposition", disposition);
}

const char *cv_response_reason(const CvResponse *response)
{
    return response->reason ? response->reason : cv_status_reason(response->status);
}

bool cv_response_set_reason(CvResponse *response, const char *reason, CvError *error)
{
    for (CvSlice rest = cv_slice(reason); rest.length;) {
        uint32_t point = cv_utf8_next(&rest);
        if (point < 0x20 || (point >= 0x7f && point <= 0x9f))
            return cv_fail(response->arena, error, CV_ERROR_BAD_HEADER,
                           "reason_phrase can't contain control characters.");
    }
    response->reason = cv_arena_strdup(response->arena, reason);
    return true;
}

/* What follows "charset=" up to white space or a semicolon, without quotes. */
static const char *charset_at(CvArena *arena, CvSlice text)
{
    CvBuffer charset = cv_buffer(arena);

    for (CvSlice rest = text, start = text; rest.length && *rest.data != ';'; start = rest) {
        if (cv_utf8_is_space(cv_utf8_next(&rest)))
            break;
        if (*start.data != '"')
            cv_buffer_append(&charset, start.data, start.length - rest.length);
    }
    return cv_buffer_string(&charset);
}

const char *cv_response_charset(const CvResponse *response)
{
    const CvHeader *type = cv_headers_find_id(&response->headers, CV_HEADER_CONTENT_TYPE);
    CvSlice rest = type ? type->value : (CvSlice){NULL, 0}, part;

    for (bool first = true; rest.data && cv_slice_split(&rest, ';', &part); first = false) {
        part = cv_utf8_strip(part);
        if (!first && part.length > 8 && cv_slice_equal_fold(cv_slice_range(part, 0, 8), CV_SLICE("charset=")))
            return charset_at(response->arena, cv_slice_skip(part, 8));
    }
    return "utf-8";
}

bool cv_response_set_text(CvResponse *response, CvSlice text, CvError *error)
{
    const char *charset = cv_response_charset(response);

    return cv_charset_encode(response->arena, cv_slice(charset), text, &response->body) ||
           cv_fail(response->arena, error, CV_ERROR_VALUE, "the text cannot be encoded as %s", charset);
}
