/* tag_output.c: tags that write something: firstof, now, widthratio, templatetag, debug, csp_nonce_attr; and load. */
#include <math.h>

#include "template/locale_private.h"
#include "template/tags_private.h"
#include "text/html.h"

CvSlice cv_words_take_as(const CvSlice *words, size_t *count)
{
    if (*count < 2 || !cv_slice_is(words[*count - 2], "as"))
        return (CvSlice){0};
    *count -= 2;
    return words[*count + 1];
}

void cv_render_result(CvRender *render, CvSlice name, CvValue value)
{
    if (name.data)
        cv_render_set(render, name, value);
    else
        cv_buffer_append(render->out, value.text, value.length);
}

/* ---- load ---- */

static const CvLibraryIndex *find_library(CvParser *parser, CvSlice name)
{
    const CvEngine *engine = parser->engine;
    const CvLibraryIndex *found = cv_engine_library(engine, name);
    if (found)
        return found;
    CvBuffer names = cv_buffer(parser->scratch);
    const char *last = "";
    for (size_t i = 0; i < engine->libraries.count; i++) { /* in the order of their names */
        const char *next = NULL;
        for (size_t j = 0; j < engine->libraries.count; j++) {
            const char *candidate = engine->libraries.items[j].library->name;
            if (strcmp(candidate, last) > 0 && (!next || strcmp(candidate, next) < 0))
                next = candidate;
        }
        if (!next)
            break;
        cv_buffer_printf(&names, "\n%s", last = next);
    }
    cv_parser_fail(parser, "'%.*s' is not a registered tag library. Must be one of:%s", CV_SLICE_ARG(name),
                   cv_buffer_string(&names));
}

/* What is loaded last wins; it stands once in the list. */
static void add_loaded(CvParser *parser, CvLoaded loaded)
{
    size_t kept = 0;
    for (size_t i = 0; i < parser->loaded.count; i++) {
        CvLoaded one = parser->loaded.items[i];
        if (one.library != loaded.library || !cv_slice_equal(one.only, loaded.only))
            parser->loaded.items[kept++] = one;
    }
    parser->loaded.count = kept;
    cv_vector_push(parser->scratch, &parser->loaded, loaded);
}

static void compile_load(CvParser *parser)
{
    const CvSlice *words;
    size_t count = cv_parser_plain_words(parser, &words);
    bool some = count >= 4 && cv_slice_is(words[count - 2], "from");
    const CvLibraryIndex *library = some ? find_library(parser, words[count - 1]) : NULL;
    for (size_t i = 1; i < (some ? count - 2 : count); i++) {
        CvLoaded loaded = {.library = library};
        if (some) {
            loaded.only = words[i];
            if (!cv_map_get(library->tags, words[i]) && !cv_map_get(library->filters, words[i]))
                cv_parser_fail(parser, "'%.*s' is not a valid tag or filter in tag library '%.*s'",
                               CV_SLICE_ARG(words[i]), CV_SLICE_ARG(words[count - 1]));
        } else {
            loaded.library = find_library(parser, words[i]);
        }
        cv_parser_mention(parser, CV_MENTION_LOAD, cv_slice(loaded.library->library->name));
        add_loaded(parser, loaded);
    }
}

/* ---- firstof ---- */

typedef struct FirstOf {
    const CvExpression **values;
    size_t count;
    CvSlice name;
} FirstOf;

static const CvCode *run_firstof(CvRender *render, const CvCode *code)
{
    const FirstOf *data = code->data;
    CvWork work = cv_work_begin(render);
    CvValue chosen = {.kind = CV_MISSING};
    for (size_t i = 0; i < data->count && chosen.kind == CV_MISSING; i++) {
        CvValue value = cv_expression_value(render, data->values[i], true);
        if (cv_value_truth(value))
            chosen = value;
    }
    if (data->name.data)
        cv_render_set(render, data->name,
                      chosen.kind == CV_MISSING ? cv_value_slice(CV_SLICE("")) : cv_render_to_value(render, chosen));
    else
        cv_render_value(render, chosen);
    cv_work_end(render, work);
    return code + 1;
}

static void compile_firstof(CvParser *parser)
{
    const CvSlice *words;
    size_t count = cv_parser_words(parser, &words) - 1;
    if (count == 0)
        cv_parser_fail(parser, "'firstof' statement requires at least one argument");
    FirstOf *data = cv_arena_new(parser->arena, FirstOf);
    data->name = cv_words_take_as(words + 1, &count);
    data->count = count;
    data->values = cv_arena_new_array(parser->arena, const CvExpression *, count);
    for (size_t i = 0; i < count; i++)
        data->values[i] = cv_parser_expression(parser, words[i + 1]);
    cv_parser_emit(parser, run_firstof, data, 0);
    if (data->name.data)
        cv_parser_bind(parser, data->name);
}

/* ---- now ---- */

typedef struct Now {
    CvSlice format, name;
} Now;

