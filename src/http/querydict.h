/* querydict.h: names with several values in the order in which they came: request.GET and request.POST.
 *
 *     const CvQueryDict *query = cv_request_query(request);            // ?tag=a&tag=b
 *     cv_querydict_get(query, "tag");                                  // "b": the last one, as in Django
 *     const char *tag;
 *     CV_QUERYDICT_EACH(query, "tag", tag)                             // "a", "b"
 *         ...
 *
 * Also a template object: {{ request.GET.tag }}. Parsing follows Python's parse_qsl as Django's QueryDict calls it
 * (keep_blank_values), for UTF-8 with invalid bytes replaced by U+FFFD, or another charset. */
#ifndef CV_HTTP_QUERYDICT_H
#define CV_HTTP_QUERYDICT_H

#include "base/error.h"
#include "base/value.h"

CV_API_BEGIN

typedef struct CvQueryDict CvQueryDict;

/* One name with its values, all NUL-terminated too (they may hold NUL bytes: %00). */
typedef struct CvQueryItem {
    CvSlice name;
    CvSlice *values;
    size_t count, capacity;
    uint64_t hash;
    bool removed;
} CvQueryItem;

extern const CvType cv_querydict_type;

#define CV_NO_FIELDS SIZE_MAX

CvQueryDict *cv_querydict_create(CvArena *arena);
/* Parses `a=1&b=2`. `charset` NULL: utf-8 (also "iso-8859-1", "windows-1252", "ascii"; others fail as
 * CV_ERROR_VALUE). More than `field_limit` pairs (0: no limit, CV_NO_FIELDS: not one) fail as CV_ERROR_TOO_MANY_FIELDS.
 */
CvQueryDict *cv_querydict_parse(CvArena *arena, CvSlice text, const char *charset, size_t field_limit, CvError *error);

/* The last value of a name, or NULL where there is none. */
const char *cv_querydict_get(const CvQueryDict *dict, const char *name);
bool cv_querydict_get_slice(const CvQueryDict *dict, CvSlice name, CvSlice *value);
/* All values of a name; NULL where there is none. */
const CvQueryItem *cv_querydict_find(const CvQueryDict *dict, CvSlice name);
bool cv_querydict_has(const CvQueryDict *dict, const char *name);
/* Different names. */
size_t cv_querydict_count(const CvQueryDict *dict);
/* The name after `item` (NULL: the first), or NULL at the end. */
const CvQueryItem *cv_querydict_next(const CvQueryDict *dict, const CvQueryItem *item);
/* The value of a name at an index, or NULL behind the last. */
const char *cv_querydict_value(const CvQueryDict *dict, const char *name, size_t index);
#define CV_QUERYDICT_EACH(dict, name, variable) \
    for (size_t cv_at_ = 0; ((variable) = cv_querydict_value((dict), (name), cv_at_)) != NULL; cv_at_++)

/* Changing; texts are copied. */
void cv_querydict_add(CvQueryDict *dict, CvSlice name, CvSlice value);
/* All values of the name are replaced by this one. */
void cv_querydict_set(CvQueryDict *dict, const char *name, const char *value);
bool cv_querydict_remove(CvQueryDict *dict, const char *name);
CvQueryDict *cv_querydict_copy(CvArena *arena, const CvQueryDict *dict);

/* "a=1&b=2", percent-encoded as Python's urlencode does; `safe`: bytes that stay as they are besides unreserved ones
 * (Django's QueryDict.urlencode(safe="/")), NULL: none; with NULL a space is "+". data NULL if the
 * dict's charset lacks a character. */
CvSlice cv_querydict_urlencode(CvArena *arena, const CvQueryDict *dict, const char *safe);

CV_API_END

#endif
