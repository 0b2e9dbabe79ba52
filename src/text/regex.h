/* regex.h: regular expressions in Python's syntax (re_path, RegexValidator, __regex), compiled by PCRE2.
 *
 *     CvRegex *year;
 *     if (!cv_regex_compile(arena, cv_slice("^(?P<year>[0-9]{4})/$"), 0, &year, &error))
 *         return false;                                       // CV_ERROR_VALUE: where and why
 *     CvSlice groups[2];
 *     if (cv_regex_match(year, path, CV_REGEX_SEARCH, groups, 2))
 *         use(groups[1]);
 *
 * The pattern is translated first: what Python has and PCRE2 lacks or reads otherwise (\Z, {,n}, \v, \u1234, white
 * space classes) is rewritten, what only PCRE2 has is refused. Text is UTF-8; \d \w \s and case are Unicode's unless
 * CV_REGEX_ASCII is set. A match that takes too many steps counts as none, so that a bad pattern cannot hold a worker;
 * the first time it is logged. A compiled pattern may be used by several threads at once. */
#ifndef CV_TEXT_REGEX_H
#define CV_TEXT_REGEX_H

#include "base/error.h"

CV_API_BEGIN

typedef struct CvRegex CvRegex;

/* Python's flags of the same letters, and one of ours. */
typedef enum CvRegexFlags {
    CV_REGEX_IGNORECASE = 1, /* i */
    CV_REGEX_MULTILINE = 2,  /* m */
    CV_REGEX_DOTALL = 4,     /* s */
    CV_REGEX_VERBOSE = 8,    /* x */
    CV_REGEX_ASCII = 16,     /* a */
    CV_REGEX_SAME_NAMES = 32 /* groups may share a name, which Python refuses */
} CvRegexFlags;

typedef enum CvRegexMode {
    CV_REGEX_SEARCH,    /* anywhere, Python's search() */
    CV_REGEX_START,     /* at the start, match() */
    CV_REGEX_FULLMATCH, /* the whole text, fullmatch() */
} CvRegexMode;

enum { CV_REGEX_MAX_GROUPS = 99, CV_REGEX_MAX_LENGTH = 16384 };

/* The pattern lives as long as the arena. False with CV_ERROR_VALUE for a pattern that Python would refuse, is longer
 * than CV_REGEX_MAX_LENGTH bytes or has more than CV_REGEX_MAX_GROUPS groups. */
bool cv_regex_compile(CvArena *arena, CvSlice pattern, unsigned flags, CvRegex **out, CvError *error) CV_NODISCARD;
/* The flags of letters as in "imsxa"; false for any other letter. */
bool cv_regex_flags(CvSlice letters, unsigned *out) CV_NODISCARD;
/* Groups, the whole match not counted. */
size_t cv_regex_group_count(const CvRegex *regex);
/* The name of group `number` (1 and up), or NULL. */
const char *cv_regex_group_name(const CvRegex *regex, size_t number);

/* groups[0] gets the whole match, groups[i] group i, up to `most` in all; a group that took no part has data NULL.
 * `groups` may be NULL. */
bool cv_regex_match(const CvRegex *regex, CvSlice text, CvRegexMode mode, CvSlice *groups, size_t most);

CV_API_END

#endif
