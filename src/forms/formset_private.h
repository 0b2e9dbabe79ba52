/* formset_private.h: what the parts of formsets share, with formsets over rows too. */
#ifndef CV_FORMS_FORMSET_PRIVATE_H
#define CV_FORMS_FORMSET_PRIVATE_H

#include "forms/formset.h"
#include "forms/model_form_private.h"
#include "forms/model_formset.h"

const char *cv_formset_prefix(const CvFormSet *set);
int64_t cv_formset_max(const CvFormSetType *type);
int64_t cv_formset_absolute_max(const CvFormSetType *type);
int64_t cv_formset_number(CvForm *management, const char *name);
/* A form that came with data but was left empty. */
bool cv_formset_is_unused(CvFormSet *set, size_t index);
size_t cv_formset_marked(CvFormSet *set, size_t *out);
/* Cleans if that has not been done. */
void cv_formset_clean(CvFormSet *set);

/* ---- over rows ---- */

/* The way back from the parent's row: "lines". */
const char *cv_model_formset_prefix(const CvFormSet *set);
/* The parent has one such row at most. */
bool cv_inline_is_single(const CvFormSetType *type);
/* The query set, the link to the parent; before any form is made. */
void cv_model_formset_begin(CvFormSet *set);
/* How many rows there are to edit. */
int64_t cv_model_formset_count(CvFormSet *set);
/* Fields that the set adds before those of order and deletion, and behind them. */
void cv_model_formset_key_field(CvFormSet *set, bool initial, CvFormFields *fields);
void cv_model_formset_link_field(CvFormSet *set, CvFormFields *fields);
/* The options of the form's model, with the link to the parent among its fields. */
const CvModelFormMeta *cv_model_formset_meta(CvFormSet *set);
/* The row that the form at an index edits, or NULL. */
void *cv_model_formset_row(CvFormSet *set, int64_t index, const char *form_prefix);
/* Key and link of a form that was made. */
void cv_model_formset_fill(CvFormSet *set, CvForm *form);
/* Values that must be unique, across the forms, without those that go if that is known. False if there are errors
 * (which are added). */
bool cv_model_formset_check(CvFormSet *set, bool knows_which_go);

extern const CvFormFieldKind cv_inline_key_form_field;

#endif
