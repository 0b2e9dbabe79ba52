/* syntax_parser.c: the query language's grammar: precedence climbing over the lexer's tokens, every recursion bounded.
 */
#include <stdarg.h>

#include "base/vector.h"
#include "orm/syntax.h"
#include "text/utf8.h"

typedef struct Parser {
    CvSyntaxLexer lexer;
    CvArena *arena;
    CvToken token; /* the next one */
    int nesting;
    uint32_t behind; /* where the token before `token` ended */
    bool failed;
} Parser;

typedef CV_VECTOR(CvSyntax *) Nodes;

static CvSyntax *parse_expression(Parser *parser, int least);

static CvSyntax *fail(Parser *parser, size_t offset, const char *hint, const char *format, ...) CV_PRINTF(4, 5);
static CvSyntax *fail(Parser *parser, size_t offset, const char *hint, const char *format, ...)
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

static void advance(Parser *parser)
{
    if (parser->failed)
        return;
    parser->behind = parser->token.end;
    parser->token = cv_syntax_next(&parser->lexer);
    if (parser->token.kind == CV_TOKEN_ERROR)
        parser->failed = true;
}

static bool at(const Parser *parser, const char *operator_text)
{
    return !parser->failed && parser->token.kind == CV_TOKEN_OPERATOR && cv_slice_is(parser->token.text, operator_text);
}

static bool at_word(const Parser *parser, const char *word)
{
    return !parser->failed && parser->token.kind == CV_TOKEN_NAME && cv_slice_is(parser->token.text, word);
}

static bool take(Parser *parser, const char *operator_text)
{
    if (!at(parser, operator_text))
        return false;
    advance(parser);
    return true;
}

/* What stands here does not belong here. */
static CvSyntax *unexpected(Parser *parser)
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
    };
    const char *hint = NULL;
    for (size_t i = 0; i < CV_COUNT_OF(hints) && parser->token.kind != CV_TOKEN_END; i++)
        if (cv_slice_is(parser->token.text, hints[i].word))
            hint = hints[i].hint;
    return fail(parser, parser->token.offset, hint, "invalid syntax");
}

static bool enter(Parser *parser)
{
    if (++parser->nesting > CV_SYNTAX_NESTING_MAX)
        fail(parser, parser->token.offset, NULL, "too many nested parentheses");
    return !parser->failed;
}

static uint16_t deeper(uint16_t depth, const CvSyntax *child)
{
    return child && child->depth > depth ? child->depth : depth;
}

/* Sets end and depth; a tree that is too deep is an error. */
static CvSyntax *finish(Parser *parser, CvSyntax *node)
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
        return fail(parser, node->offset, NULL, "the expression is too deep");
    return node;
}

static CvSyntax *make(Parser *parser, CvSyntaxKind kind, size_t offset)
{
    CvSyntax *node = cv_arena_new(parser->arena, CvSyntax);
    node->kind = kind;
    node->offset = (uint32_t)offset;
    return node;
}

/* Behind an opening bracket at `offset`: the closing one, or Python's complaint. */
static bool close_bracket(Parser *parser, const char *closing, const char *opening, size_t offset)
{
    if (at(parser, closing)) {
        parser->lexer.brackets--;
        parser->nesting--;
        advance(parser);
        return !parser->failed;
    }
    if (parser->failed)
        return false;
    if (parser->token.kind == CV_TOKEN_END)
        fail(parser, offset, NULL, "'%s' was never closed", opening);
    else if (at(parser, ")") || at(parser, "]") || at(parser, "}"))
        fail(parser, parser->token.offset, NULL, "closing parenthesis '%.*s' does not match opening parenthesis '%s'",
             CV_SLICE_ARG(parser->token.text), opening);
    else
        unexpected(parser);
    return false;
}

/* Takes the opening bracket that is the next token. */
static bool open_bracket(Parser *parser)
{
    if (!enter(parser))
        return false;
    parser->lexer.brackets++;
    advance(parser);
    return !parser->failed;
}

/* ---- comprehensions ---- */

