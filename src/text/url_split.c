/* url_split.c: the parts of a URL, and whether a browser that follows it stays with us. */
#include <arpa/inet.h>

#include "base/self.h"
#include "text/url.h"
#include "text/utf8.h"

static bool is_alpha(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool is_scheme_byte(char c)
{
    return is_alpha(c) || (c >= '0' && c <= '9') || c == '+' || c == '-' || c == '.';
}

static bool is_dropped(char c)
{
    return c == '\t' || c == '\r' || c == '\n';
}

static bool has_dropped(CvSlice url)
{
    for (size_t i = 0; i < url.length; i++)
        if (is_dropped(url.data[i]))
            return true;
    return false;
}

CvSlice cv_url_clean(CvArena *arena, CvSlice url)
{
    while (url.length && (uint8_t)*url.data <= ' ')
        url = cv_slice_skip(url, 1);
    if (!has_dropped(url))
        return url;
    CvBuffer out = cv_buffer(arena);
    for (size_t i = 0; i < url.length; i++)
        if (!is_dropped(url.data[i]))
            cv_buffer_append_byte(&out, url.data[i]);
    return cv_buffer_slice(&out);
}

static bool is_hex(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

/* "::1", "fe80::1%eth0", or RFC 3986's "v1.something". */
static bool is_bracketed_host(CvSlice host)
{
    if (host.length && *host.data == 'v') {
        size_t at = 1;
        while (at < host.length && is_hex(host.data[at]))
            at++;
        return at > 1 && at + 1 < host.length && host.data[at] == '.';
    }
    ptrdiff_t scope = cv_slice_find_byte(host, '%');
    if (scope >= 0 && (size_t)scope + 1 == host.length)
        return false;
    char text[INET6_ADDRSTRLEN];
    size_t length = scope < 0 ? host.length : (size_t)scope;
    if (length >= sizeof text || memchr(host.data, '\0', length))
        return false;
    memcpy(text, host.data, length);
    text[length] = '\0';
    uint8_t address[16];
    return inet_pton(AF_INET6, text, address) == 1;
}

static bool brackets_are_right(CvSlice netloc)
{
    ptrdiff_t open = cv_slice_find_byte(netloc, '['), close = cv_slice_find_byte(netloc, ']');
    if (open < 0 && close < 0)
        return true;
    if (open < 0 || close < 0)
        return false;
    CvSlice host = cv_slice_skip(netloc, (size_t)(cv_slice_find_last(netloc, CV_SLICE("@")) + 1));
    open = cv_slice_find_byte(host, '[');
    if (open < 0) { /* brackets before the "@" alone: what follows it would have to be an address */
        close = cv_slice_find_byte(host, ':');
        return is_bracketed_host(cv_slice_range(host, 0, close < 0 ? host.length : (size_t)close));
    }
    if (open > 0)
        return false;
    host = cv_slice_skip(host, 1);
    close = cv_slice_find_byte(host, ']');
    CvSlice port = close < 0 ? (CvSlice){NULL, 0} : cv_slice_skip(host, (size_t)close + 1);
    if (port.length && *port.data != ':')
        return false;
    return is_bracketed_host(close < 0 ? host : cv_slice_range(host, 0, (size_t)close));
}

/* Characters whose compatibility form is a delimiter would move the end of the host. */
static bool host_keeps_its_shape(CvSlice netloc)
{
    if (cv_utf8_is_ascii(netloc))
        return true;
    CvScratch scratch = cv_scratch_begin(NULL);
    CvBuffer bare = cv_buffer(scratch.arena);
    for (size_t i = 0; i < netloc.length; i++)
        if (!memchr("@:#?", netloc.data[i], 4))
            cv_buffer_append_byte(&bare, netloc.data[i]);
    CvSlice plain = cv_utf8_normalize(scratch.arena, cv_buffer_slice(&bare), CV_NFKC);
    bool keeps = true;
    if (!cv_slice_equal(plain, cv_buffer_slice(&bare)))
        for (size_t i = 0; i < plain.length; i++)
            keeps = keeps && !memchr("/?#@:", plain.data[i], 5);
    cv_scratch_end(scratch);
    return keeps;
}

bool cv_url_split(CvSlice url, CvUrlParts *out)
{
    *out = (CvUrlParts){0};
    if (has_dropped(url))
        return false;
    size_t colon = 0;
    while (colon < url.length && is_scheme_byte(url.data[colon]))
        colon++;
    if (colon && colon < url.length && url.data[colon] == ':' && is_alpha(*url.data)) {
        out->scheme = cv_slice_range(url, 0, colon);
        url = cv_slice_skip(url, colon + 1);
    }
    if (cv_slice_starts_with(url, CV_SLICE("//"))) {
        size_t end = 2;
        while (end < url.length && !memchr("/?#", url.data[end], 3))
            end++;
        out->has_netloc = true;
        out->netloc = cv_slice_range(url, 2, end);
        url = cv_slice_skip(url, end);
        if (!brackets_are_right(out->netloc) || !host_keeps_its_shape(out->netloc))
            return false;
    }
    ptrdiff_t at = cv_slice_find_byte(url, '#');
    if (at >= 0) {
        out->has_fragment = true;
        out->fragment = cv_slice_skip(url, (size_t)at + 1);
        url = cv_slice_range(url, 0, (size_t)at);
    }
    at = cv_slice_find_byte(url, '?');
    if (at >= 0) {
        out->has_query = true;
        out->query = cv_slice_skip(url, (size_t)at + 1);
        url = cv_slice_range(url, 0, (size_t)at);
    }
    out->path = url;
    return true;
}

CvSlice cv_url_join_parts(CvArena *arena, const CvUrlParts *parts)
{
    static const char *const with_host[] = {"ftp",  "http",  "https", "file", "ws", "wss",
                                            "sftp", "rsync", "svn",   "git",  NULL};
    CvBuffer out = cv_buffer(arena);
    bool rooted = parts->path.length && *parts->path.data == '/';
    if (parts->scheme.length) {
        cv_buffer_append_slice(&out, parts->scheme);
        cv_buffer_append_byte(&out, ':');
    }
    bool known = false;
    for (const char *const *name = with_host; *name; name++)
        known = known || cv_slice_equal_fold(parts->scheme, cv_slice(*name));
    if (parts->netloc.length || cv_slice_starts_with(parts->path, CV_SLICE("//")) ||
        (known && (!parts->path.length || rooted)))
        cv_buffer_append_string(&out, "//");
    cv_buffer_append_slice(&out, parts->netloc);
    if (parts->netloc.length && parts->path.length && !rooted)
        cv_buffer_append_byte(&out, '/');
    cv_buffer_append_slice(&out, parts->path);
    if (parts->query.length) {
        cv_buffer_append_byte(&out, '?');
        cv_buffer_append_slice(&out, parts->query);
    }
    if (parts->fragment.length) {
        cv_buffer_append_byte(&out, '#');
        cv_buffer_append_slice(&out, parts->fragment);
    }
    cv_buffer_string(&out);
    return cv_buffer_slice(&out);
}

static bool is_listed(CvSlice host, const char *const *hosts)
{
    for (; hosts && *hosts; hosts++)
        if (cv_slice_is(host, *hosts))
            return true;
    return false;
}

static bool is_allowed_as_read(CvArena *arena, CvSlice url, const char *const *hosts, bool require_https)
{
    CvUrlParts parts;
    /* Browsers take three slashes and more for the start of a host. */
    if (cv_slice_starts_with(url, CV_SLICE("///")) || cv_utf8_count(url) > CV_URL_MAX ||
        !cv_url_split(cv_url_clean(arena, url), &parts))
        return false;
    if (!parts.netloc.length && parts.scheme.length)
        return false;
    CvSlice first = url;
    if (cv_utf8_is_control(cv_utf8_next(&first)))
        return false;
    CvSlice scheme = parts.scheme;
    if (!scheme.length && parts.netloc.length)
        scheme = CV_SLICE("http");
    return (!parts.netloc.length || is_listed(parts.netloc, hosts)) &&
           (!scheme.length || cv_slice_equal_fold(scheme, CV_SLICE("https")) ||
            (!require_https && cv_slice_equal_fold(scheme, CV_SLICE("http"))));
}

bool cv_url_is_allowed(CvSlice url, const char *const *hosts, bool require_https)
{
    url = cv_utf8_strip(url);
    if (!url.length || url.length > (size_t)CV_URL_MAX * 4)
        return false;
    CvScratch scratch = cv_scratch_begin(NULL);
    char *slashes = cv_slice_string(scratch.arena, url);
    for (size_t i = 0; i < url.length; i++)
        if (slashes[i] == '\\')
            slashes[i] = '/';
    /* Browsers read a backslash as a slash in a path, but it may also be part of a name and password. */
    bool allowed = is_allowed_as_read(scratch.arena, url, hosts, require_https) &&
                   is_allowed_as_read(scratch.arena, cv_slice_of(slashes, url.length), hosts, require_https);
    cv_scratch_end(scratch);
    return allowed;
}

/* The end of the host is the pattern in lower case. */
static bool ends_with_lower(CvSlice host, CvSlice pattern)
{
    if (host.length < pattern.length)
        return false;
    for (size_t i = 0; i < pattern.length; i++) {
        char c = pattern.data[i];
        if (host.data[host.length - pattern.length + i] != (c >= 'A' && c <= 'Z' ? (char)(c | 0x20) : c))
            return false;
    }
    return true;
}

bool cv_url_is_same_domain(CvSlice host, CvSlice pattern)
{
    if (!pattern.length)
        return false;
    if (*pattern.data != '.')
        return host.length == pattern.length && ends_with_lower(host, pattern);
    CvSlice bare = cv_slice_skip(pattern, 1);
    return ends_with_lower(host, pattern) || (host.length == bare.length && ends_with_lower(host, bare));
}

void cv_base36_append(CvBuffer *out, uint64_t number)
{
    char digits[13];
    size_t at = sizeof digits;
    do {
        unsigned digit = (unsigned)(number % 36);
        digits[--at] = (char)(digit < 10 ? '0' + digit : 'a' + digit - 10);
    } while (number /= 36);
    cv_buffer_append(out, digits + at, sizeof digits - at);
}

bool cv_base36_parse(CvSlice text, uint64_t *out)
{
    uint64_t number = 0;
    if (!text.length || text.length > 13)
        return false;
    for (size_t i = 0; i < text.length; i++) {
        char c = (char)(is_alpha(text.data[i]) ? text.data[i] | 0x20 : text.data[i]);
        unsigned digit;
        if (c >= '0' && c <= '9')
            digit = (unsigned)(c - '0');
        else if (c >= 'a' && c <= 'z')
            digit = (unsigned)(c - 'a') + 10;
        else
            return false;
        if (__builtin_mul_overflow(number, (uint64_t)36, &number) || __builtin_add_overflow(number, digit, &number))
            return false;
    }
    *out = number;
    return true;
}
