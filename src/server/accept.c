/* accept.c: taking connections, fairly among workers, and what to do when there is no room for another. */
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/epoll.h>
#include <sys/un.h>
#include <unistd.h>

#include "base/log.h"
#include "loop/system.h"
#include "server/private.h"

#define PAUSE 100            /* milliseconds without descriptors or room before the next try */
#define AT_ONCE 64           /* connections taken in one go where nobody else could take them */
#define READER_PATIENCE 1000 /* milliseconds that a client may leave an answer while others wait for its place */
#define FINISH_MOST 4096     /* of a listener's queue when stopping */

typedef union Address {
    struct sockaddr any;
    struct sockaddr_in four;
    struct sockaddr_in6 six;
    struct sockaddr_un local;
} Address;

static void leave_listeners(CvServer *server)
{
    for (size_t i = 0; i < server->listeners->count; i++)
        cv_watch_remove(&server->listeners->items[i].watch);
    server->accepting = false;
}

static void pause_accepting(CvServer *server, uint64_t how_long)
{
    leave_listeners(server);
    if (how_long)
        cv_timer_set(&server->accept_timer, cv_loop_now_ms() + how_long);
}

/* No descriptor is left: the spare one is spent to take the client off the queue and close it, so that the queue does
 * not wake us for ever; then there is a pause. */
static void out_of_descriptors(CvServer *server, int listener)
{
    cv_log(CV_LOG_WARNING, "caravan.server", "A connection was refused: no file descriptors are left");
    if (server->reserve >= 0) {
        close(server->reserve);
        int fd = accept4(listener, NULL, NULL, SOCK_CLOEXEC);
        if (fd >= 0)
            close(fd);
        server->reserve = open("/dev/null", O_RDONLY | O_CLOEXEC);
    }
    pause_accepting(server, PAUSE);
}

/* True if there may be another one. */
static bool accept_one(CvServer *server, const CvListener *listener)
{
    Address address = {0};
    socklen_t size = sizeof address;
    int fd = cv_system.accept4(listener->watch.fd, &address.any, &size, SOCK_NONBLOCK | SOCK_CLOEXEC);
    if (fd >= 0) {
        cv_connection_open(server, listener, fd, &address.any);
        return true;
    }
    if (errno == EMFILE || errno == ENFILE || errno == ENOBUFS || errno == ENOMEM) {
        out_of_descriptors(server, listener->watch.fd);
        return false;
    }
    /* The network may have taken it back before we came (accept(2)): try the next. */
    return errno != EAGAIN && errno != EBADF && errno != EINVAL && errno != ENOTSOCK;
}

/* Room for one more, made by closing the connection that was idle longest if need be, or else the one whose client has
 * left its answers unread longest. */
static bool has_room(CvServer *server, const CvListener *listener)
{
    if (server->status.connections < server->limits.connections)
        return true;
    struct pollfd queue = {.fd = listener->watch.fd, .events = POLLIN};
    if (poll(&queue, 1, 0) != 1) /* nobody waits for the place */
        return true;
    CvConnection *idle = server->lists[CV_LIST_IDLE].first, *flushing = server->lists[CV_LIST_FLUSHING].first;
    if (idle)
        cv_connection_close(idle);
    else if (flushing)
        (void)cv_connection_evict(flushing, READER_PATIENCE);
    return server->status.connections < server->limits.connections;
}

/* What the kernel refuses now (its watches are counted) is tried again: a listener must not stay deaf. */
static void watch_listener(CvServer *server, CvWatch *watch)
{
    if (watch->added || cv_watch_add(watch))
        return;
    cv_log(CV_LOG_ERROR, "caravan.server", "A listener cannot be watched: %s", strerror(errno));
    cv_timer_set(&server->accept_timer, cv_loop_now_ms() + PAUSE);
}

static void on_connection(CvWatch *watch)
{
    CvServer *server = watch->argument;
    const CvListener *listener = (const CvListener *)watch; /* its first member */
    int most = server->share ? 1 : AT_ONCE;
    for (int i = 0; i < most && server->accepting; i++) {
        if (!has_room(server, listener)) {
            pause_accepting(server, server->lists[CV_LIST_FLUSHING].first ? PAUSE : 0);
            return;
        }
        if (!accept_one(server, listener))
            break;
    }
    /* Of processes that wait exclusively the kernel wakes the one that has been in the line longest: whoever took a
     * connection goes to the end of the line, so that idle workers take turns. */
    if (server->share && server->accepting) {
        cv_watch_remove(watch);
        watch_listener(server, watch);
    }
    watch->ready = 0;
}

static void on_pause_over(CvTimer *timer)
{
    CvServer *server = timer->argument;
    if (!server->status.stopping)
        cv_accept_start(server);
}

void cv_accept_start(CvServer *server)
{
    server->accept_timer.run = on_pause_over;
    server->accept_timer.argument = server;
    server->accepting = true;
    for (size_t i = 0; i < server->listeners->count; i++) {
        CvWatch *watch = &server->listeners->items[i].watch;
        watch->run = on_connection;
        watch->argument = server;
        watch->listens = true;
        watch->holds = true;
        watch->ready = 0;
        watch_listener(server, watch);
    }
}

void cv_accept_resume(CvServer *server)
{
    if (!server->accepting && !cv_timer_is_set(&server->accept_timer) && !server->stopped)
        cv_accept_start(server);
}

void cv_accept_finish(CvServer *server)
{
    cv_timer_clear(&server->accept_timer);
    leave_listeners(server);
    server->accepting = true; /* so that accept_one() may pause */
    for (size_t i = 0; i < server->listeners->count; i++)
        for (int k = 0; k < FINISH_MOST && server->accepting && has_room(server, &server->listeners->items[i]); k++)
            if (!accept_one(server, &server->listeners->items[i]))
                break;
    cv_timer_clear(&server->accept_timer);
    server->accepting = false;
}
