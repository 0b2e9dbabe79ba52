/* desk.h: the models of desk.def.h, and how the tests open a database of them. */
#ifndef CV_TESTS_DESK_H
#define CV_TESTS_DESK_H

#define CV_MODELS "desk.def.h"
#include "orm/models.h"

extern const CvModel *const desk_models[];

/* A test whose body may raise; it runs on a database in memory with two desks ("oak", "pine"). */
#define DESK_TEST(name)                                                 \
    static void body_of_##name(void *argument __attribute__((unused))); \
    START_TEST(name)                                                    \
    {                                                                   \
        desk_run(body_of_##name);                                       \
    }                                                                   \
    END_TEST                                                            \
    static void body_of_##name(void *argument __attribute__((unused)))

void desk_run(void (*test)(void *argument));
/* The error that `action` raises; fails if it raises none. */
const CvError *desk_raises(void (*action)(void *argument), void *argument);
/* How many statements have been sent since the last call. */
int desk_queries(void);
Desk *desk_named(const char *name);

#endif
