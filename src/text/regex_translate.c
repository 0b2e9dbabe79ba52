/* regex_translate.c: Python's regular expression syntax in PCRE2's words. */
#include "base/buffer.h"
#include "text/regex_private.h"

typedef struct Translation {
    CvArena *arena;
    CvError *error;
    CvSlice pattern;
    size_t next;
    unsigned flags;
    bool in_class;
    CvBuffer *out;
} Translation;

/* Characters that Python's \s takes beyond PCRE2's. */
#define MORE_SPACE "\\x1c-\\x1f"

static char at(const Translation *t, size_t offset)
{
    return t->next + offset < t->pattern.length ? t->pattern.data[t->next + offset] : '\0';
}

static bool refuse(Translation *t, const char *what)
{
    return cv_fail(t->arena, t->error, CV_ERROR_VALUE, "%s at position %zu", what, t->next);
}

static int hex_digit(char c)
{
    return c >= '0' && c <= '9'   ? c - '0'
           : c >= 'a' && c <= 'f' ? c - 'a' + 10
           : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                  : -1;
}

static bool is_octal(char c)
{
    return c >= '0' && c <= '7';
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* \x41, \u0041, \U00000041: exactly `count` digits, which begin two characters on. */
static bool hex_escape(Translation *t, int count)
{
    uint32_t code = 0;
    for (int i = 0; i < count; i++) {
        int digit = hex_digit(at(t, 2 + (size_t)i));
        if (digit < 0)
            return refuse(t, "incomplete escape");
        code = code << 4 | (uint32_t)digit;
    }
    if (code > 0x10ffff)
        return refuse(t, "bad escape");
    cv_buffer_printf(t->out, "\\x{%x}", code);
    t->next += 2 + (size_t)count;
    return true;
}

/* \0, \012, \377: octal; \1 to \99: a group. */
static bool digit_escape(Translation *t)
{
    const char first = at(t, 1);
    size_t digits = 1;
    if (first == '0' || t->in_class || (is_octal(first) && is_octal(at(t, 2)) && is_octal(at(t, 3)))) {
        unsigned code = 0;
        for (digits = 0; digits < 3 && is_octal(at(t, 1 + digits)); digits++)
            code = code * 8 + (unsigned)(at(t, 1 + digits) - '0');
        if (digits == 0 || code > 0377)
            return refuse(t, "octal escape value outside of range 0-0o377");
        cv_buffer_printf(t->out, "\\x{%x}", code);
    } else {
        digits += is_digit(at(t, 2));
        cv_buffer_append_string(t->out, "\\g{");
        cv_buffer_append(t->out, t->pattern.data + t->next + 1, digits);
        cv_buffer_append_byte(t->out, '}');
    }
    t->next += 1 + digits;
    return true;
}

static void space_escape(Translation *t, char c)
{
    bool unicode = !(t->flags & CV_REGEX_ASCII);
    if (t->in_class)
        cv_buffer_append_string(t->out, c == 'S' ? "\\S" : unicode ? "\\s" MORE_SPACE : "\\s");
    else if (c == 's')
        cv_buffer_append_string(t->out, unicode ? "[\\s" MORE_SPACE "]" : "\\s");
    else
        cv_buffer_append_string(t->out, unicode ? "[^\\s" MORE_SPACE "]" : "\\S");
}

static bool escape(Translation *t)
{
    const char c = at(t, 1);
    if (t->next + 1 >= t->pattern.length)
        return refuse(t, "bad escape (end of pattern)");
    if (c == 'x' || c == 'u' || c == 'U')
        return hex_escape(t, c == 'x' ? 2 : c == 'u' ? 4 : 8);
    if (is_digit(c))
        return digit_escape(t);
    if (c == 's' || c == 'S')
        space_escape(t, c);
    else if (c == 'Z' && !t->in_class)
        cv_buffer_append_string(t->out, "\\z");
    else if (c == 'v')
        cv_buffer_append_string(t->out, "\\x0b");
    else if (c == 'a')
        cv_buffer_append_string(t->out, "\\x07");
    else if (is_letter(c) && !strchr(t->in_class ? "bdDfnrtwW" : "AbBdDfnrtwW", c))
        return refuse(t, "bad escape");
    else
        cv_buffer_append(t->out, t->pattern.data + t->next, 2);
    t->next += 2;
    return true;
}

static bool character_class(Translation *t)
{
    cv_buffer_append_byte(t->out, '[');
    t->next++;
    if (at(t, 0) == '^') {
        cv_buffer_append_byte(t->out, '^');
        t->next++;
    }
    t->in_class = true;
    for (bool first = true; t->next < t->pattern.length; first = false) {
        char c = at(t, 0);
        if (c == ']' && !first) {
            cv_buffer_append_byte(t->out, c);
            t->next++;
            t->in_class = false;
            return true;
        }
        if (c == '\\') {
            if (!escape(t))
                return false;
            continue;
        }
        if (c == '[' || c == ']') /* not POSIX's [:alpha:] */
            cv_buffer_append_byte(t->out, '\\');
        cv_buffer_append_byte(t->out, c);
        t->next++;
    }
    return refuse(t, "unterminated character set");
}

static unsigned flag_of(char c)
{
    switch (c) {
    case 'i':
        return CV_REGEX_IGNORECASE;
    case 'm':
        return CV_REGEX_MULTILINE;
    case 's':
        return CV_REGEX_DOTALL;
    case 'x':
        return CV_REGEX_VERBOSE;
    case 'a':
        return CV_REGEX_ASCII;
    default:
        return 0;
    }
}

/* (?imsx-imsx: and, at the pattern's start, (?imsx). */
static bool inline_flags(Translation *t)
{
    size_t length = 2;
    unsigned found = 0;
    while (flag_of(at(t, length)) || at(t, length) == 'u' || at(t, length) == '-')
        found |= flag_of(at(t, length++));
    char end = at(t, length);
    if (length == 2 || (end != ':' && end != ')'))
        return refuse(t, "unknown extension");
    if (end == ')') {
        if (t->next != 0)
            return refuse(t, "global flags not at the start of the expression");
        t->flags |= found;
        t->next += length + 1;
        return true;
    }
    cv_buffer_append_string(t->out, "(?");
    for (size_t i = 2; i <= length; i++)
        if (!strchr("au", at(t, i)))
            cv_buffer_append_byte(t->out, at(t, i));
    t->next += length + 1;
    return true;
}

static bool group(Translation *t)
{
    static const char *const known[] = {"(?:", "(?=", "(?!", "(?<=", "(?<!", "(?P<", "(?P=", "(?>", "(?(", "(?#"};
    if (at(t, 1) == '*')
        return refuse(t, "nothing to repeat");
    if (at(t, 1) != '?') {
        cv_buffer_append_byte(t->out, '(');
        t->next++;
        return true;
    }
    CvSlice rest = cv_slice_skip(t->pattern, t->next);
    for (size_t i = 0; i < CV_COUNT_OF(known); i++) {
        if (cv_slice_starts_with(rest, cv_slice(known[i]))) {
            size_t length = strlen(known[i]);
            if (known[i][2] == '#' || known[i][2] == 'P') { /* up to its end, as it is */
                ptrdiff_t end = cv_slice_find_byte(rest, known[i][3] == '<' ? '>' : ')');
                if (end < 0)
                    return refuse(t, "missing ), unterminated");
                length = (size_t)end + 1;
            }
            if (known[i][2] != '#')
                cv_buffer_append(t->out, rest.data, length);
            t->next += length;
            return true;
        }
    }
    return inline_flags(t);
}

/* {n}, {n,}, {,m}, {n,m}; any other brace is itself. */
static bool brace(Translation *t)
{
    size_t length = 1, low;
    while (is_digit(at(t, length)))
        length++;
    low = length - 1;
    bool comma = at(t, length) == ',';
    length += comma;
    while (is_digit(at(t, length)))
        length++;
    bool quantifier = at(t, length) == '}' && (comma || low > 0);
    if (!quantifier) {
        cv_buffer_append_string(t->out, "\\{");
        t->next++;
        return true;
    }
    cv_buffer_append_byte(t->out, '{');
    if (low == 0)
        cv_buffer_append_byte(t->out, '0');
    cv_buffer_append(t->out, t->pattern.data + t->next + 1, length);
    t->next += length + 1;
    return true;
}

static void comment(Translation *t)
{
    while (t->next < t->pattern.length && at(t, 0) != '\n')
        t->next++;
}

bool cv_regex_translate(CvArena *arena, CvSlice pattern, unsigned *flags, CvBuffer *out, CvError *error)
{
    Translation t = {.arena = arena, .error = error, .pattern = pattern, .flags = *flags, .out = out};
    while (t.next < pattern.length) {
        char c = at(&t, 0);
        bool good = true;
        if (c == '\\') {
            good = escape(&t);
        } else if (c == '[') {
            good = character_class(&t);
        } else if (c == '(') {
            good = group(&t);
        } else if (c == '{') {
            good = brace(&t);
        } else if (c == '#' && (t.flags & CV_REGEX_VERBOSE)) {
            comment(&t);
        } else {
            cv_buffer_append_byte(out, c);
            t.next++;
        }
        if (!good)
            return false;
    }
    *flags = t.flags;
    return true;
}
