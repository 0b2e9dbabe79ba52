/* graph_private.h: the graph while it is being built, and the list of what the program has. */
#ifndef CV_MIGRATIONS_GRAPH_PRIVATE_H
#define CV_MIGRATIONS_GRAPH_PRIVATE_H

#include "base/map.h"
#include "base/vector.h"
#include "migrations/loader.h"

/* Squashed migrations of squashed migrations of ...: nobody nests them deeper. */
#define CV_DEEPEST_SQUASH 64

typedef struct CvGraphNode CvGraphNode;
typedef struct CvGraphLinks {
    CvGraphNode **items;
    size_t count, capacity;
} CvGraphLinks;

typedef enum CvReplacing { CV_REPLACING_NOT_BEGUN, CV_REPLACING_UNDER_WAY, CV_REPLACING_DONE } CvReplacing;

struct CvGraphNode {
    CvMigrationNode shown; /* first: what others see is a node */
    const CvMigration *migration;
    const char *app_label, *name, *key; /* key: "shop.0001_initial" */
    const CvGraphNode *wanted_by;       /* of a node without migration: one that depends on it */
    CvGraphLinks parents, children;
    size_t index; /* in the graph's order */
    bool in_graph;
    CvReplacing replacing;
};

typedef struct CvGraph {
    CvArena *arena;
    CvMap *by_key;      /* all nodes, also those that no migration stands for and those that were taken out */
    CvGraphLinks nodes; /* the same by app and name */
    CvMap *applied;     /* keys; squashed migrations join and leave */
    CvErrors errors;
} CvGraph;

/* migration_list.c: an app's rows as migrations, in the program's order of apps, by name within one. */
typedef struct CvMigrationList {
    CvMigration *items;
    size_t count, capacity;
} CvMigrationList;
CvMigrationList cv_migration_list(CvArena *arena, CvErrors *errors);

/* graph.c */
void cv_graph_add(CvGraph *graph, const CvMigration *migration);
CvGraphNode *cv_graph_node(const CvGraph *graph, const char *key);
/* `child` depends on `parent`; nodes that nobody knows are made and found out later. */
void cv_graph_depend(CvGraph *graph, const CvGraphNode *origin, const char *child, const char *parent);
/* All that stands before (or behind) the node and the node itself, in an order to go by. `seen` has a place for each
 * node of the graph and is filled in. */
void cv_graph_walk(const CvGraph *graph, CvArena *arena, CvGraphNode *from, bool backwards, bool *seen,
                   CvGraphLinks *out);
bool cv_graph_is_leaf(const CvGraphNode *node);
bool cv_graph_is_root(const CvGraphNode *node);
/* Sorts the nodes: for the functions above. */
void cv_graph_number(CvGraph *graph);
/* Adds what is wrong to the graph's errors: names that nobody has, circles. */
void cv_graph_check(CvGraph *graph);
/* graph_replace.c: squashed migrations take the place of what they replace. */
void cv_graph_replace(CvGraph *graph);
/* They leave where all that they replace is there. */
void cv_graph_unsquash(CvGraph *graph);

#endif
