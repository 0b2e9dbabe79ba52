/* fuzz_sql_script.c: any bytes as SQL of several statements: none is empty, none has a comment in front, all end. */
#include "migrations/sql_script.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (memchr(data, '\0', size)) /* the script of a migration is a C string */
        return 0;
    CvArena *arena = cv_arena_create(0);
    CvSlice rest = cv_slice_of((const char *)data, size);
    size_t left = rest.length + 1;
    for (const char *one; (one = cv_sql_script_next(arena, &rest)); left = rest.length) {
        size_t length = strlen(one);
        if (rest.length >= left)
            __builtin_trap();
        if (!length || (one[0] == ';' || one[0] == ' ' || one[length - 1] == ' '))
            __builtin_trap();
        (void)cv_sql_script_ends_transaction(one);
    }
    cv_arena_destroy(arena);
    return 0;
}
