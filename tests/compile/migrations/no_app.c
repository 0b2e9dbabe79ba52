/* expect both: CV_MIGRATIONS app */
/* most lines: 12 */
#include "migrations/migrations.h"
#include "migrations/migrations_begin.h"

#include "migrations/migrations_end.h"
