/* regex_private.h: between the translation of Python's patterns and their compilation. */
#ifndef CV_TEXT_REGEX_PRIVATE_H
#define CV_TEXT_REGEX_PRIVATE_H

#include "text/regex.h"

/* Appends PCRE2's spelling of the pattern to `out`; flags at the pattern's start, (?i), are added to *flags. */
bool cv_regex_translate(CvArena *arena, CvSlice pattern, unsigned *flags, CvBuffer *out, CvError *error) CV_NODISCARD;

#endif
