/* expect gcc: invalid type argument of '->' */
/* expect clang: member reference type 'int' is not a pointer */
/* at: order_of_no_row.c:10 */
/* most lines: 45 */
#define CV_MODELS "order_right.list.h"
#include "orm/models.h"
void wrong(Question *question);
void wrong(Question *question)
{
    (void)cv_get_order(Answer, 3);
}
