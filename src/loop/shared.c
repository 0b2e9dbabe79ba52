/* shared.c: pages that the master and all workers share. */
#include "loop/shared.h"

#include <sys/mman.h>

#include "loop/system.h"

void *cv_shared_alloc(size_t size)
{
    void *memory = cv_system.mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    return memory == MAP_FAILED ? NULL : memory;
}

void cv_shared_free(void *memory, size_t size)
{
    if (memory)
        munmap(memory, size);
}
