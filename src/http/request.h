/* request.h: a request as views see it: Django's HttpRequest.
 *
 *     const char *search = cv_query_param(request, "q");              // ?q=..., NULL if it is not there
 *     const char *agent = cv_request_header(request, "User-Agent");
 *     if (request->method_id == CV_METHOD_POST)
 *         title = cv_post_param(request, "title");
 *
 * Query, form, files and cookies are parsed at first use. All that a request hands out lives in its arena. Functions
 * with a CvError * return false or NULL when they fail; those without, which views call, raise the same error (see
 * base/error.h), so that the handler answers 400 or 413. */
#ifndef CV_HTTP_REQUEST_H
#define CV_HTTP_REQUEST_H

#include "base/map.h"
#include "base/value.h"
#include "http/media_type.h"
#include "http/multipart.h"
#include "http/parser.h"
#include "http/querydict.h"

CV_API_BEGIN

typedef struct CvRequest CvRequest;

/* What requests need from the settings; zero members mean Django's defaults. Owned by `web`, frozen after boot. */
typedef struct CvHttpSettings {
    const char *const *allowed_hosts; /* ends in NULL; ".example.com" matches subdomains, "*" everything */
    bool debug;                       /* with no allowed hosts: localhost, *.localhost, 127.0.0.1, [::1] */
    bool use_x_forwarded_host, use_x_forwarded_port;
    const char *secure_proxy_header;         /* "X-Forwarded-Proto"; NULL: the connection alone decides */
    const char *secure_proxy_value;          /* "https" */
    const char *default_charset;             /* NULL: "utf-8" */
    const char *secret_key;                  /* for signed cookies; NULL: none may be used */
    const char *const *secret_key_fallbacks; /* ends in NULL */
    /* Limits: 0 means Django's default, CV_NO_LIMIT none, CV_LIMIT_ZERO a limit of nothing at all. */
    uint64_t data_upload_max_memory_size;   /* bytes of a body without its files: 2,621,440 */
    uint64_t file_upload_max_memory_size;   /* bytes of a file kept in memory: 2,621,440 */
    uint64_t data_upload_max_number_fields; /* 1,000 */
    uint64_t data_upload_max_number_files;  /* 100 */
    const char *force_script_name;          /* prefix of every path, or NULL */
} CvHttpSettings;
#define CV_NO_LIMIT UINT64_MAX
#define CV_LIMIT_ZERO (UINT64_MAX - 1)
extern const CvHttpSettings cv_http_default_settings;

/* Where the body comes from: what the server fills in. */
typedef struct CvBodySource {
    void *self;
    /* The next bytes of the body, at most `size`, waiting for them (parks the fiber): their count, 0 at the end, -1
     * with *error set (broken body, time-out, gone client, too long: CV_ERROR_BAD_REQUEST, CV_ERROR_REQUEST_TOO_BIG).
     */
    ptrdiff_t (*read)(void *self, void *buffer, size_t size, CvError *error);
} CvBodySource;

/* Slots for what higher floors keep with a request (session, user, messages ...). */
#define CV_REQUEST_SLOTS 16

struct CvRequest {
    CvObject object; /* a template object: request.path, request.GET, request.user ... */
    CvArena *arena;
    /* Django's attributes. */
    const char *method;      /* "GET" */
    CvMethod method_id;      /* CV_METHOD_GET */
    const char *path;        /* decoded, invalid UTF-8 re-encoded as Django does: "/books/caf\u00e9/" */
    const char *path_info;   /* path without the script prefix: what URLs are matched against */
    const char *query;       /* after the '?', as sent; "" */
    const char *script_name; /* "" */
    /* The connection's: meta. */
    const char *scheme;      /* of the connection: "http" or "https" (is_secure looks at the proxy header too) */
    const char *remote_addr; /* "203.0.113.7"; "" for a Unix socket */
    const char *server_name; /* for requests without Host */
    uint16_t remote_port, server_port;
    uint8_t http_minor; /* HTTP/1.minor */
    const CvHead *head; /* all header fields; lives as long as the request */
    const CvHttpSettings *settings;
    CvBodySource *source;   /* NULL: no body */
    struct CvPush *push;    /* the server's: sends a response that is still being made; NULL: it cannot */
    int64_t content_length; /* -1: no length was sent (chunked, or no body) */
    /* Higher floors'. */
    const struct CvResolverMatch *resolver_match; /* urls */
    const void *urlconf;                          /* urls: a table to be used instead of the site's, or NULL */
    const void *site;                             /* web: its settings */
    void *exchange;                               /* web: its way through the middleware */
    void *slots[CV_REQUEST_SLOTS];
    CvUploadHandler *upload_handlers; /* asked before the built-in one; set before the form is first read */
    const CvUploadStore *upload_store;
    bool csrf_exempt, csrf_done, is_websocket; /* middleware's notes */
    /* http's own, behind functions. */
    CvQueryDict *get_, *post_;
    CvFiles *files_;
    CvMap *cookies_;
    CvMediaParams *content_type_;
    CvSlice body_;
    size_t body_at_; /* how much of it read() has given again */
    uint8_t body_state_, post_state_;
};

extern const CvType cv_request_type;

