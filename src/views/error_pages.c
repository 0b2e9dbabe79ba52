/* error_pages.c: what visitors see when something is not there, not allowed or broken. */
#include "http/http.h"
#include "template/template.h"
#include "text/html.h"
#include "text/url.h"
#include "views/views.h"
#include "web/project.h"
#include "web/shortcuts.h"

typedef struct Words {
    int status;
    const char *title, *text;
} Words;

/* 400 to 404 and 500 say what Django's pages say, and no more: a page must not tell a stranger why. */
static const Words words[] = {
    {400, "Bad Request (400)", ""},
    {403, "403 Forbidden", ""},
    {404, "Not Found", "The requested resource was not found on this server."},
    {405, "Method Not Allowed (405)", "This page cannot be asked for in this way."},
    {409, "Conflict (409)", "What you sent does not fit what is stored. Reload the page and try again."},
    {410, "Gone (410)", "This page is no longer here."},
    {413, "Content Too Large (413)", "What you sent is too large."},
    {429, "Too Many Requests (429)", "That was too fast. Wait a moment and try again."},
    {500, "Server Error (500)", ""},
    {503, "Service Unavailable (503)", "The server is busy. Try again in a moment."},
};

static Words words_of(CvArena *arena, int status)
{
    for (size_t i = 0; i < CV_COUNT_OF(words); i++)
        if (words[i].status == status)
            return words[i];
    return (Words){status, cv_arena_printf(arena, "%s (%d)", cv_status_reason(status), status), ""};
}

/* The framework's own page: no template, no script, nothing from elsewhere, so that it works when nothing else does. */
static CvResponse *plain_page(CvRequest *request, const CvError *error, int status)
{
    Words said = words_of(request->arena, status);
    bool about_csrf =
        status == 403 && error->detail && cv_slice_starts_with(cv_slice(error->message), CV_SLICE("CSRF"));
    if (about_csrf)
        said.text = "CSRF verification failed. Request aborted. Reload the page, let this site set cookies, and send "
                    "the form again.";
    CvBuffer out = cv_buffer(request->arena);
    cv_buffer_append_string(&out, "\n<!doctype html>\n<html lang=\"en\">\n<head>\n  <title>");
    cv_html_escape(&out, cv_slice(said.title));
    cv_buffer_append_string(&out, "</title>\n</head>\n<body>\n  <h1>");
    cv_html_escape(&out, cv_slice(said.title));
    cv_buffer_append_string(&out, "</h1><p>");
    cv_html_escape(&out, cv_slice(said.text));
    cv_buffer_append_string(&out, "</p>\n</body>\n</html>\n");
    return cv_response_create(request->arena, status, NULL, cv_buffer_slice(&out));
}

static const char *template_of(int status)
{
    switch (status) {
    case 400:
        return "400.html";
    case 403:
        return "403.html";
    case 404:
        return "404.html";
    default:
        return status >= 500 ? "500.html" : NULL;
    }
}

CvResponse *cv_error_page(CvRequest *request, const CvError *error)
{
    int status = cv_error_status(error);
    const char *name = template_of(status);
    CvError missing;
    CvResponse *response = NULL;
    if (name && cv_engine() && cv_engine_get(cv_engine(), name, &missing)) {
        CvContext *context = cv_context_create(request->arena);
        /* The path comes quoted and a path without a view leaves no message: links must not put words into this site's
         * mouth. 500.html and 400.html read nothing of the request, as in Django: making its context may be what broke.
         */
        if (status == 404 || status == 403) {
            CvBuffer path = cv_buffer(request->arena);
            cv_url_quote(&path, cv_slice(request->path), "/");
            const char *said =
                error->kind == CV_ERROR_RESOLVER_404 ? cv_error_class(CV_ERROR_RESOLVER_404) : error->message;
            response =
                cv_render_pairs(request, status, name, 2, CV_LIST("request_path", "exception"),
                                (const CvValue[]){cv_value_slice(cv_buffer_slice(&path)), cv_value_string(said)});
        } else {
            CvBuffer out = cv_buffer(request->arena);
            const CvTemplate *page = cv_engine_get(cv_engine(), name, &missing);
            if (!cv_template_render(page, context, &out, &missing))
                cv_raise_error(&missing);
            response = cv_response_create(request->arena, status, NULL, cv_buffer_slice(&out));
        }
    }
    if (!response)
        response = plain_page(request, error, status);
    if (status == 405 && error->detail)
        cv_response_set_header(response, "Allow", error->detail);
    if (status == 503)
        cv_response_set_header_default(response, "Retry-After", "1");
    return response;
}
