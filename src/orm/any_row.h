/* any_row.h: rows of models that have no struct in C: models that were made while the program runs, and models as they
 * once were (a migration's, migrations/operation.h). Members go by name; sets take the same verbs as any others.
 *
 *     const CvModel *book = cv_models_model(models, "shop.Book");
 *     CV_EACH (row, cv_filter(cv_rows(book), "isbn", "")) {
 *         cv_put(row, "title", cv_printf("%s!", cv_member(row, "title").text));
 *         cv_save(row);
 *     }
 *     cv_update(cv_rows(book), "price", cv_multiply(cv_f("price"), cv_value(2)));
 *     CvAnyRow *tag = cv_make(cv_models_model(models, "shop.Tag"), "word", "long");
 *
 * Nothing here is seen by `./manage check`: a name that the model does not have raises CV_ERROR_ATTRIBUTE or
 * CV_ERROR_FIELD when it is used. */
#ifndef CV_ORM_ANY_ROW_H
#define CV_ORM_ANY_ROW_H

#include "orm/orm.h"

CV_API_BEGIN

typedef struct CvAnyRow {
    CvRow header;
} CvAnyRow;
typedef struct CvAnyRow_set {
    CvAnyRow *row;
    char (*line)[1]; /* no model's: a list's first row stands below its first line or has another size */
} CvAnyRow_set;

/* All rows of a model, whatever its managers say. */
#define cv_rows(model) ((CvAnyRow_set *)(void *)cv_everything_of(model))
/* The rows behind a many-to-many field or a way back: cv_rows_behind(book, "tags"). */
#define cv_rows_behind(row, name) ((CvAnyRow_set *)(void *)cv_related_of((row), (name)))

/* What the row has under a name: a field's value (a reference: its key), else an annotation; raises CV_ERROR_ATTRIBUTE
 * where it has neither. */
CvValue cv_member(const void *row, const char *name);
/* The row that a foreign key points to; NULL for a null one. Raises CV_ERROR_ATTRIBUTE if it is none. */
CvAnyRow *cv_row_behind(const void *row, const char *name);
/* Sets a member, as cv_assign() does; a reference takes a row or a key. */
#define cv_put(row, name, value) cv_row_assign((row), (name), CV_VALUE(value))
/* A new row with these values, saved: cv_make(book, "title", "Emma", "author", austen). */
#define cv_make(model, ...)                                                                     \
    cv_make_of((model), CV_COUNT(__VA_ARGS__) / 2, (const char *const[]){CV_KEYS(__VA_ARGS__)}, \
               CV_ARGUMENTS(__VA_ARGS__))
CvAnyRow *cv_make_of(const CvModel *model, size_t count, const char *const *names, const CvValue *values);

CV_API_END

#endif
