/* expect gcc: unknown type name 'Writer_ref' */
/* expect clang: unknown type name 'Writer_ref' */
/* at: unknown_target.list.h:2 */
/* most lines: 45 */
#define CV_MODELS "unknown_target.list.h"
#include "orm/models.h"
#define CV_MODELS "unknown_target.list.h"
#include "orm/models_define.h"
