/* shortcuts.h: what views say most: render, redirect, refuse, find or 404, JSON, pages.
 *
 *     CvResponse *book_detail(CvRequest *request, const char *slug)
 *     {
 *         Book *book = cv_get_object_or_404(Book, "slug", slug);
 *         return cv_render(request, "bookstore/book_detail.html", "book", book);
 *     }
 *
 * Template names, URL names and keys that are literals are verified by `./manage check`; the `..._pairs` twins take
 * names that are not literals. All results live in the request's arena. */
#ifndef CV_WEB_SHORTCUTS_H
#define CV_WEB_SHORTCUTS_H

#include "base/base.h"
#include "web/settings.h"

CV_API_BEGIN

/* ---- templates ---- */

/* 200 with the rendered template: pairs of context name and value.
 *
 * A page longer than RENDER_BUFFER (256 KiB) is sent while it is rendered, so that it takes no more memory than that:
 * at this size its head goes out through the middleware, without Content-Length and ETag. What fails before gives the
 * error page; what fails later breaks the connection off, which the client sees. Such a response cannot get headers or
 * cookies any more (setting them raises); inside CV_ATOMIC, and outside a view that a server called, nothing is sent
 * early. A page that must be whole: cv_response_html(request->arena, cv_render_to_string(...)). */
#define cv_render(request, template_name, ...)                                                                   \
    cv_render_site((request), (template_name), CV_SITE(CV_SITE_RENDER, #template_name, NULL, 0, 0, __VA_ARGS__), \
                   CV_ARGUMENTS(__VA_ARGS__))
CvResponse *cv_render_site(CvRequest *request, const char *template_name, const CvSite *site, const CvValue *values);
/* With a status of your own. */
CvResponse *cv_render_pairs(CvRequest *request, int status, const char *template_name, size_t count,
                            const char *const *keys, const CvValue *values);
/* The text alone, for mails and parts of pages: safe HTML. `request` may be NULL. */
#define cv_render_to_string(request, template_name, ...)                                                              \
    cv_render_text_site((request), (template_name), CV_SITE(CV_SITE_RENDER, #template_name, NULL, 0, 0, __VA_ARGS__), \
                        CV_ARGUMENTS(__VA_ARGS__))
CvSlice cv_render_text_site(CvRequest *request, const char *template_name, const CvSite *site, const CvValue *values);

/* ---- other places ---- */

/* 302 to a view by URL name and its arguments, or to a URL (text with a slash or a dot in it, and no pairs):
 * cv_redirect(request, "book-detail", "slug", book->slug). */
#define cv_redirect(request, to, ...)                                                              \
    cv_redirect_site((request), 302, (to), CV_SITE(CV_SITE_REVERSE, #to, NULL, 0, 0, __VA_ARGS__), \
                     CV_ARGUMENTS(__VA_ARGS__))
/* 301. */
#define cv_redirect_permanently(request, to, ...)                                                  \
    cv_redirect_site((request), 301, (to), CV_SITE(CV_SITE_REVERSE, #to, NULL, 0, 0, __VA_ARGS__), \
                     CV_ARGUMENTS(__VA_ARGS__))
CvResponse *cv_redirect_site(CvRequest *request, int status, const char *to, const CvSite *site, const CvValue *values);
/* The URL of a view by its name and arguments; raises CV_ERROR_NO_REVERSE_MATCH. */
#define cv_url(name, ...) \
    cv_url_site((name), CV_SITE(CV_SITE_REVERSE, #name, NULL, 0, 0, __VA_ARGS__), CV_ARGUMENTS(__VA_ARGS__))
const char *cv_url_site(const char *name, const CvSite *site, const CvValue *values);
const char *cv_url_pairs(const char *name, size_t count, const char *const *keys, const CvValue *values);

/* ---- refusing ---- */

/* Ends the view with an error page: 400, 403, 404, 405, 409, 410, 429, 500, 503 ... */
#define cv_abort(status, ...) cv_abort_at((status), __FILE__, __LINE__, "" __VA_ARGS__)
CV_NORETURN CV_COLD void cv_abort_at(int status, const char *file, int line, const char *format, ...) CV_PRINTF(4, 5);

/* ---- finding ---- */

/* cv_get_object_or_404(Book, "slug", slug) and cv_get_list_or_404(set): web/lookup.h; pages: web/paginator.h. */

/* ---- JSON ---- */

/* 200 application/json: of one value, or of pairs as an object: cv_json_response("id", 7, "name", name). Lists and
 * dicts nest; dates, decimals and UUIDs are text as in Django's encoder; objects are refused (CV_ERROR_TYPE). */
#define cv_json_response(...) CV_CAT(CV_JSON_, CV_COUNT(__VA_ARGS__))(__VA_ARGS__)
#define CV_JSON_1(value) cv_json_value(200, CV_VALUE(value))
#define CV_JSON_PAIRS(...)                                                                                           \
    cv_json_pairs(200, CV_COUNT(__VA_ARGS__) / 2, ((const char *const[]){CV_KEYS(__VA_ARGS__) __VA_OPT__(, ) NULL}), \
                  CV_ARGUMENTS(__VA_ARGS__))
#define CV_JSON_0 CV_JSON_PAIRS
#define CV_JSON_2 CV_JSON_PAIRS
#define CV_JSON_4 CV_JSON_PAIRS
#define CV_JSON_6 CV_JSON_PAIRS
#define CV_JSON_8 CV_JSON_PAIRS
#define CV_JSON_10 CV_JSON_PAIRS
#define CV_JSON_12 CV_JSON_PAIRS
#define CV_JSON_14 CV_JSON_PAIRS
#define CV_JSON_16 CV_JSON_PAIRS
#define CV_JSON_18 CV_JSON_PAIRS
#define CV_JSON_20 CV_JSON_PAIRS
#define CV_JSON_22 CV_JSON_PAIRS
#define CV_JSON_24 CV_JSON_PAIRS
#define CV_JSON_26 CV_JSON_PAIRS
#define CV_JSON_28 CV_JSON_PAIRS
#define CV_JSON_30 CV_JSON_PAIRS
#define CV_JSON_32 CV_JSON_PAIRS
CvResponse *cv_json_value(int status, CvValue value);
CvResponse *cv_json_pairs(int status, size_t count, const char *const *keys, const CvValue *values);

CV_API_END

#endif
