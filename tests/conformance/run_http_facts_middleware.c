/* run_http_facts_middleware.c: middleware, each on its own, in a site of the record's settings. */
#include "run_http_facts.h"

#include "middleware/middleware.h"
#include "web/project.h"

/* The answer that the middleware wraps. */
static CvResponse *inner_response(CvArena *arena, CvValue described, CvValue headers)
{
    const CvDict *dict = described.kind == CV_DICT ? described.dict : cv_dict_create(arena);
    CvResponse *response = cv_response_html(arena, record_text(dict, "content"));
    CvValue cookie = record_get(dict, "cookie");

    response->status = (int)record_number(dict, "status", 200);
    const char *const *list = facts_headers(arena, described.kind == CV_DICT ? record_get(dict, "headers") : headers);
    for (size_t i = 0; list && list[i]; i += 2)
        cv_response_set_header(response, list[i], list[i + 1]);
    if (cookie.kind == CV_LIST)
        cv_response_set_cookie(response, cv_slice_string(arena, cv_value_as_slice(cookie.list->items[0])),
                               cv_slice_string(arena, cv_value_as_slice(cookie.list->items[1])), NULL);
    return response;
}

static bool conditional_get(CvArena *arena, const CvDict *record, CvBuffer *why)
{
    CvRequest *request =
        cv_request_make(arena, record_string(arena, record, "method"), "/",
                        facts_headers(arena, record_get(record, "request_headers")), (CvSlice){NULL, 0}, NULL);
    CvResponse *response = cv_conditional_get_middleware.process_response(
        request, inner_response(arena, record_get(record, "response"), cv_value_null()));
    CvList *cookies = cv_list_create(arena);

    for (size_t i = 0; i < response->cookies.count; i++)
        cv_list_add(arena, cookies, cv_value_string(response->cookies.items[i].name));
    return same_value(arena, why, "status", record_get(record, "status"), cv_value_int(response->status)) &&
           facts_same_headers(arena, why, record_get(record, "headers"), response, true) &&
           same_value(arena, why, "cookies", record_get(record, "cookies"), cv_value_list(cookies)) &&
           same_text(why, "content", record_text(record, "content"), response->body);
}

/* NAME=value for what the settings of a record say, as the environment would. */
static const char *const *environment_of(CvArena *arena, const CvDict *settings)
{
    const char **out = cv_arena_new_array(arena, const char *, cv_dict_count(settings) + 1);
    size_t count = 0;

    for (const CvDictEntry *entry = NULL; (entry = cv_dict_next(settings, entry));) {
        CvBuffer text = cv_buffer(arena);
        cv_buffer_append_slice(&text, cv_value_as_slice(entry->key));
        cv_buffer_append_byte(&text, '=');
        CvValue value = entry->value;
        if (value.kind == CV_LIST)
            for (size_t i = 0; i < value.list->count; i++) {
                cv_buffer_append_string(&text, i ? "," : "");
                cv_buffer_append_slice(&text, cv_value_str(arena, value.list->items[i]));
            }
        else if (value.kind == CV_BOOL)
            cv_buffer_append_string(&text, value.boolean ? "1" : "0");
        else if (value.kind != CV_NULL)
            cv_buffer_append_slice(&text, cv_value_str(arena, value));
        out[count++] = cv_buffer_string(&text);
    }
    return out;
}

static CvResponse *through(CvArena *arena, const CvDict *record, CvBuffer *why, const CvMiddleware *middleware,
                           CvRequest *request)
{
    static const char *const hosts[] = {"*", NULL};
    CvErrors errors = {.arena = arena};
    CvSettings *settings = cv_settings_load(arena, &(CvSettings){.allowed_hosts = hosts, .secret_key = "key"},
                                            environment_of(arena, record_get(record, "settings").dict), &errors);

    if (!cv_project_start(settings, NULL, &errors)) {
        cv_buffer_printf(why, "no start: %s", errors.count ? errors.items[0]->message : "?");
        return NULL;
    }
    if (middleware->init)
        (void)middleware->init(cv_settings(), &errors);
    CvResponse *response = middleware->process_request ? middleware->process_request(request) : NULL;
    if (!response)
        response = inner_response(arena, (CvValue){.kind = CV_MISSING}, record_get(record, "response_headers"));
    return middleware->process_response(request, response);
}

