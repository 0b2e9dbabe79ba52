/* expect both: fields */
/* at: index_in_body.list.h:3 */
/* most lines: 40 */
#include "migrations/migrations.h"
void fill(CvModels *models, CvSchemaEditor *editor);
void fill_wrong(CvModels *models);
#define CV_MIGRATIONS shop
#include "migrations/migrations_begin.h"

#include "index_in_body.list.h"

#include "migrations/migrations_end.h"
