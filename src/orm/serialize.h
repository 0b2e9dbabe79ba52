/* serialize.h: rows in Django's serialized form (fixtures): values of fields, natural keys, references that hold.
 *
 *     cv_row_set_serialized(row, column, value);        // ["bookstore", "book"] for a foreign key, base64 for bytes
 *     cv_save_raw(row);
 *     if (!cv_check_references("default", &errors)) ... // before the transaction ends
 */
#ifndef CV_ORM_SERIALIZE_H
#define CV_ORM_SERIALIZE_H

#include "orm/query.h"

CV_API_BEGIN

/* As cv_row_set(), from what a JSON fixture has: base64 text for binary fields; a list, the natural key of the target,
 * for foreign keys. */
void cv_row_set_serialized(void *row, const CvColumn *column, CvValue value);
/* The key of the row whose natural key this list is (options.natural_key); CV_ERROR_DOES_NOT_EXIST is raised where
 * there is none, CV_ERROR_VALUE where the model has no natural keys. A value that is no list comes back converted to a
 * key. */
CvValue cv_natural_key(const CvModel *model, CvValue value);
/* Looks for foreign keys that point to no row, in all tables: an error for each (at most 100), with table, key and
 * value. False if there are any. */
bool cv_check_references(const char *alias, CvErrors *errors);

CV_API_END

#endif
