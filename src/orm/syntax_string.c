/* syntax_string.c: string and bytes literals with Python's prefixes and escapes. */
#include <uniname.h>

#include "orm/syntax_private.h"
#include "text/utf8.h"

typedef struct Literal {
    CvSyntaxLexer *lexer;
    CvBuffer out;
    size_t at; /* next byte of the text */
    bool raw, bytes, triple;
    char quote;
} Literal;

static bool fail(const Literal *literal, size_t at, const char *message)
{
    return cv_syntax_fail(literal->lexer->arena, literal->lexer->text, literal->lexer->error, at, NULL, "%s", message);
}

static int peek(const Literal *literal, size_t ahead)
{
    size_t at = literal->at + ahead;
    return at < literal->lexer->text.length ? (unsigned char)literal->lexer->text.data[at] : -1;
}

static int hex_of(int byte)
{
    if (byte >= '0' && byte <= '9')
        return byte - '0';
    byte |= 0x20;
    return byte >= 'a' && byte <= 'f' ? byte - 'a' + 10 : -1;
}

static bool append_point(Literal *literal, size_t at, uint32_t point)
{
    if (literal->bytes) {
        cv_buffer_append_byte(&literal->out, (char)(point & 0xFF));
        return true;
    }
    if (point > 0x10FFFF)
        return fail(literal, at, "(unicode error) illegal Unicode character");
    if (point >= 0xD800 && point <= 0xDFFF)
        return fail(literal, at, "(unicode error) surrogates not allowed");
    cv_utf8_append(&literal->out, point);
    return true;
}

/* \xhh, \uhhhh, \Uhhhhhhhh: exactly `count` digits; `at` is the backslash. */
static bool read_hex(Literal *literal, size_t at, int letter, int count)
{
    uint32_t point = 0;
    for (int i = 0; i < count; i++) {
        int digit = hex_of(peek(literal, 0));
        if (digit < 0)
            return fail(literal, at,
                        literal->bytes
                            ? cv_arena_printf(literal->lexer->arena, "(value error) invalid \\x escape")
                            : cv_arena_printf(literal->lexer->arena, "(unicode error) truncated \\%c%.*s escape",
                                              letter, count, "XXXXXXXX"));
        point = point << 4 | (uint32_t)digit;
        literal->at++;
    }
    return append_point(literal, at, point);
}

static bool read_octal(Literal *literal, size_t at)
{
    uint32_t point = 0;
    for (int i = 0; i < 3 && peek(literal, 0) >= '0' && peek(literal, 0) <= '7'; i++, literal->at++)
        point = point * 8 + (uint32_t)(peek(literal, 0) - '0');
    return append_point(literal, at, point);
}

/* \N{GREEK SMALL LETTER ALPHA} */
static bool read_named(Literal *literal, size_t at)
{
    char name[100];
    size_t length = 0;
    if (peek(literal, 0) != '{')
        return fail(literal, at, "(unicode error) malformed \\N character escape");
    for (literal->at++; peek(literal, 0) != '}'; literal->at++) {
        int byte = peek(literal, 0);
        if (byte < ' ' || byte > '~' || length + 1 >= sizeof name)
            return fail(literal, at, "(unicode error) malformed \\N character escape");
        name[length++] = (char)byte;
    }
    name[length] = '\0';
    literal->at++;
    ucs4_t point = unicode_name_character(name);
    if (point == UNINAME_INVALID)
        return fail(literal, at, "(unicode error) unknown Unicode character name");
    return append_point(literal, at, point);
}

/* Behind a backslash at `at`. */
static bool read_escape(Literal *literal, size_t at)
{
    static const char simple[] = "\\'\"abfnrtv";
    static const char meaning[] = "\\'\"\a\b\f\n\r\t\v";
    int byte = peek(literal, 0);
    const char *found = byte > 0 ? strchr(simple, byte) : NULL;
    if (found) {
        literal->at++;
        cv_buffer_append_byte(&literal->out, meaning[found - simple]);
        return true;
    }
    if (byte >= '0' && byte <= '7')
        return read_octal(literal, at);
    if (byte == '\n' || (byte == '\r' && peek(literal, 1) == '\n')) {
        literal->at += byte == '\n' ? 1 : 2;
        return true;
    }
    if (byte == 'x' || (!literal->bytes && (byte == 'u' || byte == 'U'))) {
        literal->at++;
        return read_hex(literal, at, byte, byte == 'x' ? 2 : byte == 'u' ? 4 : 8);
    }
    if (byte == 'N' && !literal->bytes) {
        literal->at++;
        return read_named(literal, at);
    }
    cv_buffer_append_byte(&literal->out, '\\'); /* unknown ones stand for themselves */
    return true;
}

/* True where the closing quotes stand. */
static bool at_end(const Literal *literal)
{
    if (peek(literal, 0) != literal->quote)
        return false;
    return !literal->triple || (peek(literal, 1) == literal->quote && peek(literal, 2) == literal->quote);
}

static bool read_body(Literal *literal, size_t start)
{
    while (!at_end(literal)) {
        int byte = peek(literal, 0);
        if (byte == -1 || ((byte == '\n' || byte == '\r') && !literal->triple)) {
            int line, column;
            cv_syntax_place(literal->lexer->text, literal->at, &line, &column);
            return fail(literal, start,
                        cv_arena_printf(literal->lexer->arena, "unterminated %sstring literal (detected at line %d)",
                                        literal->triple ? "triple-quoted " : "", line));
        }
        if (literal->bytes && byte >= 0x80)
            return fail(literal, literal->at, "bytes can only contain ASCII literal characters");
        size_t at = literal->at++;
        if (byte != '\\') {
            cv_buffer_append_byte(&literal->out, (char)byte);
        } else if (literal->raw) {
            cv_buffer_append_byte(&literal->out, '\\'); /* it still keeps a quote from ending the literal */
            if (peek(literal, 0) != -1 && !(literal->bytes && peek(literal, 0) >= 0x80))
                cv_buffer_append_byte(&literal->out, literal->lexer->text.data[literal->at++]);
        } else if (!read_escape(literal, at)) {
            return false;
        }
    }
    literal->at += literal->triple ? 3 : 1;
    return true;
}

bool cv_syntax_read_string(CvSyntaxLexer *lexer, CvToken *token, size_t prefix)
{
    size_t start = lexer->position;
    Literal literal = {.lexer = lexer, .out = cv_buffer(lexer->arena), .at = start};
    for (size_t i = 0; i < prefix; i++) {
        char letter = lexer->text.data[literal.at++];
        literal.raw |= letter == 'r' || letter == 'R';
        literal.bytes |= letter == 'b' || letter == 'B';
    }
    literal.quote = lexer->text.data[literal.at];
    literal.triple = peek(&literal, 1) == literal.quote && peek(&literal, 2) == literal.quote;
    literal.at += literal.triple ? 3 : 1;
    if (!read_body(&literal, start))
        return false;
    cv_buffer_string(&literal.out);
    token->kind = CV_TOKEN_CONSTANT;
    token->value = cv_value_text(literal.bytes ? CV_BYTES : CV_STRING, literal.out.data, literal.out.length, 0);
    lexer->position = literal.at;
    token->text = cv_slice_range(lexer->text, start, lexer->position);
    return true;
}
