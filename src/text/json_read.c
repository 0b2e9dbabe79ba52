/* json_read.c: the JSON reader: one pass, recursion bounded, places in code points. */
#include <math.h>

#include "text/json.h"
#include "text/utf8.h"

typedef struct Reader {
    CvArena *arena;
    CvSlice text;
    size_t at;
    int depth, most;
    CvJsonReadOptions options;
    CvError *error;
} Reader;

static bool fail(Reader *reader, const char *message, size_t at)
{
    size_t line = 1, start = 0;
    for (size_t i = 0; i < at; i++)
        if (reader->text.data[i] == '\n') {
            line++;
            start = i + 1;
        }
    size_t column = cv_utf8_count(cv_slice_range(reader->text, start, at)) + 1;
    size_t place = cv_utf8_count(cv_slice_range(reader->text, 0, at));
    cv_fail(reader->arena, reader->error, CV_ERROR_VALUE, "%s: line %zu column %zu (char %zu)", message, line, column,
            place);
    reader->error->line = (int)(line > INT32_MAX ? INT32_MAX : line);
    reader->error->column = (int)(column > INT32_MAX ? INT32_MAX : column);
    return false;
}

static void skip_space(Reader *reader)
{
    while (reader->at < reader->text.length && memchr(" \t\n\r", reader->text.data[reader->at], 4))
        reader->at++;
}

/* The byte at the place, or NUL at the end (a NUL in the text is no JSON either). */
static char peek(const Reader *reader)
{
    return reader->at < reader->text.length ? reader->text.data[reader->at] : '\0';
}

static bool take_word(Reader *reader, const char *word)
{
    CvSlice rest = cv_slice_skip(reader->text, reader->at);
    if (!cv_slice_starts_with(rest, cv_slice(word)))
        return false;
    reader->at += strlen(word);
    return true;
}

static bool hex4(const Reader *reader, size_t at, uint32_t *out)
{
    uint32_t number = 0;
    if (at + 4 > reader->text.length)
        return false;
    for (size_t i = at; i < at + 4; i++) {
        char c = reader->text.data[i];
        uint32_t digit = c >= '0' && c <= '9'   ? (uint32_t)(c - '0')
                         : c >= 'a' && c <= 'f' ? (uint32_t)(c - 'a' + 10)
                         : c >= 'A' && c <= 'F' ? (uint32_t)(c - 'A' + 10)
                                                : 16;
        if (digit == 16)
            return false;
        number = number << 4 | digit;
    }
    *out = number;
    return true;
}

/* After the backslash. */
static bool read_escape(Reader *reader, CvBuffer *out)
{
    static const char from[] = "\"\\/bfnrt", to[] = "\"\\/\b\f\n\r\t";
    char c = peek(reader);
    const char *found = c ? strchr(from, c) : NULL;
    if (found) {
        cv_buffer_append_byte(out, to[found - from]);
        reader->at++;
        return true;
    }
    if (c != 'u')
        return fail(reader, "Invalid \\escape", reader->at - 1);
    uint32_t point, low;
    size_t digits = reader->at + 1;
    if (!hex4(reader, digits, &point))
        return fail(reader, "Invalid \\uXXXX escape", reader->at);
    reader->at += 5;
    if (point >= 0xD800 && point < 0xDC00 && peek(reader) == '\\' && hex4(reader, reader->at + 2, &low) &&
        reader->text.data[reader->at + 1] == 'u' && low >= 0xDC00 && low < 0xE000) {
        point = 0x10000 + ((point - 0xD800) << 10) + (low - 0xDC00);
        reader->at += 6;
    }
    if (point >= 0xD800 && point < 0xE000)
        return fail(reader, "A surrogate stands alone", digits - 2);
    cv_utf8_append(out, point);
    return true;
}

/* At the opening quote. */
static bool read_string(Reader *reader, CvValue *out)
{
    size_t start = ++reader->at, from = start;
    CvBuffer text = cv_buffer(reader->arena);
    for (;;) {
        size_t at = reader->at;
        while (at < reader->text.length && reader->text.data[at] != '"' && reader->text.data[at] != '\\' &&
               (uint8_t)reader->text.data[at] >= ' ')
            at++;
        reader->at = at;
        if (at == reader->text.length)
            return fail(reader, "Unterminated string starting at", start - 1);
        if ((uint8_t)reader->text.data[at] < ' ')
            return fail(reader, "Invalid control character at", at);
        if (reader->text.data[at] == '"' && !text.data) { /* no escape: one copy */
            *out = cv_value_slice(cv_slice_copy(reader->arena, cv_slice_range(reader->text, from, at)));
            reader->at++;
            return true;
        }
        cv_buffer_append(&text, reader->text.data + from, at - from);
        reader->at++;
        if (reader->text.data[at] == '"')
            break;
        if (!read_escape(reader, &text))
            return false;
        if (!text.data)
            cv_buffer_reserve(&text, 1);
        from = reader->at;
    }
    cv_buffer_string(&text);
    *out = cv_value_slice(cv_buffer_slice(&text));
    return true;
}

static size_t skip_digits(Reader *reader)
{
    size_t start = reader->at;
    while (peek(reader) >= '0' && peek(reader) <= '9')
        reader->at++;
    return reader->at - start;
}

