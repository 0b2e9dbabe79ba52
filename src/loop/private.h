/* private.h: what the files of this folder share: the loop, its wheel, its fibers. */
#ifndef CV_LOOP_PRIVATE_H
#define CV_LOOP_PRIVATE_H

#include <sys/epoll.h>
#include <uv.h>

#include "loop/loop.h"
#include "loop/sanitizer.h"

/* Boost.Context's C entry points (the assembly behind its C++ headers): a context is a stack pointer below which the
 * registers were pushed. */
typedef void *CvContext;
typedef struct CvTransfer {
    CvContext from; /* who switched here */
    void *data;
} CvTransfer;
extern CvContext make_fcontext(void *stack_top, size_t size, void (*entry)(CvTransfer));
extern CvTransfer jump_fcontext(CvContext to, void *data);

/* pool.c: cv_pool_run() that does not raise, for backtraces. */
void cv_pool_offload(void (*run)(void *argument), void *argument);

#define CV_WHEEL_LEVELS 11 /* of 6 bits: every 64-bit deadline */
#define CV_WHEEL_SLOTS 64

typedef struct CvWheel {
    uint64_t now;
    uint64_t used[CV_WHEEL_LEVELS]; /* a bit a slot that may hold timers */
    CvTimer slots[CV_WHEEL_LEVELS][CV_WHEEL_SLOTS];
    CvTimer due; /* deadlines that have come */
    size_t count;
} CvWheel;

typedef struct CvStack {
    char *base;   /* of the mapping: the guard */
    char *low;    /* lowest usable byte */
    size_t size;  /* usable bytes */
    size_t whole; /* of the mapping */
} CvStack;

typedef enum CvFiberState { CV_FIBER_IDLE, CV_FIBER_READY, CV_FIBER_RUNNING, CV_FIBER_PARKED } CvFiberState;

struct CvFiber {
    CvSelf self;
    CvContext context;
    void (*run)(void *argument);
    void *argument;
    void (*ended)(void *argument);
    struct CvFiber *next; /* in the ready queue or the pool */
    CvLoop *loop;
    CvTimer timer; /* of a park with a deadline */
    uint8_t state;
    bool wake_pending, timed_out, unguarded;
    CvStack stack;
    void *fake_stack; /* ASan's */
    void *tsan;
    unsigned valgrind;
};

#define CV_LOOP_EVENTS 128

struct CvLoop {
    int epoll;
    bool stopping, turning;
    uint64_t now; /* milliseconds */
    CvWheel wheel;

    /* fibers */
    CvFiber *ready_first, *ready_last;
    CvFiber *current;
    CvFiber *pool;
    size_t pooled, alive, ended;
    CvContext context; /* of the loop while a fiber runs */
    void *fake_stack;  /* ASan's, of the loop's stack */
    const void *stack_low;
    size_t stack_size;
    void *tsan;

    /* descriptors */
    struct epoll_event events[CV_LOOP_EVENTS];
    int event_at, event_count;
    _Atomic uint64_t *beat;
    size_t holding; /* watches and calls that keep cv_loop_run() going */

    CvLoopHook *hooks, *hook_next;

    /* libuv */
    bool uv_open, uv_touched, uv_readable;
    unsigned uv_weak; /* handles that do not keep cv_loop_run() going */
    uint64_t uv_due;  /* UINT64_MAX: no timer of its own */
    uv_loop_t uv;
};

extern __thread CvLoop *cv_loop_of_thread;
static inline CvLoop *cv_loop_get(void)
{
    return CV_LIKELY(cv_loop_of_thread != NULL) ? cv_loop_of_thread : cv_loop();
}

/* fiber.c */
void cv_fiber_run_ready(CvLoop *loop);
void cv_fiber_free_pool(CvLoop *loop);

/* socket.c: the descriptor of a socket that was made without one */
void cv_socket_take(CvSocket *socket, int fd);

/* stack.c */
bool cv_stack_create(CvStack *stack);
void cv_stack_destroy(CvStack *stack);
/* Gives pages back that were touched deep down. */
void cv_stack_relax(CvStack *stack);
/* Gives back all pages but the topmost. */
void cv_stack_discard(CvStack *stack);

/* overflow.c: once per thread that runs fibers */
void cv_overflow_watch(void);

/* timer.c */
void cv_wheel_init(CvWheel *wheel, uint64_t now);
/* Runs what is due at `now`. */
void cv_wheel_run(CvWheel *wheel, uint64_t now);
/* Milliseconds until something may be due, -1 if nothing is set. */
int64_t cv_wheel_wait(const CvWheel *wheel);

#endif
