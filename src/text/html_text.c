/* html_text.c: paragraphs, line ends, stripping tags and white space, JSON for scripts. */
#include "text/html.h"
#include "text/json.h"
#include "text/utf8.h"
#include "text/words.h"

#define STRIP_ROUNDS 50 /* of strip_tags, and unclosed tags in a row */
#define LONG_TAG_POINTS 1000

static CvSlice finish(CvBuffer *out)
{
    cv_buffer_string(out);
    return cv_buffer_slice(out);
}

bool cv_html_is_void_element(CvSlice name)
{
    static const char *const names[] = {"area", "base", "br",    "col",    "embed", "hr",  "img",   "input",
                                        "link", "meta", "param", "source", "track", "wbr", "frame", "spacer"};
    for (size_t i = 0; i < CV_COUNT_OF(names); i++)
        if (cv_slice_is(name, names[i]))
            return true;
    return false;
}

static void append_lines(CvBuffer *out, CvSlice text, bool autoescape)
{
    CvSlice line;
    bool first = true;
    if (!text.data)
        return;
    for (; cv_slice_split(&text, '\n', &line); first = false) {
        if (!first)
            cv_buffer_append_string(out, "<br>");
        if (autoescape)
            cv_html_escape(out, line);
        else
            cv_buffer_append_slice(out, line);
    }
}

CvSlice cv_html_linebreaksbr(CvArena *arena, CvSlice text, bool autoescape)
{
    CvBuffer out = cv_buffer(arena);
    append_lines(&out, cv_normalize_newlines(arena, text), autoescape);
    return finish(&out);
}

CvSlice cv_html_linebreaks(CvArena *arena, CvSlice text, bool autoescape)
{
    CvBuffer out = cv_buffer(arena);
    for (CvSlice rest = cv_normalize_newlines(arena, text);;) {
        ptrdiff_t blank = cv_slice_find(rest, CV_SLICE("\n\n"));
        cv_buffer_append_string(&out, "<p>");
        append_lines(&out, cv_slice_range(rest, 0, blank < 0 ? rest.length : (size_t)blank), autoescape);
        cv_buffer_append_string(&out, "</p>");
        if (blank < 0)
            return finish(&out);
        rest = cv_slice_skip(rest, (size_t)blank);
        while (rest.length && *rest.data == '\n')
            rest = cv_slice_skip(rest, 1);
        cv_buffer_append_string(&out, "\n\n");
    }
}

CvSlice cv_html_strip_spaces(CvArena *arena, CvSlice html)
{
    CvBuffer out = cv_buffer(arena);
    for (ptrdiff_t more; (more = cv_slice_find_byte(html, '>')) >= 0;) {
        cv_buffer_append(&out, html.data, (size_t)more + 1);
        html = cv_slice_skip(html, (size_t)more + 1);
        CvSlice rest = html;
        for (CvSlice next = rest; next.length && cv_utf8_is_space(cv_utf8_next(&next));)
            rest = next;
        if (!rest.length || *rest.data != '<')
            cv_buffer_append(&out, html.data, html.length - rest.length);
        html = rest;
    }
    cv_buffer_append_slice(&out, html);
    return finish(&out);
}

static size_t count_byte(CvSlice text, char byte)
{
    size_t count = 0;
    for (size_t i = 0; i < text.length; i++)
        count += text.data[i] == byte;
    return count;
}

/* A long run without ">" that opens tag after tag: an attack on parsers. */
static bool has_unclosed_tags(CvSlice html)
{
    CvSlice part;
    while (cv_slice_split(&html, '>', &part)) {
        for (size_t i = 0; i + 1 < part.length; i++) {
            char letter = (char)(part.data[i + 1] | 0x20);
            if (part.data[i] != '<' || letter < 'a' || letter > 'z')
                continue;
            CvSlice open = cv_slice_skip(part, i);
            if (cv_utf8_count(open) >= LONG_TAG_POINTS + 2 && count_byte(open, '<') >= STRIP_ROUNDS)
                return true;
            break;
        }
    }
    return false;
}

static CvSlice strip_once(CvArena *arena, CvSlice html)
{
    CvBuffer out = cv_buffer(arena);
    CvHtmlReader reader = cv_html_reader(arena, html, true, true);
    for (CvHtmlToken token; cv_html_read(&reader, &token);) {
        if (token.kind == CV_HTML_TEXT) {
            cv_buffer_append_slice(&out, token.raw);
        } else if (token.kind == CV_HTML_ENTITY || token.kind == CV_HTML_CHARREF) {
            cv_buffer_append_string(&out, token.kind == CV_HTML_ENTITY ? "&" : "&#");
            cv_buffer_append_slice(&out, token.name);
            cv_buffer_append_byte(&out, ';');
        }
    }
    return finish(&out);
}

bool cv_html_strip_tags(CvArena *arena, CvSlice html, CvSlice *out, CvError *error)
{
    bool attack = has_unclosed_tags(html);
    for (int rounds = 0; !attack && cv_slice_find_byte(html, '<') >= 0 && cv_slice_find_byte(html, '>') >= 0;
         rounds++) {
        if (rounds == STRIP_ROUNDS) {
            attack = true;
            break;
        }
        CvSlice stripped = strip_once(arena, html);
        if (count_byte(stripped, '<') == count_byte(html, '<'))
            break;
        html = stripped;
    }
    *out = html;
    if (!attack)
        return true;
    /* Django's has no message. */
    *error = (CvError){.kind = CV_ERROR_SUSPICIOUS,
                       .message = "",
                       .detail = "The text has too many unclosed or nested tags.",
                       .file = __FILE__,
                       .line = __LINE__};
    return false;
}

bool cv_html_json_script(CvArena *arena, CvBuffer *out, CvValue value, CvValue id, CvError *error)
{
    CvBuffer json = cv_buffer(arena);
    if (!cv_json_write(arena, &json, value, NULL, error))
        return false;
    cv_buffer_append_string(out, "<script");
    if (id.kind == CV_STRING && id.length) {
        cv_buffer_append_string(out, " id=\"");
        if (id.flags & CV_SAFE)
            cv_buffer_append(out, id.text, id.length);
        else
            cv_html_escape(out, cv_value_as_slice(id));
        cv_buffer_append_byte(out, '"');
    }
    cv_buffer_append_string(out, " type=\"application/json\">");
    for (size_t i = 0; i < json.length; i++) {
        char c = json.data[i];
        if (c == '<' || c == '>' || c == '&')
            cv_buffer_printf(out, "\\u%04X", (unsigned)c);
        else
            cv_buffer_append_byte(out, c);
    }
    cv_buffer_append_string(out, "</script>");
    return true;
}
