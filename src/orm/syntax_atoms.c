/* syntax_atoms.c: what an expression begins with: constants, names, tuples, lists, sets, dicts, comprehensions. */
#include "orm/syntax_private.h"

/* ---- comprehensions ---- */

static bool parse_targets(CvSyntaxParser *parser, CvSyntaxClause *clause)
{
    CV_VECTOR(CvSlice) names = {0};
    bool bracket = cv_syntax_parser_at(parser, "(");
    if (bracket && !cv_syntax_parser_open(parser))
        return false;
    size_t start = parser->token.offset;
    while (parser->token.kind == CV_TOKEN_NAME && !cv_syntax_parser_at_word(parser, "in")) {
        cv_vector_push(parser->arena, &names, parser->token.text);
        cv_syntax_parser_advance(parser);
        if (!cv_syntax_parser_take(parser, ","))
            break;
        clause->unpack = true;
    }
    if (names.count == 0) {
        cv_syntax_parser_fail(parser, start, NULL, "invalid syntax");
        return false;
    }
    clause->names = names.items;
    clause->name_count = names.count;
    return !bracket || cv_syntax_parser_close(parser, ")", "(", start);
}

/* After the element: `for n in Y`, once or more. */
CvSyntax *cv_syntax_parser_clauses(CvSyntaxParser *parser, CvSyntax *element, size_t offset)
{
    CV_VECTOR(CvSyntaxClause) clauses = {0};
    CvSyntax *node = cv_syntax_parser_node(parser, CV_SYNTAX_COMPREHENSION, offset);
    while (cv_syntax_parser_at_word(parser, "for")) {
        CvSyntaxClause *clause = cv_vector_add(parser->arena, &clauses);
        cv_syntax_parser_advance(parser);
        if (!parse_targets(parser, clause))
            return NULL;
        if (!cv_syntax_parser_at_word(parser, "in"))
            return cv_syntax_parser_unexpected(parser);
        cv_syntax_parser_advance(parser);
        clauses.items[clauses.count - 1].source = cv_syntax_parser_expression(parser, 0);
        if (parser->failed)
            return NULL;
    }
    if (element->kind == CV_SYNTAX_STARRED)
        return cv_syntax_parser_fail(parser, element->offset, NULL,
                                     "iterable unpacking cannot be used in comprehension");
    node->left = element;
    node->clauses = clauses.items;
    node->count = clauses.count;
    return cv_syntax_parser_finish(parser, node);
}

/* ---- atoms ---- */

CvSyntax *cv_syntax_parser_item(CvSyntaxParser *parser)
{
    size_t offset = parser->token.offset;
    if (!cv_syntax_parser_take(parser, "*"))
        return cv_syntax_parser_expression(parser, 0);
    CvSyntax *node = cv_syntax_parser_node(parser, CV_SYNTAX_STARRED, offset);
    node->left = cv_syntax_parser_expression(parser, 0);
    return cv_syntax_parser_finish(parser, node);
}

/* Items up to a closing bracket that is not taken. `comma`: one stood behind the last or the only one. */
static bool parse_items(CvSyntaxParser *parser, const char *closing, CvSyntaxNodes *items, bool *comma)
{
    *comma = false;
    while (!parser->failed && !cv_syntax_parser_at(parser, closing) && parser->token.kind != CV_TOKEN_END) {
        CvSyntax *item = cv_syntax_parser_item(parser);
        if (!item)
            return false;
        cv_vector_push(parser->arena, items, item);
        *comma = cv_syntax_parser_take(parser, ",");
        if (!*comma)
            break;
    }
    return !parser->failed;
}

static CvSyntax *parse_sequence(CvSyntaxParser *parser, const char *opening, const char *closing, CvSyntaxKind kind)
{
    size_t offset = parser->token.offset;
    CvSyntaxNodes items = {0};
    bool comma;
    if (!cv_syntax_parser_open(parser) || !parse_items(parser, closing, &items, &comma))
        return NULL;
    if (items.count == 1 && !comma && cv_syntax_parser_at_word(parser, "for")) {
        CvSyntax *node = cv_syntax_parser_clauses(parser, items.items[0], offset);
        return cv_syntax_parser_close(parser, closing, opening, offset) ? cv_syntax_parser_finish(parser, node) : NULL;
    }
    if (!cv_syntax_parser_close(parser, closing, opening, offset))
        return NULL;
    if (kind == CV_SYNTAX_TUPLE && items.count == 1 && !comma) {
        if (items.items[0]->kind == CV_SYNTAX_STARRED)
            return cv_syntax_parser_fail(parser, items.items[0]->offset, NULL, "cannot use starred expression here");
        return items.items[0];
    }
    CvSyntax *node = cv_syntax_parser_node(parser, kind, offset);
    node->items = items.items;
    node->count = items.count;
    return cv_syntax_parser_finish(parser, node);
}

