/* embed.c: writes C source that holds all files of folders, sorted by name, as tables of CvEmbeddedFile. */
#include "embed.h"

#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <sys/stat.h>

#include "base/base.h"

static const char usage[] =
    "usage: caravan embed [--output FILE] [--depfile FILE] TABLE=FOLDER...\n"
    "\n"
    "Writes C source with a table of the files under each folder, by their names there (\"polls/index.html\"); folders "
    "of\n"
    "one table are added up, the first of equal names wins. Compile it into the program and give it to the app:\n"
    "CvApp{.templates = TABLE, .static_files = TABLE, .catalogs = TABLE}. <caravan/base/embedded.h> tells more.\n"
    "  --output FILE    where to write it; default: standard output\n"
    "  --depfile FILE   a file for Make or Ninja that names what the output was made from\n";

enum { DEPTH_MAX = 32, FILE_MAX = 32 << 20 };

typedef struct File {
    const char *name, *path;
} File;

typedef struct Files {
    CvArena *arena;
    CvMap *seen;
    CV_VECTOR(File) list;
    CV_VECTOR(const char *) read; /* files and folders, for the depfile */
    FILE *out;
    bool failed;
} Files;

typedef struct Options {
    const char *output, *depfile;
    char **tables; /* "NAME=FOLDER" */
    int count;
    bool help;
} Options;

static void fail(Files *files, const char *path)
{
    fprintf(stderr, "caravan embed: %s: %s\n", path, strerror(errno));
    files->failed = true;
}

static void add_folder(Files *files, const char *root, const char *prefix, int depth)
{
    const char *path = cv_arena_printf(files->arena, "%s/%s", root, prefix);
    DIR *folder = depth < DEPTH_MAX ? opendir(path) : NULL;
    if (!folder) {
        fail(files, path);
        return;
    }
    cv_vector_push(files->arena, &files->read, path);
    for (const struct dirent *entry; (entry = readdir(folder));) {
        struct stat status;
        if (entry->d_name[0] == '.')
            continue;
        const char *name = cv_arena_printf(files->arena, "%s%s", prefix, entry->d_name);
        const char *file = cv_arena_printf(files->arena, "%s/%s", root, name);
        if (stat(file, &status) != 0)
            fail(files, file);
        else if (S_ISDIR(status.st_mode))
            add_folder(files, root, cv_arena_printf(files->arena, "%s/", name), depth + 1);
        else if (S_ISREG(status.st_mode) && !cv_map_get(files->seen, cv_slice(name))) {
            cv_map_set(files->seen, cv_slice(name), (void *)name);
            *cv_vector_add(files->arena, &files->list) = (File){name, file};
            cv_vector_push(files->arena, &files->read, file);
        }
    }
    closedir(folder);
}

static int compare(const void *a, const void *b)
{
    return strcmp(((const File *)a)->name, ((const File *)b)->name);
}

/* Octal escapes of three digits end by themselves; "?" is escaped for the sake of trigraphs. */
static void write_literal(FILE *out, const char *data, size_t length)
{
    fputs("\"", out);
    for (size_t i = 0; i < length; i++) {
        unsigned char c = (unsigned char)data[i];
        if (c == '\n')
            fputs(i + 1 < length ? "\\n\"\n     \"" : "\\n", out);
        else if (c == '"' || c == '\\' || c == '?')
            fprintf(out, "\\%c", c);
        else if (c < 0x20 || c >= 0x7f)
            fprintf(out, "\\%03o", c);
        else
            fputc(c, out);
    }
    fputs("\"", out);
}

static void write_file(Files *files, const File *file)
{
    FILE *source = fopen(file->path, "rb");
    if (!source) {
        fail(files, file->path);
        return;
    }
    CvBuffer text = cv_buffer(NULL);
    for (size_t got = 1; got && text.length <= FILE_MAX; text.length += got)
        got = fread(cv_buffer_reserve(&text, 65536), 1, 65536, source);
    if (ferror(source) || text.length > FILE_MAX)
        fail(files, file->path);
    fclose(source);
    fputs("    {", files->out);
    write_literal(files->out, file->name, strlen(file->name));
    fputs(",\n     ", files->out);
    write_literal(files->out, text.data ? text.data : "", text.length);
    fprintf(files->out, ", %zu},\n", text.length);
    cv_buffer_free(&text);
}

/* ---- tables ---- */

static bool is_name(CvSlice name)
{
    if (!name.length || isdigit((unsigned char)*name.data))
        return false;
    for (size_t i = 0; i < name.length; i++)
        if (!isalnum((unsigned char)name.data[i]) && name.data[i] != '_')
            return false;
    return true;
}