static bool parse_targets(Parser *parser, CvSyntaxClause *clause)
{
    CV_VECTOR(CvSlice) names = {0};
    bool bracket = at(parser, "(");
    if (bracket && !open_bracket(parser))
        return false;
    size_t start = parser->token.offset;
    while (parser->token.kind == CV_TOKEN_NAME && !at_word(parser, "in")) {
        cv_vector_push(parser->arena, &names, parser->token.text);
        advance(parser);
        if (!take(parser, ","))
            break;
        clause->unpack = true;
    }
    if (names.count == 0) {
        fail(parser, start, NULL, "invalid syntax");
        return false;
    }
    clause->names = names.items;
    clause->name_count = names.count;
    return !bracket || close_bracket(parser, ")", "(", start);
}

/* After the element: `for n in Y`, once or more. */
static CvSyntax *parse_clauses(Parser *parser, CvSyntax *element, size_t offset)
{
    CV_VECTOR(CvSyntaxClause) clauses = {0};
    CvSyntax *node = make(parser, CV_SYNTAX_COMPREHENSION, offset);
    while (at_word(parser, "for")) {
        CvSyntaxClause *clause = cv_vector_add(parser->arena, &clauses);
        advance(parser);
        if (!parse_targets(parser, clause))
            return NULL;
        if (!at_word(parser, "in"))
            return unexpected(parser);
        advance(parser);
        clauses.items[clauses.count - 1].source = parse_expression(parser, 0);
        if (parser->failed)
            return NULL;
    }
    if (element->kind == CV_SYNTAX_STARRED)
        return fail(parser, element->offset, NULL, "iterable unpacking cannot be used in comprehension");
    node->left = element;
    node->clauses = clauses.items;
    node->count = clauses.count;
    return finish(parser, node);
}

/* ---- atoms ---- */

static CvSyntax *parse_item(Parser *parser)
{
    size_t offset = parser->token.offset;
    if (!take(parser, "*"))
        return parse_expression(parser, 0);
    CvSyntax *node = make(parser, CV_SYNTAX_STARRED, offset);
    node->left = parse_expression(parser, 0);
    return finish(parser, node);
}

/* Items up to a closing bracket that is not taken. `comma`: one stood behind the last or the only one. */
static bool parse_items(Parser *parser, const char *closing, Nodes *items, bool *comma)
{
    *comma = false;
    while (!parser->failed && !at(parser, closing) && parser->token.kind != CV_TOKEN_END) {
        CvSyntax *item = parse_item(parser);
        if (!item)
            return false;
        cv_vector_push(parser->arena, items, item);
        *comma = take(parser, ",");
        if (!*comma)
            break;
    }
    return !parser->failed;
}

static CvSyntax *parse_sequence(Parser *parser, const char *opening, const char *closing, CvSyntaxKind kind)
{
    size_t offset = parser->token.offset;
    Nodes items = {0};
    bool comma;
    if (!open_bracket(parser) || !parse_items(parser, closing, &items, &comma))
        return NULL;
    if (items.count == 1 && !comma && at_word(parser, "for")) {
        CvSyntax *node = parse_clauses(parser, items.items[0], offset);
        return close_bracket(parser, closing, opening, offset) ? finish(parser, node) : NULL;
    }
    if (!close_bracket(parser, closing, opening, offset))
        return NULL;
    if (kind == CV_SYNTAX_TUPLE && items.count == 1 && !comma) {
        if (items.items[0]->kind == CV_SYNTAX_STARRED)
            return fail(parser, items.items[0]->offset, NULL, "cannot use starred expression here");
        return items.items[0];
    }
    CvSyntax *node = make(parser, kind, offset);
    node->items = items.items;
    node->count = items.count;
    return finish(parser, node);
}

static CvSyntax *parse_braces(Parser *parser)
{
    size_t offset = parser->token.offset;
    CvSyntax *node = make(parser, CV_SYNTAX_DICT, offset);
    Nodes items = {0};
    bool first = true;
    if (!open_bracket(parser))
        return NULL;
    while (!parser->failed && !at(parser, "}") && parser->token.kind != CV_TOKEN_END) {
        bool doubled = take(parser, "**");
        CvSyntax *key = doubled ? NULL : parse_item(parser), *value = NULL;
        if (first && !doubled && !at(parser, ":"))
            node->kind = CV_SYNTAX_SET;
        first = false;
        if (node->kind == CV_SYNTAX_DICT) {
            if (!doubled && !take(parser, ":"))
                return unexpected(parser);
            value = parse_expression(parser, 0);
            cv_vector_push(parser->arena, &items, key);
            cv_vector_push(parser->arena, &items, value);
        } else if (doubled) {
            return unexpected(parser);
        } else {
            cv_vector_push(parser->arena, &items, key);
        }
        if (!take(parser, ","))
            break;
    }
    if (!close_bracket(parser, "}", "{", offset))
        return NULL;
    node->items = items.items;
    node->count = items.count;
    return finish(parser, node);
}

