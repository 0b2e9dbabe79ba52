/* expect none */
#define CV_MODELS "generic.list.h"
#include "orm/models.h"
#define CV_MODELS "generic.list.h"
#include "orm/models_define.h"
long use(Desk *desk);
long use(Desk *desk)
{
    Note *note = cv_create(Note, .target = cv_target(desk));
    Desk *target = cv_row_as(Desk, cv_one(note, target));
    cv_create_in(cv_related(desk, notes), .other = cv_target(desk));
    cv_add(cv_related(desk, notes), note);
    return (long)cv_count(cv_related(target, notes));
}
