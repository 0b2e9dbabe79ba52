/* syntax_private.h: how the lexer reads literals. */
#ifndef CV_ORM_SYNTAX_PRIVATE_H
#define CV_ORM_SYNTAX_PRIVATE_H

#include "orm/syntax.h"

/* Each reads one literal at lexer->position, moves behind it and fills in token->value; false: *lexer->error. */
bool cv_syntax_read_number(CvSyntaxLexer *lexer, CvToken *token);
/* `prefix` letters ("rb") stand before the quote. */
bool cv_syntax_read_string(CvSyntaxLexer *lexer, CvToken *token, size_t prefix);

#endif
