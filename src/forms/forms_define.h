/* forms_define.h: defines the descriptors of the list file CV_FORMS (see forms.h); included once, by the app's forms.c,
 * after the functions that the list names. Defaults stand first, the list's options override them; that warning is
 * silenced here and stays an error elsewhere. */
#include "base/site.h"
#include "forms/model_formset.h"
#include "forms/row.h"

#pragma GCC diagnostic push
#ifdef __clang__
#pragma GCC diagnostic ignored "-Winitializer-overrides"
#pragma GCC diagnostic ignored "-Wkeyword-macro"
#else
#pragma GCC diagnostic ignored "-Woverride-init"
#endif
/* clang-format off */

/* Pass 1: fields. */
#define FORM(T, ...) static const CvFormRow T##_rows_[] = {
#define END {0}};
#define CV_FORM_FIELD_(kind_, storage_, type_, group_, name_, ...) \
    {.name = #name_, .kind = &kind_, .storage = CV_FORM_##storage_, .group = CV_FORM_GROUP_##group_, \
     .as_##group_ = {CV_FORM_DEFAULTS_##group_, __VA_ARGS__}},
#include "forms/words.h"
#include CV_FORMS
#include "forms/words_undef.h"

/* Pass 2: where their members stand. */
#define FORM(T, ...) static const size_t *T##_offsets_(void) { typedef T Self __attribute__((unused)); static const size_t offsets[] = {
#define END 0}; return offsets; }
#define CV_FORM_FIELD_(kind_, storage_, type_, group_, name_, ...) offsetof(Self, name_),
#include "forms/words.h"
#include CV_FORMS
#include "forms/words_undef.h"

/* Pass 3: the types, with functions that take the form's own struct. */
#define FORM(T, ...) \
    static const T##_options T##_form_options_ = {__VA_ARGS__}; \
    CV_FORM_TYPE_(T, NULL) \
    CV_FORM_SITE_(T, CV_SITE_FORM)
#define MODEL_FORM(T, Model, ...) \
    struct T##_meta_ { CV_FORM_OPTIONS(T) void *given_to_cv_bind; CV_MODEL_FORM_OPTIONS }; \
    static const struct T##_meta_ T##_form_options_ = {.model = &Model##_model, __VA_ARGS__}; \
    CV_FORM_TYPE_(T, (const CvModelFormMeta *)(const void *)&T##_form_options_) \
    CV_FORM_SITE_(T, CV_SITE_FORM)
#define CV_FORM_SITE_(T, site_kind) \
    static CvSite T##_site_ __attribute__((section("cv_sites"), used, aligned(8))) = { \
        .kind = site_kind, .line = __LINE__, .file = __FILE__, .keys = CV_LIST(), .hint = (void *)&T##_type};
#define FORMSET(T, Form, ...) \
    CV_FORMSET_TYPE_(T, Form, NULL, .extra = 1, __VA_ARGS__) \
    CV_FORM_SITE_(T, CV_SITE_FORMSET)
#define INLINE_FORMSET(T, Parent, Form, ...) \
    CV_FORMSET_TYPE_(T, Form, &Parent##_model, .extra = 3, .can_delete = true, __VA_ARGS__) \
    CV_FORM_SITE_(T, CV_SITE_FORMSET)
#define CV_FORMSET_TYPE_(T, Form, parent_, ...) \
    const CvFormSetType T##_type = {.form = &Form##_type, .parent = parent_, __VA_ARGS__};
#define CV_FORM_TYPE_(T, meta_) \
    static CvFormPlan T##_plan_; \
    const CvFormType T##_type = {.name = #T, .size = sizeof(T), .rows = T##_rows_, .offsets = T##_offsets_, \
                                 .options = (const CvFormOptions *)(const void *)&T##_form_options_, .meta = meta_, \
                                 .plan = &T##_plan_};
#include "forms/words.h"
#include CV_FORMS
#include "forms/words_undef.h"

#undef CV_FORM_TYPE_
#undef CV_FORM_SITE_
#undef CV_FORMSET_TYPE_
/* clang-format on */
#pragma GCC diagnostic pop
#undef CV_FORMS
