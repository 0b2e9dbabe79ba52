/* expect both: CvFieldKind */
/* at: field_alone.list.h:2 */
/* most lines: 220 */
#include "migrations/migrations.h"
void fill(CvModels *models, CvSchemaEditor *editor);
void fill_wrong(CvModels *models);
#define CV_MIGRATIONS shop
#include "migrations/migrations_begin.h"

#include "field_alone.list.h"

#include "migrations/migrations_end.h"
