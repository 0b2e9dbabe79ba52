/* context.c: the context processors that every site has. */
#include "web/context.h"

#include "db/db.h"
#include "http/http.h"
#include "template/template.h"
#include "web/project_private.h"

/* ---- request ---- */

static void add_request(CvRequest *request, CvContext *context)
{
    cv_context_set(context, "request", cv_value_object(request));
}

const CvContextProcessor cv_request_context = {.name = "request", .provides = CV_LIST("request"), .add = add_request};

/* ---- csrf_token: made when a template prints it, so that pages without forms set no cookie ---- */

typedef struct CvLazyToken {
    CvObject object;
    CvRequest *request;
} CvLazyToken;

static CvCsrfTokenSource *token_source;

void cv_set_csrf_token_source(CvCsrfTokenSource *source)
{
    token_source = source;
}

const char *cv_csrf_token(CvRequest *request)
{
    return token_source ? token_source(request) : "";
}

static CvSlice lazy_str(const void *object, CvArena *arena)
{
    (void)arena;
    return cv_slice(cv_csrf_token(((const CvLazyToken *)object)->request));
}

static bool lazy_truth(const void *object)
{
    (void)object;
    return token_source != NULL;
}

static const CvType lazy_token_type = {
    .magic = CV_TYPE_MAGIC, .name = "SimpleLazyObject", .str = lazy_str, .repr = lazy_str, .truth = lazy_truth};

static void add_csrf(CvRequest *request, CvContext *context)
{
    CvLazyToken *token = cv_arena_new(request->arena, CvLazyToken);
    *token = (CvLazyToken){{&lazy_token_type}, request};
    cv_context_set(context, "csrf_token", cv_value_object(token));
}

const CvContextProcessor cv_csrf_context = {.name = "csrf", .provides = CV_LIST("csrf_token"), .add = add_csrf};

/* ---- debug ---- */

/* As in Django: a list of {"sql": ..., "time": ...}. */
static CvValue sql_queries(CvRequest *request)
{
    CvArena *arena = request->arena;
    CvList *list = cv_list_create(arena);
    for (const CvSqlEntry *entry = cv_request_sql_log(request); entry; entry = entry->next) {
        CvDict *dict = cv_dict_create(arena);
        cv_dict_set_name(dict, "sql", cv_value_string(entry->sql));
        cv_dict_set_name(dict, "time",
                         cv_value_string(cv_arena_printf(arena, "%.3f", (double)entry->microseconds / 1e6)));
        cv_list_add(arena, list, cv_value_dict(dict));
    }
    return cv_value_list(list);
}

static void add_debug(CvRequest *request, CvContext *context)
{
    const CvSettings *settings = cv_settings();
    if (!settings->debug)
        return;
    for (const char *const *ip = settings->internal_ips; *ip; ip++)
        if (strcmp(*ip, request->remote_addr) == 0) {
            cv_context_set(context, "debug", cv_value_bool(true));
            cv_context_set(context, "sql_queries", sql_queries(request));
            return;
        }
}

const CvContextProcessor cv_debug_context = {
    .name = "debug", .provides = CV_LIST("debug", "sql_queries"), .add = add_debug};

/* ---- static and media ---- */

static void add_static(CvRequest *request, CvContext *context)
{
    (void)request;
    const CvSettings *settings = cv_settings();
    cv_context_set(context, "STATIC_URL", cv_value_string(settings->static_url));
    cv_context_set(context, "MEDIA_URL", cv_value_string(settings->media_url));
}

const CvContextProcessor cv_static_context = {
    .name = "static", .provides = CV_LIST("STATIC_URL", "MEDIA_URL"), .add = add_static};

const CvContextProcessor *const cv_default_context_processors[] = {&cv_request_context, &cv_csrf_context,
                                                                   &cv_debug_context, &cv_static_context, NULL};
