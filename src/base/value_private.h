/* value_private.h: numbers of any kind compared exactly, and hashes that agree with it. */
#ifndef CV_BASE_VALUE_PRIVATE_H
#define CV_BASE_VALUE_PRIVATE_H

#include "base/value.h"

#define CV_VALUE_DEPTH_MAX 200 /* lists in lists: deeper ones are refused with CV_ERROR_RECURSION */

static inline bool cv_value_is_number(CvValue v)
{
    return v.kind >= CV_BOOL && v.kind <= CV_DECIMAL;
}
/* False if one is not a number (NaN). */
bool cv_number_compare(CvValue a, CvValue b, int *order);
/* Equal numbers have equal hashes, whatever their kinds. */
uint64_t cv_number_hash(CvValue v);

uint64_t cv_value_hash(CvValue v);

#endif
