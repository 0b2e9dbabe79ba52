/* resolver.c: from a path to the row that answers it. */
#include "urls/resolver.h"

#include "urls/resolver_private.h"

/* What has been captured on the way down. */
typedef struct Walk {
    CvArena *arena;
    const CvUrlNode *nodes[CV_URL_MAX_DEPTH + 1];
    size_t first[CV_URL_MAX_DEPTH + 2]; /* where each row's values begin */
    CvValue values[CV_URL_MAX_VALUES + CV_ROUTE_MAX_CAPTURES];
} Walk;

CvResolver *cv_resolver_create(CvArena *arena, const CvUrl *urls, CvErrors *errors)
{
    size_t before = errors->count;
    CvResolver *resolver = cv_arena_new(arena, CvResolver);
    resolver->root = cv_url_level_compile(arena, urls, NULL, errors);
    if (errors->count == before)
        cv_scope_build(arena, resolver, errors);
    return errors->count == before ? resolver : NULL;
}

/* Matches one row and converts what it captures; false if it does not fit. */
static bool match_node(Walk *walk, const CvUrlNode *node, CvSlice path, size_t *end)
{
    const CvRoute *route = &node->route;
    if (route->exact) {
        *end = path.length;
        return cv_slice_equal(path, route->prefix);
    }
    CvSlice found[CV_ROUTE_MAX_CAPTURES];
    if (!cv_route_match(route, path, end, found))
        return false;
    CvValue *values = walk->values + walk->first[node->depth];
    for (size_t i = 0; i < route->capture_count; i++) {
        const CvConverter *converter = route->captures[i].converter;
        if (!found[i].data)
            values[i] = cv_value_null();
        else if (!converter || !converter->value)
            values[i] = cv_value_slice(cv_slice_copy(walk->arena, found[i]));
        else if (!converter->value(walk->arena, found[i], &values[i]))
            return false;
    }
    return true;
}

/* Integers beyond 64 bits fit no int64_t: to such a view the route does not match. */
static bool fits_parameters(const CvUrlNode *node, const Walk *walk)
{
    for (size_t i = 0; node->parameters && node->parameters[i]; i++)
        /* NOLINTNEXTLINE(clang-analyzer-core.UndefinedBinaryOperatorResult): a value stands there for each parameter */
        if (node->parameters[i] == 'i' && walk->values[i].kind != CV_INT)
            return false;
    return true;
}

static const CvUrlNode *walk_level(const CvUrlLevel *level, CvSlice path, Walk *walk)
{
    size_t count;
    const uint16_t *rows = cv_url_tree_find(level->tree, path, &count);
    for (size_t i = 0; i < count; i++) {
        const CvUrlNode *node = &level->nodes[rows[i]], *found;
        size_t end;
        if (!match_node(walk, node, path, &end))
            continue;
        walk->nodes[node->depth] = node;
        walk->first[node->depth + 1] = walk->first[node->depth] + node->route.capture_count;
        if (!node->level) {
            if (fits_parameters(node, walk))
                return node;
        } else if ((found = walk_level(node->level, cv_slice_skip(path, end), walk))) {
            return found;
        }
    }
    return NULL;
}

typedef struct Kwargs {
    CvUrlArgument *items;
    size_t count;
    bool replace; /* names may come twice */
} Kwargs;

static void set_kwarg(Kwargs *kwargs, const char *name, CvValue value)
{
    for (size_t i = 0; kwargs->replace && i < kwargs->count; i++) {
        if (strcmp(kwargs->items[i].name, name) == 0) {
            kwargs->items[i].value = value;
            return;
        }
    }
    kwargs->items[kwargs->count++] = (CvUrlArgument){name, value};
}

