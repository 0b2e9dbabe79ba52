/* plural.c: parses and evaluates Plural-Forms: numbers, n, parentheses, ! * / % + - < <= > >= == != && || ?: */
#include "template/plural_private.h"

#define PLURAL_NODES_MAX 400
#define PLURAL_DEPTH_MAX 50

typedef enum Operator {
    NUMBER,
    N,
    NOT,
    MULTIPLY,
    DIVIDE,
    REMAINDER,
    ADD,
    SUBTRACT,
    LESS,
    LESS_EQUAL,
    GREATER,
    GREATER_EQUAL,
    EQUAL,
    UNEQUAL,
    AND,
    OR,
    CHOOSE
} Operator;

typedef struct Node {
    Operator kind;
    int64_t number;
    const struct Node *a, *b, *c;
} Node;

struct CvPluralRule {
    const Node *root;
};

typedef struct Reader {
    CvArena *arena;
    CvSlice rest;
    int depth, nodes;
    bool failed;
} Reader;

static const Node *node(Reader *reader, Operator kind, const Node *a, const Node *b, const Node *c, int64_t number)
{
    if (++reader->nodes > PLURAL_NODES_MAX)
        reader->failed = true;
    Node *made = cv_arena_new(reader->arena, Node);
    *made = (Node){.kind = kind, .number = number, .a = a, .b = b, .c = c};
    return made;
}

static bool take(Reader *reader, const char *symbol)
{
    reader->rest = cv_slice_trim(reader->rest);
    if (!cv_slice_starts_with(reader->rest, cv_slice(symbol)))
        return false;
    reader->rest = cv_slice_skip(reader->rest, strlen(symbol));
    return true;
}

static const Node *choose(Reader *reader);

static const Node *primary(Reader *reader)
{
    if (reader->failed || ++reader->depth > PLURAL_DEPTH_MAX) {
        reader->failed = true;
        return NULL;
    }
    const Node *result = NULL;
    if (take(reader, "!")) {
        result = node(reader, NOT, primary(reader), NULL, NULL, 0);
    } else if (take(reader, "(")) {
        result = choose(reader);
        reader->failed |= !take(reader, ")");
    } else if (take(reader, "n")) {
        result = node(reader, N, NULL, NULL, NULL, 0);
    } else {
        size_t digits = 0;
        int64_t number = 0;
        while (digits < reader->rest.length && digits < 18 && reader->rest.data[digits] >= '0' &&
               reader->rest.data[digits] <= '9')
            number = number * 10 + (reader->rest.data[digits++] - '0');
        reader->failed |= digits == 0;
        reader->rest = cv_slice_skip(reader->rest, digits);
        result = node(reader, NUMBER, NULL, NULL, NULL, number);
    }
    reader->depth--;
    return result;
}

typedef struct Symbol {
    const char *text;
    Operator kind;
} Symbol;

/* Binary operators by level, the loosest first; longer symbols before their beginnings. */
static const Symbol levels[][5] = {
    {{"||", OR}},
    {{"&&", AND}},
    {{"==", EQUAL}, {"!=", UNEQUAL}},
    {{"<=", LESS_EQUAL}, {">=", GREATER_EQUAL}, {"<", LESS}, {">", GREATER}},
    {{"+", ADD}, {"-", SUBTRACT}},
    {{"*", MULTIPLY}, {"/", DIVIDE}, {"%", REMAINDER}},
};

static const Node *binary(Reader *reader, size_t level)
{
    if (level == CV_COUNT_OF(levels))
        return primary(reader);
    const Node *left = binary(reader, level + 1);
    for (size_t i = 0; levels[level][i].text && !reader->failed;) {
        if (!take(reader, levels[level][i].text)) {
            i++;
            continue;
        }
        left = node(reader, levels[level][i].kind, left, binary(reader, level + 1), NULL, 0);
        i = 0;
    }
    return left;
}

static const Node *choose(Reader *reader)
{
    if (reader->failed || ++reader->depth > PLURAL_DEPTH_MAX) {
        reader->failed = true;
        return NULL;
    }
    const Node *condition = binary(reader, 0);
    if (take(reader, "?")) {
        const Node *yes = choose(reader);
        reader->failed |= !take(reader, ":");
        const Node *no = choose(reader);
        condition = node(reader, CHOOSE, condition, yes, no, 0);
    }
    reader->depth--;
    return condition;
}

CvPluralRule *cv_plural_parse(CvArena *arena, CvSlice rule)
{
    ptrdiff_t at = cv_slice_find(rule, CV_SLICE("plural="));
    while (at > 0 && rule.data[at - 1] == 'n') { /* "nplural=" is not it */
        ptrdiff_t next = cv_slice_find(cv_slice_skip(rule, (size_t)at + 1), CV_SLICE("plural="));
        at = next < 0 ? -1 : at + 1 + next;
    }
    if (at >= 0)
        rule = cv_slice_skip(rule, (size_t)at + 7);
    Reader reader = {.arena = arena, .rest = rule};
    const Node *root = choose(&reader);
    take(&reader, ";");
    if (reader.failed || cv_slice_trim(reader.rest).length)
        return NULL;
    CvPluralRule *parsed = cv_arena_new(arena, CvPluralRule);
    parsed->root = root;
    return parsed;
}

static CV_WRAPS int64_t evaluate(const Node *at, int64_t n)
{
    if (at->kind == NUMBER)
        return at->number;
    if (at->kind == N)
        return n;
    int64_t a = evaluate(at->a, n);
    switch (at->kind) {
    case NOT:
        return !a;
    case AND:
        return a && evaluate(at->b, n);
    case OR:
        return a || evaluate(at->b, n);
    case CHOOSE:
        return evaluate(a ? at->b : at->c, n);
    default:
        break;
    }
    int64_t b = evaluate(at->b, n);
    switch (at->kind) {
    case MULTIPLY:
        return (int64_t)((uint64_t)a * (uint64_t)b);
    case DIVIDE:
        return b > 0 ? a / b : 0;
    case REMAINDER:
        return b > 0 ? a % b : 0;
    case ADD:
        return (int64_t)((uint64_t)a + (uint64_t)b);
    case SUBTRACT:
        return (int64_t)((uint64_t)a - (uint64_t)b);
    case LESS:
        return a < b;
    case LESS_EQUAL:
        return a <= b;
    case GREATER:
        return a > b;
    case GREATER_EQUAL:
        return a >= b;
    case EQUAL:
        return a == b;
    case UNEQUAL:
        return a != b;
    default:
        return 0;
    }
}

size_t cv_plural_form(const CvPluralRule *rule, int64_t n)
{
    int64_t form = evaluate(rule->root, n < 0 ? -(n + 1) + 1 : n);
    return form < 0 ? 0 : (size_t)form;
}
