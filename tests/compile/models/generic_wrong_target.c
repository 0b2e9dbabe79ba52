/* expect gcc: incompatible types when assigning to type 'CvTarget' */
/* expect clang: assigning to 'CvTarget' */
/* at: generic_wrong_target.c:11 */
/* most lines: 60 */
#define CV_MODELS "generic.list.h"
#include "orm/models.h"
void use(Desk *desk);
void use(Desk *desk)
{
    Note *note = cv_build(Note);
    note->target = desk;
}
