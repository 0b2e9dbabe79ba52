/* models.c: the descriptors of the models. */
#include "models.h"

#define CV_MODELS "models.def.h"
#define CV_MODELS_TABLE techempower_models
#include <caravan/models_define.h>
