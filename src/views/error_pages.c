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

static const Words words[] = {
    {400, "Bad Request", "The request could not be understood."},
    {403, "Forbidden", "You are not allowed to see this page."},
    {404, "Not Found", "The page you asked for is not here."},
    {405, "Method Not Allowed", "This page cannot be asked for in this way."},
    {409, "Conflict", "What you sent does not fit what is stored. Reload the page and try again."},
    {410, "Gone", "This page is no longer here."},
    {413, "Content Too Large", "What you sent is too large."},
    {429, "Too Many Requests", "That was too fast. Wait a moment and try again."},
    {500, "Server Error", "Something went wrong on our side."},
    {503, "Service Unavailable", "The server is busy. Try again in a moment."},
};

static Words words_of(int status)
{
    for (size_t i = 0; i < CV_COUNT_OF(words); i++)
        if (words[i].status == status)
            return words[i];
    return (Words){status, cv_status_reason(status),
                   status < 500 ? "The request was refused." : "Something went wrong on our side."};
}

static const char head_html[] = "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
                                "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>";
static const char style_html[] =
    "</title>\n<style>\n"
    ":root { color-scheme: light dark; --ink: #23262f; --soft: #626a7a; --paper: #fbfaf7; --line: #d9d5ca; }\n"
    "@media (prefers-color-scheme: dark) { :root { --ink: #ebe9e4; --soft: #a2a7b3; --paper: #17191e; --line: #363a44; "
    "} }\n"
    "body { margin: 0; min-height: 100vh; display: grid; place-items: center; background: var(--paper); color: "
    "var(--ink);\n"
    "  font: 17px/1.5 system-ui, sans-serif; }\n"
    "main { padding: 2rem; max-width: 34rem; }\n"
    ".status { font: 600 .9rem ui-monospace, monospace; color: var(--soft); letter-spacing: .08em; }\n"
    "h1 { margin: .2rem 0 .6rem; font-size: 1.9rem; line-height: 1.2; border-bottom: 1px solid var(--line); "
    "padding-bottom: .7rem; }\n"
    "p { margin: .5rem 0; }\n"
    "</style>\n</head>\n<body>\n<main>\n";

/* The framework's own page: no template, no script, nothing from elsewhere, so that it works when nothing else does. */
static CvResponse *plain_page(CvRequest *request, const CvError *error, int status)
{
    Words said = words_of(status);
    CvBuffer out = cv_buffer(request->arena);
    cv_buffer_append(&out, head_html, sizeof head_html - 1);
    cv_html_escape(&out, cv_slice(said.title));
    cv_buffer_append(&out, style_html, sizeof style_html - 1);
    cv_buffer_printf(&out, "<div class=\"status\">%d</div>\n<h1>", status);
    cv_html_escape(&out, cv_slice(said.title));
    cv_buffer_append_string(&out, "</h1>\n<p>");
    cv_html_escape(&out, cv_slice(said.text));
    cv_buffer_append_string(&out, "</p>\n");
    bool about_csrf =
        status == 403 && error->detail && cv_slice_starts_with(cv_slice(error->message), CV_SLICE("CSRF"));
    if (about_csrf)
        cv_buffer_append_string(
            &out, "<p>CSRF verification failed. Request aborted. Reload the page, let this site set cookies, "
                  "and send the form again.</p>\n");
    cv_buffer_append_string(&out, "</main>\n</body>\n</html>\n");
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
