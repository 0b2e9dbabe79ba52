/* reverse_table.c: which names can be reversed in which namespace, and how. Later rows are tried first, as in Django.
 */
#include "urls/resolver_private.h"

typedef struct Builder {
    CvArena *arena;
    CvResolver *resolver;
    CvErrors *errors;
} Builder;

/* The way from the top to a row: what is in front of it. */
typedef struct Way {
    const CvUrlNode *nodes[CV_URL_MAX_DEPTH + 1];
    size_t count;
    size_t defaults_from; /* rows before lie outside of the namespace: their extra values are no defaults */
} Way;

static CvScope *scope_create(CvArena *arena)
{
    CvScope *scope = cv_arena_new(arena, CvScope);
    scope->entries = cv_map_create(arena);
    scope->apps = cv_map_create(arena);
    scope->namespaces = cv_map_create(arena);
    return scope;
}

/* The patterns of the way joined, each without its "^". */
static CvSlice joined_pattern(CvArena *arena, const Way *way)
{
    CvBuffer out = cv_buffer(arena);
    for (size_t i = 0; i < way->count; i++) {
        CvSlice part = way->nodes[i]->route.regex_text;
        cv_buffer_append_slice(&out, cv_slice_starts_with(part, CV_SLICE("^")) ? cv_slice_skip(part, 1) : part);
    }
    (void)cv_buffer_string(&out);
    return cv_buffer_slice(&out);
}

/* The steps of all routes on the way as one route; false if a regular expression is among them. */
static bool joined_atoms(CvArena *arena, const Way *way, CvRoute *route)
{
    CV_VECTOR(CvAtom) atoms = {0};
    *route = (CvRoute){.endpoint = true};
    for (size_t i = 0; i < way->count; i++) {
        const CvRoute *part = &way->nodes[i]->route;
        if (part->regex)
            return false;
        for (size_t k = 0; k < part->atom_count; k++) {
            CvAtom atom = part->atoms[k];
            atom.opens = atom.closes = -1; /* only whether it fits is asked */
            cv_vector_push(arena, &atoms, atom);
        }
    }
    route->atoms = atoms.items;
    route->atom_count = atoms.count;
    cv_route_judge(route);
    route->exact = false;
    return true;
}

static CvPossibility *path_possibility(CvArena *arena, const Way *way)
{
    CvPossibility *made = cv_arena_new(arena, CvPossibility);
    CV_VECTOR(CvReversePart) parts = {0};
    CV_VECTOR(const char *) names = {0};
    CvError error;
    for (size_t i = 0; i < way->count; i++) {
        CvSlice text = way->nodes[i]->route.text;
        bool more = true;
        for (CvSlice rest = text; more;) {
            CvRoutePiece piece;
            if (!cv_route_next_piece(arena, text, &rest, &piece, &more, &error))
                break;
            CvReversePart part = {.text = piece.literal, .name = more ? cv_slice_string(arena, piece.name) : NULL};
            cv_vector_push(arena, &parts, part);
            if (more)
                cv_vector_push(arena, &names, part.name);
        }
    }
    *made = (CvPossibility){parts.items, parts.count, names.items, names.count};
    return made;
}

static void compile_entry_regex(Builder *builder, const Way *way, CvReverseEntry *entry)
{
    CvArena *arena = builder->arena;
    CvBuffer anchored = cv_buffer(arena);
    CvError error = {0};
    const char *message = NULL;
    cv_buffer_append_byte(&anchored, '^');
    cv_buffer_append_slice(&anchored, entry->pattern);
    (void)cv_buffer_string(&anchored);
    entry->route = (CvRoute){.text = cv_buffer_slice(&anchored), .is_regex = true, .endpoint = true};
    /* Rows on the way may use one name; the inner one is what the view gets. */
    if (!cv_regex_compile(arena, entry->route.text, CV_REGEX_SAME_NAMES, &entry->route.regex, &error))
        cv_errors_add_at(builder->errors, CV_ERROR_CONFIGURATION, NULL, 0, "Route '%s': %s",
                         way->nodes[way->count - 1]->match.route, error.message);
    if (!cv_regex_possibilities(arena, entry->pattern, &entry->possibilities, &entry->possibility_count, &message))
        builder->resolver->reverse_error = message;
}

static void add_entry(Builder *builder, CvScope *scope, const Way *way)
{
    CvArena *arena = builder->arena;
    const CvUrlNode *node = way->nodes[way->count - 1];
    if (!node->url->name)
        return;
    CvReverseEntry *entry = cv_arena_new(arena, CvReverseEntry);
    entry->node = node;
    entry->pattern = joined_pattern(arena, way);
    if (joined_atoms(arena, way, &entry->route)) {
        entry->possibilities = path_possibility(arena, way);
        entry->possibility_count = 1;
    } else {
        compile_entry_regex(builder, way, entry);
    }
    CV_VECTOR(CvUrlArgument) defaults = {0};
    for (size_t i = way->defaults_from; i < way->count; i++)
        for (const CvUrlArgument *kwarg = way->nodes[i]->url->kwargs; kwarg && kwarg->name; kwarg++)
            cv_vector_push(arena, &defaults, *kwarg);
    entry->defaults = defaults.items;
    entry->default_count = defaults.count;

    CvSlice name = cv_slice(node->url->name);
    CvReverseEntries *entries = cv_map_get(scope->entries, name);
    if (!entries) {
        entries = cv_arena_new(arena, CvReverseEntries);
        cv_map_set(scope->entries, name, entries);
    }
    cv_vector_push(arena, entries, entry);
}

static void add_instance(CvArena *arena, CvScope *scope, const char *app, const char *namespace)
{
    CvNames *instances = cv_map_get(scope->apps, cv_slice(app));
    if (!instances) {
        instances = cv_arena_new(arena, CvNames);
        cv_map_set(scope->apps, cv_slice(app), instances);
    }
    cv_vector_push(arena, instances, namespace);
}

/* Adds the rows of a level, from the last to the first, to the scope. */
static void fill_scope(Builder *builder, CvScope *scope, const CvUrlLevel *level, Way *way)
{
    for (size_t i = level->count; i-- > 0;) {
        const CvUrlNode *node = &level->nodes[i];
        way->nodes[way->count++] = node;
        if (!node->level) {
            add_entry(builder, scope, way);
        } else if (!node->app_name) {
            fill_scope(builder, scope, node->level, way);
        } else {
            CvScope *inner = scope_create(builder->arena);
            size_t outer_from = way->defaults_from;
            way->defaults_from = way->count;
            fill_scope(builder, inner, node->level, way);
            way->defaults_from = outer_from;
            cv_map_set(scope->namespaces, cv_slice(node->namespace), inner);
            add_instance(builder->arena, scope, node->app_name, node->namespace);
        }
        way->count--;
    }
}

void cv_scope_build(CvArena *arena, CvResolver *resolver, CvErrors *errors)
{
    Builder builder = {.arena = arena, .resolver = resolver, .errors = errors};
    Way way = {.count = 0};
    resolver->scope = scope_create(arena);
    fill_scope(&builder, resolver->scope, resolver->root, &way);
}
