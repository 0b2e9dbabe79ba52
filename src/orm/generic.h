/* generic.h: relations to rows of any model: content types, GenericForeignKey, GenericRelation.
 *
 *     MODEL(Note)
 *         ForeignKey           (content_type, ContentType, .on_delete = CV_CASCADE)
 *         PositiveIntegerField (object_id)
 *         GenericForeignKey    (target)                            // over these two, unless it names others
 *         TextField            (text)
 *     END
 *     MODEL(Book)
 *         CharField            (title, .max_length = 200)
 *         GenericRelation      (notes, Note, .related_query_name = "book")
 *     END
 *
 *     Note *note = cv_create(Note, .target = cv_target(emma), .text = "Again!");
 *     Book *book = cv_row_as(Book, cv_one(note, target));          // NULL if it is about something else
 *     cv_count(cv_related(book, notes));
 *     cv_filter(cv_objects(Book), "notes__text__contains", "Again");
 *     cv_filter(cv_objects(Note), "book__title", "Emma");          // by related_query_name
 *
 * A content type is a row that names a model by app and name (Django's django_content_type). The model that holds them
 * is what the foreign key `content_type` points to: any model with the text fields app_label and model, unique
 * together; contrib/contenttypes has Django's. Which row names which model is asked of the database once a process.
 * Deleting a row deletes what its generic relations lead to. */
#ifndef CV_ORM_GENERIC_H
#define CV_ORM_GENERIC_H

#include "orm/model.h"

CV_API_BEGIN

/* What a GenericForeignKey's member is set to: `.target = cv_target(book)`. */
#define cv_target(object) ((CvTarget){.row = &(object)->header, .given = true})
/* The row as a T *, or NULL if it is of another model (or NULL): for what cv_one() gives for a generic foreign key. */
#define cv_row_as(T, row) ((T *)cv_row_if((row), &T##_model))
void *cv_row_if(const void *row, const CvModel *model);

/* By name: the row that the generic foreign key leads to, loaded if it is not there; NULL if there is none. Raises
 * CV_ERROR_ATTRIBUTE if the model has no such key. */
CvRow *cv_target_of(const void *row, const char *name);
/* Sets the key and the two fields behind it; `target` may be NULL. */
void cv_target_set(void *row, const char *name, const void *target);

/* True for models that can hold content types: text fields app_label and model, unique together. */
bool cv_model_holds_types(const CvModel *model);
/* The content type of a model, a row of `types`, made if it is missing; of a proxy's model where `concrete` (what a
 * generic relation means by default). In the default database where `database` is NULL. */
void *cv_content_type_row(const CvModel *types, const CvModel *model, bool concrete, CvDatabase *database);
/* Asks for those of several models that are not known yet, with one query. */
void cv_content_types_load(const CvModel *types, const CvModel *const *models, size_t count, bool concrete,
                           CvDatabase *database);
/* The content type by key. Raises CV_ERROR_DOES_NOT_EXIST. */
void *cv_content_type_by_key(const CvModel *types, CvValue key, CvDatabase *database);
/* The model that a content type names; NULL if no installed app has it. */
const CvModel *cv_content_type_names(const void *type);
/* Forgets what was asked (after a database was loaded anew). */
void cv_content_types_forget(void);

CV_API_END

#endif
