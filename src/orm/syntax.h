/* syntax.h: the query language of `./manage shell`, and of conditions, defaults and checks written as text in list
 * files: Python's expressions, as far as Django's queries need them, parsed into a tree.
 *
 *     CvSyntax *tree;
 *     CvError error;
 *     if (!cv_syntax_parse(arena, cv_slice("Book.objects.filter(price__lt=10)[:3]"), &tree, &error))
 *         puts(error.detail);                      // the line, and a caret under the place
 *
 * There are calls with positional, keyword, * and ** arguments, attributes, subscripts and slices, tuples, lists, sets,
 * dicts, numbers of any size, strings with all of Python's prefixes but f, [X for n in Y], and the operators
 * | ^ & << >> + - * / // % ** ~ with Python's precedence. There are no statements, comparisons, conditionals, lambdas
 * or assignments (a session of shell.h has those of its own). Text is UTF-8. Its length, its nesting and the depth of
 * the tree are bounded, so that whoever walks the tree by recursion needs no bound of his own. */
#ifndef CV_ORM_SYNTAX_H
#define CV_ORM_SYNTAX_H

#include "base/error.h"
#include "base/value.h"

CV_API_BEGIN

#define CV_SYNTAX_LENGTH_MAX ((size_t)1 << 20) /* bytes of one text */
#define CV_SYNTAX_NESTING_MAX 100              /* brackets and prefix operators in each other */
#define CV_SYNTAX_DEPTH_MAX 300                /* of the tree: a.b.c(d) is 5 deep */
#define CV_SYNTAX_DIGITS_MAX 4300              /* of an integer, as in Python */

typedef enum CvSyntaxKind {
    CV_SYNTAX_CONSTANT = 1,  /* constant: number, string, bytes, True, False, None */
    CV_SYNTAX_NAME,          /* name */
    CV_SYNTAX_ATTRIBUTE,     /* left . name */
    CV_SYNTAX_CALL,          /* left ( arguments ) */
    CV_SYNTAX_SUBSCRIPT,     /* left [ right ] */
    CV_SYNTAX_SLICE,         /* left : right : third, each may be NULL; the right of a subscript */
    CV_SYNTAX_UNARY,         /* operator left: "-" "+" "~" */
    CV_SYNTAX_BINARY,        /* left operator right */
    CV_SYNTAX_TUPLE,         /* items */
    CV_SYNTAX_LIST,          /* items */
    CV_SYNTAX_SET,           /* items */
    CV_SYNTAX_DICT,          /* items: key, value, key, value ...; a NULL key: ** value */
    CV_SYNTAX_COMPREHENSION, /* [left for clauses] */
    CV_SYNTAX_STARRED,       /* *left, among items */
} CvSyntaxKind;

typedef struct CvSyntax CvSyntax;

typedef struct CvSyntaxArgument {
    CvSlice name;    /* empty: positional */
    CvSyntax *value; /* "**x": stars is 2; "*x": 1 */
    uint32_t offset; /* of the name or the value */
    uint8_t stars;
} CvSyntaxArgument;

/* `for a, b in source`: one name binds the item, several its parts. */
typedef struct CvSyntaxClause {
    const CvSlice *names;
    size_t name_count;
    bool unpack; /* the names are a tuple, perhaps of one */
    CvSyntax *source;
} CvSyntaxClause;

struct CvSyntax {
    CvSyntaxKind kind;
    uint32_t offset, end;  /* bytes of the text: from the first to behind the last */
    uint16_t depth;        /* of the tree below, at least 1 */
    char operator_text[4]; /* "-", "**" */
    CvSlice name;          /* normalised (NFKC), as Python does */
    CvValue constant;
    CvSyntax *left, *right, *third;
    CvSyntax **items;
    CvSyntaxArgument *arguments;
    CvSyntaxClause *clauses;
    size_t count; /* of items, arguments or clauses */
};

/* Parses one expression, all of `text`. The tree and its strings live in `arena` (names may point into `text`). False:
 * *error is a CV_ERROR_SYNTAX with Python's message where Python has one, line and column from 1 (columns count code
 * points), detail with the line and a caret, and a hint where there is something better to write. */
bool cv_syntax_parse(CvArena *arena, CvSlice text, CvSyntax **out, CvError *error) CV_NODISCARD;
/* The same of what stands behind byte `start`; places are those of the whole text. */
bool cv_syntax_parse_from(CvArena *arena, CvSlice text, size_t start, CvSyntax **out, CvError *error) CV_NODISCARD;

/* Line and column of a byte of the text, both from 1. */
void cv_syntax_place(CvSlice text, size_t offset, int *line, int *column);
/* Two lines: the one around `offset` (cut to what a terminal shows) and a caret under the place. */
const char *cv_syntax_caret(CvArena *arena, CvSlice text, size_t offset);

/* ---- tokens: what the parser reads, and what colours and completes a line ---- */

typedef enum CvTokenKind {
    CV_TOKEN_END,
    CV_TOKEN_NAME,     /* and words like `for`: text */
    CV_TOKEN_CONSTANT, /* number or string: value; neighbouring strings are separate tokens */
    CV_TOKEN_OPERATOR, /* text: "(", "**", "," ... */
    CV_TOKEN_ERROR,    /* the lexer's error is filled in */
} CvTokenKind;

typedef struct CvToken {
    CvTokenKind kind;
    uint32_t offset, end;
    CvSlice text; /* as written; of a name, normalised */
    CvValue value;
} CvToken;

typedef struct CvSyntaxLexer {
    CvArena *arena;
    CvSlice text;
    size_t position;
    int brackets; /* open ones: a line may end inside them */
    CvError *error;
} CvSyntaxLexer;

/* `text` must be at most CV_SYNTAX_LENGTH_MAX bytes of UTF-8 without NUL. */
CvSyntaxLexer cv_syntax_lexer(CvArena *arena, CvSlice text, CvError *error);
/* The next token; after CV_TOKEN_END or CV_TOKEN_ERROR the same again. The caller keeps `brackets`. */
CvToken cv_syntax_next(CvSyntaxLexer *lexer);
/* Fills in *error (of the lexer's text) and returns false. `hint` may be NULL. */
bool cv_syntax_fail(CvArena *arena, CvSlice text, CvError *error, size_t offset, const char *hint, const char *format,
                    ...) CV_PRINTF(6, 7);

CV_API_END

#endif
