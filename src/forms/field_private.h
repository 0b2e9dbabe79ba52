/* field_private.h: what the fields share. */
#ifndef CV_FORMS_FIELD_PRIVATE_H
#define CV_FORMS_FIELD_PRIVATE_H

#include "forms/field.h"

enum { CV_FORM_MOST_VALIDATORS = 8 }; /* that the kinds add to one field */

/* The function of the kind or of the nearest base that has one; NULL if none has. */
#define CV_KIND_FUNCTION(kind_, function_)    \
    ({                                        \
        const CvFormFieldKind *at_ = (kind_); \
        while (at_ && !at_->function_)        \
            at_ = at_->base;                  \
        at_ ? at_->function_ : NULL;          \
    })

bool cv_field_is_kind(const CvFormField *field, const CvFormFieldKind *kind);
bool cv_forms_use_tz(void);
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
/* Python's int() and float() of text; false for what they refuse. */
bool cv_python_int(CvArena *arena, CvSlice text, CvValue *out);
bool cv_python_float(CvArena *arena, CvSlice text, double *out);

/* A wall clock's reading as Django stores it: aware in the current zone with USE_TZ. */
bool cv_from_current_zone(const CvFormField *field, CvDateTime in, CvValue *out, CvInvalids *invalids);

CvOptions cv_field_options(const CvFormField *field, CvArena *arena);

/* The format, width and height that an image's first bytes tell; false if it is none or is cut off before its pixels.
 * `whole`: there are no more bytes; then the sums of a PNG's parts are checked as well. */
typedef struct CvImageInfo {
    const char *format, *content_type; /* "PNG", "image/png" */
    uint32_t width, height;
} CvImageInfo;
bool cv_image_info(CvSlice bytes, bool whole, CvImageInfo *out);

#endif
