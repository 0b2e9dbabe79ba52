/* expect none */
#define CV_MODELS "order_right.list.h"
#include "orm/models.h"
#define CV_MODELS "order_right.list.h"
#include "orm/models_define.h"
void use(Question *question, Answer *answer);
void use(Question *question, Answer *answer)
{
    CvList *keys = cv_get_order(Answer, question);
    cv_set_order(Answer, question, keys->items[1], keys->items[0], answer, 4);
    answer = cv_next_in_order(answer);
    answer = cv_previous_in_order(answer);
    (void)answer->_order;
}
