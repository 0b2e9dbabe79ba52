/* syntax_lexer.c: the words of the query language: names, operators, and where literals begin; places of errors. */
#include <stdarg.h>

#include "orm/syntax_private.h"
#include "text/utf8.h"

#define CARET_WIDTH 160 /* bytes of a line that an error shows */

void cv_syntax_place(CvSlice text, size_t offset, int *line, int *column)
{
    size_t start = 0;
    *line = 1;
    if (offset > text.length)
        offset = text.length;
    for (size_t i = 0; i < offset; i++)
        if (text.data[i] == '\n') {
            (*line)++;
            start = i + 1;
        }
    *column = 1 + (int)cv_utf8_count(cv_slice_range(text, start, offset));
}

static bool is_inside_character(CvSlice text, size_t at)
{
    return at < text.length && ((unsigned char)text.data[at] & 0xC0) == 0x80;
}

const char *cv_syntax_caret(CvArena *arena, CvSlice text, size_t offset)
{
    if (offset > text.length)
        offset = text.length;
    size_t start = offset, end = offset;
    while (start > 0 && text.data[start - 1] != '\n')
        start--;
    while (end < text.length && text.data[end] != '\n')
        end++;
    if (offset - start > CARET_WIDTH / 2)
        start = offset - CARET_WIDTH / 2;
    while (start < offset && is_inside_character(text, start))
        start++;
    if (end - start > CARET_WIDTH)
        end = start + CARET_WIDTH;
    while (end > offset && is_inside_character(text, end))
        end--;
    CvBuffer out = cv_buffer(arena);
    for (size_t i = start; i < end; i++)
        cv_buffer_append_byte(&out, (unsigned char)text.data[i] < ' ' ? ' ' : text.data[i]);
    cv_buffer_append_byte(&out, '\n');
    cv_buffer_append_repeated(&out, ' ', cv_utf8_count(cv_slice_range(text, start, offset)));
    cv_buffer_append_byte(&out, '^');
    return cv_buffer_string(&out);
}

bool cv_syntax_fail(CvArena *arena, CvSlice text, CvError *error, size_t offset, const char *hint, const char *format,
                    ...)
{
    va_list arguments;
    va_start(arguments, format);
    *error = (CvError){.kind = CV_ERROR_SYNTAX, .message = cv_arena_vprintf(arena, format, arguments), .hint = hint};
    va_end(arguments);
    cv_syntax_place(text, offset, &error->line, &error->column);
    error->detail = cv_syntax_caret(arena, text, offset);
    return false;
}

CvSyntaxLexer cv_syntax_lexer(CvArena *arena, CvSlice text, CvError *error)
{
    return (CvSyntaxLexer){.arena = arena, .text = text, .error = error};
}

static int byte_at(const CvSyntaxLexer *lexer, size_t at)
{
    return at < lexer->text.length ? (unsigned char)lexer->text.data[at] : -1;
}

static bool is_name_byte(int byte)
{
    return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') || (byte >= '0' && byte <= '9') ||
           byte == '_' || byte >= 0x80;
}

/* Skips what separates tokens; false: an error. Line ends count only outside of brackets. */
static bool skip_space(CvSyntaxLexer *lexer)
{
    for (;;) {
        int byte = byte_at(lexer, lexer->position);
        if (byte == ' ' || byte == '\t' || byte == '\f' || ((byte == '\n' || byte == '\r') && lexer->brackets > 0)) {
            lexer->position++;
        } else if (byte == '#') {
            while (byte_at(lexer, lexer->position) != -1 && byte_at(lexer, lexer->position) != '\n')
                lexer->position++;
        } else if (byte == '\\') {
            size_t next = lexer->position + 1;
            if (byte_at(lexer, next) == '\r')
                next++;
            if (byte_at(lexer, next) != '\n')
                return cv_syntax_fail(lexer->arena, lexer->text, lexer->error, next, NULL,
                                      "unexpected character after line continuation character");
            lexer->position = next + 1;
        } else {
            return true;
        }
    }
}

/* A name with letters beyond ASCII: checked and normalised. */
static bool read_wide_name(CvSyntaxLexer *lexer, CvToken *token)
{
    CvSlice name = cv_utf8_normalize(lexer->arena, token->text, CV_NFKC);
    size_t index = 0;
    for (CvSlice rest = name; rest.length; index++) {
        uint32_t point = cv_utf8_next(&rest);
        bool letter = point == '_' || cv_utf8_is_letter(point);
        if (!letter && (index == 0 || !(cv_utf8_is_word(point) || cv_utf8_is_combining(point))))
            return cv_syntax_fail(lexer->arena, lexer->text, lexer->error, token->offset, NULL,
                                  "invalid character in name (U+%04X)", (unsigned)point);
    }
    token->text = name;
    return true;
}

