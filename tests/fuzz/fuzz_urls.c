/* fuzz_urls.c: paths against tables, routes and regular expressions from outside, and whether what resolves reverses.
 */
#include "base/self.h"
#include "text/regex.h"
#include "urls/urls.h"

static const CvUrl inner_urls[] = {{.kind = CV_URL_PATH, .route = "<slug:s>/", .name = "item"},
                                   {.kind = CV_URL_RE_PATH, .route = "^(?P<x>\\w+?)x/$", .name = "lazy"},
                                   CV_URLS_END};
static const CvUrl urls[] = {{.kind = CV_URL_PATH, .route = "n/<int:n>/", .name = "number"},
                             {.kind = CV_URL_PATH, .route = "<path:a>/x/<path:b>/<str:c>", .name = "paths"},
                             {.kind = CV_URL_PATH, .route = "u/<uuid:id>", .name = "uuid"},
                             {.kind = CV_URL_PATH, .route = "<int:a><slug:b>-<str:c>/", .name = "glue"},
                             CV_INCLUDE("in/<str:who>/", inner_urls, .namespace = "inner"),
                             {.kind = CV_URL_RE_PATH, .route = "^re/((a+)+)+$", .name = "evil"},
                             CV_URLS_END};

static void reverse_again(const CvResolver *resolver, CvArena *arena, const CvUrlMatch *match)
{
    const char **keys = cv_arena_new_array(arena, const char *, match->kwarg_count + 1);
    CvValue *values = cv_arena_new_array(arena, CvValue, match->kwarg_count + 1);
    for (size_t i = 0; i < match->kwarg_count; i++) {
        keys[i] = match->kwargs[i].name;
        values[i] = match->kwargs[i].value;
    }
    CvReverse what = {.name = match->view_name, .keys = keys, .values = values, .kwarg_count = match->kwarg_count};
    const char *url;
    CvError error;
    if (match->arg_count == 0 && !cv_reverse_path(resolver, arena, &what, &url, &error))
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    CvArena *arena = cv_arena_create(0);
    CvErrors errors = {.arena = arena}, own = {.arena = arena};
    CvResolver *resolver = cv_resolver_create(arena, urls, &errors);
    CvSlice text = cv_slice_of((const char *)data, size);
    CvUrlMatch match;
    if (!resolver)
        abort();
    if (cv_resolve(resolver, arena, text, &match))
        reverse_again(resolver, arena, &match);
    else
        (void)cv_resolver_tried(resolver, arena, text);

    const char *route = cv_slice_string(arena, text);
    const CvUrl table[] = {{.kind = CV_URL_PATH, .route = route, .name = "r"}, CV_URLS_END};
    const CvUrl regexes[] = {{.kind = CV_URL_RE_PATH, .route = route, .name = "r"}, CV_URLS_END};
    CvResolver *other = cv_resolver_create(arena, table, &own);
    if (other)
        (void)cv_resolve(other, arena, text, &match);
    own.count = 0;
    if ((other = cv_resolver_create(arena, regexes, &own)))
        (void)cv_resolve(other, arena, cv_slice("/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!"), &match);
    cv_arena_destroy(arena);
    return 0;
}
