/* tag_blocktranslate.c: {% blocktranslate %}: text with names, its plural, and the translation filled in. */
#include <math.h>

#include "template/locale_private.h"
#include "template/tags_private.h"
#include "text/utf8.h"

/* One text: the message with "%(name)s" for each name, and the names. */
typedef struct Text {
    CvSlice message;
    CV_VECTOR(CvSlice) names;
} Text;

typedef struct BlockTranslate {
    const CvAssignment *with, *count;
    size_t with_count, count_count;
    const CvExpression *context;
    CvSlice as, tag;
    bool trimmed, has_plural;
    Text singular, plural;
} BlockTranslate;

/* ---- compiling ---- */

/* White space around line ends becomes one space. */
static CvSlice trim_lines(CvArena *arena, CvSlice text)
{
    CvBuffer out = cv_buffer(arena);
    CvSlice rest = cv_utf8_strip(text), line;
    for (bool first = true; cv_slice_split(&rest, '\n', &line);) {
        line = cv_utf8_strip(line);
        if (line.length == 0)
            continue;
        if (!first)
            cv_buffer_append_byte(&out, ' ');
        cv_buffer_append_slice(&out, line);
        first = false;
    }
    return cv_slice_of(out.data ? out.data : "", out.length);
}

/* Reads text and variables; stops at anything else, which becomes the current token. */
static void read_text(CvParser *parser, Text *text, bool trimmed)
{
    CvBuffer message = cv_buffer(parser->arena);
    while (parser->at < parser->tokens.count) {
        const CvToken *token = &parser->tokens.items[parser->at++];
        parser->current = token;
        if (token->kind == CV_TOKEN_TEXT) {
            for (size_t i = 0; i < token->contents.length; i++) {
                if (token->contents.data[i] == '%')
                    cv_buffer_append_byte(&message, '%');
                cv_buffer_append_byte(&message, token->contents.data[i]);
            }
        } else if (token->kind == CV_TOKEN_VARIABLE) {
            cv_buffer_printf(&message, "%%(%.*s)s", CV_SLICE_ARG(token->contents));
            cv_vector_push(parser->arena, &text->names, token->contents);
        } else {
            break;
        }
    }
    text->message = cv_slice_of(message.data ? message.data : "", message.length);
    if (trimmed)
        text->message = trim_lines(parser->arena, text->message);
}

static void read_options(CvParser *parser, BlockTranslate *data)
{
    const CvSlice *words;
    size_t left = cv_parser_words(parser, &words) - 1;
    const char *tag = cv_parser_repr(parser, words[0]);
    data->tag = words[0];
    for (words++; left;) {
        CvSlice option = *words++;
        left--;
        bool with = cv_slice_is(option, "with"), count = cv_slice_is(option, "count");
        bool context = cv_slice_is(option, "context"), as = cv_slice_is(option, "asvar");
        if ((with && data->with) || (count && data->count) || (context && data->context) || (as && data->as.data) ||
            (cv_slice_is(option, "trimmed") && data->trimmed))
            cv_parser_fail(parser, "The %s option was specified more than once.", cv_parser_repr(parser, option));
        if (with) {
            data->with = cv_parser_assignments(parser, &words, &left, true, &data->with_count);
            if (data->with_count == 0)
                cv_parser_fail(parser, "\"with\" in %s tag needs at least one keyword argument.", tag);
        } else if (count) {
            data->count = cv_parser_assignments(parser, &words, &left, true, &data->count_count);
            if (data->count_count != 1)
                cv_parser_fail(parser, "\"count\" in %s tag expected exactly one keyword argument.", tag);
        } else if (context) {
            if (left == 0)
                cv_parser_fail(parser, "\"context\" in %s tag expected exactly one argument.", tag);
            data->context = cv_parser_expression(parser, *words++);
            left--;
        } else if (cv_slice_is(option, "trimmed")) {
            data->trimmed = true;
        } else if (as) {
            if (left == 0)
                cv_parser_fail(parser, "No argument provided to the %s tag for the asvar option.", tag);
            data->as = *words++;
            left--;
        } else {
            cv_parser_fail(parser, "Unknown argument for %s tag: %s.", tag, cv_parser_repr(parser, option));
        }
    }
}

