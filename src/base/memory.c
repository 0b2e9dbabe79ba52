/* memory.c: malloc with zeroes, overflow checks and failures to order. */
#include "base/memory.h"

#include "base/error_private.h"
#include "base/memory_private.h"

static __thread uint64_t allocations, failing;

bool cv_memory_fails(void)
{
    return CV_UNLIKELY(++allocations == failing);
}

void cv_memory_fail_at(uint64_t k)
{
    allocations = 0;
    failing = k;
}

uint64_t cv_memory_count(void)
{
    return allocations;
}

void *cv_malloc(size_t size)
{
    void *pointer = cv_memory_fails() ? NULL : calloc(1, size ? size : 1);
    if (CV_UNLIKELY(!pointer))
        cv_raise_memory("out of memory");
    return pointer;
}

void *cv_realloc(void *pointer, size_t size)
{
    void *moved = cv_memory_fails() ? NULL : realloc(pointer, size ? size : 1);
    if (CV_UNLIKELY(!moved))
        cv_raise_memory("out of memory");
    return moved;
}

void cv_free(void *pointer)
{
    free(pointer);
}

size_t cv_size_multiply(size_t a, size_t b)
{
    size_t product;
    if (CV_UNLIKELY(__builtin_mul_overflow(a, b, &product)))
        cv_raise_memory("a size is too large for this machine");
    return product;
}

size_t cv_size_add(size_t a, size_t b)
{
    size_t sum;
    if (CV_UNLIKELY(__builtin_add_overflow(a, b, &sum)))
        cv_raise_memory("a size is too large for this machine");
    return sum;
}