/* Neighbouring strings are one. */
static CvSyntax *parse_constant(Parser *parser)
{
    CvSyntax *node = make(parser, CV_SYNTAX_CONSTANT, parser->token.offset);
    node->constant = parser->token.value;
    advance(parser);
    if (node->constant.kind != CV_STRING && node->constant.kind != CV_BYTES)
        return finish(parser, node);
    CvBuffer joined = cv_buffer(parser->arena);
    while (!parser->failed && parser->token.kind == CV_TOKEN_CONSTANT &&
           (parser->token.value.kind == CV_STRING || parser->token.value.kind == CV_BYTES)) {
        if (parser->token.value.kind != node->constant.kind)
            return fail(parser, node->offset, NULL, "cannot mix bytes and nonbytes literals");
        if (!joined.data)
            cv_buffer_append(&joined, node->constant.text, node->constant.length);
        cv_buffer_append(&joined, parser->token.value.text, parser->token.value.length);
        advance(parser);
    }
    if (joined.data)
        node->constant = cv_value_text(node->constant.kind, cv_buffer_string(&joined), joined.length, 0);
    return finish(parser, node);
}

static CvSyntax *parse_name(Parser *parser)
{
    static const char *const reserved[] = {
        "and",      "as",     "assert",  "async", "await", "break",  "class", "continue", "def",  "del",  "elif",
        "else",     "except", "finally", "for",   "from",  "global", "if",    "import",   "in",   "is",   "lambda",
        "nonlocal", "not",    "or",      "pass",  "raise", "return", "try",   "while",    "with", "yield"};
    CvSlice name = parser->token.text;
    for (size_t i = 0; i < CV_COUNT_OF(reserved); i++)
        if (cv_slice_is(name, reserved[i]))
            return unexpected(parser);
    CvSyntax *node = make(parser, CV_SYNTAX_NAME, parser->token.offset);
    node->name = name;
    if (cv_slice_is(name, "True") || cv_slice_is(name, "False")) {
        node->kind = CV_SYNTAX_CONSTANT;
        node->constant = cv_value_bool(name.data[0] == 'T');
    } else if (cv_slice_is(name, "None")) {
        node->kind = CV_SYNTAX_CONSTANT;
        node->constant = cv_value_null();
    }
    advance(parser);
    return finish(parser, node);
}

static CvSyntax *parse_atom(Parser *parser)
{
    if (parser->failed)
        return NULL;
    if (parser->token.kind == CV_TOKEN_CONSTANT)
        return parse_constant(parser);
    if (parser->token.kind == CV_TOKEN_NAME)
        return parse_name(parser);
    if (at(parser, "("))
        return parse_sequence(parser, "(", ")", CV_SYNTAX_TUPLE);
    if (at(parser, "["))
        return parse_sequence(parser, "[", "]", CV_SYNTAX_LIST);
    if (at(parser, "{"))
        return parse_braces(parser);
    if (at(parser, ")") || at(parser, "]") || at(parser, "}"))
        return fail(parser, parser->token.offset, NULL, "unmatched '%.*s'", CV_SLICE_ARG(parser->token.text));
    return unexpected(parser);
}

/* ---- what follows an atom ---- */

typedef CV_VECTOR(CvSyntaxArgument) Arguments;

static bool check_argument(Parser *parser, const Arguments *arguments, const CvSyntaxArgument *argument)
{
    bool keyword = argument->name.length || argument->stars == 2;
    for (size_t i = 0; i < arguments->count; i++) {
        const CvSyntaxArgument *before = &arguments->items[i];
        if (argument->name.length && cv_slice_equal(argument->name, before->name))
            fail(parser, argument->offset, NULL, "keyword argument repeated: %.*s", CV_SLICE_ARG(argument->name));
        else if (!keyword && before->stars == 2)
            fail(parser, argument->offset, NULL,
                 argument->stars ? "iterable argument unpacking follows keyword argument unpacking"
                                 : "positional argument follows keyword argument unpacking");
        else if (!keyword && !argument->stars && before->name.length)
            fail(parser, argument->offset, NULL, "positional argument follows keyword argument");
    }
    return !parser->failed;
}

