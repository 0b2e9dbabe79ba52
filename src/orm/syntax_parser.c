/* syntax_parser.c: the query language's grammar: precedence climbing over the lexer's tokens, calls, attributes and
 * subscripts. Every recursion is bounded. */
#include "orm/syntax_private.h"
#include "text/utf8.h"

/* ---- what follows an atom ---- */

typedef CV_VECTOR(CvSyntaxArgument) Arguments;

static bool check_argument(CvSyntaxParser *parser, const Arguments *arguments, const CvSyntaxArgument *argument)
{
    bool keyword = argument->name.length || argument->stars == 2;
    for (size_t i = 0; i < arguments->count; i++) {
        const CvSyntaxArgument *before = &arguments->items[i];
        if (argument->name.length && cv_slice_equal(argument->name, before->name))
            cv_syntax_parser_fail(parser, argument->offset, NULL, "keyword argument repeated: %.*s",
                                  CV_SLICE_ARG(argument->name));
        else if (!keyword && before->stars == 2)
            cv_syntax_parser_fail(parser, argument->offset, NULL,
                                  argument->stars ? "iterable argument unpacking follows keyword argument unpacking"
                                                  : "positional argument follows keyword argument unpacking");
        else if (!keyword && !argument->stars && before->name.length)
            cv_syntax_parser_fail(parser, argument->offset, NULL, "positional argument follows keyword argument");
    }
    return !parser->failed;
}

static bool parse_argument(CvSyntaxParser *parser, Arguments *arguments)
{
    CvSyntaxArgument argument = {.offset = parser->token.offset};
    argument.stars = cv_syntax_parser_take(parser, "**") ? 2 : cv_syntax_parser_take(parser, "*") ? 1 : 0;
    argument.value = cv_syntax_parser_expression(parser, 0);
    if (parser->failed)
        return false;
    if (cv_syntax_parser_at(parser, "=") && !argument.stars) {
        if (argument.value->kind != CV_SYNTAX_NAME || parser->lexer.text.data[argument.value->offset] == '(') {
            bool constant = argument.value->kind == CV_SYNTAX_CONSTANT && argument.value->name.length;
            cv_syntax_parser_fail(parser, argument.offset, NULL,
                                  constant ? "cannot assign to %.*s"
                                           : "expression cannot contain assignment, perhaps you meant \"==\"?",
                                  CV_SLICE_ARG(argument.value->name));
            return false;
        }
        argument.name = argument.value->name;
        cv_syntax_parser_advance(parser);
        argument.value = cv_syntax_parser_expression(parser, 0);
        if (parser->failed)
            return false;
    } else if (cv_syntax_parser_at_word(parser, "for") && arguments->count == 0 && !argument.stars) {
        argument.value = cv_syntax_parser_clauses(parser, argument.value, argument.value->offset);
    }
    if (parser->failed || !check_argument(parser, arguments, &argument))
        return false;
    cv_vector_push(parser->arena, arguments, argument);
    return true;
}

static CvSyntax *parse_call(CvSyntaxParser *parser, CvSyntax *left)
{
    size_t opening = parser->token.offset;
    Arguments arguments = {0};
    CvSyntax *node = cv_syntax_parser_node(parser, CV_SYNTAX_CALL, left->offset);
    if (!cv_syntax_parser_open(parser))
        return NULL;
    while (!cv_syntax_parser_at(parser, ")") && parser->token.kind != CV_TOKEN_END) {
        if (!parse_argument(parser, &arguments))
            return NULL;
        if (!cv_syntax_parser_take(parser, ","))
            break;
    }
    if (!cv_syntax_parser_close(parser, ")", "(", opening))
        return NULL;
    node->left = left;
    node->arguments = arguments.items;
    node->count = arguments.count;
    return cv_syntax_parser_finish(parser, node);
}

