/* loop.c: the turn of the loop: fibers, hooks, libuv, waiting, events, timers. */
#include "loop/loop.h"

#include <errno.h>
#include <signal.h>
#include <sys/epoll.h>
#include <unistd.h>

#include "base/backtrace.h"
#include "base/log.h"
#include "loop/private.h"

__thread CvLoop *cv_loop_of_thread;

/* Writing to a connection that the peer has closed is an error to be handled, not a reason to die. */
static void ignore_sigpipe(void)
{
    struct sigaction present;
    if (sigaction(SIGPIPE, NULL, &present) == 0 && present.sa_handler == SIG_DFL) {
        struct sigaction ignore = {.sa_handler = SIG_IGN};
        sigemptyset(&ignore.sa_mask);
        sigaction(SIGPIPE, &ignore, NULL);
    }
}

CvLoop *cv_loop(void)
{
    if (cv_loop_of_thread)
        return cv_loop_of_thread;
    int epoll = epoll_create1(EPOLL_CLOEXEC);
    if (epoll < 0)
        cv_raise(CV_ERROR_OS, "The event loop could not be made: %s.", strerror(errno));
    ignore_sigpipe();
    (void)cv_arena(); /* the thread's, so that cv_try() in the loop needs no memory */
    CvLoop *loop = cv_malloc(sizeof *loop);
    loop->epoll = epoll;
    loop->now = cv_monotonic_ms();
    loop->uv_due = UINT64_MAX;
    cv_wheel_init(&loop->wheel, loop->now);
    cv_backtrace_set_offload(cv_pool_offload);
    cv_loop_of_thread = loop;
    return loop;
}

uint64_t cv_loop_now_ms(void)
{
    CvLoop *loop = cv_loop_get();
    if (CV_UNLIKELY(!loop->turning))
        loop->now = cv_monotonic_ms();
    return loop->now;
}

/* ---- libuv's loop, nested ---- */

static void open_uv(CvLoop *loop)
{
    int code = uv_loop_init(&loop->uv);
    if (code != 0)
        cv_raise(CV_ERROR_OS, "libuv's loop could not be made: %s.", uv_strerror(code));
    struct epoll_event event = {.events = EPOLLIN, .data.ptr = loop};
    if (epoll_ctl(loop->epoll, EPOLL_CTL_ADD, uv_backend_fd(&loop->uv), &event) != 0)
        cv_raise(CV_ERROR_OS, "libuv's loop could not be watched: %s.", strerror(errno));
    loop->uv_open = true;
}

uv_loop_t *cv_loop_uv(void)
{
    CvLoop *loop = cv_loop_get();
    if (!loop->uv_open)
        open_uv(loop);
    loop->uv_touched = true;
    return &loop->uv;
}

/* libuv adds new descriptors to its set and starts new timers only when it runs, so it runs after each touch, when its
 * set has events, and when its own timers are due. In a steady state of sockets and fibers it does not run at all. */
static void run_uv(CvLoop *loop)
{
    if (!loop->uv_touched && !loop->uv_readable && loop->now < loop->uv_due)
        return;
    loop->uv_touched = loop->uv_readable = false;
    uv_run(&loop->uv, UV_RUN_NOWAIT);
    loop->uv_due = UINT64_MAX;
    if (!uv_loop_alive(&loop->uv))
        return;
    int timeout = uv_backend_timeout(&loop->uv);
    if (timeout >= 0)
        loop->uv_due = loop->now + (uint64_t)timeout;
}

/* ---- hooks ---- */

void cv_loop_hook_add(CvLoopHook *hook)
{
    CvLoop *loop = cv_loop_get();
    hook->previous = NULL;
    hook->next = loop->hooks;
    if (loop->hooks)
        loop->hooks->previous = hook;
    loop->hooks = hook;
}

void cv_loop_hook_remove(CvLoopHook *hook)
{
    CvLoop *loop = cv_loop_get();
    if (loop->hook_next == hook)
        loop->hook_next = hook->next;
    if (hook->previous)
        hook->previous->next = hook->next;
    else
        loop->hooks = hook->next;
    if (hook->next)
        hook->next->previous = hook->previous;
    hook->next = hook->previous = NULL;
}

static void run_hooks(CvLoop *loop)
{
    CvLoopHook *hook = loop->hooks;
    while (hook) {
        loop->hook_next = hook->next;
        hook->run(hook);
        hook = loop->hook_next;
    }
    loop->hook_next = NULL;
}

/* ---- waiting ---- */

static int shorter(int timeout, int64_t other)
{
    return other < 0 || (timeout >= 0 && timeout < other) ? timeout : (int)(other > INT32_MAX ? INT32_MAX : other);
}

static int time_to_wait(CvLoop *loop, int timeout)
{
    if (loop->ready_first || loop->uv_touched || loop->stopping)
        return 0;
    int64_t wheel = cv_wheel_wait(&loop->wheel);
    /* The wheel counts from its own now, which is at most the clock. */
    if (wheel > 0 && loop->now > loop->wheel.now) {
        int64_t behind = (int64_t)(loop->now - loop->wheel.now);
        wheel = wheel > behind ? wheel - behind : 0;
    }
    timeout = shorter(timeout, wheel);
    if (loop->uv_due != UINT64_MAX)
        timeout = shorter(timeout, loop->uv_due > loop->now ? (int64_t)(loop->uv_due - loop->now) : 0);
    return timeout;
}

