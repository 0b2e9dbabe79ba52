/* tables.c: a database for the tests of the ORM. */
#include "tables.h"

#include "orm/schema.h"

#include <check.h>

static void give_up(const CvError *error)
{
    CvBuffer text = cv_buffer(cv_arena());
    cv_error_describe(&text, error);
    ck_abort_msg("%s", cv_buffer_string(&text));
}

static void make_tables(void *unused)
{
    CvErrors errors = {.arena = cv_arena()};
    (void)unused;
    if (!cv_models_ready(&errors))
        cv_raise_error(errors.items[0]);
    cv_schema_create(NULL, NULL);
}

void tables_open(const char *url, const char *app, const CvModel *const *models)
{
    CvError error;
    if (!cv_database_open(cv_arena(), "default", url, NULL, &error))
        give_up(&error);
    cv_plan_cache_verify(true);
    cv_models_add(app, models);
    must_run(make_tables, NULL);
}

void must_run(void (*test)(void *argument), void *argument)
{
    CvError *error;
    if (!cv_try(test, argument, &error))
        give_up(error);
}

const CvError *must_raise(void (*test)(void *argument), void *argument)
{
    CvError *error;
    ck_assert_msg(!cv_try(test, argument, &error), "nothing was raised");
    return error;
}
