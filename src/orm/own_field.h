/* own_field.h: a site's own kinds of fields (Django's custom model fields).
 *
 * An own kind is a field of the library with hooks. A macro makes it a word of list files, with the options of the word
 * that it is made of:
 *
 *     // isbn.h
 *     extern const CvOwnField isbn_field;
 *     #define IsbnField(name, ...) CharField(name, .max_length = 13, .own = &isbn_field, __VA_ARGS__)
 *
 *     // isbn.c
 *     static bool convert(const CvField *field, CvArena *arena, CvValue in, CvValue *out, CvInvalid *why)
 *     {
 *         if (!digits_of(arena, in, out))
 *             return cv_invalid(arena, why, "invalid", "“%(value)s” is not the number of a book.", "value", in);
 *         return true;
 *     }
 *     const CvOwnField isbn_field = {.name = "IsbnField", .convert = convert};
 *
 *     // models.def.h
 *     IsbnField (isbn, .unique = true)
 *
 * Hooks that are NULL leave things as the library's field has them. A hook may raise. Lookups, templates, fixtures and
 * the shell see values, never what is stored; conditions are asked with what `convert` and `store` make of their value.
 * Where the own kind is a key, MODEL_KEY(Book, IsbnField(isbn)), the macro needs a second line that says the member's
 * type: `#define CV_KEY_TYPE_IsbnField(...) const char *`. */
#ifndef CV_ORM_OWN_FIELD_H
#define CV_ORM_OWN_FIELD_H

#include "orm/field.h"
#include "validators/invalid.h"

CV_API_BEGIN

struct CvOwnField {
    const char *name;        /* "IsbnField": what messages and the shell call it */
    const char *column_type; /* in CREATE TABLE: "char(13)" */

    /* What a value becomes that somebody gave (Django's to_python() and get_prep_value()): by cv_row_set(), forms,
     * fixtures, defaults, conditions, and once more whatever is in the member when the row is saved; so values that it
     * made pass it unchanged. The field's own conversion follows. Nulls and empty texts are not shown to it. False:
     * cv_invalid() said why not. */
    bool (*convert)(const CvField *field, CvArena *arena, CvValue in, CvValue *out, CvInvalid *why);

    /* What the column holds for a value, and back (get_db_prep_value(), from_db_value()); both or neither. What is
     * stored may be of another kind than the member, if column_type says so. Sums, least and most values, and functions
     * that give a value of the field are loaded too; averages and arithmetic are of what is stored, as in Django. */
    CvValue (*store)(const CvField *field, CvArena *arena, CvValue value);
    CvValue (*load)(const CvField *field, CvArena *arena, CvValue stored);

    /* The value that a row is saved with, before each save (pre_save()); `adding`: it is inserted. It is put into the
     * member. CV_MISSING leaves it as it is. */
    CvValue (*before_save)(const CvField *field, const void *row, bool adding);

    const CvValidator *validator;             /* of full_clean() and forms, before those of the field's options */
    const struct CvFormFieldKind *form_field; /* what model forms make of it: &isbn_form_field */

    /* Mistakes in a field's options: each is said by cv_errors_add(), and the site does not start. */
    void (*check)(const CvModel *model, const CvField *field, CvErrors *errors);
};

/* What a field's kind is called: "IsbnField", "CharField". */
const char *cv_field_class(const CvField *field);

CV_API_END

#endif
