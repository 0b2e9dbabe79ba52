/* words.c: slugs, file names, lists, literals: django.utils.text without truncation and wrapping. */
#include "text/words.h"

#include "text/html.h"
#include "text/i18n.h"
#include "text/utf8.h"

static CvSlice finish(CvBuffer *out)
{
    cv_buffer_string(out);
    return cv_buffer_slice(out);
}

CvSlice cv_slugify(CvArena *arena, CvSlice text, bool unicode)
{
    text = cv_utf8_normalize(arena, text, unicode ? CV_NFKC : CV_NFKD);
    if (!unicode) { /* what is not ASCII falls away, accents before anything else */
        CvBuffer ascii = cv_buffer(arena);
        for (size_t i = 0; i < text.length; i++)
            if (!(text.data[i] & 0x80))
                cv_buffer_append_byte(&ascii, text.data[i]);
        text = cv_buffer_slice(&ascii);
    }
    CvBuffer out = cv_buffer(arena);
    bool dash = false;
    for (CvSlice rest = cv_utf8_lower(arena, text); rest.length;) {
        uint32_t point = cv_utf8_next(&rest);
        if (point == '-' || cv_utf8_is_space(point)) {
            dash = true;
        } else if (cv_utf8_is_word(point)) {
            if (dash)
                cv_buffer_append_byte(&out, '-');
            dash = false;
            cv_utf8_append(&out, point);
        }
    }
    CvSlice slug = finish(&out);
    while (slug.length && (*slug.data == '-' || *slug.data == '_'))
        slug = cv_slice_skip(slug, 1);
    while (slug.length && (slug.data[slug.length - 1] == '-' || slug.data[slug.length - 1] == '_'))
        slug.length--;
    return cv_slice_copy(arena, slug);
}

bool cv_valid_filename(CvArena *arena, CvSlice name, CvSlice *out, CvError *error)
{
    CvBuffer text = cv_buffer(arena);
    for (CvSlice rest = cv_utf8_strip(name); rest.length;) {
        uint32_t point = cv_utf8_next(&rest);
        if (point == ' ')
            cv_buffer_append_byte(&text, '_');
        else if (point == '-' || point == '.' || cv_utf8_is_word(point))
            cv_utf8_append(&text, point);
    }
    *out = finish(&text);
    if (!out->length || cv_slice_is(*out, ".") || cv_slice_is(*out, ".."))
        return cv_fail(arena, error, CV_ERROR_SUSPICIOUS_FILE, "Could not derive file name from '%.*s'",
                       CV_SLICE_ARG(name));
    return true;
}

CvSlice cv_normalize_newlines(CvArena *arena, CvSlice text)
{
    if (cv_slice_find_byte(text, '\r') < 0)
        return text;
    CvBuffer out = cv_buffer(arena);
    for (size_t i = 0; i < text.length; i++) {
        char c = text.data[i];
        if (c == '\r' && i + 1 < text.length && text.data[i + 1] == '\n')
            continue;
        cv_buffer_append_byte(&out, c == '\r' ? '\n' : c);
    }
    return finish(&out);
}

CvSlice cv_text_list(CvArena *arena, const CvList *list, CvSlice last_word)
{
    CvBuffer out = cv_buffer(arena);
    for (size_t i = 0; i < list->count; i++) {
        if (i && i + 1 == list->count) {
            cv_buffer_append_byte(&out, ' ');
            cv_buffer_append_slice(&out, last_word);
            cv_buffer_append_byte(&out, ' ');
        } else if (i) {
            cv_buffer_append_slice(&out, cv_gettext(NULL, CV_SLICE(", ")));
        }
        cv_buffer_append_slice(&out, cv_value_str(arena, list->items[i]));
    }
    return finish(&out);
}

static bool is_upper(char c)
{
    return c >= 'A' && c <= 'Z';
}

CvSlice cv_camel_case_to_spaces(CvArena *arena, CvSlice text)
{
    CvBuffer out = cv_buffer(arena);
    for (size_t i = 0; i < text.length; i++) {
        char c = text.data[i];
        bool after_small = i && text.data[i - 1] >= 'a' && text.data[i - 1] <= 'z';
        /* The end that a capital may not stand at is "$": also before a line feed that is last. */
        bool last = i + 1 == text.length || (i + 2 == text.length && text.data[i + 1] == '\n');
        if (is_upper(c) && (after_small || (!last && !is_upper(text.data[i + 1]))))
            cv_buffer_append_byte(&out, ' ');
        cv_buffer_append_byte(&out, c);
    }
    return cv_utf8_lower(arena, cv_utf8_strip(cv_buffer_slice(&out)));
}

