/* response.h: what a view answers: Django's HttpResponse and its kin.
 *
 *     CvResponse *response = cv_response_html(request->arena, html);
 *     cv_response_set_header(response, "Cache-Control", "no-store");
 *     cv_response_set_cookie(response, "theme", "dark", NULL);
 *     return response;
 *
 * A response lives in the arena it was made in. Its body is bytes, a callback that gives pieces (streaming), or an open
 * file that the server sends. Setters that are given what could split the response raise CV_ERROR_BAD_HEADER; the
 * try_ twins return false. */
#ifndef CV_HTTP_RESPONSE_H
#define CV_HTTP_RESPONSE_H

#include "base/buffer.h"
#include "base/value.h"
#include "http/cookie.h"
#include "http/headers.h"

CV_API_BEGIN

typedef enum CvResponseKind { CV_RESPONSE_BYTES, CV_RESPONSE_STREAM, CV_RESPONSE_FILE } CvResponseKind;

/* Gives the next piece: true with *piece (which lives until the next call; may be empty), false at the end. Called in
 * the request's fiber, so that it may wait; a raise breaks the response off. */
typedef bool CvStreamNext(void *state, CvSlice *piece);

/* Slots for what higher floors keep with a response. */
#define CV_RESPONSE_SLOTS 8

typedef struct CvResponse {
    CvObject object;
    CvArena *arena;
    int status;
    const char *reason; /* NULL: the usual one */
    CvHeaders headers;  /* without Set-Cookie, Content-Length, Date, Connection: cookies below, the rest the server's */
    CvCookies cookies;
    uint8_t kind; /* CvResponseKind */
    bool close;   /* the server closes the connection afterwards */
    bool begun;   /* its head was sent: headers and cookies cannot change any more (setters raise) */
    CvSlice body; /* CV_RESPONSE_BYTES */
    struct {
        CvStreamNext *next;
        void *state;
    } stream; /* CV_RESPONSE_STREAM */
    struct {
        int fd;                  /* closed with the arena's clean-ups by whoever opened it */
        const char *path;        /* instead of fd (-1): the server opens it; or NULL */
        uint64_t offset, length; /* the bytes to be sent */
    } file;                      /* CV_RESPONSE_FILE */
    void *slots[CV_RESPONSE_SLOTS];
} CvResponse;

extern const CvType cv_response_type;

/* ---- making ---- */

/* How a body is sent while it is being made (CvRequest.push): what the server fills in. begin() writes the head of a
 * CV_RESPONSE_STREAM and sets `begun`; false: no body is wanted (HEAD), or the client is gone. write() sends a piece,
 * waiting for the client; false: it is gone. The handler then returns that same response, or raises, which breaks the
 * connection off. */
typedef struct CvPush {
    void *self;
    bool (*begin)(void *self, CvResponse *response);
    bool (*write)(void *self, CvSlice piece);
} CvPush;

/* `content_type` NULL: "text/html; charset=utf-8". `body` is borrowed: it lives in the arena or longer. */
CvResponse *cv_response_create(CvArena *arena, int status, const char *content_type, CvSlice body);
CvResponse *cv_response_html(CvArena *arena, CvSlice html);
/* "text/plain; charset=utf-8", by printf's rules. */
CvResponse *cv_response_text(CvArena *arena, const char *format, ...) CV_PRINTF(2, 3);
/* The value as JSON, as Django's JsonResponse writes it. */
CvResponse *cv_response_json(CvArena *arena, CvValue value);
/* HTML text with a status, by printf's rules: short error answers. */
CvResponse *cv_response_status(CvArena *arena, int status, const char *format, ...) CV_PRINTF(3, 4);
/* 302, or 301 if `permanent`; with `preserve` 307 and 308 (the method is kept). The location is made a URI (IRIs are
 * encoded). NULL with CV_ERROR_DISALLOWED_REDIRECT for schemes other than http, https and ftp, or when it is too
 * long. */
CvResponse *cv_response_redirect(CvArena *arena, const char *location, bool permanent, bool preserve, CvError *error);
/* 304 without a body or content type. */
CvResponse *cv_response_not_modified(CvArena *arena);
/* 405 with Allow; `methods` ends in NULL. */
CvResponse *cv_response_not_allowed(CvArena *arena, const char *const *methods);
CvResponse *cv_response_stream(CvArena *arena, const char *content_type, CvStreamNext *next, void *state);
/* An open file from its present begin, `size` bytes long. `name` (NULL: none; what stands behind the last slash of a
 * path) gives Content-Type and Content-Disposition as Django's FileResponse. The descriptor stays the caller's (see
 * cv_arena_defer). */
