/* expect both: odering */
/* at: meta_misspelt.list.h:2 */
/* most lines: 28 */
#include "migrations/migrations.h"
void fill(CvModels *models, CvSchemaEditor *editor);
void fill_wrong(CvModels *models);
#define CV_MIGRATIONS shop
#include "migrations/migrations_begin.h"

#include "meta_misspelt.list.h"

#include "migrations/migrations_end.h"
