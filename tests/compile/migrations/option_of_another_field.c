/* expect both: max_length */
/* at: option_of_another_field.list.h:2 */
/* most lines: 56 */
#include "migrations/migrations.h"
void fill(CvModels *models, CvSchemaEditor *editor);
void fill_wrong(CvModels *models);
#define CV_MIGRATIONS shop
#include "migrations/migrations_begin.h"

#include "option_of_another_field.list.h"

#include "migrations/migrations_end.h"
