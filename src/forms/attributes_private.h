/* attributes_private.h: the attributes of an object that templates see, as a table of names and readers. */
#ifndef CV_FORMS_ATTRIBUTES_PRIVATE_H
#define CV_FORMS_ATTRIBUTES_PRIVATE_H

#include "base/value.h"

typedef struct CvAttribute {
    const char *name; /* NULL: the end of the table */
    CvValue (*read)(void *object, CvArena *arena);
} CvAttribute;

/* A text; NULL: the name is not there, as with an attribute that Python does not find. */
static inline CvValue cv_text_or_missing(const char *text)
{
    return text ? cv_value_string(text) : (CvValue){.kind = CV_MISSING};
}

/* Finds a name in the table; for CvType.resolve. */
bool cv_attribute_resolve(const CvAttribute *table, CvSlice name, CvAccessor *out);
/* Reads it; for CvType.get. */
bool cv_attribute_get(const CvAttribute *table, const void *object, CvSlice name, CvArena *arena, CvValue *out);

/* For CvType.truth: of what is true however many it holds. */
bool cv_always_true(const void *object);

/* CV_ATTRIBUTE(bound, CvBoundField *, label, cv_value_string(it->label)): the reader bound_label() of `it`. */
#define CV_ATTRIBUTE(prefix, type, name, expression)             \
    static CvValue prefix##_##name(void *object, CvArena *arena) \
    {                                                            \
        type it = object;                                        \
        (void)arena;                                             \
        return expression;                                       \
    }

#endif
