/* filters_text.c: filters that turn text into text: case, slugs, truncating, wrapping, padding, cutting, formatting. */
#include "template/format_private.h"
#include "template/tags_private.h"
#include "text/html.h"
#include "text/url.h"
#include "text/utf8.h"
#include "text/words.h"

#define PAD_MAX 1000000 /* widest field of ljust, rjust, center */

static CvSlice addslashes(CvArena *arena, CvSlice text)
{
    CvBuffer out = cv_buffer(arena);
    for (size_t i = 0; i < text.length; i++) {
        if (strchr("\\\"'", text.data[i]) && text.data[i])
            cv_buffer_append_byte(&out, '\\');
        cv_buffer_append_byte(&out, text.data[i]);
    }
    return cv_buffer_slice(&out);
}

static CvValue escapejs(CvRender *render, CvValue value, CvValue argument)
{
    (void)argument;
    CvBuffer out = cv_buffer(render->arena);
    cv_html_escape_js(&out, cv_value_as_slice(value));
    return cv_value_safe(cv_slice_of(out.data ? out.data : "", out.length));
}

/* ASCII needs no tables: one pass, and no copy where nothing changes. */
static CvSlice change_case(CvArena *arena, CvSlice text, char from, CvSlice (*full)(CvArena *, CvSlice))
{
    char *copy = cv_arena_alloc_raw(arena, text.length + 1, 1);
    unsigned char seen = 0;
    for (size_t i = 0; i < text.length; i++) {
        unsigned char c = (unsigned char)text.data[i];
        seen |= c;
        copy[i] = (char)(c ^ (((unsigned char)(c - (unsigned char)from) < 26) << 5));
    }
    copy[text.length] = '\0';
    return seen & 0x80 ? full(arena, text) : cv_slice_of(copy, text.length);
}

static CvSlice lower(CvArena *arena, CvSlice text)
{
    return change_case(arena, text, 'A', cv_utf8_lower);
}

static CvSlice upper(CvArena *arena, CvSlice text)
{
    return change_case(arena, text, 'a', cv_utf8_upper);
}

static CvSlice slugify(CvArena *arena, CvSlice text)
{
    return cv_slugify(arena, text, false);
}

/* ---- truncating ---- */

/* int(argument), as far as it matters; false: the text stays as it is. TypeError and the like go on. */
static bool count_argument(CvRender *render, CvValue argument, int64_t *count)
{
    CvValue integer;
    if (!cv_value_to_integer(render->arena, argument, &integer)) {
        if (argument.kind != CV_STRING && argument.kind != CV_FLOAT && argument.kind != CV_DECIMAL)
            cv_raise(CV_ERROR_TYPE, "int() argument must be a string, a bytes-like object or a real number, not '%s'",
                     cv_value_kind_name(argument));
        return false;
    }
    *count = integer.kind == CV_INT ? integer.integer : integer.text[0] == '-' ? INT64_MIN : INT64_MAX;
    return true;
}

static int64_t whole_argument(CvRender *render, CvValue argument)
{
    int64_t count = 0;
    if (!count_argument(render, argument, &count))
        cv_raise(CV_ERROR_VALUE, "invalid literal for int() with base 10: %.*s",
                 CV_SLICE_ARG(cv_value_repr(render->arena, argument)));
    return count;
}

/* The usual case: no combining marks, nothing to normalise in what stays, and an ellipsis at the end. */
static bool quick_truncate(CvRender *render, CvSlice text, int64_t count, CvValue *out)
{
    static const char ellipsis[] = "\xe2\x80\xa6";
    int64_t points = 0;
    size_t cut = 0;
    if (count <= 0 || cv_locale_translates(render->locale))
        return false;
    for (size_t i = 0; i < text.length; i++) {
        unsigned char c = (unsigned char)text.data[i];
        if (c >= 0xcc) /* U+0300 and above */
            return false;
        if ((c & 0xc0) == 0x80)
            continue;
        if (points == count - 1)
            cut = i;
        if (++points > count) {
            CvSlice kept = cv_slice_of(text.data, cut);
            if (cv_slice_ends_with(kept, cv_slice(ellipsis)))
                return false;
            char *copy = cv_arena_alloc_raw(render->arena, cut + 4, 1);
            memcpy(copy, text.data, cut);
            memcpy(copy + cut, ellipsis, 4);
            *out = cv_value_slice(cv_slice_of(copy, cut + 3));
            return true;
        }
    }
    *out = cv_value_slice(text);
    return true;
}

