/* tags.c: the template tags that need a site: url, static and its kin, csrf_token. */
#include "template/template.h"
#include "text/html.h"
#include "text/url.h"
#include "web/context.h"
#include "web/project_private.h"

/* ---- {% url 'name' arg key=value as variable %} ---- */

typedef struct UrlTag {
    const CvExpression *name;
    const CvExpression **args;
    size_t arg_count;
    const CvAssignment *kwargs;
    size_t kwarg_count;
    CvSlice variable; /* or empty */
} UrlTag;

static CvReverse reverse_of(CvRender *render, const UrlTag *tag)
{
    CvArena *arena = render->arena;
    CvValue *values = cv_arena_new_array(arena, CvValue, tag->arg_count + tag->kwarg_count + 1);
    const char **keys = cv_arena_new_array(arena, const char *, tag->kwarg_count + 1);
    for (size_t i = 0; i < tag->arg_count; i++)
        values[i] = cv_expression_value(render, tag->args[i], false);
    for (size_t i = 0; i < tag->kwarg_count; i++) {
        values[tag->arg_count + i] = cv_expression_value(render, tag->kwargs[i].value, false);
        keys[i] = tag->kwargs[i].name.data;
    }
    CvSlice name = cv_value_str(arena, cv_expression_value(render, tag->name, false));
    return (CvReverse){.name = cv_slice_string(arena, name),
                       .args = values,
                       .arg_count = tag->arg_count,
                       .keys = tag->kwarg_count ? keys : NULL,
                       .values = values + tag->arg_count,
                       .kwarg_count = tag->kwarg_count};
}

static const CvCode *run_url(CvRender *render, const CvCode *code)
{
    const UrlTag *tag = code->data;
    const CvContextRequest *link = render->context->request;
    CvReverse what = reverse_of(render, tag);
    what.current_app = link ? link->current_app : NULL;
    const char *url = "";
    CvError error;
    if (!cv_reverse_for(link ? link->request : NULL, &what, render->arena, &url, &error)) {
        if (!tag->variable.length)
            cv_raise_error(&error);
        url = "";
    }
    if (tag->variable.length)
        cv_render_set(render, tag->variable, cv_value_string(url));
    else if (render->context->autoescape)
        cv_html_escape(render->out, cv_slice(url));
    else
        cv_buffer_append_string(render->out, url);
    return code + code->next;
}

static void compile_url(CvParser *parser)
{
    const CvSlice *words;
    size_t count = cv_parser_words(parser, &words);
    CvArena *arena = cv_parser_arena(parser);
    if (count < 2)
        cv_parser_fail(parser, "'%.*s' takes at least one argument, a URL pattern name.", CV_SLICE_ARG(words[0]));
    UrlTag *tag = cv_arena_new(arena, UrlTag);
    tag->name = cv_parser_expression(parser, words[1]);
    words += 2;
    count -= 2;
    if (count >= 2 && cv_slice_is(words[count - 2], "as")) {
        tag->variable = words[count - 1];
        count -= 2;
    }
    tag->args = cv_arena_new_array(arena, const CvExpression *, count + 1);
    CvAssignment *kwargs = cv_arena_new_array(arena, CvAssignment, count + 1);
    while (count > 0) {
        size_t pairs;
        const CvAssignment *found = cv_parser_assignments(parser, &words, &count, false, &pairs);
        for (size_t i = 0; i < pairs; i++)
            kwargs[tag->kwarg_count++] = (CvAssignment){cv_slice_copy(arena, found[i].name), found[i].value};
        if (count > 0 && pairs == 0) {
            tag->args[tag->arg_count++] = cv_parser_expression(parser, *words++);
            count--;
        }
    }
    tag->kwargs = kwargs;
    cv_parser_mention_url(parser, tag->name, tag->arg_count, kwargs, tag->kwarg_count);
    size_t index = cv_parser_emit(parser, run_url, tag, 0);
    cv_parser_end(parser, index);
    if (tag->variable.length)
        cv_parser_bind(parser, tag->variable);
}

/* ---- {% static 'path' as variable %} ---- */

typedef struct StaticTag {
    const CvExpression *path;
    CvSlice variable;
} StaticTag;

static const CvCode *run_static(CvRender *render, const CvCode *code)
{
    const StaticTag *tag = code->data;
    CvSlice path = cv_value_str(render->arena, cv_expression_value(render, tag->path, false));
    CvBuffer url = cv_buffer(render->arena);
    cv_buffer_append_string(&url, cv_locale_settings(render->locale)->static_url
                                      ? cv_locale_settings(render->locale)->static_url
                                      : "/static/");
    while (path.length && *path.data == '/')
        path = cv_slice_skip(path, 1);
    cv_url_quote(&url, path, "/~:@!$&'()*+,;=%");
    if (tag->variable.length)
        cv_render_set(render, tag->variable, cv_value_slice(cv_buffer_slice(&url)));
    else if (render->context->autoescape)
        cv_html_escape(render->out, cv_buffer_slice(&url));
    else
        cv_buffer_append_slice(render->out, cv_buffer_slice(&url));
    return code + code->next;
}

static void compile_static(CvParser *parser)
{
    const CvSlice *words;
    size_t count = cv_parser_words(parser, &words);
    if (count < 2)
        cv_parser_fail(parser, "'%.*s' takes at least one argument (path to file)", CV_SLICE_ARG(words[0]));
    StaticTag *tag = cv_arena_new(cv_parser_arena(parser), StaticTag);
    tag->path = cv_parser_expression(parser, words[1]);
    if (count >= 4 && cv_slice_is(words[count - 2], "as"))
        tag->variable = words[count - 1];
    cv_parser_mention_static(parser, tag->path);
    cv_parser_end(parser, cv_parser_emit(parser, run_static, tag, 0));
    if (tag->variable.length)
        cv_parser_bind(parser, tag->variable);
}

/* ---- {% csrf_token %} ---- */

static const CvCode *run_csrf(CvRender *render, const CvCode *code)
{
    CvValue token;
    if (cv_context_get(render->context, CV_SLICE("csrf_token"), &token) && cv_value_truth(token)) {
        CvSlice text = cv_value_str(render->arena, token);
        if (text.length && !cv_slice_is(text, "NOTPROVIDED")) {
            cv_buffer_append_string(render->out, "<input type=\"hidden\" name=\"csrfmiddlewaretoken\" value=\"");
            cv_html_escape(render->out, text);
            cv_buffer_append_string(render->out, "\">");
        }
    }
    return code + code->next;
}

static void compile_csrf(CvParser *parser)
{
    cv_parser_end(parser, cv_parser_emit(parser, run_csrf, NULL, 0));
}

static const CvTag builtin_tags[] = {
    CV_TAG("url", compile_url, .doc = "The URL of a view by its name: {% url 'book-detail' slug=book.slug %}"),
    CV_TAG("csrf_token", compile_csrf, .doc = "The hidden field that every form with method=\"post\" needs."),
    CV_LIBRARY_END,
};
static const CvTag static_tags[] = {
    CV_TAG("static", compile_static, .doc = "The URL of a static file: {% static 'site.css' %}"),
    CV_LIBRARY_END,
};
static const CvLibrary builtin_library = {.name = "", .tags = builtin_tags};
static const CvLibrary static_library = {.name = "static", .tags = static_tags};

void cv_web_tags_add(CvEngine *engine)
{
    cv_engine_add_library(engine, &builtin_library, true);
    cv_engine_add_library(engine, &static_library, false);
}
