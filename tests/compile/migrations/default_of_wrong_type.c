/* expect gcc: makes pointer from integer */
/* expect clang: incompatible integer to pointer */
/* at: default_of_wrong_type.list.h:2 */
/* most lines: 40 */
#include "migrations/migrations.h"
void fill(CvModels *models, CvSchemaEditor *editor);
void fill_wrong(CvModels *models);
#define CV_MIGRATIONS shop
#include "migrations/migrations_begin.h"

#include "default_of_wrong_type.list.h"

#include "migrations/migrations_end.h"