static unsigned told(uint32_t events)
{
    unsigned ready = 0;
    if (events & EPOLLIN)
        ready |= CV_READABLE;
    if (events & EPOLLOUT)
        ready |= CV_WRITABLE;
    if (events & (EPOLLRDHUP | EPOLLHUP))
        ready |= CV_HANGUP | CV_READABLE;
    if (events & EPOLLERR)
        ready |= CV_HANGUP | CV_READABLE | CV_WRITABLE;
    return ready;
}

static void tell(CvWatch *watch, uint32_t events)
{
    watch->ready |= told(events);
    if (watch->run) {
        watch->run(watch);
        return;
    }
    /* A fiber that is woken for nothing looks again and parks again. */
    if (watch->reader)
        cv_fiber_wake(watch->reader);
    if (watch->writer && watch->writer != watch->reader)
        cv_fiber_wake(watch->writer);
}

void cv_loop_set_beat(_Atomic uint64_t *beat)
{
    cv_loop_get()->beat = beat;
}

static void set_beat(CvLoop *loop, uint64_t now)
{
    if (loop->beat)
        atomic_store_explicit(loop->beat, now, memory_order_relaxed);
}

static void wait_for_events(CvLoop *loop, int timeout)
{
    set_beat(loop, 0);
    int count = epoll_wait(loop->epoll, loop->events, CV_LOOP_EVENTS, timeout);
    loop->now = cv_monotonic_ms();
    set_beat(loop, loop->now);
    if (count < 0 && errno != EINTR)
        cv_log(CV_LOG_ERROR, "caravan.loop", "epoll_wait failed: %s", strerror(errno));
    loop->event_count = count < 0 ? 0 : count;
    for (loop->event_at = 0; loop->event_at < loop->event_count; loop->event_at++) {
        const struct epoll_event *event = &loop->events[loop->event_at];
        if (event->data.ptr == loop)
            loop->uv_readable = true;
        else if (event->data.ptr)
            tell(event->data.ptr, event->events);
    }
    loop->event_count = 0;
}

/* libuv polls for referenced handles only, so those that should not keep the loop going are counted here instead. */
static bool uv_has_work(const CvLoop *loop)
{
    return loop->uv_touched || loop->uv.active_handles > loop->uv_weak || loop->uv.active_reqs.count > 0 ||
           loop->uv.closing_handles;
}

static bool has_work(const CvLoop *loop)
{
    return loop->alive || loop->ready_first || loop->wheel.count || loop->holding ||
           (loop->uv_open && uv_has_work(loop));
}

static void turn(CvLoop *loop, int timeout, bool until_done)
{
    cv_fiber_run_ready(loop);
    if (loop->hooks)
        run_hooks(loop);
    if (loop->uv_open)
        run_uv(loop);
    if (until_done && !has_work(loop))
        return;
    wait_for_events(loop, time_to_wait(loop, timeout));
    cv_wheel_run(&loop->wheel, loop->now);
}

static CvLoop *enter(void)
{
    CvLoop *loop = cv_loop_get();
    if (loop->current || loop->turning)
        cv_raise(CV_ERROR_ASSERTION, "The loop was run from within itself.");
    loop->turning = true;
    return loop;
}

void cv_loop_turn(int timeout_ms)
{
    CvLoop *loop = enter();
    turn(loop, timeout_ms, false);
    loop->turning = false;
}

void cv_loop_run(void)
{
    CvLoop *loop = enter();
    loop->stopping = false;
    while (!loop->stopping && has_work(loop))
        turn(loop, -1, true);
    loop->stopping = false;
    loop->turning = false;
}

void cv_loop_stop(void)
{
    cv_loop_get()->stopping = true;
}

/* ---- the end ---- */

static void free_loop(CvLoop *loop)
{
    close(loop->epoll);
    cv_free(loop);
}

void cv_loop_close(void)
{
    CvLoop *loop = cv_loop_of_thread;
    if (!loop)
        return;
    cv_fiber_free_pool(loop);
    if (loop->uv_open) {
        /* Handles that were closed need a turn to go. */
        for (int i = 0; i < 8 && uv_loop_close(&loop->uv) == UV_EBUSY; i++)
            uv_run(&loop->uv, UV_RUN_NOWAIT);
    }
    cv_loop_of_thread = NULL;
    free_loop(loop);
}

void cv_loop_forget(void)
{
    CvLoop *loop = cv_loop_of_thread;
    if (!loop)
        return;
    cv_fiber_free_pool(loop);
    /* libuv's structures are shared with nobody, but closing them would touch the parent's epoll set: only the
     * descriptor goes. */
    if (loop->uv_open)
        close(uv_backend_fd(&loop->uv));
    cv_loop_of_thread = NULL;
    free_loop(loop);
}
