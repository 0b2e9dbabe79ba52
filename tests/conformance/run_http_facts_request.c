/* run_http_facts_request.c: hosts, URIs, query dicts, negotiation, conditional requests. */
#include "run_http_facts.h"

#include "text/date.h"

static bool get_host(CvArena *arena, const CvDict *record, CvBuffer *why)
{
    CvError error = {0};
    CvRequest *request = cv_request_make(arena, "GET", "/", facts_headers(arena, record_get(record, "headers")),
                                         (CvSlice){NULL, 0}, facts_settings(arena, record));
    const char *host = cv_request_load_host(request, &error);

    if (!host || record_has(record, "raises"))
        return facts_outcome(why, record, host != NULL, &error);
    return same_text(why, "host", record_text(record, "host"), cv_slice(host));
}

static bool request_origin(CvArena *arena, const CvDict *record, CvBuffer *why)
{
    const CvDict *environ = record_get(record, "environ").dict;
    const char *headers[9] = {NULL};
    size_t count = 0;
    uint64_t port = 80;

    for (const CvDictEntry *entry = NULL; (entry = cv_dict_next(environ, entry)) && count < 8;) {
        CvSlice name = cv_value_as_slice(entry->key);
        if (!cv_slice_starts_with(name, CV_SLICE("HTTP_")))
            continue;
        char *header = cv_slice_string(arena, cv_slice_skip(name, 5));
        for (char *at = header; *at; at++)
            if (*at == '_')
                *at = '-';
        headers[count++] = header;
        headers[count++] = cv_slice_string(arena, cv_value_as_slice(entry->value));
    }
    CvRequest *request =
        cv_request_make(arena, "GET", "/p/", headers, (CvSlice){NULL, 0}, facts_settings(arena, record));
    if (record_has(environ, "SERVER_NAME"))
        request->server_name = record_string(arena, environ, "SERVER_NAME");
    if (cv_slice_to_uint64(record_text(environ, "SERVER_PORT"), &port))
        request->server_port = (uint16_t)port;
    if (record_has(environ, "wsgi.url_scheme"))
        request->scheme = record_string(arena, environ, "wsgi.url_scheme");
    return same_text(why, "host", record_text(record, "host"), cv_slice(cv_request_host(request))) &&
           same_text(why, "port", record_text(record, "port"), cv_slice(cv_request_port(request))) &&
           same_text(why, "scheme", record_text(record, "scheme"), cv_slice(cv_request_scheme(request))) &&
           same_value(arena, why, "secure", record_get(record, "secure"),
                      cv_value_bool(cv_request_is_secure(request))) &&
           same_text(why, "absolute", record_text(record, "absolute"),
                     cv_slice(cv_request_build_absolute_uri(request, NULL)));
}

static bool build_absolute_uri(CvArena *arena, const CvDict *record, CvBuffer *why)
{
    const char *headers[] = {"Host", record_string(arena, record, "host"), NULL};
    CvRequest *request = cv_request_make(arena, "GET", "/", headers, (CvSlice){NULL, 0}, facts_settings(arena, record));
    CvValue location = record_get(record, "location");

    request->path = request->path_info = record_string(arena, record, "path");
    request->query = record_string(arena, record, "query");
    const char *target = location.kind == CV_STRING ? cv_slice_string(arena, cv_value_as_slice(location)) : NULL;
    return same_text(why, "absolute", record_text(record, "absolute"),
                     cv_slice(cv_request_build_absolute_uri(request, target))) &&
           same_text(why, "full_path", record_text(record, "full_path"),
                     cv_slice(cv_request_full_path(request, false))) &&
           same_text(why, "full_path_slash", record_text(record, "full_path_slash"),
                     cv_slice(cv_request_full_path(request, true)));
}

/* ---- query dicts ---- */

static CvValue lists_of(CvArena *arena, const CvQueryDict *dict)
{
    CvList *all = cv_list_create(arena);

    for (const CvQueryItem *item = NULL; (item = cv_querydict_next(dict, item));) {
        CvList *values = cv_list_create(arena);
        for (size_t i = 0; i < item->count; i++)
            cv_list_add(arena, values, cv_value_slice(item->values[i]));
        CvValue pair[] = {cv_value_slice(item->name), cv_value_list(values)};
        cv_list_add(arena, all, cv_value_list(cv_list_of(arena, 2, pair)));
    }
    return cv_value_list(all);
}

