/* lexer.c: cuts a template's source into text, variables, tags and comments. */
#include "template/lexer_private.h"

#include <unictype.h>
#include <unistr.h>

/* Python's str.isspace() beyond ASCII. */
static bool is_wide_space(ucs4_t c)
{
    return c == 0x85 || c == 0xa0 || c == 0x1680 || (c >= 0x2000 && c <= 0x200a) || c == 0x2028 || c == 0x2029 ||
           c == 0x202f || c == 0x205f || c == 0x3000;
}

size_t cv_template_space(const char *at, const char *end)
{
    if (at >= end)
        return 0;
    unsigned char c = (unsigned char)*at;
    if (c < 0x80)
        return c == ' ' || (c >= '\t' && c <= '\r') || (c >= 0x1c && c <= 0x1f);
    ucs4_t wide;
    int length = u8_mbtoucr(&wide, (const uint8_t *)at, (size_t)(end - at));
    return length > 0 && is_wide_space(wide) ? (size_t)length : 0;
}

size_t cv_template_word(const char *at, const char *end)
{
    if (at >= end)
        return 0;
    unsigned char c = (unsigned char)*at;
    if (c < 0x80)
        return c == '_' || (c >= '0' && c <= '9') || ((c | 32) >= 'a' && (c | 32) <= 'z');
    ucs4_t wide;
    int length = u8_mbtoucr(&wide, (const uint8_t *)at, (size_t)(end - at));
    return length > 0 && uc_is_general_category_withtable(wide, UC_CATEGORY_MASK_L | UC_CATEGORY_MASK_N)
               ? (size_t)length
               : 0;
}

CvSlice cv_template_trim(CvSlice text)
{
    const char *at = text.data, *end = text.data + text.length;
    for (size_t n; (n = cv_template_space(at, end)) > 0;)
        at += n;
    while (end > at) {
        const char *last = end - 1;
        while (last > at && ((unsigned char)*last & 0xc0) == 0x80 && end - last < 4)
            last--;
        if (cv_template_space(last, end) != (size_t)(end - last))
            break;
        end = last;
    }
    return cv_slice_of(at, (size_t)(end - at));
}

/* Where the closing delimiters of each kind stand next; a search is not repeated before its result is passed. */
typedef struct Closers {
    const char *next[3];
    const char *line_end;
} Closers;

static const char *find_close(Closers *closers, int kind, char mark, const char *from, const char *end)
{
    if (!closers->line_end || from > closers->line_end) {
        const char *newline = memchr(from, '\n', (size_t)(end - from));
        *closers = (Closers){.line_end = newline ? newline : end};
    }
    const char *known = closers->next[kind];
    if (!known || known < from) {
        const char close[2] = {mark, '}'};
        known = memmem(from, (size_t)(closers->line_end - from), close, 2);
        closers->next[kind] = known = known ? known : closers->line_end;
    }
    return known < closers->line_end ? known : NULL;
}

typedef struct Lexer {
    CvArena *arena;
    CvTokens *tokens;
    const char *start;
    int line, column;
    CvSlice verbatim; /* the tag that ends the verbatim part, or no data */
} Lexer;

static void add(Lexer *lexer, CvTokenKind kind, const char *from, const char *to, CvSlice contents)
{
    if (from == to)
        return;
    *cv_vector_add(lexer->arena, lexer->tokens) = (CvToken){.kind = kind,
                                                            .line = lexer->line,
                                                            .column = lexer->column,
                                                            .position = (uint32_t)(from - lexer->start),
                                                            .length = (uint32_t)(to - from),
                                                            .contents = contents};
    for (const char *at = from; at < to; at++) {
        if (*at == '\n') {
            lexer->line++;
            lexer->column = 1;
        } else if (((unsigned char)*at & 0xc0) != 0x80) {
            lexer->column++;
        }
    }
}

static void add_text(Lexer *lexer, const char *from, const char *to)
{
    add(lexer, CV_TOKEN_TEXT, from, to, cv_slice_of(from, (size_t)(to - from)));
}

static void add_tag(Lexer *lexer, const char *from, const char *to)
{
    CvSlice contents = cv_template_trim(cv_slice_of(from + 2, (size_t)(to - from) - 4));
    if (from[1] == '%') {
        if (lexer->verbatim.data) {
            if (!cv_slice_equal(contents, lexer->verbatim)) {
                add_text(lexer, from, to);
                return;
            }
            lexer->verbatim = (CvSlice){0};
        } else if (cv_slice_is(contents, "verbatim") || cv_slice_starts_with(contents, CV_SLICE("verbatim "))) {
            lexer->verbatim = cv_slice(cv_arena_printf(lexer->arena, "end%.*s", CV_SLICE_ARG(contents)));
        }
        add(lexer, CV_TOKEN_BLOCK, from, to, contents);
    } else if (lexer->verbatim.data) {
        add_text(lexer, from, to);
    } else {
        add(lexer, from[1] == '{' ? CV_TOKEN_VARIABLE : CV_TOKEN_COMMENT, from, to, contents);
    }
}

void cv_template_lex(CvArena *arena, CvSlice source, CvTokens *tokens)
{
    Lexer lexer = {.arena = arena, .tokens = tokens, .start = source.data, .line = 1, .column = 1};
    Closers closers = {0};
    const char *text = source.data, *end = source.data + source.length;
    for (const char *at = text; at < end && (at = memchr(at, '{', (size_t)(end - at)));) {
        const char *close = NULL;
        if (end - at >= 4 && (at[1] == '%' || at[1] == '{' || at[1] == '#')) {
            int kind = at[1] == '%' ? 0 : at[1] == '{' ? 1 : 2;
            close = find_close(&closers, kind, at[1] == '{' ? '}' : at[1], at + 2, end);
        }
        if (!close) {
            at++;
            continue;
        }
        add_text(&lexer, text, at);
        add_tag(&lexer, at, close + 2);
        text = at = close + 2;
    }
    add_text(&lexer, text, end);
}

void cv_template_split(CvArena *arena, CvSlice text, CvWords *words)
{
    const char *at = text.data, *end = text.data + text.length;
    while (at < end) {
        size_t space;
        while ((space = cv_template_space(at, end)) > 0)
            at += space;
        const char *from = at;
        while (at < end && !cv_template_space(at, end))
            at++;
        if (at > from)
            cv_vector_push(arena, words, cv_slice_of(from, (size_t)(at - from)));
    }
}

/* The end of the quoted string that begins at `at`, or NULL if it is not closed. */
static const char *skip_quoted(const char *at, const char *end)
{
    char quote = *at++;
    for (; at < end; at++) {
        if (*at == quote)
            return at + 1;
        if (*at == '\\' && (++at >= end || *at == '\n'))
            return NULL;
    }
    return NULL;
}

void cv_template_smart_split(CvArena *arena, CvSlice text, CvWords *words)
{
    const char *at = text.data, *end = text.data + text.length;
    for (;;) {
        size_t space;
        while ((space = cv_template_space(at, end)) > 0)
            at += space;
        if (at >= end)
            return;
        const char *from = at, *good = NULL; /* good: the end after the last whole quoted string */
        for (;;) {
            while (at < end && *at != '"' && *at != '\'' && !cv_template_space(at, end))
                at++;
            if (good)
                good = at;
            const char *quoted = at < end && (*at == '"' || *at == '\'') ? skip_quoted(at, end) : NULL;
            if (!quoted)
                break;
            good = at = quoted;
        }
        at = good ? good : at;
        while (!good && at < end && !cv_template_space(at, end))
            at++;
        cv_vector_push(arena, words, cv_slice_of(from, (size_t)(at - from)));
    }
}
