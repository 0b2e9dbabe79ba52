/* utf8.h: text as code points: checking, walking, case, normal forms.
 *
 * Lengths and cuts that a visitor sees count code points, as Python's str does. Bytes that are no UTF-8 are never
 * passed on by the parsers of this library; where a function meets some all the same, each counts as one U+FFFD.
 *
 *     for (CvSlice rest = cv_slice(title); rest.length;)
 *         use(cv_utf8_next(&rest));
 *     CvSlice loud = cv_utf8_upper(arena, cv_slice("straße"));      // STRASSE */
#ifndef CV_TEXT_UTF8_H
#define CV_TEXT_UTF8_H

#include "base/buffer.h"

CV_API_BEGIN

#define CV_UTF8_REPLACEMENT 0xFFFD

/* True for well-formed UTF-8 (RFC 3629: no surrogates, no overlong forms, nothing above U+10FFFF). */
bool cv_utf8_valid(CvSlice text);
bool cv_utf8_is_ascii(CvSlice text);
/* How many bytes at the front are well-formed. */
size_t cv_utf8_valid_prefix(CvSlice text);
/* A copy in which each ill-formed sequence is one U+FFFD, as Python's errors="replace" counts them; `text` itself if
 * there is none. */
CvSlice cv_utf8_repair(CvArena *arena, CvSlice text);

/* Takes the first code point off `rest`, which must not be empty. An ill-formed byte gives U+FFFD. */
uint32_t cv_utf8_next(CvSlice *rest);
/* Takes the last one off. */
uint32_t cv_utf8_last(CvSlice *rest);
/* Writes one code point (surrogates and what is above U+10FFFF as U+FFFD). */
void cv_utf8_append(CvBuffer *out, uint32_t point);

/* The number of code points, Python's len(). */
size_t cv_utf8_count(CvSlice text);
/* The columns that a terminal gives it: 2 for each wide character, 0 for combining and control characters. */
size_t cv_utf8_width(CvSlice text);
/* The first `points` code points, and all behind them; both stop at the end. */
CvSlice cv_utf8_take(CvSlice text, size_t points);
CvSlice cv_utf8_drop(CvSlice text, size_t points);

/* Full case mapping by Unicode's rules, without regard to a language; results are NUL-terminated. */
CvSlice cv_utf8_upper(CvArena *arena, CvSlice text);
CvSlice cv_utf8_lower(CvArena *arena, CvSlice text);
/* Python's str.title(): a capital after everything that is not a letter. */
CvSlice cv_utf8_title(CvArena *arena, CvSlice text);
/* Django's title filter: the same, but small letters after an apostrophe or a digit ("It's", "2nd"). */
CvSlice cv_utf8_titlecase(CvArena *arena, CvSlice text);
CvSlice cv_utf8_casefold(CvArena *arena, CvSlice text);
/* The first letter as a capital, the rest as it is (Django's capfirst). */
CvSlice cv_utf8_capfirst(CvArena *arena, CvSlice text);
/* The first letter as in a title, the rest small (Python's str.capitalize()). */
CvSlice cv_utf8_capitalize(CvArena *arena, CvSlice text);

typedef enum CvNormalForm { CV_NFC, CV_NFD, CV_NFKC, CV_NFKD } CvNormalForm;
CvSlice cv_utf8_normalize(CvArena *arena, CvSlice text, CvNormalForm form);

/* What Python's str methods and regular expressions call so. */
bool cv_utf8_is_space(uint32_t point);        /* str.isspace(), \s */
bool cv_utf8_is_letter(uint32_t point);       /* str.isalpha() */
bool cv_utf8_is_digit(uint32_t point);        /* \d: category Nd */
bool cv_utf8_has_digit_value(uint32_t point); /* Python's isdigit(): superscripts and the like too */
bool cv_utf8_is_numeric(uint32_t point);      /* Python's isnumeric(): fractions and Roman numbers too */
bool cv_utf8_is_lower(uint32_t point);        /* a small letter; also those that have no capital (U+00AA) */
bool cv_utf8_is_upper(uint32_t point);        /* a capital letter */
bool cv_utf8_is_title(uint32_t point);        /* the title form of a digraph (U+01C5) */
bool cv_utf8_is_word(uint32_t point);         /* \w: letters, numbers, underscore */
bool cv_utf8_is_combining(uint32_t point);    /* unicodedata.combining() is not 0 */
bool cv_utf8_is_control(uint32_t point);      /* category C*: control, format, surrogate, private, unassigned */

/* Without Unicode white space at both ends, Python's str.strip(). */
CvSlice cv_utf8_strip(CvSlice text);
/* Takes the next word off `rest` (Python's str.split() without arguments); false at the end. */
bool cv_utf8_split_word(CvSlice *rest, CvSlice *word);
/* Takes the next line off `rest`, without its end (Python's str.splitlines()); false at the end. */
bool cv_utf8_split_line(CvSlice *rest, CvSlice *line);

CV_API_END

#endif
