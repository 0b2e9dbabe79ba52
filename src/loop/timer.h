/* timer.h: cheap timers in a hierarchical wheel: setting and clearing one is a few instructions.
 *
 *     static void expired(CvTimer *timer) { Connection *c = timer->argument; ... }
 *     CvTimer timer = {.run = expired, .argument = connection};
 *     cv_timer_set(&timer, cv_loop_now_ms() + 5000);
 *     cv_timer_clear(&timer);
 *
 * Resolution is a millisecond; a timer runs at its deadline or later, never before. */
#ifndef CV_LOOP_TIMER_H
#define CV_LOOP_TIMER_H

#include "base/compiler.h"

CV_API_BEGIN

/* The caller's memory; zero it, fill in `run`. The rest is the wheel's. */
typedef struct CvTimer {
    void (*run)(struct CvTimer *timer); /* in the loop, outside fibers; may set the timer again or free it */
    void *argument;
    struct CvTimer *next, *previous; /* NULL: not set */
    uint64_t deadline;
} CvTimer;

/* Sets or moves it to a point of the cv_loop_now_ms() clock. */
void cv_timer_set(CvTimer *timer, uint64_t deadline);
void cv_timer_clear(CvTimer *timer);
static inline bool cv_timer_is_set(const CvTimer *timer)
{
    return timer->next != NULL;
}

/* Parks the fiber, or blocks the thread, for so many milliseconds. */
void cv_sleep(uint64_t milliseconds);

CV_API_END

#endif
