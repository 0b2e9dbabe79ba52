/* expect gcc: duplicate member '_order' */
/* expect clang: duplicate member '_order' */
/* at: order_twice.list.h:4 */
/* most lines: 45 */
#define CV_MODELS "order_twice.list.h"
#include "orm/models.h"
