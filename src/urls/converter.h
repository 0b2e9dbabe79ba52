/* converter.h: what a route's <converter:name> accepts and gives.
 *
 * Ready: int (digits, int64_t), str (no slash), slug, path (anything) and uuid. A site adds its own before its tables
 * are read:
 *
 *     static bool year_value(CvArena *arena, CvSlice text, CvValue *out)     // text matches the regex
 *     {
 *         int64_t year;
 *         if (!cv_slice_to_int64(text, &year)) return false;                 // no match: the next route is tried
 *         *out = cv_value_int(year);
 *         return true;
 *     }
 *     cv_converter_register(&(CvConverter){.name = "yyyy", .regex = "[0-9]{4}", .letter = 'i', .value = year_value});
 */
#ifndef CV_URLS_CONVERTER_H
#define CV_URLS_CONVERTER_H

#include "base/error.h"
#include "base/value.h"

CV_API_BEGIN

typedef struct CvConverter {
    const char *name;
    const char *regex; /* Python's syntax, without groups that capture */
    char letter;       /* the view's parameter: 'i' int64_t, 's' const char *, 'u' CvUuid, 'v' CvValue */
    /* The value of a text that matches; false: the route does not match. NULL: the text itself. */
    bool (*value)(CvArena *arena, CvSlice text, CvValue *out);
    /* The text of a value, for reversing; false: the value does not fit. NULL: the value's str(). */
    bool (*text)(CvArena *arena, CvValue value, CvSlice *out);
} CvConverter;

/* Copied; a name that is there already is replaced. At most 64; false beyond. To be called while the program starts. */
bool cv_converter_register(const CvConverter *converter);
/* NULL if there is none. */
const CvConverter *cv_converter_find(CvSlice name);
/* The names, ended by NULL, for messages. */
const char *const *cv_converter_names(void);

/* The regular expression of a route: "<int:pk>/" gives "^(?P<pk>[0-9]+)/\Z" (without \Z if `endpoint` is false). False
 * with CV_ERROR_CONFIGURATION for a bad route. */
bool cv_route_regex(CvArena *arena, CvSlice route, bool endpoint, CvSlice *regex, CvError *error) CV_NODISCARD;

CV_API_END

#endif
