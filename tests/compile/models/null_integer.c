/* expect gcc: has no member named 'null' */
/* expect clang: field designator 'null' does not refer to any field in type 'CvIntegerOptions' */
/* at: null_integer.list.h:2 */
/* most lines: 45 */
#define CV_MODELS "null_integer.list.h"
#include "orm/models.h"
#define CV_MODELS "null_integer.list.h"
#include "orm/models_define.h"
