/* expect gcc: makes pointer from integer */
/* expect clang: incompatible integer to pointer */
/* at: sql_of_number.list.h:2 */
/* most lines: 22 */
#include "migrations/migrations.h"
void fill(CvModels *models, CvSchemaEditor *editor);
void fill_wrong(CvModels *models);
#define CV_MIGRATIONS shop
#include "migrations/migrations_begin.h"

#include "sql_of_number.list.h"

#include "migrations/migrations_end.h"
