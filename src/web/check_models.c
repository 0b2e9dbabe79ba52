/* check_models.c: holds the query calls of the program against the models. */
#include "orm/verify.h"
#include "web/checks_private.h"

void cv_check_models(CvChecks *checks)
{
    CvErrors errors = {.arena = checks->arena};
    for (CvSite *site = NULL; (site = cv_sites_next(site));)
        cv_site_verify(site, &errors);
    for (size_t i = 0; i < errors.count; i++)
        cv_checks_add_error(checks, "models.E001", errors.items[i]);
}
