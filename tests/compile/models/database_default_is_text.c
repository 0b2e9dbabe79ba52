/* expect gcc: initialization of 'const char *' from 'int' makes pointer from integer */
/* expect clang: incompatible integer to pointer conversion */
/* at: database_default_is_text.list.h:2 */
/* most lines: 45 */
#define CV_MODELS "database_default_is_text.list.h"
#include "orm/models.h"
#define CV_MODELS "database_default_is_text.list.h"
#include "orm/models_define.h"