static const CvCode *run_now(CvRender *render, const CvCode *code)
{
    const Now *data = code->data;
    CvDateTime now = cv_datetime_to(cv_now_utc(), cv_current_zone());
    if (cv_locale_settings(render->locale)->no_tz) {
        CvClock clock = cv_datetime_clock(now, NULL);
        now = cv_datetime_naive(clock.date, clock.time);
    }
    CvBuffer text = cv_buffer(render->arena);
    if (!cv_locale_append_date(&text, render->locale, cv_value_datetime(now), data->format, true))
        text.length = 0;
    cv_render_result(render, data->name, cv_value_slice(cv_buffer_slice(&text)));
    return code + 1;
}

static void compile_now(CvParser *parser)
{
    const CvSlice *words;
    size_t count = cv_parser_words(parser, &words);
    Now *data = cv_arena_new(parser->arena, Now);
    if (count == 4)
        data->name = cv_words_take_as(words, &count);
    if (count != 2)
        cv_parser_fail(parser, "'now' statement takes one argument");
    data->format = cv_slice_range(words[1], 1, words[1].length ? words[1].length - 1 : 0);
    if (!data->format.length)
        data->format = CV_SLICE("DATE_FORMAT");
    cv_parser_emit(parser, run_now, data, 0);
    if (data->name.data)
        cv_parser_bind(parser, data->name);
}

/* ---- widthratio ---- */

typedef struct WidthRatio {
    const CvExpression *value, *most, *width;
    CvSlice name;
} WidthRatio;

typedef struct Ratio {
    CvRender *render;
    const WidthRatio *data;
    CvValue value, most;
    double width;
} Ratio;

static void read_ratio(void *argument)
{
    Ratio *ratio = argument;
    CvRender *render = ratio->render;
    CvValue whole;
    ratio->value = cv_expression_value(render, ratio->data->value, false);
    ratio->most = cv_expression_value(render, ratio->data->most, false);
    if (!cv_value_to_integer(render->arena, cv_expression_value(render, ratio->data->width, false), &whole) ||
        !cv_value_to_float(whole, &ratio->width))
        cv_raise(CV_ERROR_TYPE, "not a number");
}

/* Whatever fails with the wrong type or value is taken for the width, a missing argument of a filter for nothing. */
static bool try_ratio(Ratio *ratio)
{
    CvError *error;
    if (cv_render_try(ratio->render, read_ratio, ratio, &error))
        return true;
    if (error->kind == CV_ERROR_TYPE || error->kind == CV_ERROR_VALUE)
        cv_raise(CV_ERROR_TEMPLATE_SYNTAX, "widthratio final argument must be a number");
    if (error->kind != CV_ERROR_VARIABLE_DOES_NOT_EXIST)
        cv_raise_error(error);
    return false;
}

static const CvCode *run_widthratio(CvRender *render, const CvCode *code)
{
    const WidthRatio *data = code->data;
    Ratio read = {.render = render, .data = data};
    double a, b, width;
    CvBuffer text = cv_buffer(render->arena);
    if (try_ratio(&read) && cv_value_to_float(read.value, &a) && cv_value_to_float(read.most, &b)) {
        width = read.width;
        double ratio = b == 0 ? 0 : rint(a / b * width); /* half to even, as Python's round() */
        if (isfinite(ratio))
            cv_buffer_printf(&text, "%.0f", ratio == 0 ? 0.0 : ratio);
    }
    cv_render_result(render, data->name, cv_value_slice(cv_slice_of(text.data ? text.data : "", text.length)));
    return code + 1;
}

static void compile_widthratio(CvParser *parser)
{
    const CvSlice *words;
    size_t count = cv_parser_words(parser, &words);
    WidthRatio *data = cv_arena_new(parser->arena, WidthRatio);
    if (count == 6) {
        if (!cv_slice_is(words[4], "as"))
            cv_parser_fail(parser, "Invalid syntax in widthratio tag. Expecting 'as' keyword");
        data->name = words[5];
    } else if (count != 4) {
        cv_parser_fail(parser, "widthratio takes at least three arguments");
    }
    data->value = cv_parser_expression(parser, words[1]);
    data->most = cv_parser_expression(parser, words[2]);
    data->width = cv_parser_expression(parser, words[3]);
    cv_parser_emit(parser, run_widthratio, data, 0);
    if (data->name.data)
        cv_parser_bind(parser, data->name);
}

/* ---- templatetag ---- */

static const struct {
    const char *name, *text;
} delimiters[] = {{"openblock", "{%"}, {"closeblock", "%}"}, {"openvariable", "{{"}, {"closevariable", "}}"},
                  {"openbrace", "{"},  {"closebrace", "}"},  {"opencomment", "{#"},  {"closecomment", "#}"}};

static const CvCode *run_delimiter(CvRender *render, const CvCode *code)
{
    cv_buffer_append(render->out, code->data, code->extra);
    return code + 1;
}

