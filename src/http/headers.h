/* headers.h: header names that are known by number, fields of a request, and the ordered headers of a response.
 *
 * A request's fields are slices of the bytes that came in (CvHeaderField, made by parser.h). A response's headers are a
 * CvHeaders: names compare without regard to case, setting a name again replaces its value in place, names and values
 * that could end a line are refused (Django's ResponseHeaders and BadHeaderError).
 *
 *     cv_headers_set(headers, arena, "Cache-Control", "no-store", &error);
 *     const char *kind = cv_headers_get(headers, "content-type");       // NULL where there is none
 */
#ifndef CV_HTTP_HEADERS_H
#define CV_HTTP_HEADERS_H

#include "base/error.h"
#include "base/vector.h"

CV_API_BEGIN

/* Names that have a number; a request keeps a slot for each, so that asking for one is an array access. */
#define CV_KNOWN_HEADERS(X)                       \
    X(HOST, "Host")                               \
    X(CONNECTION, "Connection")                   \
    X(CONTENT_LENGTH, "Content-Length")           \
    X(CONTENT_TYPE, "Content-Type")               \
    X(TRANSFER_ENCODING, "Transfer-Encoding")     \
    X(EXPECT, "Expect")                           \
    X(COOKIE, "Cookie")                           \
    X(ACCEPT, "Accept")                           \
    X(ACCEPT_ENCODING, "Accept-Encoding")         \
    X(ACCEPT_LANGUAGE, "Accept-Language")         \
    X(USER_AGENT, "User-Agent")                   \
    X(REFERER, "Referer")                         \
    X(ORIGIN, "Origin")                           \
    X(AUTHORIZATION, "Authorization")             \
    X(RANGE, "Range")                             \
    X(IF_RANGE, "If-Range")                       \
    X(IF_MATCH, "If-Match")                       \
    X(IF_NONE_MATCH, "If-None-Match")             \
    X(IF_MODIFIED_SINCE, "If-Modified-Since")     \
    X(IF_UNMODIFIED_SINCE, "If-Unmodified-Since") \
    X(CACHE_CONTROL, "Cache-Control")             \
    X(CONTENT_ENCODING, "Content-Encoding")       \
    X(UPGRADE, "Upgrade")                         \
    X(KEEP_ALIVE, "Keep-Alive")                   \
    X(X_FORWARDED_FOR, "X-Forwarded-For")         \
    X(X_FORWARDED_HOST, "X-Forwarded-Host")       \
    X(X_FORWARDED_PORT, "X-Forwarded-Port")       \
    X(X_FORWARDED_PROTO, "X-Forwarded-Proto")     \
    X(X_REQUESTED_WITH, "X-Requested-With")       \
    X(X_CSRFTOKEN, "X-CSRFToken")                 \
    X(SET_COOKIE, "Set-Cookie")                   \
    X(LOCATION, "Location")                       \
    X(VARY, "Vary")                               \
    X(ETAG, "ETag")                               \
    X(LAST_MODIFIED, "Last-Modified")             \
    X(EXPIRES, "Expires")                         \
    X(DATE, "Date")                               \
    X(SERVER, "Server")                           \
    X(ALLOW, "Allow")                             \
    X(CONTENT_DISPOSITION, "Content-Disposition") \
    X(CONTENT_LANGUAGE, "Content-Language")       \
    X(CONTENT_RANGE, "Content-Range")

typedef enum CvHeaderId {
    CV_HEADER_OTHER,
#define CV_HEADER_ID_(id, name) CV_HEADER_##id,
    CV_KNOWN_HEADERS(CV_HEADER_ID_)
#undef CV_HEADER_ID_
        CV_HEADER_COUNT
} CvHeaderId;

/* The number of a name in any case, CV_HEADER_OTHER if it has none. */
CvHeaderId cv_header_id(CvSlice name);
/* The usual spelling: "Content-Type"; "" for CV_HEADER_OTHER. */
const char *cv_header_name(CvHeaderId id);
/* A token (RFC 9110 5.6.2): what methods, header and cookie names are made of; not empty. */
bool cv_is_token(CvSlice text);

/* One field of a request: slices of the bytes that came in. */
typedef struct CvHeaderField {
    const char *name, *value; /* not NUL-terminated; value without white space around it */
    uint32_t name_length, value_length;
    uint8_t id; /* CvHeaderId */
} CvHeaderField;

static inline CvSlice cv_field_name(const CvHeaderField *field)
{
    return (CvSlice){field->name, field->name_length};
}
static inline CvSlice cv_field_value(const CvHeaderField *field)
{
    return (CvSlice){field->value, field->value_length};
}

/* One header of a response: text of the response's arena. */
typedef struct CvHeader {
    CvSlice name, value; /* NUL-terminated too */
    uint8_t id;          /* CvHeaderId */
    bool is_ascii;       /* the value: else it is UTF-8 and goes out as Latin-1 */
} CvHeader;

typedef CV_VECTOR(CvHeader) CvHeaders;

/* Sets or replaces. False with CV_ERROR_BAD_HEADER if the name is no token or the value has CR, LF or NUL. Texts are
 * copied. Values are UTF-8; what is not Latin-1 is written as a MIME encoded word (RFC 2047), as Django does. */
bool cv_headers_set(CvHeaders *headers, CvArena *arena, const char *name, const char *value, CvError *error);
/* The same for slices; with `borrow` the texts are not copied and must be NUL-terminated and outlive the response. */
bool cv_headers_set_slice(CvHeaders *headers, CvArena *arena, CvSlice name, CvSlice value, bool borrow, CvError *error);
/* Only if the name is not there yet. */
bool cv_headers_set_default(CvHeaders *headers, CvArena *arena, const char *name, const char *value, CvError *error);
/* NULL where there is none. */
const char *cv_headers_get(const CvHeaders *headers, const char *name);
const CvHeader *cv_headers_find(const CvHeaders *headers, CvSlice name);
const CvHeader *cv_headers_find_id(const CvHeaders *headers, CvHeaderId id);
bool cv_headers_has(const CvHeaders *headers, const char *name);
/* False if it was not there. */
bool cv_headers_remove(CvHeaders *headers, const char *name);

CV_API_END

#endif
