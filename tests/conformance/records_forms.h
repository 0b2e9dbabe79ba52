/* records_forms.h: form fields, widgets and data built from what the records say. */
#ifndef CV_TESTS_RECORDS_FORMS_H
#define CV_TESTS_RECORDS_FORMS_H

#include "forms/forms.h"
#include "records.h"

/* A field of Django's class name and keyword arguments; not prepared. */
CvFormField field_of(CvArena *arena, const char *name, CvSlice type, const CvDict *kwargs);
/* A widget: a class name, or {type, attrs, kwargs}. */
const CvWidget *widget_of(CvArena *arena, CvValue spec);
/* Attributes as {name: value}. */
CvAttrs attrs_of(CvArena *arena, CvValue dict);
/* [[name, value], ...]; NULL for null. */
CvQueryDict *data_of(CvArena *arena, CvValue pairs);
CvFiles *files_of(CvArena *arena, CvValue pairs);
/* A value of the notation, with {$file}, {$stored} and {$multi} made into objects. */
CvValue form_value(CvArena *arena, CvValue raw);
/* Whether a cleaned value is what the record says. */
bool same_cleaned(CvArena *arena, CvBuffer *why, const char *what, CvValue expected, CvValue got);
/* [{message, code}] in order. */
bool same_invalids(CvArena *arena, CvBuffer *why, CvValue expected, const CvInvalid *items, size_t count);
/* A list of texts, ended by NULL; NULL for null. */
const char *const *strings_of(CvArena *arena, CvValue list);
CvOptions options_of(CvArena *arena, CvValue choices);

#endif