static bool security(CvArena *arena, const CvDict *record, CvBuffer *why)
{
    static const char *const all[] = {"*", NULL};
    static const CvHttpSettings settings = {.allowed_hosts = all};
    const char *headers[] = {"Host", record_string(arena, record, "host"), NULL};
    CvRequest *request =
        cv_request_make(arena, "GET", record_string(arena, record, "url"), headers, (CvSlice){NULL, 0}, &settings);

    if (!request) {
        cv_buffer_append_string(why, "no request can be made of the url");
        return false;
    }
    CvSlice query; /* what no URL holds reaches Django as Latin-1 */
    if (cv_charset_decode(arena, CV_SLICE("latin-1"), cv_slice(request->query), &query))
        request->query = cv_slice_string(arena, query);
    request->scheme = cv_value_truth(record_get(record, "secure")) ? "https" : "http";
    CvResponse *response = through(arena, record, why, &cv_security_middleware, request);
    bool same = response &&
                same_value(arena, why, "status", record_get(record, "status"), cv_value_int(response->status)) &&
                facts_same_headers(arena, why, record_get(record, "headers"), response, false);
    cv_project_stop();
    return same;
}

static bool xframe(CvArena *arena, const CvDict *record, CvBuffer *why)
{
    CvRequest *request = cv_request_make(arena, "GET", "/", NULL, (CvSlice){NULL, 0}, NULL);
    CvResponse *response = through(arena, record, why, &cv_xframe_middleware, request);
    bool same = response && facts_same_headers(arena, why, record_get(record, "headers"), response, true);

    cv_project_stop();
    return same;
}

/* A policy as settings have it; what the record leaves out with null or false is a text that says nothing. */
static const char *const *csp_directives(CvArena *arena, CvValue policy)
{
    const char **out = cv_arena_new_array(arena, const char *, cv_dict_count(policy.dict) + 1);
    size_t count = 0;

    for (const CvDictEntry *entry = NULL; (entry = cv_dict_next(policy.dict, entry));) {
        CvBuffer text = cv_buffer(arena);
        if (cv_value_truth(entry->value))
            cv_buffer_append_slice(&text, cv_value_as_slice(entry->key));
        for (size_t i = 0; entry->value.kind == CV_LIST && i < entry->value.list->count; i++)
            cv_buffer_printf(&text, " %.*s", CV_SLICE_ARG(cv_value_as_slice(entry->value.list->items[i])));
        out[count++] = cv_buffer_string(&text);
    }
    return out;
}

/* The nonce that ours drew is the record's. */
static void rename_nonce(CvArena *arena, CvRequest *request, CvResponse *response)
{
    for (size_t i = 0; i < response->headers.count; i++) {
        CvSlice *value = &response->headers.items[i].value, nonce = cv_slice(cv_csp_nonce(request));
        ptrdiff_t at = cv_slice_find(*value, nonce);
        if (at >= 0)
            *value = cv_slice(cv_arena_printf(arena, "%.*sNONCE%.*s", (int)at, value->data,
                                              CV_SLICE_ARG(cv_slice_skip(*value, (size_t)at + nonce.length))));
    }
}

static bool csp(CvArena *arena, const CvDict *record, CvBuffer *why)
{
    CvRequest *request = cv_request_make(arena, "GET", "/", NULL, (CvSlice){NULL, 0}, NULL);
    CvErrors errors = {.arena = arena};
    const CvSettings settings = {.secret_key = "key",
                                 .secure_csp = csp_directives(arena, record_get(record, "SECURE_CSP")),
                                 .secure_csp_report_only =
                                     csp_directives(arena, record_get(record, "SECURE_CSP_REPORT_ONLY"))};

    if (!cv_project_start(&settings, NULL, &errors) || !cv_csp_middleware.init(cv_settings(), &errors)) {
        cv_buffer_printf(why, "no start: %s", errors.count ? errors.items[0]->message : "?");
        return false;
    }
    (void)cv_csp_middleware.process_request(request);
    if (cv_value_truth(record_get(record, "nonce_used")))
        (void)cv_csp_nonce(request);
    CvResponse *response = inner_response(arena, (CvValue){.kind = CV_MISSING}, record_get(record, "response_headers"));
    response = cv_csp_middleware.process_response(request, response);
    rename_nonce(arena, request, response);
    bool same = facts_same_headers(arena, why, record_get(record, "headers"), response, true);
    cv_project_stop();
    return same;
}

static const FactCheck checks[] = {{"csp_middleware", csp},
                                   {"conditional_get_middleware", conditional_get},
                                   {"security_middleware", security},
                                   {"xframe_middleware", xframe},
                                   {NULL, NULL}};

__attribute__((constructor)) static void add(void)
{
    facts_add(checks, NULL);
}
