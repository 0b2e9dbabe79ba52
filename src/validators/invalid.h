/* invalid.h: why a value is not valid: a message for the visitor, a code for programs, the values in the message.
 *
 *     static bool validate_even(CvArena *arena, CvValue value, CvInvalid *invalid)
 *     {
 *         if (value.kind == CV_INT && value.integer % 2 == 0)
 *             return true;
 *         return cv_invalid(arena, invalid, "odd", "%(value)s is not an even number.", "value", value);
 *     }
 *
 * Messages are written in English and translated when they are shown, into the language that is active then; what
 * varies in them is named, "%(limit)s" (text) or "%(limit)d" (a number), so that a form may replace the message and
 * keep the values. */
#ifndef CV_VALIDATORS_INVALID_H
#define CV_VALIDATORS_INVALID_H

#include "base/value.h"

CV_API_BEGIN

typedef struct CvParam {
    const char *name;
    CvValue value;
} CvParam;

/* Texts are borrowed: literals, or in the arena that was given. */
typedef struct CvInvalid {
    const char *message;
    const char *plural, *count; /* the message where the value named `count` is not 1; or NULL */
    const char *code;
    const CvParam *params;
    size_t param_count;
    bool fixed; /* the message is shown as it is: nothing in it is replaced or translated */
} CvInvalid;

/* Several of them. Zero with the arena set is an empty one. */
typedef struct CvInvalids {
    CvArena *arena;
    CvInvalid *items;
    size_t count, capacity;
} CvInvalids;

/* Fills *invalid and returns false, for `return cv_invalid(...)`; "name", value pairs follow the message. */
#define cv_invalid(arena, invalid, code, message, ...)                                 \
    cv_invalid_pairs((arena), (invalid), (code), (message), CV_COUNT(__VA_ARGS__) / 2, \
                     (const char *const[]){CV_KEYS(__VA_ARGS__) __VA_OPT__(, ) NULL},  \
                     (const CvValue[]){CV_VALUES(__VA_ARGS__) __VA_OPT__(, ){.kind = CV_MISSING}})
bool cv_invalid_pairs(CvArena *arena, CvInvalid *invalid, const char *code, const char *message, size_t count,
                      const char *const *names, const CvValue *values);
/* The same with a message for 1 and one for other numbers, `count` naming the number. */
bool cv_invalid_plural(CvArena *arena, CvInvalid *invalid, const char *code, const char *singular, const char *plural,
                       const char *count, size_t param_count, const char *const *names, const CvValue *values);

void cv_invalids_add(CvInvalids *invalids, const CvInvalid *invalid);
/* What the visitor reads. */
CvSlice cv_invalid_text(CvArena *arena, const CvInvalid *invalid);
/* "%(name)s" and "%(name)d" in `message` replaced, "%(name)r" as Python's repr(), "%s" and "%d" by the first value,
 * "%%" as "%"; unknown names stay. Values that are lazy texts (text/i18n.h) are translated too. */
CvSlice cv_interpolate(CvArena *arena, CvSlice message, const CvParam *params, size_t count);

CV_API_END

#endif