static CvValue truncate(CvRender *render, CvValue value, CvValue argument, bool words, bool html)
{
    int64_t count;
    if (!count_argument(render, argument, &count))
        return value;
    CvSlice text = cv_value_as_slice(value);
    CvTruncate options = {.html = html};
    if (words) {
        options.has_ending = true;
        options.ending = CV_SLICE(" \xe2\x80\xa6");
        return cv_value_slice(cv_truncate_words(render->arena, text, count, options));
    }
    CvValue quick;
    if (!html && cv_locale_is_plain(render->locale) && quick_truncate(render, text, count, &quick))
        return quick;
    CvSlice ending = cv_locale_message(render->locale, "String to return when truncating text",
                                       CV_SLICE("%(truncated_text)s\xe2\x80\xa6"));
    options.has_ending = true;
    options.ending = ending;
    return cv_value_slice(cv_truncate_chars(render->arena, text, count, options));
}

static CvValue truncatechars(CvRender *render, CvValue value, CvValue argument)
{
    return truncate(render, value, argument, false, false);
}

static CvValue truncatechars_html(CvRender *render, CvValue value, CvValue argument)
{
    return truncate(render, value, argument, false, true);
}

static CvValue truncatewords(CvRender *render, CvValue value, CvValue argument)
{
    return truncate(render, value, argument, true, false);
}

static CvValue truncatewords_html(CvRender *render, CvValue value, CvValue argument)
{
    return truncate(render, value, argument, true, true);
}

/* ---- wrapping and padding ---- */

static CvValue wordwrap(CvRender *render, CvValue value, CvValue argument)
{
    int64_t width = whole_argument(render, argument);
    if (width <= 0 && value.length)
        cv_raise(CV_ERROR_VALUE, "invalid width %lld (must be > 0)", (long long)width);
    return cv_value_slice(cv_wrap(render->arena, cv_value_as_slice(value), width));
}

/* Blanks up to `width` code points; the share in front of the text. */
static CvValue pad(CvRender *render, CvValue value, CvValue argument, int side)
{
    int64_t width = whole_argument(render, argument);
    if (width > PAD_MAX)
        cv_raise(CV_ERROR_VALUE, "A field has at most %d characters.", PAD_MAX);
    CvSlice text = cv_value_as_slice(value);
    int64_t more = width - (int64_t)cv_utf8_count(text);
    if (more <= 0)
        return value;
    size_t front = side == 0 ? 0 : side == 1 ? (size_t)more : (size_t)(more / 2);
    CvBuffer out = cv_buffer(render->arena);
    cv_buffer_append_repeated(&out, ' ', front);
    cv_buffer_append_slice(&out, text);
    cv_buffer_append_repeated(&out, ' ', (size_t)more - front);
    return cv_value_slice(cv_buffer_slice(&out));
}

static CvValue ljust(CvRender *render, CvValue value, CvValue argument)
{
    return pad(render, value, argument, 0);
}

static CvValue rjust(CvRender *render, CvValue value, CvValue argument)
{
    return pad(render, value, argument, 1);
}

static CvValue center(CvRender *render, CvValue value, CvValue argument)
{
    return pad(render, value, argument, 2);
}

/* ---- other ---- */

static CvValue cut(CvRender *render, CvValue value, CvValue argument)
{
    if (argument.kind != CV_STRING)
        cv_raise(CV_ERROR_TYPE, "replace() argument 1 must be str, not %s", cv_value_kind_name(argument));
    CvSlice text = cv_value_as_slice(value), what = cv_value_as_slice(argument);
    bool safe = (value.flags & CV_SAFE) && !cv_slice_is(what, ";");
    if (what.length) {
        CvBuffer out = cv_buffer(render->arena);
        for (ptrdiff_t at; (at = cv_slice_find(text, what)) >= 0; text = cv_slice_skip(text, (size_t)at + what.length))
            cv_buffer_append(&out, text.data, (size_t)at);
        cv_buffer_append_slice(&out, text);
        text = cv_slice_of(out.data ? out.data : "", out.length);
    }
    CvValue result = cv_value_slice(text);
    result.flags = safe ? CV_SAFE : 0;
    return result;
}

