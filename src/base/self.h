/* self.h: what the code that runs now calls its own: arena, handlers, scratch, zone.
 *
 * Every fiber has a CvSelf, and so has every thread outside fibers; cv_self() is the running one. Floors from `web` up
 * and site code use its arena without naming it (cv_alloc, cv_printf); lower floors take the arena as their
 * first argument. */
#ifndef CV_BASE_SELF_H
#define CV_BASE_SELF_H

#include "base/error.h"
#include "base/time.h"

CV_API_BEGIN

typedef struct CvHandler CvHandler; /* one cv_try under way */

/* What fibers and threads carry. Members are set by the floor named; others read. */
typedef struct CvSelf {
    CvArena *arena;                        /* the implicit arena; created at first use if NULL */
    CvHandler *handler;                    /* innermost cv_try (error.h) */
    CvError error;                         /* the error that was raised last */
    CvArena *scratch[2];                   /* created at first use */
    const CvZone *zone;                    /* cv_activate_zone() */
    void *render;                          /* template: the innermost render under way, or NULL */
    const struct CvLocale *locale;         /* template: the active locale (template/locale.h); NULL: the site's */
    const struct CvTranslator *translator; /* text: what cv_gettext() asks (text/i18n.h); NULL: the site's */
    void *request;                         /* web: the request, or NULL */
    void *fiber;                           /* loop: the fiber, or NULL outside */
    void *databases;                       /* db: connections and transactions that this context holds */
    const char *label;                     /* what runs here, for messages: the view's name */
} CvSelf;

extern __thread CvSelf *cv_self_running; /* NULL: the thread's own; read it through cv_self() */
CvSelf *cv_self_of_thread(void);
static inline CvSelf *cv_self(void)
{
    return CV_LIKELY(cv_self_running != NULL) ? cv_self_running : cv_self_of_thread();
}
/* Makes `self` the running one (NULL: the thread's own); returns what was. For the fiber switch. */
CvSelf *cv_self_switch(CvSelf *self);
/* Gives scratch arenas back; the arena is the owner's. */
void cv_self_release(CvSelf *self);

/* ---- the implicit arena ---- */

CvArena *cv_arena(void);
/* Zeroed memory of the current arena. */
void *cv_alloc(size_t size) CV_MALLOC;
#define cv_new(T) ((T *)cv_alloc(sizeof(T)))
#define cv_new_array(T, count) ((T *)cv_alloc(cv_size_multiply((count), sizeof(T))))
char *cv_strdup(const char *string);
char *cv_printf(const char *format, ...) CV_PRINTF(1, 2);
/* Runs at the end of the current arena's life (in a view: of the request), the last one first. */
void cv_defer(void (*run)(void *argument), void *argument);

/* Another implicit arena for a block: CV_IN_ARENA(cache_arena) { ... }. A raise out of the block restores the old one;
 * a return, goto or break out of it must not be used. */
#define CV_IN_ARENA(in_arena) \
    for (CvArena *cv_outer_ = cv_arena_enter(in_arena); cv_outer_; cv_arena_leave(cv_outer_), cv_outer_ = NULL)
CvArena *cv_arena_enter(CvArena *arena);
void cv_arena_leave(CvArena *outer);

/* ---- scratch: memory for the length of a function ---- */

typedef struct CvScratch {
    CvArena *arena;
    CvArenaMark mark;
} CvScratch;

/* A scratch arena that is not `keep` (the arena in which the caller builds its result; may be NULL). Scopes nest; a
 * raise closes those of the functions it leaves. Each of the two has the budget of the current implicit arena. */
CvScratch cv_scratch_begin(const CvArena *keep);
void cv_scratch_end(CvScratch scratch);

CV_API_END

#endif
