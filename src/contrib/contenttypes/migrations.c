/* migrations.c: the history of django_content_type under Django's names, so that either goes on where the other left.
 */
#include "migrations/migrations.h"

#include "contrib/contenttypes/contenttypes.h"

/* Whoever goes back to the first version has a name in each row again: the model's as it was written, or as it is
 * stored where it is no more. */
static void write_names(CvModels *models, CvSchemaEditor *editor)
{
    (void)editor;
    CV_EACH (row, cv_rows(cv_models_model(models, "contenttypes.ContentType"))) {
        const char *app_label = cv_member(row, "app_label").text, *lower = cv_member(row, "model").text;
        const CvModel *model = cv_model_in_app(cv_slice(app_label), cv_slice(lower));
        cv_put(row, "name", model ? model->name : lower);
        cv_save(row);
    }
}

#define CV_MIGRATIONS cv_contenttypes
#include "migrations/migrations_begin.h"

#include "contrib/contenttypes/migrations/0001_initial.def.h"
#include "contrib/contenttypes/migrations/0002_remove_content_type_name.def.h"

#include "migrations/migrations_end.h"