static CvValue wordcount(CvRender *render, CvValue value, CvValue argument)
{
    (void)render;
    (void)argument;
    CvSlice rest = cv_value_as_slice(value), word;
    int64_t count = 0;
    while (cv_utf8_split_word(&rest, &word))
        count++;
    return cv_value_int(count);
}

static const char *ascii_of(CvRender *render, CvValue text)
{
    CvBuffer out = cv_buffer(render->arena);
    text = cv_render_text(render, text);
    for (size_t i = 0; i < text.length; i++)
        if (text.text[i] > 0)
            cv_buffer_append_byte(&out, text.text[i]);
    return cv_buffer_string(&out);
}

static CvValue urlencode(CvRender *render, CvValue value, CvValue argument)
{
    CvBuffer out = cv_buffer(render->arena);
    const char *safe = "/";
    if (argument.kind == CV_STRING)
        safe = ascii_of(render, argument);
    else if (argument.kind != CV_MISSING && argument.kind != CV_NULL && value.length)
        cv_raise(CV_ERROR_TYPE, "'%s' object is no text", cv_value_kind_name(argument));
    cv_url_quote(&out, cv_value_as_slice(value), safe);
    return cv_value_slice(cv_slice_of(out.data ? out.data : "", out.length));
}

static CvValue stringformat(CvRender *render, CvValue value, CvValue argument)
{
    CvSlice format = cv_value_as_slice(cv_render_text(render, argument));
    CvBuffer out = cv_buffer(render->arena);
    if (value.kind == CV_TUPLE)
        value = cv_render_text(render, value);
    if (!cv_python_format(render, &out, format, value))
        return cv_value_slice(CV_SLICE(""));
    return cv_value_slice(cv_slice_of(out.data ? out.data : "", out.length));
}

static CvValue phone2numeric(CvRender *render, CvValue value, CvValue argument)
{
    (void)argument;
    if (value.kind != CV_STRING)
        cv_raise(CV_ERROR_ATTRIBUTE, "'%s' object has no attribute 'lower'", cv_value_kind_name(value));
    return cv_value_slice(cv_phone_to_numeric(render->arena, cv_value_as_slice(value)));
}

