/* help.c: what the commands say about themselves, and how errors are said. */
#include <stdarg.h>
#include <unistd.h>

#include "management/command_private.h"

bool cv_has_colours(FILE *stream)
{
    const char *terminal = getenv("TERM");
    return isatty(fileno(stream)) && !getenv("NO_COLOR") && terminal && strcmp(terminal, "dumb") != 0;
}

void cv_say_error(const char *format, ...)
{
    bool colours = cv_has_colours(stderr);
    fputs(colours ? "\033[1;31merror\033[0m: " : "error: ", stderr);
    va_list arguments;
    va_start(arguments, format);
    vfprintf(stderr, format, arguments);
    va_end(arguments);
    fputc('\n', stderr);
}

void cv_command_help(const CvCommandLine *line)
{
    const CvCommand *command = line->command;
    bool has_options = command->options && command->options[0].name;
    printf("usage: %s %s%s%s%s\n\n%s\n", line->program, command->name, has_options ? " [OPTION...]" : "",
           command->usage ? " " : "", command->usage ? command->usage : "", command->summary);
    if (command->details)
        printf("\n%s\n", command->details);
    printf("\noptions:\n");
    for (const CvCommandOption *option = command->options; option && option->name; option++) {
        char name[80];
        snprintf(name, sizeof name, "%s%s%s%s%s", option->also ? option->also : "", option->also ? ", " : "",
                 option->name, option->value ? " " : "", option->value ? option->value : "");
        printf("  %-24s %s\n", name, option->help);
    }
    printf("  %-24s %s\n", "--help", "Say this and stop.");
}

void cv_program_help(const char *program, const CvCommand *const *commands)
{
    printf("usage: %s COMMAND [OPTION...] [ARGUMENT...]\n\ncommands:\n", program);
    for (; *commands; commands++)
        printf("  %-18s %s\n", (*commands)->name, (*commands)->summary);
    printf("\n%s COMMAND --help tells more of one of them.\n", program);
}