/* "NAME=FOLDER" */
static bool split_table(const char *argument, CvSlice *name, const char **folder)
{
    const char *equals = strchr(argument, '=');
    if (!equals || !equals[1])
        return false;
    *name = cv_slice_of(argument, (size_t)(equals - argument));
    *folder = equals + 1;
    return is_name(*name);
}

/* The table that the argument at `from` names, with the folders of all arguments that name it. */
static void write_table(Files *files, const Options *options, int from)
{
    CvSlice name, other;
    const char *folder;
    (void)split_table(options->tables[from], &name, &folder);
    for (int i = 0; i < from; i++)
        if (split_table(options->tables[i], &other, &folder) && cv_slice_equal(name, other))
            return;
    files->seen = cv_map_create(files->arena);
    files->list.count = 0;
    for (int i = from; i < options->count; i++)
        if (split_table(options->tables[i], &other, &folder) && cv_slice_equal(name, other))
            add_folder(files, folder, "", 0);
    if (files->list.count)
        qsort(files->list.items, files->list.count, sizeof *files->list.items, compare);
    fprintf(files->out, "\nextern const CvEmbeddedFile %.*s[];\nconst CvEmbeddedFile %.*s[] = {\n", CV_SLICE_ARG(name),
            CV_SLICE_ARG(name));
    for (size_t i = 0; i < files->list.count; i++)
        write_file(files, &files->list.items[i]);
    fprintf(files->out, "    {NULL, NULL, 0},\n};\n");
}

/* Blanks and what Make reads specially are escaped; each file gets a rule of its own, so that one that goes is no
 * error. */
static void write_depfile(Files *files, const Options *options)
{
    FILE *out = fopen(options->depfile, "wb");
    if (!out) {
        fail(files, options->depfile);
        return;
    }
    fprintf(out, "%s:", options->output);
    for (int rules = 0; rules < 2; rules++)
        for (size_t i = 0; i < files->read.count; i++) {
            fputs(rules ? "\n" : " \\\n  ", out);
            for (const char *at = files->read.items[i]; *at; at++) {
                if (*at == ' ' || *at == '#' || *at == '\\')
                    fputc('\\', out);
                if (*at == '$')
                    fputc('$', out);
                fputc(*at, out);
            }
            if (rules)
                fputc(':', out);
            else if (i + 1 == files->read.count)
                fputc('\n', out);
        }
    fputc('\n', out);
    if (fclose(out) != 0)
        fail(files, options->depfile);
}

/* ---- the command ---- */

static bool read_options(int argc, char **argv, Options *out)
{
    for (; argc > 0 && argv[0][0] == '-'; argc -= 2, argv += 2) {
        if (strcmp(argv[0], "--help") == 0 || strcmp(argv[0], "-h") == 0) {
            out->help = true;
            return true;
        }
        if (argc < 2)
            return false;
        if (strcmp(argv[0], "--output") == 0)
            out->output = argv[1];
        else if (strcmp(argv[0], "--depfile") == 0)
            out->depfile = argv[1];
        else
            return false;
    }
    out->tables = argv;
    out->count = argc;
    CvSlice name;
    const char *folder;
    for (int i = 0; i < argc; i++)
        if (!split_table(argv[i], &name, &folder))
            return false;
    return argc > 0 && (!out->depfile || out->output);
}

int embed_command(int argc, char **argv)
{
    Options options = {0};
    if (!read_options(argc, argv, &options) || options.help) {
        fputs(usage, options.help ? stdout : stderr);
        return options.help ? 0 : 2;
    }
    CvArena *arena = cv_arena_create(0);
    Files files = {.arena = arena, .out = options.output ? fopen(options.output, "wb") : stdout};
    if (!files.out) {
        fail(&files, options.output);
        cv_arena_destroy(arena);
        return 1;
    }
    fprintf(files.out, "/* Written by `caravan embed`. */\n#include <caravan/base/embedded.h>\n");
    for (int i = 0; i < options.count; i++)
        write_table(&files, &options, i);
    if (fflush(files.out) != 0 || ferror(files.out))
        fail(&files, options.output ? options.output : "standard output");
    if (options.output && fclose(files.out) != 0)
        fail(&files, options.output);
    if (options.depfile)
        write_depfile(&files, &options);
    if (files.failed && options.output)
        remove(options.output); /* half a table must not be compiled */
    cv_arena_destroy(arena);
    return files.failed ? 1 : 0;
}
