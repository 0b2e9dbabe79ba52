/* watch.c: descriptors in the loop's set, and waiting for one of them. */
#include <errno.h>
#include <poll.h>

#include "loop/private.h"

bool cv_watch_add(CvWatch *watch)
{
    CvLoop *loop = cv_loop_get();
    struct epoll_event event = {.events = EPOLLIN | EPOLLOUT | EPOLLRDHUP | EPOLLET, .data.ptr = watch};
    if (watch->listens)
        event.events = EPOLLIN | EPOLLEXCLUSIVE;
    if (epoll_ctl(loop->epoll, EPOLL_CTL_ADD, watch->fd, &event) != 0)
        return false;
    watch->added = true;
    if (watch->holds)
        loop->holding++;
    return true;
}

/* Events of this turn that were fetched but not told yet must not reach a watch that is gone. */
static void forget_events(CvLoop *loop, const CvWatch *watch)
{
    for (int i = loop->event_at + 1; i < loop->event_count; i++)
        if (loop->events[i].data.ptr == watch)
            loop->events[i].data.ptr = NULL;
}

void cv_watch_remove(CvWatch *watch)
{
    if (!watch->added)
        return;
    CvLoop *loop = cv_loop_get();
    (void)epoll_ctl(loop->epoll, EPOLL_CTL_DEL, watch->fd, NULL);
    forget_events(loop, watch);
    watch->added = false;
    if (watch->holds)
        loop->holding--;
}

void cv_watch_forget(CvWatch *watch)
{
    if (!watch->added)
        return;
    CvLoop *loop = cv_loop_get();
    forget_events(loop, watch);
    watch->added = false;
    if (watch->holds)
        loop->holding--;
}

/* Milliseconds from now to a deadline as poll() takes them. */
static int until(uint64_t deadline)
{
    if (deadline == 0)
        return -1;
    uint64_t now = cv_monotonic_ms();
    uint64_t left = deadline > now ? deadline - now : 0;
    return left > INT32_MAX ? INT32_MAX : (int)left;
}

static unsigned poll_wait(int fd, unsigned events, uint64_t deadline)
{
    struct pollfd one = {.fd = fd};
    one.events = (short)((events & CV_READABLE ? POLLIN | POLLRDHUP : 0) | (events & CV_WRITABLE ? POLLOUT : 0));
    int count;
    do
        count = poll(&one, 1, until(deadline));
    while (count < 0 && errno == EINTR);
    if (count <= 0)
        return 0;
    unsigned ready = (one.revents & POLLIN ? CV_READABLE : 0) | (one.revents & POLLOUT ? CV_WRITABLE : 0);
    if (one.revents & (POLLHUP | POLLERR | POLLNVAL | POLLRDHUP))
        ready |= CV_HANGUP | (events & (CV_READABLE | CV_WRITABLE));
    return ready;
}

static CvFiber **place_of(CvWatch *watch, unsigned events)
{
    return events & CV_READABLE ? &watch->reader : &watch->writer;
}

bool cv_watch_wait(CvWatch *watch, unsigned events, uint64_t deadline)
{
    if (!cv_in_fiber()) {
        watch->ready |= poll_wait(watch->fd, events, deadline);
        return watch->ready & (events | CV_HANGUP);
    }
    if (!watch->added && !cv_watch_add(watch)) {
        watch->ready |= events; /* what epoll does not take (a file) never blocks */
        return true;
    }
    CvFiber **place = place_of(watch, events);
    bool in_time = true;
    *place = cv_fiber_current();
    while (in_time && !(watch->ready & (events | CV_HANGUP)))
        in_time = cv_fiber_park(deadline);
    *place = NULL;
    return watch->ready & (events | CV_HANGUP);
}

unsigned cv_fd_wait(int fd, unsigned events, uint64_t deadline)
{
    if (!cv_in_fiber())
        return poll_wait(fd, events, deadline);
    CvWatch watch = {.fd = fd};
    if (!cv_watch_add(&watch)) {
        /* EPERM: a file, always ready. Else the caller's next system call says what is wrong. */
        return events;
    }
    (void)cv_watch_wait(&watch, events, deadline);
    cv_watch_remove(&watch);
    unsigned ready = watch.ready & (events | CV_HANGUP);
    return ready & CV_HANGUP ? ready | events : ready;
}
