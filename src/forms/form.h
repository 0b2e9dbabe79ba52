/* form.h: forms: fields together, bound to what came with a request, their errors, their HTML: Django's Form.
 *
 *     ReviewForm *form = cv_bind(ReviewForm, request);            // bound if the request is a POST (see forms.h)
 *     if (cv_is_valid(form))
 *         use(form->stars, form->text);
 *     return cv_render(request, "review.html", "form", form);     // {{ form }}, {{ form.stars.errors }}
 *
 * A form lives in the request's arena. In templates a form is an object with the attributes of Django's, and so are its
 * bound fields, error lists and the choices of radio and checkbox lists. A type can be built at run time as well; then
 * values are read by name:
 *
 *     CvFormType *type = cv_form_type_build(arena, "Survey", fields, count, NULL);
 *     CvForm *form = cv_form_bind(type, &(CvFormInput){.arena = arena, .data = post}, NULL);
 *     if (cv_form_is_valid(form))
 *         cv_cleaned(form, "stars").integer; */
#ifndef CV_FORMS_FORM_H
#define CV_FORMS_FORM_H

#include "forms/field.h"
#include "http/request.h"

CV_API_BEGIN

typedef struct CvBoundField CvBoundField;
typedef struct CvFormType CvFormType;
typedef struct CvFormPlan CvFormPlan;
typedef struct CvModelFormMeta CvModelFormMeta; /* model_form.h */

/* Errors of one field, or of the form as a whole. A template object: printed as <ul class="errorlist">. */
typedef struct CvErrorList {
    CvObject object;
    CvInvalid *items;
    size_t count, capacity;
    const char *extra_class; /* "nonfield" */
    const char *field_id;    /* for the id of the list; or NULL */
    CvArena *arena;
} CvErrorList;

/* Options of a form's type, and of one form of it (those that are set win). `Form`: the form's struct. */
/* clang-format off */
#define CV_FORM_OPTIONS(Form) \
    void (*clean)(Form *form);      /* after all fields were cleaned */ \
    void (*init)(Form *form);       /* when a form was made, before it is used */ \
    const char *prefix; \
    const char *auto_id;            /* format of ids; NULL: "id_%s"; "": none; "%s": the name */ \
    const char *label_suffix;       /* NULL: ":" */ \
    const char *error_css_class, *required_css_class; \
    const char *const *field_order; /* these first, in this order */ \
    const CvDict *initial;          /* by name */ \
    bool no_required_attribute;     /* use_required_attribute=False */ \
    bool empty_permitted;           /* a form in which nothing changed is valid */ \
    const char *template_name;       /* who writes {{ form }}; NULL: the renderer's (renderer.h) */ \
    const char *template_name_label; /* who writes its labels; NULL: "django/forms/label.html" */ \
    const CvMediaFile *media;        /* files of the form itself: CV_MEDIA(...) */
/* clang-format on */
typedef struct CvFormOptions {
    CV_FORM_OPTIONS(CvForm)
    void *instance; /* model forms: the row to change; NULL: a new one */
} CvFormOptions;

struct CvFormType {
    const char *name;
    size_t size;                    /* of the form's struct */
    const struct CvFormRow *rows;   /* of a list file, ended by a zero one (forms/row.h) */
    const size_t *(*offsets)(void); /* of their members */
    const CvFormField *fields;      /* of a type that was built at run time */
    size_t field_count;
    const CvFormOptions *options; /* may be NULL */
    const CvModelFormMeta *meta;  /* of a model form; or NULL */
    CvFormPlan *plan;             /* filled in at first use */
};

struct CvFormPlan {
    CvFormField *fields;
    size_t count;
    bool ready;
};

