/* try.c: raising, and the one setjmp that catches. */
#include <setjmp.h>

#include "base/backtrace.h"
#include "base/error_private.h"
#include "base/log.h"
#include "base/self.h"

struct CvHandler {
    jmp_buf jump;
    CvHandler *outer;
    CvSelf *self;
    CvArena *arena;
    CvArenaMark mark;
    CvArenaMark scratch[2]; /* block NULL: there was no scratch arena yet */
    CvError **error;
};

/* Member by member: a copy of a whole struct that was just written makes the processor wait. */
static inline void save_mark(CvArenaMark *mark, const CvArena *arena)
{
    mark->block = arena ? arena->block : NULL;
    mark->next = arena ? arena->next : NULL;
    mark->defers = arena ? arena->defers : NULL;
}

static void restore(const CvHandler *handler)
{
    CvSelf *self = handler->self;
    self->handler = handler->outer;
    if (handler->arena) { /* else there was no memory for the first arena */
        self->arena = handler->arena;
        cv_arena_run_defers(self->arena, handler->mark);
    }
    for (size_t i = 0; i < CV_COUNT_OF(self->scratch); i++)
        if (handler->scratch[i].block)
            cv_arena_rewind(self->scratch[i], handler->scratch[i]);
        else if (self->scratch[i])
            cv_arena_reset(self->scratch[i]);
    if (handler->error)
        *handler->error = &self->error;
}

bool cv_try(void (*run)(void *argument), void *argument, CvError **error)
{
    CV_UNINITIALIZED CvHandler handler;
    CvSelf *self = cv_self();
    handler.self = self;
    handler.outer = self->handler;
    handler.arena = self->arena;
    save_mark(&handler.mark, handler.arena);
    for (size_t i = 0; i < CV_COUNT_OF(self->scratch); i++)
        save_mark(&handler.scratch[i], self->scratch[i]);
    handler.error = error;
    self->handler = &handler;
    if (_setjmp(handler.jump) != 0) {
        /* Only `handler` may be trusted here: it lives in memory, registers may be stale. */
        restore(&handler);
        return false;
    }
    if (CV_UNLIKELY(!handler.arena)) {
        handler.arena = cv_arena();
        save_mark(&handler.mark, handler.arena);
    }
    run(argument);
    handler.self->handler = handler.outer;
    return true;
}

bool cv_can_raise(void)
{
    return cv_self()->handler != NULL;
}

CvArena *cv_handler_arena(void)
{
    CvSelf *self = cv_self();
    return self->handler && self->handler->arena ? self->handler->arena : cv_arena();
}

CV_NORETURN static void throw(CvSelf * self)
{
    if (!self->handler) {
        cv_log_error("caravan", &self->error);
        cv_panic("an error was raised where nothing handles it");
    }
    longjmp(self->handler->jump, 1);
}

/* The stack without the frames of the functions here. */
__attribute__((noinline)) static void capture(CvError *error, int own)
{
    void *frames[CV_BACKTRACE_MAX + 4];
    int count = cv_backtrace(frames, CV_BACKTRACE_MAX + 4) - own - 1;
    error->frame_count = count < 0 ? 0 : count < CV_BACKTRACE_MAX ? count : CV_BACKTRACE_MAX;
    memcpy(error->frames, frames + own + 1, (size_t)error->frame_count * sizeof *frames);
}

static void set_error(CvSelf *self, const CvError *error)
{
    CvError raised = *error;
    if (raised.cause == &self->error && self->handler) /* would be overwritten by what it caused */
        raised.cause = cv_arena_memdup(self->handler->arena, raised.cause, sizeof *raised.cause);
    self->error = raised;
}

void cv_raise_error(const CvError *error)
{
    CvSelf *self = cv_self();
    set_error(self, error);
    if (!self->error.frame_count)
        capture(&self->error, 1);
    throw(self);
}

void cv_raise_at(CvErrorKind kind, const char *file, int line, const char *format, ...)
{
    CvSelf *self = cv_self();
    /* The handler's arena outlives the frames that are about to be left. */
    CvArena *arena = self->handler ? self->handler->arena : cv_arena();
    va_list arguments;
    va_start(arguments, format);
    const char *message = cv_arena_vprintf(arena, format, arguments);
    va_end(arguments);
    set_error(self, &(CvError){.kind = kind, .message = message, .file = file, .line = line});
    capture(&self->error, 1);
    throw(self);
}

void cv_raise_memory(const char *text)
{
    CvSelf *self = cv_self();
    if (!self->handler)
        cv_panic(text);
    self->error = (CvError){.kind = CV_ERROR_MEMORY, .message = text};
    capture(&self->error, 1);
    throw(self);
}
