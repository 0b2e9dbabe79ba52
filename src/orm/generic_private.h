/* generic_private.h: content types and the targets of generic foreign keys, for the files of orm. */
#ifndef CV_ORM_GENERIC_PRIVATE_H
#define CV_ORM_GENERIC_PRIVATE_H

#include "orm/generic.h"
#include "orm/model_private.h"

/* The key that the model's content type has in `types`. */
CvValue cv_content_type_key(const CvModel *types, const CvModel *model, CvDatabase *database);
/* The model whose content type has that key; NULL if it is no more. */
const CvModel *cv_content_type_at(const CvModel *types, CvValue key, CvDatabase *database);
/* The content type of rows of `model` as a generic relation sees it. */
CvValue cv_generic_type(const CvGeneric *generic, const CvModel *model, CvDatabase *database);

/* The GenericForeignKey whose member stands at `offset`, or of that name; NULL if there is none. */
const CvGeneric *cv_generic_at(const CvModelInfo *info, size_t offset);
const CvGeneric *cv_generic_named(const CvModelInfo *info, const char *name);
static inline CvTarget *cv_generic_slot(const CvGeneric *generic, const void *row)
{
    return (CvTarget *)(void *)((char *)(uintptr_t)row + generic->field->offset);
}
/* The row that it leads to, loaded if it is not there; NULL if there is none. */
CvRow *cv_generic_load(const CvGeneric *generic, const void *row);
/* Writes targets that were given into the two fields behind them, before a row is saved; `operation` ("save") is for
 * the message where one has no key. */
void cv_generic_settle(void *row, const char *operation);

#endif
