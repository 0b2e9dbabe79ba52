/* request.c: making a request from a parsed head; its headers, cookies and query. */
#include "http/request.h"

#include "base/buffer.h"
#include "http/cookie.h"
#include "http/cookie_private.h"
#include "http/request_private.h"
#include "text/url.h"
#include "text/utf8.h"

#define FIELDS_MAX 1000

const CvHttpSettings cv_http_default_settings = {0};

/* Bytes of a decoded path that are no UTF-8 are percent-encoded again, so that a path is always text. */
static const char *decode_path(CvArena *arena, CvSlice path)
{
    static const char hex[] = "0123456789ABCDEF";

    if (!memchr(path.data, '%', path.length))
        return cv_slice_string(arena, path);
    CvSlice rest = cv_url_unquote_bytes(arena, path, false);
    size_t good = cv_utf8_valid_prefix(rest);
    if (good == rest.length)
        return cv_slice_string(arena, rest);
    CvBuffer out = cv_buffer(arena);
    for (;;) {
        cv_buffer_append(&out, rest.data, good);
        rest = cv_slice_skip(rest, good);
        if (rest.length == 0)
            return cv_buffer_string(&out);
        cv_buffer_append_byte(&out, '%');
        cv_buffer_append_byte(&out, hex[(unsigned char)rest.data[0] >> 4]);
        cv_buffer_append_byte(&out, hex[rest.data[0] & 15]);
        rest = cv_slice_skip(rest, 1);
        good = cv_utf8_valid_prefix(rest);
    }
}

/* "/prefix" and "/path" as "/prefix/path". */
static const char *prefixed(CvArena *arena, const char *prefix, const char *path)
{
    size_t length = strlen(prefix);

    while (length && prefix[length - 1] == '/')
        length--;
    return cv_arena_printf(arena, "%.*s/%s", (int)length, prefix, *path == '/' ? path + 1 : path);
}

CvRequest *cv_request_create(CvArena *arena, const CvHead *head, const CvHttpSettings *settings, CvError *error)
{
    CvRequest *request = cv_arena_new(arena, CvRequest);
    const char *prefix;

    request->object.type = &cv_request_type;
    request->arena = arena;
    request->head = head;
    request->settings = settings ? settings : &cv_http_default_settings;
    request->method_id = (CvMethod)head->method;
    request->method = head->method ? cv_method_name((CvMethod)head->method) : cv_slice_string(arena, head->method_text);
    request->path_info = decode_path(arena, head->path);
    /* "%00" would end the path for everyone who reads it as a C string. */
    for (size_t i = 0; i + 2 < head->path.length; i++)
        if (head->path.data[i] == '%' && head->path.data[i + 1] == '0' && head->path.data[i + 2] == '0') {
            cv_fail(arena, error, CV_ERROR_BAD_REQUEST, "The path contains a NUL.");
            return NULL;
        }
    prefix = request->settings->force_script_name;
    request->script_name = prefix ? prefix : "";
    request->path = prefix && *prefix ? prefixed(arena, prefix, request->path_info) : request->path_info;
    request->query = head->query.length ? cv_slice_string(arena, head->query) : "";
    request->scheme = head->https ? "https" : "http";
    request->remote_addr = "";
    request->server_name = "localhost";
    request->server_port = 80;
    request->http_minor = head->minor;
    request->content_length = head->slots[CV_HEADER_CONTENT_LENGTH] ? (int64_t)head->content_length : -1;
    return request;
}

/* ---- requests from texts ---- */

typedef struct MemoryBody {
    CvBodySource source;
    CvSlice left;
} MemoryBody;

static ptrdiff_t read_memory(void *self, void *buffer, size_t size, CvError *error)
{
    MemoryBody *body = self;
    CvSlice piece = cv_slice_range(body->left, 0, size);

    (void)error;
    if (piece.length)
        memcpy(buffer, piece.data, piece.length);
    body->left = cv_slice_skip(body->left, piece.length);
    return (ptrdiff_t)piece.length;
}

static void add_field(CvHead *head, const char *name, const char *value)
{
    CvHeaderId id = cv_header_id(cv_slice(name));

    if (head->count == CV_HEADERS_MAX)
        return;
    head->fields[head->count++] =
        (CvHeaderField){name, value, (uint32_t)strlen(name), (uint32_t)strlen(value), (uint8_t)id};
    if (id == CV_HEADER_OTHER)
        return;
    if (head->slots[id])
        head->repeated |= UINT64_C(1) << id;
    else
        head->slots[id] = (uint8_t)head->count;
}

CvRequest *cv_request_make(CvArena *arena, const char *method, const char *target, const char *const *headers,
                           CvSlice body, const CvHttpSettings *settings)
{
    CvHead *head = cv_arena_new(arena, CvHead);
    MemoryBody *memory = cv_arena_new(arena, MemoryBody);
    CvError error;

    cv_head_init(head, NULL);
    head->minor = 1;
    head->keep_alive = true;
    head->method_text = cv_slice(cv_arena_strdup(arena, method));
    head->method = (uint8_t)cv_method_of(head->method_text);
    head->path = head->target = cv_slice(cv_arena_strdup(arena, target));
    ptrdiff_t mark = cv_slice_find_byte(head->path, '?');
    if (mark >= 0) {
        head->query = cv_slice_skip(head->path, (size_t)mark + 1);
        head->path.length = (size_t)mark;
    }
    for (size_t i = 0; headers && headers[i]; i += 2)
        add_field(head, cv_arena_strdup(arena, headers[i]), cv_arena_strdup(arena, headers[i + 1]));
    if (head->slots[CV_HEADER_HOST])
        head->host = cv_field_value(cv_head_field(head, CV_HEADER_HOST));
    if (body.length && !head->slots[CV_HEADER_CONTENT_LENGTH])
        add_field(head, "Content-Length", cv_arena_printf(arena, "%zu", body.length));
    head->content_length = body.length;
    CvRequest *request = cv_request_create(arena, head, settings, &error);
    if (!request)
        return NULL;
    memory->source = (CvBodySource){memory, read_memory};
    memory->left = body;
    request->source = &memory->source;
    return request;
}

