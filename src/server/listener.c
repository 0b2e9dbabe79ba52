/* listener.c: opening what is listened on: TCP by name or address, Unix sockets, and what a program before left open.
 */
#include <errno.h>
#include <fcntl.h>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "server/private.h"

static char *keep(CvSlice text)
{
    char *copy = cv_malloc(cv_size_add(text.length, 1));
    if (text.length)
        memcpy(copy, text.data, text.length);
    return copy;
}

static CvListener *add(CvListeners *listeners, int fd, CvSlice name, CvSlice host, const char *path)
{
    CvListener *listener = &listeners->items[listeners->count++];
    *listener = (CvListener){.watch.fd = fd, .name = keep(name), .host = keep(host)};
    if (path)
        listener->path = keep(cv_slice(path));
    return listener;
}

/* "HOST:PORT", "[v6]:PORT", ":PORT", "PORT"; an empty host stands for all addresses. */
static bool split(CvSlice name, CvSlice *host, CvSlice *port)
{
    ptrdiff_t colon = cv_slice_find_last(name, CV_SLICE(":"));
    uint64_t number;
    *host = colon < 0 ? CV_SLICE("127.0.0.1") : cv_slice_range(name, 0, (size_t)colon);
    *port = cv_slice_skip(name, (size_t)(colon + 1));
    if (host->length >= 2 && host->data[0] == '[' && host->data[host->length - 1] == ']')
        *host = cv_slice_range(*host, 1, host->length - 1);
    else if (cv_slice_find_byte(*host, ':') >= 0)
        return false;
    return cv_slice_to_uint64(*port, &number) && number <= 65535;
}

bool cv_server_can_bind(const char *name)
{
    CvSlice text = cv_slice(name), host, port;
    if (cv_slice_find_byte(text, ',') >= 0)
        return false;
    if (cv_slice_starts_with(text, CV_SLICE("unix:")))
        return text.length > 5 && text.length - 5 < sizeof((struct sockaddr_un *)NULL)->sun_path;
    return split(text, &host, &port);
}

static bool fail_on(CvError *error, CvSlice name, const char *why)
{
    return cv_fail(cv_arena(), error, CV_ERROR_OS, "Cannot listen on %.*s: %s.", CV_SLICE_ARG(name), why);
}

static int open_address(const struct addrinfo *address, int backlog)
{
    int fd = socket(address->ai_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0), on = 1;
    if (fd < 0)
        return -1;
    (void)setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    /* Connections inherit it. */
    (void)setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    if (address->ai_family == AF_INET6)
        (void)setsockopt(fd, IPPROTO_IPV6, IPV6_V6ONLY, &on, sizeof on);
    if (bind(fd, address->ai_addr, address->ai_addrlen) == 0 && listen(fd, backlog) == 0)
        return fd;
    int saved = errno;
    close(fd);
    errno = saved;
    return -1;
}

static void note_port(CvListener *listener)
{
    struct sockaddr_storage address = {0};
    socklen_t size = sizeof address;
    if (getsockname(listener->watch.fd, (struct sockaddr *)&address, &size) != 0)
        return;
    if (address.ss_family == AF_INET)
        listener->port = ntohs(((const struct sockaddr_in *)(const void *)&address)->sin_port);
    else if (address.ss_family == AF_INET6)
        listener->port = ntohs(((const struct sockaddr_in6 *)(const void *)&address)->sin6_port);
}

/* The system may name an address more than once. */
static bool came_before(const struct addrinfo *first, const struct addrinfo *one)
{
    for (; first != one; first = first->ai_next)
        if (first->ai_addrlen == one->ai_addrlen && memcmp(first->ai_addr, one->ai_addr, one->ai_addrlen) == 0)
            return true;
    return false;
}

/* Every address of the name. All addresses: IPv4, and IPv6 where the machine has it. */
static bool open_tcp(CvListeners *listeners, CvSlice name, int backlog, CvError *error)
{
    CvSlice host, port;
    if (!split(name, &host, &port))
        return fail_on(error, name, "the form is HOST:PORT, [IPV6]:PORT, PORT or unix:PATH");
    struct addrinfo hints = {.ai_socktype = SOCK_STREAM, .ai_flags = AI_PASSIVE | AI_NUMERICSERV}, *found;
    bool all = host.length == 0;
    CvScratch scratch = cv_scratch_begin(cv_arena());
    int code = getaddrinfo(all ? NULL : cv_slice_string(scratch.arena, host), cv_slice_string(scratch.arena, port),
                           &hints, &found);
    cv_scratch_end(scratch);
    if (code != 0)
        return fail_on(error, name, gai_strerror(code));
    int opened = 0, trouble = 0;
    bool refused = false;
    for (const struct addrinfo *one = found; one && !refused && listeners->count < CV_LISTENERS_MAX;
         one = one->ai_next) {
        if (came_before(found, one))
            continue;
        int fd = open_address(one, backlog);
        if (fd < 0) {
            /* A family that the machine lacks is no failure; one whose clients reach another server is. */
            trouble = errno;
            refused = trouble == EADDRINUSE || trouble == EACCES;
            continue;
        }
        note_port(add(listeners, fd, name, all ? CV_SLICE("localhost") : host, NULL));
        opened++;
    }
    freeaddrinfo(found);
    return (opened && !refused) || fail_on(error, name, strerror(trouble));
}

/* A socket that nobody listens on any more is in the way; one that answers is not ours to take. */
static bool clear_path(const struct sockaddr_un *address)
{
    struct stat about;
    if (lstat(address->sun_path, &about) != 0)
        return errno == ENOENT;
    if (!S_ISSOCK(about.st_mode)) {
        errno = EEXIST;
        return false;
    }
    int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    bool alive = fd >= 0 && (connect(fd, (const struct sockaddr *)address, sizeof *address) == 0 || errno == EAGAIN);
    if (fd >= 0)
        close(fd);
    if (alive) {
        errno = EADDRINUSE;
        return false;
    }
    return unlink(address->sun_path) == 0;
}

