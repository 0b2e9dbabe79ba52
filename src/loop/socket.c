/* socket.c: connected sockets over watched descriptors. */
#include <errno.h>
#include <unistd.h>

#include "loop/private.h"
#include "loop/system.h"

struct CvSocket {
    CvWatch watch;
};

CvSocket *cv_socket_of(int fd)
{
    CvSocket *socket = cv_malloc(sizeof *socket);
    socket->watch.fd = fd;
    return socket;
}

void cv_socket_take(CvSocket *socket, int fd)
{
    socket->watch.fd = fd;
}

void cv_socket_close(CvSocket *socket)
{
    if (!socket)
        return;
    cv_watch_remove(&socket->watch);
    if (socket->watch.fd >= 0)
        close(socket->watch.fd);
    cv_free(socket);
}

int cv_socket_fd(const CvSocket *socket)
{
    return socket->watch.fd;
}

static bool fail(CvError *error, const char *what)
{
    int code = errno;
    if (code == ETIMEDOUT)
        return cv_fail(cv_arena(), error, CV_ERROR_TIMEOUT, "%s timed out.", what);
    return cv_fail(cv_arena(), error, CV_ERROR_OS, "%s failed: %s.", what, strerror(code));
}

ssize_t cv_socket_read(CvSocket *socket, void *data, size_t size, uint64_t deadline, CvError *error)
{
    ssize_t count = cv_watch_read(&socket->watch, data, size, deadline);
    if (count < 0)
        fail(error, "Reading from the socket");
    return count;
}

bool cv_socket_read_all(CvSocket *socket, void *data, size_t size, uint64_t deadline, CvError *error)
{
    char *at = data;
    while (size) {
        ssize_t count = cv_socket_read(socket, at, size, deadline, error);
        if (count < 0)
            return false;
        if (count == 0)
            return cv_fail(cv_arena(), error, CV_ERROR_OS, "The peer closed the connection.");
        at += count;
        size -= (size_t)count;
    }
    return true;
}

bool cv_socket_write_all(CvSocket *socket, const void *data, size_t size, uint64_t deadline, CvError *error)
{
    struct iovec part = {.iov_base = (void *)(uintptr_t)data, .iov_len = size};
    return cv_socket_writev_all(socket, &part, 1, deadline, error);
}

bool cv_socket_writev_all(CvSocket *socket, struct iovec *parts, int count, uint64_t deadline, CvError *error)
{
    while (count) {
        if (parts->iov_len == 0) {
            parts++;
            count--;
            continue;
        }
        ssize_t written = cv_watch_writev(&socket->watch, parts, count, deadline);
        if (written < 0)
            return fail(error, "Writing to the socket");
        size_t left = (size_t)written;
        while (count && left >= parts->iov_len) {
            left -= parts->iov_len;
            parts++;
            count--;
        }
        if (count) {
            parts->iov_base = (char *)parts->iov_base + left;
            parts->iov_len -= left;
        }
    }
    return true;
}

bool cv_socket_sendfile_all(CvSocket *socket, int file, off_t offset, size_t size, uint64_t deadline, CvError *error)
{
    while (size) {
        ssize_t written = cv_watch_sendfile(&socket->watch, file, &offset, size, deadline);
        if (written < 0)
            return fail(error, "Sending the file");
        if (written == 0)
            return cv_fail(cv_arena(), error, CV_ERROR_OS, "The file is shorter than it was.");
        size -= (size_t)written;
    }
    return true;
}