/* The head of every form's struct; all members are to be read only, but through functions. */
struct CvForm {
    CvObject object;
    const CvFormType *type;
    CvArena *arena;
    CvRequest *request; /* may be NULL */
    CvFormOptions options;
    const CvQueryDict *data;
    const CvFiles *files;
    bool is_bound, cleaned, short_cut;
    CvBoundField *fields; /* in order of display */
    size_t count;
    CvErrorList *errors; /* one a field in the order in which they arose, see cv_form_errors_at() */
    CvErrorList non_field;
    size_t *error_order; /* indexes of fields with errors; count + 0: the form's own */
    size_t error_count;
    size_t place; /* in its formset */
    void *user_data;
};

/* A field of a form: {{ form.stars }}. */
struct CvBoundField {
    CvObject object;
    CvForm *form;
    const CvFormField *field;
    size_t index;
    const char *html_name, *auto_id; /* auto_id "": none */
    const char *label;
    CvValue initial, data, value; /* data: what came in; value: cleaned, CV_MISSING if not */
    bool has_initial, has_data;
    CvErrorList errors;
};

extern const CvType cv_form_object_type, cv_bound_field_type, cv_error_list_type;

/* ---- making forms ---- */

/* What a form is bound to. `bound`: also if data and files are NULL. */
typedef struct CvFormInput {
    CvArena *arena;
    CvRequest *request;
    const CvQueryDict *data;
    const CvFiles *files;
} CvFormInput;

/* A type of fields that are copied and prepared; all in `arena`, which must live as long as its forms. */
CvFormType *cv_form_type_build(CvArena *arena, const char *name, const CvFormField *fields, size_t count,
                               const CvFormOptions *options);
/* A form of a type; bound if data or files are given. `options` (may be NULL) go before the type's. */
CvForm *cv_form_create(const CvFormType *type, const CvFormInput *input, const CvFormOptions *options);
/* Bound to the request's form and files if it is a POST, PUT or PATCH, else unbound. */
CvForm *cv_form_of_request(const CvFormType *type, CvRequest *request, const CvFormOptions *options);
/* Bound to the query string if it holds any of the form's names (search forms); a check box counts only where it is
 * there. */
CvForm *cv_form_of_query(const CvFormType *type, CvRequest *request, const CvFormOptions *options);

