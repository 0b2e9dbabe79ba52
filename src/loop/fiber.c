/* fiber.c: making, switching, parking and waking fibers. Fibers switch to the loop only, and the loop to fibers. */
#include <errno.h>

#include "base/log.h"
#include "loop/private.h"
#include "loop/system.h"

/* Fibers kept for the next ones, and how many of them keep their pages. */
#define POOL_MOST 256
#define POOL_WARM 32

static void switch_to_fiber(CvLoop *loop, CvFiber *fiber)
{
    CvSelf *outer = cv_self_switch(&fiber->self);
    loop->current = fiber;
    fiber->state = CV_FIBER_RUNNING;
    __sanitizer_start_switch_fiber(&loop->fake_stack, fiber->stack.low, fiber->stack.size);
    __tsan_switch_to_fiber(fiber->tsan, 0);
    CvTransfer transfer = jump_fcontext(fiber->context, fiber);
    __sanitizer_finish_switch_fiber(loop->fake_stack, NULL, NULL);
    fiber->context = transfer.from;
    loop->current = NULL;
    cv_self_switch(outer);
}

/* `last`: the fiber's stack is not used any more. */
static void switch_to_loop(CvFiber *fiber, bool last)
{
    CvLoop *loop = fiber->loop;
    __sanitizer_start_switch_fiber(last ? NULL : &fiber->fake_stack, loop->stack_low, loop->stack_size);
    __tsan_switch_to_fiber(loop->tsan, 0);
    CvTransfer transfer = jump_fcontext(loop->context, NULL);
    __sanitizer_finish_switch_fiber(fiber->fake_stack, &loop->stack_low, &loop->stack_size);
    loop->context = transfer.from;
}

static void run_body(CvFiber *fiber)
{
    CvError *error;
    if (fiber->unguarded)
        fiber->run(fiber->argument);
    else if (!cv_try(fiber->run, fiber->argument, &error))
        cv_log_error("caravan.fiber", error);
    cv_arena_reset(fiber->self.arena);
}

/* A fiber's stack runs one body after the other; a fiber without a body to run ends for good. */
static void fiber_main(CvTransfer transfer)
{
    CvFiber *fiber = transfer.data;
    CvLoop *loop = fiber->loop;
    __sanitizer_finish_switch_fiber(NULL, &loop->stack_low, &loop->stack_size);
    loop->context = transfer.from;
    while (fiber->run) {
        run_body(fiber);
        fiber->state = CV_FIBER_IDLE;
        switch_to_loop(fiber, false);
    }
    switch_to_loop(fiber, true);
    abort();
}

static void free_fiber(CvFiber *fiber)
{
    fiber->run = NULL;
    switch_to_fiber(fiber->loop, fiber);
    cv_self_release(&fiber->self);
    cv_arena_destroy(fiber->self.arena);
    __tsan_destroy_fiber(fiber->tsan);
    VALGRIND_STACK_DEREGISTER(fiber->valgrind);
    cv_stack_destroy(&fiber->stack);
    cv_free(fiber);
}

static CvFiber *make_fiber(CvLoop *loop)
{
    CvStack stack;
    if (!cv_stack_create(&stack))
        return NULL;
    cv_overflow_watch();
    CvFiber *fiber = cv_malloc_or_null(sizeof *fiber);
    if (!fiber) {
        cv_stack_destroy(&stack);
        errno = ENOMEM;
        return NULL;
    }
    fiber->loop = loop;
    fiber->stack = stack;
    fiber->context = make_fcontext(stack.low + stack.size, stack.size, fiber_main);
    fiber->tsan = __tsan_create_fiber(0);
    fiber->valgrind = (unsigned)VALGRIND_STACK_REGISTER(stack.low, stack.low + stack.size);
    fiber->self.fiber = fiber;
    if (!loop->tsan)
        loop->tsan = __tsan_get_current_fiber();
    return fiber;
}

static void make_arena(void *argument)
{
    CvFiber *fiber = argument;
    fiber->self.arena = cv_arena_create(0);
}

/* A fiber with a stack and an arena; NULL with errno. */
static CvFiber *find_fiber(CvLoop *loop)
{
    CvFiber *fiber = loop->pool;
    if (CV_LIKELY(fiber != NULL)) {
        loop->pool = fiber->next;
        loop->pooled--;
    } else if (!(fiber = make_fiber(loop))) {
        return NULL;
    }
    if (CV_UNLIKELY(!fiber->self.arena) && !cv_try(make_arena, fiber, NULL)) {
        free_fiber(fiber);
        errno = ENOMEM;
        return NULL;
    }
    return fiber;
}

static CvFiber *take_fiber(CvLoop *loop, void (*run)(void *argument), void *argument, const CvFiberOptions *options)
{
    CvFiber *fiber = find_fiber(loop);
    if (!fiber)
        return NULL;
    fiber->run = run;
    fiber->argument = argument;
    fiber->ended = options ? options->ended : NULL;
    fiber->unguarded = options && options->unguarded;
    fiber->self.label = options && options->label ? options->label : "fiber";
    fiber->self.arena->budget = options ? options->arena_budget : 0;
    fiber->self.arena->name = fiber->self.label;
    fiber->next = NULL;
    fiber->wake_pending = fiber->timed_out = false;
    loop->alive++;
    return fiber;
}

