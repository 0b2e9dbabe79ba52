/* check.c: ./manage check */
#include "management/command_private.h"

static int check(CvCommandLine *line)
{
    return cv_run_checks(line->arena, cv_command_option(line, "--deploy") != NULL, false) ? 0 : 1;
}

const CvCommand cv_check_command = {
    .name = "check",
    .summary = "Looks for mistakes in the whole site without serving it.",
    .details =
        "Holds every lookup, template, URL name, context name and setting of the program against what there is.\n"
        "Exit status 1 if there is an error.",
    .most = 0,
    .options = (const CvCommandOption[]){{"--deploy", NULL, "Also what matters in production only."}, {0}},
    .unchecked = true,
    .run = check,
};