static bool parse_argument(Parser *parser, Arguments *arguments)
{
    CvSyntaxArgument argument = {.offset = parser->token.offset};
    argument.stars = take(parser, "**") ? 2 : take(parser, "*") ? 1 : 0;
    argument.value = parse_expression(parser, 0);
    if (parser->failed)
        return false;
    if (at(parser, "=") && !argument.stars) {
        if (argument.value->kind != CV_SYNTAX_NAME || parser->lexer.text.data[argument.value->offset] == '(') {
            bool constant = argument.value->kind == CV_SYNTAX_CONSTANT && argument.value->name.length;
            fail(parser, argument.offset, NULL,
                 constant ? "cannot assign to %.*s" : "expression cannot contain assignment, perhaps you meant \"==\"?",
                 CV_SLICE_ARG(argument.value->name));
            return false;
        }
        argument.name = argument.value->name;
        advance(parser);
        argument.value = parse_expression(parser, 0);
        if (parser->failed)
            return false;
    } else if (at_word(parser, "for") && arguments->count == 0 && !argument.stars) {
        argument.value = parse_clauses(parser, argument.value, argument.value->offset);
    }
    if (parser->failed || !check_argument(parser, arguments, &argument))
        return false;
    cv_vector_push(parser->arena, arguments, argument);
    return true;
}

static CvSyntax *parse_call(Parser *parser, CvSyntax *left)
{
    size_t opening = parser->token.offset;
    Arguments arguments = {0};
    CvSyntax *node = make(parser, CV_SYNTAX_CALL, left->offset);
    if (!open_bracket(parser))
        return NULL;
    while (!at(parser, ")") && parser->token.kind != CV_TOKEN_END) {
        if (!parse_argument(parser, &arguments))
            return NULL;
        if (!take(parser, ","))
            break;
    }
    if (!close_bracket(parser, ")", "(", opening))
        return NULL;
    node->left = left;
    node->arguments = arguments.items;
    node->count = arguments.count;
    return finish(parser, node);
}

/* `a`, `a:b`, `:`, `a:b:c` */
static CvSyntax *parse_index(Parser *parser)
{
    size_t offset = parser->token.offset;
    CvSyntax *first = at(parser, ":") ? NULL : parse_expression(parser, 0);
    if (parser->failed)
        return NULL;
    if (!at(parser, ":"))
        return first;
    CvSyntax *node = make(parser, CV_SYNTAX_SLICE, offset);
    node->left = first;
    advance(parser);
    if (!at(parser, ":") && !at(parser, "]") && !at(parser, ","))
        node->right = parse_expression(parser, 0);
    if (take(parser, ":") && !at(parser, "]") && !at(parser, ","))
        node->third = parse_expression(parser, 0);
    return finish(parser, node);
}

static CvSyntax *parse_subscript(Parser *parser, CvSyntax *left)
{
    size_t opening = parser->token.offset, offset;
    CvSyntax *node = make(parser, CV_SYNTAX_SUBSCRIPT, left->offset);
    if (!open_bracket(parser))
        return NULL;
    if (at(parser, "]"))
        return fail(parser, parser->token.offset, NULL, "invalid syntax");
    offset = parser->token.offset;
    node->left = left;
    node->right = parse_index(parser);
    if (at(parser, ",") && !parser->failed) {
        Nodes items = {0};
        cv_vector_push(parser->arena, &items, node->right);
        while (take(parser, ",") && !at(parser, "]"))
            cv_vector_push(parser->arena, &items, parse_index(parser));
        node->right = make(parser, CV_SYNTAX_TUPLE, offset);
        node->right->items = items.items;
        node->right->count = items.count;
        node->right = finish(parser, node->right);
    }
    return close_bracket(parser, "]", "[", opening) ? finish(parser, node) : NULL;
}

