/* expect gcc: from incompatible pointer type 'Note *' */
/* expect clang: with an expression of type 'Note *' */
/* at: generic_row_of_other.c:10 */
/* most lines: 60 */
#define CV_MODELS "generic.list.h"
#include "orm/models.h"
void use(Note *note);
void use(Note *note)
{
    Desk *desk = cv_row_as(Note, cv_one(note, target));
    (void)desk;
}
