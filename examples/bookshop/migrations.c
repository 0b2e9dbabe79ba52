/* migrations.c: the history of the shop's tables. */
#include <caravan/migrations.h>

#define CV_MIGRATIONS bookshop
#include <caravan/migrations_begin.h>

#include "migrations/0001_initial.def.h"

#include <caravan/migrations_end.h>
