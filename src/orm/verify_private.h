/* verify_private.h: the source text of a call's arguments, as far as verification reads it. */
#ifndef CV_ORM_VERIFY_PRIVATE_H
#define CV_ORM_VERIFY_PRIVATE_H

#include "orm/query_private.h"

/* How many arguments a text has, and the one at `index`. */
size_t cv_text_arguments(CvSlice text);
CvSlice cv_text_argument(CvSlice text, size_t index);
/* True if the text is one literal without escapes, whose content is then in *out. */
bool cv_text_literal(CvArena *arena, CvSlice text, const char **out);
/* The first call of that name in the text, and what stands between its brackets. */
bool cv_text_call(CvSlice text, const char *name, CvSlice *inside);

/* Calls found() for each path in cv_f() and in aggregates; `aggregate`: within one. What is inside calls that may speak
 * of another model (sub-queries, conditions, functions of the program) is left out. */
typedef struct CvTextPaths {
    CvArena *arena;
    void (*found)(void *argument, const char *path, bool aggregate);
    void *argument;
    int depth;
} CvTextPaths;
void cv_text_paths(CvTextPaths *paths, CvSlice text);

#endif
