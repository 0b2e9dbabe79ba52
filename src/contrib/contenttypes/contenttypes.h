/* contenttypes.h: Django's content types: a row for each model, so that rows can point to rows of any model.
 *
 *     .apps = CV_APPS(&cv_contenttypes, &bookstore)
 *
 *     MODEL(Note)                                            // in a list file, after this header (see orm/generic.h)
 *         ForeignKey           (content_type, CvContentType, .on_delete = CV_CASCADE)
 *         PositiveIntegerField (object_id)
 *         GenericForeignKey    (target)
 *     END
 *
 *     CvContentType *type = cv_content_type(Book);
 *     const CvModel *model = cv_content_type_names(type);    // &Book_model
 *
 * The table is django_content_type with Django's rows: both may use one database. Outside C the model is called
 * ContentType, its app contenttypes. Which model has which key is asked of the database once a process. */
#ifndef CV_CONTRIB_CONTENTTYPES_CONTENTTYPES_H
#define CV_CONTRIB_CONTENTTYPES_CONTENTTYPES_H

#include "web/web.h"

#define CV_MODELS "contrib/contenttypes/models.def.h"
#include "orm/models.h"

CV_API_BEGIN

extern const CvApp cv_contenttypes;
extern const CvModel *const cv_contenttypes_models[];
extern const CvMigrations cv_contenttypes_migrations;

/* The content type of a model in the default database; made if it is not there. A proxy's is its model's. */
#define cv_content_type(T) cv_content_type_of(&T##_model)
CvContentType *cv_content_type_of(const CvModel *model);
/* Makes the missing content types of an app's models, in order of their names (as Django's migrate does). */
void cv_contenttypes_make(const char *app_label, const CvModel *const *models);

CV_API_END

#endif
