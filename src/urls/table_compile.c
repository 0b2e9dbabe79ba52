/* table_compile.c: URL tables as compiled levels: routes, joined names, the check of views against their routes. */
#include "urls/resolver_private.h"

static void add_error(CvErrors *errors, const CvUrl *url, const CvError *inner)
{
    CvError *error = cv_errors_add_at(errors, inner->kind, NULL, 0, "%s", inner->message);
    error->hint = inner->hint;
    error->detail = url->view_name ? cv_arena_printf(errors->arena, "view %s", url->view_name)
                    : url->name    ? cv_arena_printf(errors->arena, "name '%s'", url->name)
                                   : NULL;
}

static size_t count_kwargs(const CvUrlArgument *kwargs)
{
    size_t count = 0;
    while (kwargs && kwargs[count].name)
        count++;
    return count;
}

/* Django's joining of an include's route and the one below it. */
static const char *join_routes(CvArena *arena, const CvUrlNode *node)
{
    if (!node->parent)
        return cv_slice_string(arena, node->route.text);
    CvSlice below = node->route.text;
    const char *above = join_routes(arena, node->parent);
    if (*above && cv_slice_starts_with(below, CV_SLICE("^")))
        below = cv_slice_skip(below, 1);
    return cv_arena_printf(arena, "%s%.*s", above, CV_SLICE_ARG(below));
}

/* The include rows above, outermost first. */
static const CvUrlNode **chain_of(CvArena *arena, const CvUrlNode *node)
{
    const CvUrlNode **chain = cv_arena_new_array(arena, const CvUrlNode *, node->depth + 1);
    for (size_t i = node->depth; i-- > 0; node = node->parent)
        chain[i] = node->parent;
    return chain;
}

static const char *qualified_name(CvArena *arena, const CvUrlMatch *match, const CvUrl *url)
{
    CvBuffer out = cv_buffer(arena);
    for (const char *const *space = match->namespaces; *space; space++)
        cv_buffer_printf(&out, "%s:", *space);
    const char *own = url->name ? url->name : url->view_name ? url->view_name : url->object ? url->object->name : NULL;
    cv_buffer_append_string(&out, own ? own : "");
    return cv_buffer_string(&out);
}

/* Fills what the match of this endpoint always says. */
static void prepare_match(CvArena *arena, CvUrlNode *node)
{
    const CvUrlNode **chain = chain_of(arena, node);
    CvUrlMatch *match = &node->match;
    const CvUrl **includes = cv_arena_new_array(arena, const CvUrl *, node->depth + 1);
    const char **namespaces = cv_arena_new_array(arena, const char *, node->depth + 1);
    const char **app_names = cv_arena_new_array(arena, const char *, node->depth + 1);
    size_t apps = 0, spaces = 0;
    CV_VECTOR(CvUrlArgument) extra = {0};
    CvMap *seen = cv_map_create(arena);

    for (size_t i = 0; i <= node->depth; i++) {
        const CvUrlNode *at = i < node->depth ? chain[i] : node;
        if (i < node->depth) {
            includes[i] = at->url;
            if (at->namespace)
                namespaces[spaces++] = at->namespace;
            if (at->app_name)
                app_names[apps++] = at->app_name;
        }
        node->value_count += at->route.capture_count;
        for (size_t k = 0; k < at->route.capture_count; k++) {
            CvSlice name = cv_slice(at->route.captures[k].name);
            node->names_twice = node->names_twice || (name.data && cv_map_find(seen, name, NULL));
            if (name.data)
                cv_map_set(seen, name, node);
        }
        for (const CvUrlArgument *kwarg = at->url->kwargs; kwarg && kwarg->name; kwarg++) {
            node->names_twice = node->names_twice || cv_map_find(seen, cv_slice(kwarg->name), NULL);
            cv_map_set(seen, cv_slice(kwarg->name), node);
            cv_vector_push(arena, &extra, *kwarg);
        }
    }
    match->url = node->url;
    match->includes = includes;
    match->namespaces = namespaces;
    match->app_names = app_names;
    match->route = join_routes(arena, node);
    match->url_name = node->url->name;
    match->view_name = qualified_name(arena, match, node->url);
    match->extra_kwargs = extra.items;
    match->extra_count = extra.count;
    node->kwarg_most = node->value_count + extra.count;
}

static const char *type_name(char letter)
{
    return letter == 'i' ? "int64_t" : letter == 'u' ? "CvUuid" : letter == 'v' ? "CvValue" : "const char *";
}

/* The letters of all that the routes on the way capture. */
static char *captured_letters(CvArena *arena, const CvUrlNode *node, const char **names)
{
    const CvUrlNode **chain = chain_of(arena, node);
    char *letters = cv_arena_alloc(arena, node->value_count + 1);
    size_t count = 0;
    for (size_t i = 0; i <= node->depth; i++) {
        const CvRoute *route = &(i < node->depth ? chain[i] : node)->route;
        for (size_t k = 0; k < route->capture_count; k++) {
            names[count] = route->captures[k].name;
            letters[count++] = route->captures[k].converter ? route->captures[k].converter->letter : 's';
        }
    }
    return letters;
}

