/* write_private.h: INSERT and UPDATE of rows, for the files that save them. */
#ifndef CV_ORM_WRITE_PRIVATE_H
#define CV_ORM_WRITE_PRIVATE_H

#include "base/vector.h"
#include "orm/set_private.h"

/* What happens to rows that are there already (bulk_create). */
typedef struct CvConflicts {
    bool ignore;
    const char *const *update; /* names that are set in the row that is there; NULL: the conflict is an error */
    const char *const *unique; /* the names that make two rows the same */
} CvConflicts;

/* True if all of the row goes into the database as it stands: no expressions, nothing that the database sets. */
bool cv_write_is_plain(const CvRow *row, const CvModelInfo *info);
/* Inserts rows of one table, side by side in one statement, and reads back what the database set. `conflicts` may be
 * NULL. */
void cv_write_insert(CvRow *const *rows, size_t count, const CvModel *model, CvDatabase *database, bool with_key,
                     const CvConflicts *conflicts);
/* Updates the named members (NULL: all) of a row's table; false: there is no such row. */
bool cv_write_update(CvRow *row, const CvModel *model, CvDatabase *database, const char *const *names);

/* The column is in the model's own table. */
static inline bool cv_write_belongs(const CvColumn *column, const CvModel *model)
{
    return cv_model_info(column->model)->concrete == cv_model_info(model)->concrete;
}
/* A value as it was given for a column, as it is bound; raises what Django's get_db_prep_save() would. */
CvValue cv_column_prepare(CvArena *arena, const CvColumn *column, CvValue given);
/* A member as it is bound. */
CvValue cv_write_value(CvArena *arena, CvRow *row, const CvColumn *column);
bool cv_write_names(const char *const *names, const CvColumn *column);
/* Sets the fields that set themselves to now, of `names` (NULL: all). */
void cv_write_moments(CvRow *row, bool adding);
/* The next `_order` for a new row, where its model has one; for rows of a bulk_create(), those that have none. */
void cv_order_new_row(CvRow *row, const CvModel *model, CvDatabase *database);
void cv_order_new_rows(void *const *rows, size_t count, const CvModel *model, CvDatabase *database);
CvDatabase *cv_write_database(const CvRow *row);
/* Rows that references point to must have a key: Django's _prepare_related_fields_for_save(). */
void cv_write_references(CvRow *row, const char *operation, const char *const *names);

/* Saves a row that update_or_create() found and gave values by these names: these, and fields whose kind has a say in
 * each save; all of it where a name is the key's or no column's. */
void cv_save_found(void *row, size_t count, const char *const *given);

/* Raises what bulk_create() refuses whatever the rows. */
void cv_bulk_check(const CvModel *model, const CvBulkOptions *options);
/* bulk_update() of rows within a set. */
int64_t cv_bulk_update_in(CvQuerySet *set, void *const *rows, size_t count, const CvBulkOptions *options);

/* The model's field of the name, for statements that name columns; raises as Django's get_field() does. */
const CvColumn *cv_write_column(const CvModel *model, const char *name);

#endif