static CvSyntax *parse_braces(CvSyntaxParser *parser)
{
    size_t offset = parser->token.offset;
    CvSyntax *node = cv_syntax_parser_node(parser, CV_SYNTAX_DICT, offset);
    CvSyntaxNodes items = {0};
    bool first = true;
    if (!cv_syntax_parser_open(parser))
        return NULL;
    while (!parser->failed && !cv_syntax_parser_at(parser, "}") && parser->token.kind != CV_TOKEN_END) {
        bool doubled = cv_syntax_parser_take(parser, "**");
        CvSyntax *key = doubled ? NULL : cv_syntax_parser_item(parser), *value = NULL;
        if (first && !doubled && !cv_syntax_parser_at(parser, ":"))
            node->kind = CV_SYNTAX_SET;
        first = false;
        if (node->kind == CV_SYNTAX_DICT) {
            if (!doubled && !cv_syntax_parser_take(parser, ":"))
                return cv_syntax_parser_unexpected(parser);
            value = cv_syntax_parser_expression(parser, 0);
            cv_vector_push(parser->arena, &items, key);
            cv_vector_push(parser->arena, &items, value);
        } else if (doubled) {
            return cv_syntax_parser_unexpected(parser);
        } else {
            cv_vector_push(parser->arena, &items, key);
        }
        if (!cv_syntax_parser_take(parser, ","))
            break;
    }
    if (!cv_syntax_parser_close(parser, "}", "{", offset))
        return NULL;
    node->items = items.items;
    node->count = items.count;
    return cv_syntax_parser_finish(parser, node);
}

/* Neighbouring strings are one. */
static CvSyntax *parse_constant(CvSyntaxParser *parser)
{
    CvSyntax *node = cv_syntax_parser_node(parser, CV_SYNTAX_CONSTANT, parser->token.offset);
    node->constant = parser->token.value;
    cv_syntax_parser_advance(parser);
    if (node->constant.kind != CV_STRING && node->constant.kind != CV_BYTES)
        return cv_syntax_parser_finish(parser, node);
    CvBuffer joined = cv_buffer(parser->arena);
    while (!parser->failed && parser->token.kind == CV_TOKEN_CONSTANT &&
           (parser->token.value.kind == CV_STRING || parser->token.value.kind == CV_BYTES)) {
        if (parser->token.value.kind != node->constant.kind)
            return cv_syntax_parser_fail(parser, node->offset, NULL, "cannot mix bytes and nonbytes literals");
        if (!joined.data)
            cv_buffer_append(&joined, node->constant.text, node->constant.length);
        cv_buffer_append(&joined, parser->token.value.text, parser->token.value.length);
        cv_syntax_parser_advance(parser);
    }
    if (joined.data)
        node->constant = cv_value_text(node->constant.kind, cv_buffer_string(&joined), joined.length, 0);
    return cv_syntax_parser_finish(parser, node);
}

static CvSyntax *parse_name(CvSyntaxParser *parser)
{
    static const char *const reserved[] = {
        "and",      "as",     "assert",  "async", "await", "break",  "class", "continue", "def",  "del",  "elif",
        "else",     "except", "finally", "for",   "from",  "global", "if",    "import",   "in",   "is",   "lambda",
        "nonlocal", "not",    "or",      "pass",  "raise", "return", "try",   "while",    "with", "yield"};
    CvSlice name = parser->token.text;
    for (size_t i = 0; i < CV_COUNT_OF(reserved); i++)
        if (cv_slice_is(name, reserved[i]))
            return cv_syntax_parser_unexpected(parser);
    CvSyntax *node = cv_syntax_parser_node(parser, CV_SYNTAX_NAME, parser->token.offset);
    node->name = name;
    if (cv_slice_is(name, "True") || cv_slice_is(name, "False")) {
        node->kind = CV_SYNTAX_CONSTANT;
        node->constant = cv_value_bool(name.data[0] == 'T');
    } else if (cv_slice_is(name, "None")) {
        node->kind = CV_SYNTAX_CONSTANT;
        node->constant = cv_value_null();
    }
    cv_syntax_parser_advance(parser);
    return cv_syntax_parser_finish(parser, node);
}

CvSyntax *cv_syntax_parser_atom(CvSyntaxParser *parser)
{
    if (parser->failed)
        return NULL;
    if (parser->token.kind == CV_TOKEN_CONSTANT)
        return parse_constant(parser);
    if (parser->token.kind == CV_TOKEN_NAME)
        return parse_name(parser);
    if (cv_syntax_parser_at(parser, "("))
        return parse_sequence(parser, "(", ")", CV_SYNTAX_TUPLE);
    if (cv_syntax_parser_at(parser, "["))
        return parse_sequence(parser, "[", "]", CV_SYNTAX_LIST);
    if (cv_syntax_parser_at(parser, "{"))
        return parse_braces(parser);
    if (cv_syntax_parser_at(parser, ")") || cv_syntax_parser_at(parser, "]") || cv_syntax_parser_at(parser, "}"))
        return cv_syntax_parser_fail(parser, parser->token.offset, NULL, "unmatched '%.*s'",
                                     CV_SLICE_ARG(parser->token.text));
    return cv_syntax_parser_unexpected(parser);
}