/* `a`, `a:b`, `:`, `a:b:c` */
static CvSyntax *parse_index(CvSyntaxParser *parser)
{
    size_t offset = parser->token.offset;
    CvSyntax *first = cv_syntax_parser_at(parser, ":") ? NULL : cv_syntax_parser_expression(parser, 0);
    if (parser->failed)
        return NULL;
    if (!cv_syntax_parser_at(parser, ":"))
        return first;
    CvSyntax *node = cv_syntax_parser_node(parser, CV_SYNTAX_SLICE, offset);
    node->left = first;
    cv_syntax_parser_advance(parser);
    if (!cv_syntax_parser_at(parser, ":") && !cv_syntax_parser_at(parser, "]") && !cv_syntax_parser_at(parser, ","))
        node->right = cv_syntax_parser_expression(parser, 0);
    if (cv_syntax_parser_take(parser, ":") && !cv_syntax_parser_at(parser, "]") && !cv_syntax_parser_at(parser, ","))
        node->third = cv_syntax_parser_expression(parser, 0);
    return cv_syntax_parser_finish(parser, node);
}

static CvSyntax *parse_subscript(CvSyntaxParser *parser, CvSyntax *left)
{
    size_t opening = parser->token.offset, offset;
    CvSyntax *node = cv_syntax_parser_node(parser, CV_SYNTAX_SUBSCRIPT, left->offset);
    if (!cv_syntax_parser_open(parser))
        return NULL;
    if (cv_syntax_parser_at(parser, "]"))
        return cv_syntax_parser_fail(parser, parser->token.offset, NULL, "invalid syntax");
    offset = parser->token.offset;
    node->left = left;
    node->right = parse_index(parser);
    if (cv_syntax_parser_at(parser, ",") && !parser->failed) {
        CvSyntaxNodes items = {0};
        cv_vector_push(parser->arena, &items, node->right);
        while (cv_syntax_parser_take(parser, ",") && !cv_syntax_parser_at(parser, "]"))
            cv_vector_push(parser->arena, &items, parse_index(parser));
        node->right = cv_syntax_parser_node(parser, CV_SYNTAX_TUPLE, offset);
        node->right->items = items.items;
        node->right->count = items.count;
        node->right = cv_syntax_parser_finish(parser, node->right);
    }
    return cv_syntax_parser_close(parser, "]", "[", opening) ? cv_syntax_parser_finish(parser, node) : NULL;
}

static CvSyntax *parse_postfix(CvSyntaxParser *parser)
{
    CvSyntax *node = cv_syntax_parser_atom(parser);
    while (node && !parser->failed) {
        if (cv_syntax_parser_at(parser, "(")) {
            node = parse_call(parser, node);
        } else if (cv_syntax_parser_at(parser, "[")) {
            node = parse_subscript(parser, node);
        } else if (cv_syntax_parser_take(parser, ".")) {
            CvSyntax *attribute = cv_syntax_parser_node(parser, CV_SYNTAX_ATTRIBUTE, node->offset);
            if (!parser->failed && parser->token.kind != CV_TOKEN_NAME)
                return cv_syntax_parser_unexpected(parser);
            attribute->left = node;
            attribute->name = parser->token.text;
            cv_syntax_parser_advance(parser);
            node = cv_syntax_parser_finish(parser, attribute);
        } else {
            break;
        }
    }
    return parser->failed ? NULL : node;
}

/* ---- operators ---- */

static const struct {
    const char *text;
    int binds; /* more is tighter */
} operators[] = {{"|", 1}, {"^", 2}, {"&", 3}, {"<<", 4}, {">>", 4}, {"+", 5},
                 {"-", 5}, {"*", 6}, {"/", 6}, {"//", 6}, {"%", 6}};

static CvSyntax *binary(CvSyntaxParser *parser, CvSyntax *left, const char *operator_text, CvSyntax *right)
{
    if (parser->failed || !left || !right)
        return NULL;
    CvSyntax *node = cv_syntax_parser_node(parser, CV_SYNTAX_BINARY, left->offset);
    node->left = left;
    node->right = right;
    memcpy(node->operator_text, operator_text, strlen(operator_text) + 1);
    return cv_syntax_parser_finish(parser, node);
}

static CvSyntax *parse_unary(CvSyntaxParser *parser)
{
    static const char *const prefixes[] = {"-", "+", "~"};
    for (size_t i = 0; i < CV_COUNT_OF(prefixes); i++) {
        if (!cv_syntax_parser_at(parser, prefixes[i]))
            continue;
        CvSyntax *node = cv_syntax_parser_node(parser, CV_SYNTAX_UNARY, parser->token.offset);
        if (!cv_syntax_parser_enter(parser))
            return NULL;
        cv_syntax_parser_advance(parser);
        node->operator_text[0] = prefixes[i][0];
        node->left = parse_unary(parser);
        parser->nesting--;
        return cv_syntax_parser_finish(parser, node);
    }
    CvSyntax *left = parse_postfix(parser);
    if (left && cv_syntax_parser_at(parser, "**")) {
        if (!cv_syntax_parser_enter(parser))
            return NULL;
        cv_syntax_parser_advance(parser);
        left = binary(parser, left, "**", parse_unary(parser)); /* from the right: 2 ** 3 ** 2 is 512 */
        parser->nesting--;
    }
    return left;
}

