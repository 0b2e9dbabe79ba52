/* tree.c: a radix tree over the literal beginnings of routes, so that only rows that may fit a path are tried. Each
 * place holds its rows and those of all places above in the table's order. */
#include "urls/resolver_private.h"

typedef CV_VECTOR(uint16_t) Rows;

typedef struct Branch {
    CvUrlTree tree; /* first: a Branch is what children point to */
    Rows own;       /* rows whose literal beginning ends here */
} Branch;

static size_t common_prefix(CvSlice a, CvSlice b)
{
    size_t length = 0, most = a.length < b.length ? a.length : b.length;
    while (length < most && a.data[length] == b.data[length])
        length++;
    return length;
}

/* Where the child that begins with `first` is or belongs. */
static size_t child_place(const CvUrlTree *tree, char first, bool *found)
{
    size_t i = 0;
    while (i < tree->child_count && (unsigned char)tree->children[i]->label.data[0] < (unsigned char)first)
        i++;
    *found = i < tree->child_count && tree->children[i]->label.data[0] == first;
    return i;
}

static Branch *add_child(CvArena *arena, CvUrlTree *tree, size_t place, CvSlice label)
{
    Branch *child = cv_arena_new(arena, Branch);
    CvUrlTree **children = cv_arena_new_array(arena, CvUrlTree *, tree->child_count + 1);
    child->tree.label = label;
    for (size_t i = 0; i < tree->child_count; i++)
        children[i + (i >= place)] = tree->children[i];
    children[place] = &child->tree;
    tree->children = children;
    tree->child_count++;
    return child;
}

/* The child's label is cut after `length` bytes; a new branch takes its place. */
static Branch *split_child(CvArena *arena, CvUrlTree *tree, size_t place, size_t length)
{
    Branch *middle = cv_arena_new(arena, Branch);
    CvUrlTree *child = tree->children[place];
    middle->tree.label = cv_slice_range(child->label, 0, length);
    child->label = cv_slice_skip(child->label, length);
    middle->tree.children = cv_arena_new_array(arena, CvUrlTree *, 1);
    middle->tree.children[0] = child;
    middle->tree.child_count = 1;
    tree->children[place] = &middle->tree;
    return middle;
}

static Branch *branch_of(CvArena *arena, Branch *root, CvSlice prefix)
{
    Branch *at = root;
    while (prefix.length) {
        bool found;
        size_t place = child_place(&at->tree, prefix.data[0], &found);
        if (!found)
            return add_child(arena, &at->tree, place, prefix);
        size_t length = common_prefix(at->tree.children[place]->label, prefix);
        at = length < at->tree.children[place]->label.length ? split_child(arena, &at->tree, place, length)
                                                             : (Branch *)(void *)at->tree.children[place];
        prefix = cv_slice_skip(prefix, length);
    }
    return at;
}

/* Two ordered lists as one. */
static Rows merge(CvArena *arena, Rows a, const uint16_t *b, size_t b_count)
{
    Rows out = {0};
    size_t i = 0, k = 0;
    while (i < a.count || k < b_count)
        cv_vector_push(arena, &out, k == b_count || (i < a.count && a.items[i] < b[k]) ? a.items[i++] : b[k++]);
    return out;
}

/* A path as deep as the table is wide cannot recurse further than the longest route has bytes (4096). */
static void hand_down(CvArena *arena, Branch *branch, const CvUrlNode *nodes, Rows inherited)
{
    Rows open = {0};
    for (size_t i = 0; i < branch->own.count; i++)
        if (!nodes[branch->own.items[i]].route.exact)
            cv_vector_push(arena, &open, branch->own.items[i]);
    Rows beyond = merge(arena, inherited, open.items, open.count);
    Rows here = merge(arena, inherited, branch->own.items, branch->own.count);
    branch->tree.beyond = beyond.items;
    branch->tree.beyond_count = beyond.count;
    branch->tree.here = here.items;
    branch->tree.here_count = here.count;
    for (size_t i = 0; i < branch->tree.child_count; i++)
        hand_down(arena, (Branch *)(void *)branch->tree.children[i], nodes, beyond);
}

CvUrlTree *cv_url_tree_build(CvArena *arena, const CvUrlNode *nodes, size_t count)
{
    Branch *root = cv_arena_new(arena, Branch);
    for (size_t i = 0; i < count; i++)
        cv_vector_push(arena, &branch_of(arena, root, nodes[i].route.prefix)->own, (uint16_t)i);
    hand_down(arena, root, nodes, (Rows){0});
    return &root->tree;
}

const uint16_t *cv_url_tree_find(const CvUrlTree *tree, CvSlice path, size_t *count)
{
    const char *at = path.data, *end = path.data + path.length;
    for (;;) {
        if (at == end) {
            *count = tree->here_count;
            return tree->here;
        }
        const CvUrlTree *next = NULL;
        for (size_t i = 0; i < tree->child_count; i++) {
            if (tree->children[i]->label.data[0] == *at) {
                next = tree->children[i];
                break;
            }
        }
        if (!next || (size_t)(end - at) < next->label.length || memcmp(at, next->label.data, next->label.length) != 0) {
            *count = tree->beyond_count;
            return tree->beyond;
        }
        at += next->label.length;
        tree = next;
    }
}
