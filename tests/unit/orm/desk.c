/* desk.c: the models of the tests of relations and what these tests share. */
#include "desk.h"
#include "tables.h"

static const char *desk_str(const Desk *desk)
{
    return desk->name;
}

static CvValue first_desk(CvArena *arena)
{
    (void)arena;
    return CV_VALUE(1);
}

#define CV_MODELS "desk.def.h"
#define CV_MODELS_TABLE desk_models
#include "orm/models_define.h"

static uint64_t counted;

static void prepare(void *argument)
{
    (void)argument;
    cv_create(Desk, .name = "oak");
    cv_create(Desk, .name = "pine");
    counted = cv_sql_count();
}

void desk_run(void (*test)(void *argument))
{
    tables_open("sqlite://:memory:", "office", desk_models);
    must_run(prepare, NULL);
    must_run(test, NULL);
}

const CvError *desk_raises(void (*action)(void *argument), void *argument)
{
    return must_raise(action, argument);
}

int desk_queries(void)
{
    uint64_t now = cv_sql_count(), before = counted;
    counted = now;
    return (int)(now - before);
}

Desk *desk_named(const char *name)
{
    Desk *desk = cv_get(Desk, "name", name);
    (void)desk_queries();
    return desk;
}
