/* expect gcc: requires 3 arguments */
/* expect clang: too few arguments */
/* at: argument_missing.list.h:2 */
/* most lines: 20 */
#include "migrations/migrations.h"
void fill(CvModels *models, CvSchemaEditor *editor);
void fill_wrong(CvModels *models);
#define CV_MIGRATIONS shop
#include "migrations/migrations_begin.h"

#include "argument_missing.list.h"

#include "migrations/migrations_end.h"