static bool last_values(CvArena *arena, const CvDict *record, CvBuffer *why, const CvQueryDict *dict)
{
    const CvDict *last = record_get(record, "last").dict;

    for (const CvDictEntry *entry = NULL; (entry = cv_dict_next(last, entry));) {
        CvSlice value;
        if (!cv_querydict_get_slice(dict, cv_value_as_slice(entry->key), &value))
            value = CV_SLICE("(none)");
        if (!same_value(arena, why, "last", entry->value, cv_value_slice(value)))
            return false;
    }
    return true;
}

/* As the parser takes it. */
static size_t field_limit(uint64_t setting)
{
    if (setting == CV_NO_LIMIT)
        return 0;
    return setting == CV_LIMIT_ZERO ? CV_NO_FIELDS : setting ? (size_t)setting : 1000;
}

static bool querydict(CvArena *arena, const CvDict *record, CvBuffer *why)
{
    const char *charset = record_has(record, "encoding") ? record_string(arena, record, "encoding") : NULL;
    size_t limit = field_limit(facts_settings(arena, record)->data_upload_max_number_fields);
    CvError error = {0};
    CvQueryDict *dict = cv_querydict_parse(arena, record_text(record, "query"), charset, limit, &error);

    bool done = dict && cv_querydict_urlencode(arena, dict, NULL).data;
    if (!done || record_has(record, "raises"))
        return facts_outcome(why, record, done, &error);
    if (!same_value(arena, why, "lists", record_get(record, "lists"), lists_of(arena, dict)))
        return false;
    return !record_has(record, "last") ||
           (last_values(arena, record, why, dict) &&
            same_text(why, "urlencode", record_text(record, "urlencode"), cv_querydict_urlencode(arena, dict, NULL)));
}

static bool querydict_urlencode(CvArena *arena, const CvDict *record, CvBuffer *why)
{
    CvError error;
    CvQueryDict *dict = cv_querydict_parse(arena, record_text(record, "query"), NULL, 0, &error);

    return same_text(why, "urlencode", record_text(record, "urlencode"),
                     cv_querydict_urlencode(arena, dict, record_string(arena, record, "safe")));
}

static bool querydict_bytes(CvArena *arena, const CvDict *record, CvBuffer *why)
{
    CvError error;
    CvQueryDict *dict = cv_querydict_parse(arena, records_bytes(arena, record_text(record, "bytes")), NULL, 0, &error);

    return same_value(arena, why, "lists", record_get(record, "lists"), lists_of(arena, dict));
}

/* ---- negotiation ---- */

static CvSlice accept_header(const CvDict *record)
{
    CvValue accept = record_get(record, "accept");

    return accept.kind == CV_STRING ? cv_value_as_slice(accept) : CV_SLICE("*/*");
}

static bool accepted_types(CvArena *arena, const CvDict *record, CvBuffer *why)
{
    CvMediaTypes types = cv_accepted_types(arena, accept_header(record));
    CvMediaTypes precise = cv_accepted_types_by_precedence(arena, accept_header(record));
    CvList *names = cv_list_create(arena), *ranks = cv_list_create(arena), *order = cv_list_create(arena);
    CvList *qualities = cv_list_create(arena);

    for (size_t i = 0; i < types.count; i++) {
        CvBuffer quality = cv_buffer(arena);
        cv_buffer_append_double(&quality, types.items[i].quality);
        cv_list_add(arena, qualities, cv_value_slice(cv_buffer_slice(&quality)));
        cv_list_add(arena, names, cv_value_string(types.items[i].text));
        cv_list_add(arena, ranks, cv_value_int(types.items[i].specificity));
        cv_list_add(arena, order, cv_value_string(precise.items[i].text));
    }
    return same_value(arena, why, "types", record_get(record, "types"), cv_value_list(names)) &&
           same_value(arena, why, "by_precedence", record_get(record, "by_precedence"), cv_value_list(order)) &&
           same_value(arena, why, "qualities", record_get(record, "qualities"), cv_value_list(qualities)) &&
           same_value(arena, why, "specificities", record_get(record, "specificities"), cv_value_list(ranks));
}