/* clang-format off */
/* The same for forms of list files; options follow: cv_bind(BookForm, request, .prefix = "book", .instance = book). */
#define cv_bind(T, request, ...) \
    ((T *)cv_form_of_request(&T##_type, (request), CV_FORM_OPTIONS_OF_(T, __VA_ARGS__)))
#define cv_bind_query(T, request, ...) \
    ((T *)cv_form_of_query(&T##_type, (request), CV_FORM_OPTIONS_OF_(T, __VA_ARGS__)))
#define cv_unbound(T, request, ...) \
    ((T *)cv_form_create(&T##_type, &(const CvFormInput){.arena = (request)->arena, .request = (request)}, \
                         CV_FORM_OPTIONS_OF_(T, __VA_ARGS__)))
#define CV_FORM_OPTIONS_OF_(T, ...) ((const CvFormOptions *)(const void *)&(const T##_options){__VA_ARGS__})
/* clang-format on */
/* Initial values: cv_bind(BookForm, request, .initial = cv_initial("title", "...", "price", 5)) */
#define cv_initial(...)                                                                            \
    cv_initial_pairs(CV_COUNT(__VA_ARGS__) / 2, (const char *const[]){CV_KEYS(__VA_ARGS__), NULL}, \
                     (const CvValue[]){CV_VALUES(__VA_ARGS__)})
const CvDict *cv_initial_pairs(size_t count, const char *const *names, const CvValue *values);

/* ---- validity ---- */

#define cv_is_valid(f) cv_form_is_valid(&(f)->form)
/* Cleans at the first call. False for an unbound form. */
bool cv_form_is_valid(CvForm *form);
/* The cleaned value of a field; CV_MISSING where it has errors. */
CvValue cv_cleaned(CvForm *form, const char *name);
/* Adds an error to a field (NULL: to the form as a whole), a sentence or printf's format; the field's cleaned value is
 * dropped. Both are messages for catalogs: a sentence is translated when it is shown; a format now, unless the
 * translation takes other values than it or takes them in another order. A name that is no field raises CV_ERROR_VALUE.
 */
#define cv_add_error(f, field_name, ...) cv_form_add_error(&(f)->form, (field_name), __VA_ARGS__)
void cv_form_add_error(CvForm *form, const char *name, const char *format, ...) CV_PRINTF(3, 4);
void cv_form_add_invalid(CvForm *form, const char *name, const CvInvalid *invalid);
/* Whether a field (NULL: the form) has an error, of that code if `code` is not NULL. */
bool cv_form_has_error(CvForm *form, const char *name, const char *code);
/* The errors as they were made, with codes and parameters (Django's errors.as_data()): the lists of the fields that
 * have some, in the order in which they arose; NULL behind the last. *name is the field's, "__all__" for the form's
 * own:
 *
 *     const char *name;
 *     const CvErrorList *errors;
 *     for (size_t i = 0; (errors = cv_form_errors_at(&form->form, i, &name)) != NULL; i++)
 *         cv_log_info("%s: %s", name, errors->items[0].code); */
const CvErrorList *cv_form_errors_at(CvForm *form, size_t place, const char **name);
/* The same as a value for templates and JSON: {name: [{"message": ..., "code": ...}]} (get_json_data()). */
const CvDict *cv_form_errors_data(CvForm *form, bool escape_html);
const CvList *cv_error_list_data(CvArena *arena, const CvErrorList *errors, bool escape_html);
/* Names of fields whose data differ from their initial values. */
const CvList *cv_form_changed_data(CvForm *form);
bool cv_form_has_changed(CvForm *form);
bool cv_form_is_multipart(const CvForm *form);

/* A bound field by name, or NULL. */
CvBoundField *cv_form_field_of(CvForm *form, const char *name);

/* ---- HTML ---- */

/* CV_FORM_DEFAULT: what {{ form }} prints. */
typedef enum CvFormLayout { CV_FORM_DIV, CV_FORM_P, CV_FORM_TABLE, CV_FORM_UL, CV_FORM_DEFAULT } CvFormLayout;

CvSlice cv_form_html(CvForm *form, CvFormLayout layout);
/* The errors of all fields: <ul class="errorlist">..., "* name\n  * text", [{"message", "code"}]. */
CvSlice cv_form_errors_html(CvForm *form);
CvSlice cv_form_errors_text(CvForm *form);
CvSlice cv_form_errors_json(CvForm *form, bool escape_html);
CvSlice cv_error_list_html(CvArena *arena, const CvErrorList *errors);
CvSlice cv_error_list_text(CvArena *arena, const CvErrorList *errors);
CvSlice cv_error_list_json(CvArena *arena, const CvErrorList *errors, bool escape_html);

/* The control; `widget` NULL: the field's; `attrs` may be NULL. */
CvSlice cv_bound_widget(CvBoundField *bound, const CvWidget *widget, const CvAttrs *attrs, bool only_initial);
/* What {{ field }} prints: the control, with its hidden initial one where the field wants it. */
CvSlice cv_bound_html(CvBoundField *bound);
CvSlice cv_bound_hidden(CvBoundField *bound, bool only_initial);
CvSlice cv_bound_label_tag(CvBoundField *bound);
CvSlice cv_bound_legend_tag(CvBoundField *bound);
CvSlice cv_bound_group(CvBoundField *bound); /* label, help, errors and control */
CvSlice cv_bound_css_classes(CvBoundField *bound);
CvSlice cv_bound_aria_describedby(CvBoundField *bound);
const char *cv_bound_id_for_label(CvBoundField *bound);
CvSlice cv_bound_widget_type(CvBoundField *bound);
/* What the control shows: initial or what came in. */
CvValue cv_bound_value(CvBoundField *bound);
const CvErrorList *cv_bound_errors(CvBoundField *bound);
bool cv_bound_has_changed(CvBoundField *bound);

CV_API_END

#endif
