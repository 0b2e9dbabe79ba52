/* run_http_facts_message.c: responses, their headers and cookies. */
#include "run_http_facts.h"

#include "text/json.h"

static bool json_response(CvArena *arena, const CvDict *record, CvBuffer *why)
{
    CvResponse *response = cv_response_json(arena, records_decode(arena, record_get(record, "data")));

    return same_text(why, "content", record_text(record, "content"), response->body) &&
           same_text(why, "content_type", record_text(record, "content_type"),
                     cv_slice(cv_response_header(response, "Content-Type")));
}

/* HttpResponse's content: text, or the pieces of a list one after the other. */
static CvSlice content_of(CvArena *arena, CvValue content)
{
    CvBuffer out = cv_buffer(arena);

    if (content.kind == CV_MISSING || content.kind == CV_NULL)
        return CV_SLICE("");
    if (content.kind != CV_LIST)
        return cv_value_str(arena, content);
    for (size_t i = 0; i < content.list->count; i++)
        cv_buffer_append_slice(&out, cv_value_str(arena, content.list->items[i]));
    return cv_buffer_slice(&out);
}

static bool make_response(CvArena *arena, const CvDict *init, CvResponse **out, CvError *error)
{
    CvValue status = record_get(init, "status"), type = record_get(init, "content_type");
    int64_t code = 200;

    if (status.kind == CV_INT)
        code = status.integer;
    else if (status.kind == CV_STRING && !cv_slice_to_int64(cv_value_as_slice(status), &code))
        return cv_fail(arena, error, CV_ERROR_TYPE, "HTTP status code must be an integer.");
    const char *content_type = type.kind == CV_STRING ? cv_slice_string(arena, cv_value_as_slice(type)) : NULL;
    if (record_has(init, "charset"))
        content_type = cv_arena_printf(arena, "text/html; charset=%s", record_string(arena, init, "charset"));
    *out = cv_response_create(arena, (int)code, content_type, CV_SLICE(""));
    const char *const *headers = facts_headers(arena, record_get(init, "headers"));
    for (size_t i = 0; headers && headers[i]; i += 2)
        if (!cv_response_try_set_header(*out, headers[i], headers[i + 1], error))
            return false;
    if (record_has(init, "reason") && !cv_response_set_reason(*out, record_string(arena, init, "reason"), error))
        return false;
    return !record_has(init, "content") ||
           cv_response_set_text(*out, content_of(arena, record_get(init, "content")), error);
}

static bool response(CvArena *arena, const CvDict *record, CvBuffer *why)
{
    CvResponse *made = NULL;
    CvError error = {0};
    bool done = make_response(arena, record_get(record, "init").dict, &made, &error);

    if (!done || record_has(record, "raises"))
        return facts_outcome(why, record, done, &error);
    return facts_same_response(arena, record, why, made);
}

static CvResponse *response_of_class(CvArena *arena, CvSlice name, const CvDict *kwargs)
{
    static const struct {
        const char *name;
        int status;
    } rows[] = {{"HttpResponse", 200},          {"HttpResponseBadRequest", 400}, {"HttpResponseNotFound", 404},
                {"HttpResponseForbidden", 403}, {"HttpResponseGone", 410},       {"HttpResponseServerError", 500}};

    if (cv_slice_is(name, "HttpResponseNotModified"))
        return cv_response_not_modified(arena);
    if (cv_slice_is(name, "HttpResponseNotAllowed")) {
        const CvList *list = record_get(kwargs, "permitted_methods").list;
        const char **methods = cv_arena_new_array(arena, const char *, list->count + 1);
        for (size_t i = 0; i < list->count; i++)
            methods[i] = cv_slice_string(arena, cv_value_as_slice(list->items[i]));
        return cv_response_not_allowed(arena, methods);
    }
    for (size_t i = 0; i < CV_COUNT_OF(rows); i++)
        if (cv_slice_is(name, rows[i].name))
            return cv_response_create(arena, rows[i].status, NULL, content_of(arena, record_get(kwargs, "content")));
    return NULL;
}

/* Django's class refuses lists unless told that they are safe; ours takes every value. */
static CvResponse *json_class(CvArena *arena, const CvDict *kwargs, CvError *error)
{
    CvValue data = records_decode(arena, record_get(kwargs, "data")), params = record_get(kwargs, "json_dumps_params");
    CvJsonWriteOptions options = {.nan = true};
    CvBuffer out = cv_buffer(arena);

    if (data.kind != CV_DICT) {
        cv_fail(arena, error, CV_ERROR_TYPE, "not a dict");
        return NULL;
    }
    if (params.kind == CV_DICT)
        options.indent = (int)record_number(params.dict, "indent", 0);
    if (params.kind == CV_DICT && record_has(params.dict, "indent") && options.indent == 0)
        options.indent = -1; /* Python's 0: lines without spaces */
    if (!cv_json_write(arena, &out, data, &options, error))
        return NULL;
    bool typed = record_has(kwargs, "content_type");
    return cv_response_create(arena, (int)record_number(kwargs, "status", 200),
                              typed ? record_string(arena, kwargs, "content_type") : "application/json",
                              cv_buffer_slice(&out));
}

