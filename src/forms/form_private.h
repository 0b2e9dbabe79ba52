/* form_private.h: what the parts of a form share. */
#ifndef CV_FORMS_FORM_PRIVATE_H
#define CV_FORMS_FORM_PRIVATE_H

#include <stdarg.h>

#include "forms/field_private.h"
#include "forms/form.h"
#include "forms/widget_private.h"

/* The fields of a type, prepared once. */
const CvFormPlan *cv_form_plan(const CvFormType *type);
/* Cleans if that has not been done. */
void cv_form_clean(CvForm *form);

/* A sentence, which is translated when it is shown, or a printf's format, which is translated now. */
CvInvalid cv_invalid_of_format(CvArena *arena, const char *format, va_list arguments) CV_PRINTF(2, 0);

/* "initial-" in front of the name: of the hidden control that repeats the initial value. */
const char *cv_bound_initial_name(const CvBoundField *bound);
CvFormData cv_form_data(const CvForm *form);
CvValue cv_bound_initial(CvBoundField *bound);
CvValue cv_bound_data(CvBoundField *bound);
const char *cv_form_label_suffix(const CvForm *form);
/* Attributes for a control of the field, over `more`. */
CvAttrs cv_bound_attrs(CvBoundField *bound, const CvWidget *widget, const CvAttrs *more);
/* Puts a cleaned value into the form's struct, and reads it back. */
void cv_form_store(CvForm *form, CvBoundField *bound, CvValue value);
CvValue cv_form_load(CvForm *form, const CvBoundField *bound);

/* The use of a field's control, ready (see cv_bound_widget()). */
CvWidgetUse *cv_bound_use(CvBoundField *bound, const CvWidget *widget, const CvAttrs *more, bool only_initial);
/* as_ul() of errors, which {{ errors }} is unless a site says otherwise. */
CvSlice cv_error_list_ul(CvArena *arena, const CvErrorList *errors);
CvSlice cv_form_errors_ul(CvForm *form);

#endif
