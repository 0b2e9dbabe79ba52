/* html_tag.c: where a start tag ends, in HTML as people write it: the grammar of Python's html.parser by hand. */
#include "text/html_private.h"
#include "text/utf8.h"

/* The length of the white space character at `at`, 0 if there is none. */
static size_t space_at(CvSlice text, size_t at)
{
    if (at >= text.length)
        return 0;
    CvSlice rest = cv_slice_skip(text, at);
    return cv_utf8_is_space(cv_utf8_next(&rest)) ? text.length - at - rest.length : 0;
}

static size_t skip_space(CvSlice text, size_t at)
{
    for (size_t length; (length = space_at(text, at));)
        at += length;
    return at;
}

/* White space and slashes, but not the slash of "/>". */
static size_t skip_gap(CvSlice text, size_t at)
{
    for (;;) {
        size_t length = space_at(text, at);
        if (!length && at < text.length && text.data[at] == '/' && !(at + 1 < text.length && text.data[at + 1] == '>'))
            length = 1;
        if (!length)
            return at;
        at += length;
    }
}

static bool ends_gap(CvSlice text, size_t at)
{
    CvSlice before = cv_slice_range(text, 0, at);
    char last = text.data[at - 1];
    return last == '\'' || last == '"' || last == '/' || cv_utf8_is_space(cv_utf8_last(&before));
}

static size_t skip_bare_value(CvSlice text, size_t at)
{
    while (at < text.length && text.data[at] != '>' && !space_at(text, at))
        at++;
    return at;
}

/* " = value" at `at`: where it ends, or `at` if there is none. A quote that is not closed gives up the white space or
 * the last equals sign before it. */
static size_t skip_value(CvSlice text, size_t at)
{
    size_t equals = skip_space(text, at), after = equals;
    while (after < text.length && text.data[after] == '=')
        after++;
    if (after == equals)
        return at;
    size_t value = skip_space(text, after);
    if (value >= text.length || (text.data[value] != '\'' && text.data[value] != '"'))
        return skip_bare_value(text, value);
    ptrdiff_t close = cv_slice_find_byte(cv_slice_skip(text, value + 1), text.data[value]);
    if (close >= 0)
        return value + 1 + (size_t)close + 1;
    if (value > after) { /* an empty value before the last white space character */
        CvSlice gap = cv_slice_range(text, 0, value);
        cv_utf8_last(&gap);
        return gap.length;
    }
    return after - equals > 1 ? skip_bare_value(text, after - 1) : at;
}

/* One attribute at `at`: where it and the gap behind it end, or `at` if there is none. */
static size_t skip_attribute(CvSlice text, size_t at)
{
    if (at >= text.length || text.data[at] == '/' || text.data[at] == '>' || space_at(text, at) || !ends_gap(text, at))
        return at;
    size_t end = at + 1;
    while (end < text.length && !memchr("/=>", text.data[end], 3) && !space_at(text, end))
        end++;
    return skip_gap(text, skip_value(text, end));
}

size_t cv_html_tag_name_end(CvSlice text, size_t at)
{
    while (at < text.length && !memchr("\t\n\r\f />\0", text.data[at], 8))
        at++;
    return at;
}

CvHtmlTagEnd cv_html_tag_end(CvSlice text, size_t start, size_t *end)
{
    size_t name = cv_html_tag_name_end(text, start + 1), at = name, next;
    while (at < text.length && (text.data[at] == '/' || space_at(text, at)))
        at += text.data[at] == '/' ? 1 : space_at(text, at);
    while ((next = skip_attribute(text, at)) != at)
        at = next;
    at = skip_space(text, at);
    if (at == text.length)
        return CV_HTML_TAG_UNFINISHED;
    char c = text.data[at];
    bool slash = c == '/' && at + 1 < text.length && text.data[at + 1] == '>';
    if (c != '>' && !slash) {
        if ((c | 0x20) >= 'a' && (c | 0x20) <= 'z')
            return CV_HTML_TAG_UNFINISHED;
        if (c == '=' || c == '/')
            return CV_HTML_TAG_UNFINISHED;
        *end = at;
        return CV_HTML_TAG_JUNK;
    }
    *end = at + (slash ? 2 : 1);
    /* Read again by attributes, the tag must end where it ends; a slash in front of ">" makes it an empty element. */
    at = skip_gap(text, name);
    while (at < *end && (next = skip_attribute(text, at)) != at)
        at = next;
    CvSlice rest = at < *end ? cv_utf8_strip(cv_slice_range(text, at, *end)) : (CvSlice){"", 0};
    if (cv_slice_is(rest, "/>"))
        return CV_HTML_TAG_EMPTY;
    return cv_slice_is(rest, ">") ? CV_HTML_TAG_OPEN : CV_HTML_TAG_JUNK;
}
