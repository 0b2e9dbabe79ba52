/* tag_static.c: the libraries static and cache; the floors that own files and caches answer for them. */
#include "template/locale_private.h"
#include "template/tags_private.h"
#include "text/html.h"
#include "text/url.h"

/* ---- static ---- */

typedef struct Static {
    const CvExpression *path;
    CvSlice name;
} Static;

static CvSlice prefix(const CvRender *render, bool media)
{
    const CvTemplateSettings *settings = cv_locale_settings(render->locale);
    const char *url = media ? settings->media_url : settings->static_url;
    return cv_iri_to_uri(render->arena, cv_slice(url ? url : media ? "/media/" : "/static/"));
}

/* STATIC_URL and the quoted path, as urljoin() puts them together. */
static CvSlice plain_url(CvRender *render, CvSlice path)
{
    CvBuffer quoted = cv_buffer(render->arena);
    cv_url_quote(&quoted, path, "/");
    return cv_url_join(render->arena, prefix(render, false), cv_slice_of(quoted.data, quoted.length));
}

static const CvCode *run_static(CvRender *render, const CvCode *code)
{
    const Static *data = code->data;
    CvEngine *engine = render->engine;
    CvWork work = cv_work_begin(render);
    CvValue given = cv_expression_value(render, data->path, false);
    if (given.kind != CV_STRING)
        cv_raise(CV_ERROR_TYPE, "expected the path of a file, not '%s'", cv_value_kind_name(given));
    CvSlice path = cv_value_as_slice(cv_render_text(render, given));
    CvSlice url = engine->find_static ? engine->find_static(engine->static_argument, render->arena, path)
                                      : plain_url(render, path);
    CvValue value = cv_value_slice(url);
    if (render->context->autoescape)
        value = cv_value_safe(cv_html_escaped(render->arena, url));
    cv_render_result(render, data->name, value);
    cv_work_end(render, work);
    return code + 1;
}

static void compile_static(CvParser *parser)
{
    const CvSlice *words;
    size_t count = cv_parser_words(parser, &words);
    if (count < 2)
        cv_parser_fail(parser, "'%.*s' takes at least one argument (path to file)", CV_SLICE_ARG(words[0]));
    Static *data = cv_arena_new(parser->arena, Static);
    data->path = cv_parser_expression(parser, words[1]);
    if (cv_slice_is(words[count - 2], "as")) {
        if (count < 4)
            cv_parser_fail(parser, "list index out of range");
        data->name = words[3];
    }
    cv_parser_mention_static(parser, data->path);
    cv_parser_emit(parser, run_static, data, 0);
    if (data->name.data)
        cv_parser_bind(parser, data->name);
}

static const CvCode *run_prefix(CvRender *render, const CvCode *code)
{
    const Static *data = code->data;
    cv_render_result(render, data->name, cv_value_slice(prefix(render, code->extra)));
    return code + 1;
}

static void compile_prefix(CvParser *parser)
{
    const CvSlice *words;
    size_t count = cv_parser_plain_words(parser, &words);
    if (count > 1 && !cv_slice_is(words[1], "as"))
        cv_parser_fail(parser, "First argument in '%.*s' must be 'as'", CV_SLICE_ARG(words[0]));
    if (count == 2)
        cv_parser_fail(parser, "list index out of range");
    Static *data = cv_arena_new(parser->arena, Static);
    if (count > 2)
        data->name = words[2];
    cv_parser_emit(parser, run_prefix, data, cv_slice_is(words[0], "get_media_prefix"));
    if (data->name.data)
        cv_parser_bind(parser, data->name);
}

