/* models.h: the rows that models.def.h declares. */
#ifndef TECHEMPOWER_MODELS_H
#define TECHEMPOWER_MODELS_H

#define CV_MODELS "models.def.h"
#include <caravan/models.h>

extern const CvModel *const techempower_models[];

#endif
