/* route_text.c: reading the angle brackets of a route, and its regular expression in Django's spelling. */
#include "base/buffer.h"
#include "text/utf8.h"
#include "urls/route.h"

/* Python's string.whitespace. */
static bool is_space(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

/* Python's str.isidentifier(), near enough: letters of any script, digits not first. */
static bool is_identifier(CvSlice name)
{
    for (CvSlice rest = name; rest.length;) {
        bool first = rest.length == name.length;
        uint32_t point = cv_utf8_next(&rest);
        bool good = point == '_' || cv_utf8_is_letter(point) ||
                    (!first && (cv_utf8_is_word(point) || cv_utf8_is_combining(point)));
        if (!good)
            return false;
    }
    return name.length > 0;
}

/* A "<...>" with something inside; where it begins and ends in `text`. */
static bool find_brackets(CvSlice text, size_t *start, size_t *end)
{
    for (size_t open = 0; open < text.length; open++) {
        if (text.data[open] != '<')
            continue;
        ptrdiff_t close = cv_slice_find_byte(cv_slice_skip(text, open), '>');
        if (close < 0)
            return false;
        if (close > 1) {
            *start = open;
            *end = open + (size_t)close + 1;
            return true;
        }
    }
    return false;
}

static bool bad_route(CvArena *arena, CvError *error, CvSlice route, const char *what)
{
    CvSlice quoted = cv_value_repr(arena, cv_value_slice(route));
    return cv_fail(arena, error, CV_ERROR_CONFIGURATION, "URL route %.*s %s", CV_SLICE_ARG(quoted), what);
}

bool cv_route_next_piece(CvArena *arena, CvSlice route, CvSlice *rest, CvRoutePiece *piece, bool *more, CvError *error)
{
    size_t start, end;
    *piece = (CvRoutePiece){0};
    *more = find_brackets(*rest, &start, &end);
    if (!*more) {
        piece->literal = *rest;
        rest->length = 0;
        return true;
    }
    CvSlice inner = cv_slice_range(*rest, start + 1, end - 1);
    piece->literal = cv_slice_range(*rest, 0, start);
    *rest = cv_slice_skip(*rest, end);
    for (size_t i = 0; i < inner.length; i++)
        if (is_space(inner.data[i]))
            return bad_route(arena, error, route, "cannot contain whitespace in angle brackets <…>.");
    ptrdiff_t colon = cv_slice_find_byte(inner, ':');
    piece->name = inner;
    piece->converter = CV_SLICE("str");
    if (colon > 0 && (size_t)colon + 1 < inner.length) {
        piece->converter = cv_slice_range(inner, 0, (size_t)colon);
        piece->name = cv_slice_skip(inner, (size_t)colon + 1);
    }
    CvSlice name = cv_value_repr(arena, cv_value_slice(piece->name));
    if (!is_identifier(piece->name))
        return bad_route(arena, error, route,
                         cv_arena_printf(arena, "uses parameter name %.*s which isn't a valid Python identifier.",
                                         CV_SLICE_ARG(name)));
    if (!cv_converter_find(piece->converter)) {
        CvSlice converter = cv_value_repr(arena, cv_value_slice(piece->converter));
        bad_route(arena, error, route, cv_arena_printf(arena, "uses invalid converter %.*s.", CV_SLICE_ARG(converter)));
        const char *nearest = cv_nearest(piece->converter, cv_converter_names());
        if (nearest)
            error->hint = cv_arena_printf(arena, "Did you mean '%s'?", nearest);
        return false;
    }
    return true;
}

/* Python's re.escape(). */
static void append_escaped(CvBuffer *out, CvSlice text)
{
    static const char special[] = "()[]{}?*+-|^$\\.&~# \t\n\r\v\f";
    for (size_t i = 0; i < text.length; i++) {
        if (text.data[i] && strchr(special, text.data[i]))
            cv_buffer_append_byte(out, '\\');
        cv_buffer_append_byte(out, text.data[i]);
    }
}

bool cv_route_regex(CvArena *arena, CvSlice route, bool endpoint, CvSlice *regex, CvError *error)
{
    CvBuffer out = cv_buffer(arena);
    CvSlice names[CV_ROUTE_MAX_CAPTURES];
    size_t count = 0;
    bool more = true;
    cv_buffer_append_byte(&out, '^');
    for (CvSlice rest = route; more;) {
        CvRoutePiece piece;
        if (!cv_route_next_piece(arena, route, &rest, &piece, &more, error))
            return false;
        append_escaped(&out, piece.literal);
        if (!more)
            break;
        for (size_t i = 0; i < count; i++)
            if (cv_slice_equal(names[i], piece.name))
                return bad_route(
                    arena, error, route,
                    cv_arena_printf(arena, "uses parameter name '%.*s' more than once.", CV_SLICE_ARG(piece.name)));
        if (count == CV_ROUTE_MAX_CAPTURES)
            return bad_route(arena, error, route, "has too many parameters.");
        names[count++] = piece.name;
        cv_buffer_printf(&out, "(?P<%.*s>%s)", CV_SLICE_ARG(piece.name), cv_converter_find(piece.converter)->regex);
    }
    if (endpoint)
        cv_buffer_append_string(&out, "\\Z");
    (void)cv_buffer_string(&out);
    *regex = cv_buffer_slice(&out);
    return true;
}
