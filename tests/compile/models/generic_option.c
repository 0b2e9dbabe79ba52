/* expect gcc: has no member named 'on_delete' */
/* expect clang: field designator 'on_delete' does not refer to any field in type 'CvGenericKeyOptions' */
/* at: generic_option.list.h:8 */
/* most lines: 45 */
#define CV_MODELS "generic_option.list.h"
#include "orm/models.h"
#define CV_MODELS "generic_option.list.h"
#include "orm/models_define.h"
