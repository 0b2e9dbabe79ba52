/* number.h: numbers as people read them (grouping, places, file sizes) and as people and browsers write them.
 *
 *     cv_number_format(arena, &out, CV_VALUE(1234567.891), (CvNumberFormat){.places = 2, .has_places = true,
 *                                                                        .grouping = 3, .group = true});
 */
#ifndef CV_TEXT_NUMBER_H
#define CV_TEXT_NUMBER_H

#include "base/value.h"

CV_API_BEGIN

typedef struct CvNumberFormat {
    const char *decimal;   /* separator; NULL: "." */
    const char *thousands; /* separator; NULL: "," */
    int64_t places;        /* digits behind the point: cut or filled with zeroes, not rounded; negative: cuts so many */
    bool has_places;
    bool group;          /* group the whole digits */
    uint8_t grouping[8]; /* group sizes from the right, the last goes on; zero: none. {3} is the usual */
} CvNumberFormat;

/* django.utils.numberformat.format(): for numbers of any kind and text that spells one. */
void cv_number_format(CvArena *arena, CvBuffer *out, CvValue number, CvNumberFormat format);
/* Django's floatformat filter: `places` negative shows them only if they are not all zero; rounds half up. `group`:
 * thousands separators. Empty text for what is no number. */
CvSlice cv_floatformat(CvArena *arena, CvValue number, int64_t places, bool group, const CvNumberFormat *locale);
/* Django's filesizeformat: "13 KB" with a no-break space. */
CvSlice cv_filesize_format(CvArena *arena, double bytes);

/* Python's int() of text: white space around, a sign, up to 4,300 digits of any script with single underscores between
 * them. CV_INT or CV_BIGINT; false for anything else. */
bool cv_python_int(CvArena *arena, CvSlice text, CvValue *out) CV_NODISCARD;
/* Python's float() of text: the same with a point and an exponent; also inf, infinity and nan. */
bool cv_python_float(CvArena *arena, CvSlice text, double *out) CV_NODISCARD;

CV_API_END

#endif
