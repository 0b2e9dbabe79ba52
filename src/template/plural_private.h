/* plural_private.h: which plural form a number takes: the C expression in `n` of a catalog's Plural-Forms. */
#ifndef CV_TEMPLATE_PLURAL_PRIVATE_H
#define CV_TEMPLATE_PLURAL_PRIVATE_H

#include "base/slice.h"

typedef struct CvPluralRule CvPluralRule;

/* "nplurals=2; plural=n != 1;" or the expression alone; NULL: not understood. */
CvPluralRule *cv_plural_parse(CvArena *arena, CvSlice rule);
size_t cv_plural_form(const CvPluralRule *rule, int64_t n);

#endif
