/* debug_page.c: what a developer sees when something goes wrong: the error, where it comes from, the C stack with
 * source lines, the template, the SQL and the request. */
#include "db/db.h"
#include "text/html.h"
#include "urls/urls.h"
#include "views/debug_private.h"
#include "web/project.h"

void cv_debug_text(CvBuffer *out, const char *text)
{
    cv_html_escape(out, cv_slice(text ? text : ""));
}

static const char style[] =
    ":root{color-scheme:light "
    "dark;--ink:#21242c;--soft:#626a7a;--paper:#fff;--band:#f4f2ec;--line:#d9d5ca;--mark:#b3261e;"
    "--here:#fdeacc}\n"
    "@media "
    "(prefers-color-scheme:dark){:root{--ink:#e9e7e2;--soft:#a2a7b3;--paper:#17191e;--band:#20232a;--line:#363a44;"
    "--mark:#ff8a80;--here:#4a3a18}}\n"
    "*{box-sizing:border-box}body{margin:0;background:var(--paper);color:var(--ink);font:15px/1.5 "
    "system-ui,sans-serif}\n"
    "header,section{padding:1rem 1.5rem;max-width:76rem;margin:0 auto}header{padding-top:1.6rem}\n"
    ".top{background:var(--band);border-bottom:1px solid var(--line)}\n"
    "h1{margin:0 0 .3rem;font-size:1.5rem;overflow-wrap:anywhere}h1 small{display:block;font:600 .85rem "
    "ui-monospace,monospace;"
    "color:var(--mark)}\n"
    "h2{font-size:1.15rem;margin:1rem 0 .5rem}h3{font-size:.95rem;margin:1rem 0 .3rem}\n"
    ".hint{border-left:3px solid var(--mark);padding:.2rem .8rem;margin:.8rem 0}.soft{color:var(--soft)}\n"
    "pre,code{font:13px/1.45 ui-monospace,monospace}pre{margin:.3rem 0;padding:.6rem;background:var(--band);border:1px "
    "solid "
    "var(--line);overflow:auto}\n"
    ".source .line{display:block;white-space:pre}.source "
    "i{color:var(--soft);font-style:normal;display:inline-block;width:3.2em}\n"
    ".source .here{background:var(--here)}details{border-bottom:1px solid var(--line);padding:.35rem "
    "0}summary{cursor:pointer}\n"
    "table{border-collapse:collapse;width:100%;table-layout:fixed}th{width:15rem;text-align:left;font-weight:500;"
    "vertical-align:top;"
    "color:var(--soft)}th,td{padding:.15rem .5rem .15rem 0;border-bottom:1px solid "
    "var(--line);overflow-wrap:anywhere}\n";

static void begin_page(CvBuffer *out, const char *title)
{
    cv_buffer_append_string(out, "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
                                 "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
                                 "<meta name=\"robots\" content=\"noindex\">\n<title>");
    cv_debug_text(out, title);
    cv_buffer_append_string(out, "</title>\n<style>\n");
    cv_buffer_append(out, style, sizeof style - 1);
    cv_buffer_append_string(out, "</style>\n</head>\n<body>\n");
}

static void show_head(CvBuffer *out, CvRequest *request, const CvError *error)
{
    int status = cv_error_status(error);
    cv_buffer_append_string(out, "<div class=\"top\"><header>\n<h1><small>");
    cv_buffer_printf(out, "%d %s", status, cv_error_class(error->kind));
    cv_buffer_append_string(out, "</small>");
    cv_debug_text(out, error->message);
    cv_buffer_append_string(out, "</h1>\n<div class=\"soft\">");
    cv_debug_text(out, request->method);
    cv_buffer_append_byte(out, ' ');
    cv_debug_text(out, request->path);
    if (request->resolver_match) {
        cv_buffer_append_string(out, " in ");
        cv_debug_text(out, cv_self()->label);
    }
    cv_buffer_append_string(out, "</div>\n");
    if (error->hint) {
        cv_buffer_append_string(out, "<p class=\"hint\">");
        cv_debug_text(out, error->hint);
        cv_buffer_append_string(out, "</p>\n");
    }
    cv_buffer_append_string(out, "</header></div>\n");
}

