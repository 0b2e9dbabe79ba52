/* parser_private.h: a template being compiled. */
#ifndef CV_TEMPLATE_PARSER_PRIVATE_H
#define CV_TEMPLATE_PARSER_PRIVATE_H

#include "template/lexer_private.h"
#include "template/program_private.h"

typedef struct CvLoaded {
    const CvLibraryIndex *library;
    CvSlice only; /* {% load name from library %}: just this; no data: all */
} CvLoaded;

typedef struct CvNamedCycle {
    CvSlice name;
    const void *data;
} CvNamedCycle;

struct CvParser {
    CvTemplate *page;
    CvEngine *engine;
    CvArena *arena;   /* the template's */
    CvArena *scratch; /* for this compilation */
    CvTokens tokens;
    size_t at; /* the next token */
    const CvToken *current;
    const CvToken *blame; /* the tag being compiled: errors point at it */
    CV_VECTOR(CvLoaded) loaded;
    CV_VECTOR(const CvToken *) open; /* tags whose bodies are being compiled */
    CV_VECTOR(CvCode) code;
    CV_VECTOR(CvSlice) bound; /* names that tags around set */
    CvMap *bound_count;       /* how often each of them is set, as a pointer's number */
    CvMap *read;              /* names that were recorded as read */
    CV_VECTOR(size_t) scopes;
    CV_VECTOR(CvNamedCycle) cycles;
    const void *last_cycle;
    CvMap *names;  /* one copy of each name, so that equal names are the same pointer */
    size_t body;   /* where the body being compiled begins */
    CvSlice block; /* the block being compiled */
    size_t depth, extends;
    uint32_t loop_peeks; /* counts what needs the length of a loop's sequence, or all of its items */
    bool nontext;        /* something other than text was emitted at the top level */
};

/* Compiles up to one of `until` (NULL: the end of the source). */
void cv_parser_parse(CvParser *parser, const char *const *until);
CV_NORETURN CV_COLD void cv_parser_fail_at(CvParser *parser, const CvToken *token, const char *format, ...)
    CV_PRINTF(3, 4);
CV_NORETURN CV_COLD void cv_parser_invalid_tag(CvParser *parser, const CvToken *token, CvSlice command,
                                               const char *const *until);
const CvTag *cv_parser_find_tag(CvParser *parser, CvSlice name);
const CvFilter *cv_parser_find_filter(CvParser *parser, CvSlice name);
/* The words of any token. */
CvWords cv_parser_split(CvParser *parser, CvSlice contents);
/* The one copy of a name. */
CvSlice cv_parser_intern(CvParser *parser, CvSlice name);
/* Compiles an operand: a literal or a variable. */
void cv_parser_operand(CvParser *parser, CvSlice text, CvOperand *operand);
/* Records that a name is read, unless it is bound here. */
void cv_parser_read(CvParser *parser, CvSlice name);
CvTemplateMention *cv_parser_mention(CvParser *parser, CvMentionKind kind, CvSlice name);
/* The link is looked up when the template has been compiled; nothing to do if the expression is no literal. */
void cv_parser_link(CvParser *parser, CvLink *link, const CvExpression *name);
/* The names bound here, in the template's arena. */
const CvSlice *cv_parser_bound(CvParser *parser, size_t *count);
/* Compiles a simple, block or inclusion tag. */
void cv_parser_simple_tag(CvParser *parser, const CvTag *tag);
/* Python's repr of text, for messages. */
const char *cv_parser_repr(CvParser *parser, CvSlice text);
/* True if `word` is one of the names. */
bool cv_word_in(CvSlice word, const char *const *names);

#endif