/* A name, or the prefix of a string. */
static bool read_name(CvSyntaxLexer *lexer, CvToken *token)
{
    size_t start = lexer->position, end = start;
    bool wide = false;
    while (is_name_byte(byte_at(lexer, end)))
        wide |= byte_at(lexer, end++) >= 0x80;
    int quote = byte_at(lexer, end);
    if (!wide && end - start <= 2 && (quote == '"' || quote == '\'')) {
        CvSlice prefix = cv_slice_range(lexer->text, start, end);
        static const char *const known[] = {"r", "b", "u", "br", "rb", "f", "fr", "rf", "t", "tr", "rt"};
        for (size_t i = 0; i < CV_COUNT_OF(known); i++) {
            if (!cv_slice_equal_fold(prefix, cv_slice(known[i])))
                continue;
            if (i >= 5)
                return cv_syntax_fail(lexer->arena, lexer->text, lexer->error, start,
                                      "Write the text itself, or Concat() of its parts.",
                                      "%s-strings are not part of the query language", i >= 8 ? "t" : "f");
            return cv_syntax_read_string(lexer, token, end - start);
        }
    }
    token->kind = CV_TOKEN_NAME;
    token->text = cv_slice_range(lexer->text, start, end);
    lexer->position = end;
    return !wide || read_wide_name(lexer, token);
}

static bool read_operator(CvSyntaxLexer *lexer, CvToken *token)
{
    static const char *const operators[] = {
        "**=", "//=", ">>=", "<<=", "...", "**", "//", "<<", ">>", "==", "!=", "<=", ">=", "->", ":=", "+=",
        "-=",  "*=",  "/=",  "%=",  "&=",  "|=", "^=", "@=", "(",  ")",  "[",  "]",  "{",  "}",  ",",  ":",
        ".",   "=",   "+",   "-",   "*",   "/",  "%",  "&",  "|",  "^",  "~",  "<",  ">",  ";",  "@"};
    CvSlice rest = cv_slice_skip(lexer->text, lexer->position);
    for (size_t i = 0; i < CV_COUNT_OF(operators); i++) {
        CvSlice word = cv_slice(operators[i]);
        if (cv_slice_starts_with(rest, word)) {
            token->kind = CV_TOKEN_OPERATOR;
            token->text = word;
            lexer->position += word.length;
            return true;
        }
    }
    CvSlice one = rest;
    uint32_t point = cv_utf8_next(&one);
    return cv_syntax_fail(lexer->arena, lexer->text, lexer->error, lexer->position, NULL,
                          "invalid character '%.*s' (U+%04X)",
                          point < ' ' || point == 127 ? 1 : (int)(rest.length - one.length),
                          point < ' ' || point == 127 ? "?" : rest.data, (unsigned)point);
}

static bool read_token(CvSyntaxLexer *lexer, CvToken *token)
{
    if (!skip_space(lexer))
        return false;
    token->offset = (uint32_t)lexer->position;
    int byte = byte_at(lexer, lexer->position);
    int next = byte_at(lexer, lexer->position + 1);
    if (byte == -1)
        return true;
    if ((byte >= '0' && byte <= '9') || (byte == '.' && next >= '0' && next <= '9'))
        return cv_syntax_read_number(lexer, token);
    if (byte == '"' || byte == '\'')
        return cv_syntax_read_string(lexer, token, 0);
    if (is_name_byte(byte))
        return read_name(lexer, token);
    if (byte == '\n' || byte == '\r') {
        size_t at = lexer->position;
        while (at < lexer->text.length && strchr(" \t\f\r\n", lexer->text.data[at]))
            at++;
        lexer->position = at;
        if (at == lexer->text.length || lexer->text.data[at] == '#')
            return read_token(lexer, token);
        return cv_syntax_fail(lexer->arena, lexer->text, lexer->error, token->offset,
                              "A line goes on inside of brackets, or after a \\ at its end.", "invalid syntax");
    }
    return read_operator(lexer, token);
}

CvToken cv_syntax_next(CvSyntaxLexer *lexer)
{
    CvToken token = {.kind = CV_TOKEN_END, .offset = (uint32_t)lexer->position};
    if (!read_token(lexer, &token)) {
        token.kind = CV_TOKEN_ERROR;
        lexer->position = token.offset;
    }
    token.end = (uint32_t)lexer->position;
    return token;
}
