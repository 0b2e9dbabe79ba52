/* resolver_private.h: what resolving and reversing share: compiled rows, levels, names. */
#ifndef CV_URLS_RESOLVER_PRIVATE_H
#define CV_URLS_RESOLVER_PRIVATE_H

#include "base/map.h"
#include "base/vector.h"
#include "urls/resolver.h"
#include "urls/route.h"

enum { CV_URL_MAX_DEPTH = 16, CV_URL_MAX_VALUES = 64, CV_URL_MAX_ROWS = 20000 };

typedef struct CvUrlLevel CvUrlLevel;

/* A compiled row. A table that is included twice is compiled twice. */
typedef struct CvUrlNode {
    const CvUrl *url;
    const struct CvUrlNode *parent; /* the include row above, or NULL */
    CvRoute route;
    CvUrlLevel *level;      /* of an include */
    const char *app_name;   /* of an include, from the row or the table */
    const char *namespace;  /* the row's, or the application's name */
    const char *parameters; /* the letters that the view's parameters want, or NULL: not checked */
    CvUrlMatch match;       /* of an endpoint: all that does not depend on the path */
    size_t extra_count;     /* of the row itself */
    size_t depth;           /* include rows above */
    size_t value_count;     /* values captured on the whole way */
    size_t kwarg_most;      /* and extra ones */
    bool names_twice;       /* one name is captured or given twice on the way */
} CvUrlNode;

/* A tree over the literal beginnings of a level's routes. */
typedef struct CvUrlTree {
    CvSlice label;
    struct CvUrlTree **children; /* in order of the first byte of the label */
    size_t child_count;
    const uint16_t *here;   /* rows that may fit a path that ends at this place, in order */
    const uint16_t *beyond; /* rows that may fit a path that goes on otherwise than the children */
    size_t here_count, beyond_count;
} CvUrlTree;

struct CvUrlLevel {
    CvUrlNode *nodes;
    size_t count;
    CvUrlTree *tree;
    const char *app_name;
};

/* ---- reversing ---- */

/* A piece of a path to be built: text, then a parameter (name NULL: none). */
typedef struct CvReversePart {
    CvSlice text;
    const char *name;
} CvReversePart;

typedef struct CvPossibility {
    const CvReversePart *parts;
    size_t part_count;
    const char *const *names; /* the parameters in order */
    size_t name_count;
} CvPossibility;

typedef struct CvReverseEntry {
    const CvUrlNode *node;
    CvSlice pattern; /* without the leading ^ */
    const CvPossibility *possibilities;
    size_t possibility_count;
    CvRoute route; /* of the whole way, to try candidates */
    const CvUrlArgument *defaults;
    size_t default_count;
} CvReverseEntry;

/* The names that can be reversed inside one namespace (or at the top). */
typedef struct CvScope {
    CvMap *entries;    /* name -> CvReverseEntries, in the order of trial */
    CvMap *apps;       /* application -> CvNames, namespaces of its instances */
    CvMap *namespaces; /* namespace -> CvScope */
} CvScope;

typedef struct CvReverseEntries {
    CvReverseEntry **items;
    size_t count, capacity;
} CvReverseEntries;

typedef struct CvNames {
    const char **items;
    size_t count, capacity;
} CvNames;

struct CvResolver {
    CvUrlLevel *root;
    CvScope *scope;
    const char *reverse_error; /* a regular expression that cannot be reversed, or NULL */
};

/* table_compile.c */
CvUrlLevel *cv_url_level_compile(CvArena *arena, const CvUrl *urls, const CvUrlNode *parent, CvErrors *errors);
/* tree.c */
CvUrlTree *cv_url_tree_build(CvArena *arena, const CvUrlNode *nodes, size_t count);
/* The rows that may fit, in order. */
const uint16_t *cv_url_tree_find(const CvUrlTree *tree, CvSlice path, size_t *count);
/* reverse_table.c */
void cv_scope_build(CvArena *arena, CvResolver *resolver, CvErrors *errors);
/* reverse_regex.c: the ways in which a regular expression can be written out; false with a message where it cannot. */
bool cv_regex_possibilities(CvArena *arena, CvSlice regex, const CvPossibility **out, size_t *count,
                            const char **message);

#endif
