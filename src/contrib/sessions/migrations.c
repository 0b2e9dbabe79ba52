/* migrations.c: the history of django_session under Django's names, so that either goes on where the other left. */
#include "migrations/migrations.h"

#define CV_MIGRATIONS cv_sessions
#include "migrations/migrations_begin.h"

#include "contrib/sessions/migrations/0001_initial.def.h"

#include "migrations/migrations_end.h"
