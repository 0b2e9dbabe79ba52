/* expect gcc: has no member named 'quesion'; did you mean 'question'? */
/* expect clang: no member named 'quesion' in 'struct Answer'; did you mean 'question'? */
/* at: order_unknown_field.list.h:6 */
/* most lines: 45 */
#define CV_MODELS "order_unknown_field.list.h"
#include "orm/models.h"
#define CV_MODELS "order_unknown_field.list.h"
#include "orm/models_define.h"
