/* catalog.c: the models of catalog.def.h and what their tests share. */
#include "catalog.h"
#include "tables.h"

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

void catalog_open(void)
{
    tables_open("sqlite://:memory:", "catalog", catalog_models);
}

void catalog_run(void (*test)(void *argument))
{
    must_run(test, NULL);
}

const CvError *catalog_raises(void (*test)(void *argument))
{
    return must_raise(test, NULL);
}
