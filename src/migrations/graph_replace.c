/* graph_replace.c: squashed migrations: one that the database has all or nothing of stands for what it replaces, any
 * other one leaves the graph; or all of them leave it as far as those that they replace are still there. */
#include "migrations/graph_private.h"
#include "migrations/operation.h"

static bool contains(const char *const *keys, const char *key)
{
    for (; keys && *keys; keys++)
        if (strcmp(*keys, key) == 0)
            return true;
    return false;
}

static void unlink_node(CvGraphLinks *links, const CvGraphNode *node)
{
    size_t kept = 0;
    for (size_t i = 0; i < links->count; i++)
        if (links->items[i] != node)
            links->items[kept++] = links->items[i];
    links->count = kept;
}

static void join(CvGraph *graph, CvGraphNode *parent, CvGraphNode *child)
{
    if (parent != child)
        cv_graph_depend(graph, NULL, child->key, parent->key);
}

/* The replaced nodes leave; what pointed at them points at `node`. */
static void take_their_place(CvGraph *graph, CvGraphNode *node)
{
    const char *const *replaced = node->migration->options->replaces;
    for (const char *const *key = replaced; *key; key++) {
        CvGraphNode *old = cv_graph_node(graph, *key);
        if (!old || !old->in_graph)
            continue;
        old->in_graph = false;
        for (size_t i = 0; i < old->children.count; i++) {
            unlink_node(&old->children.items[i]->parents, old);
            if (!contains(replaced, old->children.items[i]->key))
                join(graph, node, old->children.items[i]);
        }
        for (size_t i = 0; i < old->parents.count; i++) {
            unlink_node(&old->parents.items[i]->children, old);
            if (!contains(replaced, old->parents.items[i]->key))
                join(graph, old->parents.items[i], node);
        }
        old->children.count = old->parents.count = 0;
    }
}

static bool is_parent_of_replaced(const CvGraph *graph, const CvGraphNode *node, const char *const *replaced)
{
    for (; *replaced; replaced++) {
        const CvGraphNode *other = cv_graph_node(graph, *replaced);
        for (size_t i = 0; other && other->in_graph && i < other->parents.count; i++)
            if (other->parents.items[i] == node)
                return true;
    }
    return false;
}

/* The squashed node leaves; what pointed at it points at the last ones of those that it would have replaced. */
static void give_way(CvGraph *graph, CvGraphNode *node)
{
    const char *const *replaced = node->migration->options->replaces;
    node->in_graph = false;
    for (size_t i = 0; i < node->parents.count; i++)
        unlink_node(&node->parents.items[i]->children, node);
    for (size_t i = 0; i < node->children.count; i++) {
        CvGraphNode *child = node->children.items[i];
        unlink_node(&child->parents, node);
        for (const char *const *key = replaced; *key; key++) {
            CvGraphNode *old = cv_graph_node(graph, *key);
            if (old && old->in_graph && !is_parent_of_replaced(graph, old, replaced))
                join(graph, old, child);
        }
    }
    node->children.count = node->parents.count = 0;
}

/* How many of the migrations behind `node`, through squashed ones down to plain ones, there are and are applied. */
static void count_applied(const CvGraph *graph, const CvGraphNode *node, int depth, size_t *all, size_t *applied)
{
    for (const char *const *key = node->migration->options->replaces; *key; key++) {
        const CvGraphNode *old = cv_graph_node(graph, *key);
        if (old && old->migration && cv_migration_is_squashed(old->migration) && depth < CV_DEEPEST_SQUASH) {
            count_applied(graph, old, depth + 1, all, applied);
            continue;
        }
        ++*all;
        *applied += cv_map_find(graph->applied, cv_slice(*key), NULL);
    }
}

static void replace(CvGraph *graph, CvGraphNode *node, int depth)
{
    const CvOperation *row = node->migration->row;
    if (node->replacing == CV_REPLACING_DONE)
        return;
    bool circle = node->replacing == CV_REPLACING_UNDER_WAY;
    if (circle || depth >= CV_DEEPEST_SQUASH) {
        cv_errors_add_at(&graph->errors, CV_ERROR_MIGRATION, row->file, (int)row->line,
                         circle ? "Squashed migrations replace each other in a circle, which %s is in."
                                : "%s is replaced through too many squashed migrations.",
                         node->key);
        return;
    }
    node->replacing = CV_REPLACING_UNDER_WAY;
    for (const char *const *key = node->migration->options->replaces; *key; key++) {
        CvGraphNode *old = cv_graph_node(graph, *key);
        if (old && old->migration && cv_migration_is_squashed(old->migration))
            replace(graph, old, depth + 1);
    }
    node->replacing = CV_REPLACING_DONE;
    if (graph->errors.count)
        return;
    size_t all = 0, applied = 0;
    count_applied(graph, node, 0, &all, &applied);
    if (applied == all)
        cv_map_set(graph->applied, cv_slice(node->key), node);
    else
        cv_map_remove(graph->applied, cv_slice(node->key));
    if (applied == all || applied == 0)
        take_their_place(graph, node);
    else
        give_way(graph, node);
}

void cv_graph_replace(CvGraph *graph)
{
    size_t count = graph->nodes.count; /* only edges are added */
    for (size_t i = 0; i < count; i++) {
        CvGraphNode *node = graph->nodes.items[i];
        if (node->migration && cv_migration_is_squashed(node->migration))
            replace(graph, node, 0);
    }
}

static bool has_all_replaced(const CvGraph *graph, const CvGraphNode *node)
{
    for (const char *const *key = node->migration->options->replaces; *key; key++) {
        const CvGraphNode *old = cv_graph_node(graph, *key);
        if (!old || !old->migration)
            return false;
    }
    return true;
}

void cv_graph_unsquash(CvGraph *graph)
{
    size_t count = graph->nodes.count; /* only edges are added */
    for (size_t i = 0; i < count; i++) {
        CvGraphNode *node = graph->nodes.items[i];
        if (node->migration && cv_migration_is_squashed(node->migration) && has_all_replaced(graph, node))
            give_way(graph, node);
    }
}
