/* syntax_private.h: how the lexer reads literals, and what the files of the parser share. */
#ifndef CV_ORM_SYNTAX_PRIVATE_H
#define CV_ORM_SYNTAX_PRIVATE_H

#include "base/vector.h"
#include "orm/syntax.h"

/* Each reads one literal at lexer->position, moves behind it and fills in token->value; false: *lexer->error. */
bool cv_syntax_read_number(CvSyntaxLexer *lexer, CvToken *token);
/* `prefix` letters ("rb") stand before the quote. */
bool cv_syntax_read_string(CvSyntaxLexer *lexer, CvToken *token, size_t prefix);

/* ---- the parser: after a failure all of these do nothing and give false or NULL ---- */

typedef struct CvSyntaxParser {
    CvSyntaxLexer lexer;
    CvArena *arena;
    CvToken token; /* the next one */
    int nesting;
    uint32_t behind; /* where the token before `token` ended */
    bool failed;
} CvSyntaxParser;

typedef CV_VECTOR(CvSyntax *) CvSyntaxNodes;

/* Keeps the first error; NULL. */
CvSyntax *cv_syntax_parser_fail(CvSyntaxParser *parser, size_t offset, const char *hint, const char *format, ...)
    CV_PRINTF(4, 5);
/* What stands here does not belong here: with a hint what to write instead. */
CvSyntax *cv_syntax_parser_unexpected(CvSyntaxParser *parser);
void cv_syntax_parser_advance(CvSyntaxParser *parser);
bool cv_syntax_parser_at(const CvSyntaxParser *parser, const char *operator_text);
bool cv_syntax_parser_at_word(const CvSyntaxParser *parser, const char *word);
/* Goes over the operator, if it stands here. */
bool cv_syntax_parser_take(CvSyntaxParser *parser, const char *operator_text);
/* One level deeper, if that is not too deep. */
bool cv_syntax_parser_enter(CvSyntaxParser *parser);
/* Takes the opening bracket that is the next token. */
bool cv_syntax_parser_open(CvSyntaxParser *parser);
/* The bracket that closes the one at `offset`. */
bool cv_syntax_parser_close(CvSyntaxParser *parser, const char *closing, const char *opening, size_t offset);
CvSyntax *cv_syntax_parser_node(CvSyntaxParser *parser, CvSyntaxKind kind, size_t offset);
/* Sets end and depth; a tree that is too deep is an error. */
CvSyntax *cv_syntax_parser_finish(CvSyntaxParser *parser, CvSyntax *node);

/* Operators that bind at least as tight as `least`: 0 is all of an expression. */
CvSyntax *cv_syntax_parser_expression(CvSyntaxParser *parser, int least);
CvSyntax *cv_syntax_parser_atom(CvSyntaxParser *parser);
/* An expression, or a *starred one. */
CvSyntax *cv_syntax_parser_item(CvSyntaxParser *parser);
/* After the element of a comprehension: `for n in Y`, once or more. */
CvSyntax *cv_syntax_parser_clauses(CvSyntaxParser *parser, CvSyntax *element, size_t offset);

#endif
