/* languages_private.h: the table of languages. */
#ifndef CV_TEMPLATE_LANGUAGES_PRIVATE_H
#define CV_TEMPLATE_LANGUAGES_PRIVATE_H

#include "base/value.h"

typedef struct CvLanguage {
    const char *code, *name, *local;
    const char *fallback; /* another code that says it all */
    bool bidi;
    bool listed; /* in the default LANGUAGES */
} CvLanguage;
extern const CvLanguage cv_languages[]; /* by code; ends in a NULL code */

/* "pt-br", "de" for "de-at"; NULL: not known. */
const CvLanguage *cv_language_find(CvSlice code);

#endif
