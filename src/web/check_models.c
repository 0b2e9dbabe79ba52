/* check_models.c: holds the query calls and the forms over models of the program against the models. */
#include "forms/model_formset.h"
#include "orm/verify.h"
#include "web/checks_private.h"

void cv_check_models(CvChecks *checks)
{
    CvErrors errors = {.arena = checks->arena};
    for (CvSite *site = NULL; (site = cv_sites_next(site));) {
        size_t before = errors.count;
        cv_site_verify(site, &errors);
        if (site->kind == CV_SITE_FORM)
            cv_form_type_verify(site->hint, &errors);
        else if (site->kind == CV_SITE_FORMSET)
            cv_formset_type_verify(site->hint, &errors);
        else
            continue;
        for (size_t i = before; i < errors.count; i++) {
            errors.items[i]->file = site->file;
            errors.items[i]->line = site->line;
        }
    }
    for (const CvModel *model = NULL; (model = cv_models_next(model));)
        (void)cv_model_verify(model, &errors);
    for (size_t i = 0; i < errors.count; i++)
        cv_checks_add_error(checks, "models.E001", errors.items[i]);
}