static bool read_number(Reader *reader, CvValue *out)
{
    size_t start = reader->at;
    bool real = false;
    if (peek(reader) == '-')
        reader->at++;
    if (peek(reader) == '0')
        reader->at++;
    else if (!skip_digits(reader))
        return fail(reader, "Expecting value", start);
    size_t end = reader->at;
    if (peek(reader) == '.') {
        reader->at++;
        if (skip_digits(reader)) {
            end = reader->at;
            real = true;
        }
    }
    reader->at = end;
    if (peek(reader) == 'e' || peek(reader) == 'E') {
        reader->at++;
        if (peek(reader) == '+' || peek(reader) == '-')
            reader->at++;
        if (skip_digits(reader)) {
            end = reader->at;
            real = true;
        }
    }
    reader->at = end;
    CvSlice text = cv_slice_range(reader->text, start, end);
    double number;
    if (!real)
        *out = cv_value_integer_text(reader->arena, text);
    else if (reader->options.decimals)
        *out = cv_value_decimal((CvDecimal){cv_slice_string(reader->arena, text)});
    else if (cv_slice_to_double(text, &number))
        *out = cv_value_float(number);
    else
        return fail(reader, "Expecting value", start);
    return true;
}

static bool read_value(Reader *reader, CvValue *out);

/* Whether another item follows, after one was read; the closing byte is taken. */
static bool read_comma(Reader *reader, char close, const char *trailing, bool *more)
{
    skip_space(reader);
    size_t at = reader->at;
    *more = false;
    if (peek(reader) == close) {
        reader->at++;
        return true;
    }
    if (peek(reader) != ',')
        return fail(reader, "Expecting ',' delimiter", at);
    reader->at++;
    skip_space(reader);
    if (peek(reader) == close)
        return fail(reader, trailing, at);
    *more = true;
    return true;
}

static bool read_array(Reader *reader, CvValue *out)
{
    CvList *list = cv_list_create(reader->arena);
    reader->at++;
    skip_space(reader);
    *out = cv_value_list(list);
    if (peek(reader) == ']') {
        reader->at++;
        return true;
    }
    for (bool more = true; more;) {
        CvValue item = {0};
        if (!read_value(reader, &item))
            return false;
        cv_list_add(reader->arena, list, item);
        if (!read_comma(reader, ']', "Illegal trailing comma before end of array", &more))
            return false;
    }
    return true;
}

static bool read_object(Reader *reader, CvValue *out)
{
    CvDict *dict = cv_dict_create(reader->arena);
    reader->at++;
    skip_space(reader);
    *out = cv_value_dict(dict);
    if (peek(reader) == '}') {
        reader->at++;
        return true;
    }
    for (bool more = true; more;) {
        CvValue key = {0}, value = {0};
        if (peek(reader) != '"')
            return fail(reader, "Expecting property name enclosed in double quotes", reader->at);
        if (!read_string(reader, &key))
            return false;
        skip_space(reader);
        if (peek(reader) != ':')
            return fail(reader, "Expecting ':' delimiter", reader->at);
        reader->at++;
        skip_space(reader);
        if (!read_value(reader, &value))
            return false;
        cv_dict_set(dict, key, value);
        if (!read_comma(reader, '}', "Illegal trailing comma before end of object", &more))
            return false;
    }
    return true;
}

static bool read_constant(Reader *reader, CvValue *out)
{
    if (take_word(reader, "null"))
        *out = cv_value_null();
    else if (take_word(reader, "true"))
        *out = cv_value_bool(true);
    else if (take_word(reader, "false"))
        *out = cv_value_bool(false);
    else if (reader->options.nan && take_word(reader, "NaN"))
        *out = cv_value_float(NAN);
    else if (reader->options.nan && take_word(reader, "Infinity"))
        *out = cv_value_float(INFINITY);
    else if (reader->options.nan && take_word(reader, "-Infinity"))
        *out = cv_value_float(-INFINITY);
    else
        return false;
    return true;
}

static bool read_value(Reader *reader, CvValue *out)
{
    char c = peek(reader);
    if (c == '"')
        return read_string(reader, out);
    if (c == '{' || c == '[') {
        if (reader->depth == reader->most)
            return fail(reader, "Nested too deeply", reader->at);
        reader->depth++;
        bool good = c == '{' ? read_object(reader, out) : read_array(reader, out);
        reader->depth--;
        return good;
    }
    if (read_constant(reader, out))
        return true;
    if (c == '-' || (c >= '0' && c <= '9'))
        return read_number(reader, out);
    return fail(reader, "Expecting value", reader->at);
}

bool cv_json_parse(CvArena *arena, CvSlice text, const CvJsonReadOptions *options, CvValue *out, CvError *error)
{
    Reader reader = {.arena = arena, .text = text, .error = error, .most = CV_JSON_DEPTH};
    if (options) {
        reader.options = *options;
        if (options->depth > 0)
            reader.most = options->depth < 200 ? options->depth : 200;
    }
    size_t good = cv_utf8_valid_prefix(text);
    if (good < text.length)
        return fail(&reader, "Invalid UTF-8", good);
    skip_space(&reader);
    if (!read_value(&reader, out))
        return false;
    skip_space(&reader);
    return reader.at == text.length || fail(&reader, "Extra data", reader.at);
}
