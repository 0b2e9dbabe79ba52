/* tag_link.c: {% url %} and {% querystring %}. */
#include "template/tags_private.h"
#include "text/html.h"
#include "text/url.h"

/* ---- url ---- */

typedef struct Url {
    const CvExpression *name;
    const CvExpression **args;
    size_t count;
    CvAssignment *named;
    size_t named_count;
    CvSlice as;
} Url;

static const CvCode *run_url(CvRender *render, const CvCode *code)
{
    const Url *data = code->data;
    const CvEngine *engine = render->engine;
    CvArena *arena = render->arena;
    CvWork work = cv_work_begin(render);
    CvList *args = cv_list_create(arena);
    CvDict *kwargs = cv_dict_create(arena);
    for (size_t i = 0; i < data->count; i++)
        cv_list_add(arena, args, cv_expression_value(render, data->args[i], false));
    for (size_t i = 0; i < data->named_count; i++)
        cv_dict_set(kwargs, cv_value_slice(data->named[i].name),
                    cv_expression_value(render, data->named[i].value, false));
    CvValue name = cv_expression_value(render, data->name, false);
    const CvContextRequest *request = render->context->request;
    CvSlice url = {"", 0};
    CvError error = {.kind = CV_ERROR_NO_REVERSE_MATCH, .message = "No URLs are known to this template engine."};
    bool good = engine->reverse && engine->reverse(engine->reverse_argument, arena, name, args, kwargs,
                                                   request ? request->current_app : NULL, &url, &error);
    if (!good && (error.kind != CV_ERROR_NO_REVERSE_MATCH || !data->as.data))
        cv_raise_error(&error);
    if (!good)
        url = CV_SLICE("");
    if (data->as.data)
        cv_render_set(render, data->as, cv_value_slice(url));
    else if (render->context->autoescape)
        cv_html_escape(render->out, url);
    else
        cv_buffer_append_slice(render->out, url);
    cv_work_end(render, work);
    return code + 1;
}

static void compile_url(CvParser *parser)
{
    const CvSlice *words;
    size_t count = cv_parser_words(parser, &words);
    if (count < 2)
        cv_parser_fail(parser, "'%.*s' takes at least one argument, a URL pattern name.", CV_SLICE_ARG(words[0]));
    Url *data = cv_arena_new(parser->arena, Url);
    data->name = cv_parser_expression(parser, words[1]);
    words += 2;
    count -= 2;
    data->as = cv_words_take_as(words, &count);
    data->args = cv_arena_new_array(parser->arena, const CvExpression *, count);
    data->named = cv_arena_new_array(parser->arena, CvAssignment, count);
    for (size_t i = 0; i < count; i++) {
        const CvSlice *at = words + i;
        size_t one = 1, pairs;
        const CvAssignment *pair = cv_parser_assignments(parser, &at, &one, false, &pairs);
        if (pairs)
            data->named[data->named_count++] = *pair;
        else
            data->args[data->count++] = cv_parser_expression(parser, words[i]);
    }
    cv_parser_mention_url(parser, data->name, data->count, data->named, data->named_count);
    cv_parser_emit(parser, run_url, data, 0);
    if (data->as.data)
        cv_parser_bind(parser, data->as);
}

/* ---- querystring ---- */

/* One parameter: its name and all its values. */
typedef struct Parameter {
    CvSlice key;
    CvList values;
    bool removed;
} Parameter;

typedef struct Parameters {
    CvArena *arena;
    CvRender *render;
    CV_VECTOR(Parameter) list;
    CvMap *by_name;
} Parameters;

static Parameter *parameter(Parameters *all, CvSlice key)
{
    void *index;
    if (cv_map_find(all->by_name, key, &index))
        return &all->list.items[(size_t)(uintptr_t)index];
    cv_map_set(all->by_name, key, (void *)(uintptr_t)all->list.count);
    Parameter *added = cv_vector_add(all->arena, &all->list);
    added->key = key;
    return added;
}

