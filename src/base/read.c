/* read.c: reads on until all bytes are there. */
#include "base/read.h"

#include <errno.h>
#include <unistd.h>

size_t cv_read_fully(int file, void *bytes, size_t size)
{
    size_t have = 0;
    errno = 0;
    while (have < size) {
        ssize_t count = read(file, (char *)bytes + have, size - have);
        if (count > 0)
            have += (size_t)count;
        else if (count == 0 || errno != EINTR)
            break;
        else
            errno = 0;
    }
    return have;
}
