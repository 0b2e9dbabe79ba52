/* syntax_cursor.c: what the parser stands on: the next token, brackets, nodes, and what to say where something does not
 * belong. */
#include <stdarg.h>

#include "orm/syntax_private.h"

CvSyntax *cv_syntax_parser_fail(CvSyntaxParser *parser, size_t offset, const char *hint, const char *format, ...)
{
    if (!parser->failed) {
        va_list arguments;
        va_start(arguments, format);
        const char *message = cv_arena_vprintf(parser->arena, format, arguments);
        va_end(arguments);
        (void)cv_syntax_fail(parser->arena, parser->lexer.text, parser->lexer.error, offset, hint, "%s", message);
    }
    parser->failed = true;
    return NULL;
}

void cv_syntax_parser_advance(CvSyntaxParser *parser)
{
    if (parser->failed)
        return;
    parser->behind = parser->token.end;
    parser->token = cv_syntax_next(&parser->lexer);
    if (parser->token.kind == CV_TOKEN_ERROR)
        parser->failed = true;
}

bool cv_syntax_parser_at(const CvSyntaxParser *parser, const char *operator_text)
{
    return !parser->failed && parser->token.kind == CV_TOKEN_OPERATOR && cv_slice_is(parser->token.text, operator_text);
}

bool cv_syntax_parser_at_word(const CvSyntaxParser *parser, const char *word)
{
    return !parser->failed && parser->token.kind == CV_TOKEN_NAME && cv_slice_is(parser->token.text, word);
}

bool cv_syntax_parser_take(CvSyntaxParser *parser, const char *operator_text)
{
    if (!cv_syntax_parser_at(parser, operator_text))
        return false;
    cv_syntax_parser_advance(parser);
    return true;
}

/* What stands here does not belong here. */
CvSyntax *cv_syntax_parser_unexpected(CvSyntaxParser *parser)
{
    static const struct {
        const char *word, *hint;
    } hints[] = {
        {"=", "A keyword argument belongs in a call: filter(name=...). There are no assignments."},
        {"==", "Conditions are keyword arguments: filter(name=...), filter(price__lt=10)."},
        {"!=", "Use exclude(name=...) or ~Q(name=...)."},
        {"<", "Conditions are keyword arguments: filter(price__lt=10)."},
        {"<=", "Conditions are keyword arguments: filter(price__lte=10)."},
        {">", "Conditions are keyword arguments: filter(price__gt=10)."},
        {">=", "Conditions are keyword arguments: filter(price__gte=10)."},
        {"and", "Join conditions with &: Q(...) & Q(...)."},
        {"or", "Join conditions with |: Q(...) | Q(...)."},
        {"not", "Negate a condition with ~: ~Q(...)."},
        {"if", "Choose between values with Case(When(...), default=...)."},
        {"lambda", "There are no lambdas; write [X for n in Y] to go through rows."},
        {"in", "Use a lookup: filter(name__in=[...])."},
        {"is", "Use a lookup: filter(name__isnull=True)."},
        {"import", "All models and functions are here: there is nothing to import."},
        {"from", "All models and functions are here: there is nothing to import."},
    };
    const char *hint = NULL;
    for (size_t i = 0; i < CV_COUNT_OF(hints) && parser->token.kind != CV_TOKEN_END; i++)
        if (cv_slice_is(parser->token.text, hints[i].word))
            hint = hints[i].hint;
    return cv_syntax_parser_fail(parser, parser->token.offset, hint, "invalid syntax");
}

bool cv_syntax_parser_enter(CvSyntaxParser *parser)
{
    if (++parser->nesting > CV_SYNTAX_NESTING_MAX)
        cv_syntax_parser_fail(parser, parser->token.offset, NULL, "too many nested parentheses");
    return !parser->failed;
}

static uint16_t deeper(uint16_t depth, const CvSyntax *child)
{
    return child && child->depth > depth ? child->depth : depth;
}

/* Sets end and depth; a tree that is too deep is an error. */
CvSyntax *cv_syntax_parser_finish(CvSyntaxParser *parser, CvSyntax *node)
{
    uint16_t depth = deeper(deeper(deeper(0, node->left), node->right), node->third);
    if (parser->failed)
        return NULL;
    for (size_t i = 0; i < node->count; i++) {
        if (node->items)
            depth = deeper(depth, node->items[i]);
        if (node->arguments)
            depth = deeper(depth, node->arguments[i].value);
        if (node->clauses)
            depth = deeper(depth, node->clauses[i].source);
    }
    node->depth = (uint16_t)(depth + 1);
    node->end = parser->behind;
    if (node->depth > CV_SYNTAX_DEPTH_MAX)
        return cv_syntax_parser_fail(parser, node->offset, NULL, "the expression is too deep");
    return node;
}

CvSyntax *cv_syntax_parser_node(CvSyntaxParser *parser, CvSyntaxKind kind, size_t offset)
{
    CvSyntax *node = cv_arena_new(parser->arena, CvSyntax);
    node->kind = kind;
    node->offset = (uint32_t)offset;
    return node;
}

/* Behind an opening bracket at `offset`: the closing one, or Python's complaint. */
bool cv_syntax_parser_close(CvSyntaxParser *parser, const char *closing, const char *opening, size_t offset)
{
    if (cv_syntax_parser_at(parser, closing)) {
        parser->lexer.brackets--;
        parser->nesting--;
        cv_syntax_parser_advance(parser);
        return !parser->failed;
    }
    if (parser->failed)
        return false;
    if (parser->token.kind == CV_TOKEN_END)
        cv_syntax_parser_fail(parser, offset, NULL, "'%s' was never closed", opening);
    else if (cv_syntax_parser_at(parser, ")") || cv_syntax_parser_at(parser, "]") || cv_syntax_parser_at(parser, "}"))
        cv_syntax_parser_fail(parser, parser->token.offset, NULL,
                              "closing parenthesis '%.*s' does not match opening parenthesis '%s'",
                              CV_SLICE_ARG(parser->token.text), opening);
    else
        cv_syntax_parser_unexpected(parser);
    return false;
}

/* Takes the opening bracket that is the next token. */
bool cv_syntax_parser_open(CvSyntaxParser *parser)
{
    if (!cv_syntax_parser_enter(parser))
        return false;
    parser->lexer.brackets++;
    cv_syntax_parser_advance(parser);
    return !parser->failed;
}