/* What a fiber leaves in its CvSelf must not reach the next one. */
static void forget_self(CvSelf *self)
{
    self->handler = NULL;
    self->zone = NULL;
    self->locale = NULL;
    self->translator = NULL;
    self->request = NULL;
    self->databases = NULL;
}

/* A fiber that is kept for a crowd that may not come back keeps no memory but its stack's top page. */
static void cool(CvFiber *fiber)
{
    cv_self_release(&fiber->self);
    cv_arena_destroy(fiber->self.arena);
    fiber->self.arena = NULL;
    cv_stack_discard(&fiber->stack);
}

static void give_fiber_back(CvLoop *loop, CvFiber *fiber)
{
    void (*ended)(void *argument) = fiber->ended;
    void *argument = fiber->argument;
    forget_self(&fiber->self);
    if ((++loop->ended & 31) == 0)
        cv_stack_relax(&fiber->stack);
    loop->alive--;
    if (loop->pooled >= POOL_MOST) {
        free_fiber(fiber);
    } else {
        if (loop->pooled >= POOL_WARM)
            cool(fiber);
        fiber->next = loop->pool;
        loop->pool = fiber;
        loop->pooled++;
    }
    if (ended)
        ended(argument);
}

/* True if the fiber ended. */
static bool resume(CvLoop *loop, CvFiber *fiber)
{
    switch_to_fiber(loop, fiber);
    if (fiber->state != CV_FIBER_IDLE)
        return false;
    give_fiber_back(loop, fiber);
    return true;
}

static void make_ready(CvLoop *loop, CvFiber *fiber)
{
    fiber->state = CV_FIBER_READY;
    fiber->next = NULL;
    if (loop->ready_last)
        loop->ready_last->next = fiber;
    else
        loop->ready_first = fiber;
    loop->ready_last = fiber;
}

CvFiber *cv_fiber_spawn(void (*run)(void *argument), void *argument, const CvFiberOptions *options)
{
    CvLoop *loop = cv_loop_get();
    CvFiber *fiber = take_fiber(loop, run, argument, options);
    if (fiber)
        make_ready(loop, fiber);
    return fiber;
}

bool cv_fiber_run(void (*run)(void *argument), void *argument, const CvFiberOptions *options, CvFiber **out)
{
    CvLoop *loop = cv_loop_get();
    CvFiber *fiber = take_fiber(loop, run, argument, options);
    bool ended = false;
    if (fiber) {
        if (loop->current)
            make_ready(loop, fiber);
        else
            ended = resume(loop, fiber);
    }
    if (out)
        *out = ended ? NULL : fiber;
    return ended;
}

/* Only those that are ready now: who wakes himself again waits for the next turn, so that descriptors are served. */
void cv_fiber_run_ready(CvLoop *loop)
{
    CvFiber *fiber = loop->ready_first;
    loop->ready_first = loop->ready_last = NULL;
    while (fiber) {
        CvFiber *next = fiber->next;
        resume(loop, fiber);
        fiber = next;
    }
}

void cv_fiber_free_pool(CvLoop *loop)
{
    while (loop->pool) {
        CvFiber *fiber = loop->pool;
        loop->pool = fiber->next;
        loop->pooled--;
        free_fiber(fiber);
    }
}

static void park_expired(CvTimer *timer)
{
    CvFiber *fiber = timer->argument;
    if (fiber->state == CV_FIBER_PARKED) {
        fiber->timed_out = true;
        make_ready(fiber->loop, fiber);
    }
}

bool cv_fiber_park(uint64_t deadline)
{
    CvFiber *fiber = cv_fiber_current();
    if (CV_UNLIKELY(!fiber))
        cv_raise(CV_ERROR_ASSERTION, "cv_fiber_park() was called outside fibers.");
    if (fiber->wake_pending) {
        fiber->wake_pending = false;
        return true;
    }
    if (deadline) {
        fiber->timer.run = park_expired;
        fiber->timer.argument = fiber;
        cv_timer_set(&fiber->timer, deadline);
    }
    fiber->timed_out = false;
    fiber->state = CV_FIBER_PARKED;
    switch_to_loop(fiber, false);
    if (deadline)
        cv_timer_clear(&fiber->timer);
    return !fiber->timed_out;
}

void cv_fiber_wake(CvFiber *fiber)
{
    if (fiber->state == CV_FIBER_PARKED)
        make_ready(fiber->loop, fiber);
    else if (fiber->state == CV_FIBER_RUNNING)
        fiber->wake_pending = true;
}

void cv_fiber_yield(void)
{
    CvFiber *fiber = cv_fiber_current();
    if (!fiber)
        return;
    make_ready(fiber->loop, fiber);
    switch_to_loop(fiber, false);
}

void cv_fiber_set_label(const char *label)
{
    cv_self()->label = label;
}

size_t cv_fiber_count(void)
{
    return cv_loop_get()->alive;
}

size_t cv_fiber_pooled(void)
{
    return cv_loop_get()->pooled;
}