static void check_signature(CvArena *arena, CvUrlNode *node, CvErrors *errors)
{
    const char *wanted = cv_view_signature_letters(node->url->signature);
    if (!node->url->view || !wanted)
        return;
    const char **names = cv_arena_new_array(arena, const char *, node->value_count + 1);
    const char *captured = captured_letters(arena, node, names);
    const char *view = node->url->view_name ? node->url->view_name : "the view";
    node->parameters = wanted;
    if (strlen(captured) != strlen(wanted)) {
        cv_errors_add_at(errors, CV_ERROR_CONFIGURATION, NULL, 0, "Route '%s' captures %zu value%s, but %s takes %zu.",
                         node->match.route, strlen(captured), strlen(captured) == 1 ? "" : "s", view, strlen(wanted));
        return;
    }
    for (size_t i = 0; wanted[i]; i++)
        if (wanted[i] != 'v' && wanted[i] != captured[i])
            cv_errors_add_at(errors, CV_ERROR_CONFIGURATION, NULL, 0,
                             "Route '%s': parameter %zu of %s is %s, but <%s> gives %s.", node->match.route, i + 1,
                             view, type_name(wanted[i]), names[i] ? names[i] : "group", type_name(captured[i]));
}

static void compile_node(CvArena *arena, CvUrlNode *node, CvErrors *errors)
{
    const CvUrl *url = node->url;
    const bool include = url->kind == CV_URL_INCLUDE || url->kind == CV_URL_RE_INCLUDE;
    CvError error = {0};
    if (!cv_route_compile(arena, cv_slice(url->route ? url->route : ""),
                          url->kind == CV_URL_RE_PATH || url->kind == CV_URL_RE_INCLUDE, !include, &node->route,
                          &error))
        add_error(errors, url, &error);
    node->extra_count = count_kwargs(url->kwargs);
    if (include) {
        node->level = cv_url_level_compile(arena, url->include, node, errors);
        node->app_name = url->app_name ? url->app_name : node->level ? node->level->app_name : NULL;
        node->namespace = url->namespace ? url->namespace : node->app_name;
        if (!node->app_name)
            node->app_name = node->namespace;
    }
}

/* How many values a row and those that lead to it capture. */
static size_t values_until(const CvUrlNode *node)
{
    size_t count = 0;
    for (; node; node = node->parent)
        count += node->route.capture_count;
    return count;
}

/* What needs the namespaces of the levels above, which are known once those are compiled. */
static void finish_level(CvArena *arena, CvUrlLevel *level, CvErrors *errors)
{
    for (size_t i = 0; i < level->count; i++) {
        CvUrlNode *node = &level->nodes[i];
        if (values_until(node) > CV_URL_MAX_VALUES) { /* resolving writes them before it knows where the path ends */
            cv_errors_add_at(errors, CV_ERROR_CONFIGURATION, NULL, 0, "Route '%s' captures more than %d values.",
                             node->url->route, CV_URL_MAX_VALUES);
            continue;
        }
        if (node->level) {
            finish_level(arena, node->level, errors);
            continue;
        }
        prepare_match(arena, node);
        check_signature(arena, node, errors);
    }
}

CvUrlLevel *cv_url_level_compile(CvArena *arena, const CvUrl *urls, const CvUrlNode *parent, CvErrors *errors)
{
    CvUrlLevel *level = cv_arena_new(arena, CvUrlLevel);
    size_t rows = 0, depth = parent ? parent->depth + 1 : 0, before = errors->count;
    if (depth > CV_URL_MAX_DEPTH) {
        cv_errors_add_at(errors, CV_ERROR_CONFIGURATION, NULL, 0, "URL tables include each other more than %d deep.",
                         CV_URL_MAX_DEPTH);
        return NULL;
    }
    while (urls && urls[rows].kind >= CV_URL_PATH && urls[rows].kind <= CV_URL_APP_NAME && rows < CV_URL_MAX_ROWS)
        rows++;
    if (urls && urls[rows].kind != CV_URL_END) {
        cv_errors_add_at(errors, CV_ERROR_CONFIGURATION, NULL, 0,
                         "A URL table has no CV_URLS_END behind its %zu rows, of which the last is '%s'.", rows,
                         rows && urls[rows - 1].route ? urls[rows - 1].route : "");
        return NULL;
    }
    level->nodes = cv_arena_new_array(arena, CvUrlNode, rows + 1);
    for (size_t i = 0; i < rows; i++) {
        if (urls[i].kind == CV_URL_APP_NAME) {
            level->app_name = urls[i].app_name;
            continue;
        }
        CvUrlNode *node = &level->nodes[level->count++];
        node->url = &urls[i];
        node->parent = parent;
        node->depth = depth;
        compile_node(arena, node, errors);
    }
    level->tree = cv_url_tree_build(arena, level->nodes, level->count);
    if (!parent && errors->count == before)
        finish_level(arena, level, errors);
    return level;
}