static CvRequest *request_accepting(CvArena *arena, const CvDict *record)
{
    CvValue accept = record_get(record, "accept");
    const char *headers[] = {"Accept", NULL, NULL};

    if (accept.kind == CV_STRING)
        headers[1] = cv_slice_string(arena, cv_value_as_slice(accept));
    return cv_request_make(arena, "GET", "/", accept.kind == CV_STRING ? headers : NULL, (CvSlice){NULL, 0}, NULL);
}

static bool accepts(CvArena *arena, const CvDict *record, CvBuffer *why)
{
    CvRequest *request = request_accepting(arena, record);
    const CvList *types = record_get(record, "media_types").list;
    CvList *answers = cv_list_create(arena);

    for (size_t i = 0; i < types->count; i++) {
        const char *type = cv_slice_string(arena, cv_value_as_slice(types->items[i]));
        cv_list_add(arena, answers, cv_value_bool(cv_request_accepts(request, type)));
    }
    return same_value(arena, why, "accepts", record_get(record, "accepts"), cv_value_list(answers));
}

static bool get_preferred_type(CvArena *arena, const CvDict *record, CvBuffer *why)
{
    CvRequest *request = request_accepting(arena, record);
    const CvList *offers = record_get(record, "offers").list;
    const char **list = cv_arena_new_array(arena, const char *, offers->count + 1);

    for (size_t i = 0; i < offers->count; i++)
        list[i] = cv_slice_string(arena, cv_value_as_slice(offers->items[i]));
    return same_value(arena, why, "result", record_get(record, "result"),
                      cv_value_string(cv_request_preferred_type(request, list)));
}

/* ---- conditional requests ---- */

static bool condition(CvArena *arena, const CvDict *record, CvBuffer *why)
{
    CvRequest *request =
        cv_request_make(arena, record_string(arena, record, "method"), "/",
                        facts_headers(arena, record_get(record, "request_headers")), (CvSlice){NULL, 0}, NULL);
    CvValue modified = records_decode(arena, record_get(record, "view_last_modified"));
    CvValue tag = record_get(record, "view_etag");
    int64_t seconds = modified.kind == CV_DATETIME ? modified.datetime.microseconds / CV_SECOND : 0;
    const char *etag =
        tag.kind == CV_STRING ? cv_etag_quote(arena, cv_slice_string(arena, cv_value_as_slice(tag))) : NULL;
    CvResponse *response = cv_condition(request, etag, seconds);

    if (!response) {
        response = cv_response_html(arena, CV_SLICE("full"));
        cv_condition_headers(request, response, etag, seconds);
    }
    return same_value(arena, why, "status", record_get(record, "status"), cv_value_int(response->status)) &&
           same_value(arena, why, "etag", record_get(record, "etag"),
                      cv_value_string(cv_response_header(response, "ETag"))) &&
           same_value(arena, why, "last_modified", record_get(record, "last_modified"),
                      cv_value_string(cv_response_header(response, "Last-Modified"))) &&
           same_text(why, "content", record_text(record, "content"), response->body);
}

static bool parse_http_date_rfc850(CvArena *arena, const CvDict *record, CvBuffer *why)
{
    int64_t seconds = 0;
    CvDate day = cv_date((int)record_number(record, "current_year", 0), 6, 1);

    cv_clock_freeze(cv_datetime_in(day, cv_time(0, 0, 0, 0), cv_zone_utc, false));
    bool done = cv_http_date_parse(record_text(record, "text"), &seconds) == CV_PARSED;
    if (!done || record_has(record, "raises"))
        return done != record_has(record, "raises");
    return same_value(arena, why, "result", record_get(record, "result"), cv_value_int(seconds));
}

const FactCheck http_request_checks[] = {{"get_host", get_host},
                                         {"request_origin", request_origin},
                                         {"build_absolute_uri", build_absolute_uri},
                                         {"querydict", querydict},
                                         {"querydict_urlencode", querydict_urlencode},
                                         {"querydict_bytes", querydict_bytes},
                                         {"accepted_types", accepted_types},
                                         {"accepts", accepts},
                                         {"get_preferred_type", get_preferred_type},
                                         {"condition", condition},
                                         {"parse_http_date_rfc850", parse_http_date_rfc850},
                                         {NULL, NULL}};
