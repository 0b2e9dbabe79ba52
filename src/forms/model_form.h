/* model_form.h: forms over a model: fields, checks and saving come from the model: Django's ModelForm.
 *
 * In a list file of forms (forms.h), behind the models' header:
 *
 *     MODEL_FORM(BookForm, Book, .fields = CV_LIST("title", "price", "author", "tags"),
 *                .labels = CV_LIST("price", "Price in euros"), .widgets = CV_WIDGETS({"title", CV_TEXTAREA}))
 *         BooleanField (notify, .required = false)           // a field of its own; one of the model's name replaces it
 *     END
 *
 *     Book *book = cv_get_object_or_404(Book, "slug", slug);
 *     BookForm *form = cv_bind(BookForm, request, .instance = book);      // without .instance: a new Book
 *     if (cv_is_valid(form)) {                               // form->instance is a Book * with what was entered
 *         cv_save_form(form);                                // the row, then its many-to-many sets
 *         return cv_redirect(request, "book-detail", "slug", form->instance->slug);
 *     }
 *
 * Checking goes as in Django: the form's fields, `.clean`, then the cleaned values are put into form->instance and that
 * is held against its model (cv_full_clean: field checks, the model's clean, unique fields, constraints), fields aside
 * that are not on the form or have failed. Errors come to stand at their fields. form->instance is changed by checking
 * even where it fails: do not go on using a row that was given and turned out invalid.
 *
 * `./manage check` holds the names in each MODEL_FORM against the model. The same type can be made at run time:
 *
 *     const CvFormType *type = cv_model_form_type(arena, cv_model_find(cv_slice("shop.book")),
 *                                                 &(CvModelFormMeta){.fields = CV_ALL_FIELDS}, NULL, 0);
 *     CvForm *form = cv_form_create(type, &(CvFormInput){.arena = arena, .data = post}, NULL);
 *     if (cv_form_is_valid(form))
 *         cv_form_save(form, NULL);
 *
 * Fields that choose rows, for any form:
 *
 *     ModelChoiceField         (author, Author, .queryset = living_authors, .label_from = author_label)
 *     ModelMultipleChoiceField (tags,   Tag,    .required = false)
 *
 *     static CvQuerySet *living_authors(CvForm *form)        // asked for each form; form->request may be NULL
 *     {
 *         return (CvQuerySet *)cv_filter(cv_objects(Author), "died", CV_NONE);
 *     }
 *
 * form->author is an Author * (NULL for none), form->tags a Tag_set *. Choices are read by one query a form, when they
 * are first shown; a choice that came in is looked up by one query, whatever the number of choices. */
#ifndef CV_FORMS_MODEL_FORM_H
#define CV_FORMS_MODEL_FORM_H

#include "forms/form.h"
#include "orm/model.h"

CV_API_BEGIN

/* {"title", CV_TEXTAREA}: the widget of a field, in CV_WIDGETS(). */
typedef struct CvFieldWidget {
    const char *name;
    const CvWidget *widget;
} CvFieldWidget;
#define CV_WIDGETS(...) ((const CvFieldWidget[]){__VA_ARGS__, {.name = NULL}})
/* {"slug", &cv_char_form_field}: the kind of a field, in CV_FIELD_CLASSES(). */
typedef struct CvFieldClass {
    const char *name;
    const CvFormFieldKind *kind;
} CvFieldClass;
#define CV_FIELD_CLASSES(...) ((const CvFieldClass[]){__VA_ARGS__, {.name = NULL}})

/* All fields that can be edited, for .fields (and .localized_fields). */
#define CV_ALL_FIELDS CV_LIST("__all__")

/* What a model form takes from its model (Django's Meta). One of .fields and .exclude must be given. */
/* clang-format off */
#define CV_MODEL_FORM_OPTIONS \
    const CvModel *model; \
    const char *const *fields;             /* CV_LIST("title", "price"), in this order; or CV_ALL_FIELDS */ \
    const char *const *exclude;            /* all but these */ \
    const char *const *labels;             /* CV_LIST("title", "Name of the book", ...) */ \
    const char *const *help_texts;         /* the same; HTML as it is */ \
    const char *const *error_messages;     /* CV_LIST("title.required", "A book has a title.", ...); of the row as a */ \
                                           /* whole: "__all__.unique_together" */ \
    const char *const *localized_fields;   /* fields whose input is written as the locale does */ \
    const CvFieldWidget *widgets;          /* CV_WIDGETS({"title", CV_TEXTAREA}, ...) */ \
    const CvFieldClass *field_classes;     /* CV_FIELD_CLASSES({"slug", &cv_char_form_field}, ...) */
/* clang-format on */
struct CvModelFormMeta {
    CV_FORM_OPTIONS(CvForm)
    void *given_to_cv_bind;
    CV_MODEL_FORM_OPTIONS
};

/* How the struct of every model form begins. */
typedef struct CvModelForm {
    CvForm form;
    void *instance; /* the row: the one that was given, or a new one */
} CvModelForm;

/* ---- saving ---- */

typedef struct CvFormSaveOptions {
    bool no_commit; /* Django's commit=False: only says that the form is valid; the caller saves */
} CvFormSaveOptions;

/* Saves form->instance and its many-to-many sets; gives the row. A form that is not valid raises CV_ERROR_VALUE. To
 * fill in what the form does not ask:
 *
 *     Review *review = cv_save_form(form, .no_commit = true);
 *     review->book = cv_ref(book);
 *     cv_save(review);
 *     cv_save_m2m(form);                                     // where the form has such fields */
#define cv_save_form(f, ...) \
    ((__typeof__((f)->instance))cv_form_save(&(f)->form, &(const CvFormSaveOptions){__VA_ARGS__}))
#define cv_save_m2m(f) cv_form_save_m2m(&(f)->form)
/* The same by form. `options` may be NULL. */
void *cv_form_save(CvForm *form, const CvFormSaveOptions *options);
void cv_form_save_m2m(CvForm *form);
/* The row of a model form; NULL for other forms. */
void *cv_form_instance(const CvForm *form);

/* ---- types made at run time ---- */

/* Django's modelform_factory(): a form of a model; `fields` are the form's own (`count` of them). All of it in `arena`,
 * which must live as long as the type's forms; lists of `meta` are copied, its texts and widgets are borrowed. Names
 * that the model does not have raise CV_ERROR_FIELD, a form with neither fields nor exclude CV_ERROR_CONFIGURATION. */
const CvFormType *cv_model_form_type(CvArena *arena, const CvModel *model, const CvModelFormMeta *meta,
                                     const CvFormField *fields, size_t count);
/* Django's formfield(): the form field of a model's field with Django's defaults, not prepared; false where it has none
 * (automatic keys, links to a parent). */
bool cv_model_form_field(CvArena *arena, const CvColumn *column, CvFormField *out);
/* Holds the names in a model form's options against the model; all mistakes are added to `errors`, with the nearest
 * right spelling as hint. False if there are any. */
bool cv_form_type_verify(const CvFormType *type, CvErrors *errors);

/* ---- fields that choose rows ---- */

/* Sets what may be chosen in this form, from `.init` of the form for example. A name that is no such field raises
 * CV_ERROR_VALUE. */
#define cv_set_queryset(f, field_name, set) cv_form_set_queryset(&(f)->form, (field_name), (CvQuerySet *)(set))
void cv_form_set_queryset(CvForm *form, const char *name, CvQuerySet *set);

CV_API_END

#endif
