/* patterns.c: lists of regular expressions from settings. */
#include "middleware/patterns_private.h"

void cv_patterns_compile(CvPatterns *patterns, CvArena *arena, const char *setting, const char *const *sources,
                         CvErrors *errors)
{
    size_t count = 0;
    while (sources[count])
        count++;
    *patterns = (CvPatterns){.items = cv_arena_new_array(arena, CvRegex *, count)};
    for (size_t i = 0; i < count; i++) {
        CvError error;
        if (cv_regex_compile(arena, cv_slice(sources[i]), 0, &patterns->items[patterns->count], &error))
            patterns->count++;
        else
            cv_errors_add_at(errors, CV_ERROR_CONFIGURATION, NULL, 0, "%s: '%s' is no regular expression: %s", setting,
                             sources[i], error.message);
    }
}

bool cv_patterns_search(const CvPatterns *patterns, CvSlice text)
{
    for (size_t i = 0; i < patterns->count; i++)
        if (cv_regex_match(patterns->items[i], text, CV_REGEX_SEARCH, NULL, 0))
            return true;
    return false;
}
