/* html_entities.h: the table of named character references. */
#ifndef CV_TEXT_HTML_ENTITIES_H
#define CV_TEXT_HTML_ENTITIES_H

#include "base/compiler.h"

typedef struct CvHtmlEntity {
    const char *name; /* without & and ; */
    const char *text;
    bool bare; /* also without the semicolon */
} CvHtmlEntity;

extern const CvHtmlEntity cv_html_entities[];
extern const size_t cv_html_entity_count;

#endif
