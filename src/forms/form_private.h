/* form_private.h: what the parts of a form share. */
#ifndef CV_FORMS_FORM_PRIVATE_H
#define CV_FORMS_FORM_PRIVATE_H

#include "forms/field_private.h"
#include "forms/form.h"
#include "forms/widget_private.h"

/* The fields of a type, prepared once. */
const CvFormPlan *cv_form_plan(const CvFormType *type);
/* Cleans if that has not been done. */
void cv_form_clean(CvForm *form);

/* "initial-" in front of the name: of the hidden control that repeats the initial value. */
const char *cv_bound_initial_name(const CvBoundField *field);
CvFormData cv_form_data(const CvForm *form);
CvValue cv_bound_initial(CvBoundField *field);
CvValue cv_bound_data(CvBoundField *field);
const char *cv_form_label_suffix(const CvForm *form);
/* Attributes for a control of the field, over `more`. */
CvAttrs cv_bound_attrs(CvBoundField *field, const CvWidget *widget, const CvAttrs *more);
/* Puts a cleaned value into the form's struct, and reads it back. */
void cv_form_store(CvForm *form, CvBoundField *field, CvValue value);
CvValue cv_form_load(CvForm *form, const CvBoundField *field);

/* True if the site's renderer wrote it. */
bool cv_form_render_own(const char *what, const void *object, CvArena *arena, CvSlice *html);
/* An error list as <ul>; nothing if it is empty. */
void cv_error_list_write(CvBuffer *out, CvArena *arena, const CvErrorList *errors);

#endif
