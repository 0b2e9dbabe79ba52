/* model_formset.h: formsets over rows: Django's model formsets and inline formsets.
 *
 * A FORMSET over a MODEL_FORM edits the rows of a query set, and adds new ones in its extra forms:
 *
 *     FORMSET(BookFormSet, BookForm, .extra = 2, .can_delete = true)
 *
 *     BookFormSet *set = cv_bind_formset(BookFormSet, request, .queryset = cv_filter(cv_objects(Book), "year", 1815));
 *     if (cv_formset_is_valid(&set->set))
 *         cv_save_formset(set);                        // set->set.new_objects, .changed_objects, .deleted_objects
 *
 * An inline formset edits the rows that belong to one other: the lines of an order.
 *
 *     INLINE_FORMSET(LineFormSet, Order, LineForm, .extra = 3, .can_delete = true)
 *
 *     OrderForm *form = cv_bind(OrderForm, request, .instance = order);
 *     LineFormSet *lines = cv_bind_formset(LineFormSet, request, .instance = form->instance);
 *     bool good = cv_is_valid(form);
 *     if (cv_formset_is_valid(&lines->set) && good)
 *         CV_ATOMIC {
 *             cv_save_form(form);                      // a new order gets its key here,
 *             cv_save_formset(lines);                  // which its lines take
 *         }
 *
 * Each form carries its row's key in a hidden field, and an inline one the key of the parent. What comes in is not
 * believed: a key that is not in the query set changes no row, one that does not exist is an error, and so is a foreign
 * key to another parent. Rows that no order puts in a row are ordered by their key. Values that must be unique are held
 * against each other across the forms. The form's extra fields, messages and widgets are those of its MODEL_FORM. */
#ifndef CV_FORMS_MODEL_FORMSET_H
#define CV_FORMS_MODEL_FORMSET_H

#include "forms/formset.h"
#include "forms/model_form.h"

CV_API_BEGIN

/* Saves what the visitor changed, added and marked for deletion, each row by a statement of its own (put CV_ATOMIC
 * around it); fills new_objects, changed_objects and deleted_objects, lists of rows. A set that is not valid raises
 * CV_ERROR_VALUE. With .no_commit = true the lists are filled and nothing is saved. */
#define cv_save_formset(s, ...) cv_formset_save(&(s)->set, &(const CvFormSaveOptions){__VA_ARGS__})
void cv_formset_save(CvFormSet *set, const CvFormSaveOptions *options);

/* The foreign key of `model` that leads to `parent`: by name, or the only one. Raises CV_ERROR_VALUE with Django's
 * message if there is none or more than one. */
const CvColumn *cv_inline_foreign_key(const CvModel *parent, const CvModel *model, const char *fk_name);
/* Whether the form of an inline formset is over a model with such a foreign key; if not, the mistake is added. */
bool cv_formset_type_verify(const CvFormSetType *type, CvErrors *errors);

CV_API_END

#endif
