/* routes.c: the site's URL tables at work: finding and calling views, URLs by name. */
#include "db/db.h"
#include "urls/urls.h"
#include "web/project_private.h"
#include "web/shortcuts.h"

void cv_project_urls_load(CvProject *project, CvErrors *errors)
{
    static const CvUrl no_urls[] = {CV_URLS_END};
    project->resolver =
        cv_resolver_create(project->arena, project->settings->urls ? project->settings->urls : no_urls, errors);
}

const CvResolver *cv_request_resolver(const CvRequest *request)
{
    return request && request->urlconf ? request->urlconf : cv_project.resolver;
}

static const CvUrlMatch *match_of(const CvRequest *request)
{
    return (const CvUrlMatch *)request->resolver_match;
}

void cv_mount(const char *prefix, CvResponse *(*view)(CvRequest *request), const char *name)
{
    CvMount *mount = cv_arena_new(cv_project.arena, CvMount);
    *mount = (CvMount){.prefix = cv_slice(cv_arena_strdup(cv_project.arena, prefix)),
                       .row = {.kind = CV_URL_PATH, .route = prefix, .view = (CvViewFunction)view, .view_name = name},
                       .next = cv_project.mounts};
    cv_project.mounts = mount;
}

void cv_set_static_finder(CvStaticFinder *finder)
{
    cv_project.static_finder = finder;
}

static bool is_mounted(CvRequest *request, CvUrlMatch *match)
{
    static const char *const none[] = {NULL};
    static const CvUrl *const no_includes[] = {NULL};
    for (const CvMount *mount = cv_project.mounts; mount; mount = mount->next)
        if (strncmp(request->path_info, mount->prefix.data, mount->prefix.length) == 0) {
            *match = (CvUrlMatch){.url = &mount->row,
                                  .includes = no_includes,
                                  .route = mount->row.route,
                                  .view_name = mount->row.view_name,
                                  .namespaces = none,
                                  .app_names = none};
            return true;
        }
    return false;
}

void cv_route(CvRequest *request)
{
    CvUrlMatch *match = cv_arena_new(request->arena, CvUrlMatch);
    bool mounted = cv_project.mounts && is_mounted(request, match);
    if (!mounted &&
        CV_UNLIKELY(!cv_resolve(cv_request_resolver(request), request->arena, cv_slice(request->path_info), match))) {
        CvError error = {.kind = CV_ERROR_RESOLVER_404,
                         .message = cv_arena_printf(request->arena, "No URL of this site fits %s", request->path_info)};
        cv_raise_error(&error);
    }
    request->resolver_match = (const struct CvResolverMatch *)match;
    if (cv_match_csrf_exempt(match))
        request->csrf_exempt = true;
    cv_self()->label = match->url->view_name ? match->url->view_name : match->view_name;
}

void cv_set_access_check(CvAccessCheck *check)
{
    cv_project.access = check;
}

/* The row or an include on the way asks for a visitor who is known, or who may do something. */
static bool is_guarded(const CvUrlMatch *match)
{
    if (match->url->login_required || match->url->permission)
        return true;
    for (const CvUrl *const *row = match->includes; row && *row; row++)
        if ((*row)->login_required || (*row)->permission)
            return true;
    return false;
}

static void check_guard(void *argument, const CvUrlMatch *match)
{
    CvErrors *errors = argument;
    if (is_guarded(match))
        cv_errors_add_at(errors, CV_ERROR_CONFIGURATION, NULL, 0,
                         "The route '%s' asks for a login or a permission, but no installed app provides logins.",
                         match->route);
}

void cv_project_guards_check(CvErrors *errors)
{
    if (!cv_project.access && cv_project.resolver)
        cv_resolver_visit(cv_project.resolver, check_guard, errors);
}

CvResponse *cv_route_call(CvRequest *request)
{
    const CvUrlMatch *match = match_of(request);
    if (CV_UNLIKELY(is_guarded(match))) {
        CvResponse *refusal = cv_project.access(request, match);
        if (refusal)
            return refusal;
    }
    if (CV_LIKELY(!cv_project.settings->atomic_requests) || cv_match_non_atomic(match))
        return cv_call_view(match, request);
    CvResponse *response = NULL;
    CV_ATOMIC
    {
        response = cv_call_view(match, request);
    }
    return response;
}

const char *cv_route_current_app(const CvRequest *request)
{
    const CvUrlMatch *match = match_of(request);
    CvArena *arena = request->arena;
    if (!match || !match->namespaces || !match->namespaces[0])
        return NULL;
    CvBuffer out = cv_buffer(arena);
    for (size_t i = 0; match->namespaces[i]; i++) {
        if (i)
            cv_buffer_append_byte(&out, ':');
        cv_buffer_append_string(&out, match->namespaces[i]);
    }
    return cv_buffer_string(&out);
}

/* Reverses with the prefix under which the running request came in. */
static bool reverse(CvReverse *what, CvArena *arena, const char **url, CvError *error)
{
    CvRequest *request = cv_self()->request;
    if (!what->script_prefix)
        what->script_prefix =
            request && *request->script_name ? request->script_name : cv_settings()->force_script_name;
    return cv_reverse_path(cv_request_resolver(request), arena, what, url, error);
}

const char *cv_url_pairs(const char *name, size_t count, const char *const *keys, const CvValue *values)
{
    CvRequest *request = cv_self()->request;
    CvReverse what = {.name = name, .keys = count ? keys : NULL, .values = values, .kwarg_count = count};
    if (request)
        what.current_app = cv_route_current_app(request);
    const char *url;
    CvError error;
    if (!reverse(&what, cv_arena(), &url, &error))
        cv_raise_error(&error);
    return url;
}

bool cv_project_reverse(void *argument, CvArena *arena, CvValue name, const CvList *args, const CvDict *kwargs,
                        const char *current_app, CvSlice *url, CvError *error)
{
    (void)argument;
    size_t named = cv_dict_count(kwargs), i = 0;
    const char **keys = cv_arena_new_array(arena, const char *, named + 1);
    CvValue *values = cv_arena_new_array(arena, CvValue, named + 1);
    for (const CvDictEntry *entry = NULL; (entry = cv_dict_next(kwargs, entry)); i++) {
        keys[i] = cv_slice_string(arena, cv_value_str(arena, entry->key));
        values[i] = entry->value;
    }
    CvReverse what = {.name = cv_slice_string(arena, cv_value_str(arena, name)),
                      .args = args->items,
                      .arg_count = args->count,
                      .keys = named ? keys : NULL,
                      .values = values,
                      .kwarg_count = named,
                      .current_app = current_app};
    const char *text;
    if (!reverse(&what, arena, &text, error))
        return false;
    *url = cv_slice(text);
    return true;
}
