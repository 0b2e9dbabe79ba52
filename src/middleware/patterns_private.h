/* patterns_private.h: lists of regular expressions from settings (DISALLOWED_USER_AGENTS, SECURE_REDIRECT_EXEMPT). */
#ifndef CV_MIDDLEWARE_PATTERNS_PRIVATE_H
#define CV_MIDDLEWARE_PATTERNS_PRIVATE_H

#include "base/base.h"
#include "text/regex.h"

typedef struct CvPatterns {
    CvRegex **items;
    size_t count;
} CvPatterns;

/* Compiles the list (ending in NULL); what cannot be compiled is an error that names the setting. */
void cv_patterns_compile(CvPatterns *patterns, CvArena *arena, const char *setting, const char *const *sources,
                         CvErrors *errors);
/* True if one of them is found anywhere in the text. */
bool cv_patterns_search(const CvPatterns *patterns, CvSlice text);

#endif
