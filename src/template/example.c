/* example.c: renders the examples of docstrings. */
#include "base/self.h"
#include "template/library.h"
#include "text/date.h"
#include "text/json.h"

#define CONTEXT_DEPTH_MAX 20

/* ---- contexts ---- */

static CV_NORETURN void refuse(CvArena *arena, CvValue json)
{
    cv_raise(CV_ERROR_VALUE, "No such value in an example's context: %.*s", CV_SLICE_ARG(cv_value_repr(arena, json)));
}

/* {"$date": ...} and its kin; false: an ordinary object. */
static bool read_tagged(CvArena *arena, CvSlice tag, CvValue json, CvValue *out)
{
    CvSlice text = json.kind == CV_STRING ? cv_value_as_slice(json) : CV_SLICE("");
    CvDate date;
    CvTime time;
    CvDateTime datetime;
    if (cv_slice_is(tag, "$date") && cv_date_parse(text, &date) == CV_PARSED)
        *out = cv_value_date(date);
    else if (cv_slice_is(tag, "$time") && cv_time_parse(text, &time) == CV_PARSED)
        *out = cv_value_time(time);
    else if (cv_slice_is(tag, "$datetime") && cv_datetime_parse(text, &datetime) == CV_PARSED)
        *out = cv_value_datetime(datetime);
    else if (cv_slice_is(tag, "$now") && json.kind == CV_INT)
        *out = cv_value_datetime((CvDateTime){cv_now_utc().microseconds + json.integer * CV_SECOND, cv_zone_utc});
    else if (tag.length && tag.data[0] == '$')
        refuse(arena, json);
    else
        return false;
    return true;
}

static CvValue read_value(CvArena *arena, CvValue json, int depth)
{
    if (depth > CONTEXT_DEPTH_MAX)
        refuse(arena, json);
    if (json.kind == CV_LIST) {
        CvList *list = cv_list_create(arena);
        for (size_t i = 0; i < json.list->count; i++)
            cv_list_add(arena, list, read_value(arena, json.list->items[i], depth + 1));
        return cv_value_list(list);
    }
    if (json.kind != CV_DICT)
        return json;
    const CvDictEntry *first = cv_dict_next(json.dict, NULL);
    CvValue out;
    if (first && read_tagged(arena, cv_value_as_slice(first->key), first->value, &out))
        return out;
    CvDict *dict = cv_dict_create(arena);
    for (const CvDictEntry *entry = NULL; (entry = cv_dict_next(json.dict, entry));)
        cv_dict_set(dict, entry->key, read_value(arena, entry->value, depth + 1));
    return cv_value_dict(dict);
}

static CvContext *make_context(CvArena *arena, const char *json)
{
    CvContext *context = cv_context_create(arena);
    CvDict *query = cv_dict_create(arena);
    CvContextRequest *request = cv_arena_new(arena, CvContextRequest);
    cv_dict_set_name(query, "q", cv_value_string("tea"));
    *request = (CvContextRequest){.query = cv_value_dict(query), .csp_nonce = "r4nd0m"};
    context->request = request;
    CvValue names;
    CvError error;
    if (!json)
        return context;
    if (!cv_json_parse(arena, cv_slice(json), NULL, &names, &error))
        cv_raise_error(&error);
    if (names.kind != CV_DICT)
        refuse(arena, names);
    cv_context_update(context, read_value(arena, names, 0).dict);
    return context;
}

/* ---- the engine ---- */

/* "/NAME/ARGUMENTS/"; there is no route "nowhere". */
static bool reverse(void *argument, CvArena *arena, CvValue name, const CvList *args, const CvDict *kwargs,
                    const char *current_app, CvSlice *url, CvError *error)
{
    (void)argument;
    (void)current_app;
    CvBuffer out = cv_buffer(arena);
    CvSlice route = cv_value_str(arena, name);
    if (cv_slice_is(route, "nowhere")) {
        *error = (CvError){.kind = CV_ERROR_NO_REVERSE_MATCH, .message = "Reverse for 'nowhere' not found."};
        return false;
    }
    cv_buffer_printf(&out, "/%.*s/", CV_SLICE_ARG(route));
    for (size_t i = 0; i < args->count; i++)
        cv_buffer_printf(&out, "%.*s/", CV_SLICE_ARG(cv_value_str(arena, args->items[i])));
    for (const CvDictEntry *entry = NULL; (entry = cv_dict_next(kwargs, entry));)
        cv_buffer_printf(&out, "%.*s/", CV_SLICE_ARG(cv_value_str(arena, entry->value)));
    *url = cv_buffer_slice(&out);
    return true;
}

static void destroy_engine(void *engine)
{
    cv_engine_destroy(engine);
}

typedef struct Trial {
    CvArena *arena;
    const CvExample *example;
    const CvLibrary *library;
    const CvLibrary *const *more;
    CvSlice output;
} Trial;

static void try_example(void *argument)
{
    Trial *trial = argument;
    CvArena *arena = trial->arena;
    const char *other = trial->example->other ? trial->example->other : "";
    const CvTemplateFile files[] = {{"other.html", other, strlen(other)}, {NULL, NULL, 0}};
    CvEngine *engine = cv_engine_create(&(CvEngineOptions){.files = files, .libraries = trial->more});
    CvDefer *last = cv_arena_defer(arena, destroy_engine, engine);
    cv_engine_set_reverse(engine, reverse, NULL);
    if (*trial->library->name)
        cv_engine_add_library(engine, trial->library, false);
    const char *name = trial->library->name;
    const char *load = *name ? cv_arena_printf(arena, "{%% load %s %%}", name) : "";
    const char *source = trial->example->source;
    bool extends = strncmp(source, "{% extends", 10) == 0;
    CvError error;
    const CvTemplate *page = cv_engine_compile(
        engine, cv_slice(cv_arena_printf(arena, "%s%s", extends ? "" : load, source)), "example.html", &error);
    CvBuffer out = cv_buffer(arena);
    if (!page || !cv_template_render(page, make_context(arena, trial->example->context), &out, &error))
        cv_raise_error(&error);
    trial->output = cv_slice(cv_buffer_string(&out));
    cv_arena_undefer(arena, last);
    cv_engine_destroy(engine);
}

bool cv_example_render(CvArena *arena, const CvExample *example, const CvLibrary *library, const CvLibrary *const *more,
                       CvSlice *output, CvError *error)
{
    Trial trial = {.arena = arena, .example = example, .library = library, .more = more};
    CvError *raised;
    if (cv_try(try_example, &trial, &raised)) {
        *output = trial.output;
        return true;
    }
    *error = *raised;
    return false;
}
