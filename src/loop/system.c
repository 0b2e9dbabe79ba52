/* system.c: the table of system calls with the real ones in it. */
#include "loop/system.h"

#include <sys/mman.h>
#include <sys/sendfile.h>
#include <unistd.h>

#include "base/error.h"

static int call_accept4(int fd, struct sockaddr *address, socklen_t *size, int flags)
{
    return accept4(fd, address, size, flags);
}

static int call_connect(int fd, const struct sockaddr *address, socklen_t size)
{
    return connect(fd, address, size);
}

CvSystem cv_system = {
    .read = read,
    .write = write,
    .writev = writev,
    .sendfile = sendfile,
    .accept4 = call_accept4,
    .connect = call_connect,
    .short_read_is_all = true,
    .fork = fork,
    .mmap = mmap,
};

typedef struct Wish {
    size_t size;
    void *memory;
} Wish;

static void grant(void *argument)
{
    Wish *wish = argument;
    wish->memory = cv_malloc(wish->size);
}

void *cv_malloc_or_null(size_t size)
{
    Wish wish = {.size = size};
    return cv_try(grant, &wish, NULL) ? wish.memory : NULL;
}
