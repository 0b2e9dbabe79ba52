/* lexer_private.h: a template's source cut into tokens, as Django cuts it.
 *
 * Delimiters must open and close on one line; what does not is text. Inside {% verbatim name %} everything up to
 * {% endverbatim name %} is text. */
#ifndef CV_TEMPLATE_LEXER_PRIVATE_H
#define CV_TEMPLATE_LEXER_PRIVATE_H

#include "base/slice.h"
#include "base/vector.h"

typedef enum CvTokenKind { CV_TOKEN_TEXT, CV_TOKEN_VARIABLE, CV_TOKEN_BLOCK, CV_TOKEN_COMMENT } CvTokenKind;

typedef struct CvToken {
    CvTokenKind kind;
    int line, column;          /* where it begins, from 1 */
    uint32_t position, length; /* the whole token in the source, delimiters too */
    CvSlice contents;          /* without delimiters and the white space inside them */
} CvToken;
typedef CV_VECTOR(CvToken) CvTokens;

/* Linear in the length of the source, which is shorter than 4 GiB. */
void cv_template_lex(CvArena *arena, CvSlice source, CvTokens *tokens);

/* Words at white space; quoted strings stay together (Django's smart_split). */
typedef CV_VECTOR(CvSlice) CvWords;
void cv_template_smart_split(CvArena *arena, CvSlice text, CvWords *words);
void cv_template_split(CvArena *arena, CvSlice text, CvWords *words);
/* Without white space, by Unicode's notion, at both ends. */
CvSlice cv_template_trim(CvSlice text);
/* The length in bytes of the white space character that the text begins with, or 0. */
size_t cv_template_space(const char *at, const char *end);
/* The length of the word character (letter, digit, underscore; any script) that the text begins with, or 0. */
size_t cv_template_word(const char *at, const char *end);

#endif
