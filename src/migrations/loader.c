/* loader.c: reads the program's migrations and the database's records into a graph and answers questions about it. */
#include <stdlib.h>

#include "migrations/graph_private.h"
#include "migrations/operation.h"

struct CvMigrationLoader {
    CvGraph graph;
    const char *alias;
    const CvMigrationRecord *records;
    const CvMigrationNode *const *all, *const *order;
};

typedef enum Replacing { REPLACE, KEEP } Replacing;

/* ---- dependencies ---- */

/* "auth.__first__" and "auth.__latest__": the app's first or last migration, or none to depend on; names stay. */
static const char *meant(CvGraph *graph, const CvMigration *migration, CvSlice app, const char *key)
{
    bool first = cv_slice_is(cv_slice_skip(cv_slice(key), app.length + 1), "__first__");
    const char *label = cv_slice_string(graph->arena, app);
    if (!first && !cv_slice_is(cv_slice_skip(cv_slice(key), app.length + 1), "__latest__"))
        return key;
    if (strcmp(label, migration->app_label) == 0 || !cv_migrations_app_has(label))
        return NULL;
    CvGraphNode *found = NULL;
    for (size_t i = 0; i < graph->nodes.count; i++) {
        CvGraphNode *node = graph->nodes.items[i];
        if (strcmp(node->app_label, label) == 0 && (first ? cv_graph_is_root(node) : cv_graph_is_leaf(node)) &&
            (!found || strcmp(node->name, found->name) < 0))
            found = node;
    }
    return found ? found->key : NULL;
}

static void add_dependencies(CvGraph *graph, const CvMigration *migration, const char *const *keys, bool before,
                             bool internal)
{
    const char *own = cv_arena_printf(graph->arena, "%s.%s", migration->app_label, migration->name);
    for (; keys && *keys; keys++) {
        ptrdiff_t dot = cv_slice_find_byte(cv_slice(*keys), '.');
        if (dot <= 0 || !(*keys)[dot + 1]) {
            if (internal)
                cv_errors_add_at(&graph->errors, CV_ERROR_MIGRATION, migration->row->file, (int)migration->row->line,
                                 "%s depends on '%s', which is no migration's name.", own, *keys)
                    ->hint = "It is app.name: \"shop.0001_initial\".";
            continue;
        }
        CvSlice app = cv_slice_range(cv_slice(*keys), 0, (size_t)dot);
        if (cv_slice_is(app, migration->app_label) != internal)
            continue;
        const char *key = meant(graph, migration, app, *keys);
        if (!key)
            continue;
        const CvGraphNode *origin = cv_graph_node(graph, own);
        cv_graph_depend(graph, origin, before ? key : own, before ? own : key);
    }
}

/* Those within an app first: then it is known which of its migrations is the first. */
static void add_all_dependencies(CvGraph *graph, const CvMigrationList *list)
{
    for (int internal = 1; internal >= 0; internal--)
        for (size_t i = 0; i < list->count; i++) {
            const CvMigration *migration = &list->items[i];
            add_dependencies(graph, migration, migration->options->dependencies, false, internal);
            add_dependencies(graph, migration, migration->options->run_before, true, internal);
        }
}

/* ---- making one ---- */

static void raise_all(const CvErrors *errors)
{
    CvError error = *errors->items[0];
    CvBuffer more = cv_buffer(errors->arena);
    for (size_t i = 1; i < errors->count; i++) {
        const CvError *other = errors->items[i];
        cv_buffer_printf(&more, "%s", i > 1 ? "\n" : "");
        if (other->file)
            cv_buffer_printf(&more, "%s:%d: ", other->file, other->line);
        cv_buffer_printf(&more, "%s%s%s", other->message, other->hint ? " " : "", other->hint ? other->hint : "");
    }
    if (more.length)
        error.detail = cv_buffer_string(&more);
    cv_raise_error(&error);
}

static const CvMigrationNode *const *shown(CvArena *arena, const CvGraphLinks *links)
{
    const CvMigrationNode **nodes = cv_arena_new_array(arena, const CvMigrationNode *, links->count + 1);
    size_t count = 0;
    for (size_t i = 0; i < links->count; i++)
        if (links->items[i]->migration)
            nodes[count++] = &links->items[i]->shown;
    return nodes;
}

