/* url.h: URLs as text: percent coding, splitting, query strings, IRIs, and whether a redirect target is ours.
 *
 *     CvBuffer out = cv_buffer(arena);
 *     cv_url_quote(&out, cv_slice("a b/é"), "/");                  // a%20b/%C3%A9
 *     CvUrlParts parts;
 *     if (cv_url_split(cv_slice("https://example.org:8000/a?b#c"), &parts)) ...
 */
#ifndef CV_TEXT_URL_H
#define CV_TEXT_URL_H

#include "base/error.h"
#include "base/value.h"

CV_API_BEGIN

#define CV_URL_MAX 2048 /* longest URL that is looked into; longer ones are no link and no redirect target */

/* ---- percent coding ---- */

/* Appends with everything as %XX but letters, digits, "_.-~" and the ASCII characters in `safe` (Python's quote()). */
void cv_url_quote(CvBuffer *out, CvSlice text, const char *safe);
/* The same with spaces as "+" (quote_plus()). */
void cv_url_quote_plus(CvBuffer *out, CvSlice text, const char *safe);
/* %XX as bytes; what is no valid escape stays. With `plus`, "+" is a space. The bytes may be no UTF-8: see
 * cv_utf8_repair(). */
CvSlice cv_url_unquote_bytes(CvArena *arena, CvSlice text, bool plus);
/* The same with what is no UTF-8 replaced by U+FFFD (Python's unquote(), unquote_plus()). */
CvSlice cv_url_unquote(CvArena *arena, CvSlice text, bool plus);

/* ---- query strings ---- */

/* One "name=value" of a query string, coded, with "&" before it unless `out` is empty or ends in "?". */
void cv_url_append_parameter(CvBuffer *out, CvSlice name, CvSlice value);
/* A dict (or a list of pairs) as a query string; with `doseq` a list value gives its name once for each item. A null
 * value is CV_ERROR_TYPE (Django's urlencode()). */
bool cv_url_encode(CvArena *arena, CvBuffer *out, CvValue query, bool doseq, CvError *error) CV_NODISCARD;
/* Takes the next name and value, decoded, off the query string; false at the end. Empty pieces are passed over
 * (Python's parse_qsl with keep_blank_values). */
bool cv_url_next_parameter(CvArena *arena, CvSlice *rest, CvSlice *name, CvSlice *value);

/* ---- parts ---- */

typedef struct CvUrlParts {
    CvSlice scheme; /* as written; compare without regard to case */
    CvSlice netloc; /* user:password@host:port */
    CvSlice path, query, fragment;
    bool has_netloc, has_query, has_fragment;
} CvUrlParts;

/* Without what browsers drop from a URL: leading control characters and spaces, tabs, CR and LF anywhere. */
CvSlice cv_url_clean(CvArena *arena, CvSlice url);
/* Splits by RFC 3986's outline, as Python's urlsplit() does with a clean URL; the parts borrow from `url`. False for
 * tabs, CR and LF, for brackets in the host that hold no IPv6 address, and for hosts whose compatibility form has
 * delimiters in it. */
bool cv_url_split(CvSlice url, CvUrlParts *out) CV_NODISCARD;
CvSlice cv_url_join_parts(CvArena *arena, const CvUrlParts *parts);
/* `url` relative to `base` (http, https or a path), by RFC 3986 5.2 as Python's urljoin() does it; `url` itself if
 * either cannot be split. */
CvSlice cv_url_join(CvArena *arena, CvSlice base, CvSlice url);

/* ---- IRIs and paths ---- */

CvSlice cv_iri_to_uri(CvArena *arena, CvSlice iri);
CvSlice cv_uri_to_iri(CvArena *arena, CvSlice uri);
/* A path for use in a URL: ";", "=" and "?" are quoted too (escape_uri_path). */
CvSlice cv_url_escape_path(CvArena *arena, CvSlice path);
/* A file's path, "\" as "/" (filepath_to_uri). */
CvSlice cv_url_of_file(CvArena *arena, CvSlice path);
/* "//x" as "/%2Fx", so that a browser does not read a host into a path. */
CvSlice cv_url_escape_leading_slashes(CvArena *arena, CvSlice url);

/* ---- hosts ---- */

/* True if a redirect may go there: a relative URL, or http(s) to one of `hosts` (ends in NULL; may be NULL). Follows
 * what browsers make of backslashes, control characters and too many slashes. */
bool cv_url_is_allowed(CvSlice url, const char *const *hosts, bool require_https);
/* True for the same host, or for example.com and what is below it with a pattern ".example.com"; `host` is in lower
 * case. */
bool cv_url_is_same_domain(CvSlice host, CvSlice pattern);

/* ---- numbers in URLs ---- */

void cv_base36_append(CvBuffer *out, uint64_t number);
/* At most 13 digits; false for anything else. */
bool cv_base36_parse(CvSlice text, uint64_t *out) CV_NODISCARD;

CV_API_END

#endif
