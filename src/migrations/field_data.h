/* field_data.h: a field's options as data, one row an option: what the writer writes and the autodetector compares
 * (Django's Field.deconstruct()). Only migrations' own files include it. */
#ifndef CV_MIGRATIONS_FIELD_DATA_H
#define CV_MIGRATIONS_FIELD_DATA_H

#include "migrations/state.h"

typedef enum CvOptionShape {
    CV_OPTION_TEXT,    /* const char * */
    CV_OPTION_LABEL,   /* a model's label */
    CV_OPTION_LIST,    /* const char *const * */
    CV_OPTION_FLAG,    /* bool */
    CV_OPTION_CHOICE,  /* signed char, -1: nobody chose */
    CV_OPTION_SIZE,    /* int */
    CV_OPTION_CALL,    /* a function: only whether there is one can be seen */
    CV_OPTION_OWN,     /* a kind of the site's own */
    CV_OPTION_CHOICES, /* const CvChoices * */
    CV_OPTION_DELETE,  /* CvOnDelete */
} CvOptionShape;

typedef struct CvOptionRow {
    const char *name; /* "max_length" */
    CvOptionShape shape;
    size_t offset;
} CvOptionRow;

/* Ends in a row without name. The default is not among them: cv_field_default_shape(). */
extern const CvOptionRow cv_field_option_rows[];

typedef enum CvDefaultShape { CV_DEFAULT_TEXT, CV_DEFAULT_INTEGER, CV_DEFAULT_REAL, CV_DEFAULT_BOOLEAN } CvDefaultShape;
CvDefaultShape cv_field_default_shape(const CvField *field);
bool cv_field_has_default(const CvField *field); /* a constant or one that is called */
/* Of two fields of one kind: the constants; those that are called are compared by cv_option_same(). */
bool cv_field_default_same(const CvField *a, const CvField *b);
bool cv_field_may_be_null(const CvField *field);
/* What Field.db_index would say: the kind's own choice where nobody made one. */
bool cv_field_is_indexed(const CvField *field);

/* Whether an option is the same in both. */
bool cv_option_same(const CvOptionRow *row, const CvField *a, const CvField *b);
/* Everything but the names and what `skip` names (ends in NULL; may be NULL). "to_label" is one of the names. */
bool cv_field_data_same(const CvField *a, const CvField *b, const char *const *skip);

bool cv_text_lists_same(const char *const *a, const char *const *b);
/* All but the names where `names` is false. */
bool cv_constraint_same(const CvConstraint *a, const CvConstraint *b, bool names);
size_t cv_constraint_count(const CvConstraint *constraints);

#endif
