/* expect both: expected */
/* at: end_twice.list.h:4 */
/* most lines: 30 */
#include "migrations/migrations.h"
void fill(CvModels *models, CvSchemaEditor *editor);
void fill_wrong(CvModels *models);
#define CV_MIGRATIONS shop
#include "migrations/migrations_begin.h"

#include "end_twice.list.h"

#include "migrations/migrations_end.h"