CvSlice cv_phone_to_numeric(CvArena *arena, CvSlice phone)
{
    static const char keys[] = "22233344455566677778889999";
    CvSlice lower = cv_utf8_lower(arena, phone);
    char *digits = cv_slice_string(arena, lower);
    for (size_t i = 0; i < lower.length; i++)
        if (digits[i] >= 'a' && digits[i] <= 'z')
            digits[i] = keys[digits[i] - 'a'];
    return cv_slice_of(digits, lower.length);
}

CvSlice cv_add_slashes(CvArena *arena, CvSlice text)
{
    CvBuffer out = cv_buffer(arena);
    for (size_t i = 0; i < text.length; i++) {
        char c = text.data[i];
        if (c == '\\' || c == '"' || c == '\'')
            cv_buffer_append_byte(&out, '\\');
        cv_buffer_append_byte(&out, c);
    }
    return finish(&out);
}

CvSlice cv_line_numbers(CvArena *arena, CvSlice text, bool autoescape)
{
    CvBuffer out = cv_buffer(arena);
    size_t lines = 1, number = 0;
    for (size_t i = 0; i < text.length; i++)
        lines += text.data[i] == '\n';
    int width = snprintf(NULL, 0, "%zu", lines);
    CvSlice line;
    if (!text.data)
        text = CV_SLICE("");
    while (cv_slice_split(&text, '\n', &line)) {
        cv_buffer_printf(&out, number ? "\n%0*zu. " : "%0*zu. ", width, number + 1);
        number++;
        if (autoescape)
            cv_html_escape(&out, line);
        else
            cv_buffer_append_slice(&out, line);
    }
    return finish(&out);
}

bool cv_unescape_literal(CvArena *arena, CvSlice literal, CvSlice *out, CvError *error)
{
    char quote = literal.length ? literal.data[0] : '\0';
    if ((quote != '"' && quote != '\'') || literal.data[literal.length - 1] != quote) {
        CvSlice shown = cv_value_repr(arena, cv_value_slice(literal));
        return cv_fail(arena, error, CV_ERROR_VALUE, "Not a string literal: %.*s", CV_SLICE_ARG(shown));
    }
    CvBuffer text = cv_buffer(arena);
    CvSlice inner = literal.length < 2 ? (CvSlice){"", 0} : cv_slice_range(literal, 1, literal.length - 1);
    /* First \" becomes ", then two backslashes become one: a backslash that is left by the first step counts. */
    for (size_t i = 0; i < inner.length; i++) {
        if (inner.data[i] == '\\' && i + 1 < inner.length && inner.data[i + 1] == quote)
            continue;
        cv_buffer_append_byte(&text, inner.data[i]);
    }
    CvBuffer plain = cv_buffer(arena);
    for (size_t i = 0; i < text.length; i++) {
        cv_buffer_append_byte(&plain, text.data[i]);
        if (text.data[i] == '\\' && i + 1 < text.length && text.data[i + 1] == '\\')
            i++;
    }
    *out = finish(&plain);
    return true;
}

/* The length of a quoted phrase at the front, with both quotes; 0 if it does not end. */
static size_t phrase_length(CvSlice text)
{
    char quote = text.data[0];
    for (size_t i = 1; i < text.length; i++) {
        if (text.data[i] == quote)
            return i + 1;
        if (text.data[i] == '\\' && i + 1 < text.length && text.data[++i] == '\n')
            return 0;
    }
    return 0;
}

bool cv_smart_split(CvSlice *rest, CvSlice *bit)
{
    CvSlice at = *rest;
    for (CvSlice next = at; next.length && cv_utf8_is_space(cv_utf8_next(&next));)
        at = next;
    if (!at.length) {
        *rest = at;
        return false;
    }
    CvSlice start = at, next = at;
    bool phrases = false, plain = false; /* a quote that does not end closes a bit with phrases, else it is a letter */
    while (at.length) {
        if (!plain && (*at.data == '"' || *at.data == '\'')) {
            size_t length = phrase_length(at);
            if (length) {
                at = cv_slice_skip(at, length);
                phrases = true;
                continue;
            }
            if (phrases)
                break;
            plain = true;
        }
        next = at;
        if (cv_utf8_is_space(cv_utf8_next(&next)))
            break;
        at = next;
    }
    *bit = cv_slice_range(start, 0, start.length - at.length);
    *rest = at;
    return true;
}