static bool response_class(CvArena *arena, const CvDict *record, CvBuffer *why)
{
    const CvDict *kwargs = record_get(record, "kwargs").dict;
    CvSlice name = record_text(record, "class");
    CvError error = {0};
    CvResponse *made =
        cv_slice_is(name, "JsonResponse") ? json_class(arena, kwargs, &error) : response_of_class(arena, name, kwargs);

    if (!made || record_has(record, "raises"))
        return facts_outcome(why, record, made != NULL, &error);
    return facts_same_response(arena, record, why, made);
}

static bool set_header(CvArena *arena, const CvDict *record, CvBuffer *why)
{
    CvResponse *made = cv_response_html(arena, CV_SLICE(""));
    CvSlice name = record_text(record, "name"), value = cv_value_str(arena, record_get(record, "value"));
    CvError error = {0};
    bool done = cv_headers_set_slice(&made->headers, arena, name, value, false, &error);
    CvBuffer wire = cv_buffer(arena);

    if (!done || record_has(record, "raises"))
        return facts_outcome(why, record, done, &error);
    cv_response_write_head(&wire, made, &(CvWire){.minor = 1});
    CvSlice sent = cv_buffer_slice(&wire); /* without status line and framing */
    sent = cv_slice_skip(sent, (size_t)cv_slice_find_byte(sent, '\n') + 1);
    ptrdiff_t framing = cv_slice_find(sent, CV_SLICE("\r\nContent-Length: 0\r\n"));
    sent.length = framing < 0 ? sent.length : (size_t)framing;
    char *lower = cv_slice_string(arena, name);
    for (char *at = lower; *at; at++)
        *at = (char)(*at >= 'A' && *at <= 'Z' ? *at + 32 : *at);
    return facts_same_headers(arena, why, record_get(record, "headers"), made, false) &&
           same_text(why, "serialized", records_bytes(arena, record_text(record, "serialized")), sent) &&
           same_text(why, "get_lower", record_text(record, "get_lower"), cv_slice(cv_response_header(made, lower)));
}

static void read_options(CvArena *arena, const CvDict *kwargs, CvCookieOptions *options)
{
    CvValue age = record_get(kwargs, "max_age"), expires = records_decode(arena, record_get(kwargs, "expires"));
    CvValue path = record_get(kwargs, "path");

    if (age.kind == CV_INT) {
        options->max_age = age.integer;
        options->max_age_zero = age.integer == 0;
    }
    if (expires.kind == CV_DATETIME)
        options->expires = expires.datetime;
    else if (expires.kind == CV_STRING)
        options->expires_text = cv_slice_string(arena, cv_value_as_slice(expires));
    if (path.kind == CV_NULL)
        options->path = "";
    if (path.kind == CV_STRING)
        options->path = cv_slice_string(arena, cv_value_as_slice(path));
    if (record_has(kwargs, "domain"))
        options->domain = record_string(arena, kwargs, "domain");
    if (record_has(kwargs, "samesite"))
        options->samesite = record_string(arena, kwargs, "samesite");
    options->secure = record_has(kwargs, "secure") && cv_value_truth(record_get(kwargs, "secure"));
    options->httponly = record_has(kwargs, "httponly") && cv_value_truth(record_get(kwargs, "httponly"));
}

static bool set_cookie(CvArena *arena, const CvDict *record, CvBuffer *why)
{
    const CvDict *kwargs = record_get(record, "kwargs").dict;
    CvValue value = record_get(kwargs, "value");
    CvCookieOptions options = {0};
    const char *header = NULL;
    CvError error = {0};

    read_options(arena, kwargs, &options);
    bool done = cv_cookie_format(arena, record_text(record, "key"),
                                 value.kind == CV_MISSING ? CV_SLICE("") : cv_value_str(arena, value), &options,
                                 &header, &error);
    if (!done || record_has(record, "raises"))
        return facts_outcome(why, record, done, &error);
    return same_text(why, "set_cookie", record_text(record, "set_cookie"), cv_slice(header));
}

static bool delete_cookie(CvArena *arena, const CvDict *record, CvBuffer *why)
{
    const char *name = record_string(arena, record, "key");
    CvResponse *made = cv_response_html(arena, CV_SLICE(""));
    CvCookieOptions options = {0};

    read_options(arena, record_get(record, "kwargs").dict, &options);
    cv_response_delete_cookie(made, name, &options);
    return same_text(why, "set_cookie", record_text(record, "set_cookie"),
                     cv_slice(cv_response_cookie(made, name)->header));
}

