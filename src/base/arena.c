/* arena.c: blocks, a per-thread pool of them, marks and clean-ups. */
#include "base/arena.h"

#include <pthread.h>
#include <unistd.h>

#include "base/error_private.h"
#include "base/memory_private.h"

#if CV_ASAN
#include <sanitizer/asan_interface.h>
#define POISON(start, size) __asan_poison_memory_region((start), (size))
#define UNPOISON(start, size) __asan_unpoison_memory_region((start), (size))
#define RED_ZONE ((size_t)16) /* between two pieces, so that running over the end of one is seen */
#else
#define POISON(start, size) ((void)(start), (void)(size))
#define UNPOISON(start, size) ((void)(start), (void)(size))
#define RED_ZONE ((size_t)0)
#endif

#define FIRST_BLOCK ((size_t)16 * 1024)
#define CLASSES 7                            /* 16 KiB to 1 MiB; what is larger comes from malloc each time */
#define POOL_BYTES ((size_t)8 * 1024 * 1024) /* kept by a thread at most */
#define LARGEST (FIRST_BLOCK << (CLASSES - 1))

struct CvArenaBlock {
    CvArenaBlock *older;
    size_t size; /* with this head */
};
#define HEAD ((sizeof(CvArenaBlock) + 15) & ~(size_t)15)

struct CvDefer {
    CvDefer *older;
    void (*run)(void *argument);
    void *argument;
    uint64_t serial; /* grows with every registration, so that marks stay true when a clean-up is taken back */
};

static __thread struct {
    CvArenaBlock *free[CLASSES];
    size_t bytes;
    uint64_t serial;
    bool watched;
} pool;

static pthread_key_t thread_end;
static pthread_once_t thread_end_once = PTHREAD_ONCE_INIT;

static void trim_at_thread_end(void *unused)
{
    (void)unused;
    cv_arena_trim();
}

static void make_thread_end(void)
{
    if (pthread_key_create(&thread_end, trim_at_thread_end) != 0)
        cv_panic("no thread-specific data left");
}

static int class_of(size_t size)
{
    int class = 0;
    while (class < CLASSES && (FIRST_BLOCK << class) < size)
        class ++;
    return class;
}

static CvArenaBlock *block_get(size_t size)
{
    int class = class_of(size);
    CvArenaBlock *block;
    if (class < CLASSES && pool.free[class]) {
        block = pool.free[class];
        pool.free[class] = block->older;
        pool.bytes -= block->size;
        return block;
    }
    block = cv_memory_fails() ? NULL : malloc(size);
    if (!block)
        cv_raise_memory("out of memory");
    block->size = size; /* NOLINT(clang-analyzer-unix.Malloc): it is never 0 */
    POISON((char *)block + HEAD, size - HEAD);
    return block;
}

static void block_put(CvArenaBlock *block)
{
    int class = class_of(block->size);
    if (class < CLASSES && (FIRST_BLOCK << class) == block->size && pool.bytes + block->size <= POOL_BYTES) {
        if (!pool.watched) {
            pthread_once(&thread_end_once, make_thread_end);
            pthread_setspecific(thread_end, &pool);
            pool.watched = true;
        }
        POISON((char *)block + HEAD, block->size - HEAD);
        block->older = pool.free[class];
        pool.free[class] = block;
        pool.bytes += block->size;
    } else {
        UNPOISON((char *)block + HEAD, block->size - HEAD);
        free(block);
    }
}

void cv_arena_trim(void)
{
    for (int class = 0; class < CLASSES; class ++)
        while (pool.free[class]) {
            CvArenaBlock *block = pool.free[class];
            pool.free[class] = block->older;
            UNPOISON((char *)block + HEAD, block->size - HEAD);
            free(block);
        }
    pool.bytes = 0;
    pool.watched = false;
}

static void block_push(CvArena *arena, CvArenaBlock *block)
{
    block->older = arena->block;
    arena->block = block;
    arena->next = (char *)block + HEAD;
    arena->end = (char *)block + block->size;
    arena->used += block->size;
}

/* A block with room for `size` bytes at any alignment up to 64. */
static void arena_grow(CvArena *arena, size_t size)
{
    size_t need = cv_size_add(size, HEAD + 64 + RED_ZONE);
    size_t next = arena->block->size * 2;
    if (next > LARGEST)
        next = LARGEST;
    while (next < need && next < LARGEST)
        next *= 2;
    if (next < need)
        next = need;
    if (arena->budget) {
        size_t left = arena->budget > arena->used ? arena->budget - arena->used : 0;
        while (next > left && next > FIRST_BLOCK && next / 2 >= need)
            next /= 2;
        if (next > left)
            cv_raise_memory("the memory budget of this request or task is used up");
    }
    block_push(arena, block_get(next));
}

CvArena *cv_arena_create(size_t budget)
{
    CvArenaBlock *block = block_get(FIRST_BLOCK);
    CvArena *arena = (CvArena *)(void *)((char *)block + HEAD);
    UNPOISON(arena, sizeof *arena);
    *arena = (CvArena){.budget = budget};
    block_push(arena, block);
    arena->next = (char *)(arena + 1);
    return arena;
}