static void set_parameter(Parameters *all, CvValue key, CvValue value)
{
    if (key.kind != CV_STRING)
        cv_raise(CV_ERROR_TEMPLATE_SYNTAX, "querystring requires strings for mapping keys (got %.*s instead).",
                 CV_SLICE_ARG(cv_value_repr(all->arena, key)));
    CvSlice name = cv_value_as_slice(key);
    CvValue item;
    CvWalk walk;
    if (value.kind == CV_NULL) { /* takes it out; when it comes again it comes last */
        if (cv_map_find(all->by_name, name, NULL)) {
            parameter(all, name)->removed = true;
            cv_map_remove(all->by_name, name);
        }
        return;
    }
    Parameter *target = parameter(all, name);
    target->values = (CvList){0};
    if (value.kind != CV_STRING && value.kind != CV_BYTES && cv_walk_begin_keeping(&walk, all->arena, value)) {
        while (cv_walk_next(&walk, &item))
            if (item.kind != CV_NULL)
                cv_list_add(all->arena, &target->values, item);
    } else {
        cv_list_add(all->arena, &target->values, value);
    }
}

/* A mapping: a dict, or an object whose "lists" gives (key, values) pairs or whose "items" gives pairs. */
static void add_mapping(Parameters *all, CvValue mapping)
{
    if (mapping.kind == CV_DICT) {
        for (const CvDictEntry *entry = NULL; (entry = cv_dict_next(mapping.dict, entry));)
            set_parameter(all, entry->key, entry->value);
        return;
    }
    CvValue pairs, pair;
    CvWalk walk;
    if (mapping.kind != CV_OBJECT ||
        (!cv_render_lookup(all->render, mapping, CV_SLICE("lists"), &pairs) &&
         !cv_render_lookup(all->render, mapping, CV_SLICE("items"), &pairs)) ||
        !cv_walk_begin_keeping(&walk, all->arena, pairs))
        cv_raise(CV_ERROR_TEMPLATE_SYNTAX, "querystring requires mappings for positional arguments (got %.*s instead).",
                 CV_SLICE_ARG(cv_value_repr(all->arena, mapping)));
    while (cv_walk_next(&walk, &pair)) {
        CvValue key, value;
        if (cv_value_item(all->arena, pair, 0, &key) && cv_value_item(all->arena, pair, 1, &value))
            set_parameter(all, key, value);
    }
}

static CvValue querystring(CvRender *render, const CvTagArguments *arguments)
{
    CvArena *arena = render->arena;
    Parameters all = {.arena = arena, .render = render, .by_name = cv_map_create(arena)};
    for (size_t i = 0; i < arguments->more_count; i++)
        add_mapping(&all, arguments->more[i]);
    if (arguments->more_count == 0) {
        if (!render->context->request)
            cv_raise(CV_ERROR_ATTRIBUTE, "'Context' object has no attribute 'request'");
        if (render->context->request->query.kind != CV_NULL)
            add_mapping(&all, render->context->request->query);
    }
    if (arguments->named)
        add_mapping(&all, cv_value_dict(arguments->named));
    CvBuffer out = cv_buffer(arena);
    cv_buffer_append_byte(&out, '?');
    for (size_t i = 0; i < all.list.count; i++)
        for (size_t j = 0; !all.list.items[i].removed && j < all.list.items[i].values.count; j++)
            cv_url_append_parameter(&out, all.list.items[i].key,
                                    cv_value_as_slice(cv_render_text(render, all.list.items[i].values.items[j])));
    return cv_value_slice(cv_buffer_slice(&out));
}

static const CvTag tags[] = {
    CV_TAG("url", compile_url,
           .doc = "The URL of a named route: {% url \"book-detail\" slug=book.slug %}; `as name` keeps it, silently "
                  "empty where there is none.",
           .examples = CV_EXAMPLES({"{% url \"book\" slug=\"emma\" %}", "/book/emma/"},
                                   {"{% url \"nowhere\" as address %}{{ address|default:\"none\" }}", "none"})),
    CV_SIMPLE_TAG(
        "querystring", querystring, .parameters = "*args **kwargs",
        .doc = "The request's query string with some parameters changed: {% querystring page=2 %}; None removes one.",
        .examples = CV_EXAMPLES({"{% querystring page=2 %}", "?q=tea&amp;page=2"},
                                {"{% querystring q=None page=2 %}", "?page=2"})),
    CV_LIBRARY_END,
};
const CvLibrary cv_library_link = {.name = "", .tags = tags};
