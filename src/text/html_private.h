/* html_private.h: reading tags, shared by the reader's parts. */
#ifndef CV_TEXT_HTML_PRIVATE_H
#define CV_TEXT_HTML_PRIVATE_H

#include "text/html.h"

typedef enum CvHtmlTagEnd {
    CV_HTML_TAG_UNFINISHED, /* the text ends inside it */
    CV_HTML_TAG_JUNK,       /* no tag: text up to *end */
    CV_HTML_TAG_OPEN,       /* <name ...> */
    CV_HTML_TAG_EMPTY,      /* <name .../> */
} CvHtmlTagEnd;

/* The start tag whose "<" is at `start`, a letter behind it. */
CvHtmlTagEnd cv_html_tag_end(CvSlice text, size_t start, size_t *end);
/* Where the name ends that begins at `at`. */
size_t cv_html_tag_name_end(CvSlice text, size_t at);

#endif
