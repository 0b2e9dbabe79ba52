/* resolver.h: finding the view of a path, and calling it.
 *
 *     CvErrors errors = {.arena = arena};
 *     CvResolver *resolver = cv_resolver_create(arena, site_urls, &errors);       // once, when the program starts
 *
 *     CvUrlMatch match;
 *     if (!cv_resolve(resolver, request_arena, cv_slice("/books/emma/"), &match))
 *         return not_found();
 *     return cv_call_view(&match, request);
 *
 * A table is tried from top to bottom and the first row that fits wins, as in Django; a tree over the literal
 * beginnings of the routes leaves out those that cannot fit. Routes are matched in time linear in the path. */
#ifndef CV_URLS_RESOLVER_H
#define CV_URLS_RESOLVER_H

#include "base/error.h"
#include "urls/table.h"

CV_API_BEGIN

typedef struct CvResolver CvResolver;

/* What a path was resolved to; Django's ResolverMatch. Texts and arrays live in the arena given to cv_resolve() or as
 * long as the resolver. */
struct CvUrlMatch {
    const CvUrl *url;              /* the row that names the view */
    const CvUrl *const *includes;  /* the include rows on the way, outermost first, ended by NULL */
    const char *route;             /* all routes on the way joined: "polls/<int:pk>/" */
    const char *url_name;          /* or NULL */
    const char *view_name;         /* "polls:detail"; the view's own name where the row has none */
    const char *const *namespaces; /* ended by NULL */
    const char *const *app_names;
    const CvValue *args; /* unnamed groups of CV_RE_PATH; CV_NULL for one that took no part */
    size_t arg_count;
    const CvUrlArgument *kwargs; /* named values, captured and extra, in Django's order */
    size_t kwarg_count;
    const CvUrlArgument *captured_kwargs; /* captured by the last route alone */
    size_t captured_count;
    const CvUrlArgument *extra_kwargs; /* of all rows on the way */
    size_t extra_count;
    const CvValue *parameters; /* what the view's parameters are made of */
    size_t parameter_count;
};

/* Compiles a table and all that it includes. Collects every mistake (unknown converters, bad regular expressions, views
 * that do not fit their route, include cycles) in `errors` and returns NULL if there was one. */
CvResolver *cv_resolver_create(CvArena *arena, const CvUrl *urls, CvErrors *errors);

/* `path` is decoded and begins with "/". False: no row fits, Django's Resolver404. */
bool cv_resolve(const CvResolver *resolver, CvArena *arena, CvSlice path, CvUrlMatch *match);

/* Calls the view that was found. */
CvResponse *cv_call_view(const CvUrlMatch *match, CvRequest *request);

/* A named value of the match, or CV_MISSING. */
CvValue cv_match_argument(const CvUrlMatch *match, const char *name);
/* Whether the row or an include on the way asks for a logged-in visitor. */
bool cv_match_login_required(const CvUrlMatch *match);
bool cv_match_csrf_exempt(const CvUrlMatch *match);
bool cv_match_non_atomic(const CvUrlMatch *match);

/* The rows that were tried for a path that nothing fits, in order: each an array of rows from the outermost include to
 * the last, ended by NULL; the list ends in NULL. For the 404 page. */
const CvUrl *const *const *cv_resolver_tried(const CvResolver *resolver, CvArena *arena, CvSlice path);

/* Whether APPEND_SLASH should redirect: the path ends in no slash, nothing fits, and with a slash something does. */
bool cv_resolver_wants_slash(const CvResolver *resolver, CvArena *arena, CvSlice path);

/* Visits every row with a view, with the whole route in front: for `show_urls` and checks. */
void cv_resolver_visit(const CvResolver *resolver, void (*visit)(void *argument, const CvUrlMatch *match),
                       void *argument);

CV_API_END

#endif