static void compile_templatetag(CvParser *parser)
{
    const CvSlice *words;
    if (cv_parser_plain_words(parser, &words) != 2)
        cv_parser_fail(parser, "'templatetag' statement takes one argument");
    CvBuffer names = cv_buffer(parser->scratch);
    for (size_t i = 0; i < CV_COUNT_OF(delimiters); i++) {
        if (cv_slice_is(words[1], delimiters[i].name)) {
            cv_parser_emit(parser, run_delimiter, delimiters[i].text, (uint32_t)strlen(delimiters[i].text));
            return;
        }
        cv_buffer_printf(&names, "%s'%s'", i ? ", " : "", delimiters[i].name);
    }
    cv_parser_fail(parser, "Invalid templatetag argument: '%.*s'. Must be one of: [%s]", CV_SLICE_ARG(words[1]),
                   cv_buffer_string(&names));
}

/* ---- debug, csrf_token, csp_nonce_attr ---- */

static const CvCode *run_debug(CvRender *render, const CvCode *code)
{
    if (render->engine->options.debug) {
        CvValue names = cv_value_dict(cv_context_flatten(render->context, render->arena));
        cv_html_escape(render->out, cv_value_repr(render->arena, names));
        cv_buffer_append_string(render->out, "\n\n");
    }
    return code + 1;
}

static void compile_debug(CvParser *parser)
{
    cv_parser_emit(parser, run_debug, NULL, 0);
}

static const CvCode *run_csrf_token(CvRender *render, const CvCode *code)
{
    CvValue token;
    if (!cv_context_get(render->context, CV_SLICE("csrf_token"), &token))
        return code + 1;
    if (token.kind == CV_OBJECT && cv_type_of(token.object)->call)
        token = cv_type_of(token.object)->call(token.object, render->arena);
    if (!cv_value_truth(token))
        return code + 1;
    CvValue text = cv_render_text(render, token);
    if (cv_slice_is(cv_value_as_slice(text), "NOTPROVIDED"))
        return code + 1;
    cv_buffer_append_string(render->out, "<input type=\"hidden\" name=\"csrfmiddlewaretoken\" value=\"");
    cv_html_escape(render->out, cv_value_as_slice(text));
    cv_buffer_append_string(render->out, "\">");
    return code + 1;
}

static void compile_csrf_token(CvParser *parser)
{
    cv_parser_read(parser, CV_SLICE("csrf_token"));
    cv_parser_emit(parser, run_csrf_token, NULL, 0);
}

static CvValue csp_nonce_attr(CvRender *render, const CvTagArguments *arguments)
{
    (void)arguments;
    CvValue nonce;
    const CvContextRequest *request = render->context->request;
    if (!cv_context_get(render->context, CV_SLICE("csp_nonce"), &nonce))
        nonce = request ? cv_value_string(request->csp_nonce) : cv_value_null();
    if (nonce.kind == CV_NULL)
        return cv_value_safe(CV_SLICE(""));
    CvBuffer text = cv_buffer(render->arena);
    cv_buffer_append_string(&text, "nonce=\"");
    cv_html_escape(&text, cv_value_as_slice(cv_render_text(render, nonce)));
    cv_buffer_append_byte(&text, '"');
    return cv_value_safe(cv_buffer_slice(&text));
}

static const CvTag tags[] = {
    CV_TAG("load", compile_load, .doc = "Makes the tags and filters of libraries known; {% load name from library %}.",
           .examples = CV_EXAMPLES({"{% load intcomma from humanize %}{{ 4500|intcomma }}", "4,500"})),
    CV_TAG("firstof", compile_firstof, .doc = "The first of its values that is true.",
           .examples = CV_EXAMPLES({"{% firstof 0 \"\" \"x\" %}", "x"})),
    CV_TAG("now", compile_now, .doc = "The present, by a date format: {% now \"Y\" %}.",
           .examples = CV_EXAMPLES({"{% now \"Y\" as year %}{{ year|length }} digits", "4 digits"})),
    CV_TAG("widthratio", compile_widthratio, .doc = "A value as a share of a maximum, times a width, rounded.",
           .examples = CV_EXAMPLES({"{% widthratio 175 200 100 %}", "88"})),
    CV_TAG("templatetag", compile_templatetag, .doc = "One of the delimiters.",
           .examples = CV_EXAMPLES({"{% templatetag openvariable %}", "{{"})),
    CV_TAG("debug", compile_debug, .doc = "All names of the context, if the engine is in debug; else nothing.",
           .examples = CV_EXAMPLES({"{% debug %}", ""})),
    CV_TAG("csrf_token", compile_csrf_token, .doc = "The hidden field that every POST form needs.",
           .examples =
               CV_EXAMPLES({"{% csrf_token %}", "<input type=\"hidden\" name=\"csrfmiddlewaretoken\" value=\"token\">",
                            .context = "{\"csrf_token\": \"token\"}"})),
    CV_SIMPLE_TAG("csp_nonce_attr", csp_nonce_attr, .parameters = "media=None",
                  .doc = "The nonce attribute for scripts and styles, where a policy asks for it.",
                  .examples = CV_EXAMPLES({"<script {% csp_nonce_attr %}>", "<script nonce=\"r4nd0m\">"})),
    CV_LIBRARY_END,
};
const CvLibrary cv_library_output = {.name = "", .tags = tags};
