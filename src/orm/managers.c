/* managers.c: named sets of a model's rows, which its list or its maker names. */
#include "orm/query.h"

const CvManager *cv_model_manager(const CvModel *model, CvSlice name)
{
    for (; model; model = model->parent)
        for (const CvManager *manager = model->managers; manager && manager->name; manager++)
            if (cv_slice_is(name, manager->name))
                return manager;
    return NULL;
}

CvQuerySet *cv_manager_of(const CvModel *model, const char *name)
{
    const CvManager *manager = cv_model_manager(model, cv_slice(name));
    if (!manager)
        cv_raise(CV_ERROR_ATTRIBUTE, "type object '%s' has no attribute '%s'", model->name, name);
    return manager->narrow(cv_everything_of(model));
}
