/* models.h: the rows, sets and choices that models.def.h declares. */
#ifndef BOOKSHOP_MODELS_H
#define BOOKSHOP_MODELS_H

#define CV_MODELS "models.def.h"
#include <caravan/models.h>

extern const CvModel *const bookshop_models[];

#endif
