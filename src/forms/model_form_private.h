/* model_form_private.h: what forms over models share with the other parts of a form. */
#ifndef CV_FORMS_MODEL_FORM_PRIVATE_H
#define CV_FORMS_MODEL_FORM_PRIVATE_H

#include "forms/form_private.h"
#include "forms/model_form.h"

/* The fields of a model form: those of the model that its options name, in order, then its own (`own`, `count`); one
 * of its own with the name of a model's field stands in its place. Not prepared. */
typedef struct CvFormFields {
    CvFormField *items;
    size_t count, capacity;
} CvFormFields;
CvFormFields cv_model_form_fields(CvArena *arena, const char *form_name, const CvModelFormMeta *meta,
                                  const CvFormField *own, size_t count);
/* Whether the options take a field of that name (false too for what is excluded). */
bool cv_model_form_takes(const CvModelFormMeta *meta, const char *name);
/* The form's own text for an error of the row as a whole; or NULL. */
const char *cv_model_form_message(const CvModelFormMeta *meta, const char *field, const char *code);

/* Names of columns that are left out of checks: what is not on the form, what failed, and what may be empty there. */
const char **cv_model_form_exclusions(CvForm *form);
bool cv_model_form_is_editable(const CvColumn *column);
bool cv_model_form_has_default(const CvColumn *column);

/* form.c: a new row, or the one that was given, for a form that was just made. */
void cv_model_form_begin(CvForm *form);
/* What the row holds for a field; false where no row was given or the field is none of the model's. */
bool cv_model_form_initial(CvForm *form, const CvFormField *field, CvValue *out);
/* Puts what was cleaned into the row and holds it against the model. */
void cv_model_form_check(CvForm *form);

/* A field that chooses rows as it stands in one form: its set, and choices that are read when they are shown. */
const CvFormField *cv_field_with_rows(const CvFormField *field, CvForm *form);

#endif
