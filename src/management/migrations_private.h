/* migrations_private.h: what the commands about migrations have in common. */
#ifndef CV_MANAGEMENT_MIGRATIONS_PRIVATE_H
#define CV_MANAGEMENT_MIGRATIONS_PRIVATE_H

#include "management/command_private.h"
#include "migrations/migrations.h"

#define CV_VERBOSITY_OPTION                                                                 \
    {                                                                                       \
        "--verbosity", "N", "0 says nothing, 1 what is done (default), 2 and 3 more.", "-v" \
    }
#define CV_DATABASE_OPTION                                                    \
    {                                                                         \
        "--database", "ALIAS", "Another database than the default one.", NULL \
    }
#define CV_NO_HEADER_OPTION                                                             \
    {                                                                                   \
        "--no-header", NULL, "Leave out the line that says when a file was made.", NULL \
    }
#define CV_NOINPUT_OPTION                                               \
    {                                                                   \
        "--noinput", NULL, "Ask nothing at the terminal.", "--no-input" \
    }

/* ---- migration_words.c: arguments, and words with Django's colours ---- */

/* 0 to 3; false: it was said that the value is none. */
bool cv_verbosity(const CvCommandLine *line, int *verbosity);
/* The alias of --database; false: there is no such database, which was said. */
bool cv_chosen_database(const CvCommandLine *line, const char **alias);
/* False: that no such app is installed was said. */
bool cv_app_is_known(const char *label);
/* False: that the app has no migrations was said. */
bool cv_app_is_migrated(const char *label);

typedef enum CvInk { CV_INK_PLAIN, CV_INK_HEADING, CV_INK_LABEL, CV_INK_GOOD, CV_INK_NOTICE } CvInk;
/* Text in a colour where the stream takes one. */
void cv_print(FILE *stream, CvInk ink, const char *format, ...) CV_PRINTF(3, 4);
/* "Add field isbn to book", with what it runs, as --plan shows it; *irreversible: going back it cannot be undone. */
const char *cv_operation_planned(CvArena *arena, const CvOperation *operation, bool backwards, bool *irreversible);

/* ---- migration_files.c: the list files of an app's sources ---- */

/* One file that is written with others. */
typedef struct CvMigrationFile {
    const char *app_label, *name;
    const char *path; /* absolute */
} CvMigrationFile;

/* Where the migration of that name stands or would stand: "/site/shop/migrations/0002_book_isbn.def.h". */
const char *cv_migration_file(CvArena *arena, const char *app_label, const char *name);
/* A path as people read it: relative to where they are, if it lies below. */
const char *cv_short_path(CvArena *arena, const char *path);
/* False: that there is no folder to write into was said. */
bool cv_migration_has_sources(CvArena *arena, const char *app_label);
/* Writes the migration's list file and names it in the app's migrations.c. False: what failed was said. `line`: may
 * have
 * --no-header. */
bool cv_migration_write(const CvCommandLine *line, const CvNewMigration *migration, bool replace);
/* Deletes the list file and its line in migrations.c. */
bool cv_migration_delete(CvArena *arena, const char *app_label, const char *name);
/* List files that stand in the sources and are not in the program, by path; ends in NULL. Empty where the sources are
 * not there. */
const char *const *cv_migration_files_unbuilt(CvArena *arena, const CvMigrationLoader *loader);
/* A list file (of models, of forms) in an app's folder that was changed after the program was built; or NULL. */
const char *cv_list_newer_than_program(CvArena *arena);
/* What has to be added by hand to an app that has had no migrations; says it. */
void cv_migration_say_first(CvArena *arena, FILE *log, const char *app_label);

/* ---- build.c: the command that builds the site ---- */

/* Builds the program anew after a change of its migrations; true if it went well or there is nothing to call. */
bool cv_build_migrations(CvArena *arena, FILE *log, int verbosity);

/* ---- makemigrations.c ---- */

/* What leads from the last migrations to the program's models: cv_autodetect() on their states, which live as long as
 * the arena. */
const CvNewMigration *cv_missing_migrations(CvArena *arena, const CvMigrationLoader *loader,
                                            const CvQuestioner *questioner, const char *const *apps, const char *name);

/* ---- questioner.c: the questions of makemigrations ---- */

/* Asks at the terminal, or (not interactive) answers as nobody there would. `dry_run`: no defaults are asked for. */
const CvQuestioner *cv_questioner(bool interactive, bool dry_run, FILE *output, int verbosity);
/* "... [y/N]": false unless the answer begins with y. */
bool cv_ask_yes(FILE *output, const char *question);
/* The exit status that an answer asked for (3: quit); 0: none did. */
int cv_questioner_status(void);

#endif