static const CvMigrationNode *const *order_of(CvMigrationLoader *loader)
{
    CvGraph *graph = &loader->graph;
    bool *seen = cv_arena_new_array(graph->arena, bool, graph->nodes.count + 1);
    CvGraphLinks order = {0};
    for (size_t i = 0; i < graph->nodes.count; i++)
        if (cv_graph_is_leaf(graph->nodes.items[i]))
            cv_graph_walk(graph, graph->arena, graph->nodes.items[i], false, seen, &order);
    return shown(graph->arena, &order);
}

static void show(CvMigrationLoader *loader)
{
    CvGraph *graph = &loader->graph;
    for (size_t i = 0; i < graph->nodes.count; i++) {
        CvGraphNode *node = graph->nodes.items[i];
        CvMigrationNode *view = &node->shown;
        view->migration = node->migration;
        view->parents = shown(graph->arena, &node->parents);
        view->children = shown(graph->arena, &node->children);
        view->applied = cv_map_find(graph->applied, cv_slice(node->key), NULL);
        view->left_out = !node->in_graph;
    }
    for (const CvMigrationRecord *record = loader->records; record->name; record++) {
        const char *key = cv_arena_printf(graph->arena, "%s.%s", record->app_label, record->name);
        CvGraphNode *node = cv_graph_node(graph, key);
        if (node) {
            node->shown.recorded = true;
            node->shown.applied_at = record->applied_at;
        }
    }
    loader->all = shown(graph->arena, &graph->nodes);
    loader->order = order_of(loader);
}

static CvMigrationLoader *load(const char *alias, const CvMigrationRecord *records, Replacing replacing)
{
    CvArena *arena = cv_arena();
    CvMigrationLoader *loader = cv_arena_new(arena, CvMigrationLoader);
    CvGraph *graph = &loader->graph;
    *graph = (CvGraph){.arena = arena, .by_key = cv_map_create(arena), .applied = cv_map_create(arena)};
    graph->errors.arena = arena;
    loader->alias = alias;
    loader->records = records;
    for (const CvMigrationRecord *record = records; record->name; record++)
        cv_map_set(graph->applied, cv_slice(cv_arena_printf(arena, "%s.%s", record->app_label, record->name)), loader);
    CvMigrationList *list = cv_arena_new(arena, CvMigrationList);
    *list = cv_migration_list(arena, &graph->errors);
    for (size_t i = 0; i < list->count; i++)
        cv_graph_add(graph, &list->items[i]);
    add_all_dependencies(graph, list);
    cv_graph_number(graph);
    if (graph->errors.count == 0)
        (replacing == REPLACE ? cv_graph_replace : cv_graph_unsquash)(graph);
    cv_graph_number(graph);
    cv_graph_check(graph);
    if (graph->errors.count)
        raise_all(&graph->errors);
    show(loader);
    return loader;
}

CvMigrationLoader *cv_migration_loader(const char *alias)
{
    return load(alias, cv_recorder_read(cv_arena(), alias), REPLACE);
}

CvMigrationLoader *cv_migration_loader_unsquashed(const char *alias)
{
    return load(alias, cv_recorder_read(cv_arena(), alias), KEEP);
}

CvMigrationLoader *cv_migration_loader_offline(void)
{
    static const CvMigrationRecord none[1];
    return load(NULL, none, REPLACE);
}

/* ---- questions ---- */

const CvMigrationNode *const *cv_migration_all(const CvMigrationLoader *loader)
{
    return loader->all;
}

const CvMigrationNode *const *cv_migration_order(const CvMigrationLoader *loader)
{
    return loader->order;
}

const CvMigrationNode *cv_migration_named(const CvMigrationLoader *loader, const char *app_label, const char *name)
{
    const CvGraphNode *node =
        cv_graph_node(&loader->graph, cv_arena_printf(loader->graph.arena, "%s.%s", app_label, name));
    return node && node->migration ? &node->shown : NULL;
}

