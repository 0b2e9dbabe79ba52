/* common.h: a right list, used by the mistakes of this folder. */
#define CV_MODELS "shop.list.h"
#include "orm/models.h"
