/* graph.c: migrations as nodes, what they depend on as edges: leaves, roots, the order to go by, circles. */
#include <stdlib.h>

#include "migrations/graph_private.h"
#include "migrations/operation.h"

static CvGraphNode *make_node(CvGraph *graph, const char *key)
{
    CvGraphNode *node = cv_arena_new(graph->arena, CvGraphNode);
    const char *dot = strchr(key, '.');
    node->key = cv_arena_strdup(graph->arena, key);
    node->app_label = cv_arena_strndup(graph->arena, key, dot ? (size_t)(dot - key) : strlen(key));
    node->name = dot ? cv_arena_strdup(graph->arena, dot + 1) : "";
    node->in_graph = true;
    cv_map_set(graph->by_key, cv_slice(node->key), node);
    cv_vector_push(graph->arena, &graph->nodes, node);
    return node;
}

CvGraphNode *cv_graph_node(const CvGraph *graph, const char *key)
{
    return cv_map_get(graph->by_key, cv_slice(key));
}

void cv_graph_add(CvGraph *graph, const CvMigration *migration)
{
    const char *key = cv_arena_printf(graph->arena, "%s.%s", migration->app_label, migration->name);
    make_node(graph, key)->migration = migration;
}

static void link_nodes(CvArena *arena, CvGraphLinks *links, CvGraphNode *node)
{
    for (size_t i = 0; i < links->count; i++)
        if (links->items[i] == node)
            return;
    cv_vector_push(arena, links, node);
}

void cv_graph_depend(CvGraph *graph, const CvGraphNode *origin, const char *child, const char *parent)
{
    const char *const keys[] = {child, parent};
    CvGraphNode *ends[2];
    for (size_t i = 0; i < CV_COUNT_OF(keys); i++) {
        ends[i] = cv_graph_node(graph, keys[i]);
        if (!ends[i]) {
            ends[i] = make_node(graph, keys[i]);
            ends[i]->wanted_by = origin;
        }
    }
    link_nodes(graph->arena, &ends[0]->parents, ends[1]);
    link_nodes(graph->arena, &ends[1]->children, ends[0]);
}

static int by_app_and_name(const void *a, const void *b)
{
    const CvGraphNode *one = *(CvGraphNode *const *)a, *two = *(CvGraphNode *const *)b;
    int order = strcmp(one->app_label, two->app_label);
    return order ? order : strcmp(one->name, two->name);
}

static void sort(CvGraphLinks *links)
{
    if (links->count)
        qsort(links->items, links->count, sizeof(CvGraphNode *), by_app_and_name);
}

void cv_graph_number(CvGraph *graph)
{
    sort(&graph->nodes);
    for (size_t i = 0; i < graph->nodes.count; i++) {
        graph->nodes.items[i]->index = i;
        sort(&graph->nodes.items[i]->parents);
        sort(&graph->nodes.items[i]->children);
    }
}

/* Django's order: of several parents the last by name is gone into first. */
void cv_graph_walk(const CvGraph *graph, CvArena *arena, CvGraphNode *from, bool backwards, bool *seen,
                   CvGraphLinks *out)
{
    typedef struct Visit {
        CvGraphNode *node;
        bool parents_done;
    } Visit;
    CV_VECTOR(Visit) stack = {0};
    (void)graph;
    cv_vector_push(arena, &stack, ((Visit){from, false}));
    while (stack.count) {
        Visit visit = stack.items[--stack.count];
        if (seen[visit.node->index])
            continue;
        if (visit.parents_done) {
            seen[visit.node->index] = true;
            cv_vector_push(arena, out, visit.node);
            continue;
        }
        cv_vector_push(arena, &stack, ((Visit){visit.node, true}));
        const CvGraphLinks *next = backwards ? &visit.node->children : &visit.node->parents;
        for (size_t i = 0; i < next->count; i++)
            if (!seen[next->items[i]->index])
                cv_vector_push(arena, &stack, ((Visit){next->items[i], false}));
    }
}

static bool none_of_its_app(const CvGraphNode *node, const CvGraphLinks *links)
{
    for (size_t i = 0; i < links->count; i++)
        if (strcmp(links->items[i]->app_label, node->app_label) == 0)
            return false;
    return node->in_graph && node->migration;
}

