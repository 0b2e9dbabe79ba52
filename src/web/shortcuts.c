/* shortcuts.c: rendering, redirecting, refusing. */
#include "web/shortcuts.h"

#include <stdarg.h>

#include "template/template.h"
#include "web/context.h"
#include "web/project_private.h"

/* ---- rendering ---- */

static CvContext *make_context(CvRequest *request, size_t count, const char *const *keys, const CvValue *values)
{
    CvArena *arena = request ? request->arena : cv_arena();
    CvContext *context = cv_context_create(arena);
    if (request) {
        CvContextRequest *link = cv_arena_new(arena, CvContextRequest);
        link->request = request;
        link->current_app = cv_route_current_app(request);
        context->request = link;
        for (const CvContextProcessor *const *one = cv_project.processors; one && *one; one++)
            (*one)->add(request, context);
        link->query = cv_value_object(cv_request_query(request));
    }
    for (size_t i = 0; i < count; i++)
        cv_context_set(context, keys[i], values[i]);
    return context;
}

/* The template by name; raises. */
static const CvTemplate *find(const char *name)
{
    CvError error;
    CvEngine *engine = cv_engine();
    if (!engine)
        cv_raise(CV_ERROR_CONFIGURATION, "The site has not been started: there are no templates.");
    const CvTemplate *page = cv_engine_get(engine, name, &error);
    if (!page)
        cv_raise_error(&error);
    return page;
}

static CvSlice render(CvRequest *request, const char *name, size_t count, const char *const *keys,
                      const CvValue *values)
{
    CvError error;
    const CvTemplate *page = find(name);
    CvContext *context = make_context(request, count, keys, values);
    CvBuffer out = cv_buffer(context->arena);
    cv_buffer_reserve(&out, 4096);
    if (!cv_template_render(page, context, &out, &error))
        cv_raise_error(&error);
    return cv_buffer_slice(&out);
}

/* ---- pages that may be sent while they are rendered ---- */

#define PIECE_SIZE 16384

typedef struct Pushed {
    CvRequest *request;
    const CvTemplate *page;
    CvResponse *response; /* what is to be answered, once it was begun */
    int status;
    bool wanted;
    bool failed; /* the way out through the middleware raised */
    CvError error;
} Pushed;

static bool no_pieces(void *state, CvSlice *piece)
{
    (void)state;
    (void)piece;
    return false;
}

/* The CSRF cookie goes with the head: if a form may come later it is made now. */
static void begin(void *argument)
{
    Pushed *pushed = argument;
    if (cv_template_may_read(pushed->page, CV_SLICE("csrf_token")))
        (void)cv_csrf_token(pushed->request);
    CvResponse *response = cv_response_stream(pushed->request->arena, NULL, no_pieces, NULL);
    response->status = pushed->status;
    pushed->response = cv_project_push_begin(pushed->request, response, &pushed->wanted);
}

/* An error of middleware is not one of the template: it is kept, and raised when the render has stopped. */
static bool push(void *argument, CvSlice piece)
{
    Pushed *pushed = argument;
    CvError *error;
    if (!pushed->response && !cv_try(begin, pushed, &error)) {
        pushed->failed = true;
        pushed->error = *error;
    }
    if (pushed->failed || !pushed->wanted)
        return false;
    return pushed->wanted = pushed->request->push->write(pushed->request->push->self, piece);
}

CvResponse *cv_render_pairs(CvRequest *request, int status, const char *template_name, size_t count,
                            const char *const *keys, const CvValue *values)
{
    int64_t most = cv_settings()->render_buffer;
    if (most < 0 || !cv_project_may_push(request))
        return cv_response_create(request->arena, status, NULL, render(request, template_name, count, keys, values));
    CvError error;
    const CvTemplate *page = find(template_name);
    CvContext *context = make_context(request, count, keys, values);
    CvBuffer out = cv_buffer(context->arena);
    cv_buffer_reserve(&out, 4096);
    Pushed pushed = {.request = request, .page = page, .status = status};
    const CvTemplateSink sink = {push, &pushed, (size_t)most ? (size_t)most : 1, PIECE_SIZE};
    bool good = cv_template_render_to(page, context, &out, &sink, &error);
    if (pushed.failed)
        cv_raise_error(&pushed.error);
    if (!good)
        cv_raise_error(&error);
    if (CV_LIKELY(!pushed.response))
        return cv_response_create(request->arena, status, NULL, cv_buffer_slice(&out));
    if (pushed.wanted && out.length)
        (void)push(&pushed, cv_buffer_slice(&out));
    return pushed.response;
}

CvResponse *cv_render_site(CvRequest *request, const char *template_name, const CvSite *site, const CvValue *values)
{
    return cv_render_pairs(request, 200, template_name, (size_t)site->count, site->keys, values);
}

CvSlice cv_render_text_site(CvRequest *request, const char *template_name, const CvSite *site, const CvValue *values)
{
    return render(request, template_name, (size_t)site->count, site->keys, values);
}

/* ---- redirecting ---- */

CvResponse *cv_redirect_site(CvRequest *request, int status, const char *to, const CvSite *site, const CvValue *values)
{
    const char *url = to;
    bool is_url = strchr(to, '/') != NULL || strchr(to, '.') != NULL;
    if (site->count > 0 || !is_url)
        url = cv_url_pairs(to, (size_t)site->count, site->keys, values);
    CvError error;
    CvResponse *response = cv_response_redirect(request->arena, url, status == 301, false, &error);
    if (!response)
        cv_raise_error(&error);
    return response;
}

const char *cv_url_site(const char *name, const CvSite *site, const CvValue *values)
{
    return cv_url_pairs(name, (size_t)site->count, site->keys, values);
}

/* ---- refusing ---- */

static CvErrorKind kind_of(int status)
{
    switch (status) {
    case 400:
        return CV_ERROR_BAD_REQUEST;
    case 403:
        return CV_ERROR_PERMISSION_DENIED;
    case 404:
        return CV_ERROR_NOT_FOUND;
    case 405:
        return CV_ERROR_METHOD_NOT_ALLOWED;
    case 409:
        return CV_ERROR_CONFLICT;
    case 413:
        return CV_ERROR_REQUEST_TOO_BIG;
    case 503:
        return CV_ERROR_BUSY;
    default:
        return CV_ERROR_HTTP;
    }
}

void cv_abort_at(int status, const char *file, int line, const char *format, ...)
{
    CvError error = {.kind = kind_of(status), .status = status, .file = file, .line = line};
    if (status < 400 || status > 599)
        error.status = 500;
    va_list arguments;
    va_start(arguments, format);
    error.message = cv_arena_vprintf(cv_arena(), format, arguments);
    va_end(arguments);
    if (!*error.message)
        error.message = cv_status_reason(error.status);
    if (error.status >= 500)
        error.frame_count = cv_backtrace(error.frames, CV_BACKTRACE_MAX);
    cv_raise_error(&error);
}

/* ---- JSON ---- */

CvResponse *cv_json_value(int status, CvValue value)
{
    CvResponse *response = cv_response_json(cv_arena(), value);
    response->status = status;
    return response;
}

CvResponse *cv_json_pairs(int status, size_t count, const char *const *keys, const CvValue *values)
{
    CvDict *dict = cv_dict_create(cv_arena());
    for (size_t i = 0; i < count; i++)
        cv_dict_set_name(dict, keys[i], values[i]);
    return cv_json_value(status, cv_value_dict(dict));
}