static const CvTag static_tags[] = {
    CV_TAG("static", compile_static, .doc = "The URL of a static file.",
           .examples = CV_EXAMPLES({"{% static \"site/a b.css\" %}", "/static/site/a%20b.css"})),
    CV_TAG("get_static_prefix", compile_prefix, .doc = "STATIC_URL.",
           .examples = CV_EXAMPLES({"{% get_static_prefix %}", "/static/"})),
    CV_TAG("get_media_prefix", compile_prefix, .doc = "MEDIA_URL.",
           .examples = CV_EXAMPLES({"{% get_media_prefix %}", "/media/"})),
    CV_LIBRARY_END,
};
const CvLibrary cv_library_static = {.name = "static", .tags = static_tags, .doc = "URLs of static and media files."};

/* ---- cache ---- */

typedef struct Cache {
    const CvExpression *seconds, *cache;
    CvSlice fragment;
    const CvExpression **vary;
    size_t count;
} Cache;

static int64_t seconds_of(CvRender *render, const Cache *data)
{
    CvValue value = cv_expression_value(render, data->seconds, false);
    int64_t seconds;
    if (value.kind == CV_NULL)
        return -1;
    if (!cv_value_to_int(value, &seconds))
        cv_raise(CV_ERROR_TEMPLATE_SYNTAX, "\"cache\" tag got a non-integer timeout value: %.*s",
                 CV_SLICE_ARG(cv_value_repr(render->arena, value)));
    return seconds < 0 ? 0 : seconds;
}

static const CvCode *run_cache(CvRender *render, const CvCode *code)
{
    const Cache *data = code->data;
    const CvTemplateCache *cache = &render->engine->cache;
    CvArena *arena = render->arena;
    int64_t seconds = seconds_of(render, data);
    CvSlice name = {0}, html;
    if (data->cache)
        name = cv_value_as_slice(cv_render_text(render, cv_expression_value(render, data->cache, false)));
    CvBuffer vary = cv_buffer(arena);
    for (size_t i = 0; i < data->count; i++) {
        if (i)
            cv_buffer_append_byte(&vary, ':');
        CvValue value = cv_render_text(render, cv_expression_value(render, data->vary[i], false));
        cv_url_quote(&vary, cv_value_as_slice(value), "/");
    }
    if (!cache->get) {
        cv_render_run(render, code + 1, code + code->next);
    } else if (cache->get(cache->argument, arena, name, data->fragment, cv_buffer_slice(&vary), &html)) {
        cv_buffer_append_slice(render->out, html);
    } else {
        html = cv_render_capture(render, code + 1, code + code->next);
        cache->set(cache->argument, name, data->fragment, cv_buffer_slice(&vary), seconds, html);
        cv_buffer_append_slice(render->out, html);
    }
    return code + code->next;
}

static void compile_cache(CvParser *parser)
{
    const CvSlice *words;
    size_t count = cv_parser_words(parser, &words);
    Cache *data = cv_arena_new(parser->arena, Cache);
    cv_parser_simple_body(parser, run_cache, data, "endcache");
    if (count < 3)
        cv_parser_fail(parser, "'%s' tag requires at least 2 arguments.", cv_parser_repr(parser, words[0]));
    if (count > 3 && cv_slice_starts_with(words[count - 1], CV_SLICE("using=")))
        data->cache = cv_parser_expression(parser, cv_slice_skip(words[--count], 6));
    data->seconds = cv_parser_expression(parser, words[1]);
    data->fragment = words[2];
    data->count = count - 3;
    data->vary = cv_arena_new_array(parser->arena, const CvExpression *, data->count);
    for (size_t i = 0; i < data->count; i++)
        data->vary[i] = cv_parser_expression(parser, words[i + 3]);
}

static const CvTag cache_tags[] = {
    CV_TAG("cache", compile_cache,
           .doc = "Keeps what its body renders for some seconds (None: for good), under a name and the values it "
                  "varies on: {% cache seconds name vary on these using=\"cache\" %}. An engine without a cache "
                  "renders the body each time.",
           .examples = CV_EXAMPLES({"{% cache 500 sidebar user.id %}slow part{% endcache %}", "slow part"})),
    CV_LIBRARY_END,
};
const CvLibrary cv_library_cache = {.name = "cache", .tags = cache_tags, .doc = "Fragments kept in a cache."};