bool cv_graph_is_leaf(const CvGraphNode *node)
{
    return none_of_its_app(node, &node->children);
}

bool cv_graph_is_root(const CvGraphNode *node)
{
    return none_of_its_app(node, &node->parents);
}

static const CvOperation *row_of(const CvGraphNode *node)
{
    return node->migration->row;
}

/* Squashed migrations that would have stood for a name but could not. */
static const char *tried(const CvGraph *graph, const CvGraphNode *missing)
{
    CvBuffer out = cv_buffer(graph->arena);
    for (size_t i = 0; i < graph->nodes.count; i++) {
        const CvMigration *migration = graph->nodes.items[i]->migration;
        const char *const *replaced = migration ? migration->options->replaces : NULL;
        for (; replaced && *replaced; replaced++)
            if (strcmp(*replaced, missing->key) == 0)
                cv_buffer_printf(&out, "%s%s", out.length ? ", " : "", graph->nodes.items[i]->key);
    }
    return out.length ? cv_buffer_string(&out) : NULL;
}

static void check_known(CvGraph *graph)
{
    for (size_t i = 0; i < graph->nodes.count; i++) {
        const CvGraphNode *node = graph->nodes.items[i];
        if (node->migration || !node->in_graph)
            continue;
        CV_VECTOR(const char *) names = {0};
        for (size_t j = 0; j < graph->nodes.count; j++)
            if (graph->nodes.items[j]->migration)
                cv_vector_push(graph->arena, &names, graph->nodes.items[j]->key);
        cv_vector_push(graph->arena, &names, NULL);
        const CvOperation *row = row_of(node->wanted_by);
        CvError *error = cv_errors_add_at(&graph->errors, CV_ERROR_MIGRATION, row->file, (int)row->line,
                                          "%s depends on %s, which does not exist.", node->wanted_by->key, node->key);
        const char *squashed = tried(graph, node), *nearest = cv_nearest(cv_slice(node->key), names.items);
        if (squashed)
            error->hint = cv_arena_printf(graph->arena,
                                          "%s should stand for it, but cannot: the database has only some of what "
                                          "it replaces.",
                                          squashed);
        else if (nearest)
            error->hint = cv_arena_printf(graph->arena, "Did you mean %s?", nearest);
    }
}

/* A circle that `start` is in, as "a, b, c"; NULL if there is none. Colours: 0 not seen, 1 on the way, 2 done. */
static const char *circle_from(CvGraph *graph, CvGraphNode *start, unsigned char *colours)
{
    CvGraphLinks way = {0};
    cv_vector_push(graph->arena, &way, start);
    colours[start->index] = 1;
    while (way.count) {
        CvGraphNode *top = way.items[way.count - 1], *next = NULL;
        for (size_t i = 0; i < top->children.count && !next; i++) {
            CvGraphNode *child = top->children.items[i];
            if (colours[child->index] == 0)
                next = child;
            if (colours[child->index] != 1)
                continue;
            CvBuffer out = cv_buffer(graph->arena);
            bool in = false;
            for (size_t j = 0; j < way.count; j++)
                if ((in = in || way.items[j] == child))
                    cv_buffer_printf(&out, "%s%s", out.length ? ", " : "", way.items[j]->key);
            for (size_t j = 0; j < way.count; j++)
                colours[way.items[j]->index] = 2;
            return cv_buffer_string(&out);
        }
        if (next) {
            colours[next->index] = 1;
            cv_vector_push(graph->arena, &way, next);
        } else {
            colours[top->index] = 2;
            way.count--;
        }
    }
    return NULL;
}

void cv_graph_check(CvGraph *graph)
{
    check_known(graph);
    unsigned char *colours = cv_arena_new_array(graph->arena, unsigned char, graph->nodes.count + 1);
    for (size_t i = 0; i < graph->nodes.count; i++) {
        CvGraphNode *node = graph->nodes.items[i];
        if (colours[i] || !node->in_graph)
            continue;
        const char *circle = circle_from(graph, node, colours);
        if (!circle)
            continue;
        const CvOperation *row = row_of(node->migration ? node : node->wanted_by);
        cv_errors_add_at(&graph->errors, CV_ERROR_MIGRATION, row->file, (int)row->line,
                         "Migrations depend on each other in a circle: %s.", circle);
    }
}
