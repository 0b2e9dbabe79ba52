/* expect both: isbn */
/* at: field_without_kind.list.h:2 */
/* most lines: 26 */
#include "migrations/migrations.h"
void fill(CvModels *models, CvSchemaEditor *editor);
void fill_wrong(CvModels *models);
#define CV_MIGRATIONS shop
#include "migrations/migrations_begin.h"

#include "field_without_kind.list.h"

#include "migrations/migrations_end.h"
