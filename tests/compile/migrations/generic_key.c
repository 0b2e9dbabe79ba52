/* expect both: GenericForeignKey_has_no_column_and_stands_in_no_migration */
/* at: generic_key.list.h:3 */
/* most lines: 14 */
#include "migrations/migrations.h"
void fill(CvModels *models, CvSchemaEditor *editor);
void fill_wrong(CvModels *models);
#define CV_MIGRATIONS shop
#include "migrations/migrations_begin.h"

#include "generic_key.list.h"

#include "migrations/migrations_end.h"
