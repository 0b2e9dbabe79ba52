/* desk.c: the models of the tests of relations and what these tests share. */
#include "desk.h"

#include "orm/schema.h"

#include <check.h>

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

static void give_up(const CvError *error)
{
    CvBuffer text = cv_buffer(cv_arena());
    cv_error_describe(&text, error);
    ck_abort_msg("%s", cv_buffer_string(&text));
}

static void prepare(void *argument)
{
    CvErrors errors = {.arena = cv_arena()};
    (void)argument;
    cv_models_add("office", desk_models);
    if (!cv_models_ready(&errors))
        cv_raise_error(errors.items[0]);
    cv_schema_create(NULL, NULL);
    cv_create(Desk, .name = "oak");
    cv_create(Desk, .name = "pine");
    counted = cv_sql_count();
}

void desk_run(void (*test)(void *argument))
{
    CvError error, *raised;
    if (!cv_database_open(cv_arena(), "default", "sqlite://:memory:", NULL, &error))
        give_up(&error);
    if (!cv_try(prepare, NULL, &raised) || !cv_try(test, NULL, &raised))
        give_up(raised);
}

const CvError *desk_raises(void (*action)(void *argument), void *argument)
{
    CvError *error;
    if (cv_try(action, argument, &error))
        ck_abort_msg("nothing was raised");
    return error;
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
