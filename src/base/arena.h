/* arena.h: memory that is handed out piece by piece and given back all at once.
 *
 * Three lifetimes are enough for a web program: the process (settings, compiled templates, URL tables), the request,
 * and scratch. A request has an arena; what the API hands out in a request lives there and dies with it, so site code
 * never frees. Whatever is not memory (files, statements, locks) is released by a clean-up that is registered with
 * cv_arena_defer() and runs when the arena is reset or freed, the last one first, on success and on error alike.
 *
 *     CvArena *arena = cv_arena_create(0);
 *     char *name = cv_arena_printf(arena, "%s-%d", "book", 7);
 *     cv_arena_defer(arena, close_file, file);
 *     cv_arena_destroy(arena);                          // runs close_file(file), then frees all
 *
 * Under AddressSanitizer all memory that is not handed out is poisoned. An arena belongs to one thread at a time.
 * Allocation never returns NULL: passing the arena's budget or the end of memory raises CV_ERROR_MEMORY. */
#ifndef CV_BASE_ARENA_H
#define CV_BASE_ARENA_H

#include <stdarg.h>
#include <string.h>

#include "base/compiler.h"

CV_API_BEGIN

typedef struct CvArenaBlock CvArenaBlock;
typedef struct CvDefer CvDefer;

/* The members are the arena's own; they stand here so that the common allocation is inlined. */
typedef struct CvArena {
    char *next, *end;    /* what is left of the newest block */
    CvArenaBlock *block; /* newest first */
    CvDefer *defers;     /* newest first */
    size_t used, budget; /* bytes in all blocks, and their limit (0: none) */
    const char *name;    /* for messages */
} CvArena;

/* A point in an arena's life to which it can be taken back. */
typedef struct CvArenaMark {
    CvArenaBlock *block;
    char *next;
    CvDefer *defers;
} CvArenaMark;

/* A new arena. `budget`: the bytes of all its blocks together may not pass it; 0 means no limit. Blocks come from a
 * pool that the thread keeps, so that the steady state calls no malloc. */
CvArena *cv_arena_create(size_t budget);
/* Runs all clean-ups, gives all memory back. NULL is allowed. */
void cv_arena_destroy(CvArena *arena);
/* Runs all clean-ups and makes the arena empty; keeps one block for what comes next. */
void cv_arena_reset(CvArena *arena);

CvArenaMark cv_arena_mark(const CvArena *arena);
/* Runs the clean-ups registered since the mark and forgets what was allocated since. */
void cv_arena_rewind(CvArena *arena, CvArenaMark mark);
/* Runs the clean-ups registered since the mark; memory stays. */
void cv_arena_run_defers(CvArena *arena, CvArenaMark mark);

/* Behind cv_arena_alloc(): a new block where the newest is used up. */
void *cv_arena_alloc_block(CvArena *arena, size_t size) CV_MALLOC;
/* `size` zeroed bytes, aligned for any type. */
static inline void *CV_MALLOC cv_arena_alloc(CvArena *arena, size_t size)
{
#if !CV_ASAN
    size_t padding = -(uintptr_t)arena->next & 15;
    if (CV_LIKELY(size < SIZE_MAX / 2 && (size_t)(arena->end - arena->next) >= size + padding)) {
        char *start = arena->next + padding;
        arena->next = start + size;
        return memset(start, 0, size);
    }
#endif
    return cv_arena_alloc_block(arena, size);
}
/* The same without the zeroes; `alignment` is a power of two, at most 64. */
void *cv_arena_alloc_raw(CvArena *arena, size_t size, size_t alignment) CV_MALLOC;
/* Copies. The results end in a NUL that is not counted in `length`. `string` may be NULL: NULL comes back. */
char *cv_arena_strdup(CvArena *arena, const char *string);
char *cv_arena_strndup(CvArena *arena, const char *data, size_t length);
void *cv_arena_memdup(CvArena *arena, const void *data, size_t size);
/* Text by printf's rules, as long as it needs to be. */
char *cv_arena_printf(CvArena *arena, const char *format, ...) CV_PRINTF(2, 3);
char *cv_arena_vprintf(CvArena *arena, const char *format, va_list arguments) CV_PRINTF(2, 0);

#define cv_arena_new(arena, T) ((T *)cv_arena_alloc((arena), sizeof(T)))
#define cv_arena_new_array(arena, T, count) ((T *)cv_arena_alloc((arena), cv_size_multiply((count), sizeof(T))))

/* Registers a clean-up. It must not raise. The handle can take it back before it ran. */
CvDefer *cv_arena_defer(CvArena *arena, void (*run)(void *argument), void *argument);
void cv_arena_undefer(CvArena *arena, CvDefer *defer);
/* A place for a descriptor, at first -1: what stands there when the arena is reset or freed is closed. The place is
 * made before the descriptor, so that none is lost where memory ends. */
int *cv_arena_descriptor(CvArena *arena);

/* Frees the blocks that this thread keeps for the next arenas (at the end of a thread; before leak checks). */
void cv_arena_trim(void);

CV_API_END

#include "base/memory.h"

#endif
