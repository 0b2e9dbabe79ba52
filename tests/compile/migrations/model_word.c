/* expect both: CvFieldKind */
/* most lines: 280 */
#include "migrations/migrations.h"
void fill(CvModels *models, CvSchemaEditor *editor);
void fill_wrong(CvModels *models);
#define CV_MIGRATIONS shop
#include "migrations/migrations_begin.h"

#include "model_word.list.h"

#include "migrations/migrations_end.h"