CvResponse *cv_response_file(CvArena *arena, int fd, uint64_t size, const char *name, bool as_attachment);
/* The headers that Django's FileResponse gives a file of this name, put on any response; used by cv_response_file. */
void cv_response_set_file_headers(CvResponse *response, const char *name, bool as_attachment);

/* The body from UTF-8 text, in the charset that Content-Type names. CV_ERROR_VALUE if it cannot hold the text. */
bool cv_response_set_text(CvResponse *response, CvSlice text, CvError *error);

/* ---- headers ---- */

void cv_response_set_header(CvResponse *response, const char *name, const char *value);
bool cv_response_try_set_header(CvResponse *response, const char *name, const char *value, CvError *error);
/* The value is text of a literal or of the arena: nothing is copied. */
void cv_response_set_static_header(CvResponse *response, CvHeaderId id, CvSlice value);
void cv_response_set_header_default(CvResponse *response, const char *name, const char *value);
const char *cv_response_header(const CvResponse *response, const char *name);
bool cv_response_has_header(const CvResponse *response, const char *name);
bool cv_response_remove_header(CvResponse *response, const char *name);
/* The reason phrase that will be sent. */
const char *cv_response_reason(const CvResponse *response);
/* Another reason phrase. False with CV_ERROR_BAD_HEADER if it has control characters. */
bool cv_response_set_reason(CvResponse *response, const char *reason, CvError *error);
/* The charset parameter of Content-Type, "utf-8" if none. In the response's arena. */
const char *cv_response_charset(const CvResponse *response);

/* ---- cookies ---- */

/* `options` may be NULL. Setting a name again replaces it. */
void cv_response_set_cookie(CvResponse *response, const char *name, const char *value, const CvCookieOptions *options);
bool cv_response_try_set_cookie(CvResponse *response, const char *name, const char *value,
                                const CvCookieOptions *options, CvError *error);
/* Expires it in the past; path, domain and samesite of `options` (may be NULL) must be those it was set with. */
void cv_response_delete_cookie(CvResponse *response, const char *name, const CvCookieOptions *options);
/* Signed (Django's set_signed_cookie) so that cv_request_load_signed_cookie() with the same salt takes it. `key` is the
 * settings' secret key. */
void cv_response_set_signed_cookie(CvResponse *response, const char *name, const char *value, const char *salt,
                                   const char *key, const CvCookieOptions *options);
const CvCookie *cv_response_cookie(const CvResponse *response, const char *name);

/* ---- sending: the server's ---- */

/* What the connection says about the response. */
typedef struct CvWire {
    CvSlice date;          /* "Date: Tue, 14 Nov 2023 22:13:20 GMT\r\n" (may be empty) */
    CvSlice server;        /* "Server: ...\r\n" (may be empty) */
    uint8_t minor;         /* the client's HTTP/1.minor */
    bool head;             /* answers HEAD: no body follows */
    bool close;            /* the connection is closed afterwards */
    bool keep_alive_named; /* a 1.0 client asked for keep-alive: say so */
} CvWire;

typedef enum CvFraming {
    CV_FRAMING_LENGTH,  /* `length` body bytes follow (0 for HEAD, 204, 304) */
    CV_FRAMING_CHUNKED, /* each piece by cv_wire_chunk(), at the end cv_wire_last_chunk */
    CV_FRAMING_CLOSE,   /* pieces as they are, the end of the connection ends the body */
} CvFraming;

/* Writes status line, headers and empty line. Content-Length or Transfer-Encoding follow from the body; what the view
 * set of them by hand is dropped, but for the Content-Length of a stream or of an answer to HEAD. */
CvFraming cv_response_write_head(CvBuffer *out, const CvResponse *response, const CvWire *wire);
/* The length of the body where it is known (bytes, files, streams with a Content-Length). */
bool cv_response_length(const CvResponse *response, uint64_t *length);
/* Does a body follow: not for HEAD, 1xx, 204, 304. */
bool cv_response_has_body(const CvResponse *response, const CvWire *wire);
/* "1a2b\r\n" into `out`, which has room for CV_CHUNK_HEAD bytes: their count. The piece, then "\r\n", follow. */
size_t cv_wire_chunk(char *out, uint64_t length);
#define CV_CHUNK_HEAD 20
#define CV_LAST_CHUNK CV_SLICE("0\r\n\r\n")

CV_API_END

#endif
