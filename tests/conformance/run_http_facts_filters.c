/* run_http_facts_filters.c: template filters that the records call as functions ("filter_x"). */
#include "run_http_facts.h"

#include "template/template.h"

#define UNUSED __attribute__((unused))

static CvEngine *engine;

/* {{ value|NAME }} or {{ value|NAME:argument }}. Django's functions escape by default where they look at autoescape. */
static bool filter(CvArena *arena, const char *name, const CvList *args, CvValue *out, CvError *error)
{
    CvContext *context = cv_context_create(arena);
    const char *source = cv_arena_printf(arena, "{{ value|%s%s }}", name, args->count > 1 ? ":argument" : "");
    CvBuffer text = cv_buffer(arena);

    if (!engine)
        engine = cv_engine_create(&(CvEngineOptions){.no_autoescape = true});
    if (strcmp(name, "linenumbers") == 0)
        source = cv_arena_printf(arena, "{%% autoescape on %%}%s{%% endautoescape %%}", source);
    const CvTemplate *page = cv_engine_compile(engine, cv_slice(source), name, error);
    cv_context_set(context, "value", facts_arg(arena, args, 0));
    cv_context_set(context, "argument", facts_arg(arena, args, 1));
    if (!page || !cv_template_render(page, context, &text, error))
        return false;
    *out = cv_value_slice(cv_buffer_slice(&text));
    return true;
}

#define FILTER(name)                                                                                                \
    static bool name(CvArena *arena, const CvList *args, const CvDict *kwargs UNUSED, CvValue *out, CvError *error) \
    {                                                                                                               \
        return filter(arena, #name, args, out, error);                                                              \
    }
FILTER(floatformat)
FILTER(filesizeformat)
FILTER(linenumbers)
FILTER(title)
FILTER(addslashes)

static bool wordcount(CvArena *arena, const CvList *args, const CvDict *kwargs UNUSED, CvValue *out, CvError *error)
{
    int64_t number;

    if (!filter(arena, "wordcount", args, out, error))
        return false;
    if (cv_slice_to_int64(cv_value_as_slice(*out), &number))
        *out = cv_value_int(number);
    return true;
}

static const FactFunction functions[] = {{"filter_floatformat", floatformat},
                                         {"filter_filesizeformat", filesizeformat},
                                         {"filter_linenumbers", linenumbers},
                                         {"filter_title", title},
                                         {"filter_addslashes", addslashes},
                                         {"filter_wordcount", wordcount},
                                         {NULL, NULL}};

__attribute__((constructor)) static void add(void)
{
    facts_add(NULL, functions);
}
