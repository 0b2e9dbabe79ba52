/* render.c: the command `caravan render`: reads the files, prints the page or the error. */
#include "render.h"

#include <errno.h>

#include "text/json.h"

static const char usage[] =
    "usage: caravan render --templates DIR [--context FILE] [--options FILE] NAME\n"
    "\n"
    "Renders the template NAME (\"page.html\" or \"page.html#partial\") found under DIR and prints it.\n"
    "  --templates DIR   where templates are; may be given several times\n"
    "  --context FILE    JSON object: the names that the template may use\n"
    "  --options FILE    JSON object: string_if_invalid, autoescape, libraries, use_tz, time_zone, active_time_zone,\n"
    "                    language, locale_data, settings, request, urls\n";

#define FOLDERS_MAX 32
#define FILE_MAX ((size_t)1 << 30)

typedef struct Arguments {
    const char *folders[FOLDERS_MAX + 1];
    size_t folder_count;
    const char *context, *options, *name;
    bool help;
} Arguments;

static bool read_arguments(int argc, char **argv, Arguments *out)
{
    for (int i = 0; i < argc; i++) {
        const char **target = NULL;
        if (strcmp(argv[i], "--help") == 0 || strcmp(argv[i], "-h") == 0) {
            out->help = true;
            return true;
        }
        if (strcmp(argv[i], "--templates") == 0 && out->folder_count < FOLDERS_MAX)
            target = &out->folders[out->folder_count++];
        else if (strcmp(argv[i], "--context") == 0)
            target = &out->context;
        else if (strcmp(argv[i], "--options") == 0)
            target = &out->options;
        else if (argv[i][0] == '-' || out->name)
            return false;
        else
            out->name = argv[i];
        if (target && ++i >= argc)
            return false;
        if (target)
            *target = argv[i];
    }
    return out->folder_count && out->name;
}

static bool read_json(CvArena *arena, const char *path, CvValue *out)
{
    *out = cv_value_null();
    if (!path)
        return true;
    FILE *file = fopen(path, "rb");
    if (!file) {
        fprintf(stderr, "caravan render: cannot read %s: %s\n", path, strerror(errno));
        return false;
    }
    CvBuffer text = cv_buffer(arena);
    for (size_t got = 1; got && text.length < FILE_MAX;) {
        got = fread(cv_buffer_reserve(&text, 65536), 1, 65536, file);
        text.length += got;
    }
    fclose(file);
    CvError error;
    if (cv_json_parse(arena, cv_buffer_slice(&text), &(CvJsonReadOptions){.nan = true}, out, &error))
        return true;
    fprintf(stderr, "%s:%d:%d: %s\n", path, error.line, error.column, error.message);
    return false;
}

/* The message as it is, so that scripts find it; then the lines around. */
static void report(const CvError *error)
{
    if (error->file && error->line)
        fprintf(stderr, "%s:%d:%d: ", error->file, error->line, error->column);
    fprintf(stderr, "%s: %s\n", cv_error_class(error->kind), error->message ? error->message : "");
    if (error->detail)
        fprintf(stderr, "%s\n", error->detail);
    if (error->hint)
        fprintf(stderr, "%s\n", error->hint);
}

int render_command(int argc, char **argv)
{
    Arguments arguments = {0};
    if (!read_arguments(argc, argv, &arguments)) {
        fputs(usage, stderr);
        return 2;
    }
    if (arguments.help) {
        fputs(usage, stdout);
        return 0;
    }
    CvArena *arena = cv_arena_create(0);
    CvValue context, options;
    int status = 1;
    if (read_json(arena, arguments.context, &context) && read_json(arena, arguments.options, &options)) {
        CvBuffer out = cv_buffer(arena);
        CvError error = {0};
        if (render_page(arena, (CvEngineOptions){.dirs = arguments.folders}, arguments.name, context, options, &out,
                        &error)) {
            size_t written = fwrite(out.data, 1, out.length, stdout);
            status = fflush(stdout) == 0 && written == out.length ? 0 : 1;
        } else {
            report(&error);
        }
    }
    cv_arena_destroy(arena);
    return status;
}