static void run_newer(CvArena *arena, uint64_t serial)
{
    while (arena->defers && arena->defers->serial > serial) {
        CvDefer *defer = arena->defers;
        arena->defers = defer->older;
        defer->run(defer->argument);
    }
}

/* Gives back the blocks that are newer than `keep`, and continues in it at `next`. */
static void drop_newer(CvArena *arena, CvArenaBlock *keep, char *next)
{
    while (arena->block != keep) {
        CvArenaBlock *block = arena->block;
        arena->block = block->older;
        arena->used -= block->size;
        block_put(block);
    }
    arena->next = next;
    arena->end = (char *)keep + keep->size;
    POISON(next, (size_t)(arena->end - next));
}

void cv_arena_reset(CvArena *arena)
{
    run_newer(arena, 0);
    CvArenaBlock *first = arena->block;
    while (first->older)
        first = first->older;
    drop_newer(arena, first, (char *)(arena + 1));
}

void cv_arena_destroy(CvArena *arena)
{
    if (!arena)
        return;
    cv_arena_reset(arena);
    block_put(arena->block);
}

CvArenaMark cv_arena_mark(const CvArena *arena)
{
    return (CvArenaMark){arena->block, arena->next, arena->defers};
}

void cv_arena_run_defers(CvArena *arena, CvArenaMark mark)
{
    run_newer(arena, mark.defers ? mark.defers->serial : 0);
}

void cv_arena_rewind(CvArena *arena, CvArenaMark mark)
{
    cv_arena_run_defers(arena, mark);
    drop_newer(arena, mark.block, mark.next);
}

void *cv_arena_alloc_raw(CvArena *arena, size_t size, size_t alignment)
{
    size_t padding = -(uintptr_t)arena->next & (alignment - 1);
    if (CV_UNLIKELY(size > SIZE_MAX / 2 || (size_t)(arena->end - arena->next) < size + padding + RED_ZONE)) {
        arena_grow(arena, size);
        padding = -(uintptr_t)arena->next & (alignment - 1);
    }
    char *start = arena->next + padding;
#if CV_ASAN
    /* Poison has a grain of 8 bytes: the next piece starts on a fresh one. */
    arena->next = start + ((size + 7) & ~(size_t)7) + RED_ZONE;
    if (arena->next > arena->end)
        arena->next = arena->end;
#else
    arena->next = start + size;
#endif
    UNPOISON(start, size);
    return start;
}

void *cv_arena_alloc_block(CvArena *arena, size_t size)
{
    return memset(cv_arena_alloc_raw(arena, size, 16), 0, size);
}

char *cv_arena_strndup(CvArena *arena, const char *data, size_t length)
{
    char *copy = cv_arena_alloc_raw(arena, cv_size_add(length, 1), 1);
    if (length)
        memcpy(copy, data, length);
    copy[length] = '\0';
    return copy;
}

char *cv_arena_strdup(CvArena *arena, const char *string)
{
    return string ? cv_arena_strndup(arena, string, strlen(string)) : NULL;
}

void *cv_arena_memdup(CvArena *arena, const void *data, size_t size)
{
    char *copy = cv_arena_alloc_raw(arena, cv_size_add(size, 1), 16);
    if (size)
        memcpy(copy, data, size);
    copy[size] = '\0';
    return copy;
}

char *cv_arena_vprintf(CvArena *arena, const char *format, va_list arguments)
{
    char small[512];
    va_list again;
    va_copy(again, arguments);
    int length = vsnprintf(small, sizeof small, format, again);
    va_end(again);
    if (length < 0)
        return cv_arena_strndup(arena, "", 0);
    if ((size_t)length < sizeof small)
        return cv_arena_strndup(arena, small, (size_t)length);
    char *text = cv_arena_alloc_raw(arena, (size_t)length + 1, 1);
    vsnprintf(text, (size_t)length + 1, format, arguments);
    return text;
}

char *cv_arena_printf(CvArena *arena, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    char *text = cv_arena_vprintf(arena, format, arguments);
    va_end(arguments);
    return text;
}

CvDefer *cv_arena_defer(CvArena *arena, void (*run)(void *argument), void *argument)
{
    CvDefer *defer = cv_arena_alloc_raw(arena, sizeof *defer, 16);
    *defer = (CvDefer){arena->defers, run, argument, ++pool.serial};
    arena->defers = defer;
    return defer;
}

void cv_arena_undefer(CvArena *arena, CvDefer *defer)
{
    for (CvDefer **at = &arena->defers; *at; at = &(*at)->older)
        if (*at == defer) {
            *at = defer->older;
            return;
        }
}

static void close_descriptor(void *place)
{
    int fd = *(int *)place;
    if (fd >= 0)
        close(fd);
}

int *cv_arena_descriptor(CvArena *arena)
{
    int *place = cv_arena_new(arena, int);
    *place = -1;
    cv_arena_defer(arena, close_descriptor, place);
    return place;
}
