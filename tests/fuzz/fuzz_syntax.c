/* fuzz_syntax.c: any bytes as an expression of the query language; a tree must keep its promises. */
#include "orm/syntax.h"

static void check(const CvSyntax *node, size_t length, int depth)
{
    if (!node)
        return;
    if (node->offset > node->end || node->end > length || depth > CV_SYNTAX_DEPTH_MAX || node->depth < 1)
        __builtin_trap();
    check(node->left, length, depth + 1);
    check(node->right, length, depth + 1);
    check(node->third, length, depth + 1);
    for (size_t i = 0; i < node->count; i++) {
        if (node->items)
            check(node->items[i], length, depth + 1);
        if (node->arguments)
            check(node->arguments[i].value, length, depth + 1);
        if (node->clauses)
            check(node->clauses[i].source, length, depth + 1);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    CvArena *arena = cv_arena_create(0);
    CvSyntax *node;
    CvError error;
    if (cv_syntax_parse(arena, cv_slice_of((const char *)data, size), &node, &error))
        check(node, size, 1);
    else if (!error.message || !error.detail || error.line < 1 || error.column < 1)
        __builtin_trap();
    cv_arena_destroy(arena);
    return 0;
}
