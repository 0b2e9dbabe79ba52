/* syntax_number.c: number literals: integers of any size in four bases, floats. */
#include "base/vector.h"
#include "orm/syntax_private.h"

static bool fail(CvSyntaxLexer *lexer, size_t at, const char *message)
{
    return cv_syntax_fail(lexer->arena, lexer->text, lexer->error, at, NULL, "%s", message);
}

static int digit_of(int byte)
{
    if (byte >= '0' && byte <= '9')
        return byte - '0';
    if (byte >= 'a' && byte <= 'f')
        return byte - 'a' + 10;
    return byte >= 'A' && byte <= 'F' ? byte - 'A' + 10 : 99;
}

static int byte_at(const CvSyntaxLexer *lexer, size_t at)
{
    return at < lexer->text.length ? (unsigned char)lexer->text.data[at] : -1;
}

/* Digits with single underscores between them, appended to `out`; moves the position. `led`: an underscore may come
 * first (after 0x). */
static bool read_digits(CvSyntaxLexer *lexer, int base, bool led, CvBuffer *out, const char *what)
{
    bool digit_before = led;
    size_t count = 0;
    for (;; lexer->position++) {
        int byte = byte_at(lexer, lexer->position);
        if (byte == '_' && digit_before) {
            digit_before = false;
            continue;
        }
        if (digit_of(byte) >= base)
            break;
        cv_buffer_append_byte(out, (char)byte);
        digit_before = true;
        count++;
    }
    if (!digit_before || (led && count == 0))
        return fail(lexer, lexer->position, cv_arena_printf(lexer->arena, "invalid %s literal", what));
    return true;
}

/* The decimal text of digits in another base: the number is kept in pieces of nine decimal digits. */
static CvSlice to_decimal(CvArena *arena, CvSlice digits, unsigned base)
{
    CV_VECTOR(uint32_t) pieces = {0};
    cv_vector_push(arena, &pieces, 0);
    for (size_t i = 0; i < digits.length; i++) {
        uint64_t carry = (uint64_t)digit_of((unsigned char)digits.data[i]);
        for (size_t k = 0; k < pieces.count; k++) {
            uint64_t piece = (uint64_t)pieces.items[k] * base + carry;
            pieces.items[k] = (uint32_t)(piece % 1000000000);
            carry = piece / 1000000000;
        }
        if (carry)
            cv_vector_push(arena, &pieces, (uint32_t)carry);
    }
    CvBuffer out = cv_buffer(arena);
    cv_buffer_append_uint(&out, pieces.items[pieces.count - 1]);
    for (size_t k = pieces.count - 1; k-- > 0;)
        cv_buffer_printf(&out, "%09u", (unsigned)pieces.items[k]);
    return cv_buffer_slice(&out);
}

static bool read_based(CvSyntaxLexer *lexer, CvToken *token, int base, const char *what)
{
    CvBuffer digits = cv_buffer(lexer->arena);
    size_t start = lexer->position;
    lexer->position += 2;
    if (!read_digits(lexer, base, true, &digits, what))
        return false;
    if (digits.length > CV_SYNTAX_DIGITS_MAX)
        return fail(lexer, start, "the integer has too many digits");
    token->value =
        cv_value_integer_text(lexer->arena, to_decimal(lexer->arena, cv_buffer_slice(&digits), (unsigned)base));
    return true;
}

/* What stands behind the whole digits of a float: ".5", "e-3". */
static bool read_fraction(CvSyntaxLexer *lexer, CvBuffer *out, bool *is_float)
{
    if (byte_at(lexer, lexer->position) == '.') {
        *is_float = true;
        cv_buffer_append_byte(out, '.');
        lexer->position++;
        if (digit_of(byte_at(lexer, lexer->position)) < 10 && !read_digits(lexer, 10, false, out, "decimal"))
            return false;
    }
    int letter = byte_at(lexer, lexer->position);
    if (letter == 'e' || letter == 'E') {
        size_t at = lexer->position + 1;
        int sign = byte_at(lexer, at);
        if (sign == '+' || sign == '-')
            at++;
        if (digit_of(byte_at(lexer, at)) >= 10)
            return fail(lexer, lexer->position, "invalid decimal literal");
        cv_buffer_append_byte(out, 'e');
        if (at > lexer->position + 1)
            cv_buffer_append_byte(out, (char)sign);
        *is_float = true;
        lexer->position = at;
        return read_digits(lexer, 10, false, out, "decimal");
    }
    return true;
}

static bool read_decimal(CvSyntaxLexer *lexer, CvToken *token)
{
    CvBuffer digits = cv_buffer(lexer->arena);
    size_t start = lexer->position;
    bool is_float = false;
    if (byte_at(lexer, start) != '.' && !read_digits(lexer, 10, false, &digits, "decimal"))
        return false;
    size_t whole = digits.length;
    if (whole == 0)
        cv_buffer_append_byte(&digits, '0');
    if (!read_fraction(lexer, &digits, &is_float))
        return false;
    if (is_float) {
        double number = 0;
        if (digits.data[digits.length - 1] == '.')
            cv_buffer_append_byte(&digits, '0'); /* "1." reads as 1.0 */
        if (!cv_slice_to_double(cv_buffer_slice(&digits), &number))
            return fail(lexer, start, "invalid decimal literal");
        token->value = cv_value_float(number);
        return true;
    }
    if (whole > 1 && digits.data[0] == '0' && strspn(cv_buffer_string(&digits), "0") < whole)
        return fail(lexer, start,
                    "leading zeros in decimal integer literals are not permitted; use an 0o prefix for octal integers");
    if (whole > CV_SYNTAX_DIGITS_MAX)
        return fail(lexer, start, "the integer has too many digits");
    token->value = cv_value_integer_text(lexer->arena, cv_buffer_slice(&digits));
    return true;
}

bool cv_syntax_read_number(CvSyntaxLexer *lexer, CvToken *token)
{
    size_t start = lexer->position;
    int second = byte_at(lexer, start) == '0' ? byte_at(lexer, start + 1) | 0x20 : 0;
    bool read = second == 'x'   ? read_based(lexer, token, 16, "hexadecimal")
                : second == 'o' ? read_based(lexer, token, 8, "octal")
                : second == 'b' ? read_based(lexer, token, 2, "binary")
                                : read_decimal(lexer, token);
    if (!read)
        return false;
    const char *base = second == 'x' ? "hexadecimal" : second == 'o' ? "octal" : second == 'b' ? "binary" : "decimal";
    int byte = byte_at(lexer, lexer->position);
    if (byte == 'j' || byte == 'J')
        return fail(lexer, start, "complex numbers are not part of the query language");
    bool letter = byte == '_' || byte >= 0x80 || ((byte | 0x20) >= 'a' && (byte | 0x20) <= 'z');
    if (letter && byte != -1)
        return fail(lexer, start, cv_arena_printf(lexer->arena, "invalid %s literal", base));
    if ((second == 'o' || second == 'b') && byte >= '0' && byte <= '9')
        return fail(lexer, lexer->position,
                    cv_arena_printf(lexer->arena, "invalid digit '%c' in %s literal", byte, base));
    token->kind = CV_TOKEN_CONSTANT;
    token->text = cv_slice_range(lexer->text, start, lexer->position);
    return true;
}
