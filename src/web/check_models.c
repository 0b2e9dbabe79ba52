/* check_models.c: holds the query calls and the forms over models of the program against the models. */
#include "forms/model_formset.h"
#include "orm/verify.h"
#include "web/checks_private.h"

/* A call in a header's inline function leaves a record in each file that includes it. */
static bool is_told(const CvErrors *errors, size_t at)
{
    const CvError *error = errors->items[at];
    for (size_t i = 0; i < at; i++) {
        const CvError *other = errors->items[i];
        if (error->line && error->line == other->line && error->file && other->file &&
            strcmp(error->file, other->file) == 0 && strcmp(error->message, other->message) == 0)
            return true;
    }
    return false;
}

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
        if (!is_told(&errors, i))
            cv_checks_add_error(checks, "models.E001", errors.items[i]);
}