static void show_file(CvBuffer *out, const char *file, int line, int column)
{
    cv_buffer_append_string(out, "<code>");
    cv_debug_text(out, file);
    cv_buffer_printf(out, ":%d", line);
    if (column > 0)
        cv_buffer_printf(out, ":%d", column);
    cv_buffer_append_string(out, "</code>");
}

/* The place that the error names: a line of C, or of a template. What the library raised is told by the line of the
 * site that asked for it, `caller` (or NULL). */
static void show_place(CvBuffer *out, const CvError *error, const CvFrame *caller)
{
    if (!error->file && !error->detail)
        return;
    const char *file = error->file;
    int line = error->line;
    cv_buffer_append_string(out, "<section><h2>Where</h2>\n");
    if (file) {
        bool by_library = caller && cv_is_library_file(file);
        cv_buffer_append_string(out, "<p>");
        if (by_library) {
            file = caller->file;
            line = caller->line;
            show_file(out, file, line, 0);
            cv_buffer_append_string(out, " <span class=\"soft\">in ");
            cv_debug_text(out, caller->function);
            cv_buffer_append_string(out, ", raised by ");
        }
        show_file(out, error->file, error->line, error->column);
        cv_buffer_append_string(out, by_library ? "</span></p>\n" : "</p>\n");
    }
    bool listed = cv_debug_source(out, file, line, 6);
    if (error->detail && !(listed && error->column > 0)) {
        cv_buffer_append_string(out, "<pre>");
        cv_debug_text(out, error->detail);
        cv_buffer_append_string(out, "</pre>\n");
    }
    cv_buffer_append_string(out, "</section>\n");
}

static void show_causes(CvBuffer *out, const CvError *error)
{
    for (int depth = 0; error->cause && depth < 8; depth++) {
        error = error->cause;
        cv_buffer_append_string(out, "<section><h2>Caused by</h2>\n<p><code>");
        cv_debug_text(out, cv_error_class(error->kind));
        cv_buffer_append_string(out, "</code> ");
        cv_debug_text(out, error->message);
        cv_buffer_append_string(out, "</p>\n</section>\n");
        show_place(out, error, NULL);
    }
}

typedef struct Stack {
    CvFrame *frames;
    int count;
    const CvFrame *own; /* the innermost of the site; or NULL */
} Stack;

/* Inlined functions of the library's headers are not the site's either. */
static bool is_own(const CvFrame *frame)
{
    return frame->file && frame->line > 0 && frame->function && strncmp(frame->function, "cv_", 3) != 0 &&
           !cv_is_library_file(frame->file);
}

static Stack stack_of(CvArena *arena, const CvError *error)
{
    Stack stack = {.count = error->frame_count};
    if (stack.count <= 0)
        return stack;
    stack.frames = cv_arena_new_array(arena, CvFrame, (size_t)stack.count);
    cv_backtrace_resolve(arena, error->frames, stack.count, stack.frames);
    for (int i = 0; i < stack.count && !stack.own; i++)
        if (is_own(&stack.frames[i]))
            stack.own = &stack.frames[i];
    return stack;
}