/* ---- headers ---- */

CvSlice cv_request_header_slice(const CvRequest *request, CvHeaderId id)
{
    const CvHeaderField *field = cv_head_field(request->head, id);

    return field ? cv_field_value(field) : (CvSlice){NULL, 0};
}

/* All fields of one name, joined. */
static const char *joined(CvRequest *request, CvSlice name, CvHeaderId id)
{
    const CvHead *head = request->head;
    CvBuffer out = cv_buffer(request->arena);
    bool first = true;

    for (size_t i = 0; i < head->count; i++) {
        const CvHeaderField *field = &head->fields[i];
        if (field->id != id || (id == CV_HEADER_OTHER && !cv_slice_equal_fold(cv_field_name(field), name)))
            continue;
        if (!first)
            cv_buffer_append_string(&out, id == CV_HEADER_COOKIE ? "; " : ", ");
        cv_buffer_append_slice(&out, cv_field_value(field));
        first = false;
    }
    return first ? NULL : cv_buffer_string(&out);
}

const char *cv_request_header(CvRequest *request, const char *name)
{
    CvSlice text = cv_slice(name);
    CvHeaderId id = cv_header_id(text);

    if (id == CV_HEADER_OTHER || request->head->repeated & UINT64_C(1) << id)
        return joined(request, text, id);
    const CvHeaderField *field = cv_head_field(request->head, id);
    return field ? cv_slice_string(request->arena, cv_field_value(field)) : NULL;
}

/* ---- query ---- */

size_t cv_request_field_limit(const CvRequest *request)
{
    uint64_t limit = request->settings->data_upload_max_number_fields;

    return limit == CV_LIMIT_ZERO ? CV_NO_FIELDS : (size_t)cv_http_limit(limit, FIELDS_MAX, 0);
}

const CvQueryDict *cv_request_load_query(CvRequest *request, CvError *error)
{
    if (!request->get_)
        request->get_ = cv_querydict_parse(request->arena, cv_slice(request->query), request->settings->default_charset,
                                           cv_request_field_limit(request), error);
    return request->get_;
}

const CvQueryDict *cv_request_query(CvRequest *request)
{
    CvError error;

    if (!cv_request_load_query(request, &error))
        cv_raise_error(&error);
    return request->get_;
}

const char *cv_query_param(CvRequest *request, const char *name)
{
    return cv_querydict_get(cv_request_query(request), name);
}

/* ---- cookies ---- */

const CvMap *cv_request_cookies(CvRequest *request)
{
    CvSlice rest, name, value;

    if (request->cookies_)
        return request->cookies_;
    request->cookies_ = cv_map_create(request->arena);
    const char *text = cv_request_header(request, "Cookie");
    if (!text)
        return request->cookies_;
    rest = cv_utf8_repair(request->arena, cv_slice(text));
    while (cv_cookie_next(request->arena, &rest, &name, &value))
        cv_map_set(request->cookies_, name, cv_slice_string(request->arena, value));
    return request->cookies_;
}

const char *cv_request_cookie(CvRequest *request, const char *name)
{
    if (!request->cookies_ && !request->head->slots[CV_HEADER_COOKIE])
        return NULL;
    return cv_map_get(cv_request_cookies(request), cv_slice(name));
}

const char *cv_request_load_signed_cookie(CvRequest *request, const char *name, const char *salt, double max_age,
                                          CvError *error)
{
    const char *text = cv_request_cookie(request, name), *key = request->settings->secret_key;
    CvSlice value;

    if (!text) {
        cv_fail(request->arena, error, CV_ERROR_KEY, "'%s'", name);
        return NULL;
    }
    if (!key || !*key) {
        cv_fail(request->arena, error, CV_ERROR_CONFIGURATION, "The SECRET_KEY setting must not be empty.");
        return NULL;
    }
    CvSigner signer =
        cv_cookie_signer(request->arena, cv_slice(name), salt, key, request->settings->secret_key_fallbacks);
    if (!cv_unsign_timestamp(&signer, request->arena, cv_slice(text), max_age, &value, NULL, error))
        return NULL;
    return cv_slice_string(request->arena, value);
}

/* ---- negotiation ---- */

static CvSlice accept_of(CvRequest *request)
{
    const char *text = cv_request_header(request, "Accept");

    return text ? cv_slice(text) : CV_SLICE("*/*");
}

bool cv_request_accepts(CvRequest *request, const char *media_type)
{
    return cv_accept_takes(request->arena, accept_of(request), media_type);
}

const char *cv_request_preferred_type(CvRequest *request, const char *const *offers)
{
    return cv_accept_prefers(request->arena, accept_of(request), offers);
}