static void read_names(CvParser *parser, const Text *text)
{
    for (size_t i = 0; i < text->names.count; i++)
        cv_parser_read(parser, text->names.items[i]);
}

static const CvCode *run_blocktranslate(CvRender *render, const CvCode *code);

void cv_compile_blocktranslate(CvParser *parser)
{
    BlockTranslate *data = cv_arena_new(parser->arena, BlockTranslate);
    read_options(parser, data);
    const char *tag = cv_parser_repr(parser, data->tag);
    read_text(parser, &data->singular, data->trimmed);
    if (data->count) {
        if (!cv_slice_is(cv_slice_trim(parser->current->contents), "plural"))
            cv_parser_fail(parser, "%s doesn't allow other block tags inside it", tag);
        size_t before = parser->at;
        read_text(parser, &data->plural, data->trimmed);
        data->has_plural = parser->at > before + 1; /* more than the end tag */
    }
    const char *end = cv_arena_printf(parser->scratch, "end%.*s", CV_SLICE_ARG(data->tag));
    if (!cv_slice_is(parser->current->contents, end))
        cv_parser_fail(parser, "%s doesn't allow other block tags (seen %s) inside it", tag,
                       cv_parser_repr(parser, parser->current->contents));
    cv_parser_scope_begin(parser);
    for (size_t i = 0; i < data->with_count; i++)
        cv_parser_bind(parser, data->with[i].name);
    if (data->count)
        cv_parser_bind(parser, data->count[0].name);
    read_names(parser, &data->singular);
    read_names(parser, &data->plural);
    cv_parser_scope_end(parser);
    cv_parser_emit(parser, run_blocktranslate, data, 0);
    if (data->as.data)
        cv_parser_bind(parser, data->as);
}

/* ---- rendering ---- */

static CvValue value_of(CvRender *render, CvSlice name)
{
    CvValue value;
    if (!cv_context_get(render->context, name, &value)) {
        const char *invalid = render->engine->options.string_if_invalid;
        const char *at = invalid ? strstr(invalid, "%s") : NULL;
        CvBuffer text = cv_buffer(render->arena);
        if (at) {
            cv_buffer_append(&text, invalid, (size_t)(at - invalid));
            cv_buffer_append_slice(&text, name);
            cv_buffer_append_string(&text, at + 2);
        } else if (invalid) {
            cv_buffer_append_string(&text, invalid);
        }
        value = cv_value_slice(cv_slice_of(text.data ? text.data : "", text.length));
    }
    return cv_render_to_value(render, value);
}

static bool has_name(const Text *text, CvSlice name)
{
    for (size_t i = 0; i < text->names.count; i++)
        if (cv_slice_equal(text->names.items[i], name))
            return true;
    return false;
}

/* Python's text % names: "%(name)s" and "%%"; false where the text asks for anything else. */
static bool fill_in(CvRender *render, const BlockTranslate *data, CvSlice text, CvBuffer *out)
{
    for (size_t i = 0; i < text.length; i++) {
        if (text.data[i] != '%') {
            cv_buffer_append_byte(out, text.data[i]);
            continue;
        }
        if (++i >= text.length)
            return false;
        if (text.data[i] == '%') {
            cv_buffer_append_byte(out, '%');
            continue;
        }
        CvSlice rest = cv_slice_skip(text, i + 1);
        ptrdiff_t close = cv_slice_find_byte(rest, ')');
        if (text.data[i] != '(' || close < 0 || (size_t)close + 1 >= rest.length || rest.data[close + 1] != 's')
            return false;
        CvSlice name = cv_slice_range(rest, 0, (size_t)close);
        if (!has_name(&data->singular, name) && !(data->has_plural && has_name(&data->plural, name)))
            return false;
        CvValue value = value_of(render, name);
        cv_buffer_append(out, value.text, value.length);
        i += (size_t)close + 2;
    }
    return true;
}

