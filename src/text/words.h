/* words.h: working on words and lines as django.utils.text does: slugs, truncating, wrapping, splitting.
 *
 *     CvSlice slug = cv_slugify(arena, cv_slice(" Jack & Jill "), false);                // jack-jill
 *     CvSlice start = cv_truncate_words(arena, body, 30, (CvTruncate){.html = true});
 */
#ifndef CV_TEXT_WORDS_H
#define CV_TEXT_WORDS_H

#include "base/error.h"
#include "base/value.h"

CV_API_BEGIN

/* Letters, digits, "_" and "-" in lower case; other scripts only if `unicode`. */
CvSlice cv_slugify(CvArena *arena, CvSlice text, bool unicode);
/* For a file's name: spaces as "_", nothing but letters, digits, "-", "_" and "."; nothing left is
 * CV_ERROR_SUSPICIOUS_FILE. */
bool cv_valid_filename(CvArena *arena, CvSlice name, CvSlice *out, CvError *error) CV_NODISCARD;
/* \r\n and \r as \n. */
CvSlice cv_normalize_newlines(CvArena *arena, CvSlice text);
/* "a, b or c" of a list's str(). */
CvSlice cv_text_list(CvArena *arena, const CvList *list, CvSlice last_word);
/* "fooBarBAZ" as "foo bar baz". */
CvSlice cv_camel_case_to_spaces(CvArena *arena, CvSlice text);
/* "0800-COLLECT" as "0800-2655328". */
CvSlice cv_phone_to_numeric(CvArena *arena, CvSlice phone);
/* Backslashes before quotes and backslashes. */
CvSlice cv_add_slashes(CvArena *arena, CvSlice text);
/* Each line with its number in front, "01. ", as wide as the last; escapes if `autoescape`. */
CvSlice cv_line_numbers(CvArena *arena, CvSlice text, bool autoescape);
/* Breaks lines at white space where they pass `width` code points; long words stay whole (0 or less: no width). */
CvSlice cv_wrap(CvArena *arena, CvSlice text, int64_t width);
/* Takes the next bit off `rest`, quoted phrases together, quotes kept; false at the end (smart_split). */
bool cv_smart_split(CvSlice *rest, CvSlice *bit);
/* A quoted literal without quotes and their backslashes; CV_ERROR_VALUE if it is none. */
bool cv_unescape_literal(CvArena *arena, CvSlice literal, CvSlice *out, CvError *error) CV_NODISCARD;

typedef struct CvTruncate {
    CvSlice ending;  /* with has_ending; "%(truncated_text)s" in it is replaced by the text */
    bool has_ending; /* false: an ellipsis */
    bool html;       /* keeps tags, closes those that are open */
} CvTruncate;
/* At most `most` code points with the ending, combining marks not counted; "" for most <= 0. */
CvSlice cv_truncate_chars(CvArena *arena, CvSlice text, int64_t most, CvTruncate options);
/* At most `most` words. */
CvSlice cv_truncate_words(CvArena *arena, CvSlice text, int64_t most, CvTruncate options);

CV_API_END

#endif
