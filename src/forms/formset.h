/* formset.h: several forms of one type on one page: Django's formsets.
 *
 * In a list file of forms (forms.h):
 *
 *     FORMSET(LineFormSet, LineForm, .extra = 3, .can_delete = true)
 *
 *     LineFormSet *set = cv_bind_formset(LineFormSet, request);
 *     if (cv_formset_is_valid(&set->set))
 *         CV_EACH_FORM (form, set)                                       // form is a LineForm *
 *             use(form->amount);
 *     return cv_render(request, "order.html", "formset", set);
 *     // {{ formset.management_form }}{% for form in formset %}{{ form }}{% endfor %}
 *
 * As in Django a FORMSET has one extra form unless it says otherwise, an INLINE_FORMSET three and .can_delete. The same
 * without a list, where all begins at zero: a CvFormSetType, cv_formset_of_request(), set->forms[i]. Formsets over
 * rows, and over the rows that belong to another: model_formset.h.
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
    const char *prefix;       /* NULL: "form"; inline: the name of the way back */
    int64_t extra;            /* empty forms beyond the initial ones */
    int64_t min_num, max_num; /* max_num 0: 1000; CV_FORMSET_NONE: none */
    int64_t absolute_max;     /* 0: max_num + 1000 */
    bool validate_min, validate_max, can_order, can_delete;
    bool no_delete_extra;          /* only initial forms can be deleted */
    void (*clean)(CvFormSet *set); /* after all forms were cleaned; the struct of a list begins with the set */
    /* Of rows (model_formset.h). */
    const CvModel *parent;     /* inline: the model whose row the rows belong to */
    const char *fk_name;       /* inline: the foreign key to it, where there are several */
    bool edit_only;            /* no new rows are made */
    const char *template_name; /* who writes {{ formset }}; NULL: the renderer's (renderer.h) */
} CvFormSetType;
#define CV_FORMSET_NONE (-1)

/* Options of one formset. */
typedef struct CvFormSetOptions {
    const char *prefix, *auto_id;
    const CvList *initial; /* dicts, one a form; of rows: one an extra form */
    const void *queryset;  /* of rows: the set to edit, cv_filter(cv_objects(Book), ...); NULL: all */
    void *instance;        /* inline: the row that they belong to; NULL: a new one */
} CvFormSetOptions;

/* All members are to be read only, but through functions. */
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
    /* Of rows (model_formset.h). */
    CvQuerySet *queryset;
    void *instance;                                                /* inline: the row that they belong to */
    const CvList *new_objects, *changed_objects, *deleted_objects; /* rows, once saved */
    const CvFormType *form_types[2];                               /* of extra forms, and of initial ones */
    const CvColumn *link;                                          /* inline: the foreign key */
    struct CvRowIndex *rows;
};

extern const CvType cv_formset_type;

CvFormSet *cv_formset_create(const CvFormSetType *type, const CvFormInput *input, const CvFormSetOptions *options);
/* Bound to the request's form and files if it is a POST. */
CvFormSet *cv_formset_of_request(const CvFormSetType *type, CvRequest *request, const CvFormSetOptions *options);

/* clang-format off */
/* The same for formsets of list files; options follow: cv_bind_formset(LineFormSet, request, .instance = order). */
#define cv_bind_formset(T, request, ...) \
    ((T *)cv_formset_of_request(&T##_type, (request), \
                                (const CvFormSetOptions *)(const void *)&(const T##_options){__VA_ARGS__}))
/* The form at an index, of the form's own type. */
#define cv_form_at(s, index) ((__typeof__((s)->form[0]))(s)->set.forms[index])
/* for each form that is neither left empty nor marked for deletion; `name` is declared. */
#define CV_EACH_FORM(name, s) \
    for (__typeof__((s)->form[0]) name = NULL; \
         (name = (__typeof__((s)->form[0]))cv_formset_next(&(s)->set, name ? &name->form : NULL)) != NULL;)
/* clang-format on */
/* Behind CV_EACH_FORM(): the form behind `form` (NULL: the first) that was filled in and is to be kept, or NULL. */
CvForm *cv_formset_next(CvFormSet *set, const CvForm *form);

bool cv_formset_is_valid(CvFormSet *set);
bool cv_formset_has_changed(CvFormSet *set);
/* Errors of all forms, deleted ones aside, and of the set. */
size_t cv_formset_error_count(CvFormSet *set);
const CvErrorList *cv_formset_non_form_errors(CvFormSet *set);
/* As cv_add_error() (form.h). */
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
