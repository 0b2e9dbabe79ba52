/* system.h: the system calls of loop and server behind a table that tests can replace: short reads and writes, EINTR,
 * EAGAIN, resets, no more descriptors. Not installed. */
#ifndef CV_LOOP_SYSTEM_H
#define CV_LOOP_SYSTEM_H

#include <sys/socket.h>
#include <sys/types.h>
#include <sys/uio.h>

#include "base/compiler.h"

typedef struct CvSystem {
    ssize_t (*read)(int fd, void *data, size_t size);
    ssize_t (*write)(int fd, const void *data, size_t size);
    ssize_t (*writev)(int fd, const struct iovec *parts, int count);
    ssize_t (*sendfile)(int to, int from, off_t *offset, size_t size);
    int (*accept4)(int fd, struct sockaddr *address, socklen_t *size, int flags);
    int (*connect)(int fd, const struct sockaddr *address, socklen_t size);
    pid_t (*fork)(void);
    /* A read that gives less than was asked for has emptied the socket (epoll(7), question 9), so that the next read
     * can wait for an event. A test whose read() gives less than there is says false. */
    bool short_read_is_all;
    void *(*mmap)(void *address, size_t size, int protection, int flags, int fd, off_t offset);
} CvSystem;

/* What is called; the tests put their own functions in. */
extern CvSystem cv_system;

/* cv_malloc() for code that runs in the loop, where nothing handles a raise: NULL if there is no memory. */
void *cv_malloc_or_null(size_t size) CV_NODISCARD;

#endif
