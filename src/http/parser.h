/* parser.h: an incremental, strict parser of HTTP/1.1 and 1.0 request heads and bodies. No I/O, no copies.
 *
 *     CvHead head;
 *     cv_head_init(&head, NULL);
 *     for (;;) {                                            // `buffer` holds all bytes of the head so far
 *         switch (cv_head_parse(&head, buffer, length)) {
 *         case CV_PARSE_MORE:  read more behind `length`; continue;
 *         case CV_PARSE_ERROR: answer head.status, close; return;
 *         case CV_PARSE_DONE:  the body begins at buffer + head.size;
 *         }
 *     }
 *
 * Names and values are slices of the caller's bytes, which must stay as they are while the head is used. Between calls
 * the buffer may move and grow (never change). Where the bytes are cut between calls makes no difference to the
 * outcome. Whatever two readers could understand differently is refused (RFC 9112 and 9110: bare CR or LF, NUL,
 * CONNECT, obs-fold, space around names, repeated Host or Content-Length, Content-Length beside Transfer-Encoding,
 * ...), and after a refusal the connection must be closed. */
#ifndef CV_HTTP_PARSER_H
#define CV_HTTP_PARSER_H

#include "http/headers.h"

CV_API_BEGIN

typedef enum CvParse { CV_PARSE_MORE, CV_PARSE_DONE, CV_PARSE_ERROR } CvParse;

/* Known methods; the others are CV_METHOD_OTHER with their text. Methods are case-sensitive (RFC 9110 9.1). */
typedef enum CvMethod {
    CV_METHOD_OTHER,
    CV_METHOD_GET,
    CV_METHOD_HEAD,
    CV_METHOD_POST,
    CV_METHOD_PUT,
    CV_METHOD_DELETE,
    CV_METHOD_OPTIONS,
    CV_METHOD_PATCH,
    CV_METHOD_TRACE,
    CV_METHOD_CONNECT,
} CvMethod;
CvMethod cv_method_of(CvSlice text);
/* "GET"; "" for CV_METHOD_OTHER. */
const char *cv_method_name(CvMethod method);

typedef enum CvTargetForm {
    CV_TARGET_ORIGIN,   /* /path?query */
    CV_TARGET_ABSOLUTE, /* http://host/path?query */
    CV_TARGET_ASTERISK, /* *, for OPTIONS only */
} CvTargetForm;

typedef enum CvBodyKind { CV_BODY_NONE, CV_BODY_LENGTH, CV_BODY_CHUNKED } CvBodyKind;

/* What is more than this is refused; 0 members mean the default. */
typedef struct CvHeadLimits {
    uint32_t target;  /* bytes of the request target: 414; default 16384 */
    uint32_t head;    /* bytes of the whole head: 431; default 65536 */
    uint32_t headers; /* header lines: 431; default and at most CV_HEADERS_MAX */
} CvHeadLimits;

#define CV_HEADERS_MAX 128

typedef struct CvHead {
    /* The answer. After CV_PARSE_DONE all of these are set. */
    CvSlice method_text; /* a token */
    CvSlice target;      /* as sent */
    CvSlice path;        /* still percent-encoded: "/a%20b"; "*" for the asterisk form */
    CvSlice query;       /* after the first '?'; data NULL: there was no '?' */
    CvSlice authority;   /* of an absolute form; else empty. It overrides Host (RFC 9112 3.2.2) */
    CvSlice host;        /* the effective host: the authority or the Host field; checked; may be empty in 1.0 */
    uint64_t content_length;
    uint32_t size;         /* bytes of the head: the body begins there */
    uint16_t status;       /* CV_PARSE_ERROR: what to answer: 400 414 431 501 505 417 */
    uint16_t count;        /* header fields */
    uint8_t method;        /* CvMethod */
    uint8_t form;          /* CvTargetForm */
    uint8_t minor;         /* HTTP/1.minor: 0 or 1 (higher minors are served as 1.1) */
    uint8_t body;          /* CvBodyKind */
    bool keep_alive;       /* the client allows another request on this connection */
    bool expects_continue; /* it waits for "100 Continue" before it sends the body */
    bool https;            /* the absolute form named the https scheme */
    const char *reason;    /* CV_PARSE_ERROR: what was wrong, static text for the log */

    /* The parser's own. */
    uint8_t state, empty_lines;
    uint8_t waits_for;      /* bytes of this class leave the unfinished line unfinished; 0: parse it again */
    uint32_t line, scanned; /* where the unfinished line begins; how far it was looked at */
    uint64_t repeated;      /* bits of the known names that came more than once */
    const char *base;
    CvHeadLimits limits;

    uint8_t slots[CV_HEADER_COUNT]; /* index + 1 of the first field of a known name, 0: not there */
    CvHeaderField fields[CV_HEADERS_MAX];
} CvHead;

/* Prepares for a new head. `limits` may be NULL. */
void cv_head_init(CvHead *head, const CvHeadLimits *limits);
/* Looks at `length` bytes from the begin of the head (with those of earlier calls). */
CvParse cv_head_parse(CvHead *head, const char *data, size_t length) CV_NODISCARD;
/* The buffer has moved after CV_PARSE_DONE: makes the slices point there (no need before CV_PARSE_DONE). */
void cv_head_rebase(CvHead *head, const char *data);

/* The first field of a known name, or NULL. */
static inline const CvHeaderField *cv_head_field(const CvHead *head, CvHeaderId id)
{
    return head->slots[id] ? &head->fields[head->slots[id] - 1] : NULL;
}
/* The first field of any name (without regard to case), or NULL. */
const CvHeaderField *cv_head_find(const CvHead *head, CvSlice name);

/* ---- the body ---- */

typedef struct CvBodyDecoder {
    uint64_t left;     /* of the length, or of the running chunk */
    uint64_t total;    /* body bytes given out so far */
    uint64_t limit;    /* 0: none; more is answered 413 */
    uint32_t line;     /* bytes of the running chunk-size line */
    uint32_t overhead; /* bytes of chunk extensions and trailers in the whole body */
    uint16_t status;   /* CV_PARSE_ERROR: 400, 413 or 431 */
    uint8_t state;
    const char *reason;
} CvBodyDecoder;

/* `limit`: the most body bytes that are taken (0: no limit); a longer Content-Length fails at the first call. */
void cv_body_init(CvBodyDecoder *decoder, const CvHead *head, uint64_t limit);
/* Takes bytes of the connection: *consumed of them were used, and `out` is the next piece of the body, a slice of
 * `data` (empty if there was none in it). CV_PARSE_MORE: call again with what follows (`out` may hold bytes);
 * CV_PARSE_DONE: the body is complete, what is behind *consumed belongs to the next request. Trailer fields are
 * checked and dropped (RFC 9110 6.5.1). */
CvParse cv_body_decode(CvBodyDecoder *decoder, const char *data, size_t length, size_t *consumed,
                       CvSlice *out) CV_NODISCARD;

/* ---- pieces that others need too ---- */

/* host [":" port] by RFC 3986: registered name, IPv4 or bracketed IPv6 address. Empty is no host. */
bool cv_host_is_valid(CvSlice host);

CV_API_END

#endif
