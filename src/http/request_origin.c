/* request_origin.c: where a request came to: host, port, scheme, and absolute URIs. */
#include "base/buffer.h"
#include "http/classes_private.h"
#include "http/request_private.h"
#include "text/url.h"

static bool is_domain_byte(char byte)
{
    return (byte >= 'a' && byte <= 'z') || cv_byte_is(byte, CV_CLASS_DIGIT) || byte == '.' || byte == '-';
}

/* How long the host at the front of lower-case `text` is: a name, or [IPv6] by its letters; 0 if neither. */
static size_t domain_length(CvSlice text)
{
    size_t at = 0, colons = 0;

    if (text.length == 0 || text.data[0] != '[') {
        while (at < text.length && is_domain_byte(text.data[at]))
            at++;
        return at;
    }
    for (at = 1; at < text.length && text.data[at] != ']'; at++) {
        char byte = text.data[at];
        colons += byte == ':';
        if (byte != ':' && !(byte == '.' && colons) && !cv_byte_is(byte, CV_CLASS_HEX))
            return 0;
    }
    ptrdiff_t colon = cv_slice_find_byte(text, ':');
    return at < text.length && colons && (size_t)colon + 1 < at ? at + 1 : 0;
}

void cv_host_split(CvArena *arena, CvSlice host, CvSlice *domain, CvSlice *port)
{
    char *lower = cv_slice_string(arena, host);
    CvSlice text = cv_slice_of(lower, host.length), rest;

    *domain = *port = CV_SLICE("");
    for (size_t i = 0; i < host.length; i++)
        if (lower[i] >= 'A' && lower[i] <= 'Z')
            lower[i] = (char)(lower[i] | 0x20);
    size_t length = domain_length(text);
    if (length == 0)
        return;
    rest = cv_slice_skip(text, length);
    if (rest.length && (rest.data[0] != ':' || rest.length == 1))
        return;
    for (size_t i = 1; i < rest.length; i++)
        if (!cv_byte_is(rest.data[i], CV_CLASS_DIGIT))
            return;
    if (rest.length)
        *port = cv_slice_skip(rest, 1);
    *domain = cv_slice_range(text, 0, text.data[length - 1] == '.' ? length - 1 : length);
}

bool cv_host_is_allowed(CvSlice host, const char *const *allowed)
{
    for (size_t i = 0; allowed && allowed[i]; i++)
        if (strcmp(allowed[i], "*") == 0 || cv_url_is_same_domain(host, cv_slice(allowed[i])))
            return true;
    return false;
}

const char *cv_request_scheme(CvRequest *request)
{
    const CvHttpSettings *settings = request->settings;

    if (settings->secure_proxy_header && settings->secure_proxy_value) {
        const char *text = cv_request_header(request, settings->secure_proxy_header);
        if (text) {
            CvSlice rest = cv_slice(text), first = rest;
            cv_slice_split(&rest, ',', &first);
            return cv_slice_is(cv_slice_trim(first), settings->secure_proxy_value) ? "https" : "http";
        }
    }
    return request->scheme;
}

bool cv_request_is_secure(CvRequest *request)
{
    return strcmp(cv_request_scheme(request), "https") == 0;
}

const char *cv_request_port(CvRequest *request)
{
    if (request->settings->use_x_forwarded_port) {
        const char *port = cv_request_header(request, "X-Forwarded-Port");
        if (port)
            return port;
    }
    return cv_arena_printf(request->arena, "%u", request->server_port);
}

static const char *raw_host(CvRequest *request)
{
    if (request->settings->use_x_forwarded_host) {
        const char *host = cv_request_header(request, "X-Forwarded-Host");
        if (host)
            return host;
    }
    if (request->head->host.data)
        return cv_slice_string(request->arena, request->head->host);
    const char *port = cv_request_port(request);
    if (strcmp(port, cv_request_is_secure(request) ? "443" : "80") == 0)
        return request->server_name;
    return cv_arena_printf(request->arena, "%s:%s", request->server_name, port);
}

const char *cv_request_load_host(CvRequest *request, CvError *error)
{
    static const char *const local[] = {".localhost", "127.0.0.1", "[::1]", NULL};
    const char *const *allowed = request->settings->allowed_hosts;
    const char *host = raw_host(request);
    CvArena *arena = request->arena;
    CvSlice domain, port;

    if (request->settings->debug && (!allowed || !allowed[0]))
        allowed = local;
    cv_host_split(arena, cv_slice(host), &domain, &port);
    if (domain.length && cv_host_is_allowed(domain, allowed))
        return host;
    CvSlice shown = cv_value_repr(arena, cv_value_string(host));
    if (domain.length) {
        CvSlice missing = cv_value_repr(arena, cv_value_slice(domain));
        cv_fail(arena, error, CV_ERROR_DISALLOWED_HOST,
                "Invalid HTTP_HOST header: %.*s. You may need to add %.*s to ALLOWED_HOSTS.", CV_SLICE_ARG(shown),
                CV_SLICE_ARG(missing));
    } else {
        cv_fail(arena, error, CV_ERROR_DISALLOWED_HOST,
                "Invalid HTTP_HOST header: %.*s. The domain name provided is not valid according to RFC 1034/1035.",
                CV_SLICE_ARG(shown));
    }
    return NULL;
}

const char *cv_request_host(CvRequest *request)
{
    CvError error;
    const char *host = cv_request_load_host(request, &error);

    if (!host)
        cv_raise_error(&error);
    return host;
}

const char *cv_request_full_path(CvRequest *request, bool append_slash)
{
    CvArena *arena = request->arena;
    CvBuffer out = cv_buffer(arena);

    cv_buffer_append_slice(&out, cv_url_escape_path(arena, cv_slice(request->path)));
    if (append_slash && !cv_slice_ends_with(cv_slice(request->path), CV_SLICE("/")))
        cv_buffer_append_byte(&out, '/');
    if (*request->query) {
        cv_buffer_append_byte(&out, '?');
        cv_buffer_append_slice(&out, cv_iri_to_uri(arena, cv_slice(request->query)));
    }
    return cv_buffer_string(&out);
}