static bool redirect(CvArena *arena, const CvDict *record, CvBuffer *why)
{
    bool permanent = record_is(record, "class", "HttpResponsePermanentRedirect");
    bool preserve = cv_value_truth(record_get(record, "preserve_request"));
    CvError error = {0};
    CvResponse *made = cv_response_redirect(arena, record_string(arena, record, "url"), permanent, preserve, &error);

    if (!made || record_has(record, "raises"))
        return facts_outcome(why, record, made != NULL, &error);
    return same_value(arena, why, "status", record_get(record, "status"), cv_value_int(made->status)) &&
           same_text(why, "location", record_text(record, "location"), cv_slice(cv_response_header(made, "Location")));
}

static bool file_response(CvArena *arena, const CvDict *record, CvBuffer *why)
{
    CvSlice content = records_bytes(arena, record_text(record, "file_content"));
    CvResponse *made = cv_response_file(arena, -1, content.length, record_string(arena, record, "filename"),
                                        cv_value_truth(record_get(record, "as_attachment")));

    made->body = content;
    return facts_same_response(arena, record, why, made);
}

/* ---- caching ---- */

static CvResponse *with_header(CvArena *arena, const CvDict *record, const char *name)
{
    CvResponse *made = cv_response_html(arena, CV_SLICE(""));
    CvValue initial = record_get(record, "initial");

    if (initial.kind == CV_STRING)
        cv_response_set_header(made, name, cv_slice_string(arena, cv_value_as_slice(initial)));
    return made;
}

static bool patch_cache_control(CvArena *arena, const CvDict *record, CvBuffer *why)
{
    CvResponse *made = with_header(arena, record, "Cache-Control");
    CvList *directives = cv_list_create(arena);
    CvBuffer given = cv_buffer(arena);
    CvSlice part;

    for (const CvDictEntry *entry = NULL; (entry = cv_dict_next(record_get(record, "kwargs").dict, entry));) {
        cv_buffer_append_string(&given, given.length ? ", " : "");
        cv_buffer_append_slice(&given, cv_value_as_slice(entry->key));
        if (entry->value.kind == CV_BOOL && entry->value.boolean)
            continue;
        cv_buffer_append_byte(&given, '=');
        cv_buffer_append_slice(&given, cv_value_str(arena, entry->value));
    }
    cv_patch_cache_control(made, cv_buffer_string(&given));
    CvSlice rest = cv_slice(cv_response_header(made, "Cache-Control"));
    while (rest.data && cv_slice_split(&rest, ',', &part)) { /* the record has them sorted */
        cv_list_add(arena, directives, cv_value_slice(cv_slice_trim(part)));
        for (size_t at = directives->count - 1; at > 0; at--) {
            CvValue *items = directives->items, moving = items[at];
            if (cv_slice_compare(cv_value_as_slice(items[at - 1]), cv_value_as_slice(moving)) <= 0)
                break;
            items[at] = items[at - 1];
            items[at - 1] = moving;
        }
    }
    return same_value(arena, why, "directives", record_get(record, "directives"), cv_value_list(directives));
}

static bool patch_vary_headers(CvArena *arena, const CvDict *record, CvBuffer *why)
{
    CvResponse *made = with_header(arena, record, "Vary");
    const CvList *names = record_get(record, "new").list;
    CvBuffer given = cv_buffer(arena);

    for (size_t i = 0; i < names->count; i++) {
        cv_buffer_append_string(&given, i ? ", " : "");
        cv_buffer_append_slice(&given, cv_value_as_slice(names->items[i]));
    }
    cv_patch_vary(made, cv_buffer_string(&given));
    return same_text(why, "vary", record_text(record, "vary"), cv_slice(cv_response_header(made, "Vary")));
}

static bool patch_response_headers(CvArena *arena, const CvDict *record, CvBuffer *why)
{
    CvResponse *made = cv_response_html(arena, CV_SLICE(""));

    cv_patch_response_headers(made, (int64_t)record_number(record, "timeout", 0));
    return facts_same_headers(arena, why, record_get(record, "headers"), made, true);
}

static bool add_never_cache_headers(CvArena *arena, const CvDict *record, CvBuffer *why)
{
    CvResponse *made = cv_response_html(arena, CV_SLICE(""));

    cv_never_cache(made);
    return facts_same_headers(arena, why, record_get(record, "headers"), made, true);
}

const FactCheck http_message_checks[] = {{"json_response", json_response},
                                         {"response", response},
                                         {"response_class", response_class},
                                         {"set_header", set_header},
                                         {"set_cookie", set_cookie},
                                         {"delete_cookie", delete_cookie},
                                         {"redirect", redirect},
                                         {"file_response", file_response},
                                         {"patch_cache_control", patch_cache_control},
                                         {"patch_vary_headers", patch_vary_headers},
                                         {"patch_response_headers", patch_response_headers},
                                         {"add_never_cache_headers", add_never_cache_headers},
                                         {NULL, NULL}};
