/* run_urls.c: urls.jsonl: URL tables built from the records, resolved and reversed. */
#include "run_urls.h"

#include "urls/urls.h"

/* ---- tables ---- */

static const CvUrlArgument *kwargs_of(CvArena *arena, CvValue extra)
{
    if (extra.kind != CV_DICT)
        return NULL;
    CvUrlArgument *kwargs = cv_arena_new_array(arena, CvUrlArgument, cv_dict_count(extra.dict) + 1);
    size_t count = 0;
    for (const CvDictEntry *entry = NULL; (entry = cv_dict_next(extra.dict, entry));)
        kwargs[count++] =
            (CvUrlArgument){cv_slice_string(arena, cv_value_as_slice(entry->key)), records_decode(arena, entry->value)};
    return kwargs;
}

static const char *optional(CvArena *arena, const CvDict *row, const char *name)
{
    return record_get(row, name).kind == CV_STRING ? record_string(arena, row, name) : NULL;
}

static const CvUrl *table_of(CvArena *arena, CvValue patterns)
{
    CvUrl *urls = cv_arena_new_array(arena, CvUrl, patterns.list->count + 1);
    for (size_t i = 0; i < patterns.list->count; i++) {
        const CvDict *row = patterns.list->items[i].dict;
        bool regex = record_is(row, "type", "re_path"), include = record_has(row, "include");
        urls[i] = (CvUrl){.kind = include ? (regex ? CV_URL_RE_INCLUDE : CV_URL_INCLUDE)
                                  : regex ? CV_URL_RE_PATH
                                          : CV_URL_PATH,
                          .route = record_string(arena, row, "route"),
                          .view_name = optional(arena, row, "view"),
                          .name = optional(arena, row, "name"),
                          .namespace = optional(arena, row, "namespace"),
                          .app_name = optional(arena, row, "app_name"),
                          .kwargs = kwargs_of(arena, record_get(row, "extra")),
                          .include = include ? table_of(arena, record_get(row, "include")) : NULL};
    }
    return urls;
}

static CvResolver *resolver_of(CvArena *arena, const CvUrl *urls)
{
    CvErrors errors = {.arena = arena};
    CvResolver *resolver = cv_resolver_create(arena, urls, &errors);
    if (!resolver)
        cv_raise_error(errors.items[0]);
    return resolver;
}

/* ---- resolving ---- */

static CvValue dict_of(CvArena *arena, const CvUrlArgument *items, size_t count)
{
    CvDict *dict = cv_dict_create(arena);
    for (size_t i = 0; i < count; i++)
        cv_dict_set_name(dict, items[i].name, items[i].value);
    return cv_value_dict(dict);
}

static CvValue list_of_names(CvArena *arena, const char *const *names)
{
    CvList *list = cv_list_create(arena);
    for (; *names; names++)
        cv_list_add(arena, list, cv_value_string(*names));
    return cv_value_list(list);
}

static bool check_tried(CvArena *arena, const CvDict *record, CvBuffer *why, const CvResolver *resolver, CvSlice path)
{
    CvList *all = cv_list_create(arena);
    for (const CvUrl *const *const *chain = cv_resolver_tried(resolver, arena, path); *chain; chain++) {
        CvList *one = cv_list_create(arena);
        for (const CvUrl *const *url = *chain; *url; url++)
            cv_list_add(arena, one, cv_value_string((*url)->route));
        cv_list_add(arena, all, cv_value_list(one));
    }
    CvSlice rest = cv_slice_starts_with(path, CV_SLICE("/")) ? cv_slice_skip(path, 1) : path;
    return same_value(arena, why, "tried", record_get(record, "tried"), cv_value_list(all)) &&
           same_text(why, "rest", record_text(record, "rest"), rest);
}

static bool check_resolve(CvArena *arena, const CvDict *record, CvBuffer *why)
{
    CvResolver *resolver = resolver_of(arena, table_of(arena, record_get(record, "patterns")));
    CvSlice path = record_text(record, "path");
    CvUrlMatch match;
    bool found = cv_resolve(resolver, arena, path, &match);
    if (!found || record_has(record, "status")) {
        if (found || !record_has(record, "status")) {
            cv_buffer_append_string(why, found ? "resolved" : "not resolved");
            return false;
        }
        return check_tried(arena, record, why, resolver, path);
    }
    CvList args = {.items = (CvValue *)match.args, .count = match.arg_count};
    const struct {
        const char *name;
        CvValue got;
    } members[] = {
        {"view", cv_value_string(match.url->view_name)},
        {"url_name", cv_value_string(match.url_name)},
        {"view_name", cv_value_string(match.view_name)},
        {"route", cv_value_string(match.route)},
        {"args", cv_value_list(&args)},
        {"kwargs", dict_of(arena, match.kwargs, match.kwarg_count)},
        {"captured_kwargs", dict_of(arena, match.captured_kwargs, match.captured_count)},
        {"extra_kwargs", dict_of(arena, match.extra_kwargs, match.extra_count)},
        {"namespaces", list_of_names(arena, match.namespaces)},
        {"app_names", list_of_names(arena, match.app_names)},
    };
    bool same = true;
    for (size_t i = 0; i < CV_COUNT_OF(members); i++)
        same &= same_value(arena, why, members[i].name, records_decode(arena, record_get(record, members[i].name)),
                           members[i].got);
    return same;
}

