/* integer_private.h: whole numbers of any size as decimal text: what add, divisibleby and intword need. */
#ifndef CV_TEMPLATE_INTEGER_PRIVATE_H
#define CV_TEMPLATE_INTEGER_PRIVATE_H

#include "base/value.h"

/* a + b of CV_INT and CV_BIGINT values. */
CvValue cv_integer_add(CvArena *arena, CvValue a, CvValue b);
/* a % b as Python's, for b that fits in 63 bits and is not zero. */
int64_t cv_integer_modulo(CvArena *arena, CvValue a, int64_t b);

#endif
