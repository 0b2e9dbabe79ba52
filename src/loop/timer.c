/* timer.c: the timer wheel: eleven levels of 64 slots, each level 64 times coarser than the one below. A timer stands
 * at the level of the highest digit in which its deadline differs from now, and moves down as that digit is reached. */
#include <errno.h>

#include "loop/private.h"

#define DIGIT_BITS 6

static void list_init(CvTimer *head)
{
    head->next = head->previous = head;
}

static void list_add(CvTimer *head, CvTimer *timer)
{
    timer->next = head;
    timer->previous = head->previous;
    head->previous->next = timer;
    head->previous = timer;
}

static void list_remove(CvTimer *timer)
{
    timer->previous->next = timer->next;
    timer->next->previous = timer->previous;
    timer->next = timer->previous = NULL;
}

/* Everything of `from` goes to the end of `to`. */
static void list_move(CvTimer *to, CvTimer *from)
{
    if (from->next == from)
        return;
    from->next->previous = to->previous;
    to->previous->next = from->next;
    from->previous->next = to;
    to->previous = from->previous;
    list_init(from);
}

void cv_wheel_init(CvWheel *wheel, uint64_t now)
{
    wheel->now = now;
    list_init(&wheel->due);
    for (int level = 0; level < CV_WHEEL_LEVELS; level++)
        for (int slot = 0; slot < CV_WHEEL_SLOTS; slot++)
            list_init(&wheel->slots[level][slot]);
}

static void place(CvWheel *wheel, CvTimer *timer)
{
    if (timer->deadline <= wheel->now) {
        list_add(&wheel->due, timer);
        return;
    }
    int level = (63 - __builtin_clzll(timer->deadline ^ wheel->now)) / DIGIT_BITS;
    unsigned slot = (unsigned)(timer->deadline >> (level * DIGIT_BITS)) & (CV_WHEEL_SLOTS - 1);
    list_add(&wheel->slots[level][slot], timer);
    wheel->used[level] |= UINT64_C(1) << slot;
}

/* The lowest level that has a slot in use after forgetting slots whose timers were all cleared; -1: none. *at is when
 * that slot begins. Higher levels begin later than all of a lower one. */
static int next_slot(CvWheel *wheel, uint64_t *at, unsigned *slot)
{
    for (int level = 0; level < CV_WHEEL_LEVELS; level++) {
        while (wheel->used[level]) {
            *slot = (unsigned)__builtin_ctzll(wheel->used[level]);
            const CvTimer *head = &wheel->slots[level][*slot];
            if (head->next == head) {
                wheel->used[level] &= wheel->used[level] - 1;
                continue;
            }
            int shift = level * DIGIT_BITS;
            uint64_t above = shift + DIGIT_BITS >= 64 ? 0 : wheel->now >> (shift + DIGIT_BITS) << (shift + DIGIT_BITS);
            *at = above | (uint64_t)*slot << shift;
            return level;
        }
    }
    return -1;
}

static void advance(CvWheel *wheel, uint64_t now)
{
    uint64_t at;
    unsigned slot;
    int level;
    while ((level = next_slot(wheel, &at, &slot)) >= 0 && at <= now) {
        CvTimer moving;
        list_init(&moving);
        list_move(&moving, &wheel->slots[level][slot]);
        wheel->used[level] &= ~(UINT64_C(1) << slot);
        wheel->now = at;
        while (moving.next != &moving) {
            CvTimer *timer = moving.next;
            list_remove(timer);
            place(wheel, timer);
        }
    }
    if (now > wheel->now)
        wheel->now = now;
}

void cv_wheel_run(CvWheel *wheel, uint64_t now)
{
    if (wheel->count == 0) {
        wheel->now = now > wheel->now ? now : wheel->now;
        return;
    }
    advance(wheel, now);
    /* A timer that is set again for now runs in the next turn. */
    CvTimer running;
    list_init(&running);
    list_move(&running, &wheel->due);
    while (running.next != &running) {
        CvTimer *timer = running.next;
        list_remove(timer);
        wheel->count--;
        timer->run(timer);
    }
}

int64_t cv_wheel_wait(const CvWheel *wheel)
{
    if (wheel->count == 0)
        return -1;
    if (wheel->due.next != &wheel->due)
        return 0;
    uint64_t at;
    unsigned slot;
    /* Forgetting empty slots changes nothing that shows. */
    if (next_slot((CvWheel *)(uintptr_t)wheel, &at, &slot) < 0)
        return -1;
    uint64_t left = at > wheel->now ? at - wheel->now : 0;
    return left > INT32_MAX ? INT32_MAX : (int64_t)left;
}

void cv_timer_set(CvTimer *timer, uint64_t deadline)
{
    CvWheel *wheel = &cv_loop_get()->wheel;
    if (timer->next)
        list_remove(timer);
    else
        wheel->count++;
    timer->deadline = deadline;
    place(wheel, timer);
}

void cv_timer_clear(CvTimer *timer)
{
    if (!timer->next)
        return;
    list_remove(timer);
    cv_loop_get()->wheel.count--;
}

void cv_sleep(uint64_t milliseconds)
{
    if (cv_in_fiber()) {
        uint64_t until = cv_monotonic_ms() + milliseconds;
        while (cv_fiber_park(until)) {}
        return;
    }
    struct timespec rest = {.tv_sec = (time_t)(milliseconds / 1000), .tv_nsec = (long)(milliseconds % 1000) * 1000000};
    while (nanosleep(&rest, &rest) != 0 && errno == EINTR) {}
}
