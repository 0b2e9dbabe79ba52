/* forms.h: declares the forms of a list file: a typed struct each, its cleaned values as members.
 *
 * The list file (say shop/forms.def.h) says what a visitor may enter, in Django's words:
 *
 *     FORM(ReviewForm, .clean = review_clean)
 *         IntegerField (stars, .min_value = 1, .max_value = 5)
 *         CharField    (text,  .widget = CV_TEXTAREA, .required = false)
 *         ChoiceField  (kind,  .choices = CV_CHOICES("b", "Book", "m", "Magazine"))
 *     END
 *
 * shop/forms.h hands it to the compiler; shop/forms.c defines the descriptors:
 *
 *     #define CV_FORMS "shop/forms.def.h"            #include "shop/forms.h"
 *     #include <caravan/forms.h>                     static void review_clean(ReviewForm *form)
 *                                                    {
 *                                                        if (form->stars < 3 && !form->text)
 *                                                            cv_add_error(form, "text", "Please say why.");
 *                                                    }
 *                                                    #define CV_FORMS "shop/forms.def.h"
 *                                                    #include <caravan/forms_define.h>
 *
 * A form over a model (model_form.h) takes its fields from the model; it may add some of its own:
 *
 *     MODEL_FORM(BookForm, Book, .fields = CV_LIST("title", "price", "tags"))
 *         BooleanField (notify, .required = false)
 *     END
 *
 * FORMSET and INLINE_FORMSET make several forms of a type (formset.h, model_formset.h).
 *
 * FORM(ReviewForm) gives the type ReviewForm and the descriptor ReviewForm_type; a view says
 * `ReviewForm *form = cv_bind(ReviewForm, request)` (form.h). Words: words.h; options: row.h. A field that stays empty
 * leaves its member at zero: NULL, 0, an unset date. Without CV_FORMS only the functions are declared. */
#ifndef CV_FORMS_FORMS_H
#define CV_FORMS_FORMS_H

#include "forms/form.h"
#include "forms/formset.h"
#include "forms/media.h"
#include "forms/model_form.h"
#include "forms/model_formset.h"
#include "forms/renderer.h"
#include "forms/row.h"
#include "forms/stored_file.h"

#endif

#ifdef CV_FORMS
#pragma GCC diagnostic push
#ifdef __clang__
#pragma GCC diagnostic ignored "-Wkeyword-macro"
#endif
/* clang-format off */
/* First: each body ends before the next one begins; the compiler names the function where it does not. */
#define FORM(T, ...) static inline __attribute__((unused)) void cv_END_is_missing_before_##T(void) {
#define END }
#include "forms/words.h"
#include CV_FORMS
#include "forms/words_undef.h"

#define CV_FORM_HEAD_(T, Instance, instance_member) \
    typedef struct T T; extern const CvFormType T##_type; \
    typedef struct T##_options { CV_FORM_OPTIONS(T) Instance *instance_member; } T##_options;
#define FORM(T, ...) CV_FORM_HEAD_(T, void, only_model_forms_have_an_instance) struct T { CvForm form;
#define MODEL_FORM(T, Model, ...) CV_FORM_HEAD_(T, Model, instance) \
    struct T { union { CvModelForm model_form; struct { CvForm form; Model *instance; }; };
#define CV_FORMSET_HEAD_(T, Form, Instance, instance_member) \
    typedef struct T { CvFormSet set; Form *form[0]; } T; extern const CvFormSetType T##_type; \
    typedef struct T##_options { \
        const char *prefix, *auto_id; const CvList *initial; const void *queryset; Instance *instance_member; \
    } T##_options;
#define FORMSET(T, Form, ...) CV_FORMSET_HEAD_(T, Form, void, only_inline_formsets_have_an_instance)
#define INLINE_FORMSET(T, Parent, Form, ...) CV_FORMSET_HEAD_(T, Form, Parent, instance)
#define END };
#define CV_FORM_FIELD_(kind_, storage_, type_, group_, name_, ...) type_ name_;
#include "forms/words.h"
#include CV_FORMS
#include "forms/words_undef.h"
#pragma GCC diagnostic pop
#undef CV_FORMS
#endif
