/* expect both: END_is_missing_above_this_operation */
/* at: end_missing.list.h:4 */
/* most lines: 130 */
#include "migrations/migrations.h"
void fill(CvModels *models, CvSchemaEditor *editor);
void fill_wrong(CvModels *models);
#define CV_MIGRATIONS shop
#include "migrations/migrations_begin.h"

#include "end_missing.list.h"

#include "migrations/migrations_end.h"
