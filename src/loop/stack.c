/* stack.c: stacks of fibers: address space that the kernel fills with pages as they are touched, above a guard. */
#include <errno.h>
#include <sys/mman.h>
#include <unistd.h>

#include "loop/private.h"
#include "loop/system.h"

/* Wide enough that code which is compiled without stack probes does not jump over it with a large frame. */
#define GUARD_SIZE 65536u
#define DEFAULT_SIZE 262144u
#define LEAST_SIZE 32768u
/* A fiber that went deeper than this gives the pages below back. */
#define KEEP_SIZE 65536u

static size_t stack_size = DEFAULT_SIZE;

void cv_fiber_set_stack_size(size_t size)
{
    size_t page = (size_t)sysconf(_SC_PAGESIZE);
    if (size == 0)
        size = DEFAULT_SIZE;
    if (size < LEAST_SIZE)
        size = LEAST_SIZE;
    if (size > SIZE_MAX / 4)
        size = SIZE_MAX / 4;
    stack_size = (size + page - 1) & ~(page - 1);
}

bool cv_stack_create(CvStack *stack)
{
    size_t size = stack_size;
#if CV_ASAN || CV_TSAN
    size *= 4; /* frames with red zones are larger */
#endif
    size_t whole = size + GUARD_SIZE;
    char *base = cv_system.mmap(NULL, whole, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE | MAP_STACK, -1, 0);
    if (base == MAP_FAILED)
        return false;
    if (mprotect(base + GUARD_SIZE, size, PROT_READ | PROT_WRITE) != 0) {
        int saved = errno;
        munmap(base, whole);
        errno = saved;
        return false;
    }
    *stack = (CvStack){.base = base, .low = base + GUARD_SIZE, .size = size, .whole = whole};
    return true;
}

void cv_stack_destroy(CvStack *stack)
{
    __asan_unpoison_memory_region(stack->low, stack->size);
    munmap(stack->base, stack->whole);
    *stack = (CvStack){0};
}

void cv_stack_discard(CvStack *stack)
{
    size_t page = (size_t)sysconf(_SC_PAGESIZE);
    if (stack->size > page)
        (void)madvise(stack->low, stack->size - page, MADV_DONTNEED);
}

#if CV_ASAN
__attribute__((no_sanitize("address")))
#endif
void cv_stack_relax(CvStack *stack)
{
    if (stack->size <= KEEP_SIZE || RUNNING_ON_VALGRIND)
        return;
    /* A page that was never touched reads as zeroes and costs nothing; one that was used holds something somewhere. */
    const volatile uint64_t *probe = (const volatile uint64_t *)(const void *)(stack->low + stack->size - KEEP_SIZE);
    uint64_t seen = 0;
    for (int i = 1; i <= 64; i++)
        seen |= probe[-i];
    if (seen)
        (void)madvise(stack->low, stack->size - KEEP_SIZE, MADV_DONTNEED);
}
