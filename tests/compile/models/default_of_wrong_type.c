/* expect gcc: initialization of 'long int' from 'char *' makes integer from pointer */
/* expect clang: incompatible pointer to integer conversion */
/* at: default_of_wrong_type.list.h:2 */
/* most lines: 45 */
#define CV_MODELS "default_of_wrong_type.list.h"
#include "orm/models.h"
#define CV_MODELS "default_of_wrong_type.list.h"
#include "orm/models_define.h"