#define SAFE .flags = CV_FILTER_SAFE
#define ARGUMENT (CV_FILTER_TEXT | CV_FILTER_NEEDS_ARGUMENT)
static const CvFilter filters[] = {
    CV_FILTER("addslashes", addslashes, SAFE, .doc = "A backslash before quotes and backslashes.",
              .examples = CV_EXAMPLES({"{{ \"a'b\"|addslashes }}", "a\\'b"})),
    CV_FILTER("capfirst", cv_utf8_capfirst, SAFE, .doc = "The first letter as a capital.",
              .examples = CV_EXAMPLES({"{{ \"ada\"|capfirst }}", "Ada"})),
    CV_FILTER("escapejs", escapejs, .flags = CV_FILTER_TEXT, .doc = "For the inside of a JavaScript string.",
              .examples = CV_EXAMPLES({"{{ \"a'b\"|escapejs }}", "a\\u0027b"})),
    CV_FILTER("iriencode", cv_iri_to_uri, SAFE, .doc = "An IRI as a URI.",
              .examples = CV_EXAMPLES({"{{ \"?q=é\"|iriencode }}", "?q=%C3%A9"})),
    CV_FILTER("lower", lower, SAFE, .doc = "In lower case.", .examples = CV_EXAMPLES({"{{ \"ABC\"|lower }}", "abc"})),
    CV_FILTER("upper", upper, .doc = "In capitals.", .examples = CV_EXAMPLES({"{{ \"abc\"|upper }}", "ABC"})),
    CV_FILTER("title", cv_utf8_titlecase, SAFE, .doc = "Each word with a capital.",
              .examples = CV_EXAMPLES({"{{ \"my book\"|title }}", "My Book"})),
    CV_FILTER("slugify", slugify, SAFE, .doc = "For a URL: ASCII, lower case, hyphens.",
              .examples = CV_EXAMPLES({"{{ \"A b, c!\"|slugify }}", "a-b-c"})),
    CV_FILTER("phone2numeric", phone2numeric, SAFE, .doc = "Letters of a phone number as digits.",
              .examples = CV_EXAMPLES({"{{ \"1-CALL\"|phone2numeric }}", "1-2255"})),
    CV_FILTER("truncatechars", truncatechars, .flags = CV_FILTER_SAFE | ARGUMENT | CV_FILTER_PLAIN_ARGUMENT,
              .doc = "At most that many characters, an ellipsis among them.",
              .examples = CV_EXAMPLES({"{{ \"abcdef\"|truncatechars:4 }}", "abc…"})),
    CV_FILTER("truncatechars_html", truncatechars_html, .flags = CV_FILTER_SAFE | ARGUMENT | CV_FILTER_PLAIN_ARGUMENT,
              .doc = "The same for HTML; open tags are closed.",
              .examples = CV_EXAMPLES(
                  {"{{ html|safe|truncatechars_html:4 }}", "<b>abc…</b>", .context = "{\"html\": \"<b>abcdef</b>\"}"})),
    CV_FILTER("truncatewords", truncatewords, .flags = CV_FILTER_SAFE | ARGUMENT | CV_FILTER_PLAIN_ARGUMENT,
              .doc = "At most that many words.", .examples = CV_EXAMPLES({"{{ \"a b c\"|truncatewords:2 }}", "a b …"})),
    CV_FILTER("truncatewords_html", truncatewords_html, .flags = CV_FILTER_SAFE | ARGUMENT | CV_FILTER_PLAIN_ARGUMENT,
              .doc = "The same for HTML; open tags are closed.",
              .examples = CV_EXAMPLES({"{{ html|safe|truncatewords_html:1 }}", "<b>one …</b>",
                                       .context = "{\"html\": \"<b>one two</b>\"}"})),
    CV_FILTER("wordwrap", wordwrap, .flags = CV_FILTER_SAFE | ARGUMENT, .doc = "Breaks lines at that width.",
              .examples = CV_EXAMPLES({"{{ \"one two three\"|wordwrap:7 }}", "one two\nthree"})),
    CV_FILTER("ljust", ljust, .flags = CV_FILTER_SAFE | ARGUMENT, .doc = "Blanks behind it up to a width.",
              .examples = CV_EXAMPLES({"[{{ \"a\"|ljust:3 }}]", "[a  ]"})),
    CV_FILTER("rjust", rjust, .flags = CV_FILTER_SAFE | ARGUMENT, .doc = "Blanks before it up to a width.",
              .examples = CV_EXAMPLES({"[{{ \"a\"|rjust:3 }}]", "[  a]"})),
    CV_FILTER("center", center, .flags = CV_FILTER_SAFE | ARGUMENT, .doc = "Blanks on both sides up to a width.",
              .examples = CV_EXAMPLES({"[{{ \"a\"|center:3 }}]", "[ a ]"})),
    CV_FILTER("cut", cut, .flags = ARGUMENT | CV_FILTER_PLAIN_ARGUMENT, .doc = "Without all that is like the argument.",
              .examples = CV_EXAMPLES({"{{ \"a b c\"|cut:\" \" }}", "abc"})),
    CV_FILTER("wordcount", wordcount, .flags = CV_FILTER_TEXT, .doc = "How many words it has.",
              .examples = CV_EXAMPLES({"{{ \"a b c\"|wordcount }}", "3"})),
    CV_FILTER("urlencode", urlencode, .flags = CV_FILTER_TEXT | CV_FILTER_TAKES_ARGUMENT,
              .doc = "Percent coded; the argument names characters that stay.",
              .examples = CV_EXAMPLES({"{{ \"a b/c\"|urlencode }}", "a%20b/c"})),
    CV_FILTER("stringformat", stringformat, .flags = CV_FILTER_SAFE | CV_FILTER_NEEDS_ARGUMENT,
              .doc = "By a format of Python's % operator.",
              .examples = CV_EXAMPLES({"{{ 7|stringformat:\"03d\" }}", "007"})),
    CV_LIBRARY_END,
};
const CvLibrary cv_library_text_filters = {.name = "", .filters = filters};