/* Plural rules count whole numbers: others are rounded, half to even; without a translation only 1 itself is one. */
static CvSlice translation(const BlockTranslate *data, const CvLocale *locale, const char *context, CvValue count)
{
    CvSlice singular = data->singular.message, plural = data->plural.message;
    if (!data->has_plural)
        return cv_locale_message(locale, context, singular);
    int64_t number;
    double real;
    if (count.kind == CV_FLOAT || count.kind == CV_DECIMAL) {
        if (!cv_value_to_float(count, &real) || isnan(real))
            cv_raise(CV_ERROR_VALUE, "cannot convert float NaN to integer");
        if (isinf(real))
            cv_raise(CV_ERROR_OVERFLOW, "cannot convert float infinity to integer");
        number = fabs(real) < 1e15 ? (int64_t)rint(real) : 1000000;
        CvSlice text = cv_locale_plural(locale, context, singular, plural, number);
        return text.data == singular.data && real != 1 ? plural : text;
    }
    if (!cv_value_to_int(count, &number))
        number = 1000000;
    return cv_locale_plural(locale, context, singular, plural, number);
}

static void write(CvRender *render, const BlockTranslate *data, CvBuffer *out)
{
    const char *context = NULL;
    if (data->context) {
        CvValue value = cv_render_text(render, cv_expression_value(render, data->context, false));
        if (value.length)
            context = cv_arena_strndup(render->arena, value.text, value.length);
    }
    CvValue *values = cv_arena_new_array(render->arena, CvValue, data->with_count);
    for (size_t i = 0; i < data->with_count; i++)
        values[i] = cv_expression_value(render, data->with[i].value, false);
    cv_context_push(render->context);
    for (size_t i = 0; i < data->with_count; i++)
        cv_context_set_slice(render->context, data->with[i].name, values[i]);
    CvValue count = cv_value_null();
    if (data->has_plural) {
        count = cv_expression_value(render, data->count[0].value, false);
        if (count.kind != CV_INT && count.kind != CV_BIGINT && count.kind != CV_FLOAT && count.kind != CV_DECIMAL &&
            count.kind != CV_BOOL)
            cv_raise(CV_ERROR_TEMPLATE_SYNTAX, "%.*s argument to %.*s tag must be a number.",
                     CV_SLICE_ARG(cv_value_repr(render->arena, cv_value_slice(data->count[0].name))),
                     CV_SLICE_ARG(cv_value_repr(render->arena, cv_value_slice(data->tag))));
        cv_context_set_slice(render->context, data->count[0].name, count);
    }
    CvSlice text = translation(data, render->locale, context, count);
    if (!fill_in(render, data, text, out)) { /* a broken translation: the original */
        out->length = 0;
        const CvLocale *none = cv_locale_for(render->locale, render->arena, NULL);
        text = translation(data, none, context, count);
        if (!fill_in(render, data, text, out))
            cv_raise(CV_ERROR_TEMPLATE_SYNTAX, "'%.*s' is unable to format string returned by gettext: %.*s",
                     CV_SLICE_ARG(data->tag), CV_SLICE_ARG(cv_value_repr(render->arena, cv_value_slice(text))));
    }
    cv_context_pop(render->context);
}

static const CvCode *run_blocktranslate(CvRender *render, const CvCode *code)
{
    const BlockTranslate *data = code->data;
    CvWork work = cv_work_begin(render);
    CvBuffer out = cv_buffer(render->arena);
    write(render, data, &out);
    cv_render_result(render, data->as, cv_value_safe(cv_slice_of(out.data ? out.data : "", out.length)));
    cv_work_end(render, work);
    return code + 1;
}
