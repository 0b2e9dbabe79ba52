/* makemigrations_private.h: one run of ./manage makemigrations. */
#ifndef CV_MANAGEMENT_MAKEMIGRATIONS_PRIVATE_H
#define CV_MANAGEMENT_MAKEMIGRATIONS_PRIVATE_H

#include "management/migrations_private.h"

typedef struct CvMake {
    const CvCommandLine *line;
    CvArena *arena;
    FILE *log; /* standard output; --scriptable: standard error */
    int verbosity;
    bool dry_run, interactive, scriptable;
    const char *name;        /* --name, or NULL */
    const char *const *apps; /* end in NULL; NULL: all */
    CvMigrationLoader *loader;
} CvMake;

/* makemigrations_write.c: says what each migration does and writes it; those behind one another of one app stand
 * together. `migrations` ends in one without app. The command's exit status. */
int cv_make_write(const CvMake *make, const CvNewMigration *migrations);
/* "    + Add field isbn to book" for each operation. */
void cv_make_say_operations(const CvMake *make, const CvOperation *operations, size_t count);
/* The number that a migration's name begins with (of a squashed one the last that it stands for); -1: none. */
int cv_migration_number(const char *name);

/* makemigrations_merge.c: an app with several last migrations gets one that stands behind them all. */
int cv_make_merge(const CvMake *make, const char *const *apps);
/* makemigrations_update.c: what would be new migrations goes into the apps' last ones. */
int cv_make_update(const CvMake *make, const CvNewMigration *changes);

#endif
