/* expect gcc: has no member named '_order' */
/* expect clang: no member named '_order' in 'struct Question' */
/* at: order_of_unordered.c:10 */
/* most lines: 45 */
#define CV_MODELS "order_right.list.h"
#include "orm/models.h"
void wrong(Question *question);
void wrong(Question *question)
{
    (void)cv_get_order(Question, question);
}
