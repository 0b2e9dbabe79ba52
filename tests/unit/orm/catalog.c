/* catalog.c: the models of catalog.def.h and what their tests share. */
#include "catalog.h"

#include "orm/schema.h"

#include <check.h>

static const char *maker_str(const Maker *maker)
{
    return maker->name;
}

static void item_clean(Item *item, CvRowErrors *errors)
{
    if (!item->name)
        return;
    if (strcmp(item->name, "odd") == 0)
        cv_row_error(errors, NULL, "odd", "%(name)s is odd.", "name", item->name);
    if (strcmp(item->name, "bad") == 0)
        cv_row_error(errors, "price", "bad", "Bad price.");
}

#define CV_MODELS "catalog.def.h"
#define CV_MODELS_TABLE catalog_models
#include "orm/models_define.h"

static void give_up(const CvError *error)
{
    ck_abort_msg("%s:%d: %s: %s", error->file, error->line, cv_error_class(error->kind), error->message);
}

static void make_tables(void *argument)
{
    CvErrors errors = {.arena = cv_arena()};
    (void)argument;
    cv_models_add("catalog", catalog_models);
    if (!cv_models_ready(&errors))
        cv_raise_error(errors.items[0]);
    cv_schema_create(NULL, NULL);
}

void catalog_open(void)
{
    CvError error;
    if (!cv_database_open(cv_arena(), "default", "sqlite://:memory:", NULL, &error))
        give_up(&error);
    catalog_run(make_tables);
}

void catalog_run(void (*test)(void *argument))
{
    CvError *error;
    if (!cv_try(test, NULL, &error))
        give_up(error);
}

const CvError *catalog_raises(void (*test)(void *argument))
{
    CvError *error;
    ck_assert_msg(!cv_try(test, NULL, &error), "nothing was raised");
    return error;
}
