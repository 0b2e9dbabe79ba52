/* migrations_end.h: ends the list that migrations_begin.h began and defines the app's `NAME_migrations`. */
/* clang-format off */
{.kind = NULL}}; /* an error here says that the last CreateModel or ...Operations of a list has no END */
/* clang-format on */
extern const CvMigrations CV_CAT(CV_MIGRATIONS, _migrations);
const CvMigrations CV_CAT(CV_MIGRATIONS, _migrations) = {CV_CAT(CV_MIGRATIONS, _operations_)};

#include "orm/fields_undef.h"
#undef CV_OP_
#undef CV_OP_FIELD_
#undef CV_OP_CONSTRAINT_
#undef MIGRATION
#undef CreateModel
#undef CreateModelKey
#undef CreateChildModel
#undef CreateProxyModel
#undef Constraints
#undef DeleteModel
#undef RenameModel
#undef AlterModelTable
#undef AlterModelTableComment
#undef AlterModelOptions
#undef AlterUniqueTogether
#undef AlterOrderWithRespectTo
#undef AddField
#undef AlterField
#undef RemoveField
#undef RenameField
#undef AddIndex
#undef RemoveIndex
#undef RenameIndex
#undef AddConstraint
#undef RemoveConstraint
#undef AlterConstraint
#undef RenameUnnamedIndex
#undef RunSQL
#undef RunC
#undef StateOperations
#undef DatabaseOperations
#undef CV_MIGRATIONS
#pragma GCC diagnostic pop
