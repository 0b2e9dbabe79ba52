/* command_help.c: ./manage help: what a command does, and what templates may use. */
#include "management/command_private.h"
#include "template/template.h"

static int help_templates(CvCommandLine *line, const char *name)
{
    if (!cv_program_start(line->arena, line->command))
        return 1;
    CvBuffer out = cv_buffer(line->arena);
    if (!cv_engine_help(cv_engine(), &out, name)) {
        cv_say_error("There is no tag, filter or library '%s'.", name);
        return 1;
    }
    fwrite(out.data, 1, out.length, stdout);
    return 0;
}

static int help(CvCommandLine *line)
{
    if (line->count == 0) {
        cv_program_help(line->program, cv_program.commands);
        return 0;
    }
    if (strcmp(line->arguments[0], "templates") == 0)
        return help_templates(line, line->count > 1 ? line->arguments[1] : NULL);
    const CvCommand *command = line->count == 1 ? cv_program_command(line->arena, line->arguments[0]) : NULL;
    if (!command)
        return 2;
    cv_command_help(&(CvCommandLine){.arena = line->arena, .command = command, .program = line->program});
    return 0;
}

const CvCommand cv_help_command = {
    .name = "help",
    .summary = "Says what a command does, or what templates may use.",
    .usage = "[COMMAND | templates [NAME]]",
    .details = "`help templates` prints every tag and filter with its docstring and examples, the site's own too;\n"
               "NAME: one of them, or a library.",
    .most = 2,
    .no_project = true,
    .run = help,
};
