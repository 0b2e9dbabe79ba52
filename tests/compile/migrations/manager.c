/* expect both: Manager_stands_in_no_migration */
/* at: manager.list.h:3 */
/* most lines: 12 */
#include "migrations/migrations.h"
void fill(CvModels *models, CvSchemaEditor *editor);
void fill_wrong(CvModels *models);
#define CV_MIGRATIONS shop
#include "migrations/migrations_begin.h"

#include "manager.list.h"

#include "migrations/migrations_end.h"
