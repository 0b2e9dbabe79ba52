/* html_reader.c: HTML as tokens, lenient in the way of Python's html.parser. What looks unfinished at the end of the
 * source is read once more with the knowledge that nothing follows; each part of the source is looked at a bounded
 * number of times. */
#include "text/html_private.h"
#include "text/utf8.h"

typedef enum Step { STEP_TOKEN, STEP_NOTHING, STEP_BREAK } Step;

CvHtmlReader cv_html_reader(CvArena *arena, CvSlice source, bool references, bool whole)
{
    return (CvHtmlReader){.arena = arena, .source = source, .references = references, .whole = whole};
}

static bool is_alpha(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool is_alnum(char c)
{
    return is_alpha(c) || (c >= '0' && c <= '9');
}

static bool is_hex(char c)
{
    return (c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'f');
}

static char byte_at(const CvHtmlReader *reader, size_t at)
{
    return at < reader->source.length ? reader->source.data[at] : '\0';
}

static bool starts(const CvHtmlReader *reader, size_t at, const char *text)
{
    return cv_slice_starts_with(cv_slice_skip(reader->source, at), cv_slice(text));
}

static bool starts_fold(const CvHtmlReader *reader, size_t at, const char *text)
{
    return cv_slice_equal_fold(cv_slice_range(reader->source, at, at + strlen(text)), cv_slice(text));
}

/* Where `byte` is at or behind `from`; false if nowhere. */
static bool find(const CvHtmlReader *reader, size_t from, char byte, size_t *out)
{
    ptrdiff_t found = cv_slice_find_byte(cv_slice_skip(reader->source, from), byte);
    *out = from + (size_t)(found < 0 ? 0 : found);
    return found >= 0;
}

static size_t skip_space(const CvHtmlReader *reader, size_t at)
{
    CvSlice rest = cv_slice_skip(reader->source, at);
    for (CvSlice next = rest; next.length && cv_utf8_is_space(cv_utf8_next(&next));)
        rest = next;
    return reader->source.length - rest.length;
}

static CvSlice lower(CvHtmlReader *reader, size_t start, size_t end)
{
    CvSlice name = cv_slice_range(reader->source, start, end);
    for (size_t i = 0; i < name.length; i++)
        if ((name.data[i] >= 'A' && name.data[i] <= 'Z') || (name.data[i] & 0x80))
            return cv_utf8_lower(reader->arena, name);
    return name;
}

static Step emit(CvHtmlReader *reader, CvHtmlToken *token, CvHtmlTokenKind kind, size_t end, CvSlice name)
{
    *token = (CvHtmlToken){.kind = kind, .raw = cv_slice_range(reader->source, reader->at, end), .name = name};
    reader->at = end;
    return STEP_TOKEN;
}

static Step emit_literal(CvHtmlReader *reader, CvHtmlToken *token, size_t end)
{
    emit(reader, token, CV_HTML_TEXT, end, (CvSlice){0});
    token->literal = true;
    return STEP_TOKEN;
}

static Step start_tag(CvHtmlReader *reader, CvHtmlToken *token)
{
    size_t start = reader->at, end = start;
    CvHtmlTagEnd kind = cv_html_tag_end(reader->source, start, &end);
    if (kind == CV_HTML_TAG_UNFINISHED)
        return STEP_BREAK;
    if (kind == CV_HTML_TAG_JUNK)
        return emit_literal(reader, token, end);
    CvSlice name = lower(reader, start + 1, cv_html_tag_name_end(reader->source, start + 1));
    if (kind == CV_HTML_TAG_EMPTY)
        return emit(reader, token, CV_HTML_START_END, end, name);
    if (cv_slice_is(name, "script") || cv_slice_is(name, "style"))
        reader->raw_element = name;
    return emit(reader, token, CV_HTML_START, end, name);
}

/* "</ name >": the name's end, 0 if there is more in it than that. */
static size_t plain_end_tag(const CvHtmlReader *reader, size_t name, size_t *end)
{
    size_t at = name;
    if (!is_alpha(byte_at(reader, at)))
        return 0;
    while (is_alnum(byte_at(reader, at)) || (byte_at(reader, at) && strchr("-.:_", byte_at(reader, at))))
        at++;
    *end = skip_space(reader, at);
    return byte_at(reader, *end) == '>' ? at : 0;
}

static Step end_tag(CvHtmlReader *reader, CvHtmlToken *token)
{
    size_t start = reader->at, close, end;
    if (!find(reader, start + 1, '>', &close))
        return STEP_BREAK;
    size_t name = skip_space(reader, start + 2), name_end = plain_end_tag(reader, name, &end);
    if (name_end) {
        CvSlice element = lower(reader, name, name_end);
        if (reader->raw_element.length && !cv_slice_equal(element, reader->raw_element))
            return emit_literal(reader, token, end + 1);
        reader->raw_element = (CvSlice){0};
        return emit(reader, token, CV_HTML_END, end + 1, element);
    }
    if (reader->raw_element.length)
        return emit_literal(reader, token, close + 1);
    if (!is_alpha(byte_at(reader, start + 2))) /* "</>" is nothing, the rest a bogus comment */
        return emit(reader, token, CV_HTML_COMMENT, close + 1, (CvSlice){0});
    name_end = cv_html_tag_name_end(reader->source, start + 2);
    CvSlice element = lower(reader, start + 2, name_end);
    if (!find(reader, name_end, '>', &close))
        return STEP_BREAK;
    return emit(reader, token, CV_HTML_END, close + 1, element);
}

/* "-- >": where it ends. */
static bool comment_end(const CvHtmlReader *reader, size_t at, size_t *end)
{
    for (size_t dash; find(reader, at, '-', &dash);) {
        if (byte_at(reader, dash + 1) != '-') {
            at = dash + 1;
            continue;
        }
        size_t behind = skip_space(reader, dash + 2);
        if (byte_at(reader, behind) == '>') {
            *end = behind + 1;
            return true;
        }
        at = behind > dash + 2 ? behind : dash + 1;
    }
    return false;
}

/* "] ] >": where it ends. */
static bool section_end(const CvHtmlReader *reader, size_t at, size_t *end)
{
    for (size_t first; find(reader, at, ']', &first); at = first + 1) {
        size_t second = skip_space(reader, first + 1);
        if (byte_at(reader, second) != ']')
            continue;
        size_t close = skip_space(reader, second + 1);
        if (byte_at(reader, close) == '>') {
            *end = close + 1;
            return true;
        }
    }
    return false;
}

static Step declaration(CvHtmlReader *reader, CvHtmlToken *token)
{
    size_t start = reader->at, end;
    CvHtmlTokenKind kind = CV_HTML_DECLARATION;
    bool found;
    if (starts(reader, start, "<!--")) {
        kind = CV_HTML_COMMENT;
        found = comment_end(reader, start + 4, &end);
    } else if (starts(reader, start, "<![CDATA[")) {
        found = section_end(reader, start + 3, &end);
    } else {
        if (starts(reader, start, "<!") && !starts_fold(reader, start, "<!doctype"))
            kind = CV_HTML_COMMENT;
        found = find(reader, start + 2, '>', &end);
        end++;
    }
    return found ? emit(reader, token, kind, end, (CvSlice){0}) : STEP_BREAK;
}

/* At "<". */
static Step markup(CvHtmlReader *reader, CvHtmlToken *token)
{
    size_t start = reader->at, length = reader->source.length;
    char next = byte_at(reader, start + 1);
    Step step;
    if (is_alpha(next))
        step = start_tag(reader, token);
    else if (next == '/')
        step = end_tag(reader, token);
    else if (next == '!' || next == '?')
        step = declaration(reader, token);
    else if (start + 1 < length || reader->final)
        return emit_literal(reader, token, start + 1);
    else
        return STEP_BREAK;
    if (step != STEP_BREAK || !reader->final)
        return step;
    /* Unfinished for good: "</" at the very end is text, all else swallows the rest. */
    if (next == '/' && start + 2 == length)
        return emit_literal(reader, token, length);
    return emit(reader, token, next == '!' ? CV_HTML_COMMENT : CV_HTML_DECLARATION, length, (CvSlice){0});
}

static Step number_reference(CvHtmlReader *reader, CvHtmlToken *token)
{
    size_t start = reader->at, at = start + 2, digits, unused;
    bool hex = (byte_at(reader, at) | 0x20) == 'x';
    digits = at += hex;
    while (hex ? is_hex(byte_at(reader, at)) : byte_at(reader, at) >= '0' && byte_at(reader, at) <= '9')
        at++;
    if (at > digits && at < reader->source.length && !is_hex(byte_at(reader, at))) {
        CvSlice name = cv_slice_range(reader->source, start + 2, at);
        return emit(reader, token, CV_HTML_CHARREF, at + (byte_at(reader, at) == ';'), name);
    }
    if (!find(reader, start, ';', &unused))
        return STEP_BREAK;
    /* As the model has it: "&#" is text, and with it this round of reading ends. */
    emit_literal(reader, token, start + 2);
    reader->rest_is_text = reader->final;
    reader->final = true;
    return STEP_TOKEN;
}

static Step reference(CvHtmlReader *reader, CvHtmlToken *token)
{
    size_t start = reader->at, length = reader->source.length, at = start + 1;
    if (byte_at(reader, at) == '#')
        return number_reference(reader, token);
    if (is_alpha(byte_at(reader, at))) {
        while (is_alnum(byte_at(reader, at)) || byte_at(reader, at) == '-' || byte_at(reader, at) == '.')
            at++;
        /* The character behind the name must be there and be none of a name's: "-" and "." may be it. */
        if (at == length) {
            size_t back = at;
            while (back > start + 2 && is_alnum(byte_at(reader, back - 1)))
                back--;
            at = back > start + 2 ? back - 1 : length;
        }
        if (at < length) {
            CvSlice name = cv_slice_range(reader->source, start + 1, at);
            return emit(reader, token, CV_HTML_ENTITY, at + (byte_at(reader, at) == ';'), name);
        }
        if (reader->final && start + 2 == length)
            reader->at++; /* the ampersand is lost */
        return STEP_BREAK;
    }
    return start + 1 < length ? emit_literal(reader, token, start + 1) : STEP_BREAK;
}

/* Where </script> or </style> begins. */
static bool raw_end(const CvHtmlReader *reader, size_t *out)
{
    for (size_t at = reader->at; find(reader, at, '<', out); at = *out + 1) {
        if (byte_at(reader, *out + 1) != '/')
            continue;
        size_t name = skip_space(reader, *out + 2), end = name + reader->raw_element.length;
        if (cv_slice_equal_fold(cv_slice_range(reader->source, name, end), reader->raw_element) &&
            byte_at(reader, skip_space(reader, end)) == '>')
            return true;
    }
    return false;
}

/* Whether text without a tag behind it may end in half a reference: then it is unfinished. */
static bool ends_in_reference(const CvHtmlReader *reader)
{
    /* The last 34 characters; UTF-8 takes up to four bytes for one. */
    CvSlice text = cv_slice_skip(reader->source, reader->at), tail = text;
    for (int i = 0; i < 34 && tail.length; i++)
        cv_utf8_last(&tail);
    ptrdiff_t amp = cv_slice_find_last(cv_slice_skip(text, tail.length), CV_SLICE("&"));
    if (amp < 0)
        return false;
    for (CvSlice rest = cv_slice_skip(text, tail.length + (size_t)amp); rest.length;) {
        uint32_t point = cv_utf8_next(&rest);
        if (point == ';' || cv_utf8_is_space(point))
            return false;
    }
    return true;
}

/* Text up to what is interesting next. */
static Step text_run(CvHtmlReader *reader, CvHtmlToken *token)
{
    size_t start = reader->at, length = reader->source.length, end = length;
    if (reader->raw_element.length) {
        if (!raw_end(reader, &end))
            return STEP_BREAK;
    } else if (!reader->references) {
        if (!find(reader, start, '<', &end)) {
            if (ends_in_reference(reader))
                return STEP_BREAK;
            end = length;
        }
    } else {
        end = start;
        while (end < length && reader->source.data[end] != '<' && reader->source.data[end] != '&')
            end++;
    }
    if (end == start)
        return STEP_NOTHING;
    bool literal = reader->raw_element.length > 0;
    emit(reader, token, CV_HTML_TEXT, end, (CvSlice){0});
    token->literal = literal;
    return STEP_TOKEN;
}

static Step step(CvHtmlReader *reader, CvHtmlToken *token)
{
    Step text = text_run(reader, token);
    if (text != STEP_NOTHING)
        return text;
    return reader->source.data[reader->at] == '<' ? markup(reader, token) : reference(reader, token);
}

bool cv_html_read(CvHtmlReader *reader, CvHtmlToken *token)
{
    while (reader->at < reader->source.length) {
        if (!reader->rest_is_text && step(reader, token) == STEP_TOKEN)
            return true;
        if (!reader->whole)
            return false;
        if ((reader->final || reader->rest_is_text) && reader->at < reader->source.length) {
            bool literal = reader->raw_element.length > 0;
            emit(reader, token, CV_HTML_TEXT, reader->source.length, (CvSlice){0});
            token->literal = literal || reader->references;
            return true;
        }
        reader->final = true;
    }
    return false;
}
