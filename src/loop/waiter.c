/* waiter.c: lists of fibers that wait for the same thing. */
#include "loop/private.h"

struct CvWaiter {
    CvFiber *fiber;
    CvWaiter *next, *previous;
    bool taken;
};

static void take_out(CvWaitList *list, CvWaiter *waiter)
{
    if (waiter->previous)
        waiter->previous->next = waiter->next;
    else
        list->first = waiter->next;
    if (waiter->next)
        waiter->next->previous = waiter->previous;
    else
        list->last = waiter->previous;
}

bool cv_wait_list_park(CvWaitList *list, uint64_t deadline)
{
    CvWaiter waiter = {.fiber = cv_fiber_current(), .previous = list->last};
    if (list->last)
        list->last->next = &waiter;
    else
        list->first = &waiter;
    list->last = &waiter;
    while (!waiter.taken) {
        if (!cv_fiber_park(deadline) && !waiter.taken) {
            take_out(list, &waiter);
            return false;
        }
    }
    return true;
}

bool cv_wait_list_wake(CvWaitList *list)
{
    CvWaiter *waiter = list->first;
    if (!waiter)
        return false;
    take_out(list, waiter);
    waiter->taken = true;
    cv_fiber_wake(waiter->fiber);
    return true;
}

void cv_wait_list_wake_all(CvWaitList *list)
{
    while (cv_wait_list_wake(list)) {}
}
