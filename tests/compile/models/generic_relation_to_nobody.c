/* expect gcc: unknown type name 'Remark_set' */
/* expect clang: unknown type name 'Remark_set' */
/* at: generic_relation_to_nobody.list.h:2 */
/* most lines: 60 */
#define CV_MODELS "generic_relation_to_nobody.list.h"
#include "orm/models.h"
#define CV_MODELS "generic_relation_to_nobody.list.h"
#include "orm/models_define.h"
