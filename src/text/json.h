/* json.h: JSON (RFC 8259) to values and back.
 *
 * Objects become dicts in the order of the text, the last of equal keys winning; integers of any size are kept
 * (CV_BIGINT); a depth bound and an error with line and column answer what is malformed. Writing follows Python's
 * json.dumps, so that stored JSON is the same byte for byte.
 *
 *     CvValue value;
 *     CvError error;
 *     if (!cv_json_parse(arena, text, NULL, &value, &error))
 *         return error.message;                         // error.line, error.column
 *     cv_json_write(arena, &out, value, NULL, &error);
 */
#ifndef CV_TEXT_JSON_H
#define CV_TEXT_JSON_H

#include "base/error.h"
#include "base/value.h"

CV_API_BEGIN

#define CV_JSON_DEPTH 100

typedef struct CvJsonReadOptions {
    int depth;     /* arrays and objects in each other; 0: CV_JSON_DEPTH, at most 200 */
    bool nan;      /* accept NaN, Infinity, -Infinity, as Python does */
    bool decimals; /* floats as CV_DECIMAL with the text as written */
} CvJsonReadOptions;

/* The whole text must be one JSON value. Invalid UTF-8, lone surrogates, control characters in strings, trailing commas
 * and comments are refused: false and *error (kind CV_ERROR_VALUE, line and column from 1). `options` may be NULL. */
bool cv_json_parse(CvArena *arena, CvSlice text, const CvJsonReadOptions *options, CvValue *out,
                   CvError *error) CV_NODISCARD;

typedef struct CvJsonWriteOptions {
    int indent;   /* spaces a level; 0: one line; negative: lines without spaces */
    bool unicode; /* UTF-8 as it is instead of \u escapes (ensure_ascii=False) */
    bool compact; /* "," and ":" instead of ", " and ": " */
    bool sort_keys;
    bool nan;   /* write NaN and Infinity; else they are an error */
    bool plain; /* only what JSON knows: dates and the like are an error */
} CvJsonWriteOptions;

/* Appends the value. Dates, times, durations, decimals and UUIDs are written as Django's DjangoJSONEncoder does (unless
 * `plain`); bytes and objects without items are CV_ERROR_TYPE. `options` NULL: json.dumps' defaults, NaN allowed. */
bool cv_json_write(CvArena *arena, CvBuffer *out, CvValue value, const CvJsonWriteOptions *options,
                   CvError *error) CV_NODISCARD;
/* A string with its quotes. */
void cv_json_write_string(CvBuffer *out, CvSlice text, bool unicode);

CV_API_END

#endif
