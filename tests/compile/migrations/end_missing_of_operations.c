/* expect both: has no END */
/* most lines: 24 */
#include "migrations/migrations.h"
void fill(CvModels *models, CvSchemaEditor *editor);
void fill_wrong(CvModels *models);
#define CV_MIGRATIONS shop
#include "migrations/migrations_begin.h"

#include "end_missing_of_operations.list.h"

#include "migrations/migrations_end.h"
