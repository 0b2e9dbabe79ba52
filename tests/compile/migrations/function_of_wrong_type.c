/* expect gcc: incompatible pointer type */
/* expect clang: incompatible function pointer types */
/* at: function_of_wrong_type.list.h:2 */
/* most lines: 22 */
#include "migrations/migrations.h"
void fill(CvModels *models, CvSchemaEditor *editor);
void fill_wrong(CvModels *models);
#define CV_MIGRATIONS shop
#include "migrations/migrations_begin.h"

#include "function_of_wrong_type.list.h"

#include "migrations/migrations_end.h"
