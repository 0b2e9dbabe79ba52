/* expect gcc: has no member named 'max_length' */
/* expect clang: field designator 'max_length' does not refer to any field in type 'CvIntegerOptions' */
/* at: option_of_another_field.list.h:2 */
/* most lines: 45 */
#define CV_MODELS "option_of_another_field.list.h"
#include "orm/models.h"
#define CV_MODELS "option_of_another_field.list.h"
#include "orm/models_define.h"
