/* stream.c: reading and writing a watched descriptor: the system call first, waiting only when it would block. */
#include <errno.h>

#include "loop/private.h"
#include "loop/system.h"

/* After a failed call: true if it is to be tried again, false with errno set (ETIMEDOUT when the deadline passed). */
static bool again(CvWatch *watch, unsigned event, uint64_t deadline)
{
    if (errno == EINTR)
        return true;
    if (errno != EAGAIN)
        return false;
    cv_watch_clear(watch, event | CV_HANGUP);
    if (cv_watch_wait(watch, event, deadline))
        return true;
    errno = ETIMEDOUT;
    return false;
}

ssize_t cv_watch_read(CvWatch *watch, void *data, size_t size, uint64_t deadline)
{
    for (;;) {
        ssize_t count = cv_system.read(watch->fd, data, size);
        if (count >= 0 || !again(watch, CV_READABLE, deadline))
            return count;
    }
}

ssize_t cv_watch_writev(CvWatch *watch, const struct iovec *parts, int count, uint64_t deadline)
{
    for (;;) {
        ssize_t written = count == 1 ? cv_system.write(watch->fd, parts->iov_base, parts->iov_len)
                                     : cv_system.writev(watch->fd, parts, count);
        if (written >= 0 || !again(watch, CV_WRITABLE, deadline))
            return written;
    }
}

ssize_t cv_watch_sendfile(CvWatch *watch, int file, off_t *offset, size_t size, uint64_t deadline)
{
    for (;;) {
        ssize_t written = cv_system.sendfile(watch->fd, file, offset, size);
        if (written >= 0 || !again(watch, CV_WRITABLE, deadline))
            return written;
    }
}
