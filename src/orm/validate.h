/* validate.h: holding a row against its model before it is saved: Django's full_clean().
 *
 *     Book *book = cv_build(Book, .title = "", .price = price, .author = cv_ref(austen));
 *     CvRowErrors errors = {0};
 *     if (!cv_full_clean(book, &errors, .exclude = CV_LIST("slug")))
 *         for (size_t i = 0; i < errors.count; i++)             // in the order in which they arose
 *             for (size_t j = 0; j < errors.items[i].count; j++)
 *                 show(errors.items[i].field,                   // "title"; NULL: of the row as a whole
 *                      errors.items[i].items[j].code,           // "blank"
 *                      cv_invalid_text(cv_arena(), &errors.items[i].items[j]));   // "This field cannot be blank."
 *
 *     static void book_clean(Book *book, CvRowErrors *errors)   // MODEL(Book, .clean = book_clean)
 *     {
 *         if (book->died.set && !book->born.set)
 *             cv_row_error(errors, "born", "required", "Who died was born.");
 *     }
 *
 * Messages, codes, params, order and number of queries are Django 6.1's. Saving does not validate; call this first, as
 * forms do. What is checked, in this order:
 *   1. cv_clean_fields: each field by itself: what its kind takes, null, blank, choices, max_length, limits,
 * validators, whether the target of a foreign key is there (a query each). Members get their cleaned values.
 *   2. the model's own `.clean` (and its parents'), also where a field failed.
 *   3. cv_validate_unique: unique fields, the key of a new row, unique_together, unique_for_date, _month, _year.
 *   4. cv_validate_constraints: UniqueConstraint and CheckConstraint.
 * Fields that failed are left out of 3 and 4, and so is whatever uses them. `exclude` names fields that are left out of
 * all but 2. Functions return false if they added errors; what they add lives in the arena of `errors`. Expressions as
 * members (cv_assign) are not valid, as in Django: what they will be is not known. */
#ifndef CV_ORM_VALIDATE_H
#define CV_ORM_VALIDATE_H

#include "orm/model.h"
#include "validators/validators.h"

CV_API_BEGIN

/* The errors of one field, or of the row as a whole. */
typedef struct CvFieldErrors {
    const char *field; /* NULL: of the row (Django's NON_FIELD_ERRORS, "__all__") */
    CvInvalid *items;
    size_t count, capacity;
} CvFieldErrors;

/* All errors of a row, by field. {0} is an empty one that uses the current arena. */
struct CvRowErrors {
    CvArena *arena;
    CvFieldErrors *items;
    size_t count, capacity;
};

typedef struct CvCleanOptions {
    const char *const *exclude; /* CV_LIST("slug", "author") */
    bool skip_unique, skip_constraints;
} CvCleanOptions;

/* All of it: cv_full_clean(book, &errors), with options .exclude, .skip_unique, .skip_constraints. */
#define cv_full_clean(row, errors, ...) cv_full_clean_of((row), &(const CvCleanOptions){__VA_ARGS__}, (errors))
bool cv_full_clean_of(void *row, const CvCleanOptions *options, CvRowErrors *errors) CV_NODISCARD;
/* The same; errors are raised as CV_ERROR_VALIDATION, whose message has a line for each. */
#define cv_full_clean_or_raise(row, ...) cv_full_clean_or_raise_of((row), &(const CvCleanOptions){__VA_ARGS__})
void cv_full_clean_or_raise_of(void *row, const CvCleanOptions *options);

/* The steps. `exclude` ends in NULL, or is NULL. */
bool cv_clean_fields(void *row, const char *const *exclude, CvRowErrors *errors);
bool cv_clean_row(void *row, CvRowErrors *errors);
bool cv_validate_unique(void *row, const char *const *exclude, CvRowErrors *errors);
bool cv_validate_constraints(void *row, const char *const *exclude, CvRowErrors *errors);
/* One value as the field would take it (Django's Field.clean): converts, then checks null, blank, choices and
 * validators. *out may be NULL. `row` gives the database that a foreign key is looked up in; it may be NULL. */
bool cv_clean_value(const CvColumn *column, const void *row, CvValue value, CvValue *out, CvInvalids *invalids);

/* ---- errors ---- */

/* Adds one: field (NULL: the row), code, message with "%(name)s" for each "name", value that follows. */
#define cv_row_error(errors, field, code, message, ...)                                 \
    cv_row_error_pairs((errors), (field), (code), (message), CV_COUNT(__VA_ARGS__) / 2, \
                       (const char *const[]){CV_KEYS(__VA_ARGS__) __VA_OPT__(, ) NULL}, \
                       (const CvValue[]){CV_VALUES(__VA_ARGS__) __VA_OPT__(, ){.kind = CV_MISSING}})
void cv_row_error_pairs(CvRowErrors *errors, const char *field, const char *code, const char *message, size_t count,
                        const char *const *names, const CvValue *values);
void cv_row_errors_add(CvRowErrors *errors, const char *field, const CvInvalid *invalid);
/* Those of a field (NULL: of the row); NULL if it has none. */
const CvFieldErrors *cv_row_errors_of(const CvRowErrors *errors, const char *field);
/* Texts by field, the row's under "__all__": {"title": ["This field cannot be blank."]} (Django's message_dict). */
CvDict *cv_row_errors_dict(const CvRowErrors *errors);
/* All texts, a line each. */
const char *cv_row_errors_text(const CvRowErrors *errors);

/* The names in a message about a model's unique fields (Django's unique_error_message), for forms that find
 * duplicates among themselves. `fields` ends in NULL. */
void cv_unique_error(const CvModel *model, const char *const *fields, CvArena *arena, CvInvalid *out);

CV_API_END

#endif
