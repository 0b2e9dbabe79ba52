/* expect both: CodField */
/* at: own_kind_misspelt.list.h:2 */
#include "own_kind.h"
#define CV_MODELS "own_kind_misspelt.list.h"
#include "orm/models.h"
