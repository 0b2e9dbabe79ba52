/* lookup_private.h: members of values that are no objects, and Python's conversions to numbers. */
#ifndef CV_TEMPLATE_LOOKUP_PRIVATE_H
#define CV_TEMPLATE_LOOKUP_PRIVATE_H

#include "template/program_private.h"

/* `value.name` for texts, dicts, dates, numbers, ...: the member, or what the method gives when a template calls it. */
bool cv_lookup_method(CvRender *render, CvValue value, CvSlice name, CvValue *out);

/* What dict.items(), keys() or values() gave: it has no items by number. */
bool cv_value_is_view(CvValue value);

/* Python's int(value) where the result fits in 64 bits. False: it has none, or it is too big. */
bool cv_value_to_int(CvValue value, int64_t *out) CV_NODISCARD;
/* The same for integers of any size: CV_INT or CV_BIGINT. */
bool cv_value_to_integer(CvArena *arena, CvValue value, CvValue *out) CV_NODISCARD;
/* Python's float(value). */
bool cv_value_to_float(CvValue value, double *out) CV_NODISCARD;

/* A method without arguments of a kind of value; tables end in NULL. */
typedef bool CvMethod(CvArena *arena, CvValue value, CvValue *out);
typedef struct CvMethodRow {
    const char *name;
    CvMethod *method;
} CvMethodRow;
/* methods.c */
extern const CvMethodRow cv_text_methods[], cv_number_methods[], cv_decimal_methods[], cv_date_methods[],
    cv_datetime_methods[];
/* Python has that method, but a template cannot call it. */
bool cv_method_needs_arguments(CvValue value, CvSlice name);

#endif
