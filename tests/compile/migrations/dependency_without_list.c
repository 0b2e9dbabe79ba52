/* expect both: const char * */
/* at: dependency_without_list.list.h:2 */
/* most lines: 22 */
#include "migrations/migrations.h"
void fill(CvModels *models, CvSchemaEditor *editor);
void fill_wrong(CvModels *models);
#define CV_MIGRATIONS shop
#include "migrations/migrations_begin.h"

#include "dependency_without_list.list.h"

#include "migrations/migrations_end.h"