/* A request in `arena` from a parsed head. The head and its bytes must live as long as the arena. What the connection
 * knows (scheme, addresses, source) is set by the caller afterwards. NULL with CV_ERROR_BAD_REQUEST where the path
 * holds NUL. */
CvRequest *cv_request_create(CvArena *arena, const CvHead *head, const CvHttpSettings *settings, CvError *error);
/* A request made from texts, for tests and sub-requests. `target` is "/path?query", `headers` name, value, ..., NULL.
 * NULL where the path holds NUL. */
CvRequest *cv_request_make(CvArena *arena, const char *method, const char *target, const char *const *headers,
                           CvSlice body, const CvHttpSettings *settings);

/* A slot number for a higher floor, given once per process while the program starts. With `name`, templates reach
 * `read` as request.NAME (NULL: not at all). */
int cv_request_slot(const char *name, CvValue (*read)(CvRequest *request, CvArena *arena));

/* ---- headers and host ---- */

/* The value, NUL-terminated, in the request's arena; fields of one name are joined by ", " (cookies by "; "); NULL
 * where there is none. Names compare without regard to case; '_' never equals '-'. */
const char *cv_request_header(CvRequest *request, const char *name);
/* The first field as it stands in the bytes; data NULL where there is none. */
CvSlice cv_request_header_slice(const CvRequest *request, CvHeaderId id);

/* host[:port], checked against allowed_hosts; X-Forwarded-Host is believed only if the settings say so. NULL with
 * CV_ERROR_DISALLOWED_HOST and Django's text. */
const char *cv_request_load_host(CvRequest *request, CvError *error);
const char *cv_request_host(CvRequest *request);
/* The server's port as text (X-Forwarded-Port if the settings say so). */
const char *cv_request_port(CvRequest *request);
/* "http" or "https". */
const char *cv_request_scheme(CvRequest *request);
bool cv_request_is_secure(CvRequest *request);
/* Django's validate_host over a list that ends in NULL. `host` is lower case and has no port. */
bool cv_host_is_allowed(CvSlice host, const char *const *allowed);
/* Splits "host:port" into a lower-case host (brackets kept) and port; both empty if it is no valid host. */
void cv_host_split(CvArena *arena, CvSlice host, CvSlice *domain, CvSlice *port);

/* "/path?query", percent-encoded where needed; `append_slash` adds a "/" to the path that lacks it. As a redirect
 * target it needs cv_url_escape_leading_slashes(): "//host" is a path here. */
const char *cv_request_full_path(CvRequest *request, bool append_slash);
/* `location` (NULL: this request's own) made absolute: "https://example.com/books/". */
const char *cv_request_build_absolute_uri(CvRequest *request, const char *location);

/* ---- query, form, files, cookies ---- */

const CvQueryDict *cv_request_query(CvRequest *request);
const CvQueryDict *cv_request_load_query(CvRequest *request, CvError *error);
/* The last value of a query parameter, or NULL. */
const char *cv_query_param(CvRequest *request, const char *name);

/* Fields of a form (application/x-www-form-urlencoded or multipart/form-data, POST only as in Django); empty for all
 * else. Reads the body, in pieces for multipart. */
const CvQueryDict *cv_request_post(CvRequest *request);
const CvFiles *cv_request_files(CvRequest *request);
const char *cv_post_param(CvRequest *request, const char *name);
CvUploadedFile *cv_file_param(CvRequest *request, const char *field);
/* Both at once, with an error instead of a raise. */
bool cv_request_load_post(CvRequest *request, CvError *error);

/* A cookie's value, or NULL. */
const char *cv_request_cookie(CvRequest *request, const char *name);
/* All of them: names to const char *. */
const CvMap *cv_request_cookies(CvRequest *request);
/* A cookie that cv_response_set_signed_cookie() set: its value, or NULL with CV_ERROR_KEY (not there),
 * CV_ERROR_BAD_SIGNATURE or CV_ERROR_SIGNATURE_EXPIRED. `salt` may be ""; `max_age` in seconds, CV_ANY_AGE
 * (crypto/signing.h): any. */
const char *cv_request_load_signed_cookie(CvRequest *request, const char *name, const char *salt, double max_age,
                                          CvError *error);

/* ---- body ---- */

/* The whole body, at most data_upload_max_memory_size. NULL data never: an empty body is "". */
CvSlice cv_request_body(CvRequest *request);
bool cv_request_load_body(CvRequest *request, CvSlice *body, CvError *error);
/* The next bytes of the body, unbounded in total: count, 0 at the end; raises when it breaks. After it, body() and
 * post() fail (Django's RawPostDataException). */
size_t cv_request_read(CvRequest *request, void *buffer, size_t size);
ptrdiff_t cv_request_load_read(CvRequest *request, void *buffer, size_t size, CvError *error);
/* The media type of the body in lower case without parameters; "" if none. */
const char *cv_request_content_type(CvRequest *request);
/* A parameter of it ("charset", "boundary"), or NULL. */
const char *cv_request_content_param(CvRequest *request, const char *name);

/* ---- negotiation ---- */

/* True if the Accept header takes this media type ("application/json"). */
bool cv_request_accepts(CvRequest *request, const char *media_type);
/* The offer (list ending in NULL) that the client likes best, or NULL if it takes none. */
const char *cv_request_preferred_type(CvRequest *request, const char *const *offers);

CV_API_END

#endif
