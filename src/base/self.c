/* self.c: the running context: its arena, scratch and zone. */
#include "base/self.h"

#include <pthread.h>

#include "base/error_private.h"

__thread CvSelf *cv_self_running;

static __thread CvSelf thread_self;
static __thread bool thread_watched;
static pthread_key_t thread_end;
static pthread_once_t thread_end_once = PTHREAD_ONCE_INIT;

static void release_thread(void *unused)
{
    (void)unused;
    cv_self_release(&thread_self);
    cv_arena_destroy(thread_self.arena);
    thread_self.arena = NULL;
    thread_watched = false;
    cv_arena_trim();
}

static void make_thread_end(void)
{
    if (pthread_key_create(&thread_end, release_thread) != 0)
        cv_panic("no thread-specific data left");
}

CvSelf *cv_self_of_thread(void)
{
    if (!thread_watched) {
        pthread_once(&thread_end_once, make_thread_end);
        pthread_setspecific(thread_end, &thread_self);
        thread_watched = true;
    }
    if (!cv_self_running)
        cv_self_running = &thread_self;
    return &thread_self;
}

CvSelf *cv_self_switch(CvSelf *self)
{
    CvSelf *was = cv_self_running;
    cv_self_running = self;
    return was;
}

void cv_self_release(CvSelf *self)
{
    for (size_t i = 0; i < CV_COUNT_OF(self->scratch); i++) {
        cv_arena_destroy(self->scratch[i]);
        self->scratch[i] = NULL;
    }
}

CvArena *cv_arena(void)
{
    CvSelf *self = cv_self();
    if (CV_UNLIKELY(!self->arena))
        self->arena = cv_arena_create(0);
    return self->arena;
}

void *cv_alloc(size_t size)
{
    return cv_arena_alloc(cv_arena(), size);
}

char *cv_strdup(const char *string)
{
    return cv_arena_strdup(cv_arena(), string);
}

char *cv_printf(const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    char *text = cv_arena_vprintf(cv_arena(), format, arguments);
    va_end(arguments);
    return text;
}

void cv_defer(void (*run)(void *argument), void *argument)
{
    cv_arena_defer(cv_arena(), run, argument);
}

CvArena *cv_arena_enter(CvArena *arena)
{
    CvArena *outer = cv_arena();
    cv_self()->arena = arena;
    return outer;
}

void cv_arena_leave(CvArena *outer)
{
    cv_self()->arena = outer;
}

CvScratch cv_scratch_begin(const CvArena *keep)
{
    CvSelf *self = cv_self();
    CvArena **arena = &self->scratch[self->scratch[0] && self->scratch[0] == keep];
    if (CV_UNLIKELY(!*arena))
        *arena = cv_arena_create(0);
    (*arena)->budget = self->arena ? self->arena->budget : 0;
    return (CvScratch){*arena, cv_arena_mark(*arena)};
}

void cv_scratch_end(CvScratch scratch)
{
    cv_arena_rewind(scratch.arena, scratch.mark);
}
