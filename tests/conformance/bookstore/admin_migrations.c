/* admin_migrations.c: the history of admin's tables under Django's names. */
#include "migrations/migrations.h"

#define CV_MIGRATIONS admin
#include "migrations/migrations_begin.h"

#include "bookstore/migrations/admin/0001_initial.def.h"
#include "bookstore/migrations/admin/0002_logentry_remove_auto_add.def.h"
#include "bookstore/migrations/admin/0003_logentry_add_action_flag_choices.def.h"

#include "migrations/migrations_end.h"