/* ---- reversing ---- */

static bool check_reverse(CvArena *arena, const CvDict *record, CvBuffer *why)
{
    CvResolver *resolver = resolver_of(arena, table_of(arena, record_get(record, "patterns")));
    CvValue args = records_decode(arena, record_get(record, "args"));
    CvValue kwargs = records_decode(arena, record_get(record, "kwargs"));
    CvValue query = records_decode(arena, record_get(record, "query"));
    CvReverse what = {.name = record_string(arena, record, "name"),
                      .current_app = optional(arena, record, "current_app"),
                      .script_prefix = optional(arena, record, "script_prefix"),
                      .fragment = optional(arena, record, "fragment")};
    if (args.kind == CV_LIST) {
        what.args = args.list->items;
        what.arg_count = args.list->count;
    }
    if (kwargs.kind == CV_DICT) {
        const CvUrlArgument *pairs = kwargs_of(arena, kwargs);
        const char **keys = cv_arena_new_array(arena, const char *, cv_dict_count(kwargs.dict) + 1);
        CvValue *values = cv_arena_new_array(arena, CvValue, cv_dict_count(kwargs.dict) + 1);
        for (size_t i = 0; pairs[i].name; i++, what.kwarg_count++) {
            keys[i] = pairs[i].name;
            values[i] = pairs[i].value;
        }
        what.keys = keys;
        what.values = values;
    }
    const char *url = NULL;
    CvError error = {0};
    if (query.kind == CV_DICT || query.kind == CV_LIST)
        what.query = query;
    bool good = cv_reverse_path(resolver, arena, &what, &url, &error);
    if (good != !record_has(record, "raises")) {
        cv_buffer_printf(why, "%s", good ? url : error.message);
        return false;
    }
    return good ? same_text(why, "url", record_text(record, "url"), cv_slice(url)) : same_error(why, record, &error);
}

/* ---- routes and converters ---- */

static bool check_route(CvArena *arena, const CvDict *record, CvBuffer *why)
{
    CvValue endpoint = record_get(record, "is_endpoint");
    CvSlice regex;
    CvError error = {0};
    if (!cv_route_regex(arena, record_text(record, "route"), endpoint.kind != CV_BOOL || endpoint.boolean, &regex,
                        &error))
        return record_has(record, "raises") && same_error(why, record, &error);
    return !record_has(record, "raises") && same_text(why, "regex", record_text(record, "regex"), regex);
}

static bool check_bad_re_path(CvArena *arena, const CvDict *record, CvBuffer *why)
{
    CvErrors errors = {.arena = arena};
    const CvUrl urls[] = {{.kind = CV_URL_RE_PATH, .route = record_string(arena, record, "route")}, CV_URLS_END};
    return !cv_resolver_create(arena, urls, &errors) && same_error(why, record, errors.items[0]);
}

static bool check_converter(CvArena *arena, const CvDict *record, CvBuffer *why)
{
    const CvConverter *converter = cv_converter_find(record_text(record, "name"));
    if (record_is(record, "kind", "converter"))
        return same_text(why, "regex", record_text(record, "regex"), cv_slice(converter->regex));
    CvValue value = cv_value_slice(record_text(record, "text"));
    if (converter->value && !converter->value(arena, record_text(record, "text"), &value))
        return record_has(record, "raises");
    return same_value(arena, why, "value", records_decode(arena, record_get(record, "value")), value) &&
           same_text(why, "back", record_text(record, "back"), cv_value_str(arena, value));
}

static bool check(CvArena *arena, const CvDict *record, CvBuffer *why)
{
    static const struct {
        const char *kind;
        RecordCheck *check;
    } kinds[] = {
        {"resolve", check_resolve},     {"reverse", check_reverse},           {"route_regex", check_route},
        {"bad_route", check_route},     {"bad_re_path", check_bad_re_path},   {"converter", check_converter},
        {"to_python", check_converter}, {"append_slash", check_append_slash},
    };
    for (size_t i = 0; i < CV_COUNT_OF(kinds); i++)
        if (record_is(record, "kind", kinds[i].kind))
            return kinds[i].check(arena, record, why);
    cv_buffer_printf(why, "unsupported kind %.*s", CV_SLICE_ARG(record_text(record, "kind")));
    return false;
}

int main(int argc, char **argv)
{
    return run_records(argc, argv, check);
}