/* Operators that bind at least as tight as `least`. */
CvSyntax *cv_syntax_parser_expression(CvSyntaxParser *parser, int least)
{
    CvSyntax *left = parse_unary(parser);
    while (left && !parser->failed) {
        size_t i = 0;
        while (i < CV_COUNT_OF(operators) &&
               !(operators[i].binds >= least && cv_syntax_parser_at(parser, operators[i].text)))
            i++;
        if (i == CV_COUNT_OF(operators))
            break;
        cv_syntax_parser_advance(parser);
        left = binary(parser, left, operators[i].text, cv_syntax_parser_expression(parser, operators[i].binds + 1));
    }
    return parser->failed ? NULL : left;
}

/* `a, b` without brackets is a tuple too. */
static CvSyntax *parse_all(CvSyntaxParser *parser)
{
    size_t offset = parser->token.offset;
    CvSyntaxNodes items = {0};
    CvSyntax *first = cv_syntax_parser_item(parser);
    if (!first || !cv_syntax_parser_at(parser, ",")) {
        if (first && first->kind == CV_SYNTAX_STARRED)
            return cv_syntax_parser_fail(parser, first->offset, NULL, "can't use starred expression here");
        return first;
    }
    cv_vector_push(parser->arena, &items, first);
    while (cv_syntax_parser_take(parser, ",") && parser->token.kind != CV_TOKEN_END) {
        CvSyntax *item = cv_syntax_parser_item(parser);
        if (!item)
            return NULL;
        cv_vector_push(parser->arena, &items, item);
    }
    CvSyntax *node = cv_syntax_parser_node(parser, CV_SYNTAX_TUPLE, offset);
    node->items = items.items;
    node->count = items.count;
    return cv_syntax_parser_finish(parser, node);
}

bool cv_syntax_parse(CvArena *arena, CvSlice text, CvSyntax **out, CvError *error)
{
    return cv_syntax_parse_from(arena, text, 0, out, error);
}

bool cv_syntax_parse_from(CvArena *arena, CvSlice text, size_t start, CvSyntax **out, CvError *error)
{
    *out = NULL;
    if (text.length > CV_SYNTAX_LENGTH_MAX)
        return cv_syntax_fail(arena, cv_slice_range(text, 0, 0), error, 0, NULL, "the expression is too long");
    if (text.length && memchr(text.data, '\0', text.length))
        return cv_syntax_fail(arena, text, error, (size_t)cv_slice_find_byte(text, '\0'), NULL,
                              "source code string cannot contain null bytes");
    size_t valid = cv_utf8_valid_prefix(text);
    if (valid < text.length)
        return cv_syntax_fail(arena, cv_slice_range(text, 0, valid), error, valid, NULL, "the text is not UTF-8");
    while (text.length && strchr(" \t\r\n\f", text.data[text.length - 1]))
        text.length--;
    CvSyntaxParser parser = {.lexer = cv_syntax_lexer(arena, text, error), .arena = arena};
    parser.lexer.position = start < text.length ? start : text.length;
    while (parser.lexer.position < text.length && strchr(" \t\r\n\f", text.data[parser.lexer.position]))
        parser.lexer.position++;
    cv_syntax_parser_advance(&parser);
    CvSyntax *node = parse_all(&parser);
    if (!parser.failed && parser.token.kind != CV_TOKEN_END) {
        if (cv_syntax_parser_at(&parser, ")") || cv_syntax_parser_at(&parser, "]") || cv_syntax_parser_at(&parser, "}"))
            cv_syntax_parser_fail(&parser, parser.token.offset, NULL, "unmatched '%.*s'",
                                  CV_SLICE_ARG(parser.token.text));
        else
            cv_syntax_parser_unexpected(&parser);
    }
    if (parser.failed)
        return false;
    *out = node;
    return true;
}
