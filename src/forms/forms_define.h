/* forms_define.h: defines the descriptors of the list file CV_FORMS (see forms.h); included once, by the app's forms.c,
 * after the functions that the list names. Defaults stand first, the list's options override them; that warning is
 * silenced here and stays an error elsewhere. */
#include "forms/form.h"
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
    {.name = #name_, .kind = &cv_##kind_##_form_field, .storage = CV_FORM_##storage_, .group = CV_FORM_GROUP_##group_, \
     .as_##group_ = {CV_FORM_DEFAULTS_##group_, __VA_ARGS__}},
#include "forms/words.h"
#include CV_FORMS
#include "forms/words_undef.h"

/* Pass 2: where their members stand. */
#define FORM(T, ...) static const size_t *T##_offsets_(void) { typedef T Self; static const size_t offsets[] = {
#define END 0}; return offsets; }
#define CV_FORM_FIELD_(kind_, storage_, type_, group_, name_, ...) offsetof(Self, name_),
#include "forms/words.h"
#include CV_FORMS
#include "forms/words_undef.h"

/* Pass 3: the types, with functions that take the form's own struct. */
#define FORM(T, ...) \
    struct T##_options_ { CV_FORM_OPTIONS(T) }; \
    static const struct T##_options_ T##_form_options_ = {__VA_ARGS__}; \
    static CvFormPlan T##_plan_; \
    const CvFormType T##_type = {.name = #T, .size = sizeof(T), .rows = T##_rows_, .offsets = T##_offsets_, \
                                 .options = (const CvFormOptions *)&T##_form_options_, .plan = &T##_plan_};
#define END
#define CV_FORM_FIELD_(...)
#include "forms/words.h"
#include CV_FORMS
#include "forms/words_undef.h"

/* clang-format on */
#pragma GCC diagnostic pop
#undef CV_FORMS