const CvMigrationNode *cv_migration_find(const CvMigrationLoader *loader, const char *app_label, const char *prefix)
{
    const CvMigrationNode *found = cv_migration_named(loader, app_label, prefix);
    if (found)
        return found;
    CvBuffer matches = cv_buffer(loader->graph.arena);
    CV_VECTOR(const char *) names = {0};
    size_t count = 0;
    for (const CvMigrationNode *const *node = loader->all; *node; node++) {
        const char *name = (*node)->migration->name;
        if (strcmp((*node)->migration->app_label, app_label) != 0)
            continue;
        cv_vector_push(loader->graph.arena, &names, name);
        if (cv_slice_starts_with(cv_slice(name), cv_slice(prefix))) {
            cv_buffer_printf(&matches, "%s%s", count++ ? ", " : "", name);
            found = *node;
        }
    }
    if (count == 1)
        return found;
    cv_vector_push(loader->graph.arena, &names, NULL);
    CvError error = {.kind = CV_ERROR_MIGRATION};
    if (count) {
        error.message = cv_arena_printf(loader->graph.arena,
                                        "More than one migration matches '%s' in app '%s'. Please be more specific.",
                                        prefix, app_label);
        error.hint = cv_arena_printf(loader->graph.arena, "There are %s.", cv_buffer_string(&matches));
    } else {
        const char *nearest = cv_nearest(cv_slice(prefix), names.items);
        error.message = cv_arena_printf(loader->graph.arena, "Cannot find a migration matching '%s' from app '%s'.",
                                        prefix, app_label);
        if (nearest)
            error.hint = cv_arena_printf(loader->graph.arena, "Did you mean %s?", nearest);
    }
    cv_raise_error(&error);
}

static const CvMigrationNode *const *ends(const CvMigrationLoader *loader, const char *app_label,
                                          bool (*is_end)(const CvGraphNode *node))
{
    const CvGraph *graph = &loader->graph;
    CvGraphLinks found = {0};
    for (size_t i = 0; i < graph->nodes.count; i++) {
        CvGraphNode *node = graph->nodes.items[i];
        if (is_end(node) && (!app_label || strcmp(node->app_label, app_label) == 0))
            cv_vector_push(graph->arena, &found, node);
    }
    return shown(graph->arena, &found);
}

const CvMigrationNode *const *cv_migration_leaves(const CvMigrationLoader *loader, const char *app_label)
{
    return ends(loader, app_label, cv_graph_is_leaf);
}

const CvMigrationNode *const *cv_migration_roots(const CvMigrationLoader *loader, const char *app_label)
{
    return ends(loader, app_label, cv_graph_is_root);
}

static CvGraphNode *node_of(const CvMigrationNode *node)
{
    return (CvGraphNode *)(uintptr_t)(const void *)node; /* its first member */
}

const CvMigrationNode *const *cv_migration_path(const CvMigrationLoader *loader, const CvMigrationNode *node,
                                                bool backwards)
{
    const CvGraph *graph = &loader->graph;
    bool *seen = cv_arena_new_array(graph->arena, bool, graph->nodes.count + 1);
    CvGraphLinks path = {0};
    cv_graph_walk(graph, graph->arena, node_of(node), backwards, seen, &path);
    return shown(graph->arena, &path);
}

const char *cv_migration_conflicts(const CvMigrationLoader *loader)
{
    CvBuffer out = cv_buffer(loader->graph.arena);
    const CvMigrationNode *const *leaves = cv_migration_leaves(loader, NULL);
    for (size_t i = 0, next; leaves[i]; i = next) {
        const char *app = leaves[i]->migration->app_label;
        for (next = i + 1; leaves[next] && strcmp(leaves[next]->migration->app_label, app) == 0;)
            next++;
        if (next == i + 1)
            continue;
        cv_buffer_printf(&out, "%s", out.length ? "; " : "");
        for (size_t j = i; j < next; j++)
            cv_buffer_printf(&out, "%s%s", j > i ? ", " : "", leaves[j]->migration->name);
        cv_buffer_printf(&out, " in %s", app);
    }
    return out.length ? cv_buffer_string(&out) : NULL;
}

static int by_text(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

const char *const *cv_migration_unknown(const CvMigrationLoader *loader)
{
    CvArena *arena = loader->graph.arena;
    CV_VECTOR(const char *) names = {0};
    for (const CvMigrationRecord *record = loader->records; record->name; record++)
        if (!cv_migration_named(loader, record->app_label, record->name))
            cv_vector_push(arena, &names, cv_arena_printf(arena, "%s.%s", record->app_label, record->name));
    if (names.count)
        qsort(names.items, names.count, sizeof *names.items, by_text);
    cv_vector_push(arena, &names, NULL);
    return names.items;
}
