/* expect gcc: CV_KEY_TYPE_CodeField */
/* expect clang: expanded from macro 'MODEL_KEY' */
/* at: own_kind_key.list.h:1 */
#include "own_kind.h"
#define CV_MODELS "own_kind_key.list.h"
#include "orm/models.h"
