/* custom.h: database functions, transforms and lookups of a site's own: a table of rows.
 *
 *     static const CvCustom of_shop[] = {
 *         {CV_CUSTOM_LOOKUP,    "ne",       "{1} <> {2}"},                    // cv_filter(books, "title__ne", "Emma")
 *         {CV_CUSTOM_TRANSFORM, "absolute", "ABS({1})"},                      // "change__absolute__gt", 5
 *         {CV_CUSTOM_FUNCTION,  "Hex",      "HEX({1})", &cv_text_field},      // cv_function("Hex", cv_f("digest"))
 *         {CV_CUSTOM_FUNCTION,  "Printf",   "PRINTF({*})", &cv_text_field},   // any number of arguments
 *         {0}};
 *     cv_custom_add(of_shop);      // while the program starts, before queries are made
 *
 * {1}, {2}, ... stand for the expressions, {*} for all of them with commas. A lookup's {1} is what stands before it,
 * {2} the value, which is bound as the field stores it. The shell knows them by the same names, `check` verifies them.
 * What Django has cannot be replaced. SQL is the program's own text; never make it of input. */
#ifndef CV_ORM_CUSTOM_H
#define CV_ORM_CUSTOM_H

#include "orm/field.h"

CV_API_BEGIN

typedef enum CvCustomKind { CV_CUSTOM_FUNCTION = 1, CV_CUSTOM_TRANSFORM, CV_CUSTOM_LOOKUP } CvCustomKind;

typedef struct CvCustom {
    CvCustomKind kind;
    const char *name;          /* as it is written in queries */
    const char *sql;           /* with {1}, {2}, {*} */
    const CvFieldKind *result; /* of functions and transforms: the kind of what comes out; NULL: that of {1} */
    const CvFieldKind *of;     /* of transforms and lookups: for fields of this kind alone; NULL: for all */
} CvCustom;

/* Rows end in a zero one and stay valid. A text that names an argument that is not there is found when it is used. */
void cv_custom_add(const CvCustom *rows);
/* The row of that name for a field of `of` (NULL: unknown); NULL if there is none. */
const CvCustom *cv_custom_find(CvCustomKind kind, CvSlice name, const CvFieldKind *of);

/* Whether any field knows a lookup of that name. */
bool cv_custom_is_lookup(CvSlice name);

CV_API_END

#endif
