/* formset.h: several forms of one type on one page: Django's formsets.
 *
 *     static const CvFormSetType lines = {.form = &LineForm_type, .extra = 3, .can_delete = true};
 *
 *     CvFormSet *set = cv_formset_of_request(&lines, request, NULL);
 *     if (cv_formset_is_valid(set))
 *         for (size_t i = 0; i < set->count; i++)
 *             use((LineForm *)set->forms[i]);
 *     return cv_render(request, "order.html", "formset", set);     // {{ formset.management_form }}{% for form in
 * formset %}
 *
 * The number of forms comes with the request in hidden fields (the management form). Whatever they say, no more than
 * `absolute_max` forms are made; where they lack or are no numbers, the formset is not valid and says so. */
#ifndef CV_FORMS_FORMSET_H
#define CV_FORMS_FORMSET_H

#include "forms/form.h"

CV_API_BEGIN

typedef struct CvFormSet CvFormSet;

typedef struct CvFormSetType {
    const CvFormType *form;
    const char *prefix;                     /* NULL: "form" */
    int64_t extra;                          /* empty forms beyond the initial ones*/
    int64_t min_num, max_num, absolute_max; /* max_num 0: 1000; CV_FORMSET_NONE: none; absolute_max 0: max_num + 1000 */
    bool validate_min, validate_max, can_order, can_delete;
    bool no_delete_extra; /* only initial forms can be deleted */
    void (*clean)(CvFormSet *set);
} CvFormSetType;
#define CV_FORMSET_NONE (-1)

/* Options of one formset. */
typedef struct CvFormSetOptions {
    const char *prefix, *auto_id;
    const CvList *initial; /* dicts, one a form */
} CvFormSetOptions;

struct CvFormSet {
    CvObject object;
    const CvFormSetType *type;
    CvArena *arena;
    CvFormSetOptions options;
    CvFormInput input;
    bool is_bound, cleaned;
    CvForm *management;
    CvForm **forms;
    size_t count;
    int64_t total, initial_count; /* as the management form says, within bounds */
    CvErrorList non_form;
};

extern const CvType cv_formset_type;

CvFormSet *cv_formset_create(const CvFormSetType *type, const CvFormInput *input, const CvFormSetOptions *options);
/* Bound to the request's form and files if it is a POST. */
CvFormSet *cv_formset_of_request(const CvFormSetType *type, CvRequest *request, const CvFormSetOptions *options);

bool cv_formset_is_valid(CvFormSet *set);
bool cv_formset_has_changed(CvFormSet *set);
/* Errors of all forms, deleted ones aside, and of the set. */
size_t cv_formset_error_count(CvFormSet *set);
const CvErrorList *cv_formset_non_form_errors(CvFormSet *set);
void cv_formset_add_error(CvFormSet *set, const char *format, ...) CV_PRINTF(2, 3);
/* Whether the visitor marked the form for deletion. */
bool cv_formset_is_deleted(CvFormSet *set, const CvForm *form);
/* Indexes of forms to delete, and of those to keep in the order that the visitor gave; their number. `out` has room for
 * all forms. */
size_t cv_formset_deleted(CvFormSet *set, size_t *out);
size_t cv_formset_ordered(CvFormSet *set, size_t *out);

/* A form with "__prefix__" in place of its number, for scripts that add forms. */
CvForm *cv_formset_empty_form(CvFormSet *set);
CvSlice cv_formset_html(CvFormSet *set, CvFormLayout layout);

CV_API_END

#endif
