/* connect.c: connecting: names resolved on a pool thread, every address tried in turn. */
#include <errno.h>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/un.h>
#include <unistd.h>

#include "loop/private.h"
#include "loop/system.h"

/* Connects one socket; a descriptor, or -1 with errno. */
static int connect_to(const struct sockaddr *address, socklen_t size, uint64_t deadline)
{
    int fd = socket(address->sa_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (fd < 0)
        return -1;
    int code = 0;
    if (cv_system.connect(fd, address, size) != 0)
        code = errno;
    if (code == EINPROGRESS || code == EINTR || code == EAGAIN) {
        socklen_t length = sizeof code;
        if (!cv_fd_wait(fd, CV_WRITABLE, deadline))
            code = ETIMEDOUT;
        else if (getsockopt(fd, SOL_SOCKET, SO_ERROR, &code, &length) != 0)
            code = errno;
    }
    if (code == 0)
        return fd;
    close(fd);
    errno = code;
    return -1;
}

static int connect_unix(const char *path, uint64_t deadline)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    size_t length = strlen(path);
    if (length >= sizeof address.sun_path) {
        errno = ENAMETOOLONG;
        return -1;
    }
    memcpy(address.sun_path, path, length + 1);
    return connect_to((const struct sockaddr *)&address, sizeof address, deadline);
}

typedef struct Lookup {
    const char *host;
    char service[16];
    struct addrinfo *found;
    int code;
} Lookup;

static void look_up(void *argument)
{
    Lookup *lookup = argument;
    struct addrinfo hints = {.ai_socktype = SOCK_STREAM, .ai_flags = AI_NUMERICSERV | AI_ADDRCONFIG};
    lookup->code = getaddrinfo(lookup->host, lookup->service, &hints, &lookup->found);
}

static bool is_address(Lookup *lookup)
{
    struct addrinfo hints = {.ai_socktype = SOCK_STREAM, .ai_flags = AI_NUMERICSERV | AI_NUMERICHOST};
    return getaddrinfo(lookup->host, lookup->service, &hints, &lookup->found) == 0;
}

static int connect_tcp(const char *host, int port, uint64_t deadline, const char **trouble)
{
    Lookup lookup = {.host = host};
    snprintf(lookup.service, sizeof lookup.service, "%d", port);
    if (!is_address(&lookup)) {
        cv_pool_run(look_up, &lookup);
        if (lookup.code != 0) {
            *trouble = gai_strerror(lookup.code);
            return -1;
        }
    }
    int fd = -1;
    for (const struct addrinfo *one = lookup.found; one && fd < 0; one = one->ai_next)
        fd = connect_to(one->ai_addr, one->ai_addrlen, deadline);
    int saved = errno;
    freeaddrinfo(lookup.found);
    if (fd >= 0) {
        int on = 1;
        (void)setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    }
    errno = saved;
    return fd;
}

CvSocket *cv_socket_connect(const char *host, int port, uint64_t deadline, CvError *error)
{
    const char *trouble = NULL;
    CvSocket *socket = cv_socket_of(-1); /* first: a raise for want of memory must not lose a descriptor */
    int fd = host[0] == '/' ? connect_unix(host, deadline) : connect_tcp(host, port, deadline, &trouble);
    if (fd >= 0) {
        cv_socket_take(socket, fd);
        return socket;
    }
    int saved = errno;
    cv_socket_close(socket);
    errno = saved;
    CvErrorKind kind = !trouble && errno == ETIMEDOUT ? CV_ERROR_TIMEOUT : CV_ERROR_OS;
    if (!trouble)
        trouble = strerror(errno);
    if (host[0] == '/')
        cv_fail(cv_arena(), error, kind, "Could not connect to %s: %s.", host, trouble);
    else
        cv_fail(cv_arena(), error, kind, "Could not connect to %s port %d: %s.", host, port, trouble);
    return NULL;
}
