/* check_models.c: holds the query calls of the program against the models. */
#include "web/checks_private.h"

void cv_check_models(CvChecks *checks)
{
    (void)checks;
}
