/* expect both: nome */
/* at: constraint_misspelt.list.h:2 */
/* most lines: 50 */
#include "migrations/migrations.h"
void fill(CvModels *models, CvSchemaEditor *editor);
void fill_wrong(CvModels *models);
#define CV_MIGRATIONS shop
#include "migrations/migrations_begin.h"

#include "constraint_misspelt.list.h"

#include "migrations/migrations_end.h"
