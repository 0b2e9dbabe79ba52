/* command_private.h: the commands that every site has. */
#ifndef CV_MANAGEMENT_COMMAND_PRIVATE_H
#define CV_MANAGEMENT_COMMAND_PRIVATE_H

#include <signal.h>

#include "management/command.h"
#include "web/web.h"

extern const CvCommand cv_check_command, cv_clearsessions_command, cv_help_command, cv_loaddata_command,
    cv_makemigrations_command, cv_migrate_command, cv_optimizemigration_command, cv_runserver_command, cv_serve_command,
    cv_shell_command, cv_showmigrations_command, cv_sqlmigrate_command, cv_squashmigrations_command, cv_test_command;

/* What main was given, for commands that start the program again. */
typedef struct CvProgram {
    int argc;
    char **argv;
    const char *path; /* absolute, of the program's file */
    const CvSettings *settings;
    const char *base_dir, *build_command;
    const CvCommand *const *commands; /* the framework's and the apps', by name */
} CvProgram;
extern CvProgram cv_program;
/* Boots the site; false: what is wrong was said. */
bool cv_program_start(CvArena *arena, const CvCommand *command);
/* The command of that name; NULL: that there is none was said. */
const CvCommand *cv_program_command(CvArena *arena, const char *name);

/* arguments.c: reads the arguments behind the command's name. False: what is wrong was said on standard error. */
bool cv_command_parse(CvCommandLine *line, int argc, char **argv);
/* help.c */
void cv_command_help(const CvCommandLine *line);
void cv_program_help(const char *program, const CvCommand *const *commands);
/* True if the stream is a terminal that takes colours. */
bool cv_has_colours(FILE *stream);
/* "error: ..." on standard error. */
void cv_say_error(const char *format, ...) CV_PRINTF(1, 2);

/* Runs the checks; prints what they found to standard error if there is anything. True if there are no errors. */
bool cv_run_checks(CvArena *arena, bool deploy, bool quiet);

/* build.c: the command that builds the site: set, recorded, or make where there is a Makefile; NULL: none is known. */
const char *cv_build_command(CvArena *arena);
/* Calls it; what it prints goes to standard error. True: it went well. `stopped` (may be NULL): when it is set, a
 * signal ends the build. */
bool cv_build_site(const char *command, const volatile sig_atomic_t *stopped);

/* migration_warning.c: says on standard error which apps have migrations that the default database has not. */
void cv_warn_unapplied(CvArena *arena);

/* serve.c: what `serve` and `runserver` have in common: serves until a signal stops it. */
int cv_serve_site(CvArena *arena, const char *bind, int workers, bool access_log);

#endif
