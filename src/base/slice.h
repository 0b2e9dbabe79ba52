/* slice.h: a piece of text with its length, borrowed from somewhere else.
 *
 * Inside the library text travels as slices: UTF-8 bytes, not NUL-terminated, possibly with NUL inside. The public API
 * speaks `const char *`. A slice owns nothing: it lives as long as what it points into. {NULL, 0} is the empty slice.
 */
#ifndef CV_BASE_SLICE_H
#define CV_BASE_SLICE_H

#include <string.h>

#include "base/arena.h"

CV_API_BEGIN

typedef struct CvSlice {
    const char *data;
    size_t length;
} CvSlice;

/* A slice of a string literal, also in static initialisers. */
#define CV_SLICE(literal) ((CvSlice){"" literal, sizeof(literal) - 1})
#define CV_SLICE_INIT(literal)          \
    {                                   \
        "" literal, sizeof(literal) - 1 \
    }
/* For printf: printf("%.*s", CV_SLICE_ARG(slice)). */
#define CV_SLICE_ARG(slice) \
    ((int)((slice).length > INT32_MAX ? INT32_MAX : (slice).length)), ((slice).data ? (slice).data : "")

/* The whole of a NUL-terminated string; NULL gives the empty slice. */
static inline CvSlice cv_slice(const char *string)
{
    return (CvSlice){string, string ? strlen(string) : 0};
}
static inline CvSlice cv_slice_of(const char *data, size_t length)
{
    return (CvSlice){data, length};
}

static inline bool cv_slice_equal(CvSlice a, CvSlice b)
{
    return a.length == b.length && (a.length == 0 || memcmp(a.data, b.data, a.length) == 0);
}
static inline bool cv_slice_is(CvSlice slice, const char *string)
{
    return cv_slice_equal(slice, cv_slice(string));
}

/* Strings that may be NULL. */
static inline bool cv_texts_same(const char *a, const char *b)
{
    return a && b ? strcmp(a, b) == 0 : a == b;
}

/* ASCII letters without regard to case. */
bool cv_slice_equal_fold(CvSlice a, CvSlice b);
/* Order of bytes, a shorter prefix first: < 0, 0, > 0. */
int cv_slice_compare(CvSlice a, CvSlice b);
bool cv_slice_starts_with(CvSlice slice, CvSlice prefix);
bool cv_slice_ends_with(CvSlice slice, CvSlice suffix);
/* Where `needle` first (last) begins in `slice`, or -1. The empty needle is found at 0 (at the end). */
ptrdiff_t cv_slice_find(CvSlice slice, CvSlice needle);
ptrdiff_t cv_slice_find_last(CvSlice slice, CvSlice needle);
ptrdiff_t cv_slice_find_byte(CvSlice slice, char byte);
/* From `start` to before `end`; both are cut to the slice's length. */
CvSlice cv_slice_range(CvSlice slice, size_t start, size_t end);
/* Without the first `count` bytes (or empty). */
CvSlice cv_slice_skip(CvSlice slice, size_t count);
/* Without ASCII white space (space, \t \n \v \f \r) at both ends. */
CvSlice cv_slice_trim(CvSlice slice);
/* Takes what stands before `separator` (one byte) off the front of `rest`, and the separator too. False when `rest` is
 * used up: `while (cv_slice_split(&rest, ',', &part))` visits every part, empty ones too; "" gives one empty part when
 * rest.data is not NULL. */
bool cv_slice_split(CvSlice *rest, char separator, CvSlice *part);

/* A NUL-terminated copy. */
char *cv_slice_string(CvArena *arena, CvSlice slice);
/* A copy whose data is NUL-terminated too. */
CvSlice cv_slice_copy(CvArena *arena, CvSlice slice);
/* A copy with a to z for A to Z; whatever else there is stays. */
char *cv_ascii_lower(CvArena *arena, const char *text);

/* Decimal integers, the whole slice, optional sign. False, and *out untouched, if it is anything else or does not fit.
 */
bool cv_slice_to_int64(CvSlice slice, int64_t *out) CV_NODISCARD;
bool cv_slice_to_uint64(CvSlice slice, uint64_t *out) CV_NODISCARD;
/* A float by the C locale's rules ("1.5", "1e3", "inf", "nan"), the whole slice. */
bool cv_slice_to_double(CvSlice slice, double *out) CV_NODISCARD;

/* The candidate nearest to `name` in spelling (edit distance at most a third of its length), or NULL: for "did you
 * mean". `candidates` ends in NULL. */
const char *cv_nearest(CvSlice name, const char *const *candidates);

CV_API_END

#endif
