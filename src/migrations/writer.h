/* writer.h: a migration as the text of a list file (Django's MigrationWriter). */
#ifndef CV_MIGRATIONS_WRITER_H
#define CV_MIGRATIONS_WRITER_H

#include "migrations/autodetector.h"

CV_API_BEGIN

/* The whole file, laid out in columns; compiling it gives the same operations. `moment`: for its first line, which
 * an unset one leaves out. */
const char *cv_migration_text(CvArena *arena, const CvNewMigration *migration, CvDateTime moment);
/* One operation as it stands there. */
const char *cv_operation_text(CvArena *arena, const char *app_label, const CvOperation *operation);
/* An app's migrations.c with one more #include at its end; `text` NULL: a new file. NULL: the text has no list that
 * ends in migrations_end.h. */
const char *cv_migrations_list_with(CvArena *arena, const char *text, const char *app_label, const char *name);

CV_API_END

#endif