/* Named values outermost first, each row's captured ones and then its extra ones; later ones replace earlier ones. */
static void collect_kwargs(const CvUrlNode *leaf, const Walk *walk, CvUrlMatch *match)
{
    Kwargs kwargs = {.items = cv_arena_new_array(walk->arena, CvUrlArgument, leaf->kwarg_most),
                     .replace = leaf->names_twice};
    Kwargs captured = {.items = cv_arena_new_array(walk->arena, CvUrlArgument, leaf->route.capture_count + 1)};
    for (size_t depth = 0; depth <= leaf->depth; depth++) {
        const CvUrlNode *node = walk->nodes[depth];
        for (size_t i = 0; i < node->route.capture_count; i++) {
            const char *name = node->route.captures[i].name;
            CvValue value = walk->values[walk->first[depth] + i];
            if (!name || (node->route.is_regex && value.kind == CV_NULL))
                continue;
            set_kwarg(&kwargs, name, value);
            if (node == leaf)
                set_kwarg(&captured, name, value);
        }
        for (size_t i = 0; i < node->extra_count; i++)
            set_kwarg(&kwargs, node->url->kwargs[i].name, node->url->kwargs[i].value);
    }
    match->kwargs = kwargs.items;
    match->kwarg_count = kwargs.count;
    match->captured_kwargs = captured.items;
    match->captured_count = captured.count;
}

/* Unnamed groups of the last row; of the rows above only while nothing at all is named from there down. */
static void collect_args(const CvUrlNode *leaf, const Walk *walk, CvUrlMatch *match)
{
    size_t first = leaf->depth;
    bool named = leaf->route.named || leaf->extra_count > 0;
    while (first > 0 && !named && !walk->nodes[first - 1]->route.named && walk->nodes[first - 1]->extra_count == 0)
        first--;
    if (leaf->route.named)
        return;
    size_t start = walk->first[first], end = walk->first[leaf->depth + 1];
    match->arg_count = end - start;
    match->args = match->parameters + start;
}

bool cv_resolve(const CvResolver *resolver, CvArena *arena, CvSlice path, CvUrlMatch *match)
{
    if (path.length == 0 || path.data[0] != '/')
        return false;
    Walk walk;
    walk.arena = arena;
    walk.first[0] = 0;
    const CvUrlNode *leaf = walk_level(resolver->root, cv_slice_skip(path, 1), &walk);
    if (!leaf)
        return false;
    *match = leaf->match;
    if (leaf->kwarg_most) {
        match->parameters = cv_arena_memdup(arena, walk.values, leaf->value_count * sizeof *walk.values);
        match->parameter_count = leaf->value_count;
        collect_kwargs(leaf, &walk, match);
        collect_args(leaf, &walk, match);
    }
    return true;
}

CvValue cv_match_argument(const CvUrlMatch *match, const char *name)
{
    for (size_t i = 0; i < match->kwarg_count; i++)
        if (strcmp(match->kwargs[i].name, name) == 0)
            return match->kwargs[i].value;
    return (CvValue){.kind = CV_MISSING};
}

bool cv_match_login_required(const CvUrlMatch *match)
{
    bool required = match->url->login_required;
    for (const CvUrl *const *include = match->includes; *include; include++)
        required = required || (*include)->login_required;
    return required;
}

bool cv_match_csrf_exempt(const CvUrlMatch *match)
{
    bool exempt = match->url->csrf_exempt;
    for (const CvUrl *const *include = match->includes; *include; include++)
        exempt = exempt || (*include)->csrf_exempt;
    return exempt;
}

bool cv_match_non_atomic(const CvUrlMatch *match)
{
    bool exempt = match->url->non_atomic_requests;
    for (const CvUrl *const *include = match->includes; *include; include++)
        exempt = exempt || (*include)->non_atomic_requests;
    return exempt;
}

bool cv_resolver_wants_slash(const CvResolver *resolver, CvArena *arena, CvSlice path)
{
    CvUrlMatch match;
    if (path.length == 0 || path.data[path.length - 1] == '/' || cv_resolve(resolver, arena, path, &match))
        return false;
    CvBuffer longer = cv_buffer(arena);
    cv_buffer_append_slice(&longer, path);
    cv_buffer_append_byte(&longer, '/');
    return cv_resolve(resolver, arena, cv_buffer_slice(&longer), &match) && !match.url->no_append_slash;
}

static void visit_level(const CvUrlLevel *level, void (*visit)(void *argument, const CvUrlMatch *match), void *argument)
{
    for (size_t i = 0; i < level->count; i++) {
        if (level->nodes[i].level)
            visit_level(level->nodes[i].level, visit, argument);
        else
            visit(argument, &level->nodes[i].match);
    }
}

void cv_resolver_visit(const CvResolver *resolver, void (*visit)(void *argument, const CvUrlMatch *match),
                       void *argument)
{
    visit_level(resolver->root, visit, argument);
}
