/* fiber.h: functions with a stack of their own that can wait.
 *
 *     static void work(void *argument)
 *     {
 *         waiter = cv_fiber_current();
 *         cv_fiber_park(0);                    // until somebody calls cv_fiber_wake(waiter)
 *     }
 *     cv_fiber_spawn(work, NULL, &(CvFiberOptions){.label = "worker"});
 *
 * Each fiber has a CvSelf (base/self.h) with an arena that is emptied when the fiber ends, so cv_alloc(), cv_defer()
 * and cv_try() inside it are its own. A fiber stays on the thread that made it. Stacks are 256 KiB of address space,
 * of which the kernel gives pages as they are touched, behind a guard; whoever runs into the guard ends the process
 * with a message that names the fiber's label. */
#ifndef CV_LOOP_FIBER_H
#define CV_LOOP_FIBER_H

#include "base/self.h"

CV_API_BEGIN

typedef struct CvFiber CvFiber;

typedef struct CvFiberOptions {
    const char *label;             /* static text or text that outlives the fiber; for messages. Default "fiber" */
    size_t arena_budget;           /* bytes of the fiber's arena; 0: no limit */
    bool unguarded;                /* `run` lets no raise escape: spares the cv_try around it */
    void (*ended)(void *argument); /* called in the loop, outside fibers, after the fiber has ended; or NULL */
} CvFiberOptions;

/* Makes a fiber that runs `run(argument)` in this turn of the loop, after what is ready already. NULL with errno set
 * (ENOMEM) if there is no memory for a stack. A raise that nobody handled ends the fiber and is logged. */
CvFiber *cv_fiber_spawn(void (*run)(void *argument), void *argument, const CvFiberOptions *options) CV_NODISCARD;
/* The same, but outside fibers it runs at once, until it parks or ends. Returns true if it has ended already; *fiber
 * is set while it has not (may be NULL). False with *fiber NULL: no memory for a stack. */
bool cv_fiber_run(void (*run)(void *argument), void *argument, const CvFiberOptions *options, CvFiber **fiber);

/* The running fiber, or NULL outside. */
static inline CvFiber *cv_fiber_current(void)
{
    return (CvFiber *)cv_self()->fiber;
}
static inline bool cv_in_fiber(void)
{
    return cv_fiber_current() != NULL;
}

/* Waits until cv_fiber_wake(), or until `deadline` (cv_loop_now_ms() clock; 0: none). True: woken, false: the time is
 * over. A wake that came before the park is not lost. Only in a fiber. May return true without a reason; callers look
 * at what they wait for again. */
bool cv_fiber_park(uint64_t deadline);
/* Makes a parked fiber ready; it runs in this or the next turn. Calling it for a fiber that is not parked makes its
 * next park return at once. Only on the fiber's thread and while it lives. */
void cv_fiber_wake(CvFiber *fiber);
/* Lets others run that are ready; comes back in the next turn. Nothing outside fibers. */
void cv_fiber_yield(void);

/* What overflow messages and logs call this fiber: the view's name. */
void cv_fiber_set_label(const char *label);

/* A list of fibers that wait for the same thing, first come first served. Zero it to begin with. */
typedef struct CvWaiter CvWaiter;
typedef struct CvWaitList {
    CvWaiter *first, *last;
} CvWaitList;
/* Parks in the list. True: cv_wait_list_wake() took it out; false: the deadline passed. */
bool cv_wait_list_park(CvWaitList *list, uint64_t deadline);
/* Takes the first one out and wakes it; false if nobody waits. */
bool cv_wait_list_wake(CvWaitList *list);
void cv_wait_list_wake_all(CvWaitList *list);

/* For measurement and tests: fibers alive on this thread, and stacks kept for the next ones. */
size_t cv_fiber_count(void);
size_t cv_fiber_pooled(void);
/* Stacks of fibers made from now on: bytes of usable stack (rounded up to pages), at least 32 KiB; 0: the default. */
void cv_fiber_set_stack_size(size_t size);

CV_API_END

#endif
