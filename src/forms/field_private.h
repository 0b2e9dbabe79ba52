/* field_private.h: what the fields share. */
#ifndef CV_FORMS_FIELD_PRIVATE_H
#define CV_FORMS_FIELD_PRIVATE_H

#include "forms/field.h"
#include "text/number.h"

/* The text of the choice of nothing. */
#define CV_BLANK_CHOICE_LABEL "- Select an option -"

/* The function of the kind or of the nearest base that has one; NULL if none has. */
#define CV_KIND_FUNCTION(kind_, function_)    \
    ({                                        \
        const CvFormFieldKind *at_ = (kind_); \
        while (at_ && !at_->function_)        \
            at_ = at_->base;                  \
        at_ ? at_->function_ : NULL;          \
    })

bool cv_field_is_kind(const CvFormField *field, const CvFormFieldKind *kind);
/* Required and not empty. */
bool cv_field_validate_required(const CvFormField *field, CvArena *arena, CvValue value, CvInvalids *invalids);
bool cv_field_run_validators(const CvFormField *field, CvArena *arena, CvValue value, CvInvalids *invalids);
bool cv_field_clean_common(const CvFormField *field, CvArena *arena, CvValue in, CvValue initial, CvValue *out,
                           CvInvalids *invalids);
bool cv_field_validate(const CvFormField *field, CvArena *arena, CvValue value, CvInvalids *invalids);
/* Adds the error of a code with named values. */
bool cv_field_refuse_with(const CvFormField *field, CvInvalids *invalids, const char *code, const char *plural,
                          const char *count, size_t param_count, const char *const *names, const CvValue *values);

/* Text of a value as the text fields take it. */
bool cv_char_convert(const CvFormField *field, CvArena *arena, CvValue in, CvValue *out, CvInvalids *invalids);

/* A wall clock's reading as Django stores it: aware in the current zone with USE_TZ. */
bool cv_from_current_zone(const CvFormField *field, CvDateTime in, CvValue *out, CvInvalids *invalids);

CvOptions cv_field_options(const CvFormField *field, CvArena *arena);

#endif
