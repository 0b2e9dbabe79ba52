/* media_type.h: media types: headers with parameters, what a client accepts, and the type of a file by its name.
 *
 *     CvMediaParams params;
 *     cv_media_params(arena, cv_slice("text/html; charset=utf-8"), &params);
 *     params.value;                                        // "text/html"
 *     cv_media_param(&params, "charset");                  // "utf-8"
 *     cv_media_type_of_file("logo.svg", &encoding);        // "image/svg+xml"
 */
#ifndef CV_HTTP_MEDIA_TYPE_H
#define CV_HTTP_MEDIA_TYPE_H

#include "base/error.h"
#include "base/vector.h"

CV_API_BEGIN

typedef struct CvMediaParam {
    CvSlice name, value; /* name in lower case; both NUL-terminated too */
} CvMediaParam;

/* A header value with parameters: value; name=value; name="value". */
typedef struct CvMediaParams {
    CvSlice value; /* in lower case, NUL-terminated too */
    CV_VECTOR(CvMediaParam) list;
} CvMediaParams;

#define CV_HEADER_PARAMS_MAX 10000 /* bytes of a header that is taken apart */

/* Django's parse_header_parameters: quotes and backslashes resolved, RFC 2231 values (name*=charset'lang'%XX) decoded,
 * a later parameter of a name replaces the earlier. CV_ERROR_VALUE if it is too long; `error` may be NULL. */
bool cv_media_params(CvArena *arena, CvSlice header, CvMediaParams *out, CvError *error);
/* The value, or data NULL. */
CvSlice cv_media_param(const CvMediaParams *params, const char *name);

/* ---- what a client accepts ---- */

typedef struct CvMediaType {
    const char *main, *sub; /* "text", "html"; "*" */
    CvMediaParams params;
    const char *text; /* as Django prints it: "text/html; level=1" */
    double quality;   /* 0 to 1 */
    int specificity;  /* 0 for any type, 1 type, 2 type and subtype, 3 with parameters */
} CvMediaType;

typedef CV_VECTOR(CvMediaType) CvMediaTypes;

CvMediaType cv_media_type(CvArena *arena, CvSlice text);
/* True if a range of an Accept header (`accepted`) takes `offer`. */
bool cv_media_type_match(const CvMediaType *accepted, const CvMediaType *offer);
/* The types of an Accept header as they stand in it, those with quality 0 and empty ones left out. */
CvMediaTypes cv_accepted_types(CvArena *arena, CvSlice accept);
/* The same, most specific and best quality first. */
CvMediaTypes cv_accepted_types_by_precedence(CvArena *arena, CvSlice accept);
/* Does an Accept header take a type; the offer it likes best (a list ending in NULL), or NULL. */
bool cv_accept_takes(CvArena *arena, CvSlice accept, const char *media_type);
const char *cv_accept_prefers(CvArena *arena, CvSlice accept, const char *const *offers);

typedef struct CvAcceptedLanguage {
    const char *language; /* lower case */
    double quality;
} CvAcceptedLanguage;
typedef CV_VECTOR(CvAcceptedLanguage) CvAcceptedLanguages;
/* An Accept-Language header, best first; none at all if it is malformed. */
CvAcceptedLanguages cv_accepted_languages(CvArena *arena, CvSlice header);

/* ---- files ---- */

/* The media type of a file's name by its extension, without a charset, or NULL. *encoding (may be NULL): "gzip", "br",
 * "bzip2", "compress", "xz" for a compressed file of that type, or NULL. The table is Python's mimetypes. */
const char *cv_media_type_of_file(const char *name, const char **encoding);

/* Content-Disposition for a file name; NULL if there is nothing to say (inline and no name). */
const char *cv_content_disposition(CvArena *arena, bool as_attachment, CvSlice name);

CV_API_END

#endif