static bool open_unix(CvListeners *listeners, CvSlice name, int mode, int backlog, CvError *error)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    CvSlice path = cv_slice_skip(name, sizeof "unix:" - 1);
    if (path.length == 0 || path.length >= sizeof address.sun_path)
        return fail_on(error, name, "the path is empty or too long");
    memcpy(address.sun_path, path.data, path.length);
    if (!clear_path(&address))
        return fail_on(error, name, strerror(errno));
    int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (fd >= 0 && bind(fd, (const struct sockaddr *)&address, sizeof address) == 0 &&
        chmod(address.sun_path, (mode_t)mode) == 0 && listen(fd, backlog) == 0) {
        add(listeners, fd, name, CV_SLICE("localhost"), address.sun_path);
        return true;
    }
    int saved = errno;
    if (fd >= 0)
        close(fd);
    return fail_on(error, name, strerror(saved));
}

/* Takes the descriptors of this name out of "FD=NAME,..." of the program before. */
static bool take_over(CvListeners *listeners, CvSlice name, int backlog)
{
    const char *text = cv_reload_listeners();
    CvSlice rest = cv_slice(text), part;
    bool taken = false;
    while (text && cv_slice_split(&rest, ',', &part)) {
        ptrdiff_t equals = cv_slice_find_byte(part, '=');
        int64_t fd;
        if (equals < 0 || !cv_slice_equal(cv_slice_skip(part, (size_t)equals + 1), name) ||
            !cv_slice_to_int64(cv_slice_range(part, 0, (size_t)equals), &fd) || fd < 3 || fd > INT32_MAX ||
            fcntl((int)fd, F_SETFD, FD_CLOEXEC) != 0 || listeners->count == CV_LISTENERS_MAX)
            continue;
        bool local = cv_slice_starts_with(name, CV_SLICE("unix:"));
        CvSlice host = CV_SLICE("localhost"), port;
        if (!local && (!split(name, &host, &port) || host.length == 0))
            host = CV_SLICE("localhost");
        CvListener *listener = add(listeners, (int)fd, name, host, local ? name.data + 5 : NULL);
        note_port(listener);
        (void)listen((int)fd, backlog);
        taken = true;
    }
    return taken;
}

/* What the program before listened on and this one does not. */
static void close_others(const CvListeners *listeners)
{
    const char *text = cv_reload_listeners();
    CvSlice rest = cv_slice(text), part;
    while (text && cv_slice_split(&rest, ',', &part)) {
        ptrdiff_t equals = cv_slice_find_byte(part, '=');
        int64_t fd;
        if (equals < 0 || !cv_slice_to_int64(cv_slice_range(part, 0, (size_t)equals), &fd) || fd < 3)
            continue;
        bool used = false;
        for (size_t i = 0; i < listeners->count; i++)
            used |= listeners->items[i].watch.fd == fd;
        if (!used)
            close((int)fd);
    }
}

bool cv_listeners_open(CvListeners *listeners, const CvServerOptions *options, CvError *error)
{
    static const char *const usual[] = {"127.0.0.1:8000", NULL};
    const char *const *names = options->bind && options->bind[0] ? options->bind : usual;
    int backlog = options->backlog ? options->backlog : 1024;
    int mode = options->unix_mode ? options->unix_mode : 0666;
    listeners->count = 0;
    for (; *names; names++) {
        CvSlice name = cv_slice(*names);
        if (listeners->count >= CV_LISTENERS_MAX || cv_slice_find_byte(name, ',') >= 0) {
            cv_listeners_close(listeners, true);
            return fail_on(error, name, "there are too many, or the name has a comma");
        }
        if (take_over(listeners, name, backlog))
            continue;
        bool opened = cv_slice_starts_with(name, CV_SLICE("unix:")) ? open_unix(listeners, name, mode, backlog, error)
                                                                    : open_tcp(listeners, name, backlog, error);
        if (!opened) {
            cv_listeners_close(listeners, false);
            return false;
        }
    }
    close_others(listeners);
    return true;
}

void cv_listeners_shut(CvListeners *listeners, bool remove_paths)
{
    for (size_t i = 0; i < listeners->count; i++) {
        CvListener *listener = &listeners->items[i];
        if (listener->watch.fd >= 0)
            close(listener->watch.fd);
        listener->watch.fd = -1;
        if (listener->path && remove_paths)
            unlink(listener->path);
    }
}

void cv_listeners_close(CvListeners *listeners, bool remove_paths)
{
    cv_listeners_shut(listeners, remove_paths);
    for (size_t i = 0; i < listeners->count; i++) {
        CvListener *listener = &listeners->items[i];
        cv_free(listener->name);
        cv_free(listener->host);
        cv_free(listener->path);
    }
    listeners->count = 0;
}

bool cv_listeners_have(const char *text, CvSlice name)
{
    CvSlice rest = cv_slice(text), part;
    while (rest.data && cv_slice_split(&rest, ',', &part)) {
        ptrdiff_t equals = cv_slice_find_byte(part, '=');
        if (equals >= 0 && cv_slice_equal(cv_slice_skip(part, (size_t)equals + 1), name))
            return true;
    }
    return false;
}

char *cv_listeners_text(const CvListeners *listeners)
{
    CvBuffer text = cv_buffer(NULL);
    for (size_t i = 0; i < listeners->count; i++)
        cv_buffer_printf(&text, "%s%d=%s", i ? "," : "", listeners->items[i].watch.fd, listeners->items[i].name);
    return cv_buffer_string(&text);
}