static CvSyntax *parse_postfix(Parser *parser)
{
    CvSyntax *node = parse_atom(parser);
    while (node && !parser->failed) {
        if (at(parser, "(")) {
            node = parse_call(parser, node);
        } else if (at(parser, "[")) {
            node = parse_subscript(parser, node);
        } else if (take(parser, ".")) {
            CvSyntax *attribute = make(parser, CV_SYNTAX_ATTRIBUTE, node->offset);
            if (!parser->failed && parser->token.kind != CV_TOKEN_NAME)
                return unexpected(parser);
            attribute->left = node;
            attribute->name = parser->token.text;
            advance(parser);
            node = finish(parser, attribute);
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

static CvSyntax *binary(Parser *parser, CvSyntax *left, const char *operator_text, CvSyntax *right)
{
    if (parser->failed || !left || !right)
        return NULL;
    CvSyntax *node = make(parser, CV_SYNTAX_BINARY, left->offset);
    node->left = left;
    node->right = right;
    memcpy(node->operator_text, operator_text, strlen(operator_text) + 1);
    return finish(parser, node);
}

static CvSyntax *parse_unary(Parser *parser)
{
    static const char *const prefixes[] = {"-", "+", "~"};
    for (size_t i = 0; i < CV_COUNT_OF(prefixes); i++) {
        if (!at(parser, prefixes[i]))
            continue;
        CvSyntax *node = make(parser, CV_SYNTAX_UNARY, parser->token.offset);
        if (!enter(parser))
            return NULL;
        advance(parser);
        node->operator_text[0] = prefixes[i][0];
        node->left = parse_unary(parser);
        parser->nesting--;
        return finish(parser, node);
    }
    CvSyntax *left = parse_postfix(parser);
    if (left && at(parser, "**")) {
        if (!enter(parser))
            return NULL;
        advance(parser);
        left = binary(parser, left, "**", parse_unary(parser)); /* from the right: 2 ** 3 ** 2 is 512 */
        parser->nesting--;
    }
    return left;
}

/* Operators that bind at least as tight as `least`. */
static CvSyntax *parse_expression(Parser *parser, int least)
{
    CvSyntax *left = parse_unary(parser);
    while (left && !parser->failed) {
        size_t i = 0;
        while (i < CV_COUNT_OF(operators) && !(operators[i].binds >= least && at(parser, operators[i].text)))
            i++;
        if (i == CV_COUNT_OF(operators))
            break;
        advance(parser);
        left = binary(parser, left, operators[i].text, parse_expression(parser, operators[i].binds + 1));
    }
    return parser->failed ? NULL : left;
}

/* `a, b` without brackets is a tuple too. */
static CvSyntax *parse_all(Parser *parser)
{
    size_t offset = parser->token.offset;
    Nodes items = {0};
    CvSyntax *first = parse_item(parser);
    if (!first || !at(parser, ",")) {
        if (first && first->kind == CV_SYNTAX_STARRED)
            return fail(parser, first->offset, NULL, "can't use starred expression here");
        return first;
    }
    cv_vector_push(parser->arena, &items, first);
    while (take(parser, ",") && parser->token.kind != CV_TOKEN_END) {
        CvSyntax *item = parse_item(parser);
        if (!item)
            return NULL;
        cv_vector_push(parser->arena, &items, item);
    }
    CvSyntax *node = make(parser, CV_SYNTAX_TUPLE, offset);
    node->items = items.items;
    node->count = items.count;
    return finish(parser, node);
}

bool cv_syntax_parse(CvArena *arena, CvSlice text, CvSyntax **out, CvError *error)
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
    Parser parser = {.lexer = cv_syntax_lexer(arena, text, error), .arena = arena};
    while (parser.lexer.position < text.length && strchr(" \t\r\n\f", text.data[parser.lexer.position]))
        parser.lexer.position++;
    advance(&parser);
    CvSyntax *node = parse_all(&parser);
    if (!parser.failed && parser.token.kind != CV_TOKEN_END) {
        if (at(&parser, ")") || at(&parser, "]") || at(&parser, "}"))
            fail(&parser, parser.token.offset, NULL, "unmatched '%.*s'", CV_SLICE_ARG(parser.token.text));
        else
            unexpected(&parser);
    }
    if (parser.failed)
        return false;
    *out = node;
    return true;
}