/* Frames are folded in; the site's own is open unless it stands above, in "Where". */
static void show_stack(CvBuffer *out, const Stack *stack, const CvError *error)
{
    if (stack->count <= 0)
        return;
    const CvFrame *own = stack->own;
    bool above = own && error->file &&
                 (cv_is_library_file(error->file) || (own->line == error->line && strcmp(own->file, error->file) == 0));
    cv_buffer_append_string(out, "<section><h2>Stack, innermost first</h2>\n");
    for (int i = 0; i < stack->count; i++) {
        const CvFrame *frame = &stack->frames[i];
        cv_buffer_printf(out, "<details%s><summary><code>", frame == own && !above ? " open" : "");
        cv_debug_text(out, frame->function ? frame->function : "?");
        cv_buffer_append_string(out, "</code> <span class=\"soft\">");
        cv_debug_text(out, frame->file ? frame->file : frame->module);
        if (frame->line > 0)
            cv_buffer_printf(out, ":%d", frame->line);
        cv_buffer_append_string(out, "</span></summary>\n");
        cv_debug_source(out, frame->file, frame->line, 5);
        cv_buffer_append_string(out, "</details>\n");
    }
    cv_buffer_append_string(out, "</section>\n");
}

static void show_tried(CvBuffer *out, CvRequest *request)
{
    const CvUrl *const *const *tried =
        cv_resolver_tried(cv_request_resolver(request), request->arena, cv_slice(request->path_info));
    cv_buffer_append_string(out, "<section><h2>Tried, in this order</h2>\n<ol>\n");
    for (; tried && *tried; tried++) {
        cv_buffer_append_string(out, "<li><code>");
        const char *name = NULL;
        for (const CvUrl *const *row = *tried; *row; row++) {
            cv_debug_text(out, (*row)->route);
            name = (*row)->name;
        }
        cv_buffer_append_string(out, "</code>");
        if (name) {
            cv_buffer_append_string(out, " <span class=\"soft\">[name='");
            cv_debug_text(out, name);
            cv_buffer_append_string(out, "']</span>");
        }
        cv_buffer_append_string(out, "</li>\n");
    }
    cv_buffer_append_string(out, "</ol>\n<p>The path <code>");
    cv_debug_text(out, request->path);
    cv_buffer_append_string(out, "</code> fits none of these.</p></section>\n");
}

static void show_sql(CvBuffer *out, CvRequest *request)
{
    const CvSqlEntry *entry = cv_request_sql_log(request);
    if (!entry)
        return;
    cv_buffer_append_string(out, "<section><h2>SQL of this request</h2>\n<ol>\n");
    for (; entry; entry = entry->next) {
        cv_buffer_append_string(out, "<li><code>");
        cv_debug_text(out, entry->sql);
        cv_buffer_append_string(out, "</code> <span class=\"soft\">");
        cv_debug_text(out, entry->parameters);
        cv_buffer_printf(out, " %.3f ms", (double)entry->microseconds / 1000);
        if (entry->error) {
            cv_buffer_append_string(out, " failed: ");
            cv_debug_text(out, entry->error);
        }
        if (entry->note) {
            cv_buffer_append_string(out, "</span><br><strong>");
            cv_debug_text(out, entry->note);
            cv_buffer_append_string(out, "</strong><span>");
        }
        cv_buffer_append_string(out, "</span></li>\n");
    }
    cv_buffer_append_string(out, "</ol></section>\n");
}

CvResponse *cv_debug_page(CvRequest *request, const CvError *error)
{
    int status = cv_error_status(error);
    Stack stack = stack_of(request->arena, error);
    CvBuffer out = cv_buffer(request->arena);
    cv_buffer_reserve(&out, 65536);
    begin_page(&out, cv_arena_printf(request->arena, "%s at %s", cv_error_class(error->kind), request->path));
    show_head(&out, request, error);
    if (error->kind == CV_ERROR_RESOLVER_404)
        show_tried(&out, request);
    else
        show_place(&out, error, stack.own);
    show_causes(&out, error);
    if (status >= 500)
        show_stack(&out, &stack, error);
    show_sql(&out, request);
    cv_debug_request(&out, request);
    cv_buffer_append_string(&out,
                            "<section class=\"soft\"><p>You see this page because DEBUG is on. Visitors of a site with "
                            "DEBUG off see a plain page.</p></section>\n</body>\n</html>\n");
    return cv_response_create(request->arena, status, NULL, cv_buffer_slice(&out));
}
