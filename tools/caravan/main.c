/* main.c: the command line tool: its subcommands. */
#include "embed.h"
#include "render.h"
#include "startproject.h"

static const char usage[] =
    "usage: caravan COMMAND ...\n"
    "\n"
    "  startproject NAME [DIR]   writes a new site\n"
    "  render                    renders a template with names from a JSON file\n"
    "  embed TABLE=FOLDER...     writes templates and static files as C source, to be compiled into a program\n"
    "\n"
    "caravan COMMAND --help tells more.\n";

static int unknown(const char *command)
{
    static const char *const commands[] = {"startproject", "render", "embed", NULL};
    const char *nearest = cv_nearest(cv_slice(command), commands);
    fprintf(stderr, "error: There is no command '%s'.%s%s%s\n", command, nearest ? " Did you mean " : "",
            nearest ? nearest : "", nearest ? "?" : " --help lists them.");
    return 2;
}

int main(int argc, char **argv)
{
    if (argc == 2 && strcmp(argv[1], "--version") == 0) {
        puts("caravan " CV_VERSION);
        return 0;
    }
    if (argc >= 2 && strcmp(argv[1], "render") == 0)
        return render_command(argc - 2, argv + 2);
    if (argc >= 2 && strcmp(argv[1], "embed") == 0)
        return embed_command(argc - 2, argv + 2);
    if (argc >= 2 && strcmp(argv[1], "startproject") == 0)
        return startproject(argc - 2, argv + 2);
    bool help =
        argc >= 2 && (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0 || strcmp(argv[1], "help") == 0);
    if (argc >= 2 && !help)
        return unknown(argv[1]);
    fputs(usage, help ? stdout : stderr);
    return help ? 0 : 2;
}
