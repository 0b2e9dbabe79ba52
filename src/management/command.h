/* command.h: what `./manage NAME` can do; apps add their own through CvApp.commands.
 *
 *     static int greet(CvCommandLine *line)
 *     {
 *         printf("Hello, %s!\n", line->arguments[0]);
 *         return 0;
 *     }
 *     const CvCommand greet_command = {
 *         .name = "greet", .summary = "Says hello.", .usage = "NAME", .least = 1, .most = 1, .run = greet};
 *
 * Exit status: 0 success, 1 failure, 2 wrong usage. Errors go to standard error. `--help` comes by itself. */
#ifndef CV_MANAGEMENT_COMMAND_H
#define CV_MANAGEMENT_COMMAND_H

#include "base/base.h"

CV_API_BEGIN

typedef struct CvCommandOption {
    const char *name;  /* "--workers" */
    const char *value; /* what stands for its value in the help ("N"); NULL: a flag */
    const char *help;
    const char *also; /* another name: "-w"; or NULL */
} CvCommandOption;

typedef struct CvCommandLine {
    CvArena *arena;
    const struct CvCommand *command;
    const char *program; /* argv[0] */
    int count;           /* positional arguments */
    const char *const *arguments;
    const char **values; /* beside command->options: NULL not given, "" a flag that was given */
} CvCommandLine;

typedef struct CvCommand {
    const char *name;
    const char *summary;            /* one sentence */
    const char *usage;              /* positional arguments: "[HOST:PORT]" */
    const char *details;            /* more of the help, or NULL */
    int least, most;                /* number of positional arguments; most -1: any */
    const CvCommandOption *options; /* ends in {0}, or NULL */
    bool no_project;                /* runs without booting the site */
    bool unchecked;                 /* runs although checks fail (migrate and the like check models only) */
    bool debug;                     /* DEBUG is on unless the environment says 0 */
    int (*run)(CvCommandLine *line);
} CvCommand;

/* The value of an option ("" for a flag), or NULL if it was not given. */
const char *cv_command_option(const CvCommandLine *line, const char *name);

CV_API_END

#endif
