/* socket.h: sockets that park the fiber instead of blocking the thread.
 *
 *     CvError error;
 *     CvSocket *socket = cv_socket_connect("mail.example.org", 25, cv_loop_now_ms() + 5000, &error);
 *     if (!socket || !cv_socket_write_all(socket, "QUIT\r\n", 6, deadline, &error)) ...
 *
 * A call tries the system call first and waits only when the kernel says "not now". Deadlines are points of the
 * cv_loop_now_ms() clock; 0 is none. Outside fibers the calls block in poll(). Errors have kind CV_ERROR_OS or
 * CV_ERROR_TIMEOUT; their texts live in the current arena (cv_arena()). */
#ifndef CV_LOOP_SOCKET_H
#define CV_LOOP_SOCKET_H

#include <sys/types.h>
#include <sys/uio.h>

#include "base/error.h"

CV_API_BEGIN

#define CV_READABLE 1u
#define CV_WRITABLE 2u
#define CV_HANGUP 4u /* the peer closed its side, or an error is pending */

/* ---- descriptors of anybody: a driver's socket, a pipe ---- */

/* A descriptor in the loop's set, registered once. Edge-triggered: `run` is told of changes; `ready` keeps what was
 * told, and whoever meets EAGAIN clears its bit. The structure is the caller's; zero it, fill in fd and run. */
typedef struct CvWatch {
    int fd;
    unsigned ready;                     /* CV_READABLE | CV_WRITABLE | CV_HANGUP: told since they were cleared */
    void (*run)(struct CvWatch *watch); /* in the loop, outside fibers; NULL: wakes the fibers that wait */
    void *argument;
    struct CvFiber *reader, *writer; /* parked in cv_watch_wait() */
    bool added;
    bool listens; /* set before adding: a listener shared by processes; level-triggered, one of them is woken */
    bool holds;   /* cv_loop_run() goes on while it is watched */
} CvWatch;

/* The descriptor must be non-blocking. False with errno set. */
bool cv_watch_add(CvWatch *watch) CV_NODISCARD;
/* Before the descriptor is closed. No event is told afterwards. */
void cv_watch_remove(CvWatch *watch);
/* Waits until one of `events` is ready (CV_HANGUP always counts); true: it is, false: the deadline passed. Clear the
 * bit with cv_watch_clear() after an EAGAIN, before waiting again. One reader and one writer at a time. */
bool cv_watch_wait(CvWatch *watch, unsigned events, uint64_t deadline);
static inline void cv_watch_clear(CvWatch *watch, unsigned events)
{
    watch->ready &= ~events;
}

/* The descriptor was closed already, which took it out of the set: no event is told afterwards. */
void cv_watch_forget(CvWatch *watch);

/* The system call, tried until it does something: bytes, 0 at the end of the stream, or -1 with errno (ETIMEDOUT when
 * the deadline passed). At most one fiber reads and one writes at a time. */
ssize_t cv_watch_read(CvWatch *watch, void *data, size_t size, uint64_t deadline);
ssize_t cv_watch_writev(CvWatch *watch, const struct iovec *parts, int count, uint64_t deadline);
ssize_t cv_watch_sendfile(CvWatch *watch, int file, off_t *offset, size_t size, uint64_t deadline);

/* Waits once for a descriptor that is not watched, level-triggered. The events that are ready, 0 when the deadline
 * passed. */
unsigned cv_fd_wait(int fd, unsigned events, uint64_t deadline);

/* ---- sockets ---- */

typedef struct CvSocket CvSocket;

/* Connects to a host name or address (a name is resolved on a pool thread; all its addresses are tried), or to a Unix
 * socket when `host` begins with '/'. NULL with *error. */
CvSocket *cv_socket_connect(const char *host, int port, uint64_t deadline, CvError *error) CV_NODISCARD;
/* Takes over a connected descriptor. */
CvSocket *cv_socket_of(int fd);
void cv_socket_close(CvSocket *socket); /* NULL is allowed */
int cv_socket_fd(const CvSocket *socket);

/* Some bytes, at most `size`: how many; 0 at the end of the stream; -1 with *error. */
ssize_t cv_socket_read(CvSocket *socket, void *data, size_t size, uint64_t deadline, CvError *error) CV_NODISCARD;
/* Exactly `size` bytes; the end of the stream before is an error. */
bool cv_socket_read_all(CvSocket *socket, void *data, size_t size, uint64_t deadline, CvError *error) CV_NODISCARD;
bool cv_socket_write_all(CvSocket *socket, const void *data, size_t size, uint64_t deadline,
                         CvError *error) CV_NODISCARD;
/* The parts one after the other; `parts` is changed. */
bool cv_socket_writev_all(CvSocket *socket, struct iovec *parts, int count, uint64_t deadline,
                          CvError *error) CV_NODISCARD;
/* `size` bytes of a file from `offset`, without copying them through the process. */
bool cv_socket_sendfile_all(CvSocket *socket, int file, off_t offset, size_t size, uint64_t deadline,
                            CvError *error) CV_NODISCARD;

CV_API_END

#endif
